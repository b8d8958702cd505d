package gateway

import (
	"context"
	"errors"

	"parley/channels/webchat"
	"parley/dialog"
	"parley/gateway/store"
)

// feed is the web chat's view of the record: what the person has seen, in order.
type feed struct{ record store.Store }

var _ webchat.Feed = feed{}

// Since implements [webchat.Feed].
func (f feed) Since(ctx context.Context, conversation string, since int64, limit int) ([]webchat.Item, error) {
	messages, err := f.record.Feed(ctx, conversation, since, limit)
	if err != nil {
		return nil, err
	}
	items := make([]webchat.Item, 0, len(messages))
	for _, m := range messages {
		item := webchat.Item{Seq: m.Feed, ID: m.ID, From: m.From, Name: m.Name, Text: m.Text, Choices: m.Choices, At: m.At}
		if m.Direction == "in" {
			item.From, item.ID = "you", clientID(m)
		}
		items = append(items, item)
	}
	return items, nil
}

// clientID is the id under which the widget sent a message, so that it knows its own.
func clientID(m dialog.Message) string {
	prefix := m.Conversation + "/"
	if len(m.ProviderID) > len(prefix) && m.ProviderID[:len(prefix)] == prefix {
		return m.ProviderID[len(prefix):]
	}
	return m.ID
}

// Exists implements [webchat.Feed].
func (f feed) Exists(ctx context.Context, conversation string) (string, bool, error) {
	snap, err := f.record.Snapshot(ctx, conversation)
	if errors.Is(err, store.ErrNotFound) {
		return "", false, nil
	}
	return string(snap.Conversation.Control), err == nil, err
}
