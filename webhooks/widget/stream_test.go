package widget_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/widget"
)

// events opens a stream and calls each with every event until it says that it
// has enough, or the stream ends. It returns the lines that are no events.
func (s *shop) events(t *testing.T, ctx context.Context, token, query, last string, each func(id string, l line) bool) (status int, header http.Header, rest []string) {
	t.Helper()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.URL+"/widget/v1/events"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	answer, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	id := ""
	for scan := bufio.NewScanner(answer.Body); scan.Scan(); {
		name, value, _ := strings.Cut(scan.Text(), ": ")
		switch name {
		case "id":
			id = value
		case "data":
			var l line
			if err := json.Unmarshal([]byte(value), &l); err != nil {
				t.Errorf("event %s: %v", id, err)
			}
			if each(id, l) {
				return answer.StatusCode, answer.Header, rest
			}
		default:
			rest = append(rest, scan.Text())
			if name == ":ok" && each("", line{}) {
				return answer.StatusCode, answer.Header, rest
			}
		}
	}
	return answer.StatusCode, answer.Header, rest
}

// speak lets the shop say something by itself.
func (s *shop) speak(t *testing.T, conversation, text string) {
	t.Helper()
	s.staffSay(t, conversation, bot.Message{Text: text})
}

// staffSay lets staff say something, once for each text.
func (s *shop) staffSay(t *testing.T, conversation string, m bot.Message) {
	t.Helper()
	at := time.Now()
	state, err := s.talks.Load(t.Context(), conversation, m.Text)
	if err != nil {
		t.Error(err)
		return
	}
	m.Seq, m.From, m.Staff, m.At = state.Seq+1, dialogue.ByStaff, "Maija", at
	err = s.talks.Commit(t.Context(), bot.Commit{
		Conversation: conversation, Channel: "widget", Input: m.Text, Version: state.Version, Seq: state.Seq, State: []byte("{}"), At: at,
		Log: []bot.Message{m}, Desk: bot.Desk{Conversation: conversation, Last: at},
	})
	if err != nil {
		t.Error(err)
	}
}

// Every stream is cut after a few events while 120 messages are written; the
// reader still gets all of them, in order and none twice.
func TestReplay(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s := openShop(t, nil)
	conversation, token := s.session(t)
	const all = 120
	go func() {
		for i := range all {
			s.speak(t, conversation, strconv.Itoa(i))
		}
	}()
	var got []string
	last, query := "", "?after=0"
	for cuts := 0; len(got) < all && ctx.Err() == nil; cuts++ {
		patience := 1 + cuts%7
		s.events(t, ctx, token, query, last, func(id string, l line) bool {
			if id == "" {
				return false
			}
			if id != strconv.FormatInt(l.Seq, 10) {
				t.Errorf("event %s has message %d", id, l.Seq)
			}
			if l.From == "staff" {
				got = append(got, l.Text)
			}
			last, query = id, ""
			if cuts%2 == 1 { // the cursor goes in the address or in the header
				last, query = "", "?after="+id
			}
			patience--
			return patience == 0 || len(got) == all
		})
	}
	if len(got) != all {
		t.Fatalf("%d messages came, want %d", len(got), all)
	}
	for i, text := range got {
		if text != strconv.Itoa(i) {
			t.Fatalf("message %d is %s", i, text)
		}
	}
}

func TestStreamHeaders(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	_, token := s.session(t)
	status, header, rest := s.events(t, t.Context(), token, "", "", func(id string, l line) bool { return id != "" })
	if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/event-stream") ||
		!strings.Contains(header.Get("Cache-Control"), "no-transform") || header.Get("X-Accel-Buffering") != "no" {
		t.Errorf("%d %v", status, header)
	}
	if len(rest) < 2 || rest[0] != ":ok" || len(rest[1]) < 2048 {
		t.Errorf("a stream begins with %.40q", rest)
	}
	for _, odd := range [][2]string{{"?after=x", ""}, {"", "-5"}} {
		if status, _, _ := s.events(t, t.Context(), token, odd[0], odd[1], func(string, line) bool { return true }); status != http.StatusBadRequest {
			t.Errorf("cursor %q: %d, want 400", odd, status)
		}
	}
}

// A stop of the program ends the streams, and tells the readers to spread
// their coming back.
func TestStreamStops(t *testing.T) {
	t.Parallel()
	s := openShop(t, nil)
	_, token := s.session(t)
	_, _, rest := s.events(t, t.Context(), token, "", "", func(id string, _ line) bool {
		if id != "" {
			s.stop()
		}
		return false
	})
	hint := ""
	for _, l := range rest {
		if strings.HasPrefix(l, "retry: ") {
			hint = l
		}
	}
	ms, err := strconv.Atoi(strings.TrimPrefix(hint, "retry: "))
	if err != nil || ms < 500 || ms >= 3000 {
		t.Errorf("the stream ended with %q", hint)
	}
}

// startled panics when it is asked who writes.
type startled struct{ widget.Writers }

func (startled) Present(context.Context, bot.Doing, string) ([]bot.Presence, error) { panic("nobody") }

// A panic ends the stream that it happens in, and neither the program nor another.
func TestAStreamFailsAlone(t *testing.T) {
	t.Parallel()
	s := openShop(t, func(o *widget.Options) { o.Writers = startled{o.Writers} })
	for range 2 {
		_, token := s.session(t)
		status, _, _ := s.events(t, t.Context(), token, "", "", func(string, line) bool { return false })
		if status != http.StatusOK {
			t.Errorf("the stream began with %d", status)
		}
	}
}

func TestStreamCap(t *testing.T) {
	t.Parallel()
	s := openShop(t, func(o *widget.Options) { o.Allow = always })
	_, token := s.session(t)
	ctx, cancel := context.WithCancel(t.Context())
	opened, ended := make(chan int), make(chan struct{})
	for range 6 {
		go func() {
			s.events(t, ctx, token, "", "", func(id string, _ line) bool {
				if id == "" {
					opened <- 1
				}
				return false
			})
			ended <- struct{}{}
		}()
	}
	for range 6 {
		<-opened
	}
	status, header, _ := s.events(t, t.Context(), token, "", "", func(string, line) bool { return true })
	if status != http.StatusTooManyRequests || header.Get("Retry-After") == "" {
		t.Errorf("the seventh stream: %d, want 429", status)
	}
	_, other := s.session(t)
	if status, _, _ := s.events(t, t.Context(), other, "", "", func(string, line) bool { return true }); status != http.StatusOK {
		t.Errorf("another's first stream: %d", status)
	}
	cancel()
	for range 6 {
		<-ended
	}
	for deadline := time.Now().Add(time.Minute); ; {
		status, _, _ := s.events(t, t.Context(), token, "", "", func(string, line) bool { return true })
		if status == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("streams that have ended are still counted: %d", status)
		}
	}
}
