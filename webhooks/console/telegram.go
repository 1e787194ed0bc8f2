package console

import "net/http"

// telegramCode shows a code, once, by which this person's account of Telegram is
// known in the staff's group.
func (c *Console) telegramCode(v *visit) error {
	code, err := c.Accounts.AskTelegram(v.ctx(), v.who)
	if err != nil {
		return err
	}
	return c.showMe(v, http.StatusOK, me{Link: code})
}

func (c *Console) endTelegram(v *visit) error {
	if err := c.Accounts.UnlinkTelegram(v.ctx(), v.who); err != nil {
		return err
	}
	return v.Redirect(http.StatusSeeOther, "/console/me")
}
