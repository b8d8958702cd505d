package sqlstore

import (
	"strconv"
	"strings"
)

// Dialect says how a database differs.
type Dialect struct {
	// Numbered: arguments are $1, $2, ... instead of ?.
	Numbered bool
	// RowLocks: FOR UPDATE and SKIP LOCKED are known. Without them the database
	// must admit one writing transaction at a time.
	RowLocks bool
}

const (
	forUpdate  = " FOR UPDATE"
	skipLocked = " SKIP LOCKED"
)

// Rewrite turns a statement of this package into the database's own form.
func (d Dialect) Rewrite(query string) string {
	if !d.RowLocks {
		query = strings.TrimSuffix(strings.TrimSuffix(query, skipLocked), forUpdate)
	}
	if !d.Numbered {
		return query
	}
	var b strings.Builder
	n := 0
	for _, r := range query { // no statement here has a ? in a literal
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}
