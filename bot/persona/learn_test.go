package persona

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/intents"
)

func demoSet(t testing.TB) (Set, *catalog.Shop) {
	t.Helper()
	shop, err := demoShop()
	if err != nil {
		t.Fatal(err)
	}
	set, err := Load(demo.FS, shop, intents.Names)
	if err != nil {
		t.Fatal(err)
	}
	return set, shop
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, catalog.Helsinki)

// said is evidence of words alone, at noon.
func said(text string) Evidence { return Evidence{At: noon, Words: cutWords(strings.ToLower(text))} }

// TestAPersonTakenBack is not believed again for a word, and the belief before
// stays as it was.
func TestAPersonTakenBack(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	b := Learn(Belief{}, set, said("oon opiskelija ja rahat loppu"))
	if b.Persona() != "opiskelija" {
		t.Fatalf("a student is taken for %s", b.Persona())
	}
	after := b.Without("opiskelija")
	if after.Persona() != Neutral || len(after.Reasons) != 0 || after.P("opiskelija") > 0.01 {
		t.Errorf("taken back: %+v", after)
	}
	if b.Persona() != "opiskelija" || len(b.Reasons) == 0 || b.leaning("opiskelija") <= 0 {
		t.Errorf("the belief before has changed: %+v", b)
	}
	if again := Learn(after, set, said("mikä on halvin")); again.Persona() != Neutral {
		t.Errorf("one word brings back %s", again.Persona())
	}
	if (Belief{}).Without("nobody").Persona() != Neutral {
		t.Error("of nobody comes somebody")
	}
}

func TestBeliefStaysSound(t *testing.T) {
	t.Parallel()
	set, shop := demoSet(t)
	chance := rand.New(rand.NewPCG(1, 2))
	var words, goods []string
	for _, p := range set.All() {
		words = append(append(append(words, p.Words...), p.Phrases...), p.Statements...)
	}
	for i := range shop.Products {
		goods = append(goods, shop.Products[i].ID)
	}
	some := func(of []string, most int) []string {
		var picked []string
		for range chance.IntN(most + 1) {
			picked = append(picked, of[chance.IntN(len(of))])
		}
		return picked
	}
	signs := append(append([]string{"nothing"}, Signs...), intents.Names...)
	for range 30 {
		var b Belief
		at := noon
		for range 200 {
			at = at.Add(time.Duration(chance.IntN(1000)) * time.Minute)
			e := Evidence{
				At: at, Channel: "telegram", Words: cutWords(strings.Join(some(words, 12), " ")), Signs: some(signs, 5), Shelf: "lelut",
				Gift: chance.IntN(20) == 0, Self: chance.IntN(20) == 0, Among: some(goods, 4), Bought: some(goods, 2), Returned: some(goods, 1), Answers: some(Values, 1),
			}
			if len(e.Among) > 0 {
				e.Chosen = e.Among[0]
			}
			before := Belief{append([]Lean(nil), b.Leans...), b.Used, append([]Reason(nil), b.Reasons...), b.Gift, b.Learnt}
			next := Learn(b, set, e)
			if !reflect.DeepEqual(b, before) {
				t.Fatalf("Learn changed what it was given: %+v, was %+v", b, before)
			}
			if again := Learn(b, set, e); !reflect.DeepEqual(again, next) {
				t.Fatalf("the same evidence gives %+v and %+v", again, next)
			}
			sound(t, set, next)
			b = next
		}
	}
}

func sound(t *testing.T, set Set, b Belief) {
	t.Helper()
	var sum float64
	for _, persona := range set.All() {
		p := b.P(persona.ID)
		if math.IsNaN(p) || p <= 0 || p > 1 {
			t.Fatalf("%s has probability %v", persona.ID, p)
		}
		sum += p
	}
	if math.Abs(sum-1) > 1e-9 || len(b.Leans) != len(set.All())-1 {
		t.Fatalf("%d probabilities sum up to %v", len(b.Leans), sum)
	}
	if len(b.Reasons) > keepReasons {
		t.Fatalf("%d reasons are kept", len(b.Reasons))
	}
	if set.Get(b.Persona()).ID != b.Persona() {
		t.Fatalf("%q is used and is no persona", b.Persona())
	}
}

