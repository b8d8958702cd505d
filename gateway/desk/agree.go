package desk

import (
	"context"

	"parley/dialog"
	"parley/dialog/llm"
	"parley/gateway/desk/staff"
	"parley/negotiation"
)

// Recordable is an offer that may be recorded as agreed now.
type Recordable struct {
	ID           string        `json:"id" doc:"made of the terms; it stays while they do"`
	Kind         string        `json:"kind"`
	Terms        string        `json:"terms"`
	Total        Amount        `json:"total"`
	Installments []Installment `json:"installments"`
}

// Recordables are what may be agreed in a conversation now: what lies on the table, and what policy permits.
func (s *Service) Recordables(ctx context.Context, conversation string) ([]Recordable, error) {
	if _, err := s.See(ctx, conversation, staff.ConversationReply); err != nil {
		return nil, err
	}
	snap, err := s.Record.Snapshot(ctx, conversation)
	if err != nil {
		return nil, err
	}
	out := []Recordable{}
	for _, o := range s.Engine.Offers(snap, s.Env) {
		x := Recordable{ID: o.ID, Kind: string(o.Kind), Total: money(o.Terms.Total), Installments: []Installment{},
			Terms: llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: o.Terms}, "en").Words}
		for _, i := range o.Terms.Installments {
			x.Installments = append(x.Installments, Installment{Due: day(i.Due), Amount: i.Amount.Decimal()})
		}
		out = append(out, x)
	}
	return out, nil
}

// Agree records that the person has accepted one of [Service.Recordables], as whoever holds the conversation heard it.
func (s *Service) Agree(ctx context.Context, conversation, offer string) error {
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return err
	}
	s.Acted(ctx, a)
	return s.update(ctx, conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.Agree(snap, a.Name, string(a.Role), offer, s.Env)
	})
}
