package finnish

import "strings"

// nominal adds the stems of a noun, adjective or numeral of classes 1 to 49.
func (s *stems) nominal(word string, c class) {
	g := c.grade
	switch c.number {
	case 1, 2, 3, 4, 8:
		s.rounded(word, c)
	case 5, 6:
		s.risti(word, c)
	case 7:
		s.single(word, chop(word, 1)+"e", g)
		s.plural(word, chop(g.weaken(chop(word, 1)+"e"), 1)+"i", partitivePlA|genitiveEn)
	case 9, 10, 11, 12, 13, 14, 15:
		s.open(word, c)
	case 16:
		body := chop(word, 1)
		s.single(word, body+harmonic(word, "a"), g)
		s.plural(word, g.weaken(word), partitivePlA|genitiveEn)
	case 17:
		s.contracted(word, word, partitiveTa)
		s.plainPlural(chop(word, 1) + "i")
	case 18, 19, 20, 21:
		s.long(word, c)
	case 22:
		s.silent(word)
	case 23, 24, 25, 26, 27, 28, 29, 30, 31:
		s.oldI(word, c)
	case 32, 33, 34, 35, 36, 37, 38, 39, 42:
		s.consonant(word, c)
	case 40:
		s.kalleus(word)
	case 41:
		s.vieras(word, c)
	case 43, 44, 47:
		s.ohut(word, c)
	case 45, 46:
		s.ordinal(word, c)
	case 48:
		s.hame(word, g)
	case 49:
		if strings.HasSuffix(word, "e") {
			s.hame(word, g)
			return
		}
		s.consonant(word, class{32, g})
		s.contractedStem(g.strengthen(word) + "ee")
		s.plainPlural(g.strengthen(word) + "ei")
	}
}

// vowelStem adds what every singular vowel stem has.
func (s *stems) vowelStem(stem string, g grade) {
	w := g.weaken(stem)
	s.add(strong, stem)
	s.add(weak, w)
	s.degrees(w)
	s.add(adverbSti, w)
}

// degrees adds the stem of the comparative: vanha-, vanhe-mpi.
func (s *stems) degrees(weak string) {
	if l := last(weak); (l == "a" || l == "ä") && syllables(weak) == 2 && !endsLong(weak) {
		weak = chop(weak, 1) + "e"
	}
	s.add(comparative, weak)
}

// syllables counts the groups of vowels, "ia" and the like as two.
func syllables(word string) int {
	n, before := 0, rune(0)
	for _, r := range word {
		if isVowel(r) && (!isVowel(before) || strings.ContainsRune("aäeoö", r) && strings.ContainsRune("iueaäy", before) && r != before && !(before == 'i' && r == 'e')) {
			n++
		}
		before = r
	}
	return n
}

// single adds the singular of a word with one short vowel at the end of its
// stem: kenkä, kengän, kenkää, kenkään.
func (s *stems) single(word, stem string, g grade) {
	s.add(nominative, word)
	s.vowelStem(stem, g)
	s.add(partitiveA, stem)
	s.add(illative, stem+last(stem))
}

// plural adds a plural whose stem ends in a consonant and i, in its strong
// and its weak grade: kenki-, kengi-. More are the endings that the strong
// stem takes beside.
func (s *stems) plural(stem, w string, more slots) {
	s.add(strongPlural|more, stem)
	s.add(weakPlural|superlative, w)
	s.add(illativePlural, stem+"i")
}

// diphthong adds a plural whose stem ends in a vowel and i: taloi-, talojen.
func (s *stems) diphthong(stem, w string, more slots) {
	s.add(strongPlural, stem)
	s.add(weakPlural|superlative, w)
	s.add(illativePlural, stem+"hi")
	if more&partitivePlA != 0 {
		s.add(partitivePlA|genitiveEn, chop(stem, 1)+"j")
	}
	if more&partitivePlTa != 0 {
		s.add(partitivePlTa|genitiveDen, w)
	}
}

// plainPlural adds a plural of the kind vapaita, vapaiden, vapaisiin.
func (s *stems) plainPlural(stem string) {
	s.add(strongPlural|weakPlural|superlative|partitivePlTa|genitiveDen, stem)
	s.add(illativePlural, stem+"sii")
	s.add(illativePlural, stem+"hi")
}

// contracted adds the singular of a word whose stem ends in a long vowel and
// takes -seen: vapaa, hame.
func (s *stems) contracted(word, stem string, partitive slots) {
	s.add(nominative, word)
	s.contractedStem(stem)
	s.add(partitive, stem)
}

