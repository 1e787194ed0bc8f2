// Package telegramtest is a Bot API for tests. It checks that every request comes
// in one piece and is as the published description of the Bot API wants it, keeps
// what was sent, fails on demand, and gives updates to who polls.
package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token is the token of the bot.
const Token = "42:test-token"

// API is a Bot API at URL.
type API struct {
	URL string

	t      testing.TB
	schema *schema // nil when the description is not there

	mu      sync.Mutex
	changed chan struct{} // closed at the next change
	sent    []Request
	faults  map[string][]Fault
	updates []update
	files   map[string][]byte
	lastID  int64
	nextID  int // of messages and files
}

// Request is one call of the Bot API, but for getUpdates.
type Request struct {
	Method string
	Fields map[string]string // as given; objects are JSON
	Files  map[string][]byte
	Result string // what was answered, JSON; "" for a failure
}

// Chat is the chat a request is for; 0 when it has none.
func (r Request) Chat() int64 {
	id, _ := strconv.ParseInt(r.Fields["chat_id"], 10, 64)
	return id
}

// Thread is the topic a request is about; 0 when it is about none.
func (r Request) Thread() int {
	id, _ := strconv.Atoi(r.Fields["message_thread_id"])
	return id
}

// Words are the text or the caption.
func (r Request) Words() string { return r.Fields["text"] + r.Fields["caption"] }

// Buttons are the labels of the keyboard, row by row, and what each does: its
// tap or address.
func (r Request) Buttons() (rows [][]string, does map[string]string) {
	var markup struct {
		Rows [][]struct {
			Text string `json:"text"`
			Tap  string `json:"callback_data"`
			URL  string `json:"url"`
		} `json:"inline_keyboard"`
	}
	does = map[string]string{}
	if json.Unmarshal([]byte(r.Fields["reply_markup"]), &markup) != nil {
		return nil, does
	}
	for _, row := range markup.Rows {
		var labels []string
		for _, b := range row {
			labels = append(labels, b.Text)
			does[b.Text] = b.Tap + b.URL
		}
		rows = append(rows, labels)
	}
	return rows, does
}

// Fault is an answer that refuses a request.
type Fault struct {
	Status      int
	Description string
	RetryAfter  int // seconds
}

type update struct {
	id   int64
	data string
}

// Start serves a Bot API until the test ends.
func Start(t testing.TB) *API {
	t.Helper()
	a := &API{t: t, changed: make(chan struct{}), faults: map[string][]Fault{}, lastID: 1000}
	a.schema = described(t)
	server := httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(server.Close)
	a.URL = server.URL
	return a
}

// Fail refuses the next calls of a method, one by each fault.
func (a *API) Fail(method string, faults ...Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults[method] = append(a.faults[method], faults...)
}

// Hold has a file ready to be fetched.
func (a *API) Hold(id string, data []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.files == nil {
		a.files = map[string][]byte{}
	}
	a.files[id] = data
}

// Push gives an update to who polls and returns its id. fields are the JSON of
// the update without braces and update_id: `"message":{…}`.
func (a *API) Push(fields string) int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lastID++
	a.updates = append(a.updates, update{a.lastID, Update(a.lastID, fields)})
	a.change()
	return a.lastID
}

// Update is the JSON of an update.
func Update(id int64, fields string) string {
	return fmt.Sprintf(`{"update_id":%d,%s}`, id, fields)
}

// Said are the fields of an update with a message in words.
func Said(chat int64, text string) string {
	words, _ := json.Marshal(text)
	return fmt.Sprintf(`"message":{"message_id":7,"date":1789300000,"from":{"id":%[1]d,"is_bot":false,"first_name":"Aino","language_code":"fi"},"chat":{"id":%[1]d,"type":"private","first_name":"Aino"},"text":%[2]s}`, chat, words)
}

// Wrote are the fields of an update with what somebody wrote in a topic of a group.
func Wrote(group int64, thread int, who int64, text string) string {
	words, _ := json.Marshal(text)
	return fmt.Sprintf(`"message":{"message_id":8,"message_thread_id":%[2]d,"is_topic_message":true,"date":1789300000,"from":{"id":%[3]d,"is_bot":false,"first_name":"Maija"},"chat":{"id":%[1]d,"type":"supergroup","title":"Tiimi","is_forum":true},"text":%[4]s}`,
		group, thread, who, words)
}

// Tapped are the fields of an update with a tap on a button of a message that
// was sent.
func Tapped(chat int64, message Request, label string) string {
	_, does := message.Buttons()
	tap, _ := json.Marshal(does[label])
	return fmt.Sprintf(`"callback_query":{"id":"q%[1]d","from":{"id":%[1]d,"is_bot":false,"first_name":"Aino"},"message":%[3]s,"chat_instance":"1","data":%[2]s}`, chat, tap, message.Result)
}

