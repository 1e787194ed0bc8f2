package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"tiski/bot/store"
)

// readTranscriptKeys reads TRANSCRIPT_KEYS: keys of 32 bytes in base64, by commas.
func readTranscriptKeys(text string) (keys [][]byte, err error) {
	for _, one := range byCommas(text) {
		key, err := base64.StdEncoding.DecodeString(one)
		if err != nil || len(key) != store.KeySize {
			return nil, fmt.Errorf("TRANSCRIPT_KEYS must be keys of %d bytes in base64, by commas, the one that seals first; openssl rand -base64 %d makes one", store.KeySize, store.KeySize)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// openDatabase opens DATABASE_URL, else the file in the data folder.
func (s settings) openDatabase(ctx context.Context, data string) (*store.Store, error) {
	url := s.database
	if url == "" {
		url = filepath.Join(data, databaseFile)
	}
	kept, err := store.Open(ctx, url, s.transcripts...)
	if errors.Is(err, store.ErrSealed) {
		return nil, fmt.Errorf("%w: add it to TRANSCRIPT_KEYS, after the first", err)
	}
	return kept, err
}

// openKept opens what is kept of a shop, for a command; the settings are those of
// the environment.
func openKept(ctx context.Context, data string) (*store.Store, settings, error) {
	s, err := environ()
	if err != nil {
		return nil, s, err
	}
	kept, err := s.openDatabase(ctx, data)
	return kept, s, err
}

// tellSeal tells how transcripts are kept.
func (s settings) tellSeal(out io.Writer) error {
	if len(s.transcripts) == 0 {
		_, err := fmt.Fprintln(out, "Transcripts are kept open: there is no TRANSCRIPT_KEYS.")
		return err
	}
	key, err := store.TranscriptKey(s.transcripts[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Transcripts are sealed by key %s; %d older keys open what they sealed.\n", key, len(s.transcripts)-1)
	return err
}

// sealKept seals transcripts that are kept open or by an older key.
func sealKept(ctx context.Context, kept *store.Store, out io.Writer) error {
	n, err := kept.SealKept(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d messages are sealed by the first of TRANSCRIPT_KEYS; no other key is needed any more.\n", n)
	return err
}
