package finnish

// Case is a case of a nominal, or of an infinitive or participle.
type Case uint8

// The cases; NoCase is of finite verbs and of words that do not inflect.
const (
	NoCase Case = iota
	Nominative
	Genitive
	Partitive
	Essive
	Translative
	Inessive // in
	Elative  // out of
	Illative // into
	Adessive // on, at, with
	Ablative // from
	Allative // onto, to
	Abessive // without
	Comitative
	Instructive
)

// Verb is what a verb's form tells: a mood and tense, an infinitive or a
// participle.
type Verb uint8

// The forms of verbs; NoVerb is of all other words. Agent is the participle
// in -ma, also the infinitive of "tilaamaan" and "tilaamalla".
const (
	NoVerb Verb = iota
	Present
	Past
	Conditional
	Potential
	Imperative
	Connegative // after ei: "tilaa", "tilattu", also the imperative "tilaa!"
	InfinitiveA // tilata, tilatakseen
	InfinitiveE // tilatessa, tilaten
	PresentParticiple
	PastParticiple
	Agent
	Without // tilaamaton
	Doing   // tilaaminen
)

// Degree is the degree of an adjective.
type Degree uint8

// The degrees; Manner is the adverb in -sti.
const (
	Positive Degree = iota
	Comparative
	Superlative
	Manner
)

// Person is a grammatical person, of a verb or of an owner ("kenkäni").
type Person uint8

// The persons; NoPerson where none is told. Of owners Third stands for both
// numbers.
const (
	NoPerson Person = iota
	First
	Second
	Third
	FirstPlural
	SecondPlural
	ThirdPlural
)

// Clitic is a set of the small words that hang on a word's end.
type Clitic uint8

// The clitics.
const (
	Kin  Clitic = 1 << iota // kin
	Kaan                    // kaan, kään
	Ko                      // ko, kö
	Han                     // han, hän
	Pa                      // pa, pä
	S                       // s, after ko and pa
)

// Form is what a word's ending tells. The zero Form is of a word that does
// not inflect.
type Form struct {
	Case    Case
	Plural  bool
	Degree  Degree
	Verb    Verb
	Passive bool
	Person  Person
	Owner   Person
	Clitic  Clitic
}
