package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog/call"
	"tiski/webhooks/chatwoot"
)

// chatwootSettings are those of an agent bot at Chatwoot.
type chatwootSettings struct {
	url     string // CHATWOOT_URL: where Chatwoot is
	account string // CHATWOOT_ACCOUNT: the number of the shop there
	token   string // CHATWOOT_TOKEN: the agent bot's, for the API
	secret  string // CHATWOOT_SECRET: the agent bot's, signs its events
}

func readChatwoot(values map[string]string) chatwootSettings {
	return chatwootSettings{strings.TrimRight(values["CHATWOOT_URL"], "/"), values["CHATWOOT_ACCOUNT"], values["CHATWOOT_TOKEN"], values["CHATWOOT_SECRET"]}
}

func (c chatwootSettings) check() error {
	if c == (chatwootSettings{}) {
		return nil
	}
	if c.url == "" || c.account == "" || c.token == "" || c.secret == "" {
		return fmt.Errorf("CHATWOOT_URL, CHATWOOT_ACCOUNT, CHATWOOT_TOKEN and CHATWOOT_SECRET are needed all")
	}
	if n, err := strconv.ParseInt(c.account, 10, 64); err != nil || n <= 0 {
		return fmt.Errorf("CHATWOOT_ACCOUNT must be the number of the account")
	}
	return nil
}

// chatwoot is the door of the shop's Chatwoot, and the post to it. Only paths of
// its own are called, below the address of the settings.
func (h *house) chatwoot(c chatwootSettings) (*chatwoot.Door, *bot.Post) {
	account, _ := strconv.ParseInt(c.account, 10, 64) // checked
	caller := call.New(func(r *http.Request, _ []byte) { r.Header.Set("api_access_token", c.token) })
	door := chatwoot.New(chatwoot.Options{
		Handler: h.bot, Account: account, Secret: []byte(c.secret), Allow: h.conversations.Allow, Clock: time.Now,
		Call: func(ctx context.Context, path string, value any) error {
			_, err := caller.JSON(ctx, http.MethodPost, c.url+path, value, nil)
			return sendPolicy(err)
		},
	})
	return door, &bot.Post{Outbox: h.conversations, Channel: door, Name: chatwoot.Channel, Workers: windowWorkers, Bot: h.bot, Clock: time.Now, Log: h.log}
}
