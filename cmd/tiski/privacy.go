package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/persona"
	"tiski/bot/state"
	"tiski/bot/store"
	"tiski/catalog"
	"tiski/intents"
	"tiski/webhooks/mydata"
)

const privacyUsage = "write: tiski privacy export|erase -conversation NAME or -email ADDRESS, tiski privacy log, or tiski privacy seal"

// privacy is `tiski privacy`: what is kept of a customer, for staff who know who
// asks.
func privacy(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	if len(args) == 0 {
		return errors.New(privacyUsage)
	}
	f := flags("privacy " + args[0])
	conversation := f.String("conversation", "", "name of a conversation, as the console shows it")
	email := f.String("email", "", "address that orders were made with")
	page := f.String("page", "", "export as a page to read, in this language: fi, sv or en")
	source := f.String("shop", "", "folder of the shop's files, whose names the page uses")
	data := dataFlag(f)
	if err := parse(f, args[1:]); err != nil {
		return err
	}
	kept, s, err := openKept(ctx, *data)
	if err != nil {
		return err
	}
	defer kept.Close()
	if args[0] == "log" {
		return printSweeps(ctx, kept, out)
	}
	if args[0] == "seal" {
		return sealKept(ctx, kept, out)
	}
	if args[0] != "export" && args[0] != "erase" || (*conversation == "") == (*email == "") {
		return errors.New(privacyUsage)
	}
	talks, err := state.Open(ctx, state.Options{URL: s.redis, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer talks.Close()
	var all bot.Belongings
	if *email != "" {
		all, err = kept.BelongingsOf(ctx, *email)
	} else {
		all, err = kept.Belongings(ctx, *conversation)
	}
	if err != nil {
		return err
	}
	if args[0] == "export" {
		c, err := copyOf(ctx, kept, talks, all)
		if err != nil {
			return err
		}
		if *page != "" {
			return writePage(out, c, *page, *source)
		}
		w := json.NewEncoder(out)
		w.SetIndent("", "  ")
		return w.Encode(c)
	}
	return eraseAll(ctx, kept, talks, all, *data, out)
}

// writePage writes a copy as its owner reads it, in the words of a shop's files.
func writePage(out io.Writer, c bot.Copy, lang, source string) error {
	files, err := openShop(source)
	if err != nil {
		return err
	}
	shop, err := catalog.Load(files.fs)
	if err != nil {
		return err
	}
	personas, err := persona.Load(files.fs, shop, intents.Names)
	if err != nil {
		return err
	}
	return mydata.Page{Lang: lang, Shop: shop, Persona: nameOf(func() persona.Set { return personas })}.Write(out, c)
}

// nameOf names personas as customers are told of them.
func nameOf(personas func() persona.Set) func(id string) catalog.Text {
	return func(id string) catalog.Text {
		p := personas().Get(id)
		return p.Told()
	}
}

// eraseAll erases as the bot does when a customer asks.
func eraseAll(ctx context.Context, kept *store.Store, talks *state.Conversations, all bot.Belongings, data string, out io.Writer) error {
	for _, c := range all.Conversations {
		if err := talks.Erase(ctx, c, ""); err != nil {
			return err
		}
	}
	letters, err := letterFolder(data).RemoveTo(all.Emails)
	if err != nil {
		return err
	}
	erased, err := kept.Erase(ctx, all, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d conversations and %d letters are erased; %d orders stay in the books without their customer.\n", len(all.Conversations), letters, erased.Kept)
	for _, number := range erased.Open {
		fmt.Fprintf(out, "%s is not over yet and loses its customer then.\n", number)
	}
	return nil
}

// copyOf is everything that is kept of a customer, with what their conversations
// remember.
func copyOf(ctx context.Context, kept *store.Store, talks *state.Conversations, all bot.Belongings) (bot.Copy, error) {
	c, err := kept.Copy(ctx, all)
	if err != nil {
		return c, err
	}
	for i, talk := range c.Talks {
		now, err := talks.Load(ctx, talk.Conversation, "copy")
		if err != nil {
			return c, err
		}
		if len(now.State) > 0 {
			c.Talks[i].State = now.State
		}
	}
	return c, nil
}

// dataDoor is where customers fetch what is kept of them.
func (h *house) dataDoor() *mydata.Door {
	return mydata.New(mydata.Options{
		Open: func(pass string) (string, bool) {
			conversation, _, ok := h.bot.Passes.Open(dialogue.PassCopy, pass)
			return conversation, ok
		},
		Copy: func(ctx context.Context, conversation string) (bot.Copy, error) {
			all, err := h.store.Belongings(ctx, conversation)
			if err != nil {
				return bot.Copy{}, err
			}
			return copyOf(ctx, h.store, h.conversations, all)
		},
		Shop:    func() *catalog.Shop { return h.bot.Shelf().Shop },
		Persona: nameOf(func() persona.Set { return h.bot.Shelf().Personas }),
		Log:     h.log,
	})
}

// printSweeps prints what was removed, the latest first.
func printSweeps(ctx context.Context, kept *store.Store, out io.Writer) error {
	all, err := kept.Sweeps(ctx, 1000)
	if err != nil {
		return err
	}
	w := json.NewEncoder(out)
	for _, n := range all {
		if err := w.Encode(map[string]any{"at": n.At, "kind": n.Kind, "before": n.Before, "removed": n.Removed}); err != nil {
			return err
		}
	}
	return nil
}
