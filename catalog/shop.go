package catalog

import (
	"strings"
	"time"
)

// Shop is everything the shop's files say. It is immutable once loaded: a
// change of the files makes a new Shop.
type Shop struct {
	Company    Company
	Currency   string // ISO 4217; only "EUR" is accepted
	Languages  []string
	Categories []Category
	Products   []Product
	VAT        map[string][]Rate // by class
	Delivery   []DeliveryMethod
	Wrapping   *Product // gift wrapping, a line of an order; nil when the shop wraps nothing
	Returns    Returns
	Payments   []PaymentMethod // in the lawful order of KSL 6:12 b: no credit, perhaps credit, credit
	Discounts  []Discount
	Loyalty    *Loyalty      // nil: the shop has no points
	Reserve    time.Duration // how long goods wait for a payment that comes first
	Hours      Hours
	Service    Service
	Privacy    Privacy
	Reminders  Reminders
	Answers    []Answer // questions with a fixed answer
	Words      []OptionWord
	Synonyms   []Synonym // what customers call the goods
	Quizzes    []Quiz
	Pairs      []PairRule // what the shop says goes together
	Reviews    []Review   // of the files, or of the source that the goods come from
	ReviewFeed string     // address of a product review feed; "" without
	Feed       string     // address or file of a Google Merchant feed that replaces the products; "" without

	products   map[string]*Product
	skus       map[string]sku
	categories map[string]*Category
	words      map[optionValue]*OptionWord
	factWords  map[string][]string // by language
}

type sku struct {
	product *Product
	variant *Variant
}

// Company says who sells, as the law asks before an order (KSL 6:9).
type Company struct {
	Name       string
	BusinessID string // Y-tunnus
	Street     string
	Postcode   string
	City       string
	Phone      string
	Email      string
	URL        string
	Privacy    string // address of the privacy notice
	Terms      string // address of the terms of sale
	About      Text   // two sentences for "keitä te olette?"
}

// Rate is a VAT rate and the first day it holds.
type Rate struct {
	From   time.Time
	Tenths int // tenths of a percent: 255 is 25.5 %
}

// Returns are the shop's terms of return on top of the law.
type Returns struct {
	Days       int   // at least 14 (KSL 6:14)
	CostPaid   bool  // whether the shop pays the return freight
	Cost       Cents // what the customer pays for the shop's own return label; 0 when CostPaid
	How        Text  // instructions
	Exchange   Text
	RefundDays int // at most 14 (KSL 6:17)
	Warranty   Text
}

// Hours are the opening hours of customer service and, if there is one, of the
// shop's own store, local time Europe/Helsinki.
type Hours struct {
	Service [7]Span // Monday first; a zero Span is closed
	Store   [7]Span
	Closed  map[string]Text // extra closed days "2026-12-23" and why
}

// Span is a time of day from Open to Close in minutes after midnight.
type Span struct{ Open, Close int }

// PaymentMethod is a way to pay.
type PaymentMethod struct {
	ID       string // AtStore, Invoice, or the shop's own name for one of a provider
	Provider string // name of the payment provider; "" when the shop keeps it itself
	Credit   string // NoCredit, PerhapsCredit or Credit
	Name     Text
	Info     Text
	Fee      Cents
	For      []string // kinds of delivery it goes with; empty: all
}

// Answer is a question with a fixed answer: utterances and what is said.
type Answer struct {
	ID     string
	Intent string              // the intent it refines
	Ask    map[string][]string // example utterances by language
	Say    Text
	At     string // file and line, to tell of a mistake
}

// OptionWord translates a value that the shop's files give in Finnish: a
// colour, a size, an audience.
type OptionWord struct {
	Option string // "color", "size", "audience", "feature", …
	Value  string // as in the files, Finnish
	Name   Text   // in the other languages
	Hex    string // colours: "#rrggbb"
}

// Product returns the product with this id, or nil.
func (s *Shop) Product(id string) *Product { return s.products[id] }

// Variant returns the product and variant with this SKU, or nil and nil.
func (s *Shop) Variant(code string) (*Product, *Variant) {
	f := s.skus[code]
	return f.product, f.variant
}

// Category returns the category with this id, or nil.
func (s *Shop) Category(id string) *Category { return s.categories[id] }

// Under reports whether a category is another or one below it.
func (s *Shop) Under(category, other string) bool {
	for c := s.Category(category); c != nil; c = s.Category(c.Parent) {
		if c.ID == other {
			return true
		}
	}
	return false
}

// OfRef returns the product that the shop's own system names so, or nil.
func (s *Shop) OfRef(ref string) *Product {
	for i := range s.Products {
		if v := s.Products[i].Variants[0].Ref; v == ref || strings.HasPrefix(v, ref+"/") || strings.HasPrefix(v, ref+"?") {
			return &s.Products[i]
		}
	}
	return nil
}
