package search

import (
	"regexp"
	"strings"

	"tiski/intents/language"
)

// This file makes up for stems that fall apart where the consonants of a
// Finnish word change: takki and takit, kenkä and kengät, saapas and saappaat.
// A morphology that knows the words makes it needless.

// endings of cases and numbers, the longest first. Endings that are only
// vowels need no place here: final vowels go anyway.
var endings = []string{
	"issa", "ista", "illa", "ilta", "ille", "iksi", "etta", "ihin", "ssa", "sta", "lla", "lta", "lle", "ksi",
	"iin", "ien", "jen", "ita", "een", "aan", "oon", "uun", "yyn", "n", "t",
}

// partitive matches valaisinta and pakkausta, but no noun as short as hinta.
var partitive = regexp.MustCompile(`^(.{4,}n|.{3,}[ouy]s)ta$`)

// grades are ends of a root in the weak grade and what stands for both grades.
var grades = []struct{ weak, both string }{
	{"ng", "nk"}, {"mm", "mp"}, {"nn", "nt"}, {"hk", "h"}, {"ks", "s"},
	{"kk", "k"}, {"pp", "p"}, {"tt", "t"}, {"d", "t"},
}

const (
	vowels       = "aeiouy"
	shortestRoot = 3
	longerRoot   = 4 // of words in -as, -in, whose last consonant comes and goes
)

// roughRoot returns what is left of a Finnish word without ending, final
// vowels and grade: "kenk" of kengät, kenkiä and kenkien. Different words may
// share a root.
func roughRoot(word string) string {
	root := language.Fold(word)
	if cut, found := strings.CutSuffix(root, "nen"); found {
		root = cut + "s"
	} else if m := partitive.FindStringSubmatch(root); m != nil {
		root = m[1]
	}
	for _, e := range endings {
		if e == "ita" && strings.HasSuffix(root, "paita") && !strings.HasSuffix(root, "ppaita") {
			continue // a shirt, not many
		}
		if cut, found := strings.CutSuffix(root, e); found && len(cut) >= shortestRoot && strings.ContainsAny(cut, vowels) {
			root = cut
			break
		}
	}
	root = withoutVowels(root, shortestRoot)
	if n := len(root); n > 2 && strings.ContainsRune("nsm", rune(root[n-1])) && strings.ContainsRune("aei", rune(root[n-2])) && !strings.ContainsRune(vowels, rune(root[n-3])) {
		if cut := withoutVowels(root[:n-1], longerRoot); len(cut) >= longerRoot && !strings.ContainsRune(vowels, rune(cut[len(cut)-1])) {
			root = cut
		}
	}
	for _, g := range grades {
		if cut, found := strings.CutSuffix(root, g.weak); found && len(cut)+len(g.both) >= shortestRoot {
			return cut + g.both
		}
	}
	return root
}

// lacking matches words such as ruostumaton, in all forms and folded, which
// would pass for a matto.
var lacking = regexp.MustCompile(`^(..+[aeiouy])mat(?:on|tom[a-z]*)$`)

// withoutVowels takes final vowels away, and a j between them, as long as so
// many letters are left.
func withoutVowels(root string, left int) string {
	for len(root) > left {
		last := rune(root[len(root)-1])
		glide := last == 'j' && strings.ContainsRune(vowels, rune(root[len(root)-2]))
		if !strings.ContainsRune(vowels, last) && !glide {
			break
		}
		root = root[:len(root)-1]
	}
	return root
}
