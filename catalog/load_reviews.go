package catalog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

const reviewsFile = "reviews.csv"

// mostReviews is how many reviews are read of one shop.
const mostReviews = 100_000

var reviewColumns = []string{"product", "stars", "date", "name", "bought", "lang", "text"}

// reviews reads reviews.csv, which a shop need not have. Whose products they are
// of can only be told when those are in files too.
func (l *loader) reviews() {
	f := &file{name: reviewsFile, mistakes: &l.mistakes}
	document, err := fs.ReadFile(l.fsys, reviewsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return
	} else if err != nil {
		f.wrong(0, "cannot be read: %v", err)
		return
	}
	if document, err = Decode(document); err != nil {
		f.wrong(0, "%v", err)
		return
	}
	known := map[string]bool{}
	for i := range l.shop.Products {
		known[l.shop.Products[i].ID] = true
	}
	err = ReadTable(bufio.NewReader(bytes.NewReader(document)), mostReviews, reviewHeader, func(line int, fields map[string]string, wide error) {
		if wide != nil {
			f.wrong(line, "%v", wide)
			return
		}
		r, wrong := review(fields)
		if !l.afar && r.Product != "" && !known[r.Product] {
			wrong = append(wrong, "unknown product "+r.Product)
		}
		for _, reason := range wrong {
			f.wrong(line, "%s", reason)
		}
		l.shop.Reviews = append(l.shop.Reviews, r)
	})
	if err != nil {
		f.wrong(0, "not a table of reviews: %v", err)
	}
}

func reviewHeader(names []string) error {
	for _, need := range reviewColumns {
		if !slices.Contains(names, need) {
			return fmt.Errorf("the column %s is missing", need)
		}
	}
	for _, name := range names {
		if !slices.Contains(reviewColumns, name) {
			return fmt.Errorf("unknown column %s", name)
		}
	}
	return nil
}

// review reads one row, and tells all that is wrong with it.
func review(fields map[string]string) (r Review, wrong []string) {
	r = Review{Product: fields["product"], Lang: fields["lang"], Text: fields["text"], By: fields["name"]}
	var err error
	if r.Product == "" {
		wrong = append(wrong, "product is missing")
	}
	if r.Stars, err = strconv.Atoi(fields["stars"]); err != nil || r.Stars < 1 || r.Stars > MostStars {
		wrong = append(wrong, fmt.Sprintf("stars is %q, but must be from 1 to %d", fields["stars"], MostStars))
	}
	if r.At, err = time.ParseInLocation(time.DateOnly, fields["date"], Helsinki); err != nil {
		r.At, err = time.ParseInLocation("2.1.2006", fields["date"], Helsinki) // as a Finnish spreadsheet saves it
	}
	if err != nil {
		wrong = append(wrong, fmt.Sprintf("%q is not a date; write 2026-12-24", fields["date"]))
	}
	switch fields["bought"] {
	case "yes", "no":
		r.Bought = fields["bought"] == "yes"
	default:
		wrong = append(wrong, fmt.Sprintf("bought is %q; say yes only when you have seen that the writer bought it from you, else no", fields["bought"]))
	}
	if why := noLanguage(r.Lang); why != "" {
		wrong = append(wrong, why)
	}
	if utf8.RuneCountInString(r.Text) > MostReview {
		wrong = append(wrong, fmt.Sprintf("the text is longer than %d characters", MostReview))
	}
	return r, wrong
}
