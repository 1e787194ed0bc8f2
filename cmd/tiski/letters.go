package main

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"tiski/bot/letters"
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
