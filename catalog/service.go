package catalog

import (
	"strings"
	"time"
)

// Service is how customer service works.
type Service struct {
	Alarm   time.Duration // of opening hours that somebody may wait unseen before staff are called from elsewhere
	Quiet   time.Duration // that a customer may wait for a person's next word before they are back in the queue
	Email   string        // where the letter that calls them goes; "": to the company's address
	Replies []StockReply
	Labels  []string // that staff mark conversations with
}

// stockFilled are the {names} of stock replies.
var stockFilled = []string{"name", "order", "shop", "me"}

// StockReply is a reply that staff need again and again. {name}, {order}, {shop} and
// {me} in it are filled in.
type StockReply struct {
	ID    string // typed after a slash
	Text  Text
	Image string // file under images/ that goes with it; "" for none
}

const (
	serviceFile  = "service.yaml"
	defaultAlarm = 5 * time.Minute
	defaultQuiet = 10 * time.Minute
)

// service reads service.yaml, which a shop need not have.
func (l *loader) service() {
	l.shop.Service = Service{Alarm: defaultAlarm, Quiet: defaultQuiet}
	if l.lacks(serviceFile) {
		return
	}
	f, n := l.open(serviceFile)
	f.filled = stockFilled
	e := f.entry(n)
	if e == nil {
		return
	}
	defer e.close()
	s := &l.shop.Service
	if n := e.take("alarm"); n != nil {
		s.Alarm = time.Duration(f.number(n, 1, 24*60)) * time.Minute
	}
	if n := e.take("quiet"); n != nil {
		s.Quiet = time.Duration(f.number(n, 1, 24*60)) * time.Minute
	}
	s.Email = e.word("email")
	if s.Email != "" && !strings.Contains(s.Email, "@") {
		f.wrong(e.line, "email %q has no @", s.Email)
	}
	s.Labels = e.words("labels")
	known := map[string]bool{}
	for _, r := range f.entries(e.take("replies")) {
		reply := StockReply{ID: r.id("id"), Text: r.needText("text"), Image: l.image(r)}
		if webAddress.MatchString(reply.Image) {
			f.wrong(r.line, "image %q is not a file of the shop", reply.Image)
		}
		r.close()
		if known[reply.ID] {
			f.wrong(r.line, "the reply %s stands here twice", reply.ID)
		}
		known[reply.ID] = true
		s.Replies = append(s.Replies, reply)
	}
}
