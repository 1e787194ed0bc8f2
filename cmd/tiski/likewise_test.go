package main

import (
	"fmt"
	"strings"
	"testing"
)

// Faults of a kind are told in full a few times; of the rest is told where they are.
func TestFaultsOfAKindAreGathered(t *testing.T) {
	t.Parallel()
	files := ownFiles(t)
	delete(files, "categories.yaml")
	delete(files, "products/langat.yaml")
	files["shop.yaml"] += "feed: goods.csv\n"
	rows := []string{"Tuotenumero;Nimi;Hinta;Varasto", "H-1;Höylä;8,90;1"}
	for n := 3; n < 50; n++ {
		rows = append(rows, fmt.Sprintf("A-%d;Tavara %d;kysy %d;3", n, n, n))
	}
	files["goods.csv"] = strings.Join(append(rows, "V-1;Vasara;;1", "K-1;Kirves;8,90;kaksi"), "\n")
	dir := laid(t, t.TempDir(), files)
	out := output(t, "", "check", "-shop", dir)
	if strings.Count(out, "\nskipped: ") != mostLikewise+2 || !strings.Contains(out, "row 7 (A-7): price \"kysy 7\" is not a price in euros\n  … and 42 more likewise: 8, 9, 10,") ||
		!strings.Contains(out, "row 50 (V-1): price is missing") || !strings.Contains(out, "row 51 (K-1)") {
		t.Error(out)
	}
	laid(t, dir, map[string]string{"goods.csv": strings.Join(append(rows[:1:1], rows[2:]...), "\n")})
	if told := faults(t, dir); strings.Count(told, "not a price in euros") != mostLikewise || !strings.Contains(told, "… and 42 more likewise: 7, 8, ") || !strings.Contains(told, "47 are left out") {
		t.Error(told)
	}
	delivery := "- {id: a%d, kind: home, name: {fi: Kirje}, price: 3 €, handling: 1-2, transit: 2-5}\n"
	files["delivery.yaml"] = ""
	for n := range 8 {
		files["delivery.yaml"] += fmt.Sprintf(delivery, n)
	}
	if told := faults(t, laid(t, dir, files)); strings.Count(told, "is not a price; write 64,90\n") != mostLikewise || !strings.Contains(told, "  … and 3 more likewise: 6, 7, 8\n") || !strings.HasSuffix(told, "8 mistakes in the shop's files") {
		t.Error(told)
	}
}
