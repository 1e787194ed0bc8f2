package letters

import (
	"errors"
	"maps"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tiski/catalog"
)

// breaks are what somebody writes who wants a header, an addressee or a letter of
// their own.
var breaks = map[string]string{
	"crlf":      "x\r\nBcc: pomo@example.com",
	"lf":        "x\nBcc: pomo@example.com",
	"cr":        "x\rBcc: pomo@example.com",
	"folded":    "x\r\n Bcc: pomo@example.com\r\nX-Own: 1",
	"body":      "x\r\n\r\n<script>alert(1)</script>",
	"end":       "x\r\n.\r\nMAIL FROM:<pomo@example.com>\r\nRCPT TO:<pomo@example.com>\r\nDATA\r\n",
	"encoded":   "=?utf-8?q?x=0D=0ABcc:_pomo@example.com?=",
	"percent":   "x%0d%0aBcc: pomo@example.com",
	"separator": "x\u2028Bcc: pomo@example.com\u2029\u0085X-Own: 1",
	"nul":       "x\x00\r\nBcc: pomo@example.com",
	"list":      "x, pomo@example.com",
}

// addressed are breaks in an address.
func addressed(broken string) []string {
	return []string{"ville@example.fi" + broken, broken + "@example.fi", "\"" + broken + "\"@example.fi", broken + " <ville@example.fi>", "\"" + broken + "\" <ville@example.fi>", "ville@example.fi, " + broken}
}

// names are the headers that a letter has.
func names(t *testing.T, eml string) []string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(eml))
	if err != nil {
		t.Fatalf("%v: %q", err, eml)
	}
	return slices.Sorted(maps.Keys(m.Header))
}

// eml is a letter as it is written into a folder; false when it cannot be delivered.
func eml(t *testing.T, l Letter) (string, bool) {
	t.Helper()
	dir := t.TempDir()
	err := Folder{dir, from}.Send(t.Context(), l)
	var never *Undeliverable
	if errors.As(err, &never) {
		return "", false
	}
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	written, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(written), true
}

// TestNobodyAddsAHeader puts breaks of lines into all that a letter is made of: its
// headers stay the same, and it goes to the one who is written to.
func TestNobodyAddsAHeader(t *testing.T) {
	t.Parallel()
	plain := Letter{ID: "1", To: "ville@example.fi", Lang: "fi", Subject: "Hei", Text: "Hei\n", HTML: "<p>Hei</p>", Stop: "https://shop.example/x"}
	written, _ := eml(t, plain)
	want := names(t, written)
	if len(want) < 8 {
		t.Fatalf("a letter has only %q", want)
	}
	for name, broken := range breaks {
		letters := map[string]Letter{}
		put := func(where string, change func(*Letter)) {
			l := plain
			change(&l)
			letters[where] = l
		}
		put("id", func(l *Letter) { l.ID += broken })
		put("lang", func(l *Letter) { l.Lang += broken })
		put("subject", func(l *Letter) { l.Subject += broken })
		put("text", func(l *Letter) { l.Text = broken })
		put("html", func(l *Letter) { l.HTML = broken })
		put("stop", func(l *Letter) { l.Stop += broken })
		for _, to := range addressed(broken) {
			put("to "+to, func(l *Letter) { l.To = to })
		}
		for where, l := range letters {
			written, ok := eml(t, l)
			if !ok {
				if !strings.HasPrefix(where, "to ") {
					t.Errorf("%s in %s: it is not written", name, where)
				}
				continue
			}
			wantHeaders(t, name+" in "+where, written, want)
		}
	}
}

func wantHeaders(t *testing.T, what, written string, want []string) {
	t.Helper()
	if got := names(t, written); !slices.Equal(got, want) {
		t.Errorf("%s: the headers are %q", what, got)
	}
	m, err := mail.ReadMessage(strings.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || strings.HasSuffix(to[0].Address, "@example.com") {
		t.Errorf("%s: it goes to %q, %v", what, m.Header["To"], err)
	}
}

// TestCustomersAddNoHeader: their names, addresses, greetings and words go through
// the letters that the shop writes.
func TestCustomersAddNoHeader(t *testing.T) {
	t.Parallel()
	w := writer(t)
	good, err := w.Confirmation(order("fi"))
	if err != nil {
		t.Fatal(err)
	}
	written, _ := eml(t, good)
	want := names(t, written)
	for name, broken := range breaks {
		o, c := order("fi"), withdrawal()
		o.Contact.Name, o.Contact.Phone, o.Greeting = broken, broken, broken
		o.Address = catalog.Address{Street: broken, Postcode: broken, City: broken}
		o.Tracking = broken
		c.Reason = broken
		for kind, write := range map[string]func() (Letter, error){
			"confirmation": func() (Letter, error) { return w.Confirmation(o) },
			"receipt":      func() (Letter, error) { return w.Receipt(o, c) },
			"shipped":      func() (Letter, error) { l, _, err := w.Update(o, catalog.Shipped); return l, err },
			"transcript": func() (Letter, error) {
				return w.Transcript(Notice{ID: broken, Email: "ville@example.fi", Lang: "fi", Said: []Said{
					{At: time.UnixMilli(1), By: "customer", Text: broken}, {At: time.UnixMilli(2), By: "staff", Name: broken, Text: broken, Goods: []string{broken}}}})
			},
		} {
			l, err := write()
			if err != nil {
				t.Fatal(err)
			}
			written, ok := eml(t, l)
			if !ok {
				t.Errorf("%s in a %s: it is not written", name, kind)
				continue
			}
			wantHeaders(t, name+" in a "+kind, written, want)
		}
	}
}

// TestNobodySpeaksToTheMailServer: what is in a letter is no command, whatever it
// begins with.
func TestNobodySpeaksToTheMailServer(t *testing.T) {
	t.Parallel()
	for name, broken := range breaks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, "RCPT", "250 taken")
			sent := Letter{ID: broken, To: "ville@example.fi", Lang: "fi", Subject: broken, Text: broken, HTML: "<p>" + broken + "</p>"}
			if err := (SMTP{Host: server.host, Port: server.port, From: from, Plain: true}).Send(t.Context(), sent); err != nil {
				t.Fatal(err)
			}
			<-server.got
			if heard, want := server.commands(), []string{"MAIL FROM:<asiakaspalvelu@tuulikello.example>", "RCPT TO:<ville@example.fi>", "DATA"}; !slices.Equal(heard, want) {
				t.Errorf("the server heard %q", heard)
			}
			for _, to := range addressed(broken) {
				err := (SMTP{Host: server.host, Port: server.port, From: from, Plain: true}).Send(t.Context(), Letter{ID: "1", To: to, Subject: "x", Text: "x", HTML: "x"})
				for _, c := range server.commands() {
					if strings.HasPrefix(c, "RCPT") && strings.HasSuffix(c, "@example.com>") {
						t.Errorf("to %q: the server heard %q, %v", to, c, err)
					}
				}
			}
		})
	}
}
