package console

import (
	"bytes"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tiski/bot/staff"
	"tiski/catalog"
	"tiski/intents"
)

// Limits of the page of answers.
const (
	answeredDays = 28  // of questions that were not understood
	mostAnswers  = 500 // of staff
	offeredWays  = 10  // messages of customers that are offered as ways to ask
)

// answers is the page of what the bot did not know, and what staff have answered.
type answers struct {
	Open    []blank
	Written []blank
	May     bool // this person may take answers into use
}

// blank is an answer to write, or to write anew.
type blank struct {
	ID       string
	Topic    string // of the questions; "" of an answer written already
	Times    int
	Staff    string
	Accepted bool
	Intent   string
	Intents  []string
	Texts    []inLanguage
}

// inLanguage is an answer in a language.
type inLanguage struct{ Lang, Ask, Say string }

// sheet and worded are these on a page.
type (
	sheet struct {
		Page  page
		Blank blank
		May   bool
	}
	worded struct {
		Page page
		Text inLanguage
	}
)

func (c *Console) answers(v *visit) error { return c.showAnswers(v, http.StatusOK, "", nil) }

// showAnswers shows the page; refused is an answer as it was typed, which stays on
// it.
func (c *Console) showAnswers(v *visit, status int, alert string, refused *blank) error {
	written, err := c.Answers.Answers(v.ctx(), mostAnswers)
	if err != nil {
		return err
	}
	now := c.Clock()
	questions, err := c.Figures.Questions(v.ctx(), now.AddDate(0, 0, -answeredDays), now.Add(time.Minute), reportMissed)
	if err != nil {
		return err
	}
	list := answers{May: v.who.Role.May(staff.Lead)}
	if refused != nil {
		list.Open = append(list.Open, *refused)
	}
	for _, a := range written {
		if refused == nil || a.ID != refused.ID {
			list.Written = append(list.Written, c.blank(a))
		}
	}
	model := c.Bot.Shelf().Model
	known := func(q staff.Question) bool { // what has been answered since
		return model.Read(q.Text, intents.Hint{Lang: q.Lang}).First(intents.Answer) != ""
	}
	for _, one := range clusters(slices.DeleteFunc(questions, known), c.Topics, reportRows) {
		ask := strings.Join(one.Said[:min(len(one.Said), offeredWays)], "\n")
		b := c.blank(staff.Answer{Answer: catalog.Answer{ID: "vastaus-" + strings.ToLower(freshID()[:10]), Intent: intents.StoreInfo}})
		for i := range b.Texts {
			if b.Texts[i].Lang == one.Lang {
				b.Texts[i].Ask = ask
			}
		}
		b.Topic, b.Times = one.Topic, one.Times
		list.Open = append(list.Open, b)
	}
	return c.show(v, status, "answers", page{Alert: alert, Body: list})
}

func (c *Console) blank(a staff.Answer) blank {
	b := blank{ID: a.ID, Staff: a.Staff, Accepted: a.Accepted, Intent: a.Intent, Intents: intents.Names}
	for _, lang := range c.Bot.Shelf().Shop.Languages {
		b.Texts = append(b.Texts, inLanguage{lang, strings.Join(a.Ask[lang], "\n"), a.Say[lang]})
	}
	return b
}

// writeAnswer writes an answer, or removes one. What a lead writes is accepted; what
// others write waits for that, as it is said to everybody.
func (c *Console) writeAnswer(v *visit) error {
	id, lead := v.FormValue("answer"), v.who.Role.May(staff.Lead)
	if !answerID(id) {
		return errForm
	}
	all, err := c.Answers.Answers(v.ctx(), mostAnswers)
	if err != nil {
		return err
	}
	was := slices.IndexFunc(all, func(a staff.Answer) bool { return a.ID == id })
	if !lead && (v.FormValue("remove") != "" || was >= 0 && all[was].Accepted) {
		return c.showAnswers(v, http.StatusForbidden, v.words.T("examples.role"), nil)
	}
	if v.FormValue("remove") != "" {
		if err := c.Answers.RemoveAnswer(v.ctx(), id); errors.Is(err, staff.ErrUnknown) {
			return c.showAnswers(v, http.StatusConflict, v.words.T("examples.gone"), nil)
		} else if err != nil {
			return err
		}
		return c.noted(v, "answer_remove", id, "/console/answers")
	}
	a := staff.Answer{
		Answer:  catalog.Answer{ID: id, Intent: v.FormValue("intent"), Ask: map[string][]string{}, Say: catalog.Text{}},
		Written: c.Clock(), Staff: v.who.Name, Accepted: lead,
	}
	if was >= 0 {
		a.Written = all[was].Written
	}
	for _, lang := range c.Bot.Shelf().Shop.Languages {
		if ways := ways(v.FormValue("ask_" + lang)); len(ways) > 0 {
			a.Ask[lang] = ways
		}
		if say := strings.TrimSpace(lines(v.FormValue("say_" + lang))); say != "" {
			a.Say[lang] = say
		}
	}
	if why := refusal(a.Answer); why != "" {
		typed := c.blank(a)
		return c.showAnswers(v, http.StatusBadRequest, v.words.T(why, "ways", strconv.Itoa(staff.MaxWays), "n", strconv.Itoa(staff.MaxAnswer)), &typed)
	}
	if was < 0 && len(all) >= mostAnswers {
		return c.showAnswers(v, http.StatusConflict, v.words.T("answers.full"), nil)
	}
	if err := c.Answers.SetAnswer(v.ctx(), a); err != nil {
		return err
	}
	return c.noted(v, "answer_write", id, "/console/answers")
}

// answerID says whether an id is one that this page makes.
func answerID(id string) bool {
	rest, ours := strings.CutPrefix(id, "vastaus-")
	return ours && len(rest) == 10 && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// ways are the lines that say something.
func ways(text string) []string {
	var all []string
	for line := range strings.Lines(lines(text)) {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(all, line) {
			all = append(all, line)
		}
	}
	return all
}

// refusal is the sentence that says why an answer cannot be given so, "" when it can.
func refusal(a catalog.Answer) string {
	switch {
	case !slices.Contains(intents.Names, a.Intent):
		return "answers.intent"
	case len(a.Ask["fi"]) == 0 || a.Say["fi"] == "":
		return "answers.finnish"
	}
	for lang, say := range a.Say {
		if utf8.RuneCountInString(say) > staff.MaxAnswer || len(a.Ask[lang]) > staff.MaxWays {
			return "answers.long"
		}
	}
	for lang, ways := range a.Ask {
		long := func(way string) bool { return utf8.RuneCountInString(way) > maxExample }
		if a.Say[lang] == "" || slices.ContainsFunc(ways, long) {
			return "answers.long"
		}
	}
	return ""
}

// useAnswers has the bot give the answers accepted.
func (c *Console) useAnswers(v *visit) error {
	if err := c.Teach(v.ctx()); err != nil {
		return err
	}
	return c.noted(v, "teach", "", "/console/answers")
}

// exportAnswers is the answers accepted as a file of a shop's folder answers.
func (c *Console) exportAnswers(v *visit) error {
	all, err := c.Answers.Answers(v.ctx(), mostAnswers)
	if err != nil {
		return err
	}
	var accepted []catalog.Answer
	for _, a := range all {
		if a.Accepted {
			accepted = append(accepted, a.Answer)
		}
	}
	var b bytes.Buffer
	if err := catalog.WriteAnswers(&b, accepted); err != nil {
		return err
	}
	v.Response().Header().Set("Content-Disposition", `attachment; filename="console.yaml"`)
	return v.Blob(http.StatusOK, "application/yaml", b.Bytes())
}
