package telegram

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/webhooks/telegram/telegramtest"
)

const from = `"from":{"id":77,"is_bot":false,"first_name":"Aino","last_name":"Korhonen","language_code":"sv-FI"},"chat":{"id":77,"first_name":"Aino","type":"private"},"date":1789300000,"message_id":5`

func TestUpdatesBecomeInputs(t *testing.T) {
	t.Parallel()
	said := func(text string) dialogue.Input { return dialogue.Said{Text: text} }
	for name, c := range map[string]struct {
		fields string
		what   dialogue.Input // nil: nothing for a shop
		id     string         // "": update:9
	}{
		"words":                 {`"message":{` + from + `,"text":"Onko talvikenkiä?"}`, said("Onko talvikenkiä?"), ""},
		"a forwarded message":   {`"message":{` + from + `,"forward_origin":{"type":"user","date":1,"sender_user":{"id":8,"is_bot":false,"first_name":"B"}},"text":"moi"}`, said("moi"), ""},
		"edited words":          {`"edited_message":{` + from + `,"edit_date":1789300009,"text":"koko 31"}`, dialogue.Said{Text: "koko 31", Edited: true}, ""},
		"an edited caption":     {`"edited_message":{` + from + `,"edit_date":1789300009,"photo":[{"file_id":"a","file_unique_id":"b","width":9,"height":9}],"caption":"tämä"}`, dialogue.Said{Text: "tämä", Edited: true}, ""},
		"a moved live location": {`"edited_message":{` + from + `,"location":{"latitude":60.1,"longitude":24.9}}`, nil, ""},
		"/start":                {`"message":{` + from + `,"text":"/start","entities":[{"type":"bot_command","offset":0,"length":6}]}`, dialogue.Opened{Lang: "sv"}, ""},
		"/start from a link":    {`"message":{` + from + `,"text":"/start ref_42"}`, dialogue.Opened{Lang: "sv", Pass: "ref_42"}, ""},
		"/help":                 {`"message":{` + from + `,"text":"/help"}`, dialogue.Commanded{Command: "help"}, ""},
		"/kori":                 {`"message":{` + from + `,"text":"/kori"}`, dialogue.Commanded{Command: "cart"}, ""},
		"/cart to this bot":     {`"message":{` + from + `,"text":"/Cart@tiski_bot"}`, dialogue.Commanded{Command: "cart"}, ""},
		"/ihminen and words":    {`"message":{` + from + `,"text":"/ihminen\nheti"}`, dialogue.Commanded{Command: "human"}, ""},
		"/human":                {`"message":{` + from + `,"text":"/human"}`, dialogue.Commanded{Command: "human"}, ""},
		"an unknown command":    {`"message":{` + from + `,"text":"/korianteri"}`, said("/korianteri"), ""},
		"a command inside":      {`"message":{` + from + `,"text":"Hyvää päivää /start"}`, said("Hyvää päivää /start"), ""},
		"a slash alone":         {`"message":{` + from + `,"text":"/"}`, said("/"), ""},
		"a photo":               {`"message":{` + from + `,"photo":[{"file_id":"a","file_unique_id":"b","width":90,"height":90}]}`, dialogue.Sent{Kind: "photo"}, ""},
		"a photo with words":    {`"message":{` + from + `,"photo":[{"file_id":"a","file_unique_id":"b","width":90,"height":90}],"caption":"onko tätä?"}`, said("onko tätä?"), ""},
		"a photo of an album":   {`"message":{` + from + `,"media_group_id":"131","photo":[{"file_id":"a","file_unique_id":"b","width":90,"height":90}]}`, dialogue.Sent{Kind: "photo", Album: "131"}, ""},
		"a voice message":       {`"message":{` + from + `,"voice":{"duration":3,"mime_type":"audio/ogg","file_id":"a","file_unique_id":"b","file_size":9}}`, dialogue.Sent{Kind: "voice"}, ""},
		"a video":               {`"message":{` + from + `,"video":{"duration":3,"width":9,"height":9,"file_id":"a","file_unique_id":"b"}}`, dialogue.Sent{Kind: "video"}, ""},
		"a round video":         {`"message":{` + from + `,"video_note":{"duration":3,"length":9,"file_id":"a","file_unique_id":"b"}}`, dialogue.Sent{Kind: "video"}, ""},
		"an animation":          {`"message":{` + from + `,"animation":{"duration":3,"width":9,"height":9,"file_id":"a","file_unique_id":"b"},"document":{"file_id":"a","file_unique_id":"b"}}`, dialogue.Sent{Kind: "video"}, ""},
		"a sticker":             {`"message":{` + from + `,"sticker":{"width":512,"height":512,"emoji":"👍","is_animated":false,"is_video":false,"type":"regular","file_id":"a","file_unique_id":"b"}}`, dialogue.Sent{Kind: "sticker"}, ""},
		"a document":            {`"message":{` + from + `,"document":{"file_name":"kuitti.pdf","mime_type":"application/pdf","file_id":"a","file_unique_id":"b"}}`, dialogue.Sent{Kind: "file"}, ""},
		"a location":            {`"message":{` + from + `,"location":{"latitude":60.17,"longitude":24.94}}`, dialogue.Sent{Kind: "location"}, ""},
		"a playing emoji":       {`"message":{` + from + `,"dice":{"emoji":"🎲","value":4}}`, said("🎲"), ""},
		"own contact":           {`"message":{` + from + `,"contact":{"phone_number":"+358401234567","first_name":"Aino","last_name":"Korhonen","user_id":77}}`, dialogue.Shared{Name: "Aino Korhonen", Phone: "+358401234567"}, ""},
		"another's contact":     {`"message":{` + from + `,"contact":{"phone_number":"+358409999999","first_name":"Eero","user_id":78}}`, dialogue.Sent{Kind: "file"}, ""},
		"a contact of nobody":   {`"message":{` + from + `,"contact":{"phone_number":"+358409999999","first_name":"Eero"}}`, dialogue.Sent{Kind: "file"}, ""},
		"a pinned message":      {`"message":{` + from + `,"pinned_message":{"message_id":3,"date":0,"chat":{"id":77,"type":"private"}}}`, nil, ""},
		"a tap": {`"callback_query":{"id":"4382","from":{"id":77,"is_bot":false,"first_name":"Aino","last_name":"Korhonen"},"chat_instance":"-1","data":"add:a","message":{"message_id":4,"date":1789300000,"from":{"id":42,"is_bot":true,"first_name":"Tiski"},"chat":{"id":77,"type":"private"},"text":"…","reply_markup":{"inline_keyboard":[[{"text":"1. Lisää koriin","callback_data":"add:a"}],[{"text":"Kori","callback_data":"cart"}]]}}}`,
			dialogue.Tapped{Tap: "add:a", Label: "1. Lisää koriin"}, ""},
		"a tap on an old message": {`"callback_query":{"id":"4382","from":{"id":77,"is_bot":false,"first_name":"Aino","last_name":"Korhonen"},"chat_instance":"-1","data":"cart","message":{"message_id":4,"date":0,"chat":{"id":77,"type":"private"}}}`,
			dialogue.Tapped{Tap: "cart"}, ""},
	} {
		u, err := decode([]byte(telegramtest.Update(9, c.fields)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if chat(u) != 77 {
			t.Errorf("%s: chat %d", name, chat(u))
		}
		want := bot.Input{ID: "update:9", What: c.what, Name: "Aino Korhonen"}
		if c.id != "" {
			want.ID = c.id
		}
		if in, ok := read(u); ok != (c.what != nil) || ok && !reflect.DeepEqual(in, want) {
			t.Errorf("%s:\n got %#v\nwant %#v", name, in, want)
		}
	}
}

func TestOtherChatsAreLeftAlone(t *testing.T) {
	t.Parallel()
	s := &shop{}
	d, api := open(t, Options{Handler: s})
	for _, fields := range []string{
		`"message":{"message_id":1,"date":1,"from":{"id":77,"is_bot":false,"first_name":"A"},"chat":{"id":-1001,"type":"supergroup","title":"Kirppis"},"text":"moi"}`,
		`"message":{"message_id":1,"date":1,"from":{"id":77,"is_bot":false,"first_name":"A"},"chat":{"id":-5,"type":"group","title":"Kirppis"},"text":"/start"}`,
		`"channel_post":{"message_id":1,"date":1,"chat":{"id":-1002,"type":"channel","title":"K"},"text":"moi"}`,
		`"callback_query":{"id":"1","from":{"id":77,"is_bot":false,"first_name":"A"},"chat_instance":"1","inline_message_id":"9","data":"cart"}`,
		`"my_chat_member":{"chat":{"id":77,"type":"private"},"from":{"id":77,"is_bot":false,"first_name":"A"},"date":1,"old_chat_member":{"status":"member","user":{"id":42,"is_bot":true,"first_name":"T"}},"new_chat_member":{"status":"kicked","until_date":0,"user":{"id":42,"is_bot":true,"first_name":"T"}}}`,
		`"something_new":{"a":1}`,
	} {
		u, err := decode([]byte(telegramtest.Update(9, fields)))
		if err != nil {
			t.Errorf("%s: %v", fields, err)
		} else if err := d.Update(t.Context(), u); err != nil {
			t.Errorf("%s: %v", fields, err)
		}
	}
	if len(s.heard) > 0 || len(api.Requests()) > 0 {
		t.Errorf("handled %v, sent %v", s.heard, api.Requests())
	}
}

func TestLanguagesAreOursOrUnknown(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"fi": "fi", "sv-FI": "sv", "EN-us": "en", "de": "", "": "", "fin": ""} {
		if got := spoken(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func TestDecodeTellsApartWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]error{
		"":                                     errMalformed,
		"moi":                                  errMalformed,
		"\x00\xff\xfe":                         errMalformed,
		"null":                                 errMalformed,
		"[]":                                   errMalformed,
		"{}":                                   errMalformed,
		`{"update_id":"9"}`:                    errMalformed,
		`{"update_id":9}{"update_id":10}`:      errMalformed,
		`{"update_id":9,"message":{"text":`:    errMalformed,
		`{"update_id":9,"message":{"text":5}}`: errUnreadable,
		`{"update_id":9,"message":"moi"}`:      errUnreadable,
		`{"update_id":9}`:                      nil,
	} {
		if u, err := decode([]byte(data)); !errors.Is(err, want) || want != errMalformed && u.ID != 9 {
			t.Errorf("%s: %d, %v, want %v", data, u.ID, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(telegramtest.Update(9, telegramtest.Said(77, "moi"))))
	f.Add([]byte(`{"update_id":9,"callback_query":{"id":"1","from":{"id":1},"message":{"date":0},"data":"a"}}`))
	f.Add([]byte(`{"update_id":9,"message":{"chat":{"id":1,"type":"private"},"forward_origin":{"type":"x"}}}`))
	f.Add([]byte(`{"update_id":9,"message":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		u, err := decode(data)
		if err == nil && !json.Valid(data) {
			t.Fatalf("%q was read", data)
		}
		if in, ok := read(u); ok && chat(u) != 0 && (in.ID == "" || in.What == nil) {
			t.Fatalf("%q: %v", data, in)
		}
	})
}
