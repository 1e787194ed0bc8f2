package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"tiski/bot/staff"
	"tiski/catalog"
)

var _ staff.Finder = (*Store)(nil)

// Find reads what may be what is sought from the newest on, a part at a time so
// that nobody waits for the database meanwhile.
const (
	partLooked = 5_000   // rows
	mostLooked = 200_000 // rows of a kind that are looked through
	shortCode  = 4       // letters and digits by which the beginning of a number is known
	shortPhone = 8       // of a phone number, with +
)

// Find looks through messages, notes, orders and cases.
func (s *Store) Find(ctx context.Context, q staff.Sought) (f staff.Found, err error) {
	if f.Said, err = s.findSaid(ctx, q); err != nil {
		return f, fmt.Errorf("look through the messages: %w", err)
	}
	if f.Notes, err = s.findNotes(ctx, q); err != nil {
		return f, fmt.Errorf("look through the notes: %w", err)
	}
	if f.Orders, err = s.findOrders(ctx, q); err != nil {
		return f, fmt.Errorf("look through the orders: %w", err)
	}
	if f.Cases, err = s.findCases(ctx, q); err != nil {
		return f, fmt.Errorf("look through the cases: %w", err)
	}
	return f, nil
}

// findSaid returns the latest message of each conversation that has all words.
func (s *Store) findSaid(ctx context.Context, q staff.Sought) ([]staff.Spoken, error) {
	beginnings := patterns(q.Beginnings)
	return latest(ctx, s, "messages", q, func(from, before int64) ([]staff.Spoken, error) {
		like, args := likes("text", q.Beginnings, from, before, channel(q))
		part, err := list(ctx, s.db, func(rows *sql.Rows) (m staff.Spoken, err error) {
			var at int64
			var key string
			if err := rows.Scan(&m.Conversation, &m.Seq, &at, &m.Text, &key); err != nil {
				return m, err
			}
			m.At = time.UnixMilli(at)
			m.Text, err = s.opened(m.Text, key, placeOfText(m.Conversation, m.Seq))
			return m, err
		}, `
			SELECT conversation, seq, at, text, seal FROM messages WHERE at >= $1 AND at < $2 AND conversation LIKE $3 AND text <> '' AND (seal <> '' OR `+like+`) ORDER BY at DESC, seq DESC`, args...)
		return slices.DeleteFunc(part, func(m staff.Spoken) bool { return !begins(m.Text, beginnings) }), err
	}, func(m staff.Spoken) (conversation, text string) { return m.Conversation, m.Text })
}

func (s *Store) findNotes(ctx context.Context, q staff.Sought) ([]staff.Note, error) {
	return latest(ctx, s, "staff_notes", q, func(from, before int64) ([]staff.Note, error) {
		like, args := likes("text", q.Beginnings, from, before, channel(q))
		return s.notes(ctx, `at >= $1 AND at < $2 AND conversation LIKE $3 AND `+like+` ORDER BY at DESC, id`, args...)
	}, func(n staff.Note) (conversation, text string) { return n.Conversation, n.Text })
}

// latest returns, of what a table has of conversations, the latest of each that
// has all words. read reads a part, the newest first.
func latest[T any](ctx context.Context, s *Store, table string, q staff.Sought, read func(from, before int64) ([]T, error), of func(T) (conversation, text string)) (all []T, err error) {
	if len(q.Beginnings) == 0 {
		return nil, nil
	}
	seen := map[string]bool{}
	err = s.parts(ctx, table, "at", q.Since, func(from, before int64) (bool, error) {
		part, err := read(from, before)
		for _, one := range part {
			if conversation, text := of(one); len(all) < q.Most && !seen[conversation] && q.In(text) {
				seen[conversation] = true
				all = append(all, one)
			}
		}
		return len(all) < q.Most, err
	})
	return all, err
}

// findOrders returns the orders of a number, of an address or of a phone, else
// those whose customer, goods or parcel are told by all words.
func (s *Store) findOrders(ctx context.Context, q staff.Sought) (all []catalog.Order, err error) {
	number, email, phone := codes(q.Text)
	all, err = orders(ctx, s.db, `placed >= $1 AND conversation LIKE $2 AND (number_key LIKE $3 OR $4 <> '' AND substr(email, 1, length($4)) = $4 OR $5 <> '' AND phone = $5)
		ORDER BY placed DESC, id LIMIT $6`, millis(q.Since), channel(q), number, email, phone, q.Most)
	if err != nil || len(all) > 0 || len(q.Beginnings) == 0 {
		return all, err
	}
	err = s.parts(ctx, "orders", "placed", q.Since, func(from, before int64) (bool, error) {
		like, args := likes("document", q.Beginnings, from, before, channel(q))
		part, err := orders(ctx, s.db, `placed >= $1 AND placed < $2 AND conversation LIKE $3 AND `+like+` ORDER BY placed DESC, id`, args...)
		for _, o := range part {
			if len(all) < q.Most && q.In(tells(o)) {
				all = append(all, o)
			}
		}
		return len(all) < q.Most, err
	})
	return all, err
}

