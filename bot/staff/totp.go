package staff

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// Codes are those of RFC 6238 as every authenticator app makes them: SHA-1, six
// digits, a new one every 30 seconds. One step before and after is taken too,
// for clocks that differ and slow fingers.
const (
	codeDigits = 6
	codeEvery  = 30 // seconds
	codeSlack  = 1  // steps
	secretLen  = 20 // bytes: that of the hash, RFC 4226 section 4
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// Secret is what an authenticator app shares with us.
type Secret []byte

func newSecret() Secret {
	s := make(Secret, secretLen)
	rand.Read(s)
	return s
}

// String writes a secret as people type it into an app.
func (s Secret) String() string { return base32Plain.EncodeToString(s) }

// Address opens an authenticator app on the same device.
func (s Secret) Address(issuer, name string) string {
	return "otpauth://totp/" + url.PathEscape(issuer+":"+name) + "?" + url.Values{"secret": {s.String()}, "issuer": {issuer}}.Encode()
}

// Code is what an app shows at a moment.
func (s Secret) Code(at time.Time) string { return s.code(step(at), codeDigits) }

// code is HOTP of RFC 4226, section 5.3.
func (s Secret) code(step int64, digits int) string {
	mac := hmac.New(sha1.New, s)
	binary.Write(mac, binary.BigEndian, step)
	sum := mac.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", digits, uint64(n)%tenTo(digits))
}

func tenTo(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}

// step is the step that a moment is in.
func step(at time.Time) int64 { return at.Unix() / codeEvery }

// match finds the step whose code this is. It takes as long for every code. No
// secret has none.
func (s Secret) match(code string, now time.Time) (at int64, ok bool) {
	if len(s) == 0 {
		return 0, false
	}
	for n := step(now) - codeSlack; n <= step(now)+codeSlack; n++ {
		if subtle.ConstantTimeCompare([]byte(s.code(n, codeDigits)), []byte(code)) == 1 {
			at, ok = n, true
		}
	}
	return at, ok
}
