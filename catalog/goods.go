package catalog

import (
	"fmt"
	"time"
)

// Goods is what a source outside has to sell: a feed, a table, the shop's own
// system.
type Goods struct {
	Products   []Product  // in the order of the source
	Categories []Category // the shelves that the source names
	Carriage   []Carriage // what the shop's own system asks for delivery; nil when it is not told
	Reviews    []Review   // what customers have written there of the products
	Skipped    []Skip     // what could not be understood, in the order of the source
	Read       time.Time  // when the reading began; zero: not told
	Notes      []string   // what the shopkeeper should know of the source as a whole
	Until      time.Time  // when a sale price next begins or ends; zero: never
}

// Skip is something that was left out of the goods, and why.
type Skip struct {
	Item   int    // from 1, in the order of the source
	ID     string // as the source names it; may be empty
	Reason string
	Row    bool // Item is the row of a table that a spreadsheet shows
}

func (s Skip) String() string {
	return fmt.Sprintf("%s %d (%s): %s", unit(s.Row), s.Item, s.ID, s.Reason)
}

func unit(row bool) string {
	if row {
		return "row"
	}
	return "item"
}

// Carriage is a way of delivery as the shop's own system has it. It knows no
// times: those are in the shop's files, under the same name.
type Carriage struct {
	Ref      string // how the system names it
	Name     string // as customers see it there
	Price    Cents
	FreeFrom Cents // goods worth at least this go free; 0: never
}
