package staff

import (
	"strings"
	"testing"
)

func TestAPasswordsHash(t *testing.T) {
	t.Parallel()
	one, other := hashPassword("kahvia"), hashPassword("kahvia")
	if one == other {
		t.Error("two hashes of a password share a salt")
	}
	if !matches("kahvia", one) || !matches("kahvia", other) || matches("teetä", one) {
		t.Error("a hash does not match its password alone")
	}
	// Made by the argon2 command of the Debian package of that name:
	// echo -n kahvia | argon2 kahvipannu123456 -id -t 2 -k 19456 -p 1 -l 32 -e
	const elsewhere = "$argon2id$v=19$m=19456,t=2,p=1$a2FodmlwYW5udTEyMzQ1Ng$oghLlzMGncKTXiLz9IP0k2zLgL6sRyp5ybP1YeuQ32k"
	if !matches("kahvia", elsewhere) {
		t.Error("a hash made elsewhere does not match")
	}
	for _, broken := range []string{"", scheme, one[:len(one)-1], one + "A", strings.Replace(one, "t=2", "t=3", 1), nobody} {
		if matches("kahvia", broken) || matches("", broken) {
			t.Errorf("%q matches", broken)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(hashPassword("kahvia"))
	f.Add(nobody)
	f.Add(nobody + "\n")
	f.Add(scheme + "$")
	f.Fuzz(func(t *testing.T, hash string) {
		if _, _, ok := parse(hash); ok && len(hash) != len(nobody) {
			t.Errorf("%q is read", hash)
		}
	})
}
