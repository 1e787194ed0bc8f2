package main

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is axe-core, which finds what shuts out people who use a page otherwise
// than most: testdata/axe.
func axe(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// accessible fails for all that axe finds on the page, light and dark.
func (b *browser) accessible(where string) {
	b.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		b.media("prefers-color-scheme", scheme)
		found := get(b, chromedp.Evaluate[string](axe(b.t)+`;axe.run(document).then((r) => JSON.stringify(
			r.violations.map((v) => ({ Rule: v.id, Where: v.nodes.map((n) => n.html.slice(0, 200)) }))))`, chromedp.EvalAwaitPromise))
		var faults []struct {
			Rule  string
			Where []string
		}
		if err := json.Unmarshal([]byte(found), &faults); err != nil {
			b.t.Fatal(err)
		}
		for _, f := range faults {
			b.t.Errorf("%s, %s: %s: %q", where, scheme, f.Rule, f.Where)
		}
		b.picture(where + "-" + scheme)
	}
	b.media("prefers-color-scheme", "light")
}

// media is what the customer's system wishes of pages.
func (b *browser) media(feature, value string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
		})
		return err
	}))
}
