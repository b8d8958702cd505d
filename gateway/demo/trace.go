package demo

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"parley/dialog"
	"parley/gateway/store"
)

// How much of a long conversation the page is given.
const (
	shownTurns    = 30
	shownMessages = 200
)

// message is one thing said, as it stands in the record: after redaction.
type message struct {
	Seq       int64  `json:"seq"`
	Direction string `json:"direction"`
	From      string `json:"from"`
	Text      string `json:"text"`
	Status    string `json:"status"`
	Reason    string `json:"reason"`
	Turn      string `json:"turn"`
}

// trace is the conversation of a phone or a chat with every step of its last turns.
func (p *Page) trace(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	id := r.URL.Query().Get("conversation")
	if phone := r.URL.Query().Get("phone"); phone != "" {
		var err error
		if id, err = p.deps.Record.OpenConversation(ctx, onPhone(r), phone); err != nil {
			fail(w, http.StatusServiceUnavailable, "the record did not answer")
			return
		}
	}
	ringing := p.ringing(r.URL.Query().Get("ring"))
	nothing := map[string]any{"conversation": nil, "turns": []any{}, "total": 0, "messages": []any{}, "ringing": ringing}
	if id == "" {
		reply(w, r, nothing)
		return
	}
	snap, err := p.deps.Record.Snapshot(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		reply(w, r, nothing)
		return
	}
	turns, terr := p.deps.Record.Traces(ctx, id)
	said, merr := p.deps.Record.Messages(ctx, id, before(turns), shownMessages)
	if err != nil || terr != nil || merr != nil {
		fail(w, http.StatusServiceUnavailable, "the record did not answer")
		return
	}
	total := len(turns)
	turns = last(turns, shownTurns)
	reply(w, r, map[string]any{"conversation": summary(snap), "turns": append([]dialog.TurnTrace{}, turns...), "total": total,
		"messages": messages(said), "ringing": ringing})
}

// onPhone is the channel a telephone's conversation is asked for on.
func onPhone(r *http.Request) string {
	if r.URL.Query().Get("channel") == "voice" {
		return "voice"
	}
	return "sms"
}

func last[T any](all []T, n int) []T { return all[max(0, len(all)-n):] }

// before is the place in the record just before the first turn that is shown.
func before(turns []dialog.TurnTrace) int64 {
	first := int64(0)
	for _, t := range last(turns, shownTurns) {
		if t.InputSeq > 0 && (first == 0 || t.InputSeq < first) {
			first = t.InputSeq
		}
	}
	return max(0, first-1)
}

func messages(said []dialog.Message) []message {
	out := make([]message, 0, len(said))
	for _, m := range said {
		out = append(out, message{m.Seq, m.Direction, m.From, m.Text, string(m.Status), m.Reason, m.Turn})
	}
	return out
}

// summary is the state of a conversation, without anything that proves who someone is.
func summary(snap dialog.Snapshot) map[string]any {
	c := snap.Conversation
	out := map[string]any{"id": c.ID, "channel": c.Channel, "control": c.Control, "epoch": c.Epoch, "verified": c.Identity.Verified,
		"attempts": c.Identity.Attempts, "account": c.Account, "language": c.Language, "confidence": c.Confidence,
		"agreement": nil, "promise": nil, "reasons": []string{}, "handoff": nil, "flags": flags(snap), "opted_out": nil}
	if a := c.Agreement; a != nil {
		payments := []map[string]string{}
		for _, i := range a.Terms.Installments {
			payments = append(payments, map[string]string{"due": i.Due.String(), "amount": i.Amount.Decimal()})
		}
		out["agreement"] = map[string]any{"kind": a.Kind, "state": a.State, "total": a.Terms.Total.Decimal(), "installments": payments}
	}
	if p := c.Promise; p != nil {
		out["promise"] = map[string]any{"amount": p.Amount.Decimal(), "due": p.Due.String(), "state": p.State}
	}
	if at := snap.Address.SMSOptedOut; !at.IsZero() && c.Channel == "sms" {
		out["opted_out"] = at.UTC().Format(time.RFC3339)
	}
	if h := c.Handoff; h.Open() {
		codes := []string{}
		for _, r := range h.Reasons {
			codes = append(codes, r.Code)
		}
		out["reasons"] = codes
		out["handoff"] = map[string]any{"since": h.Since, "holder": h.Holder, "reasons": h.Reasons}
	}
	return out
}

// flags are those of the account the conversation is about, or of every candidate.
func flags(snap dialog.Snapshot) []string {
	out := []string{}
	for _, a := range snap.Accounts {
		if snap.Conversation.Account != "" && a.ID != snap.Conversation.Account {
			continue
		}
		for f := range a.Flags {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	slices.Sort(out)
	return out
}
