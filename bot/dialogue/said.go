package dialogue

import (
	"slices"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/intents"
)

// said is a message being heard: its reading, and its words folded once.
type said struct {
	intents.Reading
	words   []string // lower case, å ä ö without dots
	starts  []int    // at which byte of Text each begins
	cues    cueSet
	asks    bool // something in it is a question
	told    int  // up to which byte it tells; all of it when it asks nothing
	revises bool // it changes an earlier message

	query *catalog.Query
	given *cueSet
}

func heard(r intents.Reading) *said {
	m := &said{Reading: r, told: len(r.Text)}
	m.words, m.starts = foldedAt(r.Text)
	for i, w := range m.words {
		if written := intents.Written(r.Lang, w); written != w {
			m.words[i] = folded(written)[0] // "int" is heard as "inte"
		}
	}
	if at := questionAt(r.Text, r.Lang, m.words, m.starts); at >= 0 {
		m.asks, m.told = true, at
	}
	m.cues = cueWords.of(m.words)
	if m.has(cueSecond) && strings.Contains(strings.ToLower(r.Text), "ändra") {
		m.cues.drop(cueSecond) // no "andra"
	}
	if !m.asks && m.Has(intents.HumanAgent) && m.countsPeople() {
		m.Acted, m.Intents = []string{intents.OutOfScope}, []intents.Intent{{Name: intents.ProductSearch, P: 1}}
	}
	return m
}

// countsPeople reports whether a message tells for how many people goods are, and so asks for
// none of them to answer: "3 personer".
func (m *said) countsPeople() bool {
	i := slices.IndexFunc(m.words, func(w string) bool { return cueWords.word(w).has(cuePeople) })
	if i < 1 {
		return false
	}
	_, err := strconv.Atoi(m.words[i-1])
	return err == nil || m.Number > 1 && len(m.words) <= fewWords
}

func (m *said) has(c cue) bool { return m.cues.has(c) }

// givesUp reports whether the whole message is this cue of giving up.
func (m *said) givesUp(c cue) bool {
	if m.given == nil {
		given := givesUp(m.words)
		m.given = &given
	}
	return m.given.has(c)
}

// sought is what is searched for with this message.
func (m *said) sought() catalog.Query {
	if m.query == nil {
		q := Query(m.Reading)
		if m.has(cueSuperlative) {
			q.Order, q.InStock = catalog.CheapestFirst, true
			if m.First(intents.Ref) == intents.RefDearest {
				q.Order = catalog.DearestFirst
			}
		}
		m.query = &q
	}
	return *m.query
}

// part is what stands between two bytes of the message.
func (m *said) part(from, to int) *said {
	text := m.Text[from:to]
	from += len(text) - len(strings.TrimLeft(text, " ,.;:!–-"))
	r := m.Reading
	r.Text, r.Entities = strings.Trim(text, " ,.;:!–-"), nil
	for _, e := range m.Entities {
		if e.Start >= from && e.End <= to {
			e.Start, e.End = e.Start-from, e.End-from
			r.Entities = append(r.Entities, e)
		}
	}
	return heard(r)
}

// gap is what stands before the i-th word and after the one before it.
func (m *said) gap(i int) string { return afterWord(m.Text[m.starts[i-1]:m.starts[i]]) }

// contrast splits "en halua M vaan L" and "L eikä M" into what is wanted and
// what is not; without a contrast all is wanted.
func (m *said) contrast() (wanted, not *said) {
	for i, w := range m.words {
		c := cueWords.word(w)
		switch {
		case c.has(cueBut) && i > 0 && i+1 < len(m.words) && m.slips(i):
			return m, nil // "eiku vaan yks"
		case c.has(cueBut) && i > 0 && i+1 < len(m.words) && anyCue(m.words[:i], cueNegation):
			return m.part(m.starts[i+1], len(m.Text)), m.part(0, m.starts[i])
		case c.has(cueNot) && i > 0 && i+1 < len(m.words):
			return m.part(0, m.starts[i]), m.part(m.starts[i+1], len(m.Text))
		}
	}
	return m, nil
}

