package console

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiski/bot"
	"tiski/bot/staff"
	"tiski/catalog"
)

// Figures is what is counted for the reports (package store keeps it).
type Figures interface {
	// Counts returns what was counted from one day to another, both included.
	Counts(ctx context.Context, from, to string) (map[bot.Count]int64, error)
	// Sales returns the orders placed from one moment until another and not called off.
	Sales(ctx context.Context, from, until time.Time) ([]staff.Sale, error)
	// Replies returns how long staff took to answer.
	Replies(ctx context.Context, from, until time.Time) ([]time.Duration, error)
	// Ratings returns what customers thought, the best scores first.
	Ratings(ctx context.Context, from, until time.Time) ([]staff.Rating, error)
	// Questions returns what was not understood, the latest first, at most so many.
	Questions(ctx context.Context, from, until time.Time, most int) ([]staff.Question, error)
}

// Limits of a report.
const (
	reportRows    = 20  // of a table, but for its days
	reportMissed  = 500 // messages that are gathered by topic
	reportExample = 3   // messages shown of a topic
)

// spans are the lengths of a report, in days.
var spans = []int{7, 28, 90}

// report is what was going on over some days.
type report struct {
	Days   int
	Spans  []int
	Facts  []fact
	Tables []table
}

// fact is a number to see first.
type fact struct{ Key, Text string }

// table is a part of a report: what is drawn, beside the figures themselves.
type table struct {
	Key   string // of its title, "report." before it
	Head  []string
	Rows  [][]string
	Chart *chart
}

func (c *Console) report(v *visit) error {
	r, err := c.gather(v)
	if err != nil {
		return err
	}
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, "view_report", ""); err != nil {
		return err
	}
	return c.show(v, http.StatusOK, "report", page{Body: r})
}

// export is one table of a report for a spreadsheet: semicolons and decimal
// commas, as those in Finland read them.
func (c *Console) export(v *visit) error {
	r, err := c.gather(v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(r.Tables, func(t table) bool { return t.Key == v.QueryParam("table") })
	if i < 0 {
		return errReport
	}
	t := r.Tables[i]
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, "export_report", t.Key); err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("\ufeff") // spreadsheets take the text for UTF-8 by it
	w := csv.NewWriter(&b)
	w.Comma = ';'
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		cells := make([]string, len(row))
		for i, text := range row {
			cells[i] = catalog.Cell(text)
		}
		if err := w.Write(cells); err != nil {
			return fmt.Errorf("write a report: %w", err)
		}
	}
	w.Flush()
	v.Response().Header().Set("Content-Disposition", `attachment; filename="tiski-`+t.Key+`.csv"`)
	return v.Blob(http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}

// gather makes the report of the days that the address names; today is the last.
func (c *Console) gather(v *visit) (report, error) {
	days, _ := strconv.Atoi(v.QueryParam("days"))
	if !slices.Contains(spans, days) {
		days = spans[1]
	}
	now := c.Clock().In(catalog.Helsinki)
	until := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, catalog.Helsinki)
	from := until.AddDate(0, 0, -days)
	counted, err := c.Figures.Counts(v.ctx(), from.Format(time.DateOnly), now.Format(time.DateOnly))
	if err != nil {
		return report{}, err
	}
	sales, err := c.Figures.Sales(v.ctx(), from, until)
	if err != nil {
		return report{}, err
	}
	replies, err := c.Figures.Replies(v.ctx(), from, until)
	if err != nil {
		return report{}, err
	}
	ratings, err := c.Figures.Ratings(v.ctx(), from, until)
	if err != nil {
		return report{}, err
	}
	questions, err := c.Figures.Questions(v.ctx(), from, until, reportMissed)
	if err != nil {
		return report{}, err
	}
	f := figures{w: v.words, from: from, days: days, counted: counted}
	r := report{Days: days, Spans: spans, Facts: f.facts(sales, replies)}
	for _, t := range []table{
		f.daily(sales), f.waits(), f.ratings(ratings), f.named("intents", bot.CountedIntent), f.missed(questions, c.Topics),
		f.steps(), f.named("sold_out", bot.CountedOut),
	} {
		if len(t.Rows) > 0 {
			r.Tables = append(r.Tables, t)
		}
	}
	return r, nil
}

// figures are what a report is made of.
type figures struct {
	w       words
	from    time.Time
	days    int
	counted map[bot.Count]int64
}

// of adds up a kind by name.
func (f figures) of(kind string) map[string]int64 {
	sums := map[string]int64{}
	for c, n := range f.counted {
		if c.Kind == kind {
			sums[c.Name] += n
		}
	}
	return sums
}

func (f figures) sum(kind string) (sum int64) {
	for _, n := range f.of(kind) {
		sum += n
	}
	return sum
}

// facts are the numbers to see first.
func (f figures) facts(sales []staff.Sale, replies []time.Duration) []fact {
	talks, called := f.sum(bot.CountedTalk), f.sum(bot.CountedCalled)
	var euros catalog.Cents
	for _, s := range sales {
		euros += s.Total
	}
	facts := []fact{{"talks", strconv.FormatInt(talks, 10)}}
	if talks > 0 {
		facts = append(facts, fact{"alone", f.w.percent(max(0, talks-called), talks)})
	}
	facts = append(facts, fact{"orders", strconv.Itoa(len(sales))}, fact{"euros", f.w.Money(euros)})
	if len(replies) > 0 {
		slices.Sort(replies)
		typical, text := replies[len(replies)/2], f.w.T("report.quick")
		if typical >= time.Minute {
			text = f.w.Span(typical)
		}
		facts = append(facts, fact{"reply", text})
	}
	return facts
}

