package catalog

import (
	"maps"
	"slices"
	"time"
)

// GeneralVAT is the class of goods without a reduced rate, and of delivery and
// fees.
const GeneralVAT = "general"

// VATRate returns the rate of a VAT class at a time, in tenths of a percent:
// 255 is 25.5 %. Before the first date of a class its first rate holds; an
// unknown class has the general rate.
func (s *Shop) VATRate(class string, at time.Time) int {
	rates := s.VAT[class]
	if len(rates) == 0 {
		rates = s.VAT[GeneralVAT]
	}
	tenths := 0
	for i, r := range rates {
		if i == 0 || !at.Before(r.From) {
			tenths = r.Tenths
		}
	}
	return tenths
}

// net returns the part of a gross amount that is not VAT, rounded to the
// nearest cent, halves up.
func net(gross Cents, tenths int) Cents {
	whole := Cents(1000 + tenths)
	return (2*1000*gross + whole) / (2 * whole)
}

// VATClass returns a class that has a rate at a time.
func (s *Shop) VATClass(tenths int, at time.Time) (class string, known bool) {
	if s.VATRate(GeneralVAT, at) == tenths {
		return GeneralVAT, true
	}
	for _, class := range slices.Sorted(maps.Keys(s.VAT)) {
		if s.VATRate(class, at) == tenths {
			return class, true
		}
	}
	return "", false
}

// Gross adds VAT to an amount without it, given in millionths, and rounds to the
// nearest cent, halves up.
func Gross(micros int64, tenths int) Cents {
	return Cents((micros*int64(1000+tenths) + 5_000_000) / 10_000_000)
}
