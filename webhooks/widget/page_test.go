package widget_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/webhooks/widget"
)

// demoShop opens the demo shop, with other products when change makes some.
func demoShop(t *testing.T, change func(*catalog.Shop)) *shop {
	t.Helper()
	goods, err := catalog.Load(demo.FS)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(goods)
	}
	return openShop(t, func(o *widget.Options) { o.Shop = func() *catalog.Shop { return goods } })
}

func TestPage(t *testing.T) {
	t.Parallel()
	s := demoShop(t, nil)
	got := s.ask(t, "GET", "/", "")
	if got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
		t.Fatalf("the page: %d %v", got.status, got.header)
	}
	for _, want := range []string{
		`<html lang="fi">`, "<h1>Tuulikello</h1>", "Tuulikello Oy · Y-tunnus 1234567-1", `<script src="/widget.js" defer`, ">Kengät</button>", ",90\u00a0€",
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if policy := got.header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "script-src 'self'") {
		t.Errorf("content policy: %s", policy)
	}
	pictures := regexp.MustCompile(`<img src="([^"]+)"`).FindAllStringSubmatch(got.body, -1)
	if len(pictures) != 12 {
		t.Errorf("%d tiles, want 12", len(pictures))
	}
	for _, p := range pictures {
		if got := s.ask(t, "GET", p[1], ""); got.status != 200 {
			t.Errorf("%s: %d", p[1], got.status)
		}
	}
}

func TestPageOfOddShops(t *testing.T) {
	t.Parallel()
	hostile := demoShop(t, func(s *catalog.Shop) {
		s.Products = s.Products[:1]
		s.Products[0].Name = catalog.Text{"fi": `<script>alert(1)</script>" onload="x`}
		s.Products[0].Image = "javascript:alert(1)"
	})
	if got := hostile.ask(t, "GET", "/", ""); got.status != 200 || strings.Contains(got.body, "<script>alert") ||
		strings.Contains(got.body, `" onload="x`) || strings.Contains(got.body, `src="javascript:`) {
		t.Errorf("names become markup: %s", got.body)
	}
	empty := demoShop(t, func(s *catalog.Shop) { s.Products, s.Categories = nil, nil })
	if got := empty.ask(t, "GET", "/", ""); got.status != 200 || strings.Contains(got.body, "<img") {
		t.Errorf("a shop without products: %d", got.status)
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	for path, kind := range map[string]string{
		"/widget.js": "text/javascript; charset=utf-8", "/widget/panel.js": "text/javascript; charset=utf-8", "/page.css": "text/css; charset=utf-8",
	} {
		whole := s.ask(t, "GET", path, "", "Accept-Encoding", "identity")
		if whole.status != 200 || whole.header.Get("Content-Type") != kind || whole.header.Get("Access-Control-Allow-Origin") != "*" || whole.header.Get("Content-Encoding") != "" {
			t.Errorf("%s: %d %v", path, whole.status, whole.header)
		}
		tags := map[string]bool{}
		for asked, coding := range map[string]string{
			"identity": "", "gzip": "gzip", "gzip, deflate, br;q=0": "gzip", "GZIP;q=0.5": "gzip", "gzip, deflate, br, zstd": "br", "br;q=x": "", "brotli": "",
		} {
			if coding == "br" && path == "/page.css" {
				coding = "gzip"
			}
			got := s.ask(t, "GET", path, "", "Accept-Encoding", asked)
			if got.status != 200 || got.header.Get("Content-Encoding") != coding || got.header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s as %s: %d %v", path, asked, got.status, got.header)
			}
			if opened(t, coding, got.body) != whole.body {
				t.Errorf("%s as %s is another file", path, asked)
			}
			tags[got.header.Get("ETag")] = true
			if again := s.ask(t, "GET", path, "", "Accept-Encoding", asked, "If-None-Match", got.header.Get("ETag")); again.status != 304 || again.body != "" {
				t.Errorf("%s again: %d, want 304", path, again.status)
			}
			if keep := got.header.Get("Cache-Control"); keep != "no-cache" {
				t.Errorf("%s is kept: %s", path, keep)
			}
		}
		if len(tags) < 2 {
			t.Errorf("%s has one tag for all codings", path)
		}
	}
}

// opened is what was compressed.
func opened(t *testing.T, coding, body string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	switch coding {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		var err error
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The launcher names the version of its panel, which browsers then keep.
func TestPanelIsKept(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	address := regexp.MustCompile(`widget/panel\.js\?\w+`).FindString(s.ask(t, "GET", "/widget.js", "").body)
	if got := s.ask(t, "GET", "/"+address, ""); !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %v", address, got.header)
	}
	if got := s.ask(t, "GET", "/"+address+"&1", ""); strings.Contains(got.header.Get("Cache-Control"), "immutable") {
		t.Errorf("another version: %v", got.header)
	}
}

// The widget must run under a strict content policy and never read text as markup.
func TestWidgetIsStrict(t *testing.T) {
	t.Parallel()
	sources, err := filepath.Glob("ui/*.js")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, name := range sources {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{"innerHTML", "insertAdjacentHTML", "eval(", "new Function", ".style.", "style=", "document.cookie"} {
			if strings.Contains(string(script), never) {
				t.Errorf("%s uses %s", name, never)
			}
		}
	}
}
