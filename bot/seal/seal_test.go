package seal

import (
	"bytes"
	"testing"
)

func TestSeal(t *testing.T) {
	t.Parallel()
	key := func(secret, purpose string) *Key {
		t.Helper()
		k, err := New([]byte(secret), purpose)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	k, said := key("one secret", "letters"), []byte("siniset saappaat")
	sealed := k.Seal(said, "here")
	if len(sealed) != len(said)+Overhead || bytes.Contains(sealed, said[:4]) || bytes.Equal(sealed, k.Seal(said, "here")) {
		t.Errorf("sealed is %x", sealed)
	}
	again := key("one secret", "letters")
	if open, err := again.Open(sealed, "here"); err != nil || !bytes.Equal(open, said) || again.ID != k.ID {
		t.Errorf("%q by %s, %v", open, again.ID, err)
	}
	if open, err := k.Open(k.Seal(nil, "here"), "here"); err != nil || len(open) > 0 {
		t.Errorf("nothing is %q, %v", open, err)
	}
	for name, other := range map[string]*Key{"secret": key("another", "letters"), "purpose": key("one secret", "keys")} {
		if open, err := other.Open(sealed, "here"); err == nil || other.ID == k.ID {
			t.Errorf("another %s opens %q", name, open)
		}
	}
	if open, err := k.Open(sealed, "there"); err == nil {
		t.Errorf("elsewhere it is %q", open)
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if open, err := k.Open(changed, "here"); err == nil {
			t.Errorf("with byte %d changed it is %q", i, open)
		}
		if open, err := k.Open(sealed[:i], "here"); err == nil {
			t.Errorf("%d bytes of it are %q", i, open)
		}
	}
}
