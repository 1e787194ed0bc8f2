package widget_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"tiski/webhooks/widget"
)

// mailed notes what was to be sent where.
type mailed struct {
	mu  sync.Mutex
	all []string
}

func (m *mailed) send(_ context.Context, conversation, id, email, lang string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = append(m.all, strings.Join([]string{conversation, id, email, lang}, " "))
	return nil
}

func (s *shop) mail(t *testing.T, token, body string) reply {
	t.Helper()
	return s.ask(t, "POST", "/widget/v1/transcript", body, "Authorization", "Bearer "+token)
}

func TestTranscriptByLetter(t *testing.T) {
	t.Parallel()
	post := &mailed{}
	s := openShop(t, func(o *widget.Options) { o.Mail = post.send })
	mine, token := s.session(t)
	for i, to := range []string{"ville@example.fi", "aino@example.fi", "matti@example.fi"} {
		want := http.StatusAccepted
		if i == 2 { // a third one in an hour
			want = http.StatusTooManyRequests
		}
		if got := s.mail(t, token, fmt.Sprintf(`{"id":"m%d","email":%q,"lang":"sv"}`, i, to)); got.status != want {
			t.Errorf("letter %d: %d %s", i, got.status, got.body)
		}
	}
	if want := mine + " m0 ville@example.fi sv\n" + mine + " m1 aino@example.fi sv"; strings.Join(post.all, "\n") != want {
		t.Errorf("sent are\n%s", strings.Join(post.all, "\n"))
	}

	// Nor does one address get many from many conversations.
	for i, want := range []int{http.StatusAccepted, http.StatusTooManyRequests} {
		_, token := s.session(t)
		if got := s.mail(t, token, `{"id":"m","email":"Ville@example.fi"}`); got.status != want {
			t.Errorf("letter %d to the same address: %d", i, got.status)
		}
	}
}

func TestTranscriptRefused(t *testing.T) {
	t.Parallel()
	s := openShop(t, func(o *widget.Options) { o.Mail = (&mailed{}).send })
	_, token := s.session(t)
	for body, want := range map[string]int{
		``:                                 http.StatusBadRequest,
		`{"id":"m"}`:                       http.StatusUnprocessableEntity,
		`{"id":"","email":"a@example.fi"}`: http.StatusBadRequest,
		`{"id":"m","email":"Ville <a@example.fi>"}`:                                           http.StatusUnprocessableEntity,
		`{"id":"m","email":"a@example.fi, b@example.fi"}`:                                     http.StatusUnprocessableEntity,
		`{"id":"m","email":"a@example.fi\r\nBcc: b@example.fi"}`:                              http.StatusUnprocessableEntity,
		`{"id":"m","email":"` + strings.Repeat("a", 255-len("@example.fi")) + `@example.fi"}`: http.StatusUnprocessableEntity,
	} {
		if got := s.mail(t, token, body); got.status != want {
			t.Errorf("%s: %d, want %d", body, got.status, want)
		}
	}
	if got := s.mail(t, "none", `{"id":"m","email":"a@example.fi"}`); got.status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", got.status)
	}
}
