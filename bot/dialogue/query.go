package dialogue

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// filler words say that something is looked for, not what; lower case, no dots
// over å ä ö. A word that ends in * is the beginning of a word.
var filler = newFiller(`
	ill take one ones cheaper tar ta tager jamfor jämför vilken vilka vilket osoitteeseen osoite adress address eiku eikun eikuu kun ku et sittenkin sittenki max min
	ehka kanske maybe mites samal puoliso* olemassa pois antaa antais annan tartt* tarvii* tarvits* tarvis* sille niille hanelle lisaksi lisaks samaan sit sitte sinne tänne perille onk onkos oonk kuis palljo miljoona miljoonaa tuhat tuhatta mistä mista mistäs materiaali* matsku* tehty valmistettu teidan teijan teidän noista noissa noihin niihin naihin näihin tosta tossa pesuohje* hoito-ohje* kuinkas
	selvä te myytte myyttekin myydaan merkkisia merkkiset merkkinen merkkeja minka millainen millaisen millasen millanen minkalaisen kumman kumpaa mihin minne miten tiia tieda tia osaa paattaa tulossa tulisko
	hinnalla hinnasta minkahinta* vaihtoeh* valia väliä
	etsin etsisin etsi etsimassa etsiskelen haen hakisin haluan haluun haluaisin haluisin haluaisimme tarvitsen tarviin tarvin
	tarvitsisin tarviisin tarvii tarvitsee tarttis tarvittais onko onks oisko olisko olisiko ois olisi on oo oon olen loytyyko loytyyks
	loytyisko loytyisiko loytyiskos mis missa maas maassa maasta loytyykos loytyy loytysko myyttekso myytteko myytteks teilta teilla teil teila tai ja sekä seka mut mutta joku jokin jotain jotakin
	jonkun jotkut mika mikä mita mitä millaisia minkalaisia minkälaisia mitkä mitka nayta naytatko näytä nakisin mulle minulle
	sulla sinulla saako saaks saisinko saisko voisko voisinko voinko voinks voiko voiks moi hei terve moro moikka heippa iltaa huomenta kiitos kiitti
	siis niin nyt viela vielä vaikka vain vaan mulla minulla ma mä mina minä me meille meillä se ne toi noi nuo ton tuon tollasia
	tollanen semmonen sellainen sellaisen sellasta semmosta sellaisia semmosia euro euroa eur e euroo euroon hinta hintaan
	alle yli noin max maksimissaan korkeintaan enintaan koko kokoa koon koossa koot nro numero varinen väri vari kpl kappaletta
	tilaan tilata tilaisin tilaa tilaus tilauksen tilaamaan tehda tehdä bestalla beställa beställ order ostos
	enta entas no ens otan ota otetaan otin laita laitetaan lisataan koriin korissa kori ostoskoriin pista kans lahja* lahjo* vuotia* aring*
	varastossa varastosta saatavilla saatavissa jaljella hyllyssa hyllyista laaduk* kestava* kestavin edulli* halpa* halva* halve* halvi* paras parasta parhaat tarkein tarkeinta
	kiva kivaa kivoja kivat nattia joita jokunen oikein tosi aika ihan jotakuta kuulostaa tykkaan tulis tulisi
	lager stock available lagg varukorgen i korgen what about och billig* cheap* best basta present* gift* birthday* fodelsedag* julklapp* youve year old ar
	joo juu jep kylla mene menna kassalle kassa vahvistan vahvista hyvaksyn tilataan tilaisimme paljonko paljon maksaa maksavat maksais maksoi hintaan
	opiskelija opiskelijana rahaton budjet* kaytettav* silla saa saan saisin rahaa varaa mul kiire* hoppu hopulla
	ottaisin ottaisimme otettais joululahj* syntymapaivalahj* synttarilahj* tupaantuliai*
	riittaa riittais riittavat mieluummin istallet instead
	laitatko laitatteko laitaks lisäätkö lisäättekö pistätkö pistättekö sä sinä te ootte ottaa ostaa valita ottaisit ottasit valitsisit suosittelisit suosittelet kannattaa kannattais kannattaisi
	parhaiten arvosteltu* arvostellut arvostelu* arvosan* tähtiä recenserad* recension* betyg rated reviewed reviews
	suosit* mitka ero eroo eroja eroa erot eroaa skillnad* difference* popular*
	mie sie miun siun miulla siulla miule siule miulle siulle vuan semmone* semmose* semmois* sellase* sellais* tommos* tollas*
	pari paria parit par pair pairs yks yksi yhden yhet yhdet
	kiinnostunut kiinnostaisi hankkimaan hankkia uusi uudet uuden uusia tarvisin tarvis nii saada pitaisi kokoja myymalassa liikkeessa kaikki kaikkia niista naista naitä
	aamun olisin oisin mieluiten jollekin niita niitä sen sita ne vielakin ekat eka ekan toka tokan moro morjens terkut checkout cart add to into two three it them
	joka jotka jossa joita ostaa ostan ostaisin ostamassa hommata hankkia katselen katson kattelen hyva hyvaa hyvat hyvia hyvä
	suosittele suosittelet suosittelisitko suosittelisit mitaan mitään varten apua auta auttaisitko muita muuta muu lisaa lisää kanssa myos myös valikoimassa
	eiku eikun eikä eika kuitenkin sittenkin sittenki max maks maksimi suunnilleen kuin kun ei en emme enkä mikään mitään kumpikaan laskulla kotiin kotiovelle vois voisi vaimo* miehelle
	aattelin ajattelin et pitais tarvis varmaan itelle ittelle itselle samanlainen samanlaisen samanlaista sama saman samaa samat molemmat molempia kummatkin
	inte ingen inga båda samma vänta både not no none neither both same either actually wait instead rather faktura invoice
	tarve tarvetta tarpeen hakusessa haussa kelpais kelpaisi kavis kavisi ettin etin ettisin ettii niit noit nait niis nois nais koos kooss koolle koosta kokona onx tata taa tama naa nama tota tuota noita varia varii otetaa laitetaa pistetaa lisataa yleensa tavallisesti normaalisti useimmiten kipaletta kokoon kokoo kokosena kokosta kokosen meian meijan kallis kallista kalliita hintava* mikaa mitaa nail noil tal tol kahel kahden likka likal likalle samalle samoille semmosille sellaisille tommosille mukavaa mukavan hienoa kahville
	samaan sarjaan missä missa tekee yhteensa homma hommaa jonku jotai tykkaa* tarttisin tartten vaikkei
	samalla laita laittaa laittakaa heita viel mukaan kylkeen kyytiin
	valikoimaa valikoima tuotteita tuote tuotetta jos kun etta että kysyisin kysyn
	jag soker söker vill ha har ni finns det en ett nagot något nagon någon som for för till med och eller behover behöver skulle
	vilja hej tack kopa köpa under over över hogst högst storlek i visa mig nagra några den de er finnas kan
	kumpi parempi parempaa parempia bättre better mellan emellan
	av at hos vid mot per genom ifrån från åt efter vilkas sådan sådana sådant sån sånt såna mig mej dig dej sig sej oss er era ert sin sina sitt dess deras hon han vem vems
	e ä o å är var varit blir blev bli kunde borde måste får fick hade haft passar passande typ nämligen ju väl nog dock alltså faktiskt egentligen kanske gillar tycker äkta riktig riktigt riktiga
	i im i'm am looking for want need a an the do you have any some is there are please hi hello thanks to with and or me my show
	sell sells selling which that this these those it's its was were will could should does did doesn't don't just really very much many he he's she she's they we you your our his her their
	whats what's who how when where why between from at by of around than if because while got give tell help use using always
	noilla nailla niilla noille naille ainaki ainakin varej* vareis* kay kelpaa passaa siihen tahan mitaa niist naist noist siit tast tost hajos* hajon* rikkoutu* akkia pikaisesti askei* asko* tilauks* ai ok okei okay sori anteeksi aikui* eurolla eurolle tehkaa teen annetaan vaikkapa
	att letar efter min mitt mina man bara endast bäst only just fyller fyllt täyttää turning turns turned juttu color colors colour colours färg färger ändra helst gärna preferably ideally
	hejsan hejssan tjena tjenare goddag hey hiya after quid bucks poss possible possibly roughly morning afternoon evening mycket mycke ska skall vara int fins di he tå på men stl strl va vad hu hur mytchi mytji needs which dehär he hede nå
	behov* add too also then has put gimme gonna wanna throw got u pls lägg lägga sätt också då å så nåt nån nåra nånting sku ge åt dom
	voitko voitteko voisitko voisitteko du rekommendera* foresla* recommend* suggest*
	poista poistetaan poistaisitko poistaisitteko bort remove delete
	vaihda vaihdetaan vaihdan vaihtaa vaihtaisin nosta tiputa maara* kappalemaara* lukumaara* antalet quantity qty
	ostamaan tilaamaan mun minun sun sinun hänen honom henne idea ideaa ideoita ideas idé idéer tips suggestion suggestions
	samassa samas käytän käytämme käyttää sopiva sopivaa sopivan sopivia sopivat sopis sopisi tavalli* enää heti montaa tarjolla myynnissä saatavana saatavissa hyllystä valmiina kaiken kaikkiaan olla semmosi* sellasi* tommosi*
	find buy something under over size below in of can could would like get
`)

