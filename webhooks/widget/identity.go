package widget

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot/dialogue"
)

// Limits of what a shop signs.
const (
	maxIdentity  = 4 << 10        // bytes
	maxSubject   = 200            // bytes
	identityLife = 24 * time.Hour // until exp
)

// IdentityKey proves what the shop has signed. The key fixes the algorithm: what a
// token says of its own must agree, and chooses nothing.
type IdentityKey interface {
	algorithm(name string) bool
	signed(text string, signature []byte) bool
}

type (
	// IdentitySecret is shared with the shop: HS256.
	IdentitySecret []byte
	// IdentityPublic belongs to a key that only the shop has: EdDSA, which is called
	// Ed25519 too.
	IdentityPublic ed25519.PublicKey
)

func (IdentitySecret) algorithm(name string) bool { return name == "HS256" }
func (IdentityPublic) algorithm(name string) bool { return name == "EdDSA" || name == "Ed25519" }

func (k IdentitySecret) signed(text string, signature []byte) bool {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(text))
	return hmac.Equal(signature, mac.Sum(nil))
}

func (k IdentityPublic) signed(text string, signature []byte) bool {
	return ed25519.Verify(ed25519.PublicKey(k), []byte(text), signature)
}

// identify takes the shop's signed word for who the visitor is: a JSON Web Token
// with sub and exp.
func (d *Door) identify(c echo.Context) error {
	var body struct {
		ID       string `json:"id"`
		Identity string `json:"identity"`
	}
	if err := decode(c, &body); err != nil {
		return err
	}
	if !isInputID(body.ID) {
		return errID
	}
	subject, ok := d.subject(body.Identity)
	if !ok {
		return echo.NewHTTPError(http.StatusForbidden, "the identity is not signed by this shop, or has run out")
	}
	return d.hear(c, body.ID, dialogue.Identified{Subject: subject})
}

// subject is whom a token names; ok is false for one that none of the keys has
// signed, of another algorithm, without exp, of too long a life, or that has run
// out.
func (d *Door) subject(token string) (subject string, ok bool) {
	parts := strings.Split(token, ".")
	if len(token) > maxIdentity || len(parts) != 3 {
		return "", false
	}
	var head struct {
		Algorithm string          `json:"alg"`
		Critical  json.RawMessage `json:"crit"` // what must be understood: nothing is
	}
	var claims struct {
		Subject string   `json:"sub"`
		Expires *float64 `json:"exp"`
	}
	signature, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || !read(parts[0], &head) || head.Critical != nil || !d.signed(head.Algorithm, parts[0]+"."+parts[1], signature) || !read(parts[1], &claims) || claims.Expires == nil {
		return "", false
	}
	now, until := float64(d.Clock().Unix()), *claims.Expires
	if until <= now || until > now+identityLife.Seconds() || claims.Subject == "" || len(claims.Subject) > maxSubject {
		return "", false
	}
	return claims.Subject, true
}

func (d *Door) signed(algorithm, text string, signature []byte) bool {
	return slices.ContainsFunc(d.Identity, func(k IdentityKey) bool { return k.algorithm(algorithm) && k.signed(text, signature) })
}

// read decodes one part of a token.
func read(part string, into any) bool {
	text, err := base64.RawURLEncoding.Strict().DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}
