package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"tiski/catalog"
)

// ReviewsFile is a product review feed in the shop's files.
const ReviewsFile = "reviews.xml"

// writtenReview is a review as such a feed has it; what is not here is passed over.
type writtenReview struct {
	ID       string `xml:"review_id"`
	Reviewer struct {
		Name struct {
			Text      string `xml:",chardata"`
			Anonymous bool   `xml:"is_anonymous,attr"`
		} `xml:"name"`
	} `xml:"reviewer"`
	At      string `xml:"review_timestamp"`
	Lang    string `xml:"review_language"`
	Title   string `xml:"title"`
	Content string `xml:"content"`
	Ratings struct {
		Overall struct {
			Text string `xml:",chardata"`
			Min  int    `xml:"min,attr"`
			Max  int    `xml:"max,attr"`
		} `xml:"overall"`
	} `xml:"ratings"`
	Products []struct {
		SKUs []string `xml:"product_ids>skus>sku"`
		MPNs []string `xml:"product_ids>mpns>mpn"`
		URL  string   `xml:"product_url"`
	} `xml:"products>product"`
	Spam   bool `xml:"is_spam"`
	Bought bool `xml:"is_verified_purchase"`
}

// ReadReviews reads the reviews of a shop's products from a product review feed
// of Google's form (https://developers.google.com/product-review-feeds/schema).
// A product is known by the SKU of a variant, by its id or by the address of its
// page; reviews of what the shop does not sell, and those marked as spam, are
// left out. Without a language they are Finnish. Stars of another scale become
// 1–5. It was bought only when the feed says so.
//
// What is wrong with single reviews is told as [catalog.Mistakes] of the file
// name, with their lines, up to 100 000 reviews; the rest are returned.
func ReadReviews(name string, r io.Reader, shop *catalog.Shop) ([]catalog.Review, error) {
	d := xml.NewDecoder(&limited{r: r, left: maxBytes})
	d.Entity = xml.HTMLEntity
	known := reviewable(shop)
	var all []catalog.Review
	var mistakes catalog.Mistakes
	wrong := func(line int, err error) {
		mistakes = append(mistakes, catalog.Mistake{File: name, Line: line, Reason: err.Error()})
	}
	rooted, count := false, 0
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		switch start, begins := token.(xml.StartElement); {
		case errors.Is(err, io.EOF) && rooted:
			if len(mistakes) > 0 {
				return all, mistakes
			}
			return all, nil
		case errors.Is(err, io.EOF):
			return nil, catalog.Mistakes{{File: name, Line: line, Reason: "not a product review feed"}}
		case err != nil:
			return nil, catalog.Mistakes{{File: name, Line: line, Reason: err.Error()}}
		case !begins:
		case start.Name.Local == "reviews":
			rooted = true
		case start.Name.Local == "review" && rooted:
			if count++; count > maxItems {
				return nil, fmt.Errorf("read %s: %w", name, catalog.ErrTooLarge)
			}
			var w writtenReview
			if err := d.DecodeElement(&w, &start); err != nil {
				wrong(line, err)
				var broken *xml.SyntaxError
				if errors.As(err, &broken) {
					return nil, mistakes
				}
				continue
			}
			if w.Spam {
				continue
			}
			one, err := w.review()
			if err != nil {
				wrong(line, err)
				continue
			}
			for _, product := range w.of(known) {
				one.Product = product
				all = append(all, one)
			}
		}
	}
}

// reviewable are the products by all that a feed may name them by.
func reviewable(shop *catalog.Shop) map[string]string {
	known := map[string]string{}
	for i := range shop.Products {
		p := &shop.Products[i]
		known[p.ID] = p.ID
		if p.URL != "" {
			known[p.URL] = p.ID
		}
		for _, v := range p.Variants {
			known[v.SKU] = p.ID
		}
	}
	return known
}

// of are the shop's products that a review is of.
func (w writtenReview) of(known map[string]string) []string {
	var all []string
	seen := map[string]bool{}
	for _, p := range w.Products {
		for _, by := range append(append(p.SKUs, p.MPNs...), p.URL) {
			if id := known[strings.TrimSpace(by)]; id != "" && !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
		}
	}
	return all
}

// review is what the shop tells of it.
func (w writtenReview) review() (catalog.Review, error) {
	r := catalog.Review{ID: w.ID, Lang: "fi", Bought: w.Bought}
	if lang, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(w.Lang)), "-"); lang != "" {
		r.Lang = lang
	}
	name := strings.TrimSpace(w.Reviewer.Name.Text)
	if !w.Reviewer.Name.Anonymous && !strings.EqualFold(name, "anonymous") {
		r.By = name
	}
	var err error
	if r.At, err = time.Parse(time.RFC3339, strings.TrimSpace(w.At)); err != nil {
		return r, fmt.Errorf("review_timestamp %q is no moment such as 2026-11-27T12:00:00+02:00", w.At)
	}
	if r.Stars, err = starsOf(w.Ratings.Overall.Text, w.Ratings.Overall.Min, w.Ratings.Overall.Max); err != nil {
		return r, err
	}
	r.Text = strings.TrimSpace(w.Content)
	if title := strings.TrimSpace(w.Title); title != "" && !strings.HasPrefix(r.Text, title) {
		r.Text = strings.TrimSpace(strings.TrimRight(title, ".") + ". " + r.Text)
	}
	if utf8.RuneCountInString(r.Text) > catalog.MostReview {
		return r, fmt.Errorf("the text is longer than %d characters", catalog.MostReview)
	}
	return r, nil
}

// starsOf is a rating between min and max as 1–5 stars.
func starsOf(text string, low, high int) (int, error) {
	var given float64
	if _, err := fmt.Sscan(strings.TrimSpace(text), &given); err != nil || low >= high || !(given >= float64(low) && given <= float64(high)) {
		return 0, fmt.Errorf("overall %q is no rating from min %d to max %d", text, low, high)
	}
	return 1 + int((given-float64(low))/float64(high-low)*float64(catalog.MostStars-1)+0.5), nil
}
