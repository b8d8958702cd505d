package voice

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"parley/channels"
)

// e164 is ITU-T E.164: country code and number, at most 15 digits.
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// NoCall is the reason of a [channels.Rejected] message for a person who is on no
// live call of this process.
const NoCall = "no_call"

// Send says out on the live call with its person, or places the call it asks for.
// It returns once the words are on their way: that they were heard, or how much of
// them, is told by a receipt.
func (a *Adapter) Send(ctx context.Context, out channels.Outbound) (channels.Sent, error) {
	for _, p := range out.Done {
		if p.Index == 0 {
			return channels.Sent{Parts: []channels.Part{p}, Status: channels.StatusSent}, nil
		}
	}
	if refused := sendable(out); refused != nil {
		return channels.Sent{}, refused
	}
	if err := ctx.Err(); err != nil {
		return channels.Sent{}, &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: err}
	}
	if out.Spoken.Then == channels.ThenDial {
		id, err := a.carrier.Dial(ctx, placement(out))
		if err != nil {
			return channels.Sent{}, err
		}
		return accepted(id), nil
	}
	c := a.callFor(out)
	if c == nil {
		return channels.Sent{}, &channels.SendError{Kind: channels.Rejected, Reason: NoCall}
	}
	id, fail := c.say(ctx, out)
	if fail != nil {
		return channels.Sent{}, fail
	}
	return accepted(id), nil
}

func placement(out channels.Outbound) Placement {
	return Placement{Message: out.ID, From: out.From, To: out.To}
}

func accepted(id string) channels.Sent {
	return channels.Sent{Parts: []channels.Part{{ProviderID: id}}, Status: channels.StatusSent}
}

// sendable refuses what can never be said.
func sendable(out channels.Outbound) *channels.SendError {
	refuse := func(reason string) *channels.SendError {
		return &channels.SendError{Kind: channels.Rejected, Reason: reason}
	}
	blank := strings.TrimSpace(out.Text) == ""
	switch {
	case !e164.MatchString(out.To):
		return refuse("invalid_to")
	case len(out.Text) > MaxText:
		return refuse("text_too_long")
	case !utf8.ValidString(out.Text):
		return refuse("invalid_text")
	case out.Spoken.Then == channels.ThenDial && !blank:
		return refuse("text_before_the_call")
	case out.Spoken.Then == channels.ThenListen && blank:
		return refuse("empty_text")
	case out.Spoken.Then == channels.ThenTransfer && !isObject(out.Spoken.Handoff):
		return refuse("invalid_handoff")
	}
	switch out.Spoken.Then {
	case channels.ThenListen, channels.ThenHangUp, channels.ThenTransfer, channels.ThenDial:
		return nil
	}
	return refuse("unknown_then")
}

// isObject reports whether s is a JSON object; nothing stands for an empty one.
func isObject(s string) bool {
	var o map[string]json.RawMessage
	return s == "" || json.Unmarshal([]byte(s), &o) == nil && o != nil
}

// callFor is the live call that out belongs to: its conversation's, or else the
// newest with that person.
func (a *Adapter) callFor(out channels.Outbound) *call {
	a.mu.Lock()
	defer a.mu.Unlock()
	var best *call
	for _, c := range a.calls {
		conversation := c.conversationID()
		if c.leg.Person != out.To || out.From != "" && c.leg.Ours != out.From ||
			conversation != "" && out.Conversation != "" && conversation != out.Conversation {
			continue
		}
		if best == nil || c.began.After(best.began) {
			best = c
		}
	}
	return best
}

// Find tells what became of a message whose send was cut off: the carrier knows the
// calls it placed, a live call what was said on it. What was to be said on a call
// that is over can't be said again, and is not found.
func (a *Adapter) Find(ctx context.Context, out channels.Outbound, since time.Time, taken func(providerID string) bool) ([]channels.Part, bool, error) {
	if err := ctx.Err(); err != nil {
		return nil, false, &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: err}
	}
	for _, p := range out.Done {
		if p.Index == 0 {
			return []channels.Part{p}, true, nil
		}
	}
	var id string
	found := false
	if out.Spoken.Then == channels.ThenDial {
		var err error
		if id, found, err = a.carrier.Find(ctx, placement(out), since, taken); err != nil {
			return nil, false, err
		}
	} else if c := a.callFor(out); c != nil {
		id, found = c.saidAs(out.ID)
	}
	if !found {
		return nil, false, nil
	}
	return []channels.Part{{ProviderID: id}}, true, nil
}
