package finnish

import (
	"slices"
	"strings"
	"testing"
)

// paradigms has two headwords and more of each class with forms of theirs.
const paradigms = `
valo 1: valon valoa valoon valossa valot valoja valojen valoihin valoilla valonsa valoistaan
hinta 9J: hinnan hintaa hintaan hinnat hintoja hintojen hintoihin hinnoissa hinnaksi hintansa
katto 1C: katon kattoa kattoon katot kattoja kattojen katoilla
palvelu 2: palvelun palveluja palveluita palvelujen palveluiden palveluihin
lastu 2: lastun lastuja lastuita
valtio 3: valtion valtiota valtioita valtioiden valtioihin
radio 3: radion radiota radioita radioiden
laatikko 4A: laatikon laatikkoa laatikot laatikoita laatikkoja laatikoiden laatikkojen laatikoissa
mansikka 14A: mansikan mansikkaa mansikoita mansikkoja mansikoiden mansikoissa
lusikka 14A: lusikan lusikoita
risti 5: ristin ristiä ristiin ristejä ristien risteihin risteissä
kortti 5C: kortin korttia kortteja korttien korteilla kortteihin
blogi 5: blogin blogia blogeja blogien
rock 5: rockin rockia rockiin
paperi 6: paperin papereita papereiden paperien papereihin
kaveri 6: kaverille kavereita kaverien
ovi 7: oven ovea oveen ovia ovien ovissa
lehti 7F: lehden lehteä lehdet lehtiä lehtien lehdissä lehtiin
hauki 7D: hauen haukea hauet haukia
nalle 8: nallen nallea nalleja nallejen nalleille
nukke 8A: nuken nukkea nukkeja nukeille
kala 9: kalan kaloja kalojen kaloihin
aika 9D: ajan aikaa aikaan ajat aikoja aikojen ajoissa ajaksi
vaaka 9D: vaa'an vaakaa vaakoja
koira 10: koiran koiria koirien koiriin koirissa
kenkä 10G: kengän kenkää kengät kenkiä kenkien kengissä kengistä kengistään kenkiini kenkänsä
poika 10D: pojan poikaa pojat poikia pojille
omena 11: omenan omenia omenoita omenoiden omenien
kulkija 12: kulkijan kulkijaa kulkijoita kulkijoiden kulkijoihin
peruna 12: perunoita perunoiden
katiska 13: katiskoja katiskoita katiskoiden
solakka 14A: solakan solakoita solakkoja
korkea 15: korkean korkeaa korkeata korkeita korkeiden korkeisiin korkeampi korkeimman korkeasti
vihreä 15: vihreän vihreää vihreitä vihreissä vihreämpi
vanhempi 16H: vanhemman vanhempaa vanhempia vanhempien vanhemmat
vapaa 17: vapaan vapaata vapaaseen vapaita vapaiden vapaisiin
maa 18: maan maata maahan maita maiden maihin maissa
pää 18: pään päätä päähän päitä päissä
tiistai 18: tiistain tiistaita tiistaina
suo 19: suon suota suohon soita soiden soihin
yö 19: yön yötä yöhön öitä öinä
työ 19: työn työtä töitä töihin töissä
filee 20: fileen fileetä fileeseen fileitä fileiden
rosé 21: rosén roséta
parfait 22: parfait'n parfait'ta
tiili 23: tiilen tiiltä tiiliä tiilien
uni 24: unen unta unia unien unten
toimi 25: toimen tointa toimea toimia
pieni 26: pienen pientä pieneen pieniä pienten pienten pienempi pienin pienimmät
suuri 26: suuren suurta suuria suurin suurempaa
käsi 27: käden kättä käteen kädet käsiä käsien kätten käsissä
uusi 27: uuden uutta uuteen uusia uusien uusimmat uudempi
kynsi 28: kynnen kynttä kynteen kynnet kynsiä kynsille
varsi 28: varren vartta varteen varret varsia
lapsi 29: lapsen lasta lapseen lapsia lasten lapsille
veitsi 30: veitsen veistä veitsiä
kaksi 31: kahden kahta kahteen kahdet kaksia
yksi 31: yhden yhtä yhteen yhdet
sisar 32: sisaren sisarta sisaria sisarten
tytär 32C: tyttären tytärtä tyttäriä
kytkin 33: kytkimen kytkintä kytkimiä
keitin 33C: keittimen keitintä keittimiä keittimellä
onneton 34C: onnettoman onnetonta onnettomia
langaton 34C: langattoman langatonta langattomia langattomalla
lämmin 35H: lämpimän lämmintä lämpimiä lämpimämpi
sisin 36: sisimmän sisintä sisimpiä
vasen 37: vasemman vasenta vasempia vasemmalla
nainen 38: naisen naista naisia naisten naisille
punainen 38: punaisen punaista punaisia punaisissa punaisempi
vastaus 39: vastauksen vastausta vastauksia vastausten
tilaus 39: tilauksen tilausta tilaukseni tilauksessa tilauksestani tilauksia
kalleus 40: kalleuden kalleutta kalleuteen kalleuksia
uutuus 40: uutuuden uutuutta uutuudet uutuuksia
vieras 41: vieraan vierasta vieraaseen vieraita vieraiden
rikas 41A: rikkaan rikasta rikkaita rikkaampi rikkain
kaunis 41: kauniin kaunista kauniita kauniimpi kaunein kauneimmat
mies 42: miehen miestä miehiä miesten miehille
ohut 43: ohuen ohutta ohuita ohuempi ohuin
lyhyt 43: lyhyen lyhyttä lyhyitä lyhyempi
kevät 44: kevään kevättä keväällä kevääseen keväitä
kahdeksas 45: kahdeksannen kahdeksatta kahdeksanteen
kolmas 45: kolmannen kolmatta kolmannella
tuhat 46: tuhannen tuhatta tuhansia tuhansien
kuollut 47: kuolleen kuollutta kuolleita
väsynyt 47: väsyneen väsynyttä väsyneitä
hame 48: hameen hametta hameeseen hameita hameiden hameissa
tuote 48C: tuotteen tuotetta tuotteita tuotteiden tuotteessa tuotteisiin
vaate 48C: vaatteen vaatteita vaatteet
askel 49: askelen askelta askelia askeleita askeleen
sanoa 52: sanon sanoo sanoi sanoisin sanotaan sanottiin sanonut sanoneet sanokaa sanottu sanotun sanova sanoen sanottaessa sanonee sanomaan
etsiä 61: etsin etsii etsisin etsitään etsittiin etsinyt etsimässä etsien
muistaa 53: muistan muisti muistaisi muistetaan muistettiin muistanut muistakaa
palauttaa 53C: palautan palautti palautin palauttaisin palautetaan palautettiin palautettu palauttanut palauta palauttamaan palauttamisesta
huutaa 54F: huudan huusi huusin huudetaan huutanut
löytää 54F: löydän löysin löysi löydetään löytänyt löytäisin
soutaa 55F: soudan souti sousi
kaivaa 56: kaivan kaivoi kaivetaan
antaa 56J: annan antoi annoin annetaan annettiin antanut antaisitko antakaa annettu annetun
maksaa 56: maksan maksoi maksetaan maksettiin maksanut maksaako maksettava
saartaa 57K: saarran saarsi saartoi
laskea 58: lasken laski laskisi lasketaan laskettu
lukea 58D: luen luki luin lukisin luetaan luettiin lukenut lukiessa
tuntea 59J: tunnen tunsi tunnetaan tuntenut
lähteä 60F: lähden lähti läksi lähdetään lähtenyt
sallia 61: sallin salli sallitaan sallinut sallittu
sopia 61E: sovin sopi sopii sopisi sovitaan sopiva sopivat
voida 62: voin voi voisin voidaan voitiin voinut voisitteko
saada 63: saan sai sain saisin saadaan saatiin saanut saatu saadun saanko
juoda 64: juon joi joisin juodaan juonut
viedä 64: vien vei veisi viedään vienyt
käydä 65: käyn kävi kävin kävisi käydään käynyt
rohkaista 66: rohkaisen rohkaisi rohkaistaan rohkaissut
tulla 67: tulen tuli tulisi tullaan tultiin tullut tulleet tullutta tulkaa tultu tullun
ajatella 67C: ajattelen ajatteli ajatellaan ajatellut ajattelin
mennä 67: menen meni mennään mentiin mennyt
tupakoida 68: tupakoin tupakoitsen tupakoi
valita 69: valitsen valitsi valitaan valittiin valinnut valitsisin valitkaa valittu valitun
tarvita 69: tarvitsen tarvitsee tarvitsisin tarvitaan tarvinnut
juosta 70: juoksen juoksi juostaan juossut
nähdä 71: näen näki näin nähdään nähtiin nähnyt näkisin nähty
tehdä 71: teen teki tekisi tehdään tehnyt tekemään
vanheta 72: vanhenen vanheni vanhetaan vanhennut
lämmetä 72H: lämpenen lämpeni lämmetään
tilata 73: tilaan tilasi tilasin tilaisin tilataan tilattiin tilannut tilatkaa tilattu tilatun tilaamaan tilaamani
hypätä 73B: hyppään hyppäsi hyppäisi hypätään hypännyt
haluta 74: haluan halusi haluaisin halutaan halunnut
katketa 74: katkean katkesi katkeaa katkeaisi katketaan
selvitä 75: selviän selvisi selviää selvitään
taitaa 76F: taidan taisi taitaa taitanut
housut 1: housuja housujen housuihin housuissa housuistani
lasit 5: laseja lasien laseihin
olosuhteet 48F: olosuhteita olosuhteiden olosuhteissa
häät 18: häitä häiden häihin
`

