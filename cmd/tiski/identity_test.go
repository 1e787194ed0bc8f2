package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"
)

func TestKeysOfIdentity(t *testing.T) {
	t.Parallel()
	written := func(der []byte, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(der)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := written(x509.MarshalPKIXPublicKey(public))
	s, err := readSettings([]string{"IDENTITY_PUBLIC_KEY=" + good, "IDENTITY_PUBLIC_KEY_OLD=" + good, "IDENTITY_SECRET=" + strings.Repeat("s", shortestSecret)})
	if err != nil || len(s.identity) != 3 {
		t.Fatalf("%d keys, %v", len(s.identity), err)
	}
	for name, key := range map[string]string{
		"of another kind":   written(x509.MarshalPKIXPublicKey(&other.PublicKey)),
		"private":           written(x509.MarshalPKCS8PrivateKey(private)),
		"without its frame": base64.StdEncoding.EncodeToString(public),
		"cut short":         good[:len(good)-4],
		"no base64":         "-----BEGIN PUBLIC KEY-----",
	} {
		if _, err := readSettings([]string{"IDENTITY_PUBLIC_KEY=" + key}); err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
