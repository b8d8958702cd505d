package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/dialog"
	"parley/dialog/llm"
	"parley/gateway/desk/staff"
	"parley/negotiation"
)

// Panel is the margin to a conversation: the person, the account, what may be said and offered.
type Panel struct {
	Person      PersonPanel     `json:"person"`
	Account     *AccountPanel   `json:"account"`
	Contact     []ContactPanel  `json:"contact"`
	Contacts7d  ContactCount    `json:"contacts_7d"`
	Disclosures []Disclosure    `json:"disclosures"`
	Limits      *Limits         `json:"limits"`
	Offers      []OfferPanel    `json:"offers"`
	Agreement   *AgreementPanel `json:"agreement"`
	Promises    []PromisePanel  `json:"promises"`
	Approvals   []ApprovalPanel `json:"approvals"`
	Notes       []Note          `json:"notes"`
	Past        []PastPanel     `json:"past"`
}

// PersonPanel is who is spoken with, masked.
type PersonPanel struct {
	Name      string            `json:"name"`
	Masked    map[string]string `json:"masked" doc:"personal data as they may be shown; one at a time can be revealed"`
	Verified  bool              `json:"verified"`
	Language  string            `json:"language"`
	LocalTime string            `json:"local_time,omitempty" doc:"15:04 where the person is"`
	Zone      string            `json:"zone,omitempty"`
}

// AccountPanel is the debt.
type AccountPanel struct {
	ID          string            `json:"id"`
	Creditor    string            `json:"creditor"`
	Last4       string            `json:"last4"`
	Balance     Amount            `json:"balance" doc:"what is owed: the balance less what was paid since"`
	Itemization map[string]string `json:"itemization,omitempty"`
	Portfolio   string            `json:"portfolio"`
	Flags       []FlagPanel       `json:"flags"`
}

// FlagPanel is a fact with legal weight.
type FlagPanel struct {
	Name  string     `json:"name"`
	Since *time.Time `json:"since"`
	Why   string     `json:"why"`
}

// Amount is money as pages write it.
type Amount struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

func money(m negotiation.Money) Amount { return Amount{m.Decimal(), cmp.Or(m.Currency, "USD")} }

// ContactPanel says whether the person may be reached this way now.
type ContactPanel struct {
	Channel string       `json:"channel"`
	Address string       `json:"address" doc:"masked"`
	Allowed bool         `json:"allowed"`
	Until   *time.Time   `json:"until"`
	Why     []RuleText   `json:"why"`
	Next    *time.Time   `json:"next" doc:"the next moment at which contact is lawful, where one is known"`
	Consent *ConsentText `json:"consent"`
}

// RuleText is a rule that stands against it.
type RuleText struct {
	Rule     string `json:"rule"`
	Citation string `json:"citation"`
	Text     string `json:"text"`
}

// ConsentText is what permits it.
type ConsentText struct {
	Source string    `json:"source"`
	At     time.Time `json:"at"`
}

// ContactCount is how often they were contacted in seven days.
type ContactCount struct {
	Calls int `json:"calls"`
	Texts int `json:"texts"`
}

// Disclosure is what the person must be told, and when they were.
type Disclosure struct {
	Name    string     `json:"name"`
	GivenAt *time.Time `json:"given_at"`
	Message string     `json:"message,omitempty"`
	Due     bool       `json:"due"`
}

// Limits are how far the asker may go.
type Limits struct {
	Floor      *Amount `json:"settlement_floor_role" doc:"the lowest settlement the asker's role may approve"`
	MaxMonths  int     `json:"max_months"`
	MinPayment string  `json:"min_payment"`
	Text       string  `json:"text"`
}

// OfferPanel is an offer that was made.
type OfferPanel struct {
	ID     string    `json:"id"`
	Kind   string    `json:"kind"`
	Terms  string    `json:"terms"`
	Total  Amount    `json:"total"`
	MadeAt time.Time `json:"made_at"`
	State  string    `json:"state" enum:"open,accepted,past"`
}

// AgreementPanel is what was agreed.
type AgreementPanel struct {
	ID           string        `json:"id"`
	Kind         string        `json:"kind"`
	State        string        `json:"state"`
	Total        Amount        `json:"total"`
	Installments []Installment `json:"installments"`
	At           time.Time     `json:"at"`
}

// Installment is one payment.
type Installment struct {
	Due    string `json:"due"`
	Amount string `json:"amount"`
}

// PromisePanel is an amount on a day.
type PromisePanel struct {
	ID     string `json:"id"`
	Amount Amount `json:"amount"`
	Due    string `json:"due"`
	Method string `json:"method,omitempty"`
	State  string `json:"state"`
}

// ApprovalPanel is a request that waits.
type ApprovalPanel struct {
	ID          string    `json:"id"`
	RequestedBy string    `json:"requested_by"`
	Kind        string    `json:"kind"`
	Total       Amount    `json:"total"`
	SHA256      string    `json:"args_sha256"`
	State       string    `json:"state"`
	ExpiresAt   time.Time `json:"expires_at"`
}

