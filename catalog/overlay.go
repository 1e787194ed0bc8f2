package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ShopFile tells whose the shop is, and ProductsFolder what it sells.
const (
	ShopFile       = "shop.yaml"
	ProductsFolder = "products"
)

// tops are the files and folders that a shop may have at its top.
var tops = []string{
	"answers", "campaigns", "categories.yaml", "delivery.yaml", "discounts.yaml", "images", "intents", "loyalty.yaml", "pairs.yaml", "payments.yaml", "personas",
	"products", "quizzes", "replies", "returns.yaml", "reviews.csv", "reviews.xml", "service.yaml", "shop.yaml", "synonyms.yaml", "vat.yaml", "words.yaml",
}

// own are those of them that a shop has itself or not at all: another shop's codes
// would give its money away, another's reviews would be told of its goods,
// what is said of another's goods names none of its own, and another's replies
// and campaigns would be sent to its customers.
var own = []string{"campaigns", discountsFile, loyaltyFile, pairsFile, quizzesFolder, reviewsFile, "reviews.xml", serviceFile}

// together are those that the base is asked for only while the folder over it has
// none of the others told: what a company promises is promised by no other, and
// goods stand on their own shelves.
var together = map[string][]string{
	"answers": {ShopFile}, "categories.yaml": {ShopFile}, "delivery.yaml": {ShopFile}, "payments.yaml": {ShopFile}, "returns.yaml": {ShopFile},
	ProductsFolder: {ShopFile, "categories.yaml"},
}

// companions tells with which other files a missing one comes.
func companions(name string) string {
	if of := together[name]; of != nil {
		return ": it must be there with " + strings.Join(of, " or ")
	}
	return ""
}

// Overlay lays the folder dir over base: a file or folder at the top of dir replaces the one
// of the same name. A dir with a shop.yaml is another company's, which has its own of
// whatever that company promises and sells, or none; discounts, reviews, what is said of
// certain goods and the replies of staff are always the shop's own or none. Hidden files, those
// that Windows writes into folders and the one that shop.yaml names as its feed are passed over; any other name that no shop has
// is told in [Mistakes], as is a dir without files. The top of the result cannot be listed,
// everything below it can. What is put into dir later is seen too.
func Overlay(base fs.FS, dir string) (fs.FS, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("open shop: %w", err)
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".") || slices.Contains(leftBehind, e.Name())
	})
	if len(entries) == 0 {
		return nil, Mistakes{{File: dir, Reason: "the folder is empty: the demo shop would be shown"}}
	}
	var mistakes Mistakes
	goods := feedFile(dir)
	for _, e := range entries {
		if e.Name() != goods && !slices.Contains(tops, e.Name()) {
			mistakes = append(mistakes, Mistake{File: e.Name(), Reason: noPart(e.Name())})
		}
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return overlay{base, os.DirFS(dir)}, nil
}

// leftBehind are files that Windows writes into folders.
var leftBehind = []string{"desktop.ini", "Thumbs.db"}

// noPart says why a name is none of a shop's, and which is meant: "shop.yml", "products.yaml".
func noPart(name string) string {
	stem := func(name string) string {
		stem, _, _ := strings.Cut(strings.ToLower(name), ".")
		return stem
	}
	for _, top := range tops {
		if stem(top) == stem(name) {
			return "no part of a shop: it is called " + top
		}
	}
	if slices.Contains([]string{".csv", ".tsv", ".xml"}, strings.ToLower(filepath.Ext(name))) {
		return "no part of a shop: goods come from it when " + ShopFile + " names it, feed: " + name
	}
	return "no part of a shop; allowed are " + strings.Join(tops, ", ")
}

// feedFile is the file beside shop.yaml that the goods come from; the name of no file when
// they come from elsewhere.
func feedFile(dir string) string {
	var shop struct{ Feed string }
	if document, err := os.ReadFile(filepath.Join(dir, ShopFile)); err != nil || yaml.Unmarshal(document, &shop) != nil {
		return "" // what is wrong with it is told when it is read
	}
	return filepath.Clean(shop.Feed)
}

// Own reports whether a file is one of the shop itself, not of another that it is
// laid over.
func Own(files fs.FS, name string) bool {
	o, laid := files.(overlay)
	top, _, _ := strings.Cut(name, "/")
	return !laid || o.has(top)
}

type overlay struct{ base, over fs.FS }

func (o overlay) has(top string) bool {
	_, err := fs.Stat(o.over, top)
	return !errors.Is(err, fs.ErrNotExist)
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	top, _, _ := strings.Cut(name, "/")
	if o.has(top) {
		return o.over.Open(name)
	}
	if slices.Contains(own, top) || slices.ContainsFunc(together[top], o.has) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.base.Open(name)
}
