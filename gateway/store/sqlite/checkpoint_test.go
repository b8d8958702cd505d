package sqlite

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCheckpointer(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "parley.db")
	opt := Options{}
	opt.defaults()
	db, err := openPool(t.Context(), path, opt, false)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{`CREATE TABLE much (body BLOB)`, `INSERT INTO much VALUES (zeroblob(1000000))`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	size := func() int64 {
		f, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return f.Size()
	}
	if size() > 1_000_000 {
		t.Fatal("the commit itself has copied the journal back")
	}
	c, err := newConn(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	p := newCheckpointer(c)
	for range 3 { // nobody listens yet, and nothing waits for that
		p.ring()
	}
	go p.run()
	if err := p.stop(); err != nil { // what was asked for is still done
		t.Fatal(err)
	}
	if size() < 1_000_000 {
		t.Errorf("the file has %d bytes: the journal was not copied back", size())
	}
}
