package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot"
	"tiski/bot/dialogue"
	"tiski/catalog"
)

// Limits of pictures that customers send.
const (
	maxPicture   = 4 << 20 // bytes
	pictureLimit = 20      // of one chat in pictureSpan; others stay in Telegram
	pictureSpan  = time.Hour
	pictureTime  = 10 * time.Second // in which one must be here
)

// Photos keeps what customers and staff send (package store keeps it).
type Photos interface {
	SavePhoto(ctx context.Context, conversation, id string, jpeg []byte, at time.Time) error
	Photo(ctx context.Context, conversation, id string) (jpeg []byte, found bool, err error)
}

// filePath is what the path of a file at Telegram may look like: it becomes a part
// of an address.
var filePath = regexp.MustCompile(`^[A-Za-z0-9_./-]{1,200}$`)

// withPicture adds to an input the picture that came with it, kept for staff to see.
// One that cannot be had does not keep what was said with it.
func (d *Door) withPicture(ctx context.Context, u models.Update, in bot.Input) bot.Input {
	if d.Photos == nil || u.Message == nil || len(u.Message.Photo) == 0 {
		return in
	}
	to, id := conversation(chat(u)), "update-"+strconv.FormatInt(u.ID, 10)
	ctx, done := context.WithTimeout(ctx, pictureTime)
	defer done()
	if err := d.keepPicture(ctx, to, id, u.Message.Photo); err != nil {
		d.Log.Warn("a picture stays in Telegram", "conversation", to, "channel", Channel, "input", in.ID, "err", err)
		return in
	}
	if sent, ok := in.What.(dialogue.Sent); ok {
		sent.Photo = id
		in.What = sent
	} else {
		in.Photo = id
	}
	return in
}

// keepPicture fetches the largest size of a picture that is within the limits, and
// keeps it written anew.
func (d *Door) keepPicture(ctx context.Context, conversation, id string, sizes []models.PhotoSize) error {
	var best models.PhotoSize
	for _, s := range sizes {
		if max(s.Width, s.Height) <= bot.MaxPhotoSide && s.FileSize <= maxPicture && s.Width*s.Height > best.Width*best.Height {
			best = s
		}
	}
	if best.FileID == "" {
		return errors.New("no size of it is within the limits")
	}
	allowed, _, err := d.Allow(ctx, "picture:"+conversation, pictureLimit, pictureSpan)
	if err != nil {
		return err
	}
	if !allowed {
		return errors.New("too many pictures")
	}
	body, err := d.download(ctx, best.FileID)
	if err != nil {
		return err
	}
	picture, err := bot.Bare(ctx, body)
	if err != nil {
		return err
	}
	return d.Photos.SavePhoto(ctx, conversation, id, picture, d.Clock())
}

// download fetches a file of at most maxPicture. Its errors tell no address: the
// token is in it.
func (d *Door) download(ctx context.Context, id string) ([]byte, error) {
	f, err := d.api.GetFile(ctx, &tg.GetFileParams{FileID: id})
	if err != nil {
		return nil, fmt.Errorf("look for a file: %w", err)
	}
	if !filePath.MatchString(f.FilePath) || !fs.ValidPath(f.FilePath) {
		return nil, errors.New("look for a file: it has a strange path")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.APIURL+"/file/bot"+d.Token+"/"+f.FilePath, nil)
	if err != nil {
		return nil, errors.New("fetch a file: bad address of the Bot API")
	}
	response, err := d.Files.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch a file: %w", catalog.WithoutAddress(err))
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch a file: status %d", response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxPicture+1))
	if err != nil {
		return nil, fmt.Errorf("fetch a file: %w", err)
	}
	if len(body) > maxPicture {
		return nil, fmt.Errorf("fetch a file: it is over %d bytes", maxPicture)
	}
	return body, nil
}
