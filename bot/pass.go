package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// Passes are signed by the shop: for a short time their bearer may do one thing
// for one conversation. They fit into an address, and into Telegram's /start.
type Passes struct {
	Key   []byte // at least 32 bytes, the same on all nodes
	Clock func() time.Time
}

// A pass is, in base64: how it ends in Unix seconds, its signature, and the
// conversation.
const (
	passEnds      = 4  // bytes
	passSignature = 12 // of HMAC-SHA256, cut
)

// MaxPass is the longest pass that /start of Telegram takes, characters.
const MaxPass = 64

// Sign makes a pass of a kind. A conversation whose name is too long has none: "".
func (p Passes) Sign(kind, conversation string, until time.Time) string {
	raw := binary.BigEndian.AppendUint32(nil, uint32(until.Unix()))
	raw = append(raw, p.signature(kind, conversation, raw)...)
	pass := base64.RawURLEncoding.EncodeToString(append(raw, conversation...))
	if len(pass) > MaxPass {
		return ""
	}
	return pass
}

// Open tells whose a pass is. ok is false for one of another kind, one that has
// run out, and one that this shop did not sign.
func (p Passes) Open(kind, pass string) (conversation string, until time.Time, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(pass)
	if err != nil || len(pass) > MaxPass || len(raw) <= passEnds+passSignature {
		return "", until, false
	}
	conversation = string(raw[passEnds+passSignature:])
	until = time.Unix(int64(binary.BigEndian.Uint32(raw)), 0)
	signed := hmac.Equal(raw[passEnds:passEnds+passSignature], p.signature(kind, conversation, raw[:passEnds]))
	if !signed || !p.Clock().Before(until) {
		return "", until, false
	}
	return conversation, until, true
}

func (p Passes) signature(kind, conversation string, ends []byte) []byte {
	mac := hmac.New(sha256.New, p.Key)
	mac.Write([]byte("pass " + kind + "\n" + conversation + "\n"))
	mac.Write(ends)
	return mac.Sum(nil)[:passSignature]
}
