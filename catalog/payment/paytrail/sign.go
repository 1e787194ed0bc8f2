package paytrail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// algorithm is the only one that requests are signed with and answers are
// taken by, whatever an answer claims of itself.
const algorithm = "sha256"

// sign computes the signature of what is called checkout-… among the values –
// headers of a request, parameters of an address – and of a body: the values by
// name, a line each, then the body as it is sent (Paytrail Payment API,
// "Authentication").
func sign(secret string, values map[string]string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if strings.HasPrefix(name, "checkout-") {
			mac.Write([]byte(name + ":" + values[name] + "\n"))
		}
	}
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// genuine reports whether a signature is that of the values and the body.
func genuine(secret string, values map[string]string, body []byte, signature string) bool {
	return hmac.Equal([]byte(sign(secret, values, body)), []byte(signature))
}
