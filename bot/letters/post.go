package letters

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Post sends letters. A letter that is sent again has the same Message-ID, by
// which mail programs know it.
type Post interface {
	Send(ctx context.Context, l Letter) error
}

// SMTP sends through a mail server.
type SMTP struct {
	Host     string
	Port     int
	User     string // "" without a password
	Password string
	From     string // "Tuulikello <asiakaspalvelu@…>"
	Plain    bool   // without TLS, for a server on this machine
}

const (
	sendTime    = 20 * time.Second // that the mail server may take
	implicitTLS = 465              // the port that speaks TLS from the start (RFC 8314); others begin it by STARTTLS
)

// Undeliverable is a letter that no server will ever take: its address is none,
// or is refused for good.
type Undeliverable struct{ Cause error }

func (u *Undeliverable) Error() string { return "the letter cannot be delivered" }
func (u *Undeliverable) Unwrap() error { return u.Cause }

// Send gives a letter to the mail server. A refusal for good is an
// *[Undeliverable]; any other error may be tried again, and does not tell the
// addressee, whom servers like to name: it is logged.
func (s SMTP) Send(ctx context.Context, l Letter) error {
	m, err := message(l, s.From)
	if err != nil {
		return err
	}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(sendTime), mail.WithTLSPolicy(mail.TLSMandatory)}
	switch {
	case s.Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case s.Port == implicitTLS:
		options = append(options, mail.WithSSL())
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return fmt.Errorf("send letter %s: %w", l.ID, err)
	}
	err = client.DialAndSendWithContext(ctx, m)
	var told *mail.SendError // its text has the addressee
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &told):
		return fmt.Errorf("send letter %s: %w", l.ID, err)
	case told.ErrorCode() >= 500 && told.Reason == mail.ErrSMTPRcptTo: // elsewhere it refuses the shop: a quota, a block
		return &Undeliverable{err}
	}
	return fmt.Errorf("send letter %s: %s: %d", l.ID, told.Reason, told.ErrorCode())
}

// message is the letter as mail.
func message(l Letter, from string) (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := m.From(from); err != nil {
		return nil, fmt.Errorf("the sender's address %q: %w", from, err)
	}
	if err := m.To(l.To); err != nil {
		return nil, &Undeliverable{err}
	}
	_, host, _ := strings.Cut(strings.TrimSuffix(from, ">"), "@")
	m.SetMessageIDWithValue(fileName(l.ID) + "@" + host)
	m.SetDate()
	m.Subject(l.Subject)
	m.SetGenHeader(mail.HeaderContentLang, l.Lang)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Stop != "" { // RFC 8058
		m.SetGenHeader(mail.HeaderListUnsubscribe, "<"+l.Stop+">")
		m.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	m.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	return m, nil
}

// fileName makes an id fit for a file and a header.
func fileName(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, id)
}
