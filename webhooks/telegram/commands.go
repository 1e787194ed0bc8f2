package telegram

import (
	"context"
	"fmt"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot/dialogue"
)

// menus are the commands that Telegram offers, by the language of the customer's
// app; "" is for all other languages.
var menus = map[string][]models.BotCommand{
	"fi": {
		{Command: "kori", Description: "Näytä ostoskori"},
		{Command: "ihminen", Description: "Juttele asiakaspalvelijan kanssa"},
		{Command: "help", Description: "Missä voin auttaa"},
	},
	"sv": {
		{Command: "cart", Description: "Visa varukorgen"},
		{Command: "human", Description: "Prata med kundtjänst"},
		{Command: "help", Description: "Vad jag kan hjälpa till med"},
	},
	"en": english,
	"":   english,
}

var english = []models.BotCommand{
	{Command: "cart", Description: "Show your cart"},
	{Command: "human", Description: "Talk to a person"},
	{Command: "help", Description: "What I can help with"},
}

func (d *Door) tellCommands(ctx context.Context) error {
	for lang, menu := range menus {
		if _, err := d.api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: menu, LanguageCode: lang}); err != nil {
			return fmt.Errorf("set the commands of %q: %w", lang, err)
		}
	}
	return nil
}

// commands are what customers may type, and what it stands for.
var commands = map[string]string{
	"help": "help", "apua": "help",
	"kori": "cart", "cart": "cart",
	"ihminen": "human", "human": "human",
}

// command reads "/kori" or "/kori@tiski_bot and more".
func command(text, lang string) (dialogue.Input, bool) {
	word, slash := strings.CutPrefix(text, "/")
	if !slash {
		return nil, false
	}
	rest := ""
	if end := strings.IndexAny(word, " \n\t"); end >= 0 {
		word, rest = word[:end], strings.TrimSpace(word[end:])
	}
	word, _, _ = strings.Cut(strings.ToLower(word), "@")
	if word == "start" {
		return dialogue.Opened{Lang: spoken(lang), Pass: rest}, true
	}
	name, known := commands[word]
	return dialogue.Commanded{Command: name}, known
}

// spoken is the language of ours that a language code ("sv-FI") means, or "".
func spoken(code string) string {
	switch lang, _, _ := strings.Cut(strings.ToLower(code), "-"); lang {
	case "fi", "sv", "en":
		return lang
	}
	return ""
}