func TestOneWordNeverDecides(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	for _, p := range set.All() {
		for _, word := range append(append([]string(nil), p.Words...), p.Phrases...) {
			word = strings.ReplaceAll(word, "*", "sta")
			e := said(word + " " + word)
			e.Signs = []string{SignBrief}
			if b := Learn(Belief{}, set, e); b.Persona() != Neutral {
				t.Errorf("%q alone makes a customer %s: %+v", word, b.Used, b.Reasons)
			}
		}
	}
}

// wrote is evidence of a message that is so much likelier of a persona than of
// ordinary customers, in logarithms of odds.
func wrote(id string, odds float64) Evidence {
	return Evidence{At: noon, Words: []string{"jotain"}, Kinds: []intents.Kind{{Name: Neutral, LogP: -odds - 1}, {Name: id, LogP: -1, Word: "jotain"}, {Name: "gone", LogP: -0.1}}}
}

func TestHowSomebodyWrites(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	once := Learn(Belief{}, set, wrote("laatu", 100))
	if once.Persona() != Neutral {
		t.Errorf("one message decides: %+v", once)
	}
	if plain := Learn(once, set, wrote("laatu", 0)); plain.Persona() != Neutral {
		t.Errorf("a message that says nothing confirms the one before: %+v", plain)
	}
	if twice := Learn(once, set, wrote("laatu", 8)); twice.Persona() != "laatu" || twice.Why()[0] != (Reason{"laatu", Word, "jotain"}) {
		t.Errorf("two messages do not decide, or nobody knows why: %+v", twice)
	}
	if b := Learn(once, set, wrote("laatu", -100)); b.P("laatu") >= once.P("laatu") || len(b.Reasons) != 1 {
		t.Errorf("what speaks against it counts for it: %+v", b)
	}
	plain := Belief{}
	for range 50 {
		plain = Learn(plain, set, wrote("laatu", -100))
	}
	if l := plain.leaning("laatu"); l != doubt {
		t.Errorf("fifty ordinary messages take the leaning to %v", l)
	}
	if b := Learn(Belief{}, set, Evidence{At: noon, Kinds: []intents.Kind{{Name: "laatu", Word: "jotain"}}}); b.Reasons != nil {
		t.Errorf("without ordinary customers beside it something is told: %+v", b)
	}
}

// A message of few words speaks for somebody by its share of three, and what
// nobody sees a reason in is not quoted as one.
func TestFewWordsSayLittle(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	leaning := func(words ...string) float64 {
		e := wrote("laatu", 3)
		e.Words = words
		return Learn(Belief{}, set, e).leaning("laatu")
	}
	one, two, three, four := leaning("a"), leaning("a", "b"), leaning("a", "b", "c"), leaning("a", "b", "c", "d")
	if math.Abs(one*3-three) > 0.01 || math.Abs(two*1.5-three) > 0.01 || three != four {
		t.Errorf("one to four words lean by %v, %v, %v, %v", one, two, three, four)
	}
	for word, told := range map[string]int{"joo": 0, "sano": 1, "116": 0, "98cm": 0} {
		e := wrote("laatu", 8)
		e.Kinds[1].Word = word
		if why := Learn(Belief{}, set, e).Reasons; len(why) != told {
			t.Errorf("of %q the reasons are %+v", word, why)
		}
	}
}

// What somebody says of themselves is enough, unless something else speaks against it.
func TestStatementsDecide(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	for _, p := range set.All() {
		for _, statement := range p.Statements {
			if b := Learn(Belief{}, set, said(strings.ReplaceAll(statement, "*", "ta"))); b.Persona() != p.ID {
				t.Errorf("%q makes a customer %s: %+v", statement, b.Persona(), b.Leans)
			}
		}
	}
}

func TestTwoWordsDecide(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	for _, messages := range [][]string{{"halvin", "budjetti"}, {"halvin", "kengät", "tarjous", "halpaa"}} {
		var b Belief
		for _, m := range messages {
			b = Learn(b, set, said(m))
		}
		if b.Persona() != "opiskelija" {
			t.Errorf("%q make a customer %s: %+v", messages, b.Persona(), b.Leans)
		}
	}
}

