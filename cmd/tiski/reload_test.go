package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The shop's files change under the running program, for the better and for the
// worse; a file that was not there before is seen too.
func TestReload(t *testing.T) {
	t.Parallel()
	shop := laid(t, t.TempDir(), ownFiles(t))
	p := launch(t, t.TempDir(), nil, "-shop", shop)
	hangup := func(sentence string) {
		t.Helper()
		before := strings.Count(p.log.String(), sentence)
		if err := p.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		eventually(t, sentence, func() bool { return strings.Count(p.log.String(), sentence) > before })
	}
	write := func(text string) {
		t.Helper()
		laid(t, shop, map[string]string{"answers/sauna.yaml": text})
	}
	const sauna = "- id: sauna\n  intent: store_info\n  ask:\n    fi: [onko teillä asiakassauna, saako teillä saunoa]\n  say:\n    fi: Löylyt heitetään lauantaisin.\n"
	v := p.visit(t)
	ask := func(want bool) {
		t.Helper()
		if got := v.say("onko teillä asiakassauna").text(); strings.Contains(got, "lauantaisin") != want {
			t.Errorf("it says %q", got)
		}
	}
	ask(false)
	write(sauna)
	hangup("the shop's files have been read")
	ask(true)
	write("- id: sauna\n  ask: 7\n")
	hangup("the goods stay as they were")
	ask(true)
	if !strings.Contains(p.log.String(), `"file":"answers/sauna.yaml","line":2`) {
		t.Errorf("the log does not tell where the mistake is:\n%s", p.log)
	}
	write(sauna)
	for _, name := range []string{"shop.yaml", "products", "."} { // half of a sync, and a disk that is gone
		remains, err := filepath.Glob(filepath.Join(shop, name))
		if name == "." {
			remains, err = filepath.Glob(filepath.Join(shop, "*"))
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range remains {
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
		}
		hangup("the goods stay as they were")
		ask(true)
	}
	if err := os.Remove(shop); err != nil {
		t.Fatal(err)
	}
	hangup("the goods stay as they were")
	ask(true)
	for _, want := range []string{"what -shop names is gone", `"file":"shop.yaml","line":0,"err":"it is gone`, `"file":"products","line":0`, `"line":0,"err":"the folder is empty`} {
		if !strings.Contains(p.log.String(), want) {
			t.Errorf("the log does not tell %s:\n%s", want, p.log)
		}
	}
}
