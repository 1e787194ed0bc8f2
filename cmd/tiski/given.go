package main

import (
	"context"
	"strconv"

	"tiski/catalog"
)

// givenParcels are what carriers tell, by code.
type givenParcels map[string]struct {
	Carrier string              `json:"carrier"`
	State   catalog.ParcelState `json:"state"`
	At      timestamp           `json:"at"`
	Until   timestamp           `json:"until"`
}

func (givenParcels) Name() string { return "given" }

func (g givenParcels) Track(_ context.Context, code string) (catalog.Parcel, error) {
	p, ok := g[code]
	if !ok {
		return catalog.Parcel{}, catalog.ErrNoParcel
	}
	return catalog.Parcel{Code: code, Carrier: p.Carrier, State: p.State, At: p.At.Time, Until: p.Until.Time}, nil
}

// givenPoints are found near every postal code.
type givenPoints []struct {
	Name     string `json:"name"`
	Street   string `json:"street"`
	Postcode string `json:"postal_code"`
	City     string `json:"city"`
	Locker   bool   `json:"locker"`
}

func (givenPoints) Name() string { return "given" }

func (g givenPoints) Points(_ context.Context, _ string, limit int) ([]catalog.Point, error) {
	var all []catalog.Point
	for i, p := range g[:min(limit, len(g))] {
		all = append(all, catalog.Point{
			ID: strconv.Itoa(i), Name: p.Name, Locker: p.Locker, Address: catalog.Address{Street: p.Street, Postcode: p.Postcode, City: p.City},
		})
	}
	return all, nil
}
