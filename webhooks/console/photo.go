package console

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Photos are the pictures that customers sent.
type Photos interface {
	Photo(ctx context.Context, conversation, id string) (jpeg []byte, found bool, err error)
}

// photo shows a picture that the customer sent, and nothing that could run in it.
func (c *Console) photo(v *visit) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	picture, found, err := c.Photos.Photo(v.ctx(), conversation, v.Param("id"))
	if err != nil {
		return err
	}
	if !found {
		return errTalk
	}
	h := v.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	return v.Blob(http.StatusOK, "image/jpeg", picture)
}
