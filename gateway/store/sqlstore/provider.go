package sqlstore

import (
	"context"
	"database/sql"
	"errors"
)

// ProviderID implements [store.Reader].
func (s *Store) ProviderID(ctx context.Context, channel, id string) (bool, error) {
	return read(ctx, s.b, func(c Conn) (bool, error) {
		var one int
		err := c.Row(`SELECT 1 FROM message_parts WHERE provider_id = ? AND channel = ? LIMIT 1`, id, channel).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		return err == nil, err
	})
}
