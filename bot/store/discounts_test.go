package store

import (
	"fmt"
	"sync/atomic"
	"testing"

	"tiski/catalog"
)

// discounted is an order of a customer with a discount.
func discounted(id, email string, uses, perCustomer int) catalog.Order {
	o := reserved(id, "A")
	o.Contact.Email = email
	o.Discounts = []catalog.OrderDiscount{
		{ID: "z", Amount: 1},
		{ID: "a", Code: "KOODI", Amount: 100, Uses: uses, PerCustomer: perCustomer},
	}
	return o
}

func TestACodeForOneIsUsedOnce(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		nodes := []*Store{open(t, url), open(t, url)}
		setStock(t, nodes[0], map[string]int{"A": 100})
		var used atomic.Int64
		each(40, func(i int) {
			_, err := nodes[i%2].Place(t.Context(), discounted(fmt.Sprint(i), fmt.Sprintf("%d@example.fi", i), 1, 1))
			switch {
			case err == nil:
				used.Add(1)
			case refusedFor(err) != "discount":
				t.Error(err)
			}
		})
		if used.Load() != 1 {
			t.Errorf("used %d times", used.Load())
		}
		wantStock(t, nodes[0], map[string]int{"A": 99})
	})
}

func TestACodePerCustomer(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		try := func(id, email string, want string) catalog.Order {
			t.Helper()
			o, err := s.Place(t.Context(), discounted(id, email, 3, 1))
			if got := refusedFor(err); err != nil && got != want || err == nil && want != "" {
				t.Errorf("%s by %s: %v, want %q", id, email, err, want)
			}
			return o
		}
		aino := try("1", "aino@example.fi", "")
		try("1", "aino@example.fi", "") // the same order again
		try("2", " AINO@example.fi", "discount")
		matti := try("3", "matti@example.fi", "")
		try("4", "liisa@example.fi", "")
		try("5", "ville@example.fi", "discount") // three in all

		advance(t, s, aino.Number, catalog.Cancelled)
		advance(t, s, matti.Number, catalog.Paid)
		try("6", "matti@example.fi", "discount")
		try("7", "aino@example.fi", "")

		// What expired gives its use back; a late payment takes it again, whoever has used it since.
		expire(t, s, noon.Add(hold)) // liisa's and aino's
		try("8", "liisa@example.fi", "")
		try("9", "aino@example.fi", "")
		found, err := s.OfConversation(t.Context(), "widget:1")
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range found {
			if o.ID == "4" {
				pay(t, s, o.Number, "paytrail/1")
			}
		}
		if n := number1(t, s, `SELECT orders FROM discount_counts WHERE discount = 'a' AND customer = ''`); n != 4 {
			t.Errorf("%d orders have it, want 4", n)
		}
		if n := number1(t, s, `SELECT COUNT(*) FROM discount_counts WHERE customer LIKE '%@%'`); n != 0 {
			t.Errorf("%d counts tell an e-mail address", n)
		}
	})
}

func TestARefusedCodeLeavesNoTrace(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		setStock(t, s, map[string]int{"A": 5})
		place(t, s, discounted("1", "aino@example.fi", 0, 1))
		if _, err := s.Place(t.Context(), discounted("2", "aino@example.fi", 0, 1)); refusedFor(err) != "discount" {
			t.Fatal(err)
		}
		wantStock(t, s, map[string]int{"A": 4})
		if n := number1(t, s, `SELECT COUNT(*) FROM orders`); n != 1 {
			t.Errorf("%d orders", n)
		}
	})
}
