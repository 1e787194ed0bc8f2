package console

import (
	"net/http"
	"strconv"
)

// wholePart is how many messages of a whole conversation a page shows.
const wholePart = 500

// whole is a conversation as it is kept, from its beginning on.
type whole struct {
	Path, Title string
	Lines       []line
	More        string // address of the messages after these; ""
}

// whole shows all that has been said in a conversation, and writes down that it was
// looked at. What was said in the last seconds may not be kept yet.
func (c *Console) whole(v *visit) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	after, _ := strconv.ParseInt(v.QueryParam("after"), 10, 64)
	said, err := c.Kept.Transcript(v.ctx(), conversation, after, wholePart)
	if err != nil {
		return err
	}
	if len(said) == 0 {
		return errTalk
	}
	d, _, err := c.deskOf(v.ctx(), conversation)
	if err != nil {
		return err
	}
	w := whole{Path: talkPath(conversation), Title: v.words.customer(conversation, d.Name)}
	for _, m := range said {
		w.Lines = append(w.Lines, v.words.line(m))
	}
	if len(said) == wholePart {
		w.More = w.Path + "/whole?after=" + strconv.FormatInt(said[len(said)-1].Seq, 10)
	}
	if err := c.Accounts.Audit(v.ctx(), v.who.Name, "view", conversation); err != nil {
		return err
	}
	return c.show(v, http.StatusOK, "whole", page{Body: w})
}

// wholePath is where a message of a conversation is shown among all that was said.
func wholePath(conversation string, seq int64) string {
	return talkPath(conversation) + "/whole?after=" + strconv.FormatInt(max(0, seq-wholeBefore), 10) + "#line-" + strconv.FormatInt(seq, 10)
}

// wholeBefore is how many messages are shown before one that is looked for.
const wholeBefore = 20
