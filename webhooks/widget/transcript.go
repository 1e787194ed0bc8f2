package widget

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/mail"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Limits of transcripts by letter. That to one address keeps customers from
// sending strangers what they did not ask for.
const (
	longestEmail   = 254 // bytes
	letterLimit    = 2   // of one conversation, and to one address
	letterHostMost = 10  // of one network address
	letterTime     = time.Hour
)

// mailTranscript has the conversation sent to an address that the visitor gives.
// Whether the shop knows the address is not told.
func (d *Door) mailTranscript(c echo.Context) error {
	var body struct {
		ID    string `json:"id"`
		Email string `json:"email"`
		Lang  string `json:"lang"`
	}
	if err := decode(c, &body); err != nil {
		return err
	}
	address, err := mail.ParseAddress(body.Email)
	switch {
	case !isInputID(body.ID):
		return errID
	case err != nil || address.Address != body.Email || len(body.Email) > longestEmail:
		return echo.NewHTTPError(http.StatusUnprocessableEntity, "email must be an e-mail address")
	}
	conversation := c.Get(conversationKey).(string)
	if err := d.allow(c, "letter:"+conversation, letterLimit, letterTime); err != nil {
		return err
	}
	if network := addressKey(c.RealIP()); network != "" {
		if err := d.allow(c, "letter:"+network, letterHostMost, letterTime); err != nil {
			return err
		}
	}
	to := sha256.Sum256([]byte(strings.ToLower(body.Email)))
	if err := d.allow(c, "letter:"+hex.EncodeToString(to[:]), letterLimit, letterTime); err != nil {
		return err
	}
	if err := d.Mail(c.Request().Context(), conversation, body.ID, body.Email, body.Lang); err != nil {
		return unavailable(c, err)
	}
	return c.NoContent(http.StatusAccepted)
}
