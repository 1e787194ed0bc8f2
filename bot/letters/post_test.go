package letters

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const from = "Tuulikello <asiakaspalvelu@tuulikello.example>"

func TestSMTP(t *testing.T) {
	t.Parallel()
	server := serve(t, "RCPT", "250 taken")
	l := Letter{ID: "widget:1/9/0/confirmation", To: "ville@example.fi", Lang: "fi", Subject: "Tilausvahvistus – kiitos", Text: "Hei Ville,\nääkköset\n", HTML: "<p>Hei</p>", Stop: "https://shop.example/reminders/x"}
	for range 2 { // a letter that is sent again is the same letter
		if err := (SMTP{Host: server.host, Port: server.port, From: from, Plain: true}).Send(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(strings.NewReader(<-server.got))
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"Message-ID": "<widget_1_9_0_confirmation@tuulikello.example>", "To": "<ville@example.fi>", "Auto-Submitted": "auto-generated", "List-Unsubscribe": "<https://shop.example/reminders/x>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Content-Language": "fi",
		} {
			if got := m.Header.Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if kind := m.Header.Get("Content-Type"); !strings.HasPrefix(kind, "multipart/alternative") {
			t.Errorf("it is %s", kind)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		verb, answer string
		forGood      bool
	}{
		{"RCPT", "550 no such person", true},
		{"RCPT", "451 4.7.1 <ville@example.fi>: come later", false},
		{"MAIL", "550 5.7.60 more than the day's quota", false},
		{"DATA", "554 5.7.1 the sender is blocked", false},
	} {
		server := serve(t, c.verb, c.answer)
		err := (SMTP{Host: server.host, Port: server.port, From: from, Plain: true}).Send(t.Context(), Letter{ID: "1", To: "ville@example.fi", Subject: "x", Text: "x", HTML: "x"})
		var never *Undeliverable
		if err == nil || errors.As(err, &never) != c.forGood || strings.Contains(err.Error(), "ville") {
			t.Errorf("%s: %v", c.answer, err)
		}
	}
	var never *Undeliverable
	if err := (Folder{t.TempDir(), from}).Send(t.Context(), Letter{ID: "1", To: "ville"}); !errors.As(err, &never) {
		t.Errorf("an address that is none: %v", err)
	}
	if err := (SMTP{Host: "127.0.0.1", Port: 1, From: from, Plain: true}).Send(t.Context(), Letter{ID: "1", To: "v@example.fi"}); err == nil || errors.As(err, &never) {
		t.Errorf("no server: %v", err)
	}
}

func TestFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "letters")
	l := Letter{ID: "widget:1/../../x", To: "ville@example.fi", Subject: "Hei", Text: "teksti", HTML: "<p>teksti</p>"}
	if err := (Folder{dir, from}).Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(filepath.Join(dir, "widget_1_.._.._x.eml"))
	if err != nil || !strings.Contains(string(written), "teksti") {
		t.Errorf("%s, %v", written, err)
	}
	half := filepath.Join(dir, "2.eml.new")
	if err := os.WriteFile(half, []byte("To: ville@example.fi\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if removed, err := (Folder{dir, from}).RemoveTo([]string{l.To}); removed != 2 || err != nil {
		t.Errorf("%d letters removed, %v", removed, err)
	}
	if left, err := os.ReadDir(dir); len(left) != 0 || err != nil {
		t.Errorf("what is left of a whole and a half letter: %v, %v", left, err)
	}
}

type server struct {
	host string
	port int
	got  chan string
	said chan string // commands, but for greetings and goodbyes
}

// commands are what was said since the last time.
func (s server) commands() []string {
	var all []string
	for {
		select {
		case c := <-s.said:
			all = append(all, c)
		default:
			return all
		}
	}
}

// serve is a mail server that answers one command as told.
func serve(t *testing.T, verb, answer string) server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	addr := listener.Addr().(*net.TCPAddr)
	s := server{"127.0.0.1", addr.Port, make(chan string, 20), make(chan string, 100)}
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(c, verb, answer)
		}
	}()
	return s
}

func (s server) talk(c net.Conn, told, answer string) {
	defer c.Close()
	lines := bufio.NewScanner(c)
	say := func(line string) { fmt.Fprintf(c, "%s\r\n", line) }
	say("220 here")
	for lines.Scan() {
		verb := strings.ToUpper(strings.Fields(lines.Text() + " x")[0])
		if verb != "EHLO" && verb != "NOOP" && verb != "RSET" && verb != "QUIT" {
			s.said <- lines.Text()
		}
		switch verb {
		case told:
			say(answer)
		case "DATA":
			say("354 go on")
			var m strings.Builder
			for lines.Scan() && lines.Text() != "." {
				m.WriteString(lines.Text() + "\r\n")
			}
			s.got <- m.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}
