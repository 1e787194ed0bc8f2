package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// allowed are the kinds of updates that Telegram is asked for.
func (d *Door) allowed() []string {
	kinds := []string{models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage, models.AllowedUpdateCallbackQuery}
	if d.PaymentToken != "" {
		kinds = append(kinds, models.AllowedUpdatePreCheckoutQuery, models.AllowedUpdateShippingQuery)
	}
	return kinds
}

var (
	errMalformed  = errors.New("not an update")
	errUnreadable = errors.New("an update of an unknown shape")
)

// decode reads an update. What is no update at all is errMalformed. An update
// whose id is told but which does not fit the shapes we know is errUnreadable:
// it would be so again, and must not keep the updates after it waiting.
func decode(data []byte) (models.Update, error) {
	var head struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(data, &head); err != nil || head.ID == nil {
		return models.Update{}, errMalformed
	}
	var u models.Update
	if err := json.Unmarshal(data, &u); err != nil {
		return models.Update{ID: *head.ID}, fmt.Errorf("%w: %d", errUnreadable, *head.ID)
	}
	return u, nil
}

// chat is the private chat an update belongs to; 0 when it is of no private chat.
func chat(u models.Update) int64 {
	if c := chatOf(u); c.Type == models.ChatTypePrivate {
		return c.ID
	}
	return 0
}

// chatOf is the chat of any kind that an update belongs to; empty for none.
func chatOf(u models.Update) models.Chat {
	switch {
	case u.PreCheckoutQuery != nil && u.PreCheckoutQuery.From != nil: // a private chat has the id of its customer
		return models.Chat{ID: u.PreCheckoutQuery.From.ID, Type: models.ChatTypePrivate}
	case u.ShippingQuery != nil && u.ShippingQuery.From != nil:
		return models.Chat{ID: u.ShippingQuery.From.ID, Type: models.ChatTypePrivate}
	case u.Message != nil:
		return u.Message.Chat
	case u.EditedMessage != nil:
		return u.EditedMessage.Chat
	case u.CallbackQuery != nil && u.CallbackQuery.Message.Message != nil:
		return u.CallbackQuery.Message.Message.Chat
	case u.CallbackQuery != nil && u.CallbackQuery.Message.InaccessibleMessage != nil:
		return u.CallbackQuery.Message.InaccessibleMessage.Chat
	}
	return models.Chat{}
}

// conversation is the name of a chat's conversation.
func conversation(chat int64) string { return Channel + ":" + strconv.FormatInt(chat, 10) }

// read turns an update of a private chat into an input; ok is false when there
// is nothing in it for a shop.
func read(u models.Update) (in bot.Input, ok bool) {
	in.ID = "update:" + strconv.FormatInt(u.ID, 10)
	switch {
	case u.Message != nil && u.Message.SuccessfulPayment != nil:
		in = paid(u.Message.SuccessfulPayment)
	case u.Message != nil:
		in.What = message(u.Message, false)
		in.Name = name(u.Message.From)
	case u.EditedMessage != nil:
		in.What = message(u.EditedMessage, true)
		in.Name = name(u.EditedMessage.From)
	case u.CallbackQuery != nil:
		in.What = dialogue.Tapped{Tap: u.CallbackQuery.Data, Label: label(u.CallbackQuery)}
		in.Name = name(&u.CallbackQuery.From)
	}
	return in, in.What != nil
}

// message reads a message; nil when there is nothing in it for a shop. Of an
// edited message only the words count.
func message(m *models.Message, edited bool) dialogue.Input {
	lang := ""
	if m.From != nil {
		lang = m.From.LanguageCode
	}
	words := m.Text
	if words == "" {
		words = m.Caption
	}
	if what, ok := command(words, lang); ok {
		return what
	}
	if words != "" {
		return dialogue.Said{Text: words, Edited: edited}
	}
	if edited {
		return nil
	}
	switch {
	case m.Dice != nil: // a lone emoji that Telegram plays with
		return dialogue.Said{Text: m.Dice.Emoji}
	case m.Contact != nil && m.From != nil && m.Contact.UserID == m.From.ID:
		return dialogue.Shared{Name: strings.TrimSpace(m.Contact.FirstName + " " + m.Contact.LastName), Phone: m.Contact.PhoneNumber}
	case len(m.Photo) > 0:
		return dialogue.Sent{Kind: "photo", Album: m.MediaGroupID}
	case m.Voice != nil:
		return dialogue.Sent{Kind: "voice"}
	case m.Video != nil, m.VideoNote != nil, m.Animation != nil:
		return dialogue.Sent{Kind: "video"}
	case m.Sticker != nil:
		return dialogue.Sent{Kind: "sticker"}
	case m.Location != nil:
		return dialogue.Sent{Kind: "location"}
	case m.Document != nil, m.Audio != nil, m.Contact != nil, m.Poll != nil, m.Story != nil:
		return dialogue.Sent{Kind: "file"}
	}
	return nil
}

// label is what stands on the button that was tapped, as far as it is known.
func label(q *models.CallbackQuery) string {
	if m := q.Message.Message; m != nil && m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.InlineKeyboard {
			for _, b := range row {
				if b.CallbackData == q.Data {
					return b.Text
				}
			}
		}
	}
	return ""
}

func name(u *models.User) string {
	if u == nil {
		return ""
	}
	return strings.TrimSpace(u.FirstName + " " + u.LastName)
}
