package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiski/bot/store"
	"tiski/catalog"
)

// mostAnswered is how many answers of staff the bot gives.
const mostAnswered = 1000

// answersFile is where answers of staff stand in the data folder, and in a shop's
// folder when they are exported.
var answersFile = filepath.Join("answers", "console.yaml")

// answered is a shop with the answers of staff that have been accepted by now, in place of
// those it had before; they are in the data folder as a file, too.
func answered(ctx context.Context, from *store.Store, data string, shop *catalog.Shop) (*catalog.Shop, error) {
	written, err := acceptedAnswers(ctx, from)
	if err != nil {
		return nil, err
	}
	with := *shop
	with.Answers = slices.DeleteFunc(slices.Clone(shop.Answers), ofStaff)
	if len(written) == 0 {
		return &with, os.RemoveAll(filepath.Join(data, answersFile))
	}
	if err := keepAnswers(data, written); err != nil {
		return nil, err
	}
	read, err := catalog.ReadAnswers(os.DirFS(data))
	if err != nil {
		return nil, fmt.Errorf("read the answers of staff: %w", err)
	}
	with.Answers = append(with.Answers, read...)
	return &with, nil
}

// ofStaff tells an answer of staff from one of the shop's files.
func ofStaff(a catalog.Answer) bool {
	return strings.HasPrefix(a.At, filepath.ToSlash(answersFile)+":")
}

func acceptedAnswers(ctx context.Context, from *store.Store) ([]catalog.Answer, error) {
	all, err := from.Answers(ctx, mostAnswered)
	var accepted []catalog.Answer
	for _, a := range all {
		if a.Accepted {
			accepted = append(accepted, a.Answer)
		}
	}
	return accepted, err
}

// keepAnswers writes the file of answers below a folder.
func keepAnswers(folder string, all []catalog.Answer) error {
	var b bytes.Buffer
	err := catalog.WriteAnswers(&b, all)
	if err == nil {
		err = keepFile(filepath.Join(folder, answersFile), b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("keep the answers of staff: %w", err)
	}
	return nil
}
