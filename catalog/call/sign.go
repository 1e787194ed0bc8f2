package call

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// Signed reports whether a body was signed with a secret, as WooCommerce and
// Shopify sign what they tell: base64 of HMAC-SHA256. Nothing is signed with an
// empty secret.
func Signed(secret, signature string, body []byte) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	told, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && secret != "" && hmac.Equal(told, mac.Sum(nil))
}
