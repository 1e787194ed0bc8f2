package feed

import (
	"errors"
	"strings"
	"testing"

	"tiski/catalog"
)

// shopOfReviews sells boots and a hat.
func shopOfReviews(t testing.TB) *catalog.Shop {
	t.Helper()
	return &catalog.Shop{Products: []catalog.Product{
		{ID: "boots", URL: "https://shop.example/boots", Variants: []catalog.Variant{{SKU: "BOOTS-40"}, {SKU: "BOOTS-41"}}},
		{ID: "hat", Variants: []catalog.Variant{{SKU: "HAT"}}},
	}}
}

const (
	feedHead = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"><version>2.4</version><publisher><name>Kauppa</name></publisher><reviews>
`
	feedFoot = "</reviews></feed>\n"
)

func reviewXML(rating, product, more string) string {
	return `<review><review_id>1</review_id><reviewer><name is_anonymous="false">Sanna</name></reviewer><review_timestamp>2026-01-18T10:00:00Z</review_timestamp>` +
		`<title>Lämpimät</title><content>Vuori kuivuu yön aikana.</content><ratings>` + rating + `</ratings><products><product><product_ids>` + product + `</product_ids></product></products>` + more + "</review>\n"
}

const (
	fourStars = `<overall min="1" max="5">4</overall>`
	ofBoots   = `<skus><sku>BOOTS-41</sku><sku>BOOTS-40</sku></skus>`
)

func TestReadReviews(t *testing.T) {
	t.Parallel()
	document := feedHead +
		reviewXML(fourStars, ofBoots, `<is_verified_purchase>true</is_verified_purchase><review_language>sv-FI</review_language>`) +
		reviewXML(`<overall min="0" max="10">10</overall>`, `<mpns><mpn>HAT</mpn></mpns>`, "") +
		reviewXML(fourStars, `<skus><sku>GONE</sku></skus>`, "") +
		reviewXML(fourStars, ofBoots, "<is_spam>true</is_spam>") + feedFoot
	got, err := ReadReviews(ReviewsFile, strings.NewReader(document), shopOfReviews(t))
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	boots, hat := got[0], got[1]
	if boots.Product != "boots" || boots.Stars != 4 || boots.By != "Sanna" || !boots.Bought || boots.Lang != "sv" || boots.Text != "Lämpimät. Vuori kuivuu yön aikana." || boots.At.Day() != 18 {
		t.Errorf("boots: %+v", boots)
	}
	if hat.Product != "hat" || hat.Stars != 5 || hat.Bought || hat.Lang != "fi" {
		t.Errorf("hat: %+v", hat)
	}
}

func TestMistakesOfReviews(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		"":                                      "reviews.xml:1: not a product review feed",
		"<rss><channel><item/></channel></rss>": "not a product review feed",
		feedHead + reviewXML(`<overall min="1" max="5">6</overall>`, ofBoots, "") + feedFoot:                                          `reviews.xml:3: overall "6" is no rating from min 1 to max 5`,
		feedHead + reviewXML(`<overall min="5" max="5">5</overall>`, ofBoots, "") + feedFoot:                                          "is no rating",
		feedHead + reviewXML(fourStars, ofBoots, "") + reviewXML(`<overall>4</overall>`, ofBoots, "") + feedFoot:                      "reviews.xml:4: ",
		feedHead + strings.Replace(reviewXML(fourStars, ofBoots, ""), "2026-01-18T10:00:00Z", "eilen", 1) + feedFoot:                  `reviews.xml:3: review_timestamp "eilen"`,
		feedHead + strings.Replace(reviewXML(fourStars, ofBoots, ""), "Vuori", strings.Repeat("ä", catalog.MostReview), 1) + feedFoot: "longer than 2000 characters",
		feedHead + "<review><title>": "reviews.xml:3: ",
	} {
		_, err := ReadReviews(ReviewsFile, strings.NewReader(document), shopOfReviews(t))
		var mistakes catalog.Mistakes
		if !errors.As(err, &mistakes) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", document, err, want)
		}
	}
}

func FuzzReadReviews(f *testing.F) {
	f.Add(feedHead + reviewXML(fourStars, ofBoots, "") + feedFoot)
	f.Add(feedHead + `<review><ratings><overall min="-9" max="9">1e308</overall></ratings></review>`)
	shop := shopOfReviews(f)
	f.Fuzz(func(t *testing.T, document string) {
		all, err := ReadReviews(ReviewsFile, strings.NewReader(document), shop)
		for _, r := range all {
			if r.Stars < 1 || r.Stars > catalog.MostStars || r.Product == "" {
				t.Errorf("%+v, %v", r, err)
			}
		}
	})
}