func TestBeliefFades(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	student := Learn(Belief{}, set, said("oon opiskelija"))
	b, messages := student, 0
	for ; b.Persona() == "opiskelija" && messages < 200; messages++ {
		next := Learn(b, set, said("kengät"))
		if next.P("opiskelija") >= b.P("opiskelija") {
			t.Fatalf("after %d messages without evidence it has grown", messages)
		}
		b = next
	}
	if messages < 8 || messages == 200 || b.Persona() != Neutral {
		t.Errorf("after %d messages without evidence the persona is %s", messages, b.Persona())
	}
	later := said("kengät")
	if later.At = noon.Add(2 * halfLife); Learn(student, set, later).P("opiskelija") >= 0.4 {
		t.Errorf("four weeks later it is still as sure: %v", Learn(student, set, later).P("opiskelija"))
	}
}

func TestEvidenceOfAnotherTurnsTheBelief(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	b := Learn(Belief{}, set, said("oon opiskelija"))
	if b = Learn(b, set, said("kotimainen")); b.Persona() != "opiskelija" {
		t.Errorf("one word took it back: %+v", b.Leans)
	}
	b = Learn(b, set, said("vastuullinen ja luomu, kotimainen"))
	b = Learn(b, set, said("missä tehty, reilu kauppa"))
	if b.Persona() != "vastuullinen" {
		t.Errorf("it is still %s: %+v", b.Persona(), b.Leans)
	}
}

// What is sought as a gift serves that errand, and is no taste of theirs.
func TestGiftIsNoTaste(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	gift := said("ekologinen lahja, kotimainen ja luomua")
	gift.Gift = true
	b := Learn(Belief{}, set, gift)
	b = Learn(b, set, said("vastuullisesti tehty"))
	if b.Persona() != "vastuullinen" {
		t.Fatalf("the gift is sought as for %s: %+v", b.Persona(), b.Leans)
	}
	self, next, bought := said("ja itselleni sukat"), said("kengät"), Evidence{At: noon, Bought: []string{"nothing"}}
	self.Self, next.At = true, noon.Add(errand+time.Minute)
	for what, e := range map[string]Evidence{"for themselves": self, "another day": next, "bought": bought} {
		if after := Learn(b, set, e); after.Gift || after.P("vastuullinen") > 0.2 || after.Persona() != Neutral {
			t.Errorf("%s: it is believed of them: %+v", what, after)
		}
	}
	hurry := said("mulla on kiire")
	hurry.Gift = true
	if b := Learn(Learn(Belief{}, set, hurry), set, self); b.Persona() != "kiire" {
		t.Errorf("who is in a hurry for a gift is %s afterwards", b.Persona())
	}
}

// Who takes the dearer or the cheaper of what was shown tells something.
func TestChoices(t *testing.T) {
	t.Parallel()
	set, shop := demoSet(t)
	goods := map[string][]*catalog.Product{}
	for i := range shop.Products {
		goods[shop.Products[i].Category] = append(goods[shop.Products[i].Category], &shop.Products[i])
	}
	shelf := goods["takit"]
	var shown []string
	cheap, dear := shelf[0], shelf[0]
	for _, p := range shelf {
		shown = append(shown, p.ID)
		if p.Price < cheap.Price {
			cheap = p
		}
		if p.Price > dear.Price {
			dear = p
		}
	}
	took := func(p *catalog.Product) Belief {
		return Learn(Belief{}, set, Evidence{At: noon, Chosen: p.ID, Among: shown})
	}
	if took(cheap).P("opiskelija") <= took(dear).P("opiskelija") || took(dear).P("laatu") <= took(cheap).P("laatu") {
		t.Errorf("taking %s and %s tells nothing: %+v, %+v", cheap.ID, dear.ID, took(cheap).Leans, took(dear).Leans)
	}
	bought := Learn(Belief{}, set, Evidence{At: noon, Bought: []string{dear.ID}})
	returned := Learn(bought, set, Evidence{At: noon, Returned: []string{dear.ID}})
	if bought.P("laatu") <= (Belief{}).P("laatu") || returned.P("laatu") >= bought.P("laatu") {
		t.Errorf("buying it makes %v, sending it back %v", bought.P("laatu"), returned.P("laatu"))
	}
	if b := Learn(Belief{}, set, Evidence{At: noon, Answers: []string{"price", "price"}}); b.P("opiskelija") <= 0.1 {
		t.Errorf("answers of a quiz tell nothing: %+v", b.Leans)
	}
}

