package pakettikauppa

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// sign is the hash of values: HMAC-SHA256 of all but the hash itself, in the
// order of their names, joined by "&".
func sign(secret string, values url.Values) string {
	var told []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name != "hash" {
			told = append(told, values.Get(name))
		}
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(strings.Join(told, "&")))
	return hex.EncodeToString(mac.Sum(nil))
}

// genuine reports whether values carry the hash of this secret.
func genuine(secret string, values url.Values) bool {
	for _, of := range values {
		if len(of) != 1 {
			return false
		}
	}
	return hmac.Equal([]byte(sign(secret, values)), []byte(values.Get("hash")))
}
