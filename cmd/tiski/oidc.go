package main

import (
	"errors"
	"net/http"
	"time"

	"tiski/webhooks/console"
)

// oidcSettings are those of who vouches for staff.
type oidcSettings struct {
	issuer string // OIDC_ISSUER: its address, as its discovery document names it
	client string // OIDC_CLIENT_ID
	secret string // OIDC_CLIENT_SECRET
}

func (o oidcSettings) check(public string) error {
	if o == (oidcSettings{}) {
		return nil
	}
	if o.issuer == "" || o.client == "" || o.secret == "" || public == "" {
		return errors.New("OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL are needed all")
	}
	return nil
}

// issuer is who vouches for staff at the console; nil when nobody does.
func (h *house) issuer() *console.Issuer {
	o := h.settings.oidc
	if o.issuer == "" {
		return nil
	}
	return &console.Issuer{
		Address: o.issuer, Client: o.client, Secret: o.secret, Back: h.settings.public + "/console/oidc/back",
		HTTP: &http.Client{Timeout: 10 * time.Second},
	}
}
