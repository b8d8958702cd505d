package dialog

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/negotiation"
)

var madeAt = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

// agreedTurn is a turn in which an identified person has just agreed to something.
func agreedTurn(channel, lang string, balance int64) *turn {
	n := 0
	e := &Engine{Guard: guard.New(), Settings: Settings{
		Actor: compliance.CreditorOwed, Profile: gate.Legal,
		Brand:       Brand{Name: "Northwind Bank", LegalName: "Northwind Bank N.A.", Phone: "+18005550100", Assistant: "Ava"},
		PaymentLink: func(_, _ string, _ time.Time) string { return "https://pay.example.com/eyJhIjoiYWNjdC0xMDAxIn0-8Qd_x" },
		Portfolios: map[string]Portfolio{"p": {
			Policy: negotiation.Policy{Settlement: negotiation.SettlementPolicy{Enabled: true, Floor: 6000, Open: 9000, ExpiresDays: 14},
				Plan: negotiation.PlanPolicy{MaxMonths: 12, MinPayment: negotiation.USD(2500)}},
			Autonomy: map[string]Level{"payment_link": LevelAuto},
		}},
	}}
	a := Account{ID: "acct-1", Portfolio: "p", Last4: "4421", Balance: negotiation.USD(balance),
		Person:     Person{ID: "p-1", Name: "Angela Torres", State: "TX", Zip: "78701"},
		Creditor:   Creditor{Original: "Northwind Bank", Current: "Northwind Bank"},
		Validation: &Validation{SentAt: civil.Date{Year: 2026, Month: 8, Day: 3}}}
	c := Conversation{ID: "cv_1", Channel: channel, Address: "+15125550123", Account: a.ID, Control: ControlBot, Mode: ModeAuto, Language: lang,
		Identity:    Identity{Verified: true, VerifiedAt: madeAt, LastSeen: madeAt},
		Disclosed:   Disclosed{Initial: madeAt, AI: madeAt, Session: madeAt},
		LastInbound: madeAt, SessionStart: madeAt}
	return e.action(Snapshot{Conversation: c, Accounts: []Account{a}, Address: AddressFacts{Value: c.Address, LastInbound: madeAt}}, "service",
		Env{Now: func() time.Time { return madeAt.Add(time.Minute) }, NewID: func() string { n++; return fmt.Sprintf("id%d", n) }})
}

// spread is n payments every step days (0: monthly), the last taking the remainder.
func spread(kind negotiation.MoveKind, total int64, n int, step int) negotiation.Terms {
	terms := negotiation.Terms{Kind: kind, Total: negotiation.USD(total), Cadence: negotiation.Monthly}
	each := (total + int64(n) - 1) / int64(n)
	for i, due := 0, (civil.Date{Year: 2026, Month: 11, Day: 27}); i < n; i++ {
		amount := min(each, total-each*int64(n-1))
		if i < n-1 {
			amount = each
		}
		terms.Installments = append(terms.Installments, negotiation.Installment{Due: due, Amount: negotiation.USD(amount)})
		if step > 0 {
			terms.Cadence = negotiation.Weekly
			due = due.AddDays(step)
		} else {
			due = civil.DateOf(due.In(time.UTC).AddDate(0, 1, 0))
		}
	}
	return terms
}

func uneven() negotiation.Terms {
	terms := spread(negotiation.MovePlan, 124000, 12, 0)
	for i := range 6 { // every amount another
		terms.Installments[i].Amount.Minor += int64(100*i + 7)
		terms.Installments[11-i].Amount.Minor -= int64(100*i + 7)
	}
	return terms
}

