package intents

import "tiski/intents/language"

// Written returns a lower-case word of a language as it is spelt in books, when customers
// type it as they say it: "inte" for Swedish "int". Other words come back.
func Written(lang, word string) string { return language.Written(lang, word) }