// daily is each day of the report, the latest first; drawn as time goes.
func (f figures) daily(sales []staff.Sale) table {
	t := table{Key: "days", Head: f.head("day", "talks", "called", "orders", "euros")}
	type day struct{ talks, called, orders, cents int64 }
	all := map[string]day{}
	for c, n := range f.counted {
		d := all[c.Day]
		switch c.Kind {
		case bot.CountedTalk:
			d.talks += n
		case bot.CountedCalled:
			d.called += n
		}
		all[c.Day] = d
	}
	for _, s := range sales {
		name := s.At.In(catalog.Helsinki).Format(time.DateOnly)
		d := all[name]
		d.orders++
		d.cents += int64(s.Total)
		all[name] = d
	}
	var bars []bar
	for i := range f.days {
		at := f.from.AddDate(0, 0, i)
		d := all[at.Format(time.DateOnly)]
		t.Rows = append(t.Rows, []string{
			f.w.Day(at), strconv.FormatInt(d.talks, 10), strconv.FormatInt(d.called, 10), strconv.FormatInt(d.orders, 10), f.w.decimal(catalog.Cents(d.cents)),
		})
		bars = append(bars, bar{Label: f.w.Day(at), N: d.talks})
	}
	t.Chart = columns(bars)
	slices.Reverse(t.Rows)
	return t
}

func (f figures) waits() table {
	waited := f.of(bot.CountedWait)
	t := table{Key: "waits", Head: f.head("waited", "times")}
	if f.sum(bot.CountedWait) == 0 {
		return t
	}
	for _, name := range []string{bot.WaitShort, bot.WaitMiddle, bot.WaitLong} {
		t.Rows = append(t.Rows, []string{f.w.T("report.wait." + name), strconv.FormatInt(waited[name], 10)})
	}
	return f.drawn(t)
}

func (f figures) ratings(ratings []staff.Rating) table {
	t := table{Key: "ratings", Head: f.head("rating", "times")}
	for _, r := range ratings {
		t.Rows = append(t.Rows, []string{f.w.T("report.rated."+r.About, "n", strconv.Itoa(r.Score)), strconv.Itoa(r.N)})
	}
	return f.drawn(t)
}

// named is what of a kind came up most.
func (f figures) named(key, kind string) table {
	t := table{Key: key, Head: f.head(key, "times")}
	of := f.of(kind)
	names := slices.SortedFunc(maps.Keys(of), func(a, b string) int { return cmp.Or(cmp.Compare(of[b], of[a]), cmp.Compare(a, b)) })
	for _, name := range names[:min(len(names), reportRows)] {
		t.Rows = append(t.Rows, []string{f.w.Maybe(kind, name, strings.ReplaceAll(name, "_", " ")), strconv.FormatInt(of[name], 10)})
	}
	return f.drawn(t)
}

// steps are the questions of the tasks, those first at which most were left.
func (f figures) steps() table {
	asked, told := f.of(bot.CountedAsked), f.of(bot.CountedTold)
	left := func(name string) int64 { return max(0, asked[name]-told[name]) }
	names := slices.SortedFunc(maps.Keys(asked), func(a, b string) int { return cmp.Or(cmp.Compare(left(b), left(a)), cmp.Compare(a, b)) })
	t := table{Key: "steps", Head: f.head("step", "asked", "told", "left", "share")}
	for _, name := range names[:min(len(names), reportRows)] {
		task, slot, _ := strings.Cut(name, "/")
		t.Rows = append(t.Rows, []string{
			f.w.Maybe("task", task, task) + ": " + f.w.Maybe("slot", slot, strings.ReplaceAll(slot, "_", " ")),
			strconv.FormatInt(asked[name], 10), strconv.FormatInt(asked[name]-left(name), 10), strconv.FormatInt(left(name), 10), f.w.percent(left(name), asked[name]),
		})
	}
	return t
}

// missed is what was not understood, by what it is about.
func (f figures) missed(questions []staff.Question, topics func(lang, text string) []string) table {
	t := table{Key: "missed", Head: f.head("topic", "times", "examples")}
	for _, c := range clusters(questions, topics, reportRows) {
		t.Rows = append(t.Rows, []string{c.Topic, strconv.Itoa(c.Times), strings.Join(c.Said[:min(len(c.Said), reportExample)], " / ")})
	}
	return t
}

// head is the heads of columns.
func (f figures) head(keys ...string) []string {
	var head []string
	for _, key := range keys {
		head = append(head, f.w.T("column."+key))
	}
	return head
}

// drawn adds a chart of a table's second column.
func (f figures) drawn(t table) table {
	var bars []bar
	for _, row := range t.Rows {
		n, _ := strconv.ParseInt(row[1], 10, 64)
		bars = append(bars, bar{Label: row[0], N: n})
	}
	t.Chart = rowsOf(bars)
	return t
}
