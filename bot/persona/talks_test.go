package persona

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// talks are those of testdata/talks by kind: a talk a line, its messages
// parted by |. They are for developing; what is promised is measured on others.
func talks(t *testing.T) map[string][][]string {
	t.Helper()
	names, err := filepath.Glob("testdata/talks/*.txt")
	if err != nil || len(names) < 6 {
		t.Fatalf("%d files of talks: %v", len(names), err)
	}
	all := map[string][][]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		kind := strings.TrimSuffix(filepath.Base(name), ".txt")
		for line := range strings.Lines(string(text)) {
			all[kind] = append(all[kind], strings.Split(strings.TrimSpace(line), " | "))
		}
	}
	return all
}

// The words and phrases alone, without what the messages ask, already tell most
// of the talks apart, and mislead few.
func TestTalksAreToldApart(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	right, wrong, all, misled, plain := 0, 0, 0, 0, 0
	for kind, of := range talks(t) {
		if len(of) < 10 {
			t.Errorf("%s: %d talks only", kind, len(of))
		}
		hits := 0
		for _, talk := range of {
			var b Belief
			for _, text := range talk {
				b = Learn(b, set, said(strings.NewReplacer("?", " ", ".", " ", "!", " ", ":", " ").Replace(text)))
			}
			switch b.Persona() {
			case kind:
				right++
				hits++
			case Neutral:
			default:
				if kind == "tavallinen" {
					misled++
				} else {
					wrong++
				}
				t.Logf("%s taken for %s: %q %+v", kind, b.Persona(), talk, b.Reasons)
			}
		}
		if kind == "tavallinen" {
			plain = len(of)
		} else {
			all += len(of)
		}
		t.Logf("%s: %d of %d", kind, hits, len(of))
	}
	t.Logf("right %d, wrong %d of %d, misled %d of %d", right, wrong, all, misled, plain)
	if right*100 < all*60 || wrong*100 > all*5 || misled*100 > plain*4 {
		t.Errorf("right %d, wrong %d of %d, misled %d of %d", right, wrong, all, misled, plain)
	}
}
