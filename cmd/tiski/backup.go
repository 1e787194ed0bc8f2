package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"tiski/bot/store"
)

// databaseFile is the database in the data folder; SQLite keeps what it writes
// in files beside it, whose names begin likewise.
const databaseFile = "tiski.db"

// backup is `tiski backup FILE`: the data folder as one file (.tar.gz), the
// database as it is at one moment. The shop may go on meanwhile.
func backup(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	to, data, err := backupFile("backup", args)
	if err != nil {
		return err
	}
	s, err := environ()
	if err != nil {
		return err
	}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already", to)
	}
	kept, err := keepFolder(ctx, data, to, s.database == "")
	if err != nil {
		os.Remove(to + ".new")
		return fmt.Errorf("back up %s: %w", data, err)
	}
	fmt.Fprintf(out, "%s: %d files\n", to, kept)
	if s.database != "" {
		fmt.Fprintln(out, "Orders, customers and transcripts are in PostgreSQL, and not in this file: back them up with pg_dump --format=custom.")
	}
	return nil
}

// restore is `tiski restore FILE`: it puts a backup into a data folder that has
// no database yet.
func restore(ctx context.Context, args []string, _ io.Reader, out io.Writer) error {
	from, data, err := backupFile("restore", args)
	if err != nil {
		return err
	}
	if there, err := os.ReadDir(data); err == nil && len(there) > 0 {
		return fmt.Errorf("the folder %s is not empty: name a new one with -data, or move it away", data)
	}
	n, err := unpack(from, data)
	if err != nil {
		return fmt.Errorf("restore %s: %w", from, err)
	}
	database := filepath.Join(data, databaseFile)
	if _, none := os.Stat(database); none == nil {
		if err := store.Sound(ctx, database); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(out, "%s: %d files\n", data, n)
	return err
}

// backupFile reads the arguments of a command: its file and -data.
func backupFile(name string, args []string) (file, data string, err error) {
	f := flags(name)
	folder := dataFlag(f)
	if err := f.Parse(args); err != nil {
		return "", "", err
	}
	if f.NArg() != 1 {
		return "", "", fmt.Errorf("tiski %s takes one file: tiski %s -data DIR FILE.tar.gz", name, name)
	}
	return f.Arg(0), *folder, nil
}

// keepFolder writes a data folder into a file, whole or not at all.
func keepFolder(ctx context.Context, data, to string, database bool) (files int, err error) {
	out, err := os.OpenFile(to+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, err
	}
	defer out.Close()
	packed := gzip.NewWriter(out)
	pack := tar.NewWriter(packed)
	if database {
		if err := packDatabase(ctx, pack, filepath.Join(data, databaseFile)); err != nil {
			return 0, err
		}
		files++
	}
	err = filepath.WalkDir(data, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), databaseFile) || strings.HasSuffix(d.Name(), ".new") {
			return err
		}
		inside, err := filepath.Rel(data, name)
		if err == nil {
			err = packFile(pack, name, filepath.ToSlash(inside))
		}
		if errors.Is(err, fs.ErrNotExist) { // a letter that was removed meanwhile
			return nil
		}
		files++
		return err
	})
	if err := errors.Join(err, pack.Close(), packed.Close(), out.Sync()); err != nil {
		return 0, err
	}
	return files, os.Rename(to+".new", to)
}

// packDatabase packs a copy of the database, taken while others use it.
func packDatabase(ctx context.Context, pack *tar.Writer, database string) error {
	if _, err := os.Stat(database); err != nil {
		return err
	}
	room, err := os.MkdirTemp(filepath.Dir(database), ".backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(room)
	copied := filepath.Join(room, databaseFile)
	if err := store.Backup(ctx, database, copied); err != nil {
		return err
	}
	return packFile(pack, copied, databaseFile)
}

func packFile(pack *tar.Writer, name, inside string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	header := &tar.Header{Name: inside, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}
	if err := pack.WriteHeader(header); err != nil {
		return err
	}
	_, err = io.CopyN(pack, in, info.Size())
	return err
}

// unpack writes the files of a backup into a folder, and nowhere else.
func unpack(from, data string) (files int, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	packed, err := gzip.NewReader(in)
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return 0, err
	}
	room, err := os.OpenRoot(data)
	if err != nil {
		return 0, err
	}
	defer room.Close()
	for pack := tar.NewReader(packed); ; files++ {
		header, err := pack.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return files, err
		}
		if err := unpackFile(room, header.Name, pack); err != nil {
			return files, err
		}
	}
}

func unpackFile(room *os.Root, name string, in io.Reader) error {
	if err := room.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	out, err := room.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
