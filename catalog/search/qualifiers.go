package search

import "strings"

// qualifiers are what stands before a head and leaves it what it is, folded: a
// joulumekko is a mekko, while a hajuvesi is no vesi. They tell when, where or to what
// occasion something is used, in Finnish and Swedish.
var qualifiers = func() map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(`
		joulu pikkujoulu vappu paasiais juhannus halloween synttari syntymapaiva ristiais rippi ylioppilas lakkiais haa juhla arki
		kesa talvi syksy kevat
		koti mokki koulu eskari paivakoti tyo toimisto piha puutarha keittio kylpyhuone olohuone makuuhuone lastenhuone eteis eteinen parveke terassi ulko sisa

		jul pask midsommar fodelsedags fest brollops student vardags
		sommar vinter host
		hem stug skol arbets kontors tradgards koks badrums vardagsrums sovrums barnrums hall balkong terrass ute inne
	`) {
		all[word] = true
	}
	return all
}()
