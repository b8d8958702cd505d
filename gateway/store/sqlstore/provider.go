package sqlstore

import (
	"context"
	"time"
)

// ProviderID implements [store.Reader].
func (s *Store) ProviderID(ctx context.Context, channel, id string) (bool, error) {
	return read(ctx, s.b, func(c Conn) (bool, error) {
		var one int
		err := c.Row(`SELECT 1 FROM message_parts WHERE provider_id = ? AND channel = ? LIMIT 1`, id, channel).Scan(&one)
		if none(err) {
			return false, nil
		}
		return err == nil, err
	})
}

// LastEvent implements [store.Reader].
func (s *Store) LastEvent(ctx context.Context) (time.Time, error) {
	return read(ctx, s.b, func(c Conn) (time.Time, error) {
		var at int64
		err := c.Row(`SELECT at FROM ledger ORDER BY n DESC LIMIT 1`).Scan(&at)
		if none(err) {
			return time.Time{}, nil
		}
		return instant(at), err
	})
}
