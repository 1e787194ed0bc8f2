package intents

import (
	"slices"
	"strconv"
	"strings"
)

// sizes finds sizes: after or before a word for size, in a form that nothing
// else has, after what is worn, or bare when the size was asked for.
func (s *scan) sizes() {
	s.areas()
	for i := 0; i < len(s.tokens); i++ {
		if n := s.is(aboutSize, i); n > 0 {
			s.sizesFrom(i + n)
		}
	}
	for i := range s.tokens {
		size, n := s.sizeAt(i)
		if n == 0 {
			continue
		}
		next := i + n
		marked := false
		if m := s.is(aboutSize, next); m > 0 {
			_, another := s.sizeAt(next + m)
			marked = another == 0
		}
		if marked || s.sizeAlone(i, size) {
			s.addSize(size, i, next)
		}
	}
}

// What a side of a rug or a sheet may be, in centimetres.
const (
	shortestSide = 10
	longestSide  = 999
)

// crossing are the words that stand between the sides.
var crossing = []string{"x", "kertaa", "gånger", "times", "by"}

// areas finds sizes of two sides: "160x230", "80 × 200 cm", "160 kertaa 230". The value is "160 x 230 cm".
func (s *scan) areas() {
	if s.digits() < 4 {
		return
	}
	side := func(n int) bool { return n >= shortestSide && n <= longestSide }
	for i := 0; i+1 < len(s.tokens); i++ {
		width, j := s.tokens[i].number(), i+1
		if !s.free(i) || !side(width) {
			continue
		}
		if s.tokens[j].fold == "cm" {
			j++
		}
		length := -1
		switch sign := s.sign(j - 1); {
		case j == len(s.tokens):
		case sign == "×" || sign == "*":
			length = s.tokens[j].number()
		case sign != "":
		case slices.Contains(crossing, s.tokens[j].Text) && s.free(j+1) && s.sign(j) == "":
			j++
			length = s.tokens[j].number()
		case strings.HasPrefix(s.tokens[j].Text, "x"):
			length = numeral(s.tokens[j].Text[1:])
		}
		if !side(length) || !s.free(j) {
			continue
		}
		unit, n := s.at(units, j+1)
		if n > 0 && unit != "cm" || n == 0 && (s.is(otherUnit, j+1) > 0 || s.is(piece, j+1) > 0) || s.euroAfter(j) > 0 {
			continue
		}
		s.add(Size, strconv.Itoa(width)+" x "+strconv.Itoa(length)+" cm", i, j+1+n)
		i = j + n
	}
}

// sizesFrom reads what follows a word for size: "koko on 42", "koot 38 ja 39".
func (s *scan) sizesFrom(j int) {
	for fillers := 0; fillers < 2 && s.is(filler, j) == 1; fillers++ {
		j++
	}
	for {
		size, n := s.sizeAt(j)
		if n == 0 && !strings.HasPrefix(s.tokens[j-1].fold, "n") { // "numero 2" points
			size, n = s.smallSize(j)
		}
		if n == 0 {
			return
		}
		s.addSize(size, j, j+n)
		j += n
		if s.is(conjunction, j) == 1 || s.is(choice, j) == 1 {
			j++
		} else if j < len(s.tokens) && !strings.ContainsAny(s.sign(j-1), ",-–/") {
			return
		}
	}
}

// smallSize reads the size of gloves, 1–12, which nothing but a word for size
// tells from a number of pieces.
func (s *scan) smallSize(i int) (size string, n int) {
	if !s.free(i) || s.counted(i) || i+1 < len(s.tokens) && s.tokens[i+1].fold == "x" {
		return "", 0
	}
	if number := numeral(s.tokens[i].Text); number < 1 || number > largestGlove {
		return "", 0
	}
	return s.tokens[i].Text, 1
}

func (s *scan) addSize(size string, i, j int) {
	end := s.tokens[j-1].End
	if strings.HasSuffix(size, ",5") && strings.HasPrefix(s.text[end:], "½") {
		end += len("½")
	}
	s.addSpan(Size, size, s.tokens[i].Start, end)
}

