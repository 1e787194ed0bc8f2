// Package feed reads the products of a shop from its Google Merchant feed:
// RSS or Atom with or without the prefix g:, TSV or CSV, in UTF-8; or from a
// table of its own with Finnish names of columns.
//
// The fields are those of https://support.google.com/merchants/answer/7052112,
// with the pieces of its local inventory feeds (quantity).
// Texts are taken for Finnish and prices for euros with VAT.
package feed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"tiski/catalog"
)

// Limits of a feed; what is larger is refused as a whole.
const (
	maxBytes = 64 << 20
	maxItems = 100_000
)

// Read reads a feed as it holds at a time: a sale price is the price while it
// is in effect, and nothing is told of any other. Items of one item_group_id
// become variants of one product. A broken item is skipped; a feed that is no
// feed at all, or too large, is an error. An item that tells its VAT has the class
// of that rate, as the shop's own table may; others have the general one.
func Read(r io.Reader, at time.Time, class VATClass) (catalog.Goods, error) {
	in := bufio.NewReader(&limited{r: r, left: maxBytes})
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		in.Discard(3)
	}
	first, err := firstSign(in)
	if err != nil {
		return catalog.Goods{}, fmt.Errorf("read feed: %w", err)
	}
	shelf := newShelf(at, class)
	if first == '<' {
		err = readXML(in, shelf.put)
	} else {
		shelf.Rows = true
		err = readTable(in, shelf)
	}
	if err != nil {
		return catalog.Goods{}, fmt.Errorf("read feed: %w", err)
	}
	return shelf.goods(), nil
}

// VATClass returns the class of a shop that has a rate, in tenths of a percent.
type VATClass = func(tenths int) (class string, known bool)

// firstSign passes over white space and returns what follows, unread.
func firstSign(in *bufio.Reader) (byte, error) {
	for {
		b, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return 0, errors.New("it is empty")
		} else if err != nil {
			return 0, err
		}
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return b, in.UnreadByte()
		}
	}
}

// limited reads at most so many bytes and then fails.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, catalog.ErrTooLarge
	}
	n, err := l.r.Read(p[:min(len(p), l.left+1)])
	if l.left -= n; l.left < 0 {
		return 0, catalog.ErrTooLarge
	}
	return n, err
}

// item is one item of a feed: its fields by name, lower case, without g:.
type item struct {
	number    int
	fields    map[string]string
	uncounted bool // no item of the feed tells whether there is any
}