func TestTheWrittenCopyOfEveryKindOfAgreementPassesTheGuard(t *testing.T) {
	t.Parallel()
	down := spread(negotiation.MovePlan, 124000, 12, 0)
	down.Installments[0].Amount.Minor += 10000
	down.Installments[11].Amount.Minor -= 10000
	for name, c := range map[string]struct {
		terms   negotiation.Terms
		balance int64
	}{
		"eight equal monthly payments":             {spread(negotiation.MovePlan, 124000, 8, 0), 124000},
		"twelve with a remainder":                  {spread(negotiation.MovePlan, 124000, 12, 0), 124000},
		"twelve of twelve different amounts":       {uneven(), 124000},
		"a down payment first":                     {down, 124000},
		"thirty weekly payments":                   {spread(negotiation.MovePlan, 124003, 30, 7), 124003},
		"fifty-two weekly payments":                {spread(negotiation.MovePlan, 500011, 52, 7), 500011},
		"a hundred and fifty weekly payments":      {spread(negotiation.MovePlan, 1500001, 150, 7), 1500001},
		"twenty-six biweekly ones of a large debt": {spread(negotiation.MovePlan, 1875099, 26, 14), 1875099},
		"one payment that settles":                 {spread(negotiation.MoveSettlement, 111600, 1, 0), 124000},
		"a settlement in three parts":              {spread(negotiation.MoveSettlement, 99200, 3, 0), 124000},
		"a promise":                                {spread(negotiation.MovePromise, 10000, 1, 0), 124000},
		"the whole at once":                        {spread(negotiation.MoveFull, 124000, 1, 0), 124000},
	} {
		for _, channel := range []string{"sms", "webchat"} {
			for _, lang := range []string{"en", "es"} {
				t.Run(name+" by "+channel+" in "+lang, func(t *testing.T) {
					t.Parallel()
					checkCopy(t, channel, lang, "4421", c.balance, c.terms)
					checkCopy(t, channel, lang, "1987", c.balance, c.terms) // could be a year
				})
			}
		}
	}
}

func checkCopy(t *testing.T, channel, lang, last4 string, balance int64, terms negotiation.Terms) {
	t.Helper()
	x := agreedTurn(channel, lang, balance)
	a := x.accounts["acct-1"]
	a.Last4 = last4
	x.accounts["acct-1"] = a
	o := Offer{ID: "o1", Kind: terms.Kind, Terms: terms}
	if terms.Kind == negotiation.MovePlan || terms.Kind == negotiation.MoveSettlement {
		x.propose(o, AgreementAccepted)
	} else {
		x.promise(o)
	}
	x.writtenCopy(o)
	if len(x.blockedBy) > 0 {
		t.Fatalf("blocked: %+v", x.blockedBy)
	}
	if x.conv.Control != ControlBot {
		t.Fatalf("handed over: %+v", x.fx.Handoff)
	}
	var all strings.Builder
	for _, out := range x.fx.Outgoing {
		text := out.Cleared.Out().Text
		all.WriteString(text + "\n")
		if channel == "sms" && len(text) > 1600 {
			t.Errorf("a text of %d bytes is more than the provider takes", len(text))
		}
		if out.Purpose != "written_copy" || !out.AnyEpoch {
			t.Errorf("purpose %q, any epoch %v", out.Purpose, out.AnyEpoch)
		}
	}
	copied := all.String()
	want := []string{last4, "Northwind Bank", "https://pay.example.com/", "1-800-555-0100", guard.Cents(terms.Total.Minor).String()}
	for _, i := range terms.Installments {
		want = append(want, guard.Cents(i.Amount.Minor).String(), shortDate(i, lang, channel != "sms"))
	}
	if channel == "webchat" && lang == "en" {
		want = want[:5]
		for _, i := range terms.Installments {
			want = append(want, i.Due.In(time.UTC).Format("January 2, 2006")+": "+guard.Cents(i.Amount.Minor).String())
		}
	}
	for _, w := range want {
		if !strings.Contains(copied, w) {
			t.Errorf("%q is not in the copy:\n%s", w, copied)
		}
	}
}

