package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"tiski/bot"
	"tiski/bot/persona"
	"tiski/bot/voice"
	"tiski/catalog"
	"tiski/catalog/demo"
	"tiski/catalog/search"
	"tiski/intents"
	"tiski/intents/finnish"
)

// shopFiles is what -shop names: files laid over the demo shop's, and the feed
// its products come from, if any.
type shopFiles struct {
	fs     fs.FS
	feed   string // address or path of a feed or table; ""
	folder string // of the shop's own, among them; ""

	progress func(read, of int) // told as goods of the shop's own system are read; may be nil
}

// openShop understands -shop: nothing, a folder, a feed's file or its address.
func openShop(arg string) (shopFiles, error) {
	if arg == "" {
		return shopFiles{fs: demo.FS}, nil
	}
	if strings.HasPrefix(arg, "http://") || strings.HasPrefix(arg, "https://") {
		return shopFiles{fs: demo.FS, feed: arg}, nil
	}
	info, err := os.Stat(arg)
	if err != nil {
		return shopFiles{}, fmt.Errorf("open shop: %w", err)
	}
	if !info.IsDir() {
		return shopFiles{fs: demo.FS, feed: arg}, nil
	}
	files, err := catalog.Overlay(demo.FS, arg)
	if err != nil {
		return shopFiles{}, err
	}
	return shopFiles{fs: files, folder: arg}, nil
}

// madeUp warns that goods of the shop's own, or from elsewhere, would be sold in the name of the
// demo shop's company; "" when they would not.
func (f shopFiles) madeUp(elsewhere bool) string {
	if f.folder == "" && !elsewhere || f.folder != "" && catalog.Own(f.fs, catalog.ShopFile) {
		return ""
	}
	warning := "WARNING: the seller is made up: customers are told the demo shop's company, address, delivery, payments, returns and answers. " +
		"Before anybody buys, write a folder with your own shop.yaml (catalog/README.md, a first shop)"
	if f.folder == "" {
		warning += " and name the goods in it as feed"
	}
	return warning
}

// openShelf opens the shop that -shop names and puts it on a shelf, with the
// lexicon kept in the data folder.
func openShelf(ctx context.Context, arg, data string) (*bot.Shelf, error) {
	lexicon, err := keptLexicon(data)
	if err != nil {
		return nil, err
	}
	files, shop, err := openGoods(ctx, arg, data)
	if err != nil {
		return nil, err
	}
	return stock(files, shop, lexicon, data)
}

// openGoods opens the shop that -shop names. The goods of the shop's own system
// are those kept in the data folder, if any.
func openGoods(ctx context.Context, arg, data string) (fs.FS, *catalog.Shop, error) {
	s, err := environ()
	if err != nil {
		return nil, nil, err
	}
	files, err := openShop(arg)
	if err != nil {
		return nil, nil, err
	}
	var l loaded
	if _, missing := os.Stat(goodsFile(data)); missing == nil && s.system() {
		l, err = files.loadKept(s, data)
	} else {
		l, err = files.load(ctx, s)
	}
	return files.fs, l.shop, err
}

// stock puts a shop on a shelf: its index, its words, its voice, its personas.
// The words of its goods and of its examples join the lexicon. Data is the
// folder that what was learnt is kept in; "" keeps nothing. Taught are more
// examples than the files have.
func stock(files fs.FS, shop *catalog.Shop, lexicon *finnish.Lexicon, data string, taught ...intents.Example) (*bot.Shelf, error) {
	s := &bot.Shelf{Shop: shop}
	var learnt *intents.Learning
	var lessons errgroup.Group
	lessons.Go(func() (err error) {
		learnt, err = lesson(files, data, taught)
		return err
	})
	var kindsLearnt map[string]*intents.Learning
	var customers errgroup.Group
	customers.Go(func() (err error) {
		if s.Personas, err = persona.Load(files, shop, intents.Names); err != nil {
			return err
		}
		kindsLearnt, err = kinds(s.Personas, shop.Languages, files, data)
		return err
	})
	unknown := unknownWords(lexicon, shop)
	if err := lessons.Wait(); err != nil {
		return nil, err
	}
	lexicon = joined(lexicon, unknown, learnt)
	var g errgroup.Group
	g.Go(func() error {
		reviews, err := fedReviews(files, shop, data)
		if err != nil {
			return err
		}
		s.Index = search.New(shop, lexicon)
		g.Go(func() error {
			s.Pairs = s.Index.Pairs()
			return nil
		})
		s.Reviews = s.Index.Reviews(append(reviews, shop.Reviews...))
		return nil
	})
	if err := customers.Wait(); err != nil {
		return nil, err
	}
	g.Go(func() (err error) {
		s.Model, err = readerOf(shop, learnt, kindsLearnt, lexicon)
		return err
	})
	g.Go(func() (err error) {
		if err := checkReferences(shop); err != nil {
			return err
		}
		s.Voice, err = voice.New(shop, files, s.Personas, lexicon)
		return err
	})
	return s, g.Wait()
}

// lesson is what the examples of a shop's files and those taught besides teach.
func lesson(files fs.FS, data string, taught []intents.Example) (*intents.Learning, error) {
	examples, err := allExamples(files)
	if err != nil {
		return nil, err
	}
	return learning(append(examples, taught...), data)
}

