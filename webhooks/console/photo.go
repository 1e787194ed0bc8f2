package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// Photos are the pictures that customers and staff sent.
type Photos interface {
	SavePhoto(ctx context.Context, conversation, id string, jpeg []byte, at time.Time) error
	Photo(ctx context.Context, conversation, id string) (jpeg []byte, found bool, err error)
}

// photo shows a picture of the conversation, and nothing that could run in it.
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

// Limits of pictures that staff send. The page makes them smaller than these first.
const (
	MaxPicture   = 1<<20 - MaxForm // bytes: with its form it is all that the server takes
	pictureLimit = 60              // of one member of staff
	pictureSpan  = time.Hour
	pictureTime  = time.Minute // in which one must come, over a slow line too
)

// imagePath begins the addresses of the shop's drawings.
const imagePath = "/images/"

// takesPictures tells whether a conversation's channel shows pictures of staff.
func takesPictures(conversation string) bool {
	return slices.Contains([]string{"widget", "telegram"}, channelOf(conversation))
}

// isStockPicture tells whether an address is that of a stock reply's picture.
func (c *Console) isStockPicture(address string) bool {
	name, ours := strings.CutPrefix(address, imagePath)
	return ours && name != "" && slices.ContainsFunc(c.Bot.Shelf().Shop.Service.Replies, func(r catalog.StockReply) bool { return r.Image == name })
}

// takesUpload tells the route whose forms bring a picture.
func takesUpload(route string) bool { return strings.HasSuffix(route, "/picture") }

// sendPicture passes on a picture of who holds the conversation, written anew.
func (c *Console) sendPicture(v *visit) error {
	conversation, err := v.conversation()
	if err != nil {
		return err
	}
	id := v.FormValue("id")
	if !formID.MatchString(id) {
		return errForm
	}
	if err := c.exists(v, conversation); err != nil {
		return err
	}
	allowed, _, err := c.Allow(v.ctx(), "console-picture:"+v.who.Name, pictureLimit, pictureSpan)
	if err != nil {
		return err
	}
	if !allowed {
		return c.refuse(v, http.StatusTooManyRequests, v.words.T("picture.often"))
	}
	if !takesPictures(conversation) {
		return c.refuse(v, http.StatusConflict, v.words.T("picture.channel"))
	}
	body, err := v.picture()
	switch {
	case errors.Is(err, http.ErrMissingFile), errors.Is(err, http.ErrNotMultipart):
		return c.refuse(v, http.StatusBadRequest, v.words.T("picture.none"))
	case err != nil:
		return err
	case len(body) > MaxPicture:
		return c.refuse(v, http.StatusRequestEntityTooLarge, v.words.TooLarge())
	}
	jpeg, err := bot.Bare(v.ctx(), body)
	switch {
	case v.ctx().Err() != nil:
		return v.ctx().Err()
	case err != nil:
		return c.refuse(v, http.StatusUnsupportedMediaType, v.words.T("picture.unfit"))
	}
	if err := c.Photos.SavePhoto(v.ctx(), conversation, id, jpeg, c.Clock()); err != nil {
		return err
	}
	return c.say(v, dialogue.StaffSaid{Staff: v.who.Name, Name: v.who.Display, Photo: id})
}

// MaxPicture is how large a picture may be, for the page; bytes.
func (talk) MaxPicture() int { return MaxPicture }

// TooLarge tells that a picture is larger than that.
func (w words) TooLarge() string { return w.T("picture.large", "n", strconv.Itoa(MaxPicture>>10)) }

// picture is the file of a form.
func (v *visit) picture() ([]byte, error) {
	file, err := v.FormFile("picture")
	if err != nil {
		return nil, err
	}
	from, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("open a picture: %w", err)
	}
	defer from.Close()
	body, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	return body, nil
}

// Shown is where a picture of a line is seen; path is that of the conversation.
func (l line) Shown(path string) string {
	if strings.HasPrefix(l.Photo, "/") {
		return l.Photo
	}
	return path + "/photo/" + l.Photo
}
