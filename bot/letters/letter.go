// Package letters writes the e-mails that a customer keeps: the confirmation
// of an order with all that the law asks (KSL 6:13), what became of it, the
// receipt of a withdrawal. A chat can be edited and forgotten; a letter cannot.
package letters

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
)

// Letter is an e-mail ready to be sent.
type Letter struct {
	ID      string // unique for ever: the same letter has it at every try
	To      string
	Lang    string
	Subject string
	Text    string
	HTML    string
	Stop    string // address at which one tap stops such letters; "" of those that are not advertising
}

// block is a piece of a letter, written both as text and as HTML.
type block struct {
	Kind string // one of the kinds below
	Text string
	Rows [][2]string
	Href string
}

// Kinds of blocks.
const (
	heading = "heading"
	para    = "para"
	rows    = "rows" // what, how much
	link    = "link"
	small   = "small" // terms and statutory text
)

//go:embed letter.html
var page string

var sheet = template.Must(template.New("letter").Parse(page))

// write puts blocks into both forms.
func write(id, to, lang, subject string, blocks []block) (Letter, error) {
	var html bytes.Buffer
	if err := sheet.Execute(&html, map[string]any{"Lang": lang, "Subject": subject, "Blocks": blocks}); err != nil {
		return Letter{}, fmt.Errorf("write letter %s: %w", id, err)
	}
	return Letter{ID: id, To: to, Lang: lang, Subject: subject, Text: text(blocks), HTML: html.String()}, nil
}

func text(blocks []block) string {
	var b strings.Builder
	for i, block := range blocks {
		if i > 0 {
			b.WriteString("\n")
		}
		switch block.Kind {
		case heading:
			b.WriteString(strings.ToUpper(block.Text) + "\n")
		case rows:
			for _, row := range block.Rows {
				b.WriteString(row[0] + ": " + row[1] + "\n")
			}
		case link:
			b.WriteString(block.Text + ":\n" + block.Href + "\n")
		default:
			b.WriteString(block.Text + "\n")
		}
	}
	return b.String()
}
