package dialogue

import (
	"slices"
	"strings"
)

// sizingWords are how descriptions tell that goods come large or small.
var sizingWords = map[string][]string{
	"fi": {"itoitu", "numeroa iso", "numeroa pien", "koon pien", "koon suur"},
	"sv": {"i storleken", "storlek större", "storlek mindre", "nummer större", "nummer mindre"},
	"en": {"run small", "run large", "size up", "size down", "the fit is"},
}

// sizing answers whether the product talked about comes large or small, in the words
// of its description. It reports whether the message asked that.
func (t *turn) sizing(m *said) bool {
	p := t.talkedOf()
	if p == nil || !m.asks || !m.has(cueSizing) || len(m.words) > fewWords ||
		!m.has(cueThis) && t.namesBeyond(m.sought(), p.ID) {
		return false
	}
	sentences := strings.SplitAfter(p.Description.In(t.Lang), ". ")
	at := slices.IndexFunc(sentences, func(s string) bool {
		return slices.ContainsFunc(sizingWords[t.Lang], func(w string) bool { return strings.Contains(s, w) })
	})
	if at < 0 {
		t.untold(p)
		return true
	}
	t.say(part("text", "text", strings.TrimSpace(sentences[at])), t.productButtons(p))
	return true
}
