package dialog

import (
	"slices"
	"strings"

	"parley/channels"
	"parley/dialog/llm"
	"parley/negotiation"
)

// sendReply composes, guards and queues a reply, and puts what it offers on the
// table. It reports whether the reply went through.
func (t *turn) sendReply(out llm.Outcome, b llm.Brief) bool {
	shown, pending := t.shown(out, b)
	choices := make([]channels.Choice, 0, len(shown))
	for _, o := range shown {
		choices = append(choices, channels.Choice{ID: o.ID, Label: o.Label})
	}
	t.record(StepCompose, StepOK, map[string]any{"by": out.By, "move": out.Answer.Move, "template": out.Answer.Reply},
		map[string]any{"text": out.Text, "choices": len(choices)})
	if !t.send(outgoing{Text: out.Text, Purpose: t.purpose(b), Choices: choices, Offers: shown, From: "bot"}) {
		return false
	}
	if len(shown) > 0 {
		t.conv.Table = shown
		t.putOn(shown)
		t.conv.Offered = append(t.conv.Offered, newOffers(t.conv.Offered, shown)...)
		for _, o := range shown {
			t.event("offer.made", "bot", map[string]any{"offer": o.ID, "kind": o.Kind, "total": o.Terms.Total.Decimal(), "payments": len(o.Terms.Installments)})
		}
	}
	t.conv.Pending = pending
	t.usedIn(out, b)
	return true
}

// purpose of a reply before and after the person is known.
func (t *turn) purpose(b llm.Brief) string {
	if !b.Verified {
		return "identify"
	}
	return ""
}

// shown are the offers a reply puts to the person: all of them when it lists
// them, else the one it names.
func (t *turn) shown(out llm.Outcome, b llm.Brief) ([]Offer, string) {
	pending := t.conv.Pending
	if !b.Verified {
		return nil, "identity"
	}
	names, _ := llm.Placeholders(out.Answer.Reply)
	lists := slices.ContainsFunc(names, func(n string) bool {
		return n == "options" || (len(n) > 1 && n[0] >= '1' && n[0] <= '9' && strings.Contains(n, "."))
	})
	var shown []Offer
	for _, o := range b.Offers() {
		if lists || o.ID == out.Answer.Move {
			shown = append(shown, t.offer(o))
		}
	}
	if len(shown) > 0 {
		return shown, "accept"
	}
	if m, ok := t.minted[out.Answer.Move]; ok && m.Kind == negotiation.MoveAsk {
		return nil, m.Field
	}
	if pending == "identity" {
		pending = ""
	}
	return nil, pending
}

// offer is an option as it lies on the table.
func (t *turn) offer(o llm.Option) Offer {
	for _, old := range t.conv.Table {
		if old.ID == o.ID {
			return old
		}
	}
	m := t.minted[o.ID]
	return Offer{ID: o.ID, Turn: t.id, Kind: m.Kind, Terms: m.Terms, Label: o.Label, MadeAt: t.now}
}

func newOffers(known, shown []Offer) []Offer {
	var fresh []Offer
	for _, o := range shown {
		if !slices.ContainsFunc(known, func(k Offer) bool { return k.ID == o.ID }) {
			fresh = append(fresh, o)
		}
	}
	return fresh
}

// record adds a step that has no work of its own to bound.
func (t *turn) record(s Step, o StepOutcome, input, output any) {
	now := t.env.Now()
	t.trace.Steps = append(t.trace.Steps, StepTrace{Name: s, Started: now, Attempt: 1, Outcome: o, Input: input, Output: output, Versions: t.versions(s)})
}