func (s *stems) contractedStem(stem string) {
	s.vowelStem(stem, 0)
	s.add(illative, stem+"see")
	s.add(illative, stem+"h"+last(stem))
}

// rounded: valo, palvelu, valtio, laatikko, nalle.
func (s *stems) rounded(word string, c class) {
	more := partitivePlA
	switch c.number {
	case 2, 4:
		more |= partitivePlTa
	case 3:
		more = partitivePlTa
		s.add(nominative, word)
		s.vowelStem(word, 0)
		s.add(partitiveTa, word)
		s.add(illative, word+last(word))
	}
	if c.number != 3 {
		s.single(word, word, c.grade)
	}
	s.diphthong(word+"i", c.grade.weaken(word)+"i", more)
}

// risti: risti, paperi, and foreign words that end in a consonant.
func (s *stems) risti(word string, c class) {
	stem := word
	if !strings.HasSuffix(word, "i") {
		if pair, ok := grades[c.grade]; ok && c.grade <= 'C' && !strings.HasSuffix(word, pair[0]) {
			stem += last(word)
		}
		stem += "i"
	}
	s.single(word, stem, c.grade)
	more := partitivePlA
	if c.number == 6 {
		more |= partitivePlTa
	}
	s.diphthong(chop(stem, 1)+"ei", chop(c.grade.weaken(stem), 1)+"ei", more)
	s.add(genitiveEn, stem)
}

// open: words in a and ä: kala, koira, omena, kulkija, katiska, solakka, korkea.
func (s *stems) open(word string, c class) {
	s.single(word, word, c.grade)
	body, short, round := chop(word, 1), chop(c.grade.weaken(word), 1), "o"
	if last(word) == "ä" {
		round = "ö"
	}
	switch c.number {
	case 9:
		s.diphthong(body+round+"i", short+round+"i", partitivePlA)
		s.add(superlative, short+"i")
	case 10:
		s.plural(body+"i", short+"i", partitivePlA|genitiveEn)
	case 11:
		s.plural(body+"i", short+"i", partitivePlA|genitiveEn)
		s.diphthong(body+round+"i", short+round+"i", partitivePlA|partitivePlTa)
	case 12:
		s.diphthong(body+round+"i", short+round+"i", partitivePlTa)
	case 13, 14:
		s.diphthong(body+round+"i", short+round+"i", partitivePlA|partitivePlTa)
	case 15:
		s.add(partitiveTa, word)
		s.plainPlural(body + "i")
	}
}

// long: maa, suo, filee, rosé.
func (s *stems) long(word string, c class) {
	s.add(nominative, word)
	s.vowelStem(word, 0)
	s.add(partitiveTa, word)
	v := last(word)
	switch v {
	case "é":
		v = "e"
	case "y":
		if c.number == 21 {
			s.add(illative, word+"hi")
			s.add(partitiveA, word)
		}
	}
	s.add(illative, word+"h"+v)
	body := word
	switch {
	case c.number == 18 && v != "i":
		body = chop(word, 1)
	case c.number == 19:
		body = chop(word, 2) + v
	case c.number == 20:
		body = chop(word, 1)
		s.add(illative, word+"see")
		s.add(illativePlural, body+"isii")
	}
	if c.number != 18 || v != "i" {
		body += "i"
	}
	s.add(strongPlural|weakPlural|superlative|partitivePlTa|genitiveDen, body)
	s.add(illativePlural, body+"hi")
}

// silent: parfait, whose last sound is not written.
func (s *stems) silent(word string) {
	s.add(nominative, word)
	for _, stem := range []string{word + "'", word} {
		s.add(weak|partitiveTa|strong, stem)
		s.add(illative, stem+"hi")
		s.add(illative, stem+"he")
		s.add(strongPlural|weakPlural|partitivePlTa|genitiveDen, stem+"i")
		s.add(illativePlural, stem+"ihi")
	}
}

