package intents

import (
	"embed"
	"io/fs"
)

//go:embed data
var data embed.FS

// Data returns the examples and lexicons that come with the program: a folder
// for each language.
func Data() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic(err) // embedded above
	}
	return sub
}
