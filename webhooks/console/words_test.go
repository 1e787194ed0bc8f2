package console

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/bot/staff"
	"tiski/catalog"
)

var (
	asked  = regexp.MustCompile(`\bT\(? ?"([a-z_.]+)"|&trouble\{[A-Za-z.]+, "([a-z_.]+)"\}|refuse\([A-Za-z.]+, "([a-z_.]+)"\)`)
	filled = regexp.MustCompile(`\{[a-z]+\}`)
)

func TestEverySentenceIsThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	var used []string
	for _, files := range []struct {
		in      fs.FS
		pattern string
	}{{os.DirFS("."), "*.go"}, {pages, "pages/*.html"}} {
		names, err := fs.Glob(files.in, files.pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(files.in, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range asked.FindAllStringSubmatch(string(text), -1) {
				used = append(used, found[1]+found[2]+found[3])
			}
		}
	}
	used = append(used, "time.minutes", "time.hours", "time.days", "speaker.customer", "speaker.bot", "speaker.staff", "speaker.system")
	if len(used) < 60 {
		t.Fatalf("only %d uses of sentences were found", len(used))
	}
	fi := languages()["fi"].text
	for lang, w := range languages() {
		for _, key := range used {
			if strings.HasSuffix(key, ".") {
				continue // the beginning of a key
			}
			if w.text[key] == "" {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		for key, text := range fi {
			if strings.Join(filled.FindAllString(text, -1), "") != strings.Join(filled.FindAllString(w.text[key], -1), "") || w.text[key] == "" {
				t.Errorf("%s is %q in Finnish and %q in %s", key, text, w.text[key], lang)
			}
		}
		if len(w.text) != len(fi) {
			t.Errorf("%s has %d sentences, Finnish %d", lang, len(w.text), len(fi))
		}
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 0, 30, 0, 0, catalog.Helsinki)
	for _, test := range []struct {
		at     time.Time
		fi, en string
	}{
		{now, "0.30", "0:30"},
		{now.Add(9*time.Hour + 35*time.Minute).UTC(), "10.05", "10:05"},
		{now.Add(-time.Hour).UTC(), "19.11. 23.30", "19 Nov 23:30"},
	} {
		if fi, en := languages()["fi"].Clock(test.at, now), languages()["en"].Clock(test.at, now); fi != test.fi || en != test.en {
			t.Errorf("%s is %q and %q, want %q and %q", test.at, fi, en, test.fi, test.en)
		}
	}
}

func TestEveryReasonHasASentence(t *testing.T) {
	t.Parallel()
	for lang, w := range languages() {
		for _, why := range dialogue.Reasons {
			if w.Reason(why) == why {
				t.Errorf("%s does not say why a person is called for %s", lang, why)
			}
		}
		for _, kind := range []catalog.CaseKind{catalog.Withdrawal, catalog.Return, catalog.Exchange, catalog.Complaint} {
			if w.text["case.kind."+string(kind)] == "" {
				t.Errorf("%s does not name a case of %s", lang, kind)
			}
			for _, state := range []catalog.CaseState{
				catalog.CaseOpen, catalog.CaseInstructed, catalog.CaseOnWay, catalog.CaseReceived,
				catalog.CaseRefunded, catalog.CaseReplaced, catalog.CaseRefused, catalog.CaseCancelled,
			} {
				if w.text["case.state."+string(state)] == "" {
					t.Errorf("%s does not tell how a case stands that is %s", lang, state)
				}
				for _, to := range (catalog.Case{Kind: kind, State: state}).Next() {
					if w.text["case.do."+string(to)] == "" {
						t.Errorf("%s has no button for %s", lang, to)
					}
				}
			}
		}
		if w.text["snag."+staff.SnagRefund+"."+string(bot.RefundGivenUp)] == "" {
			t.Errorf("%s does not say that a refund was given up", lang)
		}
		if w.text["snag."+staff.SnagParcel+"."+string(catalog.ParcelReturning)] == "" {
			t.Errorf("%s does not say that a parcel is on its way back", lang)
		}
		for _, what := range []string{staff.RecallCancel, staff.RecallRefund, staff.RecallCancel + staff.RecallByHand, staff.RecallRefund + staff.RecallByHand} {
			if w.text["snag."+staff.SnagRecall+"."+what] == "" {
				t.Errorf("%s does not say that a recall is stuck: %s", lang, what)
			}
		}
		for _, why := range []string{
			catalog.RejectedTotal, catalog.RejectedCurrency, catalog.RejectedGoods, catalog.RejectedOther, catalog.RejectedUnsure,
			bot.HeldUnreachable, bot.HeldPerhaps,
		} {
			if w.text["snag."+staff.SnagPush+"."+why] == "" {
				t.Errorf("%s does not say why an order is stuck for %s", lang, why)
			}
		}
	}
}
