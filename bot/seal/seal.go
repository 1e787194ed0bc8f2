// Package seal keeps what is stored from who reads the storage alone: AES-256-GCM
// under keys made of secrets of the settings.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Overhead is how many bytes longer than what is in it something sealed is: nonce
// and tag.
const Overhead = 12 + 16

// Key seals and opens. It may be used from any number of goroutines.
type Key struct {
	ID string // of 12 characters, the same for the same secret and purpose; tells nothing of either

	aead cipher.AEAD
}

// New makes the key of a secret for one purpose: what another purpose's key of the
// same secret has sealed does not open.
func New(secret []byte, purpose string) (*Key, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("make the key of %s: %w", purpose, err)
	}
	id, err := hkdf.Key(sha256.New, secret, nil, purpose+": name of the key", 6)
	if err != nil {
		return nil, fmt.Errorf("make the key of %s: %w", purpose, err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make the key of %s: %w", purpose, err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make the key of %s: %w", purpose, err)
	}
	return &Key{hex.EncodeToString(id), aead}, nil
}

// Seal seals something for one place: it does not open elsewhere. The same thing
// sealed twice looks different.
func (k *Key) Seal(open []byte, place string) []byte {
	return k.aead.Seal(nil, nil, open, []byte(place))
}

// Open opens what was sealed for a place, or fails: another key, another place, or
// somebody has changed it.
func (k *Key) Open(sealed []byte, place string) ([]byte, error) {
	return k.aead.Open(nil, nil, sealed, []byte(place))
}