type fillerWords struct {
	whole      map[string]bool
	beginnings []string
}

func newFiller(text string) fillerWords {
	f := fillerWords{whole: map[string]bool{}}
	for _, w := range strings.Fields(text) {
		if beginning, open := strings.CutSuffix(w, "*"); open {
			f.beginnings = append(f.beginnings, beginning)
		} else {
			f.whole[strings.Join(folded(w), "")] = true
		}
	}
	return f
}

func (f fillerWords) has(word string) bool {
	return f.whole[word] || slices.ContainsFunc(f.beginnings, func(b string) bool { return strings.HasPrefix(word, b) })
}

// Query turns what was said into what is searched: filters from the entities,
// the rest of the words without those that only say that something is sought.
func Query(r intents.Reading) catalog.Query {
	q := catalog.Query{Lang: r.Lang}
	var cut []intents.Entity
	spanned := 0 // up to which byte a size between two goes
	for _, e := range r.Entities {
		if e.Negated {
			switch e.Kind {
			case intents.Color:
				q.Without = union(q.Without, e.Value)
			case intents.Category:
				q.Except = e.Value
			case intents.Material:
				q.Free = union(q.Free, e.Value)
			}
			cut = append(cut, e)
			continue
		}
		if e.Kind == intents.Category && overlapped(e, r.Entities) {
			continue
		}
		keep := false
		switch e.Kind {
		case intents.Product:
			if q.Product == "" {
				q.Product = e.Value
			}
			keep = true
		case intents.Category:
			q.Category, keep = e.Value, true
		case intents.Brand, intents.Material, intents.Answer:
			keep = true
		case intents.Size:
			if e.Start < spanned {
				break
			}
			q.Size = e.Value
			if size, end := spanAt(r.Text, e); size != "" {
				q.Size, e.End, spanned = size, end, end
			}
		case intents.Color:
			if keep = shelved(e, r); !keep {
				q.Color = e.Value
			}
		case intents.Audience:
			q.Audience = e.Value
		case intents.Age:
			q.Age, _ = strconv.Atoi(e.Value)
		case intents.PriceMax:
			q.Max = cents(e.Value)
		case intents.PriceMin:
			q.Min = cents(e.Value)
		}
		if !keep {
			cut = append(cut, e)
		}
	}
	if eitherColor(r) {
		q.Color = ""
	}
	if start, told, end := ofWhom(r); end > 0 {
		if of := r.Text[told:end]; strings.ContainsFunc(content(of), isLetter) {
			q.Of = of
		}
		cut = append(cut, intents.Entity{Start: start, End: end})
	}
	if r.Lang != "fi" {
		for _, at := range inCart.FindAllStringIndex(r.Text, -1) {
			cut = append(cut, intents.Entity{Start: at[0], End: at[1]})
		}
	}
	q.Text = content(without(r.Text, cut))
	if q.Free != "" { // "olen allerginen villalle" looks for no allergy
		q.Text = wordsBut(q.Text, func(w string) bool {
			return strings.HasPrefix(strings.ToLower(w), "allerg") || strings.HasPrefix(strings.ToLower(w), "yliherk")
		})
	}
	if q.Size != "" { // "mulla on jalka 44"
		q.Text = wordsBut(q.Text, func(w string) bool { return slices.Contains(feet, strings.ToLower(w)) })
	}
	if !strings.ContainsFunc(q.Text, isLetter) {
		q.Text = ""
	}
	if rest := wordsBut(q.Text, func(w string) bool { return anyCue(folded(w), cueMost) }); rest != "" {
		q.Text = rest // how warm the warmest coat is decides no search
	}
	return q
}

