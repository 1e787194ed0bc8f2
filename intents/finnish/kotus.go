package finnish

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// ReadKotus reads the word list of modern Finnish of the Institute for the
// Languages of Finland: tab-separated headword, homonym, part of speech,
// class with gradation ("7*E"). Words without a class are compounds, which
// inflect as their last part does. The base lexicon is part of the result.
func ReadKotus(list io.Reader) (*Lexicon, error) {
	x := newLexicon(1 << 17)
	x.irregular()
	var compounds []string
	lines := bufio.NewScanner(list)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 4 {
			return nil, fmt.Errorf("line %d: %d columns instead of 4", n, len(fields))
		}
		if n == 1 && fields[0] == "Hakusana" {
			continue
		}
		word := strings.ToLower(fields[0])
		if strings.ContainsRune(word, ' ') || len(word) > longestWord {
			continue
		}
		classes := kotusClasses(fields[3])
		if len(classes) == 0 && strings.Contains("interjektio konjunktio adverbi", fields[2]) && fields[2] != "" {
			classes = []class{{number: 99}}
		}
		first := len(x.entries)
		for _, c := range classes {
			x.add(strings.Trim(word, "-"), c, listed)
		}
		for i := range x.entries[first:] {
			x.entries[first+i].adjective = strings.HasPrefix(fields[2], "adjektiivi")
		}
		if len(classes) == 0 {
			compounds = append(compounds, word)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the word list: %w", err)
	}
	for _, word := range compounds {
		if !x.joinCompound(word) && !x.joinDerived(word) {
			x.join(word)
		}
	}
	x.joinBase()
	x.markCompounds()
	return x, nil
}

// joinBase adds the words of the base lexicon that the list has not.
func (x *Lexicon) joinBase() {
	size := int32(len(x.entries))
	for _, e := range base().entries {
		if n := x.headwords(e.lemma, nil); len(n) > 0 && n[0] < size {
			continue
		}
		e.pattern = x.numberOf(base().patterns[e.pattern])
		x.put(e)
	}
}

// kotusClasses reads the fourth column: "9, 12, (10)", "1*(D)".
func kotusClasses(column string) []class {
	var all []class
	for one := range strings.SplitSeq(column, ",") {
		one = strings.Trim(strings.TrimSpace(one), "()")
		if before, letter, optional := strings.Cut(one, "*("); optional {
			if c, err := parseClass(before); err == nil {
				all = append(all, c)
			}
			one = before + strings.TrimRight(letter, ")")
		}
		if c, err := parseClass(one); err == nil {
			all = append(all, c)
		}
	}
	return all
}
