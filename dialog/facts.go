package dialog

import (
	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/compliance/guard"
)

// facts is what the guard may rely on for one message of this turn. A figure
// that isn't in here can't be said.
func (t *turn) facts(o outgoing) guard.Facts {
	s := t.e.Settings
	f := guard.Facts{
		Actor: s.Actor, Brand: s.Brand.Name, Collector: s.Brand.LegalName, Assistant: s.Brand.Assistant, Agent: "ai",
		Channel: t.conv.Channel, Purpose: o.Purpose, Lang: t.conv.Language, Today: t.today().String(),
		FirstMessage: t.conv.Disclosed.Initial.IsZero(), Banner: t.conv.Channel == "webchat",
		NewSession:       t.conv.Disclosed.Session.IsZero() || t.conv.Disclosed.Session.Before(t.conv.SessionStart),
		AIDisclosed:      !t.conv.Disclosed.AI.IsZero() && !t.conv.Disclosed.AI.Before(t.conv.SessionStart),
		IdentityVerified: t.conv.Identity.Verified, Licenses: s.Brand.Licenses, CALicense: s.Brand.Licenses["CA"],
		Statutory: []guard.Cents{60000}, Furnished: "not_furnished",
		OptedOut: !t.address.SMSOptedOut.IsZero(),
	}
	if t.voice() {
		t.callFacts(&f, o)
	}
	if o.From == "agent" {
		f.Agent, f.AgentName = "human", o.Name
	}
	if s.Brand.Phone != "" {
		f.Phones = []string{s.Brand.Phone}
		f.Callback = s.Brand.Phone
	}
	if t.conv.Identity.Verified || o.Purpose == "handoff" { // when a human will answer is nobody's debt
		for _, d := range o.Days {
			f.Dates = append(f.Dates, d.String())
		}
	}
	if t.conv.Identity.Verified {
		t.accountFacts(&f)
		t.offerFacts(&f, o.Offers)
		for _, m := range o.Figures {
			f.Amounts = append(f.Amounts, guard.Cents(m.Minor))
		}
		for _, cents := range t.conv.Theirs {
			f.Theirs = append(f.Theirs, guard.Cents(cents))
		}
		for _, d := range t.conv.TheirDates {
			f.TheirDates = append(f.TheirDates, d.String())
		}
	}
	return f
}

func (t *turn) accountFacts(f *guard.Facts) {
	a, ok := t.account()
	if !ok {
		return
	}
	policy := t.policy()
	f.Creditor, f.Original, f.Consumer, f.AccountLast4 = a.Creditor.Current, a.Creditor.Original, a.Person.Name, a.Last4
	f.State, f.City = a.Person.State, a.Person.City
	f.Balance = guard.Cents(a.Owed().Minor)
	f.Amounts = append(f.Amounts, f.Balance)
	f.FloorPct = float64(policy.Settlement.Floor) / 100
	f.MaxInstalments = policy.Plan.MaxMonths
	f.Names = append(f.Names, a.Creditor.Current, a.Creditor.Original)
	f.Disputed, f.TimeBarred = a.Has(FlagDisputed), a.Has(FlagTimeBarred)
	f.CeaseReceived, f.Represented = a.Has(FlagCease) || a.Has(FlagRefused), a.Has(FlagRepresented)
	f.Bankruptcy, f.Deceased, f.Crisis = a.Has(FlagBankruptcy), a.Has(FlagDeceased), a.Has(FlagSelfHarm)
	if a.Validation != nil {
		end := civil.DateOf(gate.ValidationEnd(a.Validation.SentAt.In(utc)))
		f.ValidationEnd = end.String()
		f.InValidation = !t.today().After(end)
	}
	if s := t.e.Settings; s.PaymentLink != nil {
		if link := s.PaymentLink(a.ID, t.conv.ID, t.now); link != "" {
			f.Links = append(f.Links, link)
		}
	}
}

// offerFacts lets the figures of the offers shown be said, and of the agreement.
func (t *turn) offerFacts(f *guard.Facts, offers []Offer) {
	if a := t.conv.Agreement; a != nil {
		offers = append(offers[:len(offers):len(offers)], Offer{Kind: a.Kind, Terms: a.Terms})
	}
	offers = append(offers, t.conv.Table...)
	for _, o := range offers {
		total := guard.Cents(o.Terms.Total.Minor)
		f.Amounts = append(f.Amounts, total)
		if o.Kind == "settlement" {
			f.Settlements = append(f.Settlements, total)
		}
		f.Counts = append(f.Counts, len(o.Terms.Installments), len(o.Terms.Installments)-1)
		f.MaxInstalments = max(f.MaxInstalments, len(o.Terms.Installments))
		for _, i := range o.Terms.Installments {
			f.Amounts = append(f.Amounts, guard.Cents(i.Amount.Minor))
			f.Dates = append(f.Dates, i.Due.String())
		}
		if o.Terms.Expires.IsValid() {
			f.Dates = append(f.Dates, o.Terms.Expires.String())
			f.OfferExpires = o.Terms.Expires.String()
		}
	}
	f.Amounts = dedupe(f.Amounts)
	f.Dates = dedupe(f.Dates)
	if name := firstName(f.Consumer); name != "" {
		f.Names = append(f.Names, name)
	}
}

func dedupe[T comparable](list []T) []T {
	seen := map[T]bool{}
	out := list[:0:0]
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
