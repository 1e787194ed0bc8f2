package finnish

// costOfOrigin makes words whose class is only guessed less likely.
var costOfOrigin = [...]int{listed: 0, guessed: 4, named: 0}

// costOf tells how unlikely a form is among those of a text.
func costOf(f Form) int {
	cost := 0
	if f.Clitic != 0 {
		cost += 6
	}
	if f.Owner != NoPerson {
		cost += 4
	}
	switch f.Degree {
	case Comparative, Superlative:
		cost += 8
	case Manner:
		cost += 10
	}
	switch f.Case {
	case Abessive, Comitative, Instructive:
		cost += 8
	}
	switch f.Verb {
	case Connegative:
		cost += 2
	case Potential:
		cost += 12
	case Imperative:
		cost += 3
	case PresentParticiple, PastParticiple, Without:
		cost += 10
	case Doing:
		cost += 14
	case Agent:
		if f.Plural || f.Case < Inessive || f.Case == Ablative || f.Case == Allative {
			cost += 6
		}
	}
	return cost
}
