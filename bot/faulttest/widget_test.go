//go:build linux

package faulttest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// visit is a customer in the widget, whose browser sends a message again until
// it is answered.
type visit struct {
	site         *site
	conversation string
	token        string
	sent         int
	heard        map[int64]string // what answers told, by sequence number
}

type answer struct {
	Messages []struct {
		Seq     int64
		From    string
		Text    string
		Buttons []struct{ Tap string }
	}
}

func openVisit(s *site) *visit {
	v := &visit{site: s, heard: map[int64]string{}}
	var session struct{ Conversation, Token string }
	v.call(http.MethodPost, "/widget/v1/session", `{"lang":"fi"}`, &session)
	v.conversation, v.token = session.Conversation, session.Token
	return v
}

func (v *visit) name() string          { return v.conversation }
func (v *visit) say(text string)       { v.post(map[string]string{"text": text}) }
func (v *visit) tap(tap, label string) { v.post(map[string]string{"tap": tap, "label": label}) }

func (v *visit) post(what map[string]string) {
	v.sent++
	what["id"] = fmt.Sprint("m", v.sent)
	body, _ := json.Marshal(what)
	var a answer
	v.call(http.MethodPost, "/widget/v1/messages", string(body), &a)
	for _, m := range a.Messages {
		v.heard[m.Seq] = m.Text
	}
}

// call makes a request until it is answered.
func (v *visit) call(method, path, body string, into any) {
	for {
		r, err := http.NewRequest(method, v.site.at()+path, strings.NewReader(body))
		wait := 200 * time.Millisecond
		if err == nil {
			r.Header.Set("Content-Type", "application/json")
			if v.token != "" {
				r.Header.Set("Authorization", "Bearer "+v.token)
			}
			status, later := ask(r, into)
			if status == http.StatusOK {
				return
			}
			wait = max(wait, later)
		}
		time.Sleep(wait)
	}
}

// told is what has been said to the customer, and the taps it offers.
func (v *visit) told() []sending {
	var a answer
	v.call(http.MethodGet, "/widget/v1/messages?after=0", "", &a)
	var all []sending
	for _, m := range a.Messages {
		if m.From == "customer" {
			continue
		}
		s := sending{text: m.Text}
		for _, b := range m.Buttons {
			s.taps = append(s.taps, b.Tap)
		}
		all = append(all, s)
	}
	return all
}
