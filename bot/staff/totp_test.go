package staff

import (
	"strings"
	"testing"
	"time"
)

// The vectors of RFC 6238, appendix B, for SHA-1.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	secret := Secret("12345678901234567890")
	for second, code := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		at := time.Unix(second, 0)
		if got := secret.code(step(at), 8); got != code {
			t.Errorf("at %d the code is %s, want %s", second, got, code)
		}
		for slack, ok := range map[int64]bool{-60: false, -30: true, 0: true, 30: true, 60: false} {
			at := at.Add(time.Duration(slack) * time.Second)
			if at.Unix() < 0 {
				continue
			}
			if n, matched := secret.match(code[2:], at); matched != ok || ok && n != second/codeEvery {
				t.Errorf("%d s late: %d %v, want %v", slack, n, matched, ok)
			}
		}
		for _, wrong := range []string{"", code, code[3:], code[2:] + " ", strings.Repeat("x", 6)} {
			if _, ok := secret.match(wrong, at); ok {
				t.Errorf("%q is taken", wrong)
			}
		}
	}
}

func TestAnAppIsToldTheSecret(t *testing.T) {
	t.Parallel()
	want := "otpauth://totp/Tiski:mia@example.fi?issuer=Tiski&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	if got := Secret("12345678901234567890").Address("Tiski", "mia@example.fi"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
