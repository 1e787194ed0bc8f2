package finnish

import "sync"

// ending is one thing that an ending can mean on the stems that take it.
type ending struct {
	slots slots
	after after
	form  Form
}

// after says what may follow an ending.
type after uint8

const (
	bare  after = 1 << iota // nothing, or a clitic
	owned                   // -ni, -si, -nsa, -mme, -nne
	ownVn                   // -an: kengissään
)

const always = bare | owned | ownVn

// nominalEndings are the endings of nominals, told with back vowels.
var nominalEndings = []struct {
	text string
	ending
}{
	{"", ending{nominative, bare, Form{Case: Nominative}}},
	{"", ending{strong, owned, Form{Case: Nominative}}},
	{"na", ending{strong, always, Form{Case: Essive}}},
	{"n", ending{weak, bare, Form{Case: Genitive}}},
	{"t", ending{weak, bare, Form{Case: Nominative, Plural: true}}},
	{"ssa", ending{weak, always, Form{Case: Inessive}}},
	{"sta", ending{weak, always, Form{Case: Elative}}},
	{"lla", ending{weak, always, Form{Case: Adessive}}},
	{"lta", ending{weak, always, Form{Case: Ablative}}},
	{"lle", ending{weak, always, Form{Case: Allative}}},
	{"ksi", ending{weak, bare, Form{Case: Translative}}},
	{"kse", ending{weak, owned | ownVn, Form{Case: Translative}}},
	{"tta", ending{weak, always, Form{Case: Abessive}}},
	{"n", ending{illative, bare, Form{Case: Illative}}},
	{"", ending{illative, owned, Form{Case: Illative}}},
	{"a", ending{partitiveA, always, Form{Case: Partitive}}},
	{"ta", ending{partitiveTa, always, Form{Case: Partitive}}},
	{"na", ending{strongPlural, always, Form{Case: Essive, Plural: true}}},
	{"ne", ending{strongPlural, always, Form{Case: Comitative, Plural: true}}},
	{"ssa", ending{weakPlural, always, Form{Case: Inessive, Plural: true}}},
	{"sta", ending{weakPlural, always, Form{Case: Elative, Plural: true}}},
	{"lla", ending{weakPlural, always, Form{Case: Adessive, Plural: true}}},
	{"lta", ending{weakPlural, always, Form{Case: Ablative, Plural: true}}},
	{"lle", ending{weakPlural, always, Form{Case: Allative, Plural: true}}},
	{"ksi", ending{weakPlural, bare, Form{Case: Translative, Plural: true}}},
	{"kse", ending{weakPlural, owned | ownVn, Form{Case: Translative, Plural: true}}},
	{"tta", ending{weakPlural, always, Form{Case: Abessive, Plural: true}}},
	{"n", ending{weakPlural, bare, Form{Case: Instructive, Plural: true}}},
	{"n", ending{illativePlural, bare, Form{Case: Illative, Plural: true}}},
	{"", ending{illativePlural, owned, Form{Case: Illative, Plural: true}}},
	{"a", ending{partitivePlA, always, Form{Case: Partitive, Plural: true}}},
	{"ta", ending{partitivePlTa, always, Form{Case: Partitive, Plural: true}}},
	{"en", ending{genitiveEn, bare, Form{Case: Genitive, Plural: true}}},
	{"e", ending{genitiveEn, owned, Form{Case: Genitive, Plural: true}}},
	{"den", ending{genitiveDen, bare, Form{Case: Genitive, Plural: true}}},
	{"de", ending{genitiveDen, owned, Form{Case: Genitive, Plural: true}}},
	{"tten", ending{genitiveDen, bare, Form{Case: Genitive, Plural: true}}},
	{"tte", ending{genitiveDen, owned, Form{Case: Genitive, Plural: true}}},
	{"ten", ending{genitiveTen, bare, Form{Case: Genitive, Plural: true}}},
	{"te", ending{genitiveTen, owned, Form{Case: Genitive, Plural: true}}},
	{"", ending{pluralHead, bare, Form{Case: Nominative, Plural: true}}},
	{"", ending{strongOfPlural, owned, Form{Case: Nominative, Plural: true}}},
	{"sti", ending{adverbSti, bare, Form{Degree: Manner}}},
}