func TestParadigms(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(strings.TrimSpace(paradigms)) {
		head, forms, _ := strings.Cut(line, ":")
		word, code, _ := strings.Cut(head, " ")
		c, err := parseClass(code)
		if err != nil {
			t.Fatal(err)
		}
		x := newLexicon(1)
		x.add(word, c, listed)
		for _, form := range append(strings.Fields(forms), word) {
			if got := x.Analyse(form)[0]; got.Lemma != word || got.Guess {
				t.Errorf("%s %s: %q is read as %+v", word, code, form, got)
			}
		}
	}
}

func TestNoFormsBeyondTheParadigm(t *testing.T) {
	t.Parallel()
	x := newLexicon(1)
	x.add("kenkä", class{10, 'G'}, listed)
	x.add("antaa", class{56, 'J'}, listed)
	x.add("maa", class{18, 0}, listed)
	for _, form := range []string{"kenkän", "kenkässä", "kengää", "kengiä", "antan", "annavat", "maaan", "maain", "kengänsän", "antaakinkin"} {
		if got := x.Analyse(form)[0]; !got.Guess {
			t.Errorf("%q is read as %+v", form, got)
		}
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	x := newLexicon(1)
	x.add("kenkä", class{10, 'G'}, listed)
	x.add("palauttaa", class{53, 'C'}, listed)
	x.add("halpa", class{9, 'E'}, listed)
	for word, want := range map[string]Form{
		"kengissänikin":  {Case: Inessive, Plural: true, Owner: First, Clitic: Kin},
		"kenkää":         {Case: Partitive},
		"kengästään":     {Case: Elative, Owner: Third},
		"palautinko":     {Verb: Past, Person: First, Clitic: Ko},
		"palauttaisitte": {Verb: Conditional, Person: SecondPlural},
		"palautetaan":    {Verb: Present, Passive: true},
		"palautetuista":  {Verb: PastParticiple, Passive: true, Case: Elative, Plural: true},
		"palauttamaan":   {Verb: Agent, Case: Illative},
		"halvemmalla":    {Degree: Comparative, Case: Adessive},
		"halvimmat":      {Degree: Superlative, Case: Nominative, Plural: true},
		"halvallahan":    {Case: Adessive, Clitic: Han},
		"palauttaakseni": {Verb: InfinitiveA, Case: Translative, Owner: First},
	} {
		if got := x.Analyse(word)[0].Form; got != want {
			t.Errorf("form of %q is %+v, not %+v", word, got, want)
		}
	}
}

func TestBaseLexiconIsSound(t *testing.T) {
	t.Parallel()
	if _, err := readFiles(); err != nil {
		t.Error(err)
	}
}

func TestCompounds(t *testing.T) {
	t.Parallel()
	x := Base()
	for word, want := range map[string]string{
		"talvikengät":       "talvikenkä talvi kengät",
		"lastenvaunuja":     "lastenvaunut lasten vaunuja",
		"usb-c-kaapelilla":  "usb-c-kaapeli usb c kaapelilla",
		"t-paidan":          "t-paita t paidan",
		"retki-makuupussia": "retki-makuupussi retki makuu pussia",
		"naistenkengissä":   "naistenkenkä naisten kengissä",
		"kokeilemistakki":   "kokeilemistakki kokeilemis takki",
		"kenkä":             "kenkä kenkä",
		"talo":              "talo talo",
	} {
		got := x.Analyse(word)[0]
		if all := strings.Join(slices.Concat([]string{got.Lemma}, got.Parts), " "); all != want {
			t.Errorf("%q is read as %q, not %q", word, all, want)
		}
	}
}

func FuzzAnalyse(f *testing.F) {
	for _, word := range []string{"", "x", "kengissänikin", "-", "--a--", "aa’aa", "\xff\xfeän", "t-", strings.Repeat("talvi", 12), strings.Repeat("a-", 40)} {
		f.Add(word)
	}
	x := Base().With("apple", "nike", "ikea")
	f.Fuzz(func(t *testing.T, word string) {
		got := x.Analyse(word)
		if len(got) == 0 || len(got) > mostAnalyses {
			t.Fatalf("%d analyses of %q", len(got), word)
		}
		for _, a := range got {
			if len(a.Parts) == 0 {
				t.Errorf("%q has no parts", word)
			}
			a.Head()
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	x := Base()
	words := strings.Fields("kengissäni palautan talvikengät hinta tilaukseni saako halvemmalla retkimakuupussin kahvinkeitintä mustaa tuotteista lähettäisittekö")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.Analyse(words[i%len(words)])
	}
}

// BenchmarkAnalyseUnknown analyses words that stand for none of the lexicon, such
// as names, of which most trials are made.
func BenchmarkAnalyseUnknown(b *testing.B) {
	x := Base()
	words := strings.Fields("wolverine hauduke tintti shimano kataloogin merinomagic virtanen plussaa trangia")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.Analyse(words[i%len(words)])
	}
}