// denyingWithin is how many words before another a negation denies it: "en oo viel avannut".
const denyingWithin = 3

// denies reports whether a message negates a word of a cue.
func (m *said) denies(c cue) bool {
	for i, w := range m.words {
		before := m.words[max(0, i-denyingWithin):i]
		if anyCue([]string{w}, c) && anyCue(before, cueNegation) && !anyCue(before, cueBut) {
			return true
		}
	}
	return false
}

// onlyQualities reports whether a message names nothing but what goods should be
// like, or be made of: "joku vedenpitävä", "onks nahkasia".
func (m *said) onlyQualities() bool {
	return (m.has(cueQuality) || m.First(intents.Material) != "") && len(m.words) <= fewWords && m.nothingBut(cueQuality, intents.Material)
}

// nothingBut reports whether a message has no words but what belongs to a cue or to
// things of these kinds, and what says nothing.
func (m *said) nothingBut(c cue, kinds ...string) bool {
	for i, w := range m.words {
		if !filler.has(w) && !cueWords.word(w).has(c) && !slices.ContainsFunc(kinds, func(kind string) bool { return m.names(kind, i) }) {
			return false
		}
	}
	return true
}

// onlyCues reports whether a message has no words but those of some cues and what says
// nothing: "noutopisteeseen" names no point.
func (m *said) onlyCues(cues ...cue) bool {
	return !slices.ContainsFunc(m.words, func(w string) bool { return !filler.has(w) && !anyCue([]string{w}, cues...) })
}

// intolerant reports whether a message speaks of an allergy, of which the shop's files
// tell too little: "koiralla on kana-allergia".
func (m *said) intolerant() bool {
	return slices.ContainsFunc(m.words, func(w string) bool {
		return strings.Contains(w, "allergi") || strings.Contains(w, "allergy") || strings.Contains(w, "yliherk") || strings.Contains(w, "overkansl") || strings.Contains(w, "intoleran") || strings.HasPrefix(w, "keliaki")
	})
}

// swallowed reports whether a message tells that somebody swallowed something harmful: who,
// that, and soon after it what. "schampo åt min man" and "a bit of soap" do not.
func (m *said) swallowed() bool {
	if !m.has(cueHarmful) || !m.has(cueSwallowed) && !m.has(cueISwallowed) {
		return false
	}
	for i, w := range m.words {
		told := cueWords.word(w)
		if (told.has(cueISwallowed) || told.has(cueSwallowed) && anyCue(m.words[max(0, i-2):i], cueEater)) &&
			anyCue(m.words[i+1:min(len(m.words), i+1+soonAfter)], cueHarmful) {
			return true
		}
	}
	return false
}

// soonAfter is within how many words of the verb what was swallowed is told.
const soonAfter = 4

// plural reports whether a message ends in a word such as "kotimaisia", which asks
// after goods and not of one of them.
func (m *said) plural() bool {
	last := m.words[len(m.words)-1]
	return m.Lang == "fi" && (strings.HasSuffix(last, "ia") || strings.HasSuffix(last, "ja") || strings.HasSuffix(last, "ita"))
}

// names reports whether a word belongs to something of a kind.
func (m *said) names(kind string, word int) bool {
	return slices.ContainsFunc(m.Entities, func(e intents.Entity) bool {
		return e.Kind == kind && !e.Negated && e.Start <= m.starts[word] && m.starts[word] < e.End
	})
}

// renames reports whether a message gives a detail by its name: "noutopisteeksi
// R-kioski", "osoite onkin Koivutie 5".
func (m *said) renames() bool {
	value := m.afterCopula()
	return value != m && len(m.words)-len(value.words) <= 3
}

// corrected is the message without the words that say that it corrects:
// "eiku 43" is "43".
func (m *said) corrected() *said {
	from := 0
	for from < len(m.words)-1 && slip(m.words[from]) {
		from++
	}
	if from == 0 {
		return m
	}
	return m.part(m.starts[from], len(m.Text))
}

