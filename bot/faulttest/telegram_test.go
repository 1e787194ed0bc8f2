//go:build linux

package faulttest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// botAPI is Telegram: it takes what the shop sends, and brings what is said in
// chats to the shop's webhook.
type botAPI struct {
	url     string
	updates atomic.Int64

	mu    sync.Mutex
	chats map[int64][]sending
}

// sending is one message that the shop sent to a chat.
type sending struct {
	text string
	taps []string
}

func newBotAPI(t testing.TB) *botAPI {
	a := &botAPI{chats: map[int64][]sending{}}
	server := httptest.NewServer(http.HandlerFunc(a.serve))
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

func (a *botAPI) serve(w http.ResponseWriter, r *http.Request) {
	result := "true"
	if strings.HasSuffix(r.URL.Path, "/sendMessage") {
		r.ParseMultipartForm(1 << 20)
		chat, _ := strconv.ParseInt(r.FormValue("chat_id"), 10, 64)
		var keys struct {
			Rows [][]struct {
				Tap string `json:"callback_data"`
			} `json:"inline_keyboard"`
		}
		json.Unmarshal([]byte(r.FormValue("reply_markup")), &keys)
		s := sending{text: r.FormValue("text")}
		for _, row := range keys.Rows {
			for _, k := range row {
				s.taps = append(s.taps, k.Tap)
			}
		}
		a.mu.Lock()
		a.chats[chat] = append(a.chats[chat], s)
		n := len(a.chats[chat])
		a.mu.Unlock()
		result = fmt.Sprintf(`{"message_id":%d,"date":1789300000,"chat":{"id":%d,"type":"private"}}`, n, chat)
	}
	fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
}

func (a *botAPI) sent(chat int64) []sending {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.chats[chat]
}

// chat is a customer's chat in Telegram, whose updates come one after the other:
// each is brought again until the shop has taken it.
type chat struct {
	site *site
	id   int64
}

func (c *chat) name() string { return fmt.Sprint("telegram:", c.id) }

func (c *chat) say(text string) {
	words, _ := json.Marshal(text)
	c.bring(fmt.Sprintf(`"message":{"message_id":7,"date":1789300000,%s,"text":%s}`, c.who(), words))
}

func (c *chat) tap(tap, label string) {
	c.bring(fmt.Sprintf(`"callback_query":{"id":"q","from":{"id":%d,"is_bot":false,"first_name":"Aino"},"chat_instance":"1","data":%q,
		"message":{"message_id":7,"date":1789300000,%s,"text":"…","reply_markup":{"inline_keyboard":[[{"text":%q,"callback_data":%q}]]}}}`, c.id, tap, c.who(), label, tap))
}

func (c *chat) who() string {
	return fmt.Sprintf(`"from":{"id":%[1]d,"is_bot":false,"first_name":"Aino","language_code":"fi"},"chat":{"id":%[1]d,"type":"private","first_name":"Aino"}`, c.id)
}

// bring brings an update until it is taken: again at once, and then after 2, 4,
// 8 … seconds.
func (c *chat) bring(fields string) {
	body := fmt.Sprintf(`{"update_id":%d,%s}`, c.site.api.updates.Add(1), fields)
	pause := time.Duration(0)
	for {
		r, err := http.NewRequest(http.MethodPost, c.site.at()+"/webhooks/telegram", strings.NewReader(body))
		if err == nil {
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
			r.Header.Set("Content-Type", "application/json")
			if status, _ := ask(r, nil); status == http.StatusOK {
				return
			}
		}
		time.Sleep(pause)
		pause = min(max(2*time.Second, 2*pause), 8*time.Second)
	}
}

// told is what has been said to the customer so far, and the taps it offers.
func (c *chat) told() []sending { return c.site.api.sent(c.id) }

// caller gives up on a node that does not answer, as a load balancer does.
var caller = &http.Client{Timeout: 7 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}

// ask makes a request and decodes its answer; the status is 0 when there is none.
func ask(r *http.Request, into any) (status int, wait time.Duration) {
	response, err := caller.Do(r)
	if err != nil {
		return 0, 0
	}
	defer response.Body.Close()
	if into != nil && response.StatusCode == http.StatusOK {
		if err := json.NewDecoder(response.Body).Decode(into); err != nil {
			return 0, 0
		}
	}
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return response.StatusCode, time.Duration(seconds) * time.Second
}
