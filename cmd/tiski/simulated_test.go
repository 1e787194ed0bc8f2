package main

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	conversations = flag.Int("conversations", 300, "how many simulated customers talk with the shop")
	shown         = flag.Int("shown", 1, "how many transcripts of conversations that fail are printed, of each reason")
)

// enough is the share of the goals that can be met which are met without a person.
const enough = 0.97

// rightly are the ends with a person who is called for the right reason.
var rightly = map[string][]string{
	complains: {"a person is called: complaint", "a person is called: warranty_complaint"},
	mistakes:  {"a person is called: order_status"},
}

// TestSimulatedCustomers lets customers drawn from fixed seeds talk with the
// demo shop; with CI=true also 500 of a seed that is told.
func TestSimulatedCustomers(t *testing.T) {
	t.Parallel()
	simulate(t, 1, *conversations)
	if os.Getenv("CI") == "true" {
		seed := uint64(time.Now().UnixNano()) >> 8
		t.Logf("500 customers from seed %d", seed)
		simulate(t, seed, 500)
	}
}

func simulate(t *testing.T, first uint64, n int) {
	shelf, err := demoShelf()
	if err != nil {
		t.Fatal(err)
	}
	customers := make([]*customer, n)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				chance := rand.New(rand.NewPCG(first+uint64(i), 4))
				c := newCustomer(newVisit(shelf, first+uint64(i)), drawGoal(chance, shelf.Shop), chance)
				c.run()
				customers[i] = c
			}
		})
	}
	workers.Wait()

	reasons, printed := map[string]int{}, map[string]int{}
	good, able, inputs := 0, 0, 0
	for i, c := range customers {
		inputs += c.inputs
		ends, needsPerson := rightly[c.kind]
		well := c.end == met || slices.Contains(ends, c.end)
		if !needsPerson {
			able++
			if well {
				good++
			}
		}
		reasons[c.kind+": "+c.end]++
		failures := slices.Clone(c.broken)
		if !well {
			failures = append(failures, c.kind+": "+c.end)
		}
		for _, why := range failures {
			what, _, _ := strings.Cut(why, ":")
			if printed[what]++; printed[what] <= *shown {
				t.Logf("seed %d, %s (%s)\n%s", first+uint64(i), why, c.goal.told(), c.visit.told.String())
			}
		}
		for _, why := range c.broken {
			t.Errorf("seed %d: %s", first+uint64(i), why)
		}
	}
	var table strings.Builder
	for _, reason := range slices.SortedFunc(maps.Keys(reasons), func(a, b string) int { return reasons[b] - reasons[a] }) {
		fmt.Fprintf(&table, "%6d  %s\n", reasons[reason], reason)
	}
	t.Logf("%d of %d goals met without a person, %d inputs\n%s", good, able, inputs, table.String())
	if float64(good) < enough*float64(able) {
		t.Errorf("%d of %d goals are met without a person, %.1f %%", good, able, 100*float64(good)/float64(able))
	}
}
