package widget_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"

	"tiski/webhooks/widget"
)

var rewrite = flag.Bool("rewrite", false, "build the widget from its sources")

// What a browser may have to load, in bytes of brotli.
const (
	maxLauncher = 3 << 10
	maxPanel    = 15 << 10
)

// TestBuilt fails when what is served is not what the sources make; go generate
// puts that right.
func TestBuilt(t *testing.T) {
	t.Parallel()
	panel := bundle(t, "ui/panel.js", api.FormatESModule, nil)
	launcher := bundle(t, "ui/launcher.js", api.FormatIIFE, map[string]string{"PANEL": `"widget/panel.js?` + widget.Version(panel) + `"`})
	for name, content := range map[string][]byte{
		"widget.js": launcher, "widget.js.br": compressed(t, launcher, maxLauncher),
		"panel.js": panel, "panel.js.br": compressed(t, panel, maxPanel),
	} {
		path := filepath.Join("built", name)
		if *rewrite {
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s is stale (%v): go generate ./webhooks/widget", path, err)
		}
	}
}

// bundle makes one small file of a module and what it imports.
func bundle(t *testing.T, entry string, format api.Format, define map[string]string) []byte {
	t.Helper()
	styles := api.Plugin{Name: "styles", Setup: func(b api.PluginBuild) {
		b.OnLoad(api.OnLoadOptions{Filter: `\.css$`}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			sheet, err := os.ReadFile(a.Path)
			small := string(api.Transform(string(sheet), api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true}).Code)
			return api.OnLoadResult{Contents: &small, Loader: api.LoaderText}, err
		})
	}}
	made := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Bundle: true, Format: format, Target: api.ES2022, Charset: api.CharsetUTF8, Define: define,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone, Plugins: []api.Plugin{styles},
	})
	for _, fault := range append(made.Errors, made.Warnings...) {
		t.Fatalf("%s: %v: %s", entry, fault.Location, fault.Text)
	}
	return made.OutputFiles[0].Contents
}

// compressed is content in brotli, of which no more than max bytes may be left.
func compressed(t *testing.T, content []byte, max int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d of brotli", len(content), b.Len())
	if b.Len() > max {
		t.Errorf("%d bytes of brotli, more than %d", b.Len(), max)
	}
	return b.Bytes()
}