// oldI: tiili, uni, toimi, pieni, käsi, kynsi, lapsi, veitsi, kaksi: words in
// i whose stem ends in e and whose partitive has lost it.
func (s *stems) oldI(word string, c class) {
	body, g := chop(word, 1), c.grade
	stem, short := body+"e", body
	switch c.number {
	case 25:
		short = strings.TrimSuffix(body, "m") + "n"
		s.add(partitiveA, stem)
	case 27, 28:
		body := strings.TrimSuffix(body, "s")
		stem, short, g = body+"te", body+"t", 'F'
		for _, pair := range []grade{'I', 'J', 'K'} {
			if strings.HasSuffix(short, grades[pair][0]) {
				g = pair
			}
		}
	case 29:
		short = chop(body, 2) + "s"
	case 30:
		short = chop(body, 2) + "s"
	case 31:
		body := strings.TrimSuffix(body, "ks")
		stem, short, g = body+"hte", body+"h", 'F'
	}
	s.add(nominative, word)
	s.vowelStem(stem, g)
	s.add(illative, stem+"e")
	s.add(partitiveTa, short)
	s.plural(word, word, partitivePlA|genitiveEn)
	if c.number != 23 && c.number != 31 {
		s.add(genitiveTen, short)
	}
	if c.number == 26 || c.number == 27 {
		s.add(compoundStem, strings.TrimSuffix(short, "t"))
	}
}

// consonant: sisar, kytkin, onneton, lämmin, sisin, vasen, nainen, vastaus,
// mies: words whose partitive is made of a consonant stem.
func (s *stems) consonant(word string, c class) {
	body, short, g := chop(word, 1), word, grade(0)
	up := c.grade.strengthen
	var stem string
	switch c.number {
	case 32:
		stem = up(word) + "e"
	case 33:
		stem = chop(up(word), 1) + "me"
	case 34, 35:
		stem = chop(up(word), 1) + harmonic(word, "ma")
	case 36, 37:
		stem, g = body+harmonic(word, "mpa"), 'H'
	case 38:
		short = chop(word, 3) + "s"
		stem = short + "e"
		s.add(compoundStem, short)
	case 39:
		stem = body + "kse"
	case 42:
		stem = body + "he"
	}
	s.add(nominative, word)
	s.vowelStem(stem, g)
	s.add(illative, stem+last(stem))
	s.add(partitiveTa|genitiveTen, short)
	s.plural(chop(stem, 1)+"i", chop(g.weaken(stem), 1)+"i", partitivePlA|genitiveEn)
}

// kalleus: kalleuden, kalleutta, kalleuksia.
func (s *stems) kalleus(word string) {
	body := chop(word, 1)
	s.add(nominative, word)
	s.vowelStem(body+"te", 'F')
	s.add(illative, body+"tee")
	s.add(partitiveTa, body+"t")
	s.plural(body+"ksi", body+"ksi", partitivePlA|genitiveEn)
}

// vieras: vieraan, vierasta, vieraita.
func (s *stems) vieras(word string, c class) {
	body := c.grade.strengthen(chop(word, 1))
	stem := body + last(body)
	s.add(nominative, word)
	s.contractedStem(stem)
	s.add(partitiveTa|compoundStem, word)
	s.plainPlural(body + "i")
	if last(body) == "i" {
		s.add(superlative, chop(body, 1)+"ei")
	}
}

// ohut: ohuen; kevät: kevään; kuollut: kuolleen.
func (s *stems) ohut(word string, c class) {
	body := chop(word, 1)
	s.add(nominative, word)
	s.add(partitiveTa, word)
	switch c.number {
	case 43:
		stem := c.grade.strengthen(body) + "e"
		s.vowelStem(stem, 0)
		s.add(illative, stem+"e")
		s.plainPlural(c.grade.strengthen(body) + "i")
	case 44:
		s.contractedStem(body + last(body))
		s.plainPlural(body + "i")
	case 47:
		body = chop(body, 1)
		s.contractedStem(body + "ee")
		s.plainPlural(body + "ei")
	}
}

// ordinal: kahdeksas, kahdeksannen; tuhat, tuhannen.
func (s *stems) ordinal(word string, c class) {
	body := chop(word, 1)
	short := body + "t"
	stem, many := body+"nte", body+"nsi"
	s.add(nominative, word)
	s.vowelStem(stem, 'J')
	s.add(illative, stem+"e")
	s.add(partitiveTa, short)
	if c.number == 46 {
		s.add(genitiveTen, body+"nt")
	}
	s.plural(many, many, partitivePlA|genitiveEn)
}

// hame: hameen, hametta, hameita.
func (s *stems) hame(word string, g grade) {
	up := g.strengthen(word)
	s.add(nominative, word)
	s.contractedStem(up + "e")
	s.add(partitiveTa, word+"t")
	s.plainPlural(up + "i")
}
