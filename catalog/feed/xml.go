package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"tiski/catalog"
)

const googleNames = "http://base.google.com/ns/1.0"

// readXML hands on the items of RSS or the entries of Atom. Fields of
// Google's own name space win over plain ones.
func readXML(r io.Reader, put func(item)) error {
	d := xml.NewDecoder(r)
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now, whatever it says
	count, rooted := 0, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !rooted {
				return errors.New("neither RSS nor Atom")
			}
			return nil
		} else if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "rss", "RDF", "feed", "channel":
			rooted = true
		case "item", "entry":
			if count++; count > maxItems {
				return catalog.ErrTooLarge
			}
			fields, err := readFields(d)
			if err != nil {
				return fmt.Errorf("item %d: %w", count, err)
			}
			put(item{number: count, fields: fields})
		default:
			if !rooted {
				return fmt.Errorf("neither RSS nor Atom, but <%s>", start.Name.Local)
			}
		}
	}
}

func readFields(d *xml.Decoder) (map[string]string, error) {
	fields, google := map[string]string{}, map[string]bool{}
	for {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return fields, nil
		case xml.StartElement:
			text, err := readText(d)
			if err != nil {
				return nil, err
			}
			name := strings.ToLower(t.Name.Local)
			if name == "link" && text == "" {
				text = attribute(t, "href")
			}
			own := t.Name.Space == googleNames || t.Name.Space == "g"
			if text != "" && (fields[name] == "" || own && !google[name]) {
				fields[name], google[name] = text, own
			}
		}
	}
}

// readText returns the text of an element without that of elements in it.
func readText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	for {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return strings.TrimSpace(text.String()), nil
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
