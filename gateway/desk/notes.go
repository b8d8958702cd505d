package desk

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// The kinds of notes.
const (
	noteKind    = "note"
	whisperKind = "whisper"
)

// MaxNote is the longest note, in characters.
const MaxNote = 4000

// Note is what people of the house write to each other.
type Note struct {
	ID      string    `json:"id"`
	Who     string    `json:"who"`
	Display string    `json:"display"`
	At      time.Time `json:"at"`
	Text    string    `json:"text"`
	Kind    string    `json:"kind" enum:"note,whisper"`
}

// Notes lists those of a conversation.
func (s *Service) Notes(ctx context.Context, conversation string) ([]Note, error) {
	a, err := s.See(ctx, conversation, staff.ConversationRead)
	if err != nil {
		return nil, err
	}
	snap, err := s.Record.Snapshot(ctx, conversation)
	if err != nil {
		return nil, err
	}
	if err := s.Read(ctx, a, conversation, "notes"); err != nil {
		return nil, err
	}
	return s.notes(ctx, a, snap.Conversation)
}

// notes are those an actor may read: whispers are for the holder, for who may whisper, and for who looks after compliance.
func (s *Service) notes(ctx context.Context, a staff.Actor, c dialog.Conversation) ([]Note, error) {
	all, err := s.Record.Notes(ctx, c.ID, 500)
	if err != nil {
		return nil, err
	}
	hears := holder(c.Handoff) == a.Name || a.May(staff.Whisper) || a.May(staff.AuditRead)
	out := []Note{}
	for _, n := range all {
		if n.Kind == whisperKind && !hears {
			continue
		}
		out = append(out, s.note(n))
	}
	return out, nil
}

func (s *Service) note(n store.Note) Note {
	return Note{ID: n.ID, Who: n.Who, Display: s.display(n.Who), At: n.At.UTC(), Text: n.Text, Kind: n.Kind}
}

// AddNote writes one that the debtor never sees.
func (s *Service) AddNote(ctx context.Context, conversation, text string) (Note, error) {
	a, err := s.See(ctx, conversation, staff.NoteWrite)
	if err != nil {
		return Note{}, err
	}
	return s.write(ctx, a, conversation, noteKind, text)
}

// Whisper tells the agent who has a conversation something the debtor never sees.
func (s *Service) Whisper(ctx context.Context, conversation, text string) (Note, error) {
	a, err := s.See(ctx, conversation, staff.Whisper)
	if err != nil {
		return Note{}, err
	}
	snap, err := s.Record.Snapshot(ctx, conversation)
	if err != nil {
		return Note{}, err
	}
	to := holder(snap.Conversation.Handoff)
	if to == "" {
		return Note{}, &dialog.Refused{Kind: dialog.RefusedByControl, Why: "no agent has the conversation"}
	}
	n, err := s.write(ctx, a, conversation, whisperKind, text)
	if err == nil {
		s.whisperLive(conversation, a.Name, to, n.Text)
	}
	return n, err
}

func (s *Service) write(ctx context.Context, a staff.Actor, conversation, kind, text string) (Note, error) {
	text = strings.TrimSpace(s.redact(text))
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return Note{}, &staff.Invalid{Field: "text", What: "is empty"}
	case n > MaxNote:
		return Note{}, &staff.Invalid{Field: "text", What: fmt.Sprintf("has %d characters; at most %d are kept", n, MaxNote)}
	}
	s.Acted(ctx, a)
	n := store.Note{ID: "nt_" + s.Env.NewID(), Conversation: conversation, Who: a.Name, Kind: kind, Text: text, At: s.now()}
	err := s.Record.AddNote(ctx, n, dialog.Event{Type: "note." + kind, At: n.At, Who: a.Who(), Body: map[string]any{"note": n.ID}})
	s.Feed.Ring()
	return s.note(n), err
}
