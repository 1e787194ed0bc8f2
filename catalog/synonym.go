package catalog

// Synonym is words by which customers ask for goods that the shop calls
// otherwise.
type Synonym struct {
	Words map[string][]string // by language, each a single word
	Mean  []string            // words of the shop's goods for the same, in any language
	Near  []string            // and for what comes near, when there is nothing better
}