// afterNo is the message without a no before a comma: "no ei, automaattiin".
func (m *said) afterNo() *said {
	for i := 1; i < len(m.words) && i <= 3; i++ {
		if strings.Contains(m.gap(i), ",") && m.slips(i) {
			return m.part(m.starts[i], len(m.Text))
		}
	}
	return m
}

// afterNaming is what follows the word for a detail, and for its change, at the
// beginning: "muuta osoite Kuusitie 9".
func (m *said) afterNaming(c cue) *said {
	from := 0
	for from < len(m.words)-1 && (cueWords.word(m.words[from]).has(cueChange) || cueWords.word(m.words[from]).has(c)) {
		from++
	}
	if from == 0 {
		return m
	}
	return m.part(m.starts[from], len(m.Text))
}

// afterComma is what follows the first comma: "väärä katunumero, Koivutie 5".
func (m *said) afterComma() *said {
	if _, value, found := strings.Cut(m.Text, ","); found {
		return m.part(len(m.Text)-len(value), len(m.Text))
	}
	return m
}

// slip reports whether a word only says that something is to be otherwise.
func slip(w string) bool {
	return anyCue([]string{w}, cueSlip, cueNegation, cueChange, cueBut) || slices.Contains([]string{"ku", "kun", "tai", "no", "nyt", "kuitenkin"}, w)
}

// slips reports whether the first n words are nothing but slips.
func (m *said) slips(n int) bool {
	return !slices.ContainsFunc(m.words[:n], func(w string) bool { return !slip(w) })
}

// statement is what the message tells before it asks; all of it when it only asks.
func (m *said) statement() *said {
	if !m.asks || m.told == 0 {
		return m
	}
	if rest := m.part(0, m.told); len(rest.words) > 0 {
		return rest
	}
	return m
}

// clauses are the parts of a message, between its commas and joints, that begin
// something: what does not goes with the one before.
func (m *said) clauses(begins func(*said) bool) (all []*said) {
	from, end, next := 0, 0, 0 // of the clause that grows, and of what may be another
	cut := func(at, after int) {
		if piece := m.part(next, at); len(piece.words) > 0 && begins(piece) && begins(m.part(from, end)) {
			all, from = append(all, m.part(from, end)), next
		}
		end, next = at, after
	}
	for i := 1; i < len(m.words); i++ {
		switch {
		case slices.Contains(joints, m.words[i]) && i+1 < len(m.words):
			cut(m.starts[i], m.starts[i+1])
		case strings.ContainsAny(m.gap(i), ",.!;:"):
			cut(m.starts[i], m.starts[i])
		}
	}
	cut(len(m.Text), len(m.Text))
	return append(all, m.part(from, len(m.Text)))
}

// number is the first number of a message, in digits or letters; 0 without one.
func (m *said) number() int {
	for _, w := range m.words {
		if n, err := strconv.Atoi(w); err == nil {
			return n
		}
	}
	return m.Number
}

// digresses reports whether the message clearly is about something of its own.
func (m *said) digresses() bool {
	return m.likelihood(intents.Greeting) >= 0.6 || m.likelihood(intents.ThanksBye) >= 0.6 ||
		len(m.Acted) > 0 && m.Acted[0] != intents.OutOfScope && len(m.Intents) > 0 && m.Intents[0].P >= 0.5 && len(strings.Fields(m.Text)) > 1 ||
		m.Has(intents.HumanAgent)
}

// afterSale are the intents about goods that were bought.
var afterSale = []string{intents.Exchange, intents.ReturnHow, intents.ReturnPolicy, intents.RefundStatus, intents.WarrantyComplaint, intents.OrderChangeCancel}

