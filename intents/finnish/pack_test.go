package finnish

import (
	"bytes"
	"errors"
	"io"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

const kotusSample = "Hakusana\tHomonymia\tSanaluokka\tTaivutustiedot\n" +
	"kuje\t\tsubstantiivi\t48\n" +
	"kujekeppi\t\tsubstantiivi\t\n" +
	"keppi\t\tsubstantiivi\t5*B\n" +
	"vikkelä\t\tadjektiivi\t10, (12)\n"

func TestPackedIsTheSame(t *testing.T) {
	t.Parallel()
	x, err := ReadKotus(strings.NewReader(kotusSample))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Pack(&b); err != nil {
		t.Fatal(err)
	}
	y, err := Open(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"kujekepeillä", "vikkelämmin", "kengissänikin", "minulla", "olisimme", "yötä", "talvikengät"} {
		if a, b := x.Analyse(word), y.Analyse(word); !reflect.DeepEqual(a, b) {
			t.Errorf("%q is %+v, unpacked %+v", word, a, b)
		}
	}
	if got := y.Analyse("kujekepeillä")[0]; got.Lemma != "kujekeppi" || len(got.Parts) != 2 {
		t.Errorf("kujekepeillä is %+v", got)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	if _, err := Open(strings.NewReader(kotusSample)); !errors.Is(err, ErrNotPacked) {
		t.Errorf("a word list: %v", err)
	}
	var b bytes.Buffer
	if err := Base().Pack(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(io.LimitReader(&b, int64(b.Len()-9))); err == nil {
		t.Error("a cut file is opened")
	}
	if _, err := ReadKotus(strings.NewReader("a\tb\n")); err == nil {
		t.Error("a list of two columns is read")
	}
}

func FuzzUnpack(f *testing.F) {
	x := newLexicon(1)
	x.add("kenkä", class{10, 'G'}, listed)
	var b bytes.Buffer
	if err := x.Pack(&b); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{1, 1, 1, 'a', 1, 1, 0, 1, 'x', 0, 1, 0, 0})
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		d := unpacker{rest: data}
		if y := d.lexicon(); !d.broken {
			y.Analyse("kengissä")
		}
	})
}

func TestKotusListIsSmallAndQuick(t *testing.T) {
	list, err := os.Open("../../../shared/data/nykysuomensanalista2024.csv")
	if err != nil {
		t.Skip("the word list of Kotus is not there")
	}
	defer list.Close()
	x, err := ReadKotus(list)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := x.Pack(&b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 3<<20 {
		t.Errorf("%d bytes packed", b.Len())
	}
	x = nil
	Base()
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	start := time.Now()
	y, err := Open(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	took, size := time.Since(start), heap()-before
	t.Logf("%d bytes, opened in %v, %d kB of heap", b.Len(), took, size>>10)
	if size > 25<<20 {
		t.Errorf("%d bytes of heap", size)
	}
	if got := y.Analyse("vedenpitävät")[0]; got.Lemma != "vedenpitävä" {
		t.Errorf("vedenpitävät is %+v", got)
	}
}
