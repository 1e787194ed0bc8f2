package catalog

// Query is what a customer looks for, ready for the index of package search.
// dialogue.Query makes it from a reading; nothing else does.
type Query struct {
	Text     string // the words to search with, as the customer wrote them
	Lang     string
	Product  string // id of a product named exactly
	Category string // id
	Size     string // normalised as in intents: "42", "M", "110", "110/116", "38,5"
	Color    string // canonical Finnish colour: "sininen", "tummansininen"
	Without  string // colours that are not wanted, canonical, with spaces between
	Audience string // women, men, child, baby
	Min, Max Cents  // 0: no limit
	InStock  bool   // only what can be bought now
	Limit    int    // at most so many hits; 0: 10
}

// Hit is one product found.
type Hit struct {
	Product *Product
	Score   float64
}

// Found is the answer to a Query, best hit first.
type Found struct {
	Hits    []Hit
	Total   int      // how many matched before Limit
	Nearest bool     // nothing fits all that was asked: these are the nearest
	Relaxed []string // when Nearest: which demands were given up: "size", "color", "price", "words", "audience", "stock"
}