// PastPanel is an earlier conversation about the same account.
type PastPanel struct {
	Conversation string    `json:"conversation"`
	Channel      string    `json:"channel"`
	Control      string    `json:"control"`
	At           time.Time `json:"at"`
	Disposition  string    `json:"disposition"`
}

// Panel shows it. What is known of an account is shown once the person is identified, or where only one account can be meant.
func (s *Service) Panel(ctx context.Context, id string) (Panel, error) {
	a, err := s.See(ctx, id, staff.ConversationRead)
	if err != nil {
		return Panel{}, err
	}
	snap, err := s.Record.Snapshot(ctx, id)
	if err != nil {
		return Panel{}, err
	}
	if err := s.Read(ctx, a, id, reading(snap.Conversation, a)); err != nil {
		return Panel{}, err
	}
	out := Panel{Contacts7d: ContactCount{snap.Contacts.Calls7, snap.Contacts.Texts7}, Disclosures: disclosures(snap), Offers: offers(snap.Conversation),
		Promises: []PromisePanel{}, Approvals: []ApprovalPanel{}, Past: []PastPanel{}}
	out.Person = s.personPanel(snap)
	if out.Contact, err = s.contactPanel(ctx, snap); err != nil {
		return Panel{}, err
	}
	if acc, ok := meant(snap); ok && a.Covers(acc.Portfolio) {
		out.accountPanel(acc)
		out.Limits = s.limits(acc, a)
		past, err := s.Record.Past(ctx, acc.ID, id, 10)
		if err != nil {
			return Panel{}, err
		}
		for _, p := range past {
			out.Past = append(out.Past, PastPanel{p.ID, p.Channel, string(p.Control), p.At.UTC(), p.Disposition})
		}
	}
	if g := snap.Conversation.Agreement; g != nil {
		out.Agreement = agreementPanel(*g)
	}
	for _, x := range snap.Approvals {
		out.Approvals = append(out.Approvals, ApprovalPanel{x.ID, x.RequestedBy, string(x.Args.Kind), money(x.Args.Terms.Total), x.SHA256, string(x.State), x.ExpiresAt.UTC()})
	}
	out.Notes, err = s.notes(ctx, a, snap.Conversation)
	return out, err
}

// meant is the account a conversation is about, or the only one it can be about.
func meant(snap dialog.Snapshot) (dialog.Account, bool) {
	c := snap.Conversation
	if c.Account == "" && len(snap.Accounts) != 1 || len(snap.Accounts) == 0 {
		return dialog.Account{}, false
	}
	i := slices.IndexFunc(snap.Accounts, func(a dialog.Account) bool { return c.Account == "" || a.ID == c.Account })
	if i < 0 {
		return dialog.Account{}, false
	}
	return snap.Accounts[i], true
}

func (s *Service) personPanel(snap dialog.Snapshot) PersonPanel {
	c := snap.Conversation
	p := PersonPanel{Masked: map[string]string{}, Verified: c.Identity.Verified, Language: c.Language}
	if acc, ok := meant(snap); ok {
		p.Name = briefName(acc.Person.Name)
		p.Masked["full_name"] = p.Name
		if _, known := acc.Factors["birth_date"]; known {
			p.Masked["birth_date"] = "••••-••-••"
		}
		if acc.Person.Zip != "" {
			p.Masked["zip"] = MaskZip(acc.Person.Zip)
		}
		for _, addr := range acc.Person.Addresses {
			if addr.Channel == "email" {
				p.Masked["mail"] = MaskAddress("email", addr.Value)
			} else if p.Masked["phone"] == "" {
				p.Masked["phone"] = MaskAddress(addr.Channel, addr.Value)
			}
		}
	}
	if p.Masked["phone"] == "" && c.Channel != "webchat" {
		p.Masked["phone"] = MaskAddress(c.Channel, c.Address)
	}
	if zones := dialog.Zones(snap); len(zones) > 0 {
		if loc, err := time.LoadLocation(zones[0]); err == nil {
			p.Zone, p.LocalTime = zones[0], s.now().In(loc).Format("15:04")
		}
	}
	return p
}

// contactPanel asks the gate about each way to reach the person: the one they are on first.
func (s *Service) contactPanel(ctx context.Context, snap dialog.Snapshot) ([]ContactPanel, error) {
	out := []ContactPanel{s.contact(snap)}
	acc, ok := meant(snap)
	if !ok {
		return out, nil
	}
	c := snap.Conversation
	for _, addr := range acc.Person.Addresses {
		if addr.Channel == c.Channel && addr.Value == c.Address {
			continue
		}
		facts, err := s.Record.AddressFacts(ctx, addr.Value)
		if err != nil {
			return nil, err
		}
		other := snap
		other.Address = facts
		other.Conversation.Channel, other.Conversation.Address = addr.Channel, addr.Value
		if addr.Value != c.Address { // they wrote elsewhere
			other.Conversation.LastInbound, other.Conversation.RepliesSince = time.Time{}, 0
		}
		out = append(out, s.contact(other))
	}
	return out, nil
}

