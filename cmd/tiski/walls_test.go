package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// wall says what the packages of a room may import of ours. A pattern ending
// in "/..." means everything under it.
type wall struct {
	room string
	may  []string
}

// walls is the import table of the house. The first room that fits a package
// holds.
var walls = []wall{
	{"intents/language", nil},
	{"intents/finnish", []string{"intents/language"}},
	{"intents", []string{"intents/language", "intents/finnish"}},
	{"catalog", nil},
	{"catalog/demo", nil},
	{"catalog/picture", []string{"catalog"}},
	{"catalog/search", []string{"catalog", "intents/language", "intents/finnish"}},
	{"catalog/call", []string{"catalog"}},
	{"catalog/woocommerce/wootest", []string{"catalog", "catalog/shoptest"}},
	{"catalog/...", []string{"catalog", "catalog/call"}},
	{"bot/persona", []string{"catalog", "intents"}},
	{"bot/dialogue", []string{"catalog", "intents", "bot/persona"}},
	{"bot/letters", []string{"catalog", "intents", "bot/persona", "bot/voice"}},
	{"bot/campaign", []string{"catalog", "intents", "bot/persona", "bot/voice"}},
	{"bot/seal", nil},
	{"bot/staff", []string{"catalog", "intents", "bot/persona", "bot/voice", "bot/seal"}},
	{"bot/voice", []string{"bot/dialogue", "bot/persona", "catalog", "intents/finnish"}},
	{"bot", []string{"bot/dialogue", "bot/persona", "bot/voice", "intents", "catalog", "catalog/search"}},
	{"bot/state", []string{"bot", "bot/...", "catalog"}},
	{"bot/store", []string{"bot", "bot/...", "catalog"}},
	{"bot/faulttest", nil},
	{"bot/bottest", []string{"bot", "bot/...", "catalog", "catalog/demo", "catalog/search", "intents", "intents/finnish"}},
	{"webhooks", nil},
	{"webhooks/console", []string{"bot", "bot/dialogue", "catalog", "bot/staff", "bot/persona", "intents", "catalog/search"}},
	{"webhooks/mydata", []string{"bot", "bot/dialogue", "bot/persona", "catalog"}},
	{"webhooks/...", []string{"bot", "bot/dialogue", "catalog"}},
	{"cmd/tiski", []string{"..."}},
}

// purity is what the core may not import at all.
var purity = map[string][]string{
	"tiski/bot/dialogue": {"context", "net", "net/http", "os", "database/sql", "log/slog", "log", "math/rand", "math/rand/v2"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestWalls(t *testing.T) {
	t.Parallel()
	packages := list(t)
	if len(packages) < 15 {
		t.Fatalf("go list told of only %d packages", len(packages))
	}
	for _, p := range packages {
		room := strings.TrimPrefix(p.ImportPath, "tiski/")
		may, known := allowed(room)
		if !known {
			t.Errorf("%s stands in no room of the table", room)
		}
		for _, imported := range p.Imports {
			if slices.Contains(purity[p.ImportPath], imported) {
				t.Errorf("%s imports %s, but the core is pure", room, imported)
			}
			of, ours := strings.CutPrefix(imported, "tiski/")
			if ours && !fits(may, of) {
				t.Errorf("%s imports %s, which its wall does not allow", room, of)
			}
		}
	}
}

// TestPureClock: the core is told the time, it never asks.
func TestPureClock(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("grep", "-rnE", `time\.(Now|Since|Until|After|Sleep)\(`, "../../bot/dialogue", "../../bot/persona", "--include=*.go", "--exclude=*_test.go").Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatal(err)
	}
	if len(out) > 0 {
		t.Errorf("the core asks the time:\n%s", out)
	}
}

func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "tiski/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

func allowed(room string) (may []string, known bool) {
	for _, w := range walls {
		if fits([]string{w.room}, room) {
			return w.may, true
		}
	}
	return nil, false
}

func fits(patterns []string, room string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		under, all := strings.CutSuffix(p, "...")
		return p == room || all && strings.HasPrefix(room, under) && path.Clean(room) != path.Clean(under)
	})
}
