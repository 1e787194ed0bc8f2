package intents

import (
	"embed"
	"io/fs"
	"sync"
)

//go:embed data
var data embed.FS

// Data returns the examples and lexicons that come with the program: a folder
// for each language. It is the same whenever it is asked for.
func Data() fs.FS { return built() }

var built = sync.OnceValue(func() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic(err) // embedded above
	}
	return sub
})