// PreCheckout are the fields of an update that asks whether a customer may pay
// an invoice that was sent; another amount than 0 stands for its sum.
func PreCheckout(customer int64, invoice Request, amount int64) string {
	payload, _ := json.Marshal(invoice.Fields["payload"])
	if amount == 0 {
		amount = Sum(invoice)
	}
	return fmt.Sprintf(`"pre_checkout_query":{"id":"p%[1]d","from":{"id":%[1]d,"is_bot":false,"first_name":"Aino","language_code":"fi"},"currency":%[2]q,"total_amount":%[3]d,"invoice_payload":%[4]s}`,
		customer, invoice.Fields["currency"], amount, payload)
}

// Paid are the fields of an update that tells that an invoice was paid.
func Paid(chat int64, invoice Request, charge string) string {
	payload, _ := json.Marshal(invoice.Fields["payload"])
	return fmt.Sprintf(`"message":{"message_id":9,"date":1789300000,"from":{"id":%[1]d,"is_bot":false,"first_name":"Aino"},"chat":{"id":%[1]d,"type":"private","first_name":"Aino"},`+
		`"successful_payment":{"currency":%[2]q,"total_amount":%[3]d,"invoice_payload":%[4]s,"telegram_payment_charge_id":%[5]q,"provider_payment_charge_id":"ch_1"}}`,
		chat, invoice.Fields["currency"], Sum(invoice), payload, charge)
}

// Sum is what an invoice asks.
func Sum(invoice Request) int64 {
	var parts []struct{ Amount int64 }
	_ = json.Unmarshal([]byte(invoice.Fields["prices"]), &parts) // it was checked when it came
	var sum int64
	for _, p := range parts {
		sum += p.Amount
	}
	return sum
}

// Requests are the calls so far of the methods named, or all; refused ones too.
func (a *API) Requests(methods ...string) []Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	var found []Request
	for _, r := range a.sent {
		if len(methods) == 0 || slices.Contains(methods, r.Method) {
			found = append(found, r)
		}
	}
	return found
}

// Await waits for a request that is wanted and returns the first; the test ends
// when none comes in ten seconds.
func (a *API) Await(what string, wanted func(Request) bool) Request {
	a.t.Helper()
	late := time.After(10 * time.Second)
	for seen := 0; ; {
		a.mu.Lock()
		sent, changed := a.sent[seen:], a.changed
		a.mu.Unlock()
		for _, r := range sent {
			if wanted(r) {
				return r
			}
		}
		seen += len(sent)
		select {
		case <-changed:
		case <-late:
			a.t.Fatalf("waited in vain for %s; got %v", what, a.methods())
		}
	}
}

// Confirmed waits until who polls has told that the update was handled.
func (a *API) Confirmed(id int64) {
	a.t.Helper()
	late := time.After(10 * time.Second)
	for {
		a.mu.Lock()
		left, changed := len(a.updates) > 0 && a.updates[0].id <= id, a.changed
		a.mu.Unlock()
		if !left {
			return
		}
		select {
		case <-changed:
		case <-late:
			a.t.Fatalf("update %d was not confirmed", id)
		}
	}
}

func (a *API) methods() []string {
	var names []string
	for _, r := range a.Requests() {
		names = append(names, r.Method)
	}
	return names
}

// change wakes those who wait; a.mu is held.
func (a *API) change() {
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *API) serve(w http.ResponseWriter, r *http.Request) {
	if id, isFile := strings.CutPrefix(r.URL.Path, "/file/bot"+Token+"/photos/"); isFile {
		a.mu.Lock()
		data, known := a.files[strings.TrimSuffix(id, ".jpg")]
		a.mu.Unlock()
		if !known {
			w.WriteHeader(http.StatusNotFound)
		}
		w.Write(data) //nolint:errcheck // who does not listen is not told
		return
	}
	method, ours := strings.CutPrefix(r.URL.Path, "/bot"+Token+"/")
	if !ours {
		answer(w, Fault{Status: http.StatusUnauthorized, Description: "Unauthorized"})
		return
	}
	request, err := read(r, method)
	if err != nil {
		a.t.Errorf("%s: %v", method, err)
		answer(w, Fault{Status: http.StatusBadRequest, Description: "Bad Request: " + err.Error()})
		return
	}
	if a.schema != nil {
		if err := a.schema.check(request); err != nil {
			a.t.Errorf("%s: %v", method, err)
			answer(w, Fault{Status: http.StatusBadRequest, Description: "Bad Request: " + err.Error()})
			return
		}
	}
	fault, failing := a.fault(method)
	switch {
	case failing:
	case method == "getUpdates":
		a.poll(w, r, request)
		return
	default:
		request.Result = a.result(request)
	}
	if method != "getUpdates" {
		a.mu.Lock()
		a.sent = append(a.sent, request)
		a.change()
		a.mu.Unlock()
	}
	if failing {
		answer(w, fault)
		return
	}
	fmt.Fprintf(w, `{"ok":true,"result":%s}`, request.Result)
}

func (a *API) fault(method string) (Fault, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	faults := a.faults[method]
	if len(faults) == 0 {
		return Fault{}, false
	}
	a.faults[method] = faults[1:]
	return faults[0], true
}