// feet are what a size may be told of, and no goods then.
var feet = []string{"jalka", "jalkani", "jalkansa", "jalaka", "foten", "feet", "foot"}

// eitherColor reports whether a message leaves open which of two colours goods come in: "musta
// tai sininen".
func eitherColor(r intents.Reading) bool {
	last := -1 // where the colour before ends
	for _, e := range r.Entities {
		if e.Kind != intents.Color || e.Negated {
			continue
		}
		if last >= 0 && last <= e.Start && anyCue(folded(r.Text[last:e.Start]), cueOr) {
			return true
		}
		last = e.End
	}
	return false
}

// union is the words of two lists, each once.
func union(a, b string) string {
	words := strings.Fields(a)
	for _, w := range strings.Fields(b) {
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// inCart is where goods are put, which is none of them: no laundry basket.
var inCart = regexp.MustCompile(`(?i)\b(?:in|into|to) (?:(?:the|my) )?basket\b|\bi (?:min )?korgen\b`)

// whose is what is told of somebody just named, after how old they are: "till pappa som
// fiskar", "for my wife, she likes running", "isälle joka täyttää 70".
var whose = regexp.MustCompile(`^(?i:[,.]?\s+(?:joka|som|who|that|hän|hon|han|(?:she|he)(?:['’]s)?)\s+)` +
	`(?i:(?:(?:täyttää|on|fyller|är|turns|is)\s+)?\d+\pL*(?:\s+(?:vuotta|vuotias|år|gammal|years|old))*(?:,?\s+(?:ja|och|and|se|hän|hon|han|she|he))*\s*)?` +
	`(\pL[^,.;:!?]*)?`)

// ofWhom is where a message begins to speak of whom the goods are for, from where it
// tells what they do, and where that ends. end is 0 when it tells nothing.
func ofWhom(r intents.Reading) (start, told, end int) {
	for _, e := range r.Entities {
		if e.Kind != intents.Audience || e.Negated {
			continue
		}
		if at := whose.FindStringSubmatchIndex(r.Text[e.End:]); at != nil {
			if at[2] < 0 {
				at[2] = at[1]
			}
			return e.End, e.End + at[2], e.End + at[1]
		}
	}
	return 0, 0, 0
}

// shelved reports whether a word for a colour is the goods of a shelf, as no goods
// come after it: "hand cream 50 ml", but "a cream jumper".
func shelved(color intents.Entity, r intents.Reading) bool {
	cut := []intents.Entity{{End: color.End}}
	shelf := false
	for _, e := range r.Entities {
		if e.Kind == intents.Category && e.Start == color.Start {
			shelf = true
		} else if e.Kind == intents.Size || e.Kind == intents.PriceMax || e.Kind == intents.Audience {
			cut = append(cut, e)
		}
	}
	return shelf && content(without(r.Text, cut)) == ""
}

// overlapped reports whether the word of a category says something else too:
// "kotiin" is where to deliver, not home textiles.
func overlapped(category intents.Entity, all []intents.Entity) bool {
	return slices.ContainsFunc(all, func(e intents.Entity) bool {
		return e.Kind == intents.Delivery && e.Start < category.End && category.Start < e.End
	})
}

func cents(digits string) catalog.Cents {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return catalog.Cents(n)
}

// without cuts the spans of entities out of a text.
func without(text string, cut []intents.Entity) string {
	slices.SortFunc(cut, func(a, b intents.Entity) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var b strings.Builder
	at := 0
	for _, e := range cut {
		if e.Start < at || e.End > len(text) {
			continue
		}
		b.WriteString(text[at:e.Start])
		b.WriteByte(' ')
		at = e.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// wordsBut are the words of a text without some.
func wordsBut(text string, not func(word string) bool) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(text), not), " ")
}

// years is an age: "3v", "3vee".
var years = regexp.MustCompile(`^\d{1,2}v(ee|uotias)?$`)

// content keeps the words that say something about the goods.
func content(text string) string {
	var kept []string
	for _, w := range strings.Fields(text) {
		w = strings.Trim(w, ".,;:!?()\"”’'…–-")
		parts := folded(w)
		if len(parts) == 0 || years.MatchString(parts[0]) || filler.has(strings.Join(parts, "")) || comparative(strings.Join(parts, "")) && strings.HasSuffix(w, "mpi") || len(parts) > 1 && filler.has(parts[len(parts)-1]) {
			continue
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}
