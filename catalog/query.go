package catalog

// Query is what a customer looks for, ready for the index of package search.
// dialogue.Query makes it from a reading; nothing else does.
type Query struct {
	Text     string `json:",omitempty"` // the words to search with, as the customer wrote them
	Lang     string `json:",omitempty"`
	Product  string `json:",omitempty"` // id of a product named exactly
	Category string `json:",omitempty"` // id
	Size     string `json:",omitempty"` // normalised as in intents: "42", "M", "110", "110/116", "38,5"
	Color    string `json:",omitempty"` // canonical Finnish colour: "sininen", "tummansininen"
	Except   string `json:",omitempty"` // id of a category whose goods are not wanted
	Without  string `json:",omitempty"` // colours that are not wanted, canonical, with spaces between
	Free     string `json:",omitempty"` // materials that must not be in it, in Finnish, with spaces between
	Audience string `json:",omitempty"` // women, men, child, baby
	Age      int    `json:",omitempty"` // years of the child that it is for; 0: not told
	Gift     bool   `json:",omitempty"` // it is a present: goods in sizes suit less
	Of       string `json:",omitempty"` // what is told of whom it is for, "likes running"; no search of its own
	Min      Cents  `json:",omitempty"` // 0: no limit
	Max      Cents  `json:",omitempty"` // 0: no limit
	InStock  bool   `json:",omitempty"` // only what can be bought now
	Order    string `json:",omitempty"` // CheapestFirst or DearestFirst; "": the best hits
	Limit    int    `json:",omitempty"` // at most so many hits; 0: 10
}

// Orders of what is found.
const (
	CheapestFirst = "cheapest" // by the price that a product is sold from
	DearestFirst  = "dearest"  // by the highest price of a product
)

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
