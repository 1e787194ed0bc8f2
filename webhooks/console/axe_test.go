package console_test

import (
	"context"
	"encoding/json"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is axe-core, which finds what shuts out people who use a page otherwise than
// most.
var axe = sync.OnceValues(func() (string, error) {
	script, err := os.ReadFile("../../cmd/tiski/testdata/axe/axe.min.js")
	return string(script), err
})

// accessible fails for all that axe finds on the page as it is now.
func accessible(t *testing.T, where string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		script, err := axe()
		if err != nil {
			return err
		}
		if there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`'axe' in globalThis`)); err != nil {
			return err
		} else if there {
			script = ""
		}
		found, err := chromedp.Run(ctx, chromedp.Evaluate[string](script+`;axe.run(document, { resultTypes: ['violations'] }).then((r) => JSON.stringify(
			r.violations.map((v) => ({ Rule: v.id, Where: v.nodes.map((n) => n.html.slice(0, 200)) }))))`, chromedp.EvalAwaitPromise))
		if err != nil {
			return err
		}
		var faults []struct {
			Rule  string
			Where []string
		}
		if err := json.Unmarshal([]byte(found), &faults); err != nil {
			return err
		}
		for _, f := range faults {
			t.Errorf("%s: %s: %q", where, f.Rule, f.Where)
		}
		return nil
	})
}

// scheme is whether this person's system wishes pages light or dark.
func scheme(value string) step {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}},
		})
		return err
	})
}

// painted logs when the page showed its first content, in milliseconds from when it was
// asked for.
func painted(t *testing.T, where string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		at, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`))
		t.Logf("%-12s first content after %.0f ms", where, at)
		return err
	})
}
