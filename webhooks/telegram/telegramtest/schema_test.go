package telegramtest

import (
	"strings"
	"testing"
)

func TestRequestsAreCheckedAgainstTheDescription(t *testing.T) {
	t.Parallel()
	s := described(t)
	if s == nil {
		t.Skip("there is no " + description)
	}
	keys := func(button string) map[string]string {
		return map[string]string{"chat_id": "77", "text": "moi", "reply_markup": `{"inline_keyboard":[[` + button + `]]}`}
	}
	album := func(n int, media string) Request {
		items := strings.TrimSuffix(strings.Repeat(`{"type":"photo","media":"`+media+`"},`, n), ",")
		return Request{Method: "sendMediaGroup", Fields: map[string]string{"chat_id": "77", "media": "[" + items + "]"}, Files: map[string][]byte{"a": {1}}}
	}
	for name, c := range map[string]struct {
		request Request
		fault   string // "": none
	}{
		"a message":              {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77", "text": "true"}}, ""},
		"an unknown method":      {Request{Method: "sendMassage"}, "no such method"},
		"an unknown parameter":   {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77", "text": "a", "colour": "red"}}, "no such parameter: colour"},
		"a missing parameter":    {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77"}}, "text is missing"},
		"an empty text":          {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77", "text": " "}}, "length 0"},
		"a text of 4096":         {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77", "text": strings.Repeat("🧦", 2048)}}, ""},
		"a text of 4097":         {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77", "text": strings.Repeat("🧦", 2048) + "a"}}, "length 4097"},
		"a caption of 1025":      {Request{Method: "sendPhoto", Fields: map[string]string{"chat_id": "77", "photo": "id", "caption": strings.Repeat("a", 1025)}}, "length 1025"},
		"a photo uploaded":       {Request{Method: "sendPhoto", Fields: map[string]string{"chat_id": "77"}, Files: map[string][]byte{"photo": {1}}}, ""},
		"a text uploaded":        {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77"}, Files: map[string][]byte{"text": {1}}}, "text is no file"},
		"a flag that is a word":  {Request{Method: "sendMessage", Fields: map[string]string{"chat_id": "77", "text": "a", "disable_notification": "kyllä"}}, "no Boolean"},
		"a button":               {Request{Method: "sendMessage", Fields: keys(`{"text":"a","callback_data":"` + strings.Repeat("ä", 32) + `"}`)}, ""},
		"a tap of 65 bytes":      {Request{Method: "sendMessage", Fields: keys(`{"text":"a","callback_data":"` + strings.Repeat("ä", 32) + `b"}`)}, "length 65"},
		"a button with two ends": {Request{Method: "sendMessage", Fields: keys(`{"text":"a","callback_data":"b","url":"https://c.d"}`)}, "a button does 2 things"},
		"a button of air":        {Request{Method: "sendMessage", Fields: keys(`{"callback_data":"b"}`)}, "InlineKeyboardButton without text"},
		"an album of 2":          {album(2, "attach://a"), ""},
		"an album of 1":          {album(1, "attach://a"), "length 1"},
		"an album of 11":         {album(11, "attach://a"), "length 11"},
		"an album without file":  {album(2, "attach://b"), "no file b"},
		"a file without album":   {album(2, "id"), "nothing uses the file a"},
	} {
		err := s.check(c.request)
		if (err == nil) != (c.fault == "") || err != nil && !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v, want %q", name, err, c.fault)
		}
	}
}
