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
	shop := t.TempDir()
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
		if err := os.MkdirAll(filepath.Join(shop, "answers"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(shop, "answers", "sauna.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
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
}
