package dialog

import (
	"time"

	"parley/compliance/gate"
)

// current is the snapshot as changed so far.
func (t *turn) current() Snapshot {
	snap := t.snap
	snap.Conversation, snap.Address, snap.Accounts = t.conv, t.address, nil
	for _, id := range sorted(keys(t.accounts)) {
		snap.Accounts = append(snap.Accounts, t.accounts[id])
	}
	return snap
}

// answerable is the first moment from at on at which a human can answer: the desk is
// open and the person may be contacted. false: no such moment is known.
func (t *turn) answerable(at time.Time) (time.Time, bool) {
	return t.e.Settings.Answerable(t.current(), at)
}

// deadline is by when a human should have answered what has waited since then.
func (t *turn) deadline(since time.Time) time.Time {
	at, ok := t.answerable(since)
	if !ok {
		return time.Time{}
	}
	return at.Add(t.e.Settings.Desk.WithDefaults().FirstReply).UTC()
}

// answerTries bounds how often the two calendars are asked in turn.
const answerTries = 30

// Answerable is the first moment from at on at which both calendars allow a human to answer: that
// of the desk, and the hours in which this person may be contacted. false: the law
// allows no moment that is known.
func (s Settings) Answerable(snap Snapshot, at time.Time) (time.Time, bool) {
	for range answerTries {
		at = s.Desk.Calendar.NextOpen(at)
		if at.IsZero() {
			return at, false
		}
		v := gate.Decide(s.Contact(snap, "reply", "agent", at))
		switch {
		case v.Decision == gate.Allow:
			return at, true
		case v.Decision != gate.Delay || !v.Until.After(at):
			return time.Time{}, false
		}
		at = v.Until
	}
	return time.Time{}, false
}