func TestHabitsAreWeak(t *testing.T) {
	t.Parallel()
	set, _ := demoSet(t)
	night := Evidence{At: time.Date(2026, 11, 24, 1, 0, 0, 0, catalog.Helsinki), Channel: "telegram"}
	b := Learn(Belief{}, set, night)
	once := b.P("opiskelija")
	for range 20 {
		b = Learn(b, set, night)
	}
	if once <= Learn(Belief{}, set, Evidence{At: noon}).P("opiskelija") || b.P("opiskelija") > once || b.Persona() != Neutral {
		t.Errorf("twenty inputs of the night make it %v, the first %v", b.P("opiskelija"), once)
	}
}

func TestReasonsAreTheLatest(t *testing.T) {
	t.Parallel()
	set := Set{all: []Persona{{ID: Neutral}, {ID: "a", Words: strings.Fields("bbb ccc ddd eee fff ggg hhh iii jjj")}}}
	set.compile()
	var b Belief
	for _, word := range append(set.all[1].Words, "bbb") {
		b = Learn(b, set, said(word))
	}
	if len(b.Reasons) != 8 || b.Reasons[7] != (Reason{"a", Word, "bbb"}) || b.Reasons[0].Name != "ddd" {
		t.Errorf("reasons: %+v", b.Reasons)
	}
	if why := b.Why(); b.Used != "a" || why[0].Name != "bbb" || len(why) != 8 {
		t.Errorf("why %s: %+v", b.Used, why)
	}
}

func TestWhyQuotesTheLonger(t *testing.T) {
	t.Parallel()
	b := Belief{Used: "a", Reasons: []Reason{{"a", Word, "eko"}, {"a", Word, "ekologinen"}, {"b", Word, "ekologisesti"}, {"a", Phrase, "lähin nouto*"}, {"a", Word, "lähin"}, {"a", Asked, "eko"}}}
	want := []Reason{{"a", Asked, "eko"}, {"a", Phrase, "lähin nouto*"}, {"a", Word, "ekologinen"}}
	if why := b.Why(); !reflect.DeepEqual(why, want) {
		t.Errorf("why: %+v", why)
	}
}

func TestWithoutPersonas(t *testing.T) {
	t.Parallel()
	if b := Learn(Belief{Used: "saver"}, Set{}, said("halpa")); b.Used != "saver" || b.Leans != nil {
		t.Errorf("no personas: %+v", b)
	}
	alone := Set{all: []Persona{{ID: Neutral}}}
	alone.compile()
	if b := Learn(Belief{}, alone, said("halpa")); b.P(Neutral) != 1 || b.Persona() != Neutral {
		t.Errorf("only the neutral one: %+v", b)
	}
	set, _ := demoSet(t)
	gone := Learn(Belief{Leans: []Lean{{For: "gone", Own: 5}}, Used: "gone"}, set, Evidence{At: noon})
	sound(t, set, gone)
}

func BenchmarkLearn(b *testing.B) {
	set, _ := demoSet(b)
	var belief Belief
	for _, text := range []string{"moi oon opiskelija", "onko mitään halvempaa tarjouksessa", "kotimainen ja kestävä"} {
		belief = Learn(belief, set, said(text))
	}
	e := said("etsin edullista ja kestävää reppua kouluun, mitä eroa näillä kahdella on ja ehtiikö perjantaiksi")
	e.Signs = []string{intents.ProductSearch, SignCompare, SignCheaper, SignLong}
	e.Shelf = "reput"
	for i, p := range set.All() {
		e.Kinds = append(e.Kinds, intents.Kind{Name: p.ID, LogP: -float64(i), Word: "edullista"})
	}
	b.ReportAllocs()
	for b.Loop() {
		Learn(belief, set, e)
	}
}
