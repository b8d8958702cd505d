package staff

import (
	"context"
	"strings"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// readAgain is how long the same reading by the same person counts as one.
const readAgain = 5 * time.Minute

// Read is somebody's reading of data about debtors.
type Read struct {
	// What was read, such as "transcript", "account", "trace", "live view", or "reveal birth date".
	What string
	// Conversation or Account it is of; with neither, What says of whose.
	Conversation, Account string
	// Why, where a reason was asked for. A reading with one is always recorded.
	Why string
}

// RecordRead puts a reading into the ledger as [store.EventRecordRead]: who, in which session, from where, what and
// why. It is durable when it returns, so it comes before the data are shown; when it fails they must not be.
// Repeats within five minutes are one reading and cost nothing.
func (s *Service) RecordRead(ctx context.Context, a Actor, r Read) error {
	now := s.now()
	key := strings.Join([]string{a.Name, a.Session, r.What, r.Conversation, r.Account}, "\x00")
	if r.Why == "" && s.reads.has(key, now) {
		return nil
	}
	body := map[string]any{"what": r.What, "through": "API key"}
	if a.Session != "" {
		body["through"], body["session"] = "desk", a.Session
	}
	for name, value := range map[string]string{"ip": a.IP, "account": r.Account, "why": r.Why} {
		if value != "" {
			body[name] = value
		}
	}
	e := dialog.Event{Type: store.EventRecordRead, At: now, Who: a.Who(), Body: body}
	var err error
	if r.Conversation != "" {
		err = s.record.Note(ctx, r.Conversation, e)
	} else {
		err = s.record.NoteStaff(ctx, e)
	}
	if err == nil {
		s.reads.put(key, now)
	}
	return err
}