func TestACopyWithAFigureThatWasNotAgreedIsNotSent(t *testing.T) {
	t.Parallel()
	x := agreedTurn("sms", "en", 124000)
	o := Offer{ID: "o1", Kind: negotiation.MovePlan, Terms: spread(negotiation.MovePlan, 124000, 8, 0)}
	x.propose(o, AgreementAccepted)
	text := strings.Replace(x.copyTexts(o)[0], "$155.00", "$156.00", 1)
	if x.send(outgoing{Text: text, Purpose: "written_copy", From: "bot", Offers: []Offer{o}}) {
		t.Error("it went out")
	}
}

func TestACopyThatCannotBeWrittenGoesToAHuman(t *testing.T) {
	t.Parallel()
	x := agreedTurn("sms", "en", 124000)
	a := x.accounts["acct-1"]
	a.Last4 = "no digits {at all}"
	x.accounts["acct-1"] = a
	o := Offer{ID: "o1", Kind: negotiation.MovePlan, Terms: spread(negotiation.MovePlan, 124000, 8, 0)}
	x.propose(o, AgreementAccepted)
	x.writtenCopy(o)
	if x.fx.Handoff == nil || x.fx.Handoff.Reasons[0].Code != "written_copy_failed" {
		t.Errorf("nobody looks: %+v", x.fx.Handoff)
	}
}

func TestWithoutALinkTheCopyNamesTheTelephone(t *testing.T) {
	t.Parallel()
	x := agreedTurn("webchat", "en", 124000)
	x.e.Settings.PaymentLink = nil
	o := Offer{ID: "o1", Kind: negotiation.MovePlan, Terms: spread(negotiation.MovePlan, 124000, 2, 0)}
	want := "Your written copy of what we agreed\nCreditor: Northwind Bank\nAccount ending 4421\nAgreed: payment plan\nPayments:\n" +
		"November 27, 2026: $620.00\nDecember 27, 2026: $620.00\nTotal: $1,240.00\nTo pay, call 1-800-555-0100.\nTo change or cancel, reply here or call 1-800-555-0100."
	if got := x.copyTexts(o); len(got) != 1 || got[0] != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestWhatIsAgreedIsConfirmedWrittenDownAndWatched(t *testing.T) {
	t.Parallel()
	for name, terms := range map[string]negotiation.Terms{
		"a plan":               spread(negotiation.MovePlan, 124000, 8, 0),
		"a plan with a rest":   spread(negotiation.MovePlan, 124000, 12, 0),
		"a settlement":         spread(negotiation.MoveSettlement, 111600, 1, 0),
		"a promise":            spread(negotiation.MovePromise, 10000, 1, 0),
		"a weekly plan":        spread(negotiation.MovePlan, 124003, 30, 7),
		"a settlement in five": spread(negotiation.MoveSettlement, 99203, 5, 0),
	} {
		for _, channel := range []string{"sms", "webchat"} {
			t.Run(name+" by "+channel, func(t *testing.T) {
				t.Parallel()
				x := agreedTurn(channel, "en", max(terms.Total.Minor, 124000))
				x.act(Offer{ID: "o1", Kind: terms.Kind, Terms: terms})
				if len(x.blockedBy) > 0 {
					t.Fatalf("blocked: %+v", x.blockedBy)
				}
				if n := len(x.fx.Outgoing); n != 2 || x.fx.Outgoing[1].Purpose != "written_copy" {
					t.Errorf("%d messages", n)
				}
				var set []string
				for _, timer := range x.fx.SetTimers {
					set = append(set, timer.Kind+timer.Due.Format(" Jan 2 15:04"))
				}
				if got := strings.Join(set, ", "); got != "reminder Nov 25 16:00, due Dec 1 16:00" {
					t.Errorf("timers: %s", got)
				}
				x.act(Offer{ID: "o1", Kind: terms.Kind, Terms: terms})
				if a, _ := x.account(); len(a.Agreements)+len(a.Promises) != 1 {
					t.Errorf("acting again agreed again: %d and %d", len(a.Agreements), len(a.Promises))
				}
			})
		}
	}
}