func (s *Store) findCases(ctx context.Context, q staff.Sought) (all []staff.OpenCase, err error) {
	number, _, _ := codes(q.Text)
	err = s.parts(ctx, "cases", "opened", q.Since, func(from, before int64) (bool, error) {
		like, args := "1 = 0", []any{from, before, channel(q)}
		if len(q.Beginnings) > 0 {
			like, args = likes("cases.document", q.Beginnings, args...)
		}
		args = append(args, number)
		numbered := fmt.Sprintf("(cases.number_key LIKE $%[1]d OR cases.number_key LIKE '"+caseLetter+"' || $%[1]d)", len(args))
		part, err := list(ctx, s.db, func(rows *sql.Rows) (c staff.OpenCase, err error) {
			var of, document []byte
			var exact int
			if err := rows.Scan(&of, &document, &exact); err != nil {
				return c, err
			}
			if c.Order, err = decode(document); err != nil {
				return c, err
			}
			if err := json.Unmarshal(of, &c.Case); err != nil || exact == 1 || q.In(c.Case.Number+" "+c.Case.Reason) {
				return c, err
			}
			return staff.OpenCase{}, nil
		}, fmt.Sprintf(`
			SELECT cases.document, orders.document, CASE WHEN %[2]s THEN 1 ELSE 0 END FROM cases JOIN orders ON orders.id = cases.order_id
			WHERE opened >= $1 AND opened < $2 AND orders.conversation LIKE $3 AND (%[1]s OR %[2]s) ORDER BY opened DESC, cases.id`, like, numbered), args...)
		for _, c := range part {
			if len(all) < q.Most && c.Case.ID != "" {
				all = append(all, c)
			}
		}
		return len(all) < q.Most, err
	})
	return all, err
}

// tells is what an order says of its customer, its goods and its parcel.
func tells(o catalog.Order) string {
	words := []string{o.Number, o.Contact.Name, o.Contact.Email, o.Address.Street, o.Address.Postcode, o.Address.City, o.Tracking}
	for _, l := range o.Lines {
		words = append(words, l.Title, l.SKU)
	}
	return strings.Join(words, " · ")
}

// parts cuts the rows of a table from a moment on into parts, the newest first,
// until do wants no more: those from one moment and before another.
func (s *Store) parts(ctx context.Context, table, at string, since time.Time, do func(from, before int64) (more bool, err error)) error {
	before := int64(math.MaxInt64)
	for range mostLooked / partLooked {
		var from sql.NullInt64
		err := s.db.QueryRowContext(ctx, fmt.Sprintf(`SELECT MIN(%[2]s) FROM (SELECT %[2]s FROM %[1]s WHERE %[2]s >= $1 AND %[2]s < $2 ORDER BY %[2]s DESC LIMIT $3) newest`, table, at),
			millis(since), before, partLooked).Scan(&from)
		if err != nil || !from.Valid {
			return err
		}
		if more, err := do(from.Int64, before); err != nil || !more {
			return err
		}
		before = from.Int64
	}
	return nil
}

// likes is the condition that a column has, of each word, one of its beginnings;
// args are those of the statement that it is put in, with its own after them.
func likes(column string, beginnings [][]string, args ...any) (condition string, with []any) {
	var all []string
	for _, word := range beginnings {
		var any []string
		for _, b := range word {
			args = append(args, "%"+pattern(b)+"%")
			any = append(any, fmt.Sprintf("lower(%s) LIKE $%d", column, len(args)))
		}
		all = append(all, "("+strings.Join(any, " OR ")+")")
	}
	return strings.Join(all, " AND "), args
}

// patterns are those of the beginnings of words.
func patterns(beginnings [][]string) [][][]rune {
	all := make([][][]rune, len(beginnings))
	for i, word := range beginnings {
		for _, b := range word {
			all[i] = append(all[i], []rune(pattern(b)))
		}
	}
	return all
}

// begins is the condition of likes for a text that the database cannot read:
// whether it has, of each word, one of its patterns.
func begins(text string, words [][][]rune) bool {
	has := []rune(text)
	for i, r := range has {
		has[i] = unicode.ToLower(r)
	}
	return !slices.ContainsFunc(words, func(word [][]rune) bool {
		return !slices.ContainsFunc(word, func(p []rune) bool { return matches(has, p) })
	})
}

// matches reports whether a pattern fits some part of a text in lower case.
func matches(text, pattern []rune) bool {
	for from := range len(text) - len(pattern) + 1 {
		fits := true
		for i, r := range pattern {
			if fits = r == '_' || r == text[from+i]; !fits {
				break
			}
		}
		if fits {
			return true
		}
	}
	return false
}

// pattern fits a text whose letters may be dotted or not and in any case: databases fold
// only ASCII alike.
func pattern(text string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '_'
	}, text)
}

func channel(q staff.Sought) string {
	if q.Channel == "" {
		return "%"
	}
	return pattern(q.Channel) + ":%"
}

// codes are what is sought as the beginning of a number ("" is none's), an e-mail
// address and a phone number.
func codes(text string) (number, email, phone string) {
	if key := numberKey(text); len(key) >= shortCode && strings.ContainsAny(key, "0123456789") {
		number = pattern(key) + "%"
	}
	if strings.Contains(text, "@") {
		email = foldEmail(text)
	}
	if phone = foldPhone(text); len(phone) < shortPhone || strings.ContainsFunc(text, unicode.IsLetter) {
		phone = ""
	}
	return strings.ToUpper(number), email, phone
}
