package finnish

import "strings"

// verb adds the stems of a verb of classes 52 to 78.
func (s *stems) verb(word string, c class) {
	if l := last(word); len(word) < 4 || l != "a" && l != "ä" {
		return
	}
	switch c.number {
	case 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 76, 77, 78:
		s.sanoa(word, c)
	case 62, 63, 64, 65, 68:
		s.voida(word, c)
	case 66, 67, 69, 70, 71, 72:
		s.tulla(word, c)
	case 73, 74, 75:
		s.salata(word, c)
	}
}

// present adds what is made of the vowel stem.
func (s *stems) present(strong string, g grade) {
	s.add(verbStrong, strong)
	s.add(verbWeak, g.weaken(strong))
	if endsLong(strong) && (strings.HasSuffix(strong, "aa") || strings.HasSuffix(strong, "ää")) {
		s.add(third, strong)
	} else {
		s.add(third, strong+last(strong))
	}
}

// past adds a past tense that ends in i.
func (s *stems) past(strong string, g grade) {
	s.add(pastStrong, strong)
	s.add(pastWeak, g.weaken(strong))
}

// sanoa: verbs whose infinitive is the vowel stem and a.
func (s *stems) sanoa(word string, c class) {
	stem := chop(word, 1)
	body := chop(stem, 1)
	g := c.grade
	w := g.weaken(stem)
	s.present(stem, g)
	s.add(infinitiveA, stem)
	s.add(imperativeK, stem)
	s.add(participleN, stem+"n")

	polite, gerund, passive := stem, stem, w
	switch last(stem) {
	case "a", "ä":
		passive = chop(w, 1) + "e"
	case "e":
		polite, gerund = body, body+"i"
	case "i":
		polite = body
	}
	s.add(conditional, polite+"isi")
	s.add(infinitiveE, gerund)
	s.add(passiveAn, passive+harmonic(word, "ta"))
	s.add(passiveT, passive+"t")
	s.add(passiveWeak, passive+harmonic(word, "tu"))

	sibilant := chop(body, 1) + "si"
	rounded := body + "oi"
	switch c.number {
	case 52:
		s.pastGrades(stem+"i", w+"i")
	case 53, 58, 61:
		s.pastGrades(body+"i", chop(w, 1)+"i")
	case 54, 59, 76:
		s.past(sibilant, 0)
	case 55:
		s.past(sibilant, 0)
		s.pastGrades(body+"i", chop(w, 1)+"i")
	case 56, 78:
		s.pastGrades(rounded, chop(w, 1)+"oi")
	case 57:
		s.past(sibilant, 0)
		s.pastGrades(rounded, chop(w, 1)+"oi")
	case 60:
		s.pastGrades(body+"i", chop(w, 1)+"i")
		s.past(chop(body, 2)+"ksi", 0)
	case 77:
		s.past(body+"i", 0)
	}
	if c.number == 76 {
		s.add(participleN, chop(body, 1)+"nn")
	}
}

// pastGrades adds a past tense whose two grades are told.
func (s *stems) pastGrades(strong, weak string) {
	s.add(pastStrong, strong)
	s.add(pastWeak, weak)
}

// voida: verbs whose infinitive ends in da after a vowel.
func (s *stems) voida(word string, c class) {
	stem := chop(word, 2)
	s.add(verbStrong|verbWeak|third, stem)
	past, polite := stem, stem+"si"
	switch c.number {
	case 63:
		past = chop(stem, 1) + "i"
		polite = past + "si"
	case 64:
		past = chop(stem, 2) + last(stem) + "i"
		polite = past + "si"
	case 65:
		past = chop(stem, 1) + "vi"
		polite = past + "si"
	}
	s.past(past, 0)
	s.add(conditional, polite)
	s.add(infinitiveA|infinitiveE, chop(word, 1))
	s.add(participleN, stem+"n")
	s.add(imperativeK|passiveT, stem)
	s.add(passiveAn, word)
	s.add(passiveWeak, stem+harmonic(word, "du"))
	if c.number == 68 {
		long := stem + "tse"
		s.present(long, 0)
		s.past(stem+"tsi", 0)
		s.add(conditional, stem+"tsisi")
	}
}

// tulla: rohkaista, tulla, valita, juosta, nähdä, vanheta: verbs whose stem
// has an e that the infinitive lacks.
func (s *stems) tulla(word string, c class) {
	short := chop(word, 2)
	up := c.grade.strengthen
	var stem, doubled, passive string
	g := grade(0)
	switch c.number {
	case 66:
		stem, doubled, passive = up(short)+"e", short+"s", short+harmonic(word, "tu")
	case 67:
		stem, doubled = up(short)+"e", chop(word, 1)
		passive = doubled + harmonic(word, "u")
	case 69:
		stem, doubled, short = short+"tse", short+"nn", chop(word, 1)
		passive = short + harmonic(word, "u")
	case 70:
		stem, doubled, passive = chop(short, 1)+"kse", short+"s", short+harmonic(word, "tu")
	case 71:
		stem, doubled, passive = chop(short, 1)+"ke", short+"n", short+harmonic(word, "du")
		g = 'D'
	case 72:
		stem, doubled, passive = up(short)+"ne", short+"nn", short+harmonic(word, "tu")
		short += "t"
	}
	body := chop(stem, 1)
	s.present(stem, g)
	s.past(body+"i", g)
	s.add(conditional, body+"isi")
	s.add(infinitiveA|infinitiveE, chop(word, 1))
	s.add(participleN, doubled)
	s.add(imperativeK|passiveT, short)
	s.add(passiveAn, word)
	s.add(passiveWeak, passive)
}

// salata, katketa, selvitä: verbs whose infinitive ends in ta and whose stem
// has a vowel in place of the t.
func (s *stems) salata(word string, c class) {
	t := chop(word, 1)
	base := chop(t, 1)
	up := c.grade.strengthen(base)
	stem := up + last(word)
	s.present(stem, 0)
	s.past(up+"si", 0)
	if c.number != 73 {
		s.add(conditional, stem+"isi")
	}
	if c.number != 75 {
		s.add(conditional, up+"isi")
	}
	s.add(infinitiveA|infinitiveE|imperativeK|passiveT, t)
	s.add(participleN, base+"nn")
	s.add(passiveAn, word)
	s.add(passiveWeak, t+harmonic(word, "u"))
}
