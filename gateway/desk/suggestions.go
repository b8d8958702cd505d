package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.uber.org/zap"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// Suggestion is a reply somebody may send as it is, change, or turn down.
type Suggestion struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
	Source string `json:"source" enum:"engine,model"`
}

// SuggestionList is what is suggested for the newest message.
type SuggestionList struct {
	Suggestions []Suggestion `json:"suggestions"`
	LastSeq     int64        `json:"last_seq" doc:"the newest message they know; with a newer one they are stale"`
}

// Suggestions gives what is suggested now. It is found once for each message, and kept with what becomes of it.
func (s *Service) Suggestions(ctx context.Context, conversation string) (SuggestionList, error) {
	out := SuggestionList{Suggestions: []Suggestion{}}
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return out, err
	}
	snap, err := s.Record.Snapshot(ctx, conversation)
	if err != nil {
		return out, err
	}
	if err := s.Read(ctx, a, conversation, reading(snap.Conversation, a)); err != nil {
		return out, err
	}
	if n := len(snap.Recent); n > 0 {
		out.LastSeq = snap.Recent[n-1].Seq
	}
	kept, err := s.Record.Suggestions(ctx, conversation, out.LastSeq)
	if err != nil {
		return out, err
	}
	if len(kept) == 0 && snap.Conversation.Control != dialog.ControlClosed && heldOrWaiting(snap) {
		if kept, err = s.suggestOnce(ctx, snap, out.LastSeq); err != nil {
			return out, err
		}
	}
	if len(kept) > 0 {
		if kept, err = s.withLateDrafts(ctx, conversation, out.LastSeq, kept); err != nil {
			return out, err
		}
	}
	for _, x := range kept {
		out.Suggestions = append(out.Suggestions, Suggestion{ID: x.ID, Kind: x.Kind, Text: x.Text, Reason: x.Reason, Source: x.Source})
	}
	return out, nil
}

// heldOrWaiting: a human has, or is to have, the word.
func heldOrWaiting(snap dialog.Snapshot) bool { return snap.Conversation.Handoff.Open() }

// Bounds of finding suggestions, which may ask a model.
const (
	suggestFor   = 15 * time.Second
	suggestAgain = 30 * time.Second // where nothing was found
)

// suggestOnce finds suggestions once for all who ask at the same moment, and not again at once where there were none.
func (s *Service) suggestOnce(ctx context.Context, snap dialog.Snapshot, seq int64) ([]store.Suggestion, error) {
	key := suggestionID(snap.Conversation.ID, seq, 0)
	found, err, _ := s.suggesting.Do(key, func() (any, error) {
		if !s.suggested.due(key, s.now(), suggestAgain) {
			return []store.Suggestion(nil), nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), suggestFor) // whoever asked first may go
		defer cancel()
		return s.suggest(ctx, snap, seq)
	})
	if err != nil {
		return nil, err
	}
	all, _ := found.([]store.Suggestion)
	return all, nil
}

// withLateDrafts adds what the bot drafted after suggestions were found, first: the words for a decision, which comes when
// nobody has written. One that somebody has turned down already stays so.
func (s *Service) withLateDrafts(ctx context.Context, conversation string, seq int64, kept []store.Suggestion) ([]store.Suggestion, error) {
	drafts, err := s.Record.BotDrafts(ctx, conversation, seq)
	if err != nil {
		return nil, err
	}
	var late []store.Suggestion
	for _, d := range drafts {
		id := draftID(conversation, seq, d.Text)
		if _, err := s.Record.Suggestion(ctx, id); errors.Is(err, store.ErrNotFound) {
			late = append(late, store.Suggestion{ID: id, Conversation: conversation, Seq: seq, Rank: -1, Kind: "reply", Text: d.Text, Reason: "the bot's draft", Source: "model", MadeAt: s.now()})
		} else if err != nil {
			return nil, err
		}
	}
	if len(late) == 0 {
		return kept, nil
	}
	if err := s.Record.Suggest(ctx, conversation, late, s.now()); err != nil {
		return nil, err
	}
	return s.Record.Suggestions(ctx, conversation, seq)
}

