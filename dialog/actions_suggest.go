package dialog

import (
	"context"
	"time"

	"parley/dialog/llm"
	"parley/negotiation"
	"parley/prompts"
)

// Suggestion is something an agent may say or do next. It is never sent by itself.
type Suggestion struct {
	// Move is the id of the engine's move behind it, "" for a reply that has none; Kind is that move's
	// kind, or "reply", or "accepted": the person has accepted Move, and nothing is agreed yet.
	Move string `json:"move,omitempty"`
	Kind string `json:"kind"`
	// Text is what would go out, with what must be said added; "" where Kind is "accepted".
	Text   string `json:"text"`
	Reason string `json:"reason,omitempty"`
	// By is "engine", or who found the words.
	By string `json:"by"`
	// LastSeq is the last message of the person's it knows: with a newer one it is stale.
	LastSeq int64 `json:"last_seq"`
}

// The kinds of suggestions that are no move's.
const (
	SuggestReply    = "reply"
	SuggestAccepted = "accepted"
)

// Suggest gives an agent the reply the bot would have drafted and the engine's permitted moves, each
// in words that pass the guard for a human. It changes nothing. The reply takes as long as the
// model does; where a current draft is kept that one is taken.
func (e *Engine) Suggest(ctx context.Context, snap Snapshot, env Env) []Suggestion {
	t := newTurn(ctx, e, snap, Input{}, env)
	s, ok := t.study()
	if !ok || s.optedOut() {
		return nil
	}
	if heard, err := s.listen(ctx); err == nil {
		s.heard = heard
	}
	var all []Suggestion
	if o, accepted := s.chosen(); accepted {
		return []Suggestion{{Move: o.ID, Kind: SuggestAccepted, Reason: "The person accepts this. Nothing is agreed until a human records it.", By: "engine", LastSeq: s.in.Seq}}
	}
	if reply, ok := s.drafted(); ok {
		all = append(all, reply)
	}
	for _, o := range s.offers() {
		if text, ok := s.passes(s.offerText(o), []Offer{o}); ok {
			all = append(all, Suggestion{Move: o.ID, Kind: string(o.Kind), Text: text, Reason: s.reasonFor(o), By: "engine", LastSeq: s.in.Seq})
		}
	}
	return all
}

// study is a copy of the turn that has read the person's last message, as far as the moves
// that are permitted now. false: they have said nothing.
func (t *turn) study() (*turn, bool) {
	for i := len(t.snap.Recent) - 1; i >= 0; i-- {
		m := t.snap.Recent[i]
		if m.Direction != "in" {
			continue
		}
		s := t.copied()
		s.in = Input{Kind: InputMessage, Seq: m.Seq, Text: m.Text, Choice: m.Choice, At: m.At}
		s.understandEarly()
		s.understand()
		if s.conv.Identity.Verified {
			s.negotiate()
		}
		return s, true
	}
	return nil, false
}

// offers are the offers among the permitted moves, and those on the table.
func (t *turn) offers() []Offer {
	if !t.conv.Identity.Verified || t.restricted() != "" {
		return nil
	}
	all := append([]Offer(nil), t.conv.Table...)
	for _, m := range t.moves {
		if len(m.Terms.Installments) == 0 {
			continue
		}
		id := t.id + "." + m.Key
		option := llm.NewOption(id, m, t.conv.Language)
		all = append(all, Offer{ID: id, Turn: t.id, Kind: m.Kind, Terms: m.Terms, Label: option.Label, MadeAt: t.now})
	}
	return all
}

func (t *turn) offerText(o Offer) string {
	option := llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: o.Terms}, t.conv.Language)
	values := map[string]string{"words": option.Words}
	for k, v := range option.Values {
		values[k] = v
	}
	text, err := llm.Fill(prompts.Phrases(t.conv.Language).Say("offer", 0), values)
	if err != nil {
		return ""
	}
	return text
}

func (t *turn) reasonFor(o Offer) string {
	m, ok := t.minted[o.ID]
	switch {
	case !ok:
		return "It lies on the table."
	case m.Accepts:
		return "It is what the person asks for."
	}
	return m.Reason
}

// drafted is the reply the bot would give, if it passes for a human.
func (t *turn) drafted() (Suggestion, bool) {
	s := Suggestion{Kind: SuggestReply, LastSeq: t.in.Seq}
	if d := t.conv.Draft; d != nil && d.Seq == t.in.Seq {
		s.By, s.Text, s.Reason = "bot", d.Text, "The bot wrote it for a human to send."
	} else {
		b := t.brief()
		budget := t.e.Settings.ModelBudget
		if budget == 0 {
			budget = 9 * time.Second
		}
		model := t.e.Model
		if !b.Verified {
			model = nil
		}
		out, ok := t.decide(model, b, budget)
		if !ok {
			return s, false
		}
		s.By, s.Text, s.Move = out.By, out.Text, out.Answer.Move
	}
	text, ok := t.passes(s.Text, t.offers())
	s.Text = text
	return s, ok
}

// passes is a text as a human would send it, if the guard lets it out.
func (t *turn) passes(text string, offers []Offer) (string, bool) {
	if text == "" {
		return "", false
	}
	c, err := t.check(outgoing{Text: text, From: "agent", Offers: offers})
	return c.Text, err == nil && c.Text != ""
}
