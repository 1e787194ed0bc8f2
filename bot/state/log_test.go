package state

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"tiski/bot"
	"tiski/catalog"
)

func logOrder(t *testing.T, open opener) {
	s := open(t, Options{})
	start := loaded(t, s, "web:a", "-").Seq
	for i := range 30 {
		turn(t, s, "web:a", fmt.Sprint(i), func(c *bot.Commit) {
			for j := range 10 {
				say(c, "bot", fmt.Sprint(i*10+j))
			}
		})
	}
	for after, want := range map[int64][2]int{
		0: {100, 200}, start: {100, 200}, start + 100: {100, 200},
		start + 101: {101, 199}, start + 299: {299, 1}, start + 300: {0, 0}, start + 999: {0, 0},
	} {
		got, err := s.Messages(t.Context(), "web:a", after)
		if err != nil || len(got) != want[1] {
			t.Fatalf("after %d: %d messages, %v; want %d", after-start, len(got), err, want[1])
		}
		for i, m := range got {
			if m.Text != fmt.Sprint(want[0]+i) || m.Seq != start+int64(want[0]+i)+1 {
				t.Fatalf("after %d: message %d is %+v", after-start, i, m)
			}
		}
	}
	if got, err := s.Messages(t.Context(), "web:nobody", 0); err != nil || len(got) != 0 {
		t.Errorf("messages of nobody: %v, %v", got, err)
	}
}

