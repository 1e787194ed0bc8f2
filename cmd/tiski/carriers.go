package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog/carrier/matkahuolto"
	"tiski/catalog/carrier/pakettikauppa"
	"tiski/catalog/carrier/postnord"
	"tiski/webhooks/carriers"
)

// carrierSettings say which carriers may be asked for parcels and pick-up
// points. Their addresses are for tests.
type carrierSettings struct {
	pakettikauppa  pakettikauppa.Options // PAKETTIKAUPPA_KEY, _SECRET, _CARRIERS, _URL
	postnordKey    string                // POSTNORD_KEY
	postnordURL    string                // POSTNORD_URL
	matkahuolto    bool                  // MATKAHUOLTO_TRACKING=on
	matkahuoltoURL string                // MATKAHUOLTO_URL
}

func readCarriers(values map[string]string) (carrierSettings, error) {
	s := carrierSettings{
		pakettikauppa: pakettikauppa.Options{
			Key: values["PAKETTIKAUPPA_KEY"], Secret: values["PAKETTIKAUPPA_SECRET"],
			Carriers: values["PAKETTIKAUPPA_CARRIERS"], URL: values["PAKETTIKAUPPA_URL"], Clock: time.Now,
		},
		postnordKey: values["POSTNORD_KEY"], postnordURL: values["POSTNORD_URL"],
		matkahuolto: values["MATKAHUOLTO_TRACKING"] == "on", matkahuoltoURL: values["MATKAHUOLTO_URL"],
	}
	switch values["MATKAHUOLTO_TRACKING"] {
	case "", "on", "off":
	default:
		return s, fmt.Errorf("MATKAHUOLTO_TRACKING must be on or off")
	}
	if (s.pakettikauppa.Key == "") != (s.pakettikauppa.Secret == "") {
		return s, fmt.Errorf("PAKETTIKAUPPA_KEY and PAKETTIKAUPPA_SECRET go together")
	}
	for _, name := range []string{"PAKETTIKAUPPA_URL", "POSTNORD_URL", "MATKAHUOLTO_URL"} {
		if u, err := url.Parse(values[name]); values[name] != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
			return s, fmt.Errorf("%s must be an address such as https://api.example", name)
		}
	}
	return s, nil
}

// askCarriers are the carriers that are on. Those who know their own parcels are
// asked before Pakettikauppa, which knows those of many and points of many.
func (h *house) askCarriers() (*bot.Parcels, error) {
	p := &bot.Parcels{Clock: time.Now, Log: h.log}
	s := h.settings.carriers
	if s.matkahuolto {
		p.Trackers = append(p.Trackers, matkahuolto.New(s.matkahuoltoURL))
	}
	if s.postnordKey != "" {
		own, err := postnord.New(s.postnordKey, s.postnordURL)
		if err != nil {
			return nil, err
		}
		p.Trackers, p.Finders = append(p.Trackers, own), append(p.Finders, own)
	}
	if s.pakettikauppa.Key != "" {
		many, err := pakettikauppa.New(s.pakettikauppa)
		if err != nil {
			return nil, err
		}
		p.Trackers, p.Finders = append(p.Trackers, many), append([]bot.PointFinder{many}, p.Finders...)
	}
	return p, nil
}

// tellers are the carriers that tell by themselves of parcels, by the last part
// of the address that they call.
func (s carrierSettings) tellers() (map[string]carriers.Read, error) {
	if s.pakettikauppa.Key == "" {
		return nil, nil
	}
	p, err := pakettikauppa.New(s.pakettikauppa)
	if err != nil {
		return nil, err
	}
	return map[string]carriers.Read{"pakettikauppa": p.Told}, nil
}

// told says which carriers are on.
func (s carrierSettings) told() string {
	var on []string
	if s.pakettikauppa.Key != "" {
		on = append(on, "Pakettikauppa: pick-up points and parcels")
	}
	if s.postnordKey != "" {
		on = append(on, "PostNord: pick-up points and parcels")
	}
	if s.matkahuolto {
		on = append(on, "Matkahuolto: parcels")
	}
	if on == nil {
		return "off (set PAKETTIKAUPPA_KEY and _SECRET, POSTNORD_KEY, or MATKAHUOLTO_TRACKING=on)"
	}
	return strings.Join(on, "; ")
}
