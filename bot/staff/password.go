package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost of a password's hash: argon2id with 19 MiB, two passes and one lane, the
// second of the equal settings in OWASP's Password Storage Cheat Sheet; salt
// and key lengths as RFC 9106 section 4 recommends, in bytes.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	saltLen   = 16
	keyLen    = 32
)

// scheme begins every hash. It spells out the cost, so that a later, dearer
// scheme can stand beside it.
const scheme = "$argon2id$v=19$m=19456,t=2,p=1$"

// nobody is a hash that no password has. Checking a password against it takes
// as long as against a real one.
var nobody = encode(make([]byte, saltLen), make([]byte, keyLen))

// hashPassword returns the password's hash under a fresh salt, in the PHC
// string format.
func hashPassword(password string) string {
	salt := make([]byte, saltLen)
	rand.Read(salt)
	return encode(salt, stretch(password, salt))
}

func encode(salt, key []byte) string {
	return scheme + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key)
}

// matches says whether the hash is the password's. A hash that cannot be read
// is nobody's, and costs as much.
func matches(password, hash string) bool {
	salt, key, ok := parse(hash)
	if !ok {
		salt, key, _ = parse(nobody)
	}
	same := subtle.ConstantTimeCompare(stretch(password, salt), key) == 1
	return ok && same
}

// parse reads a hash; it is ok only when written exactly as encode writes it.
func parse(hash string) (salt, key []byte, ok bool) {
	s, k, _ := strings.Cut(strings.TrimPrefix(hash, scheme), "$")
	salt, errSalt := base64.RawStdEncoding.DecodeString(s)
	key, errKey := base64.RawStdEncoding.DecodeString(k)
	ok = errSalt == nil && errKey == nil && len(salt) == saltLen && len(key) == keyLen && encode(salt, key) == hash
	return salt, key, ok
}

// stretch makes a key of a password. Letters composed in different ways on
// different keyboards are the same letters.
func stretch(password string, salt []byte) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, passes, memoryKiB, lanes, keyLen)
}

// ChangePassword gives who signed in with a token another password, when old is
// the present one; somebody who has none yet needs none. Their other sessions end. It is
// ErrSignIn when old is wrong, a *[Limit] when the new one is too short or long.
// The caller limits how often it is tried.
func (a *Accounts) ChangePassword(ctx context.Context, who Account, token, old, password string) error {
	_, hash, err := a.Records.Staff(ctx, who.Name)
	if err != nil {
		return fmt.Errorf("change a password: %w", err)
	}
	if hash != "" && !matches(old, hash) {
		return ErrSignIn
	}
	if err := checkPassword(password); err != nil {
		return err
	}
	if err := a.Records.SetPassword(ctx, who.Name, hashPassword(password)); err != nil {
		return fmt.Errorf("change a password: %w", err)
	}
	for _, kind := range []Kind{session, half, link} {
		keys, err := a.Records.KeysOf(ctx, kind, who.Name)
		if err != nil {
			return fmt.Errorf("end the other sessions: %w", err)
		}
		for _, k := range keys {
			if k.Hash == digest(token) {
				continue
			}
			if _, err := a.Records.TakeKey(ctx, kind, k.Hash); err != nil && !errors.Is(err, ErrUnknown) {
				return fmt.Errorf("end the other sessions: %w", err)
			}
		}
	}
	return a.Audit(ctx, who.Name, "password_change", "")
}