func changed(t *testing.T, s *Conversations) []string {
	t.Helper()
	got, err := s.Changed(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func unsaved(t *testing.T, s *Conversations, conversation string) []bot.Message {
	t.Helper()
	got, err := s.Unarchived(t.Context(), conversation)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func archivedTo(t *testing.T, s *Conversations, conversation string, seq int64) {
	t.Helper()
	if err := s.Archived(t.Context(), conversation, seq); err != nil {
		t.Fatal(err)
	}
}

func archive(t *testing.T, open opener) {
	s := open(t, Options{})
	c := turn(t, s, "web:a", "1", func(c *bot.Commit) { say(c, "customer", "moi"); say(c, "bot", "Hei") })
	turn(t, s, "web:b", "1", func(c *bot.Commit) { c.At = noon.Add(-time.Hour); say(c, "bot", "Terve") })

	same(t, "changed, oldest first", changed(t, s), []string{"web:b", "web:a"})
	if one, _ := s.Changed(t.Context(), 1); !slices.Equal(one, []string{"web:b"}) {
		t.Errorf("one of the changed: %v", one)
	}
	same(t, "to archive", texts(unsaved(t, s, "web:a")), []string{"moi", "Hei"})

	archivedTo(t, s, "web:a", c.Seq+1)
	same(t, "changed, half archived", changed(t, s), []string{"web:b", "web:a"})
	same(t, "to archive, half archived", texts(unsaved(t, s, "web:a")), []string{"Hei"})

	// A message comes between reading and archiving.
	turn(t, s, "web:a", "2", func(c *bot.Commit) { say(c, "bot", "Lisää") })
	archivedTo(t, s, "web:a", c.Seq+2)
	same(t, "to archive, one more", texts(unsaved(t, s, "web:a")), []string{"Lisää"})
	archivedTo(t, s, "web:a", c.Seq+3)
	archivedTo(t, s, "web:a", c.Seq+1) // late news of another node
	archivedTo(t, s, "web:b", c.Seq+99)
	archivedTo(t, s, "web:nobody", 1)
	same(t, "changed, all archived", changed(t, s), []string{})
	same(t, "to archive, all archived", len(unsaved(t, s, "web:a")), 0)
	if got, _ := s.Messages(t.Context(), "web:a", 0); len(got) != 3 {
		t.Errorf("a short log was trimmed to %d", len(got))
	}
}

// packing is of what is archived, whoever speaks meanwhile, and changes nothing that
// can be read.
func packing(t *testing.T, open opener) {
	s := open(t, Options{})
	home := s.home("web:a")
	c := turn(t, s, "web:a", "1", func(c *bot.Commit) {
		c.State, c.Desk.Name = []byte(`{"schema":3,"lang":"fi"}`), "Aila"
		say(c, "customer", "moi")
		say(c, "bot", "Moi, miten voin auttaa?")
	})
	kept := func() (talk string, entries []string) {
		t.Helper()
		talk, err := s.client.Get(t.Context(), home+"talk:web:a").Result()
		if err != nil {
			t.Fatal(err)
		}
		return talk, s.client.LRange(t.Context(), home+"log:web:a", 0, -1).Val()
	}
	length := func() (n int) {
		talk, entries := kept()
		return len(talk + strings.Join(entries, ""))
	}
	read := func() string {
		t.Helper()
		messages, err := s.Messages(t.Context(), "web:a", 0)
		if err != nil {
			t.Fatal(err)
		}
		desks, err := s.Desks(t.Context(), 9)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s %+v %+v", loaded(t, s, "web:a", "-").State, messages, desks)
	}
	was, long := read(), length()
	archivedTo(t, s, "web:a", c.Seq+1)
	if half := length(); half >= long || read() != was {
		t.Errorf("%d bytes of %d are left of a half: %s; was %s", half, long, read(), was)
	}
	archivedTo(t, s, "web:a", c.Seq+2)
	if whole := length(); whole*3 > long*2 || read() != was {
		t.Errorf("%d bytes of %d are left: %s; was %s", whole, long, read(), was)
	}

	// A turn in which nothing is said changes what is known.
	turn(t, s, "web:a", "seen", func(c *bot.Commit) { c.State = []byte(`{"schema":3,"lang":"fi","greeted":true}`) })
	same(t, "changed", changed(t, s), []string{"web:a"})
	was, long = read(), length()
	archivedTo(t, s, "web:a", 0)
	if whole := length(); whole >= long || read() != was || len(changed(t, s)) > 0 {
		t.Errorf("%d bytes of %d are left, changed are %v: %s; was %s", whole, long, changed(t, s), read(), was)
	}

	// What is packed has been overtaken by a turn, and then by an erasure.
	talk, entries := kept()
	turn(t, s, "web:a", "2", func(c *bot.Commit) {
		c.State = []byte(`{"schema":3,"lang":"sv"}`)
		say(c, "bot", "Hej")
	})
	late := []any{fmt.Sprint(c.Version + 2), afterNotes(talk), c.Seq + 1, []any{entries[0], entries[1]}}
	was = read()
	if err := s.putPacked(t.Context(), "web:a", late); err != nil || read() != was {
		t.Errorf("packed late: %v, %s; was %s", err, read(), was)
	}
	if err := s.Erase(t.Context(), "web:a", ""); err != nil {
		t.Fatal(err)
	}
	if err := s.putPacked(t.Context(), "web:a", late); err != nil || len(everything(t, s, "web:a")) > 0 {
		t.Errorf("packed after it was erased: %v, %v", err, everything(t, s, "web:a"))
	}
	turn(t, s, "web:a", "1", func(c *bot.Commit) { say(c, "bot", "Terve taas") })
	was = read()
	late[2] = loaded(t, s, "web:a", "-").Seq - 7
	if err := s.putPacked(t.Context(), "web:a", late); err != nil || read() != was {
		t.Errorf("packed when it had begun anew: %v, %s; was %s", err, read(), was)
	}
}

// When something was said comes back as it was, however far it is from the time by
// which messages are numbered, and what is packed comes after it.
func TestWhenInTheLog(t *testing.T) {
	t.Parallel()
	seq := noon.UnixMilli()
	for late := int64(0); late < 1<<45; late = late*2 + 1 {
		for _, d := range []int64{late, -late, late + 1, -late - 1} {
			m := bot.Message{Seq: seq, From: "bot", Text: "moi", At: time.UnixMilli(seq + d).In(catalog.Helsinki)}
			entry, err := logged(m)
			if err != nil {
				t.Fatal(err)
			}
			when, err := whenBytes(string(entry))
			if err != nil || entry[when] != '{' {
				t.Fatalf("%d ms: %q, %v", d, entry, err)
			}
			var got bot.Message
			if err := readLogged(&got, seq, string(entry)); err != nil || !got.At.Equal(m.At) || got.Text != m.Text {
				t.Errorf("%d ms: %v, %v", d, got, err)
			}
		}
	}
	for _, damaged := range []string{"", "\x01", "\x00{}", "\x30\x01"} {
		if err := readLogged(&bot.Message{}, seq, damaged); err == nil {
			t.Errorf("%q is read", damaged)
		}
	}
}

func archiveAway(t *testing.T, open opener) {
	s := open(t, Options{})
	ten := func(input int) bot.Commit {
		return turn(t, s, "web:a", fmt.Sprint(input), func(c *bot.Commit) {
			for range MaxMessages {
				say(c, "bot", fmt.Sprint(input))
			}
		})
	}
	var last bot.Commit
	for i := range MaxLog/MaxMessages + 1 {
		last = ten(i)
	}
	end := last.Seq + MaxMessages
	log := s.home("web:a") + "log:web:a"
	length := func() int64 { return s.client.LLen(t.Context(), log).Val() }
	same(t, "messages kept at most", length(), MaxLog)
	first := unsaved(t, s, "web:a")
	same(t, "messages to archive at a time", len(first), LogLength)
	same(t, "first to archive", first[0].Seq, end-MaxLog+1)
	same(t, "replies whose messages are lost", len(loaded(t, s, "web:a", "0").Replies), 0)

	// A repeated input still needs all of them; once those are forgotten, 200 stay.
	archivedTo(t, s, "web:a", end)
	same(t, "messages kept for the inputs", length(), MaxLog)
	for i := range 2*leastInputs - MaxLog/MaxMessages - 1 {
		turn(t, s, "web:a", fmt.Sprint("later ", i), func(c *bot.Commit) { c.At = noon.Add(2 * remember) })
	}
	archivedTo(t, s, "web:a", end)
	same(t, "messages kept", length(), LogLength)
	got, err := s.Messages(t.Context(), "web:a", 0)
	if err != nil || got[0].Seq != end-LogLength+1 || got[LogLength-1].Seq != end {
		t.Errorf("the trimmed log is not the end of it: %v", err)
	}
}

func desks(t *testing.T, open opener) {
	s := open(t, Options{})
	at := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	desk := func(conversation string, last, waiting int) {
		turn(t, s, conversation, fmt.Sprint(last, waiting), func(c *bot.Commit) {
			c.Desk = bot.Desk{Name: "Asiakas", Last: at(last)}
			if waiting != 0 {
				c.Desk.Waiting = at(waiting)
			}
		})
	}
	waiting := func(customers int, longest time.Duration) {
		t.Helper()
		if n, d, err := s.Waiting(t.Context(), at(9)); err != nil || n != customers || d != longest {
			t.Errorf("%d wait, the longest for %v: %v; want %d and %v", n, d, err, customers, longest)
		}
	}
	waiting(0, 0)
	desk("web:quiet", 1, 0)
	desk("web:waits", 2, 2)
	desk("web:talks", 9, 0)
	desk("web:waits longer", 7, 1)
	desk("web:was helped", 3, 3)
	desk("web:was helped", 8, 0)
	waiting(2, 8*time.Minute)
	list := func(limit int) []string {
		found, err := s.Desks(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		who := []string{}
		for _, d := range found {
			who = append(who, d.Conversation)
			same(t, "name", d.Name, "Asiakas")
		}
		return who
	}
	all := []string{"web:waits longer", "web:waits", "web:talks", "web:was helped", "web:quiet"}
	for limit := range 7 {
		same(t, fmt.Sprint("list of ", limit), list(limit), all[:min(limit, 5)])
	}

	// One whose state has gone is not listed any more.
	if err := s.client.Del(t.Context(), s.home("web:talks")+"talk:web:talks").Err(); err != nil {
		t.Fatal(err)
	}
	same(t, "without the expired", list(9), []string{all[0], all[1], all[3], all[4]})

	if s.inside != nil {
		return
	}
	var others []redis.Z
	for i := range mostDesks {
		others = append(others, redis.Z{Score: float64(at(8).UnixMilli()), Member: fmt.Sprint("web:", i)})
	}
	listed := s.home("web:quiet") + "desks"
	if err := s.client.ZAdd(t.Context(), listed, others...).Err(); err != nil {
		t.Fatal(err)
	}
	newest := "web:0"
	for i := mostDesks; s.home(newest) != s.home("web:quiet"); i++ {
		newest = fmt.Sprint("web:", i)
	}
	desk(newest, 9, 0)
	same(t, "conversations of a partition in the list", s.client.ZCard(t.Context(), listed).Val(), mostDesks)
	same(t, "with the newest", list(3), []string{all[0], all[1], newest})
	desk("web:quiet", 10, 0)
	same(t, "with who has come back", list(3), []string{all[0], all[1], "web:quiet"})
}
