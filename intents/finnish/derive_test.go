package finnish

import "testing"

func TestVerbOf(t *testing.T) {
	t.Parallel()
	for noun, want := range map[string]string{
		"palautus": "palauttaa", "toimitus": "toimittaa", "tilaus": "tilata", "maksu": "maksaa", "vaihto": "vaihtaa",
		"peruutus": "peruuttaa", "kesto": "kestää", "sopiva": "sopia", "lähetys": "lähettää", "nouto": "noutaa",
		"alennus": "alentaa", "varaus": "varata", "osto": "ostaa", "pesu": "pestä", "haku": "hakea", "hyvitys": "hyvittää",
		"kassa": "", "kassi": "", "tila": "", "hinta": "", "kenkä": "", "olo": "",
	} {
		if got := VerbOf(noun); got != want {
			t.Errorf("%s: %q, want %q", noun, got, want)
		}
	}
}
