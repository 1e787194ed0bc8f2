package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"strings"
	"time"

	"tiski/bot"
	"tiski/catalog"
	"tiski/catalog/picture"
	"tiski/intents"
	"tiski/webhooks"
	"tiski/webhooks/carriers"
	"tiski/webhooks/console"
	"tiski/webhooks/newsletter"
	"tiski/webhooks/orderpage"
	"tiski/webhooks/payments"
	"tiski/webhooks/shops"
	"tiski/webhooks/telegram"
	"tiski/webhooks/widget"
)

// doors are the channels and pages, ready to run.
type doors struct {
	base    string // address at which customers reach this program, without a slash at the end
	addr    string // that it listens at
	metrics string // address of the metrics; "" when nobody reads them
	run     []func(context.Context) error
	http    *webhooks.Server
}

// wire is the one list of channels, shops and payments. Streams end with ctx.
func wire(ctx context.Context, h *house, addr string) (*doors, error) {
	server := webhooks.New(webhooks.Options{Addr: addr, Ready: func(asked context.Context) error { return cmp.Or(ctx.Err(), h.ready(asked)) }, Log: h.log})
	taken, err := server.Listen()
	if err != nil {
		return nil, err
	}
	d := &doors{addr: reachable(taken), base: cmp.Or(h.settings.public, "http://"+reachable(taken)), run: []func(context.Context) error{server.Run}, http: server}

	secret, err := h.secret()
	if err != nil {
		return nil, err
	}
	if err := h.accounts.Seal(ctx, secret); err != nil {
		return nil, err
	}
	h.bot.Passes = &bot.Passes{Key: secret, Clock: time.Now}
	server.Mount(h.dataDoor())
	chat, err := widget.New(widget.Options{
		Handler: h.bot, Talks: h.conversations, Writers: h.conversations, Photos: h.store, Secret: secret, Origins: h.settings.widgetOrigins, Identity: h.settings.identity,
		Public: h.settings.public, Allow: h.conversations.Allow, Clock: time.Now, Trace: h.log,
		Picture: func(image, color string) ([]byte, string, error) { return picture.Of(h.files.fs, image, color) },
		Mail:    h.mailTranscript,
		Shop:    func() *catalog.Shop { return h.bot.Shelf().Shop },
	})
	if err != nil {
		return nil, err
	}
	server.Mount(chat)
	d.run = append(d.run, chat.Run)

	push, err := newPush(secret, cmp.Or(h.bot.Shelf().Shop.Company.Email, d.base))
	if err != nil {
		return nil, err
	}
	desk := console.New(console.Options{
		Bot: h.bot, Conversations: h.conversations, Accounts: h.accounts, Snags: h.store, Cases: h.store, Figures: h.store, Notes: h.store, Marks: h.store, Orders: h.store, Customers: h.store, Photos: h.store, Examples: h.store, Lookers: h.conversations, Teach: h.teach, Allow: h.conversations.Allow,
		Issuer: h.issuer(), Once: h.once, Push: push,
		Finder: h.store, Kept: h.store, Reviews: h.store, Answers: h.store, TelegramGroup: h.settings.telegramGroup != 0,
		Seek:   func(text string) intents.Sought { return intents.Seek(h.lexicon, text) },
		Topics: func(lang, text string) []string { return intents.Topics(h.lexicon, lang, text) },
		Secure: strings.HasPrefix(h.settings.public, "https://"), Clock: time.Now, Log: h.log,
	})
	server.Mount(desk)
	d.run = append(d.run, desk.Run)

	server.Mount(orderpage.New(orderpage.Options{
		Orders: h.store, Bot: h.bot, Shop: func() *catalog.Shop { return h.bot.Shelf().Shop }, Clock: time.Now, Log: h.log,
	}))

	server.Mount(payments.New(h.paymentDoor()))

	mailer, err := h.mailer(d.base)
	if err != nil {
		return nil, err
	}
	d.run = append(d.run, mailer.Run)

	server.Mount(newsletter.New(newsletter.Options{
		Subscribers: h.store, Reminders: h.store, Shop: func() string { return h.bot.Shelf().Shop.Company.Name },
		Say: func(lang, key string) string { return h.bot.Shelf().Voice.Sentence(lang, key) }, Log: h.log,
	}))

	campaigner, err := h.campaigner()
	if err != nil {
		return nil, err
	}
	if h.settings.telegramToken != "" {
		campaigner.Late = func(ctx context.Context) (time.Duration, error) {
			return h.conversations.Late(ctx, telegram.Channel, time.Now())
		}
	}
	d.run = append(d.run, campaigner.Run)

	if name, system := h.taker(); system != nil {
		handover := &bot.Handover{Pushes: h.store, Recalls: h.store, System: system, Clock: time.Now, Log: h.log.With("system", name)}
		d.run = append(d.run, handover.Run)
	}
	server.Mount(shops.New(shops.Options{
		Systems: h.settings.tellers(), Orders: h.store, Handler: h.bot, Product: h.hasChanged, Clock: time.Now, Log: h.log,
	}))

	follower := &bot.Follower{Shipments: h.store, Parcels: h.parcels, Handle: h.bot.Handle, Clock: time.Now, Log: h.log}
	d.run = append(d.run, follower.Run)
	tellers, err := h.settings.carriers.tellers()
	if err != nil {
		return nil, err
	}
	server.Mount(carriers.New(carriers.Options{Carriers: tellers, Parcels: follower, Log: h.log}))

	var posts []*bot.Post
	var chats *telegram.Door
	if h.settings.telegramToken != "" {
		door, post, err := h.telegram()
		if err != nil {
			return nil, err
		}
		server.Mount(door)
		chats = door
		d.run = append(d.run, door.Run)
		posts = append(posts, post)
	}
	if h.settings.window.url != "" {
		door, post := h.window(h.settings.window)
		server.Mount(door)
		posts = append(posts, post)
	}
	if h.settings.chatwoot.url != "" {
		door, post := h.chatwoot(h.settings.chatwoot)
		server.Mount(door)
		posts = append(posts, post)
	}
	for _, post := range posts {
		d.run = append(d.run, post.Run)
	}
	h.bot.Pushed = func(channel, conversation string) {
		for _, post := range posts {
			if post.Name == channel {
				post.Wake(conversation)
			}
		}
	}
	d.run = append(d.run, h.alarm(mailer, chats).Run)
	return d, nil
}

// once says whether it is asked of a key for the first time within a span of time,
// of all nodes.
func (h *house) once(ctx context.Context, key string, within time.Duration) (bool, error) {
	return h.conversations.Lease(ctx, "once:"+key, rand.Text(), within)
}

// ready reports whether messages can be handled.
func (h *house) ready(ctx context.Context) error {
	if err := h.conversations.Ping(ctx); err != nil {
		return fmt.Errorf("conversations: %w", err)
	}
	return h.bot.RefreshStock(ctx)
}

// reachable is the address to open in a browser on this machine.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}
