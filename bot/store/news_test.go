package store

import (
	"testing"

	"tiski/catalog"
)

func TestWhatTheSystemTells(t *testing.T) {
	both(t, func(t *testing.T, url string) {
		s := open(t, url)
		o := place(t, s, anOrder("1", "A"))
		for i, c := range []struct {
			status   catalog.Status
			tracking string
			want     catalog.Status
		}{
			{catalog.Shipped, "JJFI1", catalog.Shipped},
			{catalog.Shipped, "JJFI1", catalog.Shipped}, // twice
			{catalog.Packed, "", catalog.Shipped},       // late
			{catalog.Cancelled, "", catalog.Shipped},    // too late
			{"", "JJFI2", catalog.Shipped},              // only another code
			{catalog.Paid, "", catalog.Shipped},         // an invoice
			{catalog.Delivered, "JJFI2", catalog.Delivered},
			{catalog.Paid, "", catalog.Delivered},
		} {
			got, found, err := s.Told(t.Context(), catalog.News{Order: o.Number, Status: c.status, Tracking: c.tracking}, noon)
			if err != nil || !found || got.Status != c.want {
				t.Fatalf("%d: %s, %v, %v", i, got.Status, found, err)
			}
			o = got
		}
		if o.Tracking != "JJFI2" || o.Paid.IsZero() {
			t.Errorf("%+v", o)
		}
		collected := anOrder("collected", "A")
		collected.Delivery.Kind = catalog.StorePickup
		collected = place(t, s, collected)
		if got, _, err := s.Told(t.Context(), catalog.News{Order: collected.Number, Status: catalog.Shipped}, noon); err != nil || got.Status != catalog.Ready {
			t.Errorf("collected from the store: %s, %v", got.Status, err)
		}
		if _, found, err := s.Told(t.Context(), catalog.News{Order: "T-000000", Status: catalog.Paid}, noon); err != nil || found {
			t.Errorf("an order of nobody: %v, %v", found, err)
		}
		s.HandOn = true
		pushed := place(t, s, anOrder("3", "A"))
		s.HandOn = false
		if err := s.EndPush(t.Context(), pushed.ID, "77", noon); err != nil {
			t.Fatal(err)
		}
		if _, found, err := s.Told(t.Context(), catalog.News{Order: pushed.Number, Outside: "78", Status: catalog.Cancelled}, noon); err != nil || found {
			t.Errorf("a copy of an order: %v, %v", found, err)
		}
		if got, _, err := s.Told(t.Context(), catalog.News{Order: pushed.Number, Outside: "77", Status: catalog.Cancelled}, noon); err != nil || got.Status != catalog.Cancelled {
			t.Errorf("the order that was taken: %s, %v", got.Status, err)
		}
		taken := place(t, s, reserved("2", "A"))
		if got, _, err := s.Told(t.Context(), catalog.News{Order: taken.Number, Status: catalog.Paid}, noon); err != nil || got.Status != catalog.Paid {
			t.Errorf("paid there: %s, %v", got.Status, err)
		}
		if got, _, err := s.Told(t.Context(), catalog.News{Order: taken.Number, Status: catalog.Cancelled}, noon); err != nil || got.Status != catalog.Cancelled {
			t.Errorf("cancelled there: %s, %v", got.Status, err)
		}
		if got, _, err := s.Told(t.Context(), catalog.News{Order: taken.Number, Status: catalog.Paid}, noon); err != nil || got.Status != catalog.Cancelled {
			t.Errorf("paid when cancelled: %s, %v", got.Status, err)
		}
	})
}
