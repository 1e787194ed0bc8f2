package catalog

// PairRule is what the shop itself says goes together: ids of products, and of
// categories for all that stands on their shelves.
type PairRule struct {
	Of   []string
	With []string
}

// Pair is a product that goes with others.
type Pair struct {
	Product *Product
	Why     string // why it is recommended: one of the Paired…
	Orders  int    // of PairedByOrders: how many had both
}

// PairQuery asks what goes with products.
type PairQuery struct {
	Of     []string            // ids of products, none of which is found
	Wanted func(*Product) bool // whether a product may be found
	Surely bool                // only what the shop or customers say; else, where they say nothing, by traits too
	Limit  int
}

// Why products are taken to go together, the surest first.
const (
	PairedByShop   = "shop"   // the shop says so
	PairedByOrders = "orders" // customers have bought both
	PairedByTraits = "traits" // they are described alike and stand on different shelves
)

// FewestTogether is in how many orders two products must have been before
// that says anything of them, or could be told without telling of a customer.
const FewestTogether = 3

// Together counts what was bought together. It is immutable once counted.
type Together struct {
	orders map[string]int            // by product
	both   map[string]map[string]int // by product and product
}

// mostInBasket is of how many products an order is counted at most: who orders
// everything pairs nothing.
const mostInBasket = 20

// CountTogether counts baskets, each the products of one order.
func CountTogether(baskets [][]string) *Together {
	t := &Together{orders: map[string]int{}, both: map[string]map[string]int{}}
	for _, basket := range baskets {
		seen := map[string]bool{}
		for _, id := range basket {
			seen[id] = true
		}
		if len(seen) > mostInBasket {
			continue
		}
		for a := range seen {
			t.orders[a]++
			for b := range seen {
				if a == b {
					continue
				}
				if t.both[a] == nil {
					t.both[a] = map[string]int{}
				}
				t.both[a][b]++
			}
		}
	}
	return t
}

// smoothing is how many orders without the other each product is taken to have
// had besides, so that a few orders weigh little.
const smoothing = 10

// With tells with which products one was bought, in how many orders, and how
// strongly that binds them, up to 1. Those that were too seldom are left out.
// A nil Together has counted nothing.
func (t *Together) With(product string, each func(other string, orders int, weight float64)) {
	if t == nil {
		return
	}
	for other, n := range t.both[product] {
		if n >= FewestTogether {
			each(other, n, float64(n)/float64(min(t.orders[product], t.orders[other])+smoothing))
		}
	}
}