// verbEndings are the endings of verbs, told with back vowels.
var verbEndings = []struct {
	text string
	ending
}{
	{"n", ending{verbWeak, bare, Form{Verb: Present, Person: First}}},
	{"t", ending{verbWeak, bare, Form{Verb: Present, Person: Second}}},
	{"mme", ending{verbWeak, bare, Form{Verb: Present, Person: FirstPlural}}},
	{"tte", ending{verbWeak, bare, Form{Verb: Present, Person: SecondPlural}}},
	{"", ending{verbWeak, bare, Form{Verb: Connegative}}},
	{"vat", ending{verbStrong, bare, Form{Verb: Present, Person: ThirdPlural}}},
	{"", ending{third, bare, Form{Verb: Present, Person: Third}}},
	{"", ending{pastStrong, bare, Form{Verb: Past, Person: Third}}},
	{"vat", ending{pastStrong, bare, Form{Verb: Past, Person: ThirdPlural}}},
	{"n", ending{pastWeak, bare, Form{Verb: Past, Person: First}}},
	{"t", ending{pastWeak, bare, Form{Verb: Past, Person: Second}}},
	{"mme", ending{pastWeak, bare, Form{Verb: Past, Person: FirstPlural}}},
	{"tte", ending{pastWeak, bare, Form{Verb: Past, Person: SecondPlural}}},
	{"", ending{conditional, bare, Form{Verb: Conditional, Person: Third}}},
	{"n", ending{conditional, bare, Form{Verb: Conditional, Person: First}}},
	{"t", ending{conditional, bare, Form{Verb: Conditional, Person: Second}}},
	{"mme", ending{conditional, bare, Form{Verb: Conditional, Person: FirstPlural}}},
	{"tte", ending{conditional, bare, Form{Verb: Conditional, Person: SecondPlural}}},
	{"vat", ending{conditional, bare, Form{Verb: Conditional, Person: ThirdPlural}}},
	{"e", ending{participleN, bare, Form{Verb: Potential}}},
	{"en", ending{participleN, bare, Form{Verb: Potential, Person: First}}},
	{"et", ending{participleN, bare, Form{Verb: Potential, Person: Second}}},
	{"ee", ending{participleN, bare, Form{Verb: Potential, Person: Third}}},
	{"emme", ending{participleN, bare, Form{Verb: Potential, Person: FirstPlural}}},
	{"ette", ending{participleN, bare, Form{Verb: Potential, Person: SecondPlural}}},
	{"evat", ending{participleN, bare, Form{Verb: Potential, Person: ThirdPlural}}},
	{"kaa", ending{imperativeK, bare, Form{Verb: Imperative, Person: SecondPlural}}},
	{"kaamme", ending{imperativeK, bare, Form{Verb: Imperative, Person: FirstPlural}}},
	{"koon", ending{imperativeK, bare, Form{Verb: Imperative, Person: Third}}},
	{"koot", ending{imperativeK, bare, Form{Verb: Imperative, Person: ThirdPlural}}},
	{"ko", ending{imperativeK, bare, Form{Verb: Imperative}}},
	{"a", ending{infinitiveA, bare, Form{Verb: InfinitiveA}}},
	{"akse", ending{infinitiveA, owned | ownVn, Form{Verb: InfinitiveA, Case: Translative}}},
	{"essa", ending{infinitiveE, always, Form{Verb: InfinitiveE, Case: Inessive}}},
	{"en", ending{infinitiveE, bare, Form{Verb: InfinitiveE, Case: Instructive}}},
	{"an", ending{passiveAn, bare, Form{Verb: Present, Passive: true}}},
	{"", ending{passiveAn, bare, Form{Verb: Connegative, Passive: true}}},
	{"tiin", ending{passiveT, bare, Form{Verb: Past, Passive: true}}},
	{"taisiin", ending{passiveT, bare, Form{Verb: Conditional, Passive: true}}},
	{"taisi", ending{passiveT, bare, Form{Verb: Conditional, Passive: true}}},
	{"taneen", ending{passiveT, bare, Form{Verb: Potential, Passive: true}}},
	{"takoon", ending{passiveT, bare, Form{Verb: Imperative, Passive: true}}},
	{"taessa", ending{passiveT, always, Form{Verb: InfinitiveE, Case: Inessive, Passive: true}}},
	{"", ending{wholeWord, always, Form{}}},
}

// derived are the endings that make a nominal of another word, with the class
// in which it inflects: vanhe-mpi, sano-va, sanot-tu. Weak stems of a derived
// nominal that stand on another stem of the verb are told apart.
var derived = []struct {
	on   slots
	text string
	class
	weak slots
	form Form
}{
	{comparative, "mpi", class{16, 'H'}, 0, Form{Degree: Comparative}},
	{superlative, "n", class{36, 0}, 0, Form{Degree: Superlative}},
	{verbStrong, "va", class{10, 0}, 0, Form{Verb: PresentParticiple}},
	{participleN, "ut", class{47, 0}, 0, Form{Verb: PastParticiple}},
	{passiveT, "tava", class{10, 0}, 0, Form{Verb: PresentParticiple, Passive: true}},
	{passiveT, "tu", class{1, 0}, passiveWeak, Form{Verb: PastParticiple, Passive: true}},
	{verbStrong, "ma", class{10, 0}, 0, Form{Verb: Agent}},
	{verbStrong, "maton", class{34, 'C'}, 0, Form{Verb: Without}},
	{verbStrong, "minen", class{38, 0}, 0, Form{Verb: Doing}},
}

// longestEnding bounds the bytes of an ending without possessor and clitic.
const longestEnding = 16

// endings has every ending in both harmonies.
var endings = sync.OnceValue(func() map[string][]ending {
	all := map[string][]ending{}
	add := func(text string, e ending) {
		for i, old := range all[text] {
			if old.form == e.form && old.after == e.after {
				all[text][i].slots |= e.slots
				return
			}
		}
		all[text] = append(all[text], e)
	}
	both := func(text string, e ending) {
		add(text, e)
		if f := fronted(text); f != text {
			add(f, e)
		}
	}
	for _, n := range nominalEndings {
		both(n.text, n.ending)
	}
	for _, v := range verbEndings {
		both(v.text, v.ending)
	}
	for _, d := range derived {
		base := "x" // gives the dummy headword a beginning
		for _, st := range stemsOf(base+"a"+d.text, d.class) {
			tail := st.text[len(base)+1:]
			for _, n := range nominalEndings {
				if n.slots&st.slots == 0 || n.form.Degree != Positive {
					continue
				}
				f := d.form
				f.Case, f.Plural = n.form.Case, n.form.Plural
				on, text := d.on, tail+n.text
				if d.weak != 0 && n.slots&(weak|weakPlural|partitivePlTa|genitiveDen) != 0 {
					on, text = d.weak, tail[len("tu"):]+n.text
				}
				both(text, ending{on, n.after, f})
			}
		}
	}
	return all
})
