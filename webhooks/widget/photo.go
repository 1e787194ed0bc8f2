package widget

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
)

// Limits of pictures that customers send. The widget makes them smaller than
// these before it sends them.
const (
	maxPhoto = 1 << 20 // bytes

	photoLimit     = 20 // of one conversation
	photoHostLimit = 60 // of one address
	photoTime      = time.Hour

	sendTime  = time.Minute    // in which a picture must come, over a slow line too
	photoLife = 24 * time.Hour // of the address of a picture, and less than an hour more
)

// Photos keeps what customers send.
type Photos interface {
	SavePhoto(ctx context.Context, conversation, id string, jpeg []byte, at time.Time) error
	Photo(ctx context.Context, conversation, id string) (jpeg []byte, found bool, err error)
}

// photoID is what the id of a picture may look like: it stands in addresses.
var photoID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// takePhoto takes a picture, as the body of the request, and answers what is
// said to it. What it is the bytes tell, whatever the request calls it.
func (d *Door) takePhoto(c echo.Context) error {
	ctx, id, conversation := c.Request().Context(), c.QueryParam("id"), c.Get(conversationKey).(string)
	if !photoID.MatchString(id) {
		return echo.NewHTTPError(http.StatusBadRequest, "id must be 1 to 64 of A-Z a-z 0-9 _ -")
	}
	if err := d.allow(c, "photo:"+conversation, photoLimit, photoTime); err != nil {
		return err
	}
	if address := addressKey(c.RealIP()); address != "" {
		if err := d.allow(c, "photo:"+address, photoHostLimit, photoTime); err != nil {
			return err
		}
	}
	if err := http.NewResponseController(c.Response().Writer).SetReadDeadline(time.Now().Add(sendTime)); err != nil {
		return fmt.Errorf("wait for a picture: %w", err)
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxPhoto))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge, "the picture is over 1 MiB")
	case err != nil:
		return echo.ErrBadRequest.WithInternal(fmt.Errorf("read a picture: %w", err))
	}
	picture, err := bot.Bare(ctx, body)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return echo.NewHTTPError(http.StatusUnsupportedMediaType, err.Error())
	}
	if err := d.Photos.SavePhoto(ctx, conversation, id, picture, d.Clock()); err != nil {
		return unavailable(c, err)
	}
	turn, err := d.handle(c, conversation, id, dialogue.Sent{Kind: "photo", Photo: id})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer{d.messages(conversation, turn.Messages)})
}

// photoAddress is where a picture of a conversation can be seen for a day: an
// <img> sends no token. "" for a message without one.
func (d *Door) photoAddress(conversation, id string) string {
	if id == "" {
		return ""
	}
	until := d.Clock().Add(photoLife + time.Hour).Truncate(time.Hour) // the same for an hour, so that browsers keep it
	signed := strings.TrimPrefix(conversation, channel) + "/" + id + "/" + strconv.FormatInt(until.Unix(), 10)
	return d.Public + "/widget/photos/" + signed + "/" + d.sign("photo", signed)
}

// showPhoto serves a picture at its address.
func (d *Door) showPhoto(c echo.Context) error {
	signed := c.Param("conversation") + "/" + c.Param("id") + "/" + c.Param("until")
	until, err := strconv.ParseInt(c.Param("until"), 10, 64)
	if err != nil || !d.genuine("photo", signed, c.Param("signature")) || d.Clock().Unix() >= until {
		return echo.ErrNotFound
	}
	picture, found, err := d.Photos.Photo(c.Request().Context(), channel+c.Param("conversation"), c.Param("id"))
	switch {
	case err != nil:
		return unavailable(c, err)
	case !found:
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	h.Set(echo.HeaderCacheControl, "private, max-age=600")
	h.Set(echo.HeaderReferrerPolicy, "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return c.Blob(http.StatusOK, "image/jpeg", picture)
}
