package sqlite

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
)

func TestAnOlderRecordIsTakenOver(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "parley.db")
	db, err := sql.Open("sqlite", dsn(path, Options{BusyTimeout: time.Second}, false))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`INSERT INTO conversations (id, channel, address, control, epoch, version, created_at, active_at, due, body)
			VALUES ('c1', 'sms', '+15125550123', 'bot', 2, 5, 1, 1, 1, '{"id":"c1","language":"es","pending":"identity"}')`,
		`INSERT INTO messages (conversation, seq, id, direction, sender, text, at, status) VALUES ('c1', 1, 'm1', 'in', 'person', 'hola', 1, 'received')`,
		`INSERT INTO inbox (conversation, n, kind, seq, due, body) VALUES ('c1', 1, 'message', 1, 1,
			'{"id":0,"seq":0,"kind":"message","at":"2026-11-30T15:00:00Z","keyword":"opt_out","door":[{"name":"receive","attempt":1,"outcome":"ok"}]}')`,
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Claim(t.Context(), "w", time.Unix(0, 2), time.Minute)
	if err != nil || c == nil {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := c.Snapshot.Conversation; got.Language != "es" || got.Pending != "identity" || got.Version != 5 || got.Epoch != 2 {
		t.Errorf("the conversation became %+v", got)
	}
	if c.Input.Text != "hola" || c.Input.Keyword != "opt_out" || len(c.Input.Door) != 1 || c.Input.At.Year() != 2026 {
		t.Errorf("the input became %+v", c.Input)
	}
}
