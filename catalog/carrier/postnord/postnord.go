// Package postnord asks PostNord where parcels can be fetched and where they
// are. A key is free (developer.postnord.com).
package postnord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tiski/catalog"
	"tiski/catalog/call"
)

// PostNord is the carrier. Any number of goroutines may use it.
type PostNord struct {
	key, url string
	caller   *call.Caller
}

// New returns the carrier at an address; "" is https://api2.postnord.com.
func New(key, address string) (*PostNord, error) {
	if key == "" {
		return nil, errors.New("postnord: a key is needed")
	}
	address = strings.TrimSuffix(cmp.Or(address, "https://api2.postnord.com"), "/")
	return &PostNord{key, address, call.New(func(*http.Request, []byte) {})}, nil
}

// Name is what the log calls it.
func (*PostNord) Name() string { return "postnord" }

// points is the answer to a search. Opening hours, whose shape changes from
// version to version, are not read.
type points struct {
	Response struct {
		Points []struct {
			ID       call.Word `json:"servicePointId"`
			Name     string    `json:"name"`
			Visiting struct {
				Street   string    `json:"streetName"`
				Number   call.Word `json:"streetNumber"`
				Postcode call.Word `json:"postalCode"`
				City     string    `json:"city"`
			} `json:"visitingAddress"`
		} `json:"servicePoints"`
	} `json:"servicePointInformationResponse"`
}

// Points returns at most limit service points near a Finnish postal code, the
// nearest first.
func (p *PostNord) Points(ctx context.Context, postcode string, limit int) ([]catalog.Point, error) {
	var told points
	err := p.ask(ctx, "/rest/businesslocation/v5/servicepoints/nearest/byaddress", url.Values{
		"returnType": {"json"}, "countryCode": {"FI"}, "postalCode": {postcode}, "numberOfServicePoints": {strconv.Itoa(limit)},
	}, &told)
	if err != nil {
		return nil, fmt.Errorf("postnord: service points: %w", err)
	}
	var found []catalog.Point
	for _, s := range told.Response.Points {
		if s.ID == "" || s.Name == "" || len(found) == limit {
			continue
		}
		found = append(found, catalog.Point{
			ID: string(s.ID), Carrier: catalog.PostNord, Name: s.Name,
			Address: catalog.Address{
				Street:   strings.TrimSpace(s.Visiting.Street + " " + string(s.Visiting.Number)),
				Postcode: string(s.Visiting.Postcode), City: s.Visiting.City,
			},
			Locker: strings.Contains(strings.ToLower(s.Name), "pakettiautomaatti"),
		})
	}
	return found, nil
}

func (p *PostNord) ask(ctx context.Context, path string, query url.Values, into any) error {
	query.Set("apikey", p.key)
	_, err := p.caller.JSON(ctx, http.MethodGet, p.url+path+"?"+query.Encode(), nil, into)
	return err
}
