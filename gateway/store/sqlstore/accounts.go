package sqlstore

import (
	"context"
	"maps"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// factorLookup is the name, among an account's factors, of the keyed hash it is found by.
const factorLookup = "lookup"

// PutAccount implements [store.Accounts]. Identity factors are write-only, so
// an account that brings none keeps those it has. A flag that is set already
// keeps its time and reason.
func (s *Store) PutAccount(ctx context.Context, a dialog.Account, now time.Time) (bool, error) {
	return write(ctx, s.b, func(tx *Tx) (bool, error) {
		a := a
		all, err := queryAccounts(tx, `WHERE id = ?`+forUpdate, a.ID)
		if err != nil {
			return false, err
		}
		created := len(all) == 0
		a.Version = 1
		if !created {
			was := all[0]
			a.Version = was.Version + 1
			a.Agreements, a.Promises, a.Payments = was.Agreements, was.Promises, was.Payments
			if len(was.Flags) > 0 {
				flags := maps.Clone(was.Flags)
				for name, f := range a.Flags {
					if _, set := flags[name]; !set {
						flags[name] = f
					}
				}
				a.Flags = flags
			}
			if a.Factors == nil {
				a.Factors = was.Factors
			}
		}
		a.UpdatedAt = now.UTC()
		body, err := encode(a)
		if err != nil {
			return false, err
		}
		_, err = tx.Exec(`INSERT INTO accounts (id, version, person, lookup, portfolio, name, last4, body, updated_at) VALUES (?,?,?,?,?,?,?,?,?)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version, person = excluded.person, lookup = excluded.lookup, portfolio = excluded.portfolio,
				name = excluded.name, last4 = excluded.last4, body = excluded.body, updated_at = excluded.updated_at`,
			a.ID, a.Version, a.Person.ID, a.Factors[factorLookup], a.Portfolio, strings.ToLower(a.Person.Name), a.Last4, body, nanos(now))
		if err != nil {
			return false, err
		}
		if err := putAddresses(tx, a); err != nil {
			return false, err
		}
		return created, tx.note("", "account.written", nanos(now), "", map[string]any{"account": a.ID, "version": a.Version, "created": created})
	})
}

func putAddresses(tx *Tx, a dialog.Account) error {
	if _, err := tx.Exec(`DELETE FROM account_addresses WHERE account = ?`, a.ID); err != nil {
		return err
	}
	for _, at := range a.Person.Addresses {
		if _, err := tx.Exec(`INSERT INTO account_addresses (value, account) VALUES (?,?) ON CONFLICT DO NOTHING`, at.Value, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// updateAccount writes an account a turn has changed, if nobody else did meanwhile.
func updateAccount(tx *Tx, p preparedAccount, now int64) error {
	n, err := tx.Exec(`UPDATE accounts SET version = version + 1, person = ?, lookup = ?, portfolio = ?, name = ?, last4 = ?, body = ?, updated_at = ? WHERE id = ? AND version = ?`,
		p.Person.ID, p.Factors[factorLookup], p.Portfolio, strings.ToLower(p.Person.Name), p.Last4, p.body, now, p.ID, p.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return store.ErrStale
	}
	return putAddresses(tx, p.Account)
}

// Account implements [store.Accounts].
func (s *Store) Account(ctx context.Context, id string) (dialog.Account, error) {
	return read(ctx, s.b, func(c Conn) (dialog.Account, error) {
		all, err := queryAccounts(c, `WHERE id = ?`, id)
		if err != nil || len(all) == 0 {
			return dialog.Account{}, cmpErr(err)
		}
		return all[0], nil
	})
}

// AccountsByAddress implements [store.Accounts].
func (s *Store) AccountsByAddress(ctx context.Context, value string) ([]dialog.Account, error) {
	return read(ctx, s.b, func(c Conn) ([]dialog.Account, error) {
		return queryAccounts(c, `WHERE id IN (SELECT account FROM account_addresses WHERE value = ?) ORDER BY id`, value)
	})
}

// AccountsByFactor implements [store.Accounts].
func (s *Store) AccountsByFactor(ctx context.Context, key string) ([]dialog.Account, error) {
	if key == "" {
		return nil, nil
	}
	return read(ctx, s.b, func(c Conn) ([]dialog.Account, error) {
		return queryAccounts(c, `WHERE lookup = ? AND lookup <> '' ORDER BY id`, key)
	})
}

// AddressFacts implements [store.Accounts].
func (s *Store) AddressFacts(ctx context.Context, value string) (dialog.AddressFacts, error) {
	return read(ctx, s.b, func(c Conn) (dialog.AddressFacts, error) { return addressFacts(c, value) })
}