// joined is the lexicon with the words of the goods that it does not know, and
// with those of the examples.
func joined(lexicon *finnish.Lexicon, unknown []string, learnt *intents.Learning) *finnish.Lexicon {
	for _, word := range learnt.Unknown() {
		if lexicon == finnish.Base() || lexicon.Analyse(word)[0].Guess {
			unknown = append(unknown, word)
		}
	}
	return lexicon.With(unknown...)
}

// readerOf is the reader of messages of a shop and of its kinds of customers.
func readerOf(shop *catalog.Shop, learnt *intents.Learning, kinds map[string]*intents.Learning, lexicon *finnish.Lexicon) (*intents.Model, error) {
	words := vocabulary(shop)
	words.Lexicon, words.Kinds = lexicon, kinds
	return intents.NewModel(learnt, intents.Data(), words)
}

// allExamples are the built-in example utterances and those of the shop's files.
func allExamples(files fs.FS) ([]intents.Example, error) {
	examples, err := intents.Examples(intents.Data())
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(files, "intents"); errors.Is(err, fs.ErrNotExist) {
		return examples, nil
	}
	own, err := fs.Sub(files, "intents")
	if err != nil {
		return nil, fmt.Errorf("open intents: %w", err)
	}
	more, err := intents.Examples(own)
	if err != nil {
		return nil, fmt.Errorf("intents/%w", err)
	}
	return append(examples, more...), nil
}

// vocabulary lists the words of the catalogue for the reader of messages.
func vocabulary(shop *catalog.Shop) intents.Vocabulary {
	var v intents.Vocabulary
	brands := map[string]bool{}
	for i := range shop.Products {
		p := &shop.Products[i]
		v.Products = append(v.Products, intents.Term{Value: p.ID, Names: names(p.Name)})
		if p.Brand != "" && !brands[p.Brand] {
			brands[p.Brand] = true
			v.Brands = append(v.Brands, p.Brand)
		}
	}
	for i := range shop.Categories {
		c := &shop.Categories[i]
		term := intents.Term{Value: c.ID, Names: names(c.Name)}
		for _, lang := range shop.Languages {
			term.Names = append(term.Names, c.Words[lang]...)
		}
		v.Categories = append(v.Categories, term)
	}
	v.Colors, v.Sizes = values(shop)
	v.Words = map[string][]string{}
	for _, s := range shop.Synonyms {
		for lang, words := range s.Words {
			v.Words[lang] = append(v.Words[lang], words...)
		}
	}
	v.Questions = fixedQuestions(shop)
	return v
}

// values are the colours and sizes that the goods of a shop come in, each once.
func values(shop *catalog.Shop) (colors []intents.Term, sizes []string) {
	seen := map[string]bool{}
	for i := range shop.Products {
		for _, color := range shop.Products[i].Values("color") {
			if seen[color] {
				continue
			}
			seen[color] = true
			term := intents.Term{Value: color}
			for _, lang := range shop.Languages {
				term.Names = append(term.Names, shop.Translate("color", color, lang))
			}
			colors = append(colors, term)
		}
		for _, size := range shop.Products[i].Values("size") {
			if !slices.Contains(sizes, size) {
				sizes = append(sizes, size)
			}
		}
	}
	return colors, sizes
}

// fixedQuestions are those that have a fixed answer.
func fixedQuestions(shop *catalog.Shop) []intents.Question {
	var all []intents.Question
	for i := range shop.Answers {
		a := &shop.Answers[i]
		q := intents.Question{Answer: a.ID, Intent: a.Intent}
		for _, lang := range shop.Languages {
			q.Ways = append(q.Ways, a.Ask[lang]...)
		}
		all = append(all, q)
	}
	return all
}

func names(t catalog.Text) []string {
	var all []string
	for _, lang := range []string{"fi", "sv", "en"} {
		if t[lang] != "" {
			all = append(all, t[lang])
		}
	}
	return all
}

// checkReferences looks that what answers of quizzes show of customers, and what stories
// speak to, is what personas value, and that fixed answers are of intents.
func checkReferences(shop *catalog.Shop) error {
	var mistakes catalog.Mistakes
	check := func(file string, line int, value string) {
		if !slices.Contains(persona.Values, value) {
			mistakes = append(mistakes, catalog.Mistake{File: file, Line: line, Reason: fmt.Sprintf("value %q is none of %s", value, strings.Join(persona.Values, ", "))})
		}
	}
	for _, q := range shop.Quizzes {
		for _, question := range q.Questions {
			for _, a := range question.Answers {
				for _, value := range a.Values {
					check("quizzes/"+q.ID+".yaml", a.Line, value)
				}
			}
		}
	}
	for i := range shop.Products {
		for _, s := range shop.Products[i].Stories {
			check(s.File, s.Line, s.Value)
		}
	}
	for _, a := range shop.Answers {
		if a.Intent != "" && !slices.Contains(intents.Names, a.Intent) {
			file, at, _ := strings.Cut(a.At, ":")
			line, _ := strconv.Atoi(at)
			mistakes = append(mistakes, catalog.Mistake{File: file, Line: line, Reason: fmt.Sprintf("intent %q is none of %s", a.Intent, strings.Join(intents.Names, ", "))})
		}
	}
	return mistakes.Err()
}
