package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"tiski/bot"
)

// Copy returns everything that is kept of a customer. Secrets of the shop, as
// the tokens of orders' pages, are none of theirs.
func (s *Store) Copy(ctx context.Context, b bot.Belongings) (bot.Copy, error) {
	c := bot.Copy{At: s.Now()}
	seen := map[string]bool{}
	for _, conversation := range b.Conversations {
		if err := s.copyTalk(ctx, &c, conversation, seen); err != nil {
			return c, fmt.Errorf("copy conversation %s: %w", conversation, err)
		}
	}
	for _, id := range b.Orders {
		if err := s.copyOrder(ctx, &c, id); err != nil {
			return c, fmt.Errorf("copy order %s: %w", id, err)
		}
	}
	if b.Address != "" {
		also, err := list(ctx, s.db, newsletter, `
			SELECT email, lang, asked, confirmed FROM subscribers WHERE email = $1`, storable(foldEmail(b.Address)))
		if err != nil {
			return c, fmt.Errorf("copy the newsletter of an address: %w", err)
		}
		for _, n := range also {
			if !slices.Contains(c.Newsletters, n) {
				c.Newsletters = append(c.Newsletters, n)
			}
		}
	}
	return c, nil
}

// copyTalk adds what is kept by a conversation, and whom it is with unless seen.
func (s *Store) copyTalk(ctx context.Context, c *bot.Copy, conversation string, seen map[string]bool) (err error) {
	talk := bot.Talk{Conversation: conversation}
	who, err := list(ctx, s.db, func(rows *sql.Rows) (id string, err error) {
		var since int64
		err = rows.Scan(&id, &since)
		talk.Since = time.UnixMilli(since)
		return id, err
	}, `SELECT customer, since FROM customer_talks WHERE conversation = $1`, conversation)
	if err != nil {
		return err
	}
	if len(who) == 1 && !seen[who[0]] {
		seen[who[0]] = true
		known, err := list(ctx, s.db, remembered, `SELECT seen, subject IS NOT NULL, profile FROM customers WHERE id = $1`, who[0])
		if err != nil {
			return err
		}
		c.Profiles = append(c.Profiles, known...)
		points, err := pointEvents(ctx, s.db, who[0])
		if err != nil {
			return err
		}
		invites, err := list(ctx, s.db, word, `SELECT code FROM invites WHERE customer = $1 ORDER BY code`, who[0])
		if err != nil {
			return err
		}
		c.Points, c.Invites = append(c.Points, points...), append(c.Invites, invites...)
	}
	consents, err := list(ctx, s.db, consent, `SELECT `+consentColumns+` FROM consents WHERE conversation = $1 ORDER BY at, id`, conversation)
	if err != nil {
		return err
	}
	c.Consents = append(c.Consents, consents...)
	for last := int64(0); ; last = talk.Messages[len(talk.Messages)-1].Seq {
		some, err := s.Transcript(ctx, conversation, last, MaxTranscript)
		if err != nil {
			return err
		}
		if talk.Messages = append(talk.Messages, some...); len(some) < MaxTranscript {
			break
		}
	}
	if talk.Missed, err = list(ctx, s.db, func(rows *sql.Rows) (seq int64, err error) { return seq, rows.Scan(&seq) },
		`SELECT seq FROM missed WHERE conversation = $1 ORDER BY seq`, conversation); err != nil {
		return err
	}
	if talk.Photos, err = s.photos(ctx, conversation); err != nil {
		return err
	}
	notes, err := s.NotesOf(ctx, conversation)
	if err != nil {
		return err
	}
	for _, n := range notes {
		talk.Notes = append(talk.Notes, n.Text)
	}
	marks, err := s.MarkOf(ctx, conversation)
	if err != nil {
		return err
	}
	talk.Labels = marks.Labels
	if talk.Read, err = list(ctx, s.db, func(rows *sql.Rows) (e bot.Example, err error) {
		var at int64
		err = rows.Scan(&at, &e.Text, &e.Intent)
		e.At = time.UnixMilli(at)
		return e, err
	}, `SELECT at, text, intent FROM examples WHERE conversation = $1 ORDER BY at, id`, conversation); err != nil {
		return err
	}
	c.Talks = append(c.Talks, talk)
	return s.copyOpinions(ctx, c, conversation)
}

