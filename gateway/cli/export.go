package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway"
	"parley/gateway/casefile"
	"parley/gateway/store"
)

type exportCmd struct {
	databaseFlag
	Conversation string `arg:"" help:"The conversation's id."`
	Out          string `help:"Folder to write CONVERSATION.json and CONVERSATION.html to. Without it the JSON goes to standard output." placeholder:"DIR"`
	For          string `help:"For whom the case file is made; recorded with the reading." default:"operator" placeholder:"NAME"`
}

// Run makes the case file. The reading is recorded before anything is written
// out, so that the file holds it too.
func (c exportCmd) Run(w *world) error {
	ctx := context.Background()
	record, err := openExisting(ctx, c.Database)
	if err != nil {
		return err
	}
	defer record.Close()
	now := time.Now().UTC()
	err = record.Note(ctx, c.Conversation, dialog.Event{Type: store.EventRecordRead, At: now, Who: "human:" + c.For, Body: map[string]any{"what": "case file", "through": "command line"}})
	if err != nil && !errors.Is(err, store.ErrNotFound) { // of a purged one, the ledger may be left
		return err
	}
	file, err := casefile.Build(ctx, record, c.Conversation, casefile.Made{At: now, By: c.For, Program: gateway.Version})
	if errors.Is(err, store.ErrNotFound) {
		return unusable{fmt.Errorf("there is no conversation %q in this record", c.Conversation)}
	}
	if err != nil {
		return err
	}
	if c.Out == "" {
		return file.JSON(w.out)
	}
	return writeCaseFile(file, c.Out, w.out)
}

func writeCaseFile(file casefile.File, dir string, out io.Writer) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	base := filepath.Join(dir, fileName(file.Conversation.ID))
	for ext, write := range map[string]func(io.Writer) error{".json": file.JSON, ".html": file.HTML} {
		if err := writeFile(base+ext, write); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%s.json\n%s.html\n", base, base)
	return err
}

// writeFile writes a file that only its owner may read.
func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// fileName keeps an id from naming another folder.
func fileName(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, id)
}

// openExisting opens a record that is there: a command that reads makes no new one.
func openExisting(ctx context.Context, url string) (store.Store, error) {
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		if _, err := os.Stat(path); err != nil {
			return nil, unusable{fmt.Errorf("there is no record at %s", path)}
		}
	}
	return openRecord(ctx, url)
}
