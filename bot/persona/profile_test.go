package persona

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"tiski/catalog"
)

var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// anOrder is of products "shelf/name", each with its size.
func anOrder(number string, sizes ...string) catalog.Order {
	o := catalog.Order{Number: number, Placed: monday}
	for i := 0; i+1 < len(sizes); i += 2 {
		line := catalog.OrderLine{Product: sizes[i], Qty: 1}
		if sizes[i+1] != "" {
			line.Options = map[string]string{"size": sizes[i+1]}
		}
		o.Lines = append(o.Lines, line)
	}
	return o
}

func shelf(product string) string {
	if product == "gone" {
		return ""
	}
	return product[:1]
}

func TestOrdersTellSizesAndLikes(t *testing.T) {
	t.Parallel()
	var p Profile
	p = p.Ordered(anOrder("T-1", "shoe", "42", "mug", "", "gone", "7"), shelf)
	if want := (Fact{"42", monday, "T-1"}); p.Sizes["s"] != want || len(p.Sizes) != 1 {
		t.Errorf("sizes: %v", p.Sizes)
	}
	p = p.Ordered(anOrder("T-2", "shoe", "43"), shelf)
	if p.Sizes["s"].Value != "43" || p.Likes["s"] != (Fact{"2", monday, "T-2"}) || p.Likes["m"].Value != "1" {
		t.Errorf("after a second order: %+v", p)
	}
	if got := p.Favourites(1); !slices.Equal(got, []string{"s"}) || len(p.Favourites(9)) != 2 {
		t.Errorf("favourites: %v", got)
	}
	if p = p.Ordered(anOrder("T-3", "shoe", "28", "shoe2", "31"), shelf); p.Sizes["s"].Value != "" {
		t.Errorf("two sizes of one kind make %v", p.Sizes)
	}
}

func TestAGiftTellsNothing(t *testing.T) {
	t.Parallel()
	o := anOrder("T-1", "shoe", "42")
	o.Greeting = "Onnea!"
	if p := (Profile{}).Ordered(o, shelf); !reflect.DeepEqual(p, Profile{}) {
		t.Errorf("a gift tells %+v", p)
	}
}

func TestTheLatestFactsAreKept(t *testing.T) {
	t.Parallel()
	var p Profile
	for i := range maxFacts + 1 {
		o := anOrder(fmt.Sprint("T-", i), string(rune('a'+i)), "40")
		o.Placed = monday.AddDate(0, 0, i)
		before := p
		p = p.Ordered(o, shelf)
		if len(before.Sizes) != min(i, maxFacts) {
			t.Fatalf("an order changed the profile it was told to: %v", before.Sizes)
		}
	}
	if _, oldest := p.Sizes["a"]; oldest || len(p.Sizes) != maxFacts || len(p.Likes) != maxFacts {
		t.Errorf("kept: %v", p.Sizes)
	}
}

func TestAProfileServesOnlyWhatWasAllowed(t *testing.T) {
	t.Parallel()
	told := Fact{"x", monday, Told}
	whole := Profile{
		Name: told, Formal: told, Lang: told, Unadvised: told, Contact: catalog.Contact{Name: "Aino"}, Address: catalog.Address{City: "Oulu"}, Reach: told,
		Sizes: map[string]Fact{"s": told}, Likes: map[string]Fact{"s": told}, Belief: Belief{Used: "saver"},
	}
	if got := whole.For(false, false); !reflect.DeepEqual(got, Profile{}) {
		t.Errorf("for nothing: %+v", got)
	}
	if got := whole.For(true, true); !reflect.DeepEqual(got, whole) {
		t.Errorf("for all: %+v", got)
	}
	if got := whole.For(false, true); !reflect.DeepEqual(got, Profile{Likes: whole.Likes, Belief: whole.Belief, Unadvised: told}) {
		t.Errorf("for recommendations: %+v", got)
	}
	if got := whole.For(true, false); got.Likes != nil || got.Belief.Used != "" || got.Sizes == nil || got.Unadvised != told || got.Contact.Name != "Aino" {
		t.Errorf("for service: %+v", got)
	}
}

func TestFactsAreCorrected(t *testing.T) {
	t.Parallel()
	p := Profile{}.Ordered(anOrder("T-1", "shoe", "42"), shelf)
	q := p.Resized("s", Fact{"43", monday, Told})
	if q.Sizes["s"].Value != "43" || p.Sizes["s"].Value != "42" {
		t.Errorf("corrected: %v, was %v", q.Sizes, p.Sizes)
	}
	if q = q.Resized("s", Fact{}); q.Sizes != nil {
		t.Errorf("forgotten: %v", q.Sizes)
	}
	if q = q.Unliked("s"); q.Likes != nil || p.Likes["s"].Value != "1" {
		t.Errorf("unliked: %v, was %v", q.Likes, p.Likes)
	}
}
