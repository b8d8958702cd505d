package sqlstore

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/gateway/store"
)

// nanos is how a time stands in the database: nanoseconds since 1970, 0 for none.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// encode is v as JSON.
func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("store: encode %T: %w", v, err)
	}
	return string(b), nil
}

// encodeList is a list as JSON, "" when it is empty.
func encodeList[T any](v []T) (string, error) {
	if len(v) == 0 {
		return "", nil
	}
	return encode(v)
}

func decode(s string, into any) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), into); err != nil {
		return fmt.Errorf("store: decode %T: %w", into, err)
	}
	return nil
}

// found turns the driver's word for no row into the port's.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return store.ErrNotFound
	}
	return err
}

func none(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// collect scans every row of a query. An error of the query may be passed through.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scanString(rows *sql.Rows) (s string, err error) {
	err = rows.Scan(&s)
	return s, err
}

// holes is n arguments of an IN list.
func holes(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys(ids []string) []any {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return args
}

// A cursor is where a page ended: numbers, then the row's id.
func cursorOf(id string, at ...int64) string {
	var b strings.Builder
	for _, n := range at {
		b.WriteString(strconv.FormatInt(n, 10))
		b.WriteByte(' ')
	}
	return base64.RawURLEncoding.EncodeToString([]byte(b.String() + id))
}

// ErrCursor is returned for a cursor that no page of this store has given.
var ErrCursor = errors.New("store: not a cursor of this list")

func parseCursor(cursor string, numbers int) (id string, at []int64, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return "", nil, ErrCursor
	}
	fields := strings.SplitN(string(raw), " ", numbers+1)
	if len(fields) != numbers+1 {
		return "", nil, ErrCursor
	}
	for _, f := range fields[:numbers] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return "", nil, ErrCursor
		}
		at = append(at, n)
	}
	return fields[numbers], at, nil
}
