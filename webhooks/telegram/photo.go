package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiski/bot"
)

// photo is a picture of a card, or one that staff sent.
type photo struct {
	image   string // a path under /images/, an address, or the id of a picture kept for the conversation
	caption string
}

// file is a photo as the Bot API takes it: an address or the id of a file that
// Telegram has, or else a PNG or JPEG to upload.
type file struct {
	photo
	where string
	png   []byte
	name  string
}

// putPhotos sends one photo or an album, without those that cannot be drawn.
func (d *Door) putPhotos(ctx context.Context, chat int64, p piece) error {
	var files []file
	for _, photo := range p.photos {
		f, err := d.file(ctx, chat, photo)
		if err != nil && p.must {
			return &bot.SendError{Refused: errors.Is(err, fs.ErrNotExist), Err: err}
		}
		if err != nil {
			d.Log.Warn("a picture is left out", "conversation", conversation(chat), "channel", Channel, "err", err)
			continue
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		return d.putText(ctx, chat, p)
	}
	if err := d.wait(ctx, chat, len(files)); err != nil {
		return err
	}
	if len(files) == 1 {
		f := files[0]
		if p.text != "" {
			f.caption = p.text
		}
		sent, err := d.api.SendPhoto(ctx, &tg.SendPhotoParams{ChatID: chat, Photo: f.input(), Caption: f.caption, ReplyMarkup: p.keys.markup()})
		if err != nil {
			return err
		}
		d.files.note(f, sent)
		return nil
	}
	album := make([]models.InputMedia, len(files))
	for i, f := range files {
		album[i] = f.media(i)
	}
	sent, err := d.api.SendMediaGroup(ctx, &tg.SendMediaGroupParams{ChatID: chat, Media: album})
	if err != nil {
		return err
	}
	for i := range min(len(sent), len(files)) {
		d.files.note(files[i], sent[i])
	}
	return nil
}

func (d *Door) file(ctx context.Context, chat int64, p photo) (file, error) {
	if strings.HasPrefix(p.image, "http://") || strings.HasPrefix(p.image, "https://") {
		return file{photo: p, where: p.image}, nil
	}
	if id := d.files.id(p.image); id != "" {
		return file{photo: p, where: id}, nil
	}
	if !strings.HasPrefix(p.image, "/") {
		jpeg, found, err := d.Photos.Photo(ctx, conversation(chat), p.image)
		if err == nil && !found {
			err = fs.ErrNotExist // not any more
		}
		if err != nil {
			return file{}, fmt.Errorf("read a picture of staff: %w", err)
		}
		return file{photo: p, png: jpeg, name: "kuva.jpg"}, nil
	}
	png, name, err := d.Pictures(p.image)
	if err != nil {
		return file{}, fmt.Errorf("draw a card: %w", err)
	}
	return file{photo: p, png: png, name: name}, nil
}

func (f file) input() models.InputFile {
	if f.png != nil {
		return &models.InputFileUpload{Filename: f.name, Data: bytes.NewReader(f.png)}
	}
	return &models.InputFileString{Data: f.where}
}

// media is the i-th photo of an album.
func (f file) media(i int) *models.InputMediaPhoto {
	if f.png != nil {
		return &models.InputMediaPhoto{Media: fmt.Sprintf("attach://%d.png", i+1), MediaAttachment: bytes.NewReader(f.png), Caption: f.caption}
	}
	return &models.InputMediaPhoto{Media: f.where, Caption: f.caption}
}

// files remembers the ids that Telegram gave to drawings, so that each is
// uploaded once.
type files struct {
	mu  sync.Mutex
	ids map[string]string // by image
}

const maxFiles = 5000

func (fs *files) id(image string) string {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.ids[image]
}

func (fs *files) anyOf(photos []photo) bool {
	for _, p := range photos {
		if fs.id(p.image) != "" {
			return true
		}
	}
	return false
}

// note keeps the id of an upload. Telegram lists sizes of a photo, the largest last.
func (fs *files) note(f file, m *models.Message) {
	if f.png == nil || m == nil || len(m.Photo) == 0 {
		return
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.ids == nil {
		fs.ids = map[string]string{}
	}
	makeRoom(fs.ids, maxFiles)
	fs.ids[f.image] = m.Photo[len(m.Photo)-1].FileID
}

func (fs *files) forget(photos []photo) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for _, p := range photos {
		delete(fs.ids, p.image)
	}
}
