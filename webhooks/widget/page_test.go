package widget_test

import (
	"regexp"
	"strings"
	"testing"

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
		`<html lang="fi">`, "<h1>Tuulikello</h1>", "Tuulikello Oy · Y-tunnus 1234567-1", "<tiski-chat", ">Kengät</button>", ",90\u00a0€",
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
	for path, kind := range map[string]string{"/widget.js": "text/javascript; charset=utf-8", "/page.css": "text/css; charset=utf-8"} {
		got := s.ask(t, "GET", path, "")
		if got.status != 200 || got.header.Get("Content-Type") != kind || got.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
		if again := s.ask(t, "GET", path, "", "If-None-Match", got.header.Get("ETag")); again.status != 304 || again.body != "" {
			t.Errorf("%s again: %d, want 304", path, again.status)
		}
	}
}

// The widget must run under a strict content policy and never read text as markup.
func TestWidgetIsStrict(t *testing.T) {
	t.Parallel()
	script := openShop(t, nil).ask(t, "GET", "/widget.js", "").body
	for _, never := range []string{"innerHTML", "insertAdjacentHTML", "eval(", "new Function", ".style.", "style="} {
		if strings.Contains(script, never) {
			t.Errorf("widget.js uses %s", never)
		}
	}
	if lines := strings.Count(script, "\n"); lines > 400 {
		t.Errorf("widget.js has %d lines, more than 400", lines)
	}
}
