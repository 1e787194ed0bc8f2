// Package demo is a whole demo shop as files.
package demo

import "embed"

// FS holds the demo shop's files, laid out as catalog/README.md says.
//
//go:embed *.yaml reviews.csv products images answers personas quizzes
var FS embed.FS
