package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"tiski/bot/letters"
	"tiski/bot/store"
)

const submission = 587 // the port of mail servers that take mail from programs (RFC 6409)

// mailer sends the letters that customers get. Links in them lead to base.
func (h *house) mailer(base string) (*letters.Mailer, error) {
	post, err := h.post()
	if err != nil {
		return nil, err
	}
	return &letters.Mailer{
		Ledger: h.store, Post: post, Clock: time.Now, Log: h.log,
		Writer: func() letters.Writer {
			shelf := h.bot.Shelf()
			return letters.Writer{Shop: shelf.Shop, Words: shelf.Voice, Base: base}
		},
	}, nil
}

// letterFolder is where letters are written without a mail server.
func letterFolder(data string) letters.Folder {
	return letters.Folder{Dir: filepath.Join(data, "letters")}
}

// post is the mail server of SMTP_URL, else a folder of files.
func (h *house) post() (letters.Post, error) {
	c := h.bot.Shelf().Shop.Company
	from := fmt.Sprintf("%q <%s>", c.Name, c.Email)
	if h.settings.smtp == "" {
		folder := letterFolder(h.data)
		folder.From = from
		return folder, nil
	}
	u, err := url.Parse(h.settings.smtp)
	if err != nil {
		return nil, fmt.Errorf("SMTP_URL is malformed") // the error would hold the password
	}
	port, err := strconv.Atoi(cmp.Or(u.Port(), strconv.Itoa(submission)))
	if err != nil {
		return nil, fmt.Errorf("SMTP_URL: the port is malformed")
	}
	password, _ := u.User.Password()
	return letters.SMTP{
		Host: u.Hostname(), Port: port, User: u.User.Username(), Password: password, From: from,
		Plain: u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1",
	}, nil
}

// mailTranscript has a conversation sent to an address: what the transcripts have
// of it, and what has been said since.
func (h *house) mailTranscript(ctx context.Context, conversation, id, email, lang string) error {
	said, err := h.store.Transcript(ctx, conversation, 0, store.MaxTranscript)
	if err != nil {
		return err
	}
	last := int64(0)
	if len(said) > 0 {
		last = said[len(said)-1].Seq
	}
	more, err := h.conversations.Messages(ctx, conversation, last)
	if err != nil {
		return err
	}
	if spoken := h.bot.Shelf().Shop.Languages; !slices.Contains(spoken, lang) {
		lang = spoken[0]
	}
	return h.store.MailTranscript(ctx, conversation, id, email, lang, append(said, more...))
}