func (s *Service) contact(snap dialog.Snapshot) ContactPanel {
	channel, address := snap.Conversation.Channel, snap.Conversation.Address
	c := s.Engine.Settings.Contact(snap, "reply", "agent", s.now())
	v := gate.Decide(c)
	out := ContactPanel{Channel: channel, Address: MaskAddress(channel, address), Allowed: v.Decision == gate.Allow, Until: instant(v.Until), Next: instant(v.Until), Why: []RuleText{}}
	for _, f := range v.Findings {
		out.Why = append(out.Why, RuleText{f.Rule, f.Cite, f.Detail})
	}
	for _, consent := range c.Consents {
		if !consent.Revoked && (consent.Scope == channel || channel == "voice" && consent.Scope == "ai_voice") {
			out.Consent = &ConsentText{consent.Source, consent.At.UTC()}
		}
	}
	return out
}

// disclosures are what must have been said, as far as it is known to have gone out.
func disclosures(snap dialog.Snapshot) []Disclosure {
	c := snap.Conversation
	given := func(name string, at time.Time, since time.Time) Disclosure {
		if at.IsZero() && name != "session" && c.Channel == "webchat" {
			at = c.SessionStart // the chat's page shows both from its first moment, and always
		}
		d := Disclosure{Name: name, GivenAt: instant(at), Due: at.IsZero() || at.Before(since)}
		for _, m := range snap.Recent {
			if m.Direction == "out" && !at.IsZero() && !m.At.Before(at) {
				d.Message = m.ID
				break
			}
		}
		return d
	}
	return []Disclosure{given("initial", c.Disclosed.Initial, time.Time{}), given("ai", c.Disclosed.AI, c.SessionStart), given("session", c.Disclosed.Session, c.SessionStart)}
}

func (p *Panel) accountPanel(acc dialog.Account) {
	x := &AccountPanel{ID: acc.ID, Creditor: acc.Creditor.Current, Last4: acc.Last4, Balance: money(acc.Owed()), Portfolio: acc.Portfolio, Flags: []FlagPanel{}}
	if i := acc.Itemization; i != nil {
		x.Itemization = map[string]string{"date": i.Date.String(), "amount": i.Amount.Decimal(), "interest": i.Interest.Decimal(), "fees": i.Fees.Decimal(),
			"payments": i.Payments.Decimal(), "credits": i.Credits.Decimal()}
	}
	for name, f := range acc.Flags {
		x.Flags = append(x.Flags, FlagPanel{name, instant(f.At), f.Why})
	}
	slices.SortFunc(x.Flags, func(a, b FlagPanel) int { return strings.Compare(a.Name, b.Name) })
	p.Account = x
	for _, promise := range acc.Promises {
		p.Promises = append(p.Promises, PromisePanel{promise.ID, money(promise.Amount), day(promise.Due), promise.Method, promise.State})
	}
}

// limits are what the asker's role may approve; never below the portfolio's floor, which it does not name.
func (s *Service) limits(acc dialog.Account, a staff.Actor) *Limits {
	p, ok := s.Engine.Settings.Portfolios[acc.Portfolio]
	if !ok {
		return nil
	}
	out := &Limits{MaxMonths: p.Policy.Plan.MaxMonths, MinPayment: p.Policy.Plan.MinPayment.Decimal(), Text: "A settlement needs somebody else's approval."}
	share, listed := p.Policy.Authority[string(a.Role)]
	if a.Role == staff.Unlimited {
		share, listed = p.Policy.Settlement.Floor, true
	}
	if listed && share > 0 {
		least := acc.Owed().Share(max(share, p.Policy.Settlement.Floor))
		floor := money(least)
		out.Floor, out.Text = &floor, "You may go down to "+least.String()+"."
	}
	return out
}

// offers are those made, the newest first.
func offers(c dialog.Conversation) []OfferPanel {
	out := []OfferPanel{}
	for _, o := range slices.Backward(c.Offered) {
		x := OfferPanel{ID: o.ID, Kind: string(o.Kind), Total: money(o.Terms.Total), MadeAt: o.MadeAt.UTC(), State: "past",
			Terms: llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: o.Terms}, "en").Words}
		switch {
		case slices.ContainsFunc(c.Table, func(t dialog.Offer) bool { return t.ID == o.ID }):
			x.State = "open"
		case c.Agreement != nil && c.Agreement.Offer == o.ID, c.Promise != nil && c.Promise.Offer == o.ID:
			x.State = "accepted"
		}
		out = append(out, x)
	}
	return out
}

func agreementPanel(g dialog.Agreement) *AgreementPanel {
	out := &AgreementPanel{ID: g.ID, Kind: string(g.Kind), State: string(g.State), Total: money(g.Terms.Total), Installments: []Installment{}, At: g.At.UTC()}
	for _, i := range g.Terms.Installments {
		out.Installments = append(out.Installments, Installment{day(i.Due), i.Amount.Decimal()})
	}
	return out
}

func day(d civil.Date) string {
	if !d.IsValid() {
		return ""
	}
	return d.String()
}
