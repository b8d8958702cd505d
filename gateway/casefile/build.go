package casefile

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog"
	"parley/gateway/store"
)

// Reader is what a case file is made from: a part of [store.Store].
type Reader interface {
	Snapshot(ctx context.Context, conversation string) (dialog.Snapshot, error)
	Messages(ctx context.Context, conversation string, after int64, limit int) ([]dialog.Message, error)
	Traces(ctx context.Context, conversation string) ([]dialog.TurnTrace, error)
	Ledger(ctx context.Context, conversation string, after int64, limit int) ([]dialog.LedgerEntry, error)
	Audit(ctx context.Context) (store.Audit, error)
}

// Made says for whom, when and with what a file is made.
type Made struct {
	At      time.Time
	By      string
	Program string
}

const pageSize = 500

// Build makes the case file of a conversation. Of a purged one only the ledger
// is left, and is given. The error is [store.ErrNotFound] where nothing is known of it.
func Build(ctx context.Context, r Reader, conversation string, made Made) (File, error) {
	f := File{
		Schema: Schema, MadeAt: made.At.UTC(), MadeBy: made.By, Program: made.Program, Zone: "UTC", Zones: []string{}, Gaps: []string{},
		Conversation: Conversation{ID: conversation, Offers: []dialog.Offer{}}, Accounts: []Account{}, Address: Address{Consents: []gate.Consent{}},
		Flags: []Flag{}, Disclosures: []Disclosure{}, Contacts: []Decision{}, Messages: []Message{}, Rules: []Rule{}, Ledger: []LedgerEntry{}, Turns: []dialog.TurnTrace{},
	}
	snap, err := r.Snapshot(ctx, conversation)
	switch {
	case errors.Is(err, store.ErrNotFound):
		f.Purged = true
	case err != nil:
		return f, err
	default:
		f.from(snap)
		if err := f.read(ctx, r, conversation); err != nil {
			return f, err
		}
	}
	if err := f.ledger(ctx, r, conversation); err != nil {
		return f, err
	}
	if f.Purged && len(f.Ledger) == 0 {
		return f, store.ErrNotFound
	}
	audit, err := r.Audit(ctx)
	if err != nil {
		return f, err
	}
	f.verified(audit)
	f.rewrites()
	f.disclosures()
	f.decisions()
	f.gaps()
	f.rules()
	return f, nil
}

// from takes over what a snapshot says.
func (f *File) from(snap dialog.Snapshot) {
	c := snap.Conversation
	f.Conversation = Conversation{
		ID: c.ID, Channel: c.Channel, Address: c.Address, Ours: c.Ours, Account: c.Account, Candidates: c.Candidates, Control: string(c.Control),
		Mode: string(c.Mode), Language: c.Language, Verified: c.Identity.Verified, VerifiedAt: at(c.Identity.VerifiedAt), CreatedAt: c.CreatedAt.UTC(),
		LastInbound: at(c.LastInbound), LastOutbound: at(c.LastOutbound), Offers: append([]dialog.Offer{}, c.Offered...),
		Agreement: c.Agreement, Promise: c.Promise, Handoff: c.Handoff,
	}
	if zones := dialog.Zones(snap); len(zones) > 0 {
		f.Zones = zones
		f.Zone = zones[0]
	}
	a := snap.Address
	f.Address = Address{
		Value: cmp.Or(a.Value, c.Address), SMSOptedOut: at(a.SMSOptedOut), VoiceOptedOut: at(a.VoiceOptedOut), WrongParty: at(a.WrongParty), Reassigned: at(a.Reassigned),
		Consents: append([]gate.Consent{}, a.Consents...), Windows: a.Windows, Places: a.Places, Prohibited: a.Prohibited,
	}
	for _, acc := range snap.Accounts {
		if c.Account != "" && acc.ID != c.Account {
			continue // another debt of the same person, which this conversation is not about
		}
		f.account(acc)
	}
	slices.SortFunc(f.Flags, func(a, b Flag) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Account, b.Account), cmp.Compare(a.Flag, b.Flag))
	})
}

// account takes over a debt, field by field: what is not named here stays out.
func (f *File) account(a dialog.Account) {
	out := Account{
		ID: a.ID, Portfolio: a.Portfolio, Person: a.Person, Creditor: a.Creditor, Last4: a.Last4, Balance: a.Balance, Itemization: a.Itemization,
		Agreements: append([]dialog.Agreement{}, a.Agreements...), Promises: append([]dialog.Promise{}, a.Promises...),
		Payments: append([]dialog.Payment{}, a.Payments...), UpdatedAt: a.UpdatedAt.UTC(),
	}
	if a.Validation != nil {
		out.Validation = a.Validation.SentAt.String()
	}
	if a.ChargedOff != nil {
		out.ChargedOff = a.ChargedOff.String()
	}
	if a.LastPayment != nil {
		out.LastPayment = a.LastPayment.String()
	}
	f.Accounts = append(f.Accounts, out)
	for name, flag := range a.Flags {
		f.Flags = append(f.Flags, Flag{Account: a.ID, Flag: name, At: flag.At.UTC(), Why: flag.Why, Cite: compliance.Cite(flag.Why), Conversation: flag.Conversation})
	}
	for _, known := range a.Person.Addresses {
		if known.Value == f.Address.Value {
			f.Address.Consents = append(f.Address.Consents, known.Consents...)
		}
	}
}

// read takes over the messages and traces, all of them.
func (f *File) read(ctx context.Context, r Reader, conversation string) error {
	for after := int64(0); ; {
		page, err := r.Messages(ctx, conversation, after, pageSize)
		if err != nil {
			return err
		}
		for _, m := range page {
			m.At = m.At.UTC()
			f.Messages = append(f.Messages, Message{Message: m, Local: f.local(m.At)})
			after = m.Seq
		}
		if len(page) < pageSize {
			break
		}
	}
	turns, err := r.Traces(ctx, conversation)
	f.Turns = append(f.Turns, turns...)
	return err
}

func (f *File) ledger(ctx context.Context, r Reader, conversation string) error {
	for after := int64(0); ; {
		page, err := r.Ledger(ctx, conversation, after, pageSize)
		if err != nil {
			return err
		}
		for _, e := range page {
			e.At = e.At.UTC()
			f.Ledger = append(f.Ledger, LedgerEntry{LedgerEntry: e, Local: f.local(e.At), Sound: store.Sound(e), Dropped: store.Dropped(e)})
			after = e.N
		}
		if len(page) < pageSize {
			return nil
		}
	}
}

func (f *File) verified(a store.Audit) {
	f.Verification = Verification{At: f.MadeAt, Whole: a.Whole(), Entries: a.Entries, Head: a.Head, Faults: []store.Fault{}}
	for _, e := range f.Ledger {
		if e.Sound {
			f.Verification.Sound++
		}
	}
	for _, fault := range a.Faults {
		if fault.Conversation == f.Conversation.ID {
			f.Verification.Faults = append(f.Verification.Faults, fault)
		} else {
			f.Verification.Elsewhere++
		}
	}
}

// localLayout shows the zone with the time: 9:00 is not the same everywhere.
const localLayout = "2006-01-02 15:04:05 MST"

func (f *File) local(t time.Time) string {
	zone, err := time.LoadLocation(f.Zone)
	if err != nil || t.IsZero() {
		return ""
	}
	return t.In(zone).Format(localLayout)
}

func at(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
