package letters

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Folder writes letters as files that a mail program opens, for a shop without
// a mail server.
type Folder struct{ Dir, From string }

// half ends the names of letters that are being written.
const half = ".new"

// Send writes the letter into the folder, all of it or none.
func (f Folder) Send(_ context.Context, l Letter) error {
	m, err := message(l, f.From)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return fmt.Errorf("write letter %s: %w", l.ID, err)
	}
	path := filepath.Join(f.Dir, fileName(l.ID)+".eml")
	if err := m.WriteToFile(path + half); err != nil {
		return fmt.Errorf("write letter %s: %w", l.ID, err)
	}
	if err := os.Rename(path+half, path); err != nil {
		return fmt.Errorf("write letter %s: %w", l.ID, err)
	}
	return nil
}

// RemoveBefore removes the letters written before a moment.
func (f Folder) RemoveBefore(moment time.Time) (removed int, err error) {
	return f.remove(func(path string) (bool, error) {
		info, err := os.Stat(path)
		return err == nil && info.ModTime().Before(moment), err
	})
}

// RemoveTo removes the letters to these e-mail addresses, and half-written ones
// whose addressee cannot be read: they are written anew.
func (f Folder) RemoveTo(addresses []string) (removed int, err error) {
	if len(addresses) == 0 {
		return 0, nil
	}
	return f.remove(func(path string) (bool, error) {
		file, err := os.Open(path)
		if err != nil {
			return false, err
		}
		defer file.Close()
		var to []*mail.Address
		m, err := mail.ReadMessage(file)
		if err == nil {
			to, err = m.Header.AddressList("To")
		}
		if err != nil && strings.HasSuffix(path, half) {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("read letter %s: %w", filepath.Base(path), err)
		}
		return slices.ContainsFunc(to, func(a *mail.Address) bool {
			return slices.ContainsFunc(addresses, func(b string) bool { return strings.EqualFold(a.Address, b) })
		}), nil
	})
}

// remove removes the letters that are to go, and with them what a crash left of
// one half written. One that cannot be looked at keeps no other.
func (f Folder) remove(goes func(path string) (bool, error)) (removed int, err error) {
	paths, err := filepath.Glob(filepath.Join(f.Dir, "*.eml*"))
	if err != nil {
		return 0, err
	}
	var faults []error
	for _, path := range paths {
		old, err := goes(path)
		if err == nil && old {
			if err = os.Remove(path); err == nil {
				removed++
			}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
	}
	return removed, errors.Join(faults...)
}
