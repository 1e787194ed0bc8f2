package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"tiski/bot/dialogue"
	"tiski/catalog"
	"tiski/intents"
)

// eachLine answers every line of in with one JSON object, at once.
func eachLine(ctx context.Context, in io.Reader, out io.Writer, answer func(line string) any) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for lines.Scan() && ctx.Err() == nil {
		if err := encoder.Encode(answer(lines.Text())); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read a line: %w", err)
	}
	return nil
}

// understand is `tiski understand`.
func understand(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	f := flags("understand")
	shop := shopFlag(f)
	data := dataFlag(f)
	file := f.String("examples", "", `train on this file instead, {"text","intent"} a line`)
	why := f.Bool("explain", false, "tell what decided")
	confused := f.String("confusions", "", `tell what of this file is taken for what, {"text","intent"} a line`)
	noisy := f.Bool("noisy", false, "with -confusions: make slips in its messages first")
	if err := parse(f, args); err != nil {
		return err
	}
	model, err := reader(ctx, *shop, *data, *file)
	if err != nil {
		return err
	}
	if *confused != "" {
		return confusions(model, *confused, *noisy, out)
	}
	return eachLine(ctx, in, out, func(line string) any {
		r := model.Read(line, intents.Hint{})
		r.Text = line
		if r.Entities == nil {
			r.Entities = []intents.Entity{}
		}
		if *why {
			return explained{r, model.Explain(line, intents.Hint{})}
		}
		return r
	})
}

// reader is the shop's own reader, or one trained on a file.
func reader(ctx context.Context, shop, data, file string) (*intents.Model, error) {
	if file == "" {
		shelf, err := openShelf(ctx, shop, data)
		if err != nil {
			return nil, err
		}
		return shelf.Model, nil
	}
	examples, err := readExamples(file)
	if err != nil {
		return nil, err
	}
	return intents.Train(examples, intents.Data(), intents.Vocabulary{})
}

func readExamples(file string) ([]intents.Example, error) {
	source, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open examples: %w", err)
	}
	defer source.Close()
	examples, err := intents.ReadExamples(source)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return examples, nil
}

// found is one answer of `tiski search`.
type found struct {
	Query string     `json:"query"`
	Hits  []foundHit `json:"hits"`
}

type foundHit struct {
	Product string  `json:"product"`
	Title   string  `json:"title"`
	Score   float64 `json:"score"`
}

// find is `tiski search`.
func find(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	f := flags("search")
	shop := shopFlag(f)
	data := dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	shelf, err := openShelf(ctx, *shop, *data)
	if err != nil {
		return err
	}
	return eachLine(ctx, in, out, func(line string) any {
		r := shelf.Model.Read(line, intents.Hint{})
		answer := found{Query: line, Hits: []foundHit{}}
		for _, h := range shelf.Index.Find(dialogue.Query(r), nil).Hits {
			answer.Hits = append(answer.Hits, foundHit{Product: h.Product.ID, Title: h.Product.Name.In(r.Lang), Score: h.Score})
		}
		return answer
	})
}

// catalogueProduct is one line of `tiski catalogue`.
type catalogueProduct struct {
	Product  string             `json:"product"`
	Title    catalog.Text       `json:"title"`
	Brand    string             `json:"brand,omitempty"`
	Category string             `json:"category"`
	Variants []catalogueVariant `json:"variants"`
}

type catalogueVariant struct {
	SKU     string            `json:"sku"`
	Options map[string]string `json:"options"`
	Price   catalog.Cents     `json:"price"` // cents
	Stock   *int              `json:"stock"` // null: in stock, number unknown
}

// printCatalogue is `tiski catalogue`.
func printCatalogue(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	f := flags("catalogue")
	source := shopFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	s, err := environ()
	if err != nil {
		return err
	}
	files, err := openShop(*source)
	if err != nil {
		return err
	}
	l, err := files.load(ctx, s)
	if err != nil {
		return err
	}
	shop := l.shop
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for i := range shop.Products {
		p := &shop.Products[i]
		line := catalogueProduct{Product: p.ID, Title: p.Name, Brand: p.Brand, Category: p.Category}
		for j := range p.Variants {
			v := &p.Variants[j]
			one := catalogueVariant{SKU: v.SKU, Options: v.Options, Price: p.PriceOf(v)}
			if one.Options == nil {
				one.Options = map[string]string{}
			}
			if v.Stock != catalog.StockUnknown {
				one.Stock = &v.Stock
			}
			line.Variants = append(line.Variants, one)
		}
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("print the catalogue: %w", err)
		}
	}
	return nil
}
