package search

import (
	"slices"

	"tiski/intents/language"
)

// post says in which product a term stands, in which place and role and in
// which tongue: 24, 4, 2 and 2 bits.
type post uint32

// mostProducts is how many products the number in a post can tell apart.
const mostProducts = 1 << 24

func postOf(product int32, at place, as role, in tongue) post {
	return post(product)<<8 | post(at)<<4 | post(as)<<2 | post(in)
}

func (p post) product() int32 { return int32(p >> 8) }
func (p post) place() place   { return place(p >> 4 & 15) }
func (p post) role() role     { return role(p >> 2 & 3) }
func (p post) tongue() tongue { return tongue(p & 3) }

// fit tells how well a product that bears a term so is meant by it, up to 1.
func (p post) fit() float32 { return standings[p>>2&63] }

// describes reports whether the term is more than one word of some text and
// more than what a compound begins with.
func (p post) describes() bool {
	return p.place().describes() && p.role() != modifier || p.place().names()
}

// better returns the one of two posts in the same product that fits it better.
func (p post) better(other post) post {
	switch {
	case p.fit() < other.fit():
		return other
	case p.fit() == other.fit() && p.tongue() != other.tongue():
		return p &^ 3 // said in either tongue
	}
	return p
}

// role is what a term is of the word that stands in the text.
type role uint8

const (
	whole    role = iota
	head          // kenkä of talvikenkä
	material      // villa of villainen
	modifier      // talvi of talvikenkä
)

// roles tell what a term weighs by its role.
var roles = [...]float32{whole: 1, head: 0.85, material: 0.75, modifier: 0.6}

// place is a part of what the shop says of a product, the better the greater.
type place uint8

const (
	inDescription place = iota
	inFacts
	inMaterial
	inOptions
	besideName // what the name says more: "repun" of repun sadesuoja
	inFeatures
	inBrand         // also the model: "Kuura" of Askelniemi Kuura -nilkkurit
	inCategoryWords // the words and the longer names of shelves
	inCategory
	inName
)

// weights tell what a word weighs by its place, up to 1.
var weights = [...]float32{
	inDescription:   0.22,
	inFacts:         0.24,
	inMaterial:      0.26,
	inOptions:       0.34,
	inFeatures:      0.36,
	inCategoryWords: 0.28,
	besideName:      0.25,
	inCategory:      0.40,
	inBrand:         0.45,
	inName:          0.55,
}

// standings are how well terms fit by their places and roles.
var standings = func() (fits [64]float32) {
	for at, weight := range weights {
		for as, part := range roles {
			fits[at<<2|as] = weight * part
		}
	}
	return fits
}()

// names reports whether a word of this place says what a product is.
func (p place) names() bool { return p >= inCategoryWords }

// describes reports whether a word of this place is more than one word of some
// text.
func (p place) describes() bool { return p >= inFacts }

// tongue is the language in which a product says a term: 0 for none, or 1 more
// than its place in [language.Codes].
type tongue uint8

func tongueOf(lang string) tongue { return tongue(slices.Index(language.Codes, lang) + 1) }

// tongues is a set of them.
type tongues uint8

// has reports whether a tongue is in the set; with none known, whether any is.
func (t tongues) has(in tongue) bool { return t&(1|1<<in) != 0 || in == 0 && t != 0 }

// telling is how far a term says what products are.
type telling uint8

const (
	nothing  telling = iota
	vaguely          // it begins a compound that does
	longways         // as the words of a shelf, or one of several names of it
	plainly
)

// tells returns how far the term of a post says what its product is.
func (p post) tells() telling {
	switch at := p.place(); {
	case !at.names():
		return nothing
	case p.role() > head:
		return vaguely
	case at < inCategory:
		return longways
	}
	return plainly
}

// bears reports whether the product of a post bears its name, when that tells so far of
// some products what they are: then those that only lie on a shelf with them do not.
func (p post) bears(tells telling) bool {
	at := p.place()
	return at.names() && (tells < plainly || at >= inCategory)
}

// naming tells in which tongues a term says what some products are, as a word by
// itself or in any role, and how far.
type naming struct {
	by, wholly tongues
	tells      telling
}

func (n naming) or(other naming) naming {
	return naming{n.by | other.by, n.wholly | other.wholly, max(n.tells, other.tells)}
}

// namingOf tells it of a term by its posts.
func namingOf(posts []post) (n naming) {
	for _, p := range posts {
		if p.place().names() {
			n.tells = max(n.tells, p.tells())
			n.by |= 1 << p.tongue()
			if p.role() == whole {
				n.wholly |= 1 << p.tongue()
			}
		}
	}
	return n
}
