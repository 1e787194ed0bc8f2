package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"fmt"

	"tiski/webhooks/widget"
)

// readIdentity reads the keys that prove who visitors of the shop's page are.
func readIdentity(values map[string]string) (keys []widget.IdentityKey, err error) {
	for _, name := range []string{"IDENTITY_SECRET", "IDENTITY_SECRET_OLD"} {
		secret := values[name]
		if secret == "" {
			continue
		}
		if len(secret) < shortestSecret {
			return nil, fmt.Errorf("%s must have at least %d characters", name, shortestSecret)
		}
		keys = append(keys, widget.IdentitySecret(secret))
	}
	for _, name := range []string{"IDENTITY_PUBLIC_KEY", "IDENTITY_PUBLIC_KEY_OLD"} {
		if values[name] == "" {
			continue
		}
		der, err := base64.StdEncoding.DecodeString(values[name])
		if err != nil {
			return nil, fmt.Errorf("%s must be base64 in one line: %w", name, err)
		}
		key, err := x509.ParsePKIXPublicKey(der)
		public, ok := key.(ed25519.PublicKey)
		if err != nil || !ok {
			return nil, fmt.Errorf("%s must be a public Ed25519 key, as openssl pkey -pubout -outform DER | base64 -w0 writes it", name)
		}
		keys = append(keys, widget.IdentityPublic(public))
	}
	return keys, nil
}
