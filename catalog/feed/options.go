package feed

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiski/catalog"
)

// optionFields are the fields that may tell variants apart, and the names of
// the options made of them.
var optionFields = []struct {
	field, option string
	always        bool // an option also when all variants have the same
}{
	{"size", "size", true},
	{"color", "color", true},
	{"material", "material", false},
	{"pattern", "pattern", false},
}

// tellApart returns the name of the product that a group of offers is and the
// options of each of them. When the fields do not tell them apart, what
// differs in their titles is the option "amount".
func tellApart(group []offer) (name string, options []map[string]string) {
	options = make([]map[string]string, len(group))
	titles := make([]string, len(group))
	for i, o := range group {
		options[i] = map[string]string{}
		titles[i] = o.title
	}
	for _, f := range optionFields {
		values := make([]string, len(group))
		for i, o := range group {
			values[i] = catalog.Plain(o.fields[f.field])
			if f.option == "color" {
				values[i] = strings.ToLower(values[i])
			}
		}
		if all(values) && (f.always || different(values)) {
			for i := range options {
				options[i][f.option] = values[i]
			}
		}
	}
	if len(group) == 1 {
		return titles[0], options
	}
	name, differing := split(titles)
	if !distinct(options) && all(differing) {
		for i := range options {
			options[i]["amount"] = differing[i]
		}
	}
	return name, options
}

func all(values []string) bool {
	for _, v := range values {
		if v == "" {
			return false
		}
	}
	return true
}

func different(values []string) bool {
	for _, v := range values {
		if v != values[0] {
			return true
		}
	}
	return false
}

// distinct reports whether no two variants have the same options.
func distinct(options []map[string]string) bool {
	seen := map[[4]string]bool{}
	for _, o := range options {
		var key [4]string
		for i, f := range optionFields {
			key[i] = o[f.option]
		}
		if seen[key] {
			return false
		}
		seen[key] = true
	}
	return true
}

var brackets = regexp.MustCompile(`\s*\(([^()]*)\)`)

const shortestName = 3

// split returns what titles have in common and what differs in each: what
// stands in brackets, when the rest is the same, else the words between their
// common beginning and end.
func split(titles []string) (common string, differing []string) {
	differing = make([]string, len(titles))
	for i, t := range titles {
		m := brackets.FindStringSubmatchIndex(t)
		if m == nil {
			common = ""
			break
		}
		rest := strings.TrimSpace(t[:m[0]] + t[m[1]:])
		if i > 0 && rest != common {
			common = ""
			break
		}
		common, differing[i] = rest, strings.TrimSpace(t[m[2]:m[3]])
	}
	if common != "" {
		return common, differing
	}
	rows := make([][]string, len(titles))
	shortest := len(titles[0])
	for i, t := range titles {
		rows[i] = strings.Fields(t)
		shortest = min(shortest, len(rows[i]))
	}
	first := rows[0]
	same := func(word func(row []string) string) bool {
		for _, row := range rows {
			if word(row) != word(first) {
				return false
			}
		}
		return true
	}
	head, end := 0, 0
	for head < shortest && same(func(row []string) string { return row[head] }) {
		head++
	}
	for end < shortest-head && same(func(row []string) string { return row[len(row)-1-end] }) {
		end++
	}
	numbers := end > 0
	for _, row := range rows {
		numbers = numbers && len(row) > end && number.MatchString(row[len(row)-1-end])
	}
	if numbers {
		end-- // "250 g" and "500 g" are what differs
	}
	const signs = " -–,;:|/()"
	for i, row := range rows {
		differing[i] = strings.Trim(strings.Join(row[head:len(row)-end], " "), signs)
	}
	common = strings.Trim(strings.Join(append(first[:head:head], first[len(first)-end:]...), " "), signs)
	if utf8.RuneCountInString(common) < shortestName {
		return titles[0], titles
	}
	initial, size := utf8.DecodeRuneInString(common)
	return string(unicode.ToUpper(initial)) + common[size:], differing
}

// number matches what wants its unit beside it.
var number = regexp.MustCompile(`^\d+(?:[.,]\d+)?$`)