// sizeAlone reports whether the i-th word is a size though no word for size is
// beside it.
func (s *scan) sizeAlone(i int, size string) bool {
	number := numeral(size)
	switch {
	case s.hint.Pending == Size:
		return number != 0 && (number < 0 || number >= 17)
	case strings.Contains(s.tokens[i].Text, "/"):
		a, b, _ := strings.Cut(size, "/")
		wide := numeral(b) - numeral(a)
		return wide == 6 || wide >= shortestLeg && wide <= widestSock && max(numeral(a), numeral(b)) <= largestShoe
	case number >= 17 && s.after(foot, i):
		_, measured := s.at(units, i+1)
		return measured == 0 && !s.counted(i)
	case number >= 17:
		named := i - 1
		if _, n := s.at(colours, named); n == 1 && named > 0 && s.sign(named) == "" { // "lenkkarit musta 42"
			named--
		}
		if _, n := s.at(audiences, named); n == 1 && named > 0 && !s.tokens[named].goods { // "tossut mummolle 38"
			named--
		}
		if named > 0 && s.is(in, named) == 1 {
			named--
		}
		return named >= 0 && s.sign(named) == "" && (s.tokens[named].goods || s.tokens[named].head) && !s.counted(i)
	case number >= 0 || strings.Contains(size, ","):
		return false
	case len(size) >= 2:
		return true
	}
	// A lone S, M or L, written large in a message that is not.
	return s.tokens[i].fold == strings.ToLower(size) && s.tokens[i].capital(s.text) && strings.ToUpper(s.text) != s.text &&
		!strings.HasPrefix(s.text[s.tokens[i].End:], "-") && !strings.HasPrefix(s.text[s.tokens[i].End:], "'")
}

// What a pair of sizes without a word for size may be, besides a child's height
// such as 110/116: socks for several sizes of shoes, 40/43, and waist and leg of trousers, 36/30.
const (
	widestSock  = 4
	shortestLeg = -12 // less the waist, inches
	largestShoe = 60

	largestGlove = 12
)

// counted reports whether a word for pieces, a unit that no size of clothes has, or goods
// follow the i-th word.
func (s *scan) counted(i int) bool {
	if unit, n := s.at(units, i+1); n > 0 && unit != "cm" {
		return true // "rinkka 65 litranen"
	}
	return s.is(piece, i+1) > 0 || s.is(otherUnit, i+1) > 0 || s.euroAfter(i) > 0 || s.countedGoods(i+1)
}

// sizeAt reads a size in the words from the i-th on, and how many it took.
// Shoes are 15–60 with halves, clothes and children 15–198, pairs such as
// 110/116 and 30/32 go together, letters run from XXS to 5XL.
func (s *scan) sizeAt(i int) (size string, n int) {
	if !s.free(i) || s.euroAfter(i) > 0 {
		return "", 0
	}
	t := s.tokens[i]
	if size, n := s.at(ownSizes, i); n > 0 {
		return size, n
	}
	if size, n := s.at(sizes, i); n > 0 {
		return size, n
	}
	if a, b, ok := strings.Cut(t.Text, "/"); ok {
		if x, y := numeral(a), numeral(b); x >= 24 && y >= 24 && x <= 198 && y <= 198 {
			return t.Text, 1
		}
		return "", 0
	}
	if whole, half, ok := strings.Cut(strings.Replace(t.Text, ".", ",", 1), ","); ok {
		if n := numeral(whole); n >= 15 && n <= 60 && half == "5" {
			return whole + ",5", 1
		}
		return "", 0
	}
	number, n := t.number(), 1
	if number < 0 {
		var value int
		if value, n = s.letters(i); n > 0 && value%one == one/2 && value >= 15*one && value <= 60*one {
			return decimal(value), n
		}
		number = value / one
	}
	if number < 15 || number > 198 {
		return "", 0
	}
	next := ""
	if i+n < len(s.tokens) {
		next = s.tokens[i+n].fold
	}
	if next == "x" || s.is(otherUnit, i+n) > 0 && (next != "cm" || number < 50) || strings.HasPrefix(s.sign(i+n-1), "%") {
		return "", 0
	}
	if half, m := s.at(numbers, i+n+1); m > 0 && half == "0,5" && s.is(conjunction, i+n) == 1 && number <= 60 {
		return strconv.Itoa(number) + ",5", n + 1 + m
	}
	if number <= 60 && strings.HasPrefix(s.text[s.tokens[i+n-1].End:], "½") {
		return strconv.Itoa(number) + ",5", n
	}
	return strconv.Itoa(number), n
}

// numeral reads digits, at most nine; -1 when it is anything else.
func numeral(digits string) int {
	if digits == "" || len(digits) > 9 {
		return -1
	}
	n := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return -1
		}
		n = 10*n + int(digits[i]-'0')
	}
	return n
}
