package language

import "unicode"

// longestRun is how many of a letter stand side by side in words as they are spelt,
// in any of the languages.
const longestRun = 2

// Squeezed leaves so many, 1 or 2, of each letter that is drawn out, which is one that
// stands more than twice in a row: "jooo" is "joo" or "jo", "sukkkia" is "sukkia".
func Squeezed(word string, length int) string {
	letters := []rune(word)
	left := letters[:0]
	for i := 0; i < len(letters); {
		n := 1
		for i+n < len(letters) && letters[i+n] == letters[i] && unicode.IsLetter(letters[i]) {
			n++
		}
		kept := n
		if n > longestRun {
			kept = length
		}
		left = append(left, letters[i:i+kept]...)
		i += n
	}
	return string(left)
}
