package sqlstore

import (
	"context"
	"fmt"
	"time"

	"parley/dialog"
)

// UpdateAccount implements [store.Accounts].
func (s *Store) UpdateAccount(ctx context.Context, id string, now time.Time, act func(dialog.Account) (dialog.Account, []dialog.Event, error)) error {
	_, err := write(ctx, s.b, func(tx *Tx) (struct{}, error) {
		all, err := queryAccounts(tx, `WHERE id = ?`+forUpdate, id)
		if err != nil || len(all) == 0 {
			return struct{}{}, cmpErr(err)
		}
		after, events, err := act(all[0])
		if err != nil {
			return struct{}{}, err
		}
		after.ID, after.Version, after.UpdatedAt = id, all[0].Version+1, now.UTC()
		body, err := encode(after)
		if err != nil {
			return struct{}{}, fmt.Errorf("store: encode an account: %w", err)
		}
		after.Version = all[0].Version
		if err := updateAccount(tx, preparedAccount{Account: after, body: body}, nanos(now)); err != nil {
			return struct{}{}, err
		}
		ledger, err := entries(events)
		if err != nil {
			return struct{}{}, err
		}
		tx.record("", ledger)
		return struct{}{}, nil
	})
	return err
}
