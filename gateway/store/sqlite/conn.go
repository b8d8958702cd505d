package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"parley/gateway/store/sqlstore"
)

// dialect is SQLite's: one writer at a time, so no row locks.
var dialect = sqlstore.Dialect{}

// maxStatements bounds the prepared statements of a connection. The texts are
// few; only filters and lists make variants.
const maxStatements = 256

// conn runs prepared statements on one connection. It is used by one goroutine at a time.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt
	// ctx is that of the operation in hand; a finished one stops the statement.
	ctx context.Context
}

func newConn(ctx context.Context, db *sql.DB) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{c: c, stmts: map[string]*sql.Stmt{}, ctx: context.Background()}, nil
}

func (c *conn) prepare(query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStatements {
		for q, s := range c.stmts {
			delete(c.stmts, q)
			if err := s.Close(); err != nil {
				return nil, err
			}
			break
		}
	}
	s, err := c.c.PrepareContext(c.ctx, dialect.Rewrite(query))
	if err == nil {
		c.stmts[query] = s
	}
	return s, err
}

// Exec implements [sqlstore.Conn].
func (c *conn) Exec(query string, args ...any) (int64, error) {
	s, err := c.prepare(query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(c.ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Query implements [sqlstore.Conn].
func (c *conn) Query(query string, args ...any) (*sql.Rows, error) {
	s, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(c.ctx, args...)
}

// Row implements [sqlstore.Conn].
func (c *conn) Row(query string, args ...any) *sql.Row {
	s, err := c.prepare(query)
	if err != nil {
		// The same error comes back from the row that is asked for.
		return c.c.QueryRowContext(c.ctx, dialect.Rewrite(query), args...)
	}
	return s.QueryRowContext(c.ctx, args...)
}

func (c *conn) close() error {
	var errs []error
	for _, s := range c.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.c.Close())...)
}