// copyOpinions adds what was sent in a conversation unasked, and what its customer
// said of how they were served.
func (s *Store) copyOpinions(ctx context.Context, c *bot.Copy, conversation string) error {
	sent, err := list(ctx, s.db, func(rows *sql.Rows) (n bot.Sent, err error) {
		var at int64
		err = rows.Scan(&at, &n.Kind, &n.Subject)
		n.At = time.UnixMilli(at)
		return n, err
	}, `SELECT at, kind, subject FROM sendings WHERE conversation = $1 ORDER BY at, id`, conversation)
	if err != nil {
		return err
	}
	said, err := list(ctx, s.db, func(rows *sql.Rows) (o bot.Opinion, err error) {
		var at int64
		err = rows.Scan(&at, &o.Kind, &o.Subject, &o.Value, &o.Words)
		o.At = time.UnixMilli(at)
		return o, err
	}, `SELECT at, kind, CASE WHEN subject = id THEN '' ELSE subject END, value, words FROM events WHERE conversation = $1 ORDER BY at, id`, conversation)
	if err != nil {
		return err
	}
	letters, err := list(ctx, s.db, newsletter, `SELECT email, lang, asked, confirmed FROM subscribers WHERE conversation = $1 ORDER BY email`, conversation)
	if err != nil {
		return err
	}
	reviews, err := s.reviews(ctx, `r.conversation = $1 ORDER BY r.at, r.id`, conversation)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		r.ID = "" // the shop's own
		c.Reviews = append(c.Reviews, r.Review)
	}
	c.Sent, c.Said, c.Newsletters = append(c.Sent, sent...), append(c.Said, said...), append(c.Newsletters, letters...)
	return nil
}

// copyOrder adds an order with all that became of it.
func (s *Store) copyOrder(ctx context.Context, c *bot.Copy, id string) error {
	o, err := order(ctx, s.db, "id = $1", id)
	if err != nil {
		return err
	}
	o.Token = ""
	p := bot.Purchase{Order: o}
	if p.Events, err = s.Events(ctx, o.Number); err != nil {
		return err
	}
	if p.Payments, err = s.PaymentsOf(ctx, o.Number); err != nil {
		return err
	}
	told := []string{ofOrder + id + "/"}
	if p.Returned, err = list(ctx, s.db, func(rows *sql.Rows) (r bot.Refunded, err error) {
		var at int64
		var refund string
		err = rows.Scan(&refund, &at, &r.Amount, &r.State)
		r.At, told = time.UnixMilli(at), append(told, ofRefund+refund+"/")
		return r, err
	}, `SELECT id, CASE WHEN made > 0 THEN made ELSE due END, amount, state FROM refunds WHERE order_id = $1 ORDER BY 2, id`, id); err != nil {
		return err
	}
	cases, err := casesOf(ctx, s.db, id)
	if err != nil {
		return err
	}
	for _, one := range cases {
		told = append(told, ofCase+one.ID+"/")
		steps, err := list(ctx, s.db, func(rows *sql.Rows) (e bot.Step, err error) {
			var at int64
			err = rows.Scan(&at, &e.To)
			e.At = time.UnixMilli(at)
			return e, err
		}, `SELECT at, to_state FROM case_events WHERE case_id = $1 ORDER BY n`, one.ID)
		if err != nil {
			return err
		}
		c.Cases = append(c.Cases, bot.Claim{Case: one, Events: steps})
	}
	for _, prefix := range told {
		sent, err := list(ctx, s.db, moment, `SELECT ended FROM letters WHERE ended > 0 AND SUBSTR(id, 1, $2) = $1 ORDER BY ended, id`, prefix, utf8.RuneCountInString(prefix))
		if err != nil {
			return err
		}
		p.Letters = append(p.Letters, sent...)
	}
	c.Orders = append(c.Orders, p)
	return nil
}

func remembered(rows *sql.Rows) (r bot.Remembered, err error) {
	var seen int64
	var profile []byte
	if err := rows.Scan(&seen, &r.Named, &profile); err != nil {
		return r, err
	}
	r.Seen = time.UnixMilli(seen)
	return r, json.Unmarshal(profile, &r.Profile)
}

func newsletter(rows *sql.Rows) (n bot.Newsletter, err error) {
	var asked, confirmed int64
	err = rows.Scan(&n.Email, &n.Lang, &asked, &confirmed)
	if n.Asked = time.UnixMilli(asked); confirmed > 0 {
		n.Confirmed = time.UnixMilli(confirmed)
	}
	return n, err
}
