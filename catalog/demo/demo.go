// Package demo is a whole demo shop as files.
package demo

import "embed"

// FS holds the demo shop's files, laid out as catalog/README.md says, and in
// personas/learnt.bin what its personas' lines teach.
//
//go:generate go run tiski/cmd/tiski learn -personas personas/learnt.bin
//go:embed *.yaml reviews.csv products images answers personas quizzes
var FS embed.FS
