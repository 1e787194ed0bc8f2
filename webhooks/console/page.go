package console

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot/staff"
	"tiski/catalog"
)

//go:embed pages
var pages embed.FS

// layouts are the pages by name, each with the frame around it, read when the first
// is shown: most starts of the program show none.
var layouts = sync.OnceValue(func() map[string]*template.Template {
	return readLayouts("sign-in", "link", "list", "talk", "whole", "search", "snags", "cases", "reading", "examples", "answers", "reviews", "trouble", "code", "me", "members", "trail", "report")
})

func readLayouts(names ...string) map[string]*template.Template {
	frame := template.Must(template.New("").Funcs(template.FuncMap{
		"file":    fileAddress,
		"link":    func(address string) template.URL { return template.URL(address) },
		"row":     func(p page, d desk) row { return row{p, d} },
		"speech":  func(p page, l line, path string, reads bool) speech { return speech{p, l, path, reads} },
		"blank":   func(p page, b blank, may bool) sheet { return sheet{p, b, may} },
		"wording": func(p page, t inLanguage) worded { return worded{p, t} },
		"narrow":  func(p page, name, chosen string, all []choice) narrowed { return narrowed{p, name, chosen, all} },
	}).ParseFS(pages, "pages/frame.html", "pages/line.html"))
	all := map[string]*template.Template{}
	for _, name := range names {
		all[name] = template.Must(template.Must(frame.Clone()).ParseFS(pages, "pages/"+name+".html"))
	}
	return all
}

// page is what a layout shows.
type page struct {
	words
	Who   staff.Account // zero when not signed in
	Form  string        // token for every form
	Push  string        // key with which browsers subscribe; "" when they are not told
	Alert string        // what went wrong; ""
	Live  string        // address of the parts that change; "" when only the queue does, if somebody is signed in
	Queue queue
	Body  any
	now   time.Time
}

// Clock and Waited write moments as seen now.
func (p page) Clock(t time.Time) string  { return p.words.Clock(t, p.now) }
func (p page) Waited(t time.Time) string { return p.T("waiting", "span", p.Span(p.now.Sub(t))) }

// Unheard says how long a customer has waited for the word of who holds the
// conversation.
func (p page) Unheard(since time.Time, mine bool) string {
	if mine {
		return p.T("waiting.mine", "span", p.Span(p.now.Sub(since)))
	}
	return p.T("waiting.reply", "span", p.Span(p.now.Sub(since)))
}

// May says whether who looks may do what a role may.
func (p page) May(role string) bool { return p.Who.Role.May(staff.Role(role)) }

// Fresh is an id for a form, by which a second sending of it is known.
func (p page) Fresh() string { return freshID() }

// When waiting becomes long, and too long.
const (
	soon = 2 * time.Minute
	late = 10 * time.Minute
)

// Urgency is a class for the colour of a waiting time.
func (p page) Urgency(since time.Time) string {
	switch waited := p.now.Sub(since); {
	case waited >= late:
		return "late"
	case waited >= soon:
		return "soon"
	}
	return "calm"
}

// Opening says whether customer service is open, and until or from when.
func (p page) Opening(h catalog.Hours) string {
	if h.ServiceOpen(p.now) {
		return p.T("hours.open", "time", p.Clock(h.ServiceEnd(p.now)))
	}
	return p.T("hours.closed", "time", p.Clock(h.NextOpen(p.now)))
}

// show answers with a whole page. One of which nothing else is live tells staff all
// the same that customers wait.
func (c *Console) show(v *visit, status int, name string, p page) error {
	if p.Live == "" && v.who.Name != "" {
		desks, marks, err := c.desks(v.ctx(), listed)
		if err != nil {
			return err
		}
		p.Live, p.Queue = "/console/queue/live", c.queueOf(desks, marks)
	}
	return c.render(v, status, name, "frame", p)
}

// showLive answers with the parts of a page that change.
func (c *Console) showLive(v *visit, name string, p page) error {
	return c.render(v, http.StatusOK, name, "live", p)
}

func (c *Console) render(v *visit, status int, name, part string, p page) error {
	if p.Live != "" {
		var err error
		if p.Queue, err = c.mentioned(v, p.Queue); err != nil {
			return err
		}
		if p.Queue.Absent, p.Queue.Away, err = c.absent(v); err != nil {
			return err
		}
	}
	p.words, p.Who, p.Form, p.Push, p.now = v.words, v.who, v.formToken(), c.pushKey(), c.Clock()
	var b bytes.Buffer
	if err := layouts()[name].ExecuteTemplate(&b, part, p); err != nil {
		return fmt.Errorf("write page %s: %w", name, err)
	}
	return v.HTMLBlob(status, b.Bytes())
}

// tell answers with what went wrong.
func (c *Console) tell(v *visit, t *trouble) error {
	return c.render(v, t.status, "trouble", "frame", page{Alert: v.words.T(t.key)})
}

// fileTypes are the files that pages load.
var fileTypes = map[string]string{
	"console.css": "text/css; charset=utf-8",
	"console.js":  "text/javascript; charset=utf-8",
	"alarm.js":    "text/javascript; charset=utf-8",
	"keys.js":     "text/javascript; charset=utf-8",
	"push.js":     "text/javascript; charset=utf-8",
	"worker.js":   "text/javascript; charset=utf-8",
	"palette.js":  "text/javascript; charset=utf-8",
	"reply.js":    "text/javascript; charset=utf-8",
	"icon.svg":    "image/svg+xml",
}

// fileAddress names a file by its content too, so that browsers may keep it.
func fileAddress(name string) (string, error) {
	b, err := pages.ReadFile(path.Join("pages", name))
	sum := sha256.Sum256(b)
	return "/console/files/" + name + "?v=" + hex.EncodeToString(sum[:6]), err
}

func file(e echo.Context) error {
	name := e.Param("file")
	kind, known := fileTypes[name]
	if !known {
		return echo.ErrNotFound
	}
	b, err := pages.ReadFile(path.Join("pages", name))
	if err != nil {
		return err
	}
	e.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
	e.Response().Header().Set(echo.HeaderXContentTypeOptions, "nosniff")
	return e.Blob(http.StatusOK, kind, b)
}