// errands are what the message wants done, in the order said. Who tells of a
// purchase wants something about it: "tilasin kengät, voinko vaihtaa ne" neither
// looks for shoes nor asks where they are.
func (m *said) errands() []string {
	if !m.has(cueBought) || !slices.ContainsFunc(m.Acted, func(intent string) bool { return slices.Contains(afterSale, intent) }) {
		return m.Acted
	}
	return slices.DeleteFunc(slices.Clone(m.Acted), func(intent string) bool {
		return intent == intents.Feedback || intent == intents.OrderStatus && !m.has(cueAsking) || intent == intents.ProductSearch || intent == intents.ProductAvailability || intent == intents.OrderPlace
	})
}

// likelihood is how probable the message makes an intent.
func (m *said) likelihood(name string) float64 {
	for _, in := range m.Intents {
		if in.Name == name {
			return in.P
		}
	}
	return 0
}

// likely reports whether an intent is among the two likeliest.
func (m *said) likely(name string) bool {
	return slices.ContainsFunc(m.Intents[:min(2, len(m.Intents))], func(in intents.Intent) bool { return in.Name == name && in.P >= 0.15 })
}

// asksBot reports whether the message asks who answers, or says it: "ootko sä
// oikee ihminen". Who asks for a person does not.
func (m *said) asksBot() bool {
	return m.has(cueBot) || m.has(cueAreYou) && m.has(cueBeing) && !m.has(cueBuy) && len(m.words) <= 10
}

// surely are words that only make a statement firmer: "nimi on oikeesti …".
var surely = []string{"oikeesti", "oikeasti", "siis", "sittenki", "sittenkin", "muuten", "muutes", "kylla", "nyt", "oikein", "egentligen", "actually", "really"}

// toldOf is what the message says a detail is: "se nimi on oikeesti Vilho Laine,
// ja …" tells the name "Vilho Laine". nil when it does not.
func (m *said) toldOf(c cue) *said {
	if !m.has(c) {
		return nil
	}
	for i, w := range m.words[:max(0, len(m.words)-2)] {
		named := m.part(m.starts[i], len(m.Text))
		told := named.afterCopula()
		if !cueWords.word(w).has(c) || told == named || !slices.ContainsFunc(named.words[1:min(3, len(named.words))], isCopula) {
			continue // "osoite on …", "the address should be …"
		}
		end := len(told.Text)
		for _, mark := range []string{",", ";", ". ", " ja ", " och ", " and "} {
			if at := strings.Index(told.Text, mark); at >= 0 {
				end = min(end, at)
			}
		}
		return told.part(0, end)
	}
	return nil
}

var (
	// copulas stand between what a detail is called and its value.
	copulas = []string{"on", "olla", "olis", "olisi", "ois", "ar", "vara", "is", "be", "to", "till"}
	// becoming may also stand first.
	becoming = []string{"onkin", "onki", "oliskin", "oiskin", "nimeksi", "nimeks", "osoitteeksi", "osoitteeks", "numeroksi", "numeroks", "sahkopostiksi", "sahkopostiks", "noutopisteeksi", "noutopisteeks"}
)

func isCopula(w string) bool { return slices.Contains(copulas, w) || slices.Contains(becoming, w) }

// isTalk reports whether words say something of a detail, so that they are not the
// detail itself: "väärä, se on Kotikatu 5".
func isTalk(words []string) bool {
	return anyCue(words, cueChange, cueThis) || slices.ContainsFunc(words, isCopula)
}

// afterCopula keeps what comes after "osoite onkin", "vaihda nimeksi", and after the
// words that what was told is wrong: "osoite on väärä, se on Kotikatu 5".
func (m *said) afterCopula() *said {
	for i, w := range m.words[:max(0, len(m.words)-1)] {
		if !isCopula(w) || i == 0 && !slices.Contains(becoming, w) {
			continue
		}
		from := i + 1
		for from < len(m.words)-1 && slices.Contains(surely, m.words[from]) {
			from++
		}
		value := m.part(m.starts[from], len(m.Text))
		if !anyCue(value.words[:1], cueChange) {
			return value
		}
		if right := value.afterCopula(); right != value {
			return right
		}
		if right := value.afterComma(); right != value {
			return right
		}
		return m
	}
	return m
}
