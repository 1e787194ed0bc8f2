package catalog

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// readable are the files that folders of a shop are read for, where others may lie beside
// them.
var readable = map[string][]string{
	"campaigns":  {"campaigns/<name>.yaml"},
	imagesFolder: {"images/<name>.svg", "images/<name>.jpg", "images/<name>.png", "images/<name>.webp"},
	"intents":    {"intents/<language>/intents/<intent>.txt"},
	"personas":   {"personas/<name>.yaml", "personas/<name>.txt", "personas/<name>.svg"},
	"replies":    {"replies/<language>/<name>.yaml"},
}

// Unread are the files of a folder laid over a shop that nothing reads.
func Unread(files fs.FS, languages []string) (Mistakes, error) {
	o, laid := files.(overlay)
	if !laid {
		return nil, nil
	}
	var unread Mistakes
	err := fs.WalkDir(o.over, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.IsDir():
			if why := whyUnread(name, languages); why != "" {
				unread = append(unread, Mistake{File: name, Reason: why})
			}
		}
		return nil
	})
	return unread, err
}

// whyUnread tells why nothing reads a file; "" when something does.
func whyUnread(name string, languages []string) string {
	parts := strings.Split(name, "/")
	forms := readable[parts[0]]
	for _, form := range forms {
		steps := strings.Split(form, "/")
		fits := path.Ext(form) == path.Ext(name)
		if parts[0] == imagesFolder {
			fits = len(parts) == 2 && IsImage(parts[1])
		}
		if !fits || len(steps) != len(parts) {
			continue
		}
		if len(steps) > 2 && !slices.Contains(languages, parts[1]) {
			return "nothing reads it: " + cmp.Or(noLanguage(parts[1]), fmt.Sprintf("%q is no language of the shop", parts[1]))
		}
		if len(steps) < 4 || steps[2] == parts[2] {
			return ""
		}
	}
	if len(parts) < 2 || forms == nil {
		return ""
	}
	return "nothing reads it; write " + strings.Join(forms, ", ")
}