// suggest asks the bot for its drafts and the engine for its moves, and keeps them. An id says for which message and place
// it is, so that two who ask at once get the same ones.
func (s *Service) suggest(ctx context.Context, snap dialog.Snapshot, seq int64) ([]store.Suggestion, error) {
	id := snap.Conversation.ID
	drafts, err := s.Record.BotDrafts(ctx, id, seq)
	if err != nil {
		return nil, err
	}
	var all []store.Suggestion
	add := func(kind, text, reason, source string) {
		for _, x := range all {
			if x.Text == text {
				return
			}
		}
		all = append(all, store.Suggestion{ID: suggestionID(id, seq, len(all)), Conversation: id, Seq: seq, Rank: len(all), Kind: kind, Text: text, Reason: reason, Source: source, MadeAt: s.now()})
	}
	for _, d := range drafts {
		add("reply", d.Text, "the bot's draft", "model")
		all[len(all)-1].ID = draftID(id, seq, all[len(all)-1].Text)
	}
	for _, x := range s.Engine.Suggest(ctx, snap, s.Env) {
		source := "model"
		if x.By == "engine" {
			source = "engine"
		}
		add(x.Kind, x.Text, x.Reason, source)
	}
	if err := s.Record.Suggest(ctx, id, all, s.now()); err != nil {
		return nil, err
	}
	return s.Record.Suggestions(ctx, id, seq)
}

// suggestionID names a suggestion by what it is for, so that it is one whoever finds it first.
func suggestionID(conversation string, seq int64, rank int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%d", conversation, seq, rank))
	return "sg_" + hex.EncodeToString(sum[:10])
}

// draftID names a suggestion that is a draft of the bot's by its words.
func draftID(conversation string, seq int64, text string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/draft/%s", conversation, seq, text))
	return "sg_" + hex.EncodeToString(sum[:10])
}

// suggestion reads the one a reply was made from; the zero one for "".
func (s *Service) suggestion(ctx context.Context, conversation, id string) (store.Suggestion, error) {
	if id == "" {
		return store.Suggestion{}, nil
	}
	x, err := s.Record.Suggestion(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && x.Conversation != conversation {
		return store.Suggestion{}, &staff.Invalid{Field: "draft_of", What: "is no suggestion of this conversation"}
	}
	return x, err
}

// settle writes what became of a suggestion that was sent, or of which something was. The message is out; that this can't
// be written does not take it back.
func (s *Service) settle(ctx context.Context, x store.Suggestion, a staff.Actor, sent string) {
	x.Fate, x.Who, x.FateAt, x.Sent = store.FateSent, a.Name, s.now(), sent
	if x.Distance = editDistance(x.Text, sent); x.Distance > 0 {
		x.Fate = store.FateEdited
	}
	if err := s.Record.Decided(ctx, x); err != nil && !errors.Is(err, store.ErrStale) {
		s.Log.Warn("what became of a suggestion can't be kept", zap.Error(err))
	}
}

// RejectSuggestion turns one down.
func (s *Service) RejectSuggestion(ctx context.Context, conversation, id, why string) error {
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return err
	}
	x, err := s.Record.Suggestion(ctx, id)
	if err != nil {
		return err
	}
	if x.Conversation != conversation {
		return store.ErrNotFound
	}
	if x.Fate == store.FateRejected && x.Who == a.Name {
		return nil
	}
	x.Fate, x.Who, x.Why, x.FateAt = store.FateRejected, a.Name, shorten(strings.TrimSpace(s.redact(why)), 500), s.now()
	return s.Record.Decided(ctx, x)
}

// editDistance is how many characters must be put in, taken out or replaced to make one text of the other.
func editDistance(from, to string) int {
	a, b := []rune(from), []rune(to)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
