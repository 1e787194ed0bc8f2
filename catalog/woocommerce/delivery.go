package woocommerce

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"tiski/catalog"
)

// zone is a part of the world; zone 0 is what no other covers.
type zone struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type location struct {
	Code string `json:"code"`
	Type string `json:"type"` // postcode, state, country or continent
}

type method struct {
	Instance int    `json:"instance_id"`
	Title    string `json:"title"`
	Enabled  bool   `json:"enabled"`
	ID       string `json:"method_id"` // flat_rate, free_shipping, local_pickup or a plug-in's
	Settings map[string]struct {
		Value any `json:"value"`
	} `json:"settings"`
}

func (m method) setting(name string) string {
	if value := m.Settings[name].Value; value != nil {
		return fmt.Sprint(value)
	}
	return ""
}

// carriage reads what delivery to Finland costs. Costs that are counted by a
// formula or a plug-in are left to the shop's files.
func (s *Shop) carriage(ctx context.Context, in *catalog.Intake, t *terms) ([]catalog.Carriage, error) {
	var zones []zone
	if _, err := s.ask(ctx, http.MethodGet, "shipping/zones", nil, nil, &zones); err != nil {
		return nil, err
	}
	carriage := []catalog.Carriage{}
	for _, z := range zones {
		var where []location
		if _, err := s.ask(ctx, http.MethodGet, fmt.Sprintf("shipping/zones/%d/locations", z.ID), nil, nil, &where); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(where, func(l location) bool { return l == location{"FI", "country"} || l == location{"EU", "continent"} }) {
			continue
		}
		var methods []method
		if _, err := s.ask(ctx, http.MethodGet, fmt.Sprintf("shipping/zones/%d/methods", z.ID), nil, nil, &methods); err != nil {
			return nil, err
		}
		carriage = append(carriage, t.zone(in, methods)...)
	}
	return carriage, nil
}

// zone understands the ways of delivery of a zone. Free delivery from some worth
// on makes the others of the zone free.
func (t *terms) zone(in *catalog.Intake, methods []method) []catalog.Carriage {
	var carriage []catalog.Carriage
	var freeFrom catalog.Cents
	for _, m := range methods {
		c := catalog.Carriage{Ref: m.ID + ":" + strconv.Itoa(m.Instance), Name: catalog.Plain(m.Title)}
		var err error
		switch {
		case !m.Enabled:
			continue
		case m.ID == "free_shipping" && m.setting("requires") == "min_amount":
			if freeFrom, err = catalog.ParseCents(m.setting("min_amount")); err == nil {
				continue
			}
		case m.ID == "free_shipping" && m.setting("requires") == "":
		case m.ID == "flat_rate", m.ID == "local_pickup":
			c.Price, err = t.cost(m)
		default:
			err = fmt.Errorf("what %s costs is not known to it", m.ID)
		}
		if err != nil {
			in.Skip(0, c.Ref, err.Error())
			continue
		}
		carriage = append(carriage, c)
	}
	for i := range carriage {
		if carriage[i].Price > 0 {
			carriage[i].FreeFrom = freeFrom
		}
	}
	return carriage
}

// cost is told without VAT.
func (t *terms) cost(m method) (catalog.Cents, error) {
	told := m.setting("cost")
	if told == "" {
		return 0, nil
	}
	net, err := catalog.ParseMicros(told)
	if err != nil {
		return 0, fmt.Errorf("the cost of delivery is a formula")
	}
	tenths := t.rates["standard"]
	if m.setting("tax_status") == "none" {
		tenths = 0
	}
	return catalog.Gross(net, tenths), nil
}
