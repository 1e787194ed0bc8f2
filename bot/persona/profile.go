package persona

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"tiski/catalog"
)

// Fact is one thing known of a customer.
type Fact struct {
	Value string    `json:"value"`
	Since time.Time `json:"since"`
	Why   string    `json:"why"` // Told, Read, or the number of the order that it comes from
}

// Where facts come from, besides orders.
const (
	Told = "told" // the customer said so
	Read = "read" // from how the customer writes
)

// Profile is what is known of one customer.
type Profile struct {
	Name      Fact            `json:"name,omitzero"`   // as they wish to be called
	Formal    Fact            `json:"formal,omitzero"` // "te": they wish to be addressed so; none: as everybody
	Lang      Fact            `json:"lang,omitzero"`
	Unadvised Fact            `json:"unadvised,omitzero"` // they want nothing recommended unasked; none: they have not said so
	Contact   catalog.Contact `json:"contact,omitzero"`
	Address   catalog.Address `json:"address,omitzero"`
	Reach     Fact            `json:"reach,omitzero"`  // since when and why Contact and Address are known; its Value is empty
	Sizes     map[string]Fact `json:"sizes,omitempty"` // by category
	Likes     map[string]Fact `json:"likes,omitempty"` // by category, as Sizes; the value is how many pieces were bought
	Belief    Belief          `json:"belief,omitzero"`
}

// maxFacts is how many sizes, and liked categories, are kept: the latest.
const maxFacts = 12

// Ordered is p with what an order tells: the size taken in a category, and
// which categories are bought from. shelf names the category of a product, ""
// when the shop no longer has it. A gift tells nothing of who gives it. p is not
// changed.
func (p Profile) Ordered(o catalog.Order, shelf func(product string) string) Profile {
	if o.Greeting != "" {
		return p
	}
	sizes, likes := maps.Clone(p.Sizes), maps.Clone(p.Likes)
	seen := map[string]string{}
	for _, l := range o.Lines {
		category := shelf(l.Product)
		if category == "" {
			continue
		}
		n, _ := strconv.Atoi(likes[category].Value)
		likes = with(likes, category, Fact{strconv.Itoa(n + l.Qty), o.Placed, o.Number})
		size := l.Options["size"]
		if was, twice := seen[category]; twice && was != size {
			sizes = without(sizes, category) // two sizes of one kind are not both the customer's
			continue
		}
		seen[category] = size
		if size != "" {
			sizes = with(sizes, category, Fact{size, o.Placed, o.Number})
		}
	}
	p.Sizes, p.Likes = sizes, likes
	return p
}

// with is a copy of facts with one more, the oldest left out when there are too
// many.
func with(facts map[string]Fact, name string, f Fact) map[string]Fact {
	next := maps.Clone(facts)
	if next == nil {
		next = map[string]Fact{}
	}
	next[name] = f
	for len(next) > maxFacts {
		oldest := slices.MinFunc(slices.Sorted(maps.Keys(next)), func(a, b string) int { return next[a].Since.Compare(next[b].Since) })
		delete(next, oldest)
	}
	return next
}

func without(facts map[string]Fact, name string) map[string]Fact {
	next := maps.Clone(facts)
	delete(next, name)
	if len(next) == 0 {
		return nil
	}
	return next
}

// Resized is p with another size in a category; "" forgets it.
func (p Profile) Resized(category string, f Fact) Profile {
	if f.Value == "" {
		p.Sizes = without(p.Sizes, category)
	} else {
		p.Sizes = with(p.Sizes, category, f)
	}
	return p
}

// Unliked is p without a category that is bought from.
func (p Profile) Unliked(category string) Profile {
	p.Likes = without(p.Likes, category)
	return p
}

// Favourites are the categories most bought from, at most n, the first first.
func (p Profile) Favourites(n int) []string {
	pieces := func(category string) int { n, _ := strconv.Atoi(p.Likes[category].Value); return n }
	all := slices.Sorted(maps.Keys(p.Likes))
	slices.SortStableFunc(all, func(a, b string) int { return pieces(b) - pieces(a) })
	return all[:min(n, len(all))]
}

// For is as much of p as serves the purposes that were consented to: service
// needs who and where to, sizes and how to talk; recommendations need what is
// liked and whom the customer is like. That they want none serves both.
func (p Profile) For(service, personal bool) Profile {
	if !service {
		p = Profile{Likes: p.Likes, Belief: p.Belief, Unadvised: p.Unadvised}
	}
	if !service && !personal {
		p.Unadvised = Fact{}
	}
	if !personal {
		p.Likes, p.Belief = nil, Belief{}
	}
	return p
}