func answer(w http.ResponseWriter, f Fault) {
	body := map[string]any{"ok": false, "error_code": f.Status, "description": f.Description}
	if f.RetryAfter > 0 {
		body["parameters"] = map[string]int{"retry_after": f.RetryAfter}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(f.Status)
	json.NewEncoder(w).Encode(body) //nolint:errcheck // who does not listen is not told
}

// poll answers getUpdates: updates from the offset on, as soon as there is one;
// those before it are confirmed.
func (a *API) poll(w http.ResponseWriter, r *http.Request, request Request) {
	offset, _ := strconv.ParseInt(request.Fields["offset"], 10, 64)
	limit, _ := strconv.Atoi(request.Fields["limit"])
	for {
		a.mu.Lock()
		before := len(a.updates)
		a.updates = slices.DeleteFunc(a.updates, func(u update) bool { return u.id < offset })
		if len(a.updates) != before {
			a.change()
		}
		var ready []string
		for _, u := range a.updates[:min(limit, len(a.updates))] {
			ready = append(ready, u.data)
		}
		changed := a.changed
		a.mu.Unlock()
		if len(ready) > 0 {
			fmt.Fprintf(w, `{"ok":true,"result":[%s]}`, strings.Join(ready, ","))
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// result is what the Bot API returns for a request.
func (a *API) result(r Request) string {
	switch r.Method {
	case "sendMessage":
		return a.message(r.Chat(), r.Fields["reply_markup"], "text", r.Fields["text"], false)
	case "getFile":
		return fmt.Sprintf(`{"file_id":%[1]q,"file_unique_id":"u","file_path":"photos/%[1]s.jpg"}`, r.Fields["file_id"])
	case "createForumTopic":
		a.mu.Lock()
		defer a.mu.Unlock()
		a.nextID++
		name, _ := json.Marshal(r.Fields["name"])
		return fmt.Sprintf(`{"message_thread_id":%d,"name":%s,"icon_color":7322096}`, a.nextID, name)
	case "sendInvoice":
		return a.message(r.Chat(), "", "text", "", false)
	case "sendPhoto":
		return a.message(r.Chat(), r.Fields["reply_markup"], "caption", r.Fields["caption"], true)
	case "sendMediaGroup":
		var media []struct {
			Caption string `json:"caption"`
		}
		json.Unmarshal([]byte(r.Fields["media"]), &media) //nolint:errcheck // read was checked
		var all []string
		for _, m := range media {
			all = append(all, a.message(r.Chat(), "", "caption", m.Caption, true))
		}
		return "[" + strings.Join(all, ",") + "]"
	}
	return "true"
}

func (a *API) message(chat int64, markup, field, words string, photo bool) string {
	a.mu.Lock()
	a.nextID++
	id := a.nextID
	a.mu.Unlock()
	kind := "private"
	if chat < 0 {
		kind = "supergroup"
	}
	m := map[string]any{
		"message_id": id, "date": 1789300000, "chat": map[string]any{"id": chat, "type": kind},
		"from": map[string]any{"id": 42, "is_bot": true, "first_name": "Tiski"}, field: words,
	}
	if photo {
		m["photo"] = []map[string]any{
			{"file_id": fmt.Sprintf("small-%d", id), "file_unique_id": "s", "width": 90, "height": 90},
			{"file_id": fmt.Sprintf("large-%d", id), "file_unique_id": "l", "width": 640, "height": 640},
		}
	}
	if markup != "" {
		m["reply_markup"] = json.RawMessage(markup)
	}
	data, err := json.Marshal(m)
	if err != nil {
		a.t.Errorf("answer: %v", err)
	}
	return string(data)
}

// read takes a request apart, in either of the forms that the Bot API takes.
func read(r *http.Request, method string) (Request, error) {
	if r.ContentLength < 0 {
		return Request{}, errors.New("it comes in bits")
	}
	request := Request{Method: method, Fields: map[string]string{}, Files: map[string][]byte{}}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return request, err
	}
	switch kind {
	case "application/json":
		var fields map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&fields); err != nil {
			return request, err
		}
		for name, value := range fields {
			text := string(value)
			if text[0] == '"' {
				json.Unmarshal(value, &text) //nolint:errcheck // it is a string
			}
			request.Fields[name] = text
		}
	case "multipart/form-data":
		if params["boundary"] == "" {
			return request, fmt.Errorf("no boundary")
		}
		form, err := r.MultipartReader()
		if err != nil {
			return request, err
		}
		for {
			part, err := form.NextPart()
			if err == io.EOF {
				break
			} else if err != nil { // a request without parameters has no parts at all
				if len(request.Fields) == 0 && len(request.Files) == 0 {
					break
				}
				return request, err
			}
			data, err := io.ReadAll(part)
			if err != nil {
				return request, err
			}
			if part.FileName() != "" {
				request.Files[part.FormName()] = data
			} else {
				request.Fields[part.FormName()] = string(data)
			}
		}
	default:
		return request, fmt.Errorf("content type %s", kind)
	}
	return request, nil
}
