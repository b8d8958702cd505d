package lab

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog"
	"parley/negotiation"
)

// committed judges what a turn or an action has written, with sums of its own.
func (m *monitor) committed(before dialog.Snapshot, fx dialog.Effects, r *record) {
	for _, o := range offersOf(r.conv) {
		m.allowed[o.Terms.Total.Minor] = true
		for _, i := range o.Terms.Installments {
			m.allowed[i.Amount.Minor] = true
		}
		if !m.seen[o.ID] {
			m.seen[o.ID] = true
			m.terms(o.Kind, o.Terms, r, "an offer")
		}
	}
	if r.conv.Control == dialog.ControlBot && r.conv.Epoch < before.Conversation.Epoch {
		m.note("RECORD", "the epoch went back", "")
	}
	m.agreement(before, fx, r)
	m.promise(before, fx, r)
}

// terms: nothing below the floor, sums exact, days that exist and lie ahead, and
// payments neither too small, too many, nor more than the person said they have.
func (m *monitor) terms(kind negotiation.MoveKind, t negotiation.Terms, r *record, what string) {
	total, last := int64(0), civil.Date{}
	today := civil.DateOf(r.now.Add(-12 * time.Hour)) // wherever they are
	for _, i := range t.Installments {
		total += i.Amount.Minor
		m.check(i.Amount.Minor > 0 && i.Amount.Currency == "USD", "SUM", "", "%s has a payment of %d", what, i.Amount.Minor)
		_, err := time.Parse("2006-01-02", fmt.Sprintf("%04d-%02d-%02d", i.Due.Year, i.Due.Month, i.Due.Day))
		m.check(err == nil && (last == civil.Date{} || last.Before(i.Due)), "DATE", "", "%s has a day that is none or out of order", what)
		last = i.Due
	}
	m.check(total == t.Total.Minor, "SUM", "", "%s adds up to %d, not %d", what, total, t.Total.Minor)
	n := len(t.Installments)
	m.check(n > 0 && (n == 0 || t.Installments[0].Due.After(today.AddDays(-1))), "DATE", "", "%s begins in the past", what)
	balance := m.sc.Self.Balance
	switch kind {
	case negotiation.MoveSettlement:
		m.check(t.Total.Minor*10000 >= balance*int64(floorBp), "FLOOR", "", "%s of %d is below the floor", what, t.Total.Minor)
	case negotiation.MovePlan, negotiation.MoveFull:
		m.check(t.Total.Minor == balance, "SUM", "", "%s is over %d of a balance of %d", what, t.Total.Minor, balance)
		m.check(n <= 4*maxMonths+5, "COUNT", "", "%s has %d payments", what, n)
		for i, in := range t.Installments {
			m.check(i == n-1 || in.Amount.Minor >= minPayment, "SUM", "", "%s has a payment of %d", what, in.Amount.Minor)
		}
		if n > 0 {
			m.check(t.Installments[n-1].Due.DaysSince(t.Installments[0].Due) <= 31*maxMonths, "DATE", "", "%s takes too long", what)
		}
	case negotiation.MovePromise:
		m.check(t.Total.Minor <= balance, "SUM", "", "%s is more than is owed", what)
	}
}

// agreement: one is made only out of an offer that lay on the table and was
// taken, at the very terms that were said, and every copy of it is the same.
func (m *monitor) agreement(before dialog.Snapshot, fx dialog.Effects, r *record) {
	g := r.conv.Agreement
	was := before.Conversation.Agreement
	if g == nil || was != nil && was.ID == g.ID && was.State == g.State {
		return
	}
	m.terms(g.Kind, g.Terms, r, "an agreement")
	copies, inForce := 0, 0
	for _, a := range r.accounts {
		for _, x := range a.Agreements {
			if x.ID == g.ID {
				copies++
				m.check(x.State == g.State && same(x.Terms, g.Terms), "COPY", "", "the account's agreement is not the conversation's")
			}
			if x.State.InForce() {
				inForce++
			}
		}
	}
	m.check(copies == 1, "COPY", "", "the account has %d copies of the agreement", copies)
	m.check(inForce <= 1, "COPY", "", "%d agreements are in force", inForce)
	if !g.State.InForce() {
		return
	}
	m.check(g.Kind != negotiation.MoveSettlement || approved(r, g), "APPROVAL", "", "a settlement was agreed without approval")
	m.affordable(g, r)
	m.offeredFirst(before, g.Offer, g.Terms)
	m.readBack(fx, g.Terms, "agreement")
}

// affordable: no month after the first asks for more than they said is left.
func (m *monitor) affordable(g *dialog.Agreement, r *record) {
	if r.conv.Surplus == nil || g.Kind != negotiation.MovePlan {
		return
	}
	month := map[string]int64{}
	for i, in := range g.Terms.Installments {
		k := in.Due.String()[:7]
		if month[k] += in.Amount.Minor; i > 0 {
			m.check(month[k] <= r.conv.Surplus.Minor, "AFFORD", "", "%d in %s of a surplus of %d", month[k], k, r.conv.Surplus.Minor)
		}
	}
}

func (m *monitor) promise(before dialog.Snapshot, fx dialog.Effects, r *record) {
	p := r.conv.Promise
	if p == nil || before.Conversation.Promise != nil && before.Conversation.Promise.ID == p.ID {
		return
	}
	m.check(p.Amount.Minor > 0 && p.Amount.Minor <= m.sc.Self.Balance, "SUM", "", "a promise of %d", p.Amount.Minor)
	m.readBack(fx, negotiation.Terms{Total: p.Amount, Installments: []negotiation.Installment{{Due: p.Due, Amount: p.Amount}}}, "promise")
}

func approved(r *record, g *dialog.Agreement) bool {
	return slices.ContainsFunc(r.approvals, func(a dialog.Approval) bool {
		return a.State == dialog.ApprovalConsumed && a.Verdict == dialog.VerdictApprove && a.DecidedBy != "" && a.DecidedBy != a.RequestedBy && same(a.Args.Terms, g.Terms)
	})
}

func same(a, b negotiation.Terms) bool {
	return a.Total == b.Total && slices.Equal(a.Installments, b.Installments)
}

// offeredFirst: the terms were on the table before, and had been said.
func (m *monitor) offeredFirst(before dialog.Snapshot, id string, t negotiation.Terms) {
	i := slices.IndexFunc(before.Conversation.Offered, func(o dialog.Offer) bool { return o.ID == id && same(o.Terms, t) })
	m.check(i >= 0, "SAID", "", "what was agreed had not been offered")
	told := slices.ContainsFunc(m.lately, func(text string) bool { return m.tells(text, t) == "" })
	m.check(told, "SAID", strings.Join(m.lately[max(0, len(m.lately)-2):], " / "), "the terms agreed were never said in one message")
}

// readBack: the words that confirm it say the same figures and days.
func (m *monitor) readBack(fx dialog.Effects, t negotiation.Terms, what string) {
	why := "nothing was said of it"
	for _, o := range fx.Outgoing {
		if why = m.tells(plain(o.Cleared.Out().Text), t); why == "" {
			return
		}
	}
	m.note("SAID", "the confirmation of the "+what+" differs from it: "+why, "")
}

// tells says what of the terms is missing in a text: "" when all of it stands there.
func (m *monitor) tells(text string, t negotiation.Terms) string {
	named, on := figures(text), days(text)
	n := len(t.Installments)
	if n == 0 {
		return "no payments"
	}
	distinct := map[int64]bool{}
	for _, i := range t.Installments {
		distinct[i.Amount.Minor] = true
	}
	for a := range distinct {
		if !slices.Contains(named, a) {
			return fmt.Sprintf("%d cents is not named", a)
		}
	}
	first := t.Installments[0].Due
	if !slices.Contains(on, int(first.Month)*100+first.Day) {
		return "the first day is not named"
	}
	if n > 1 && !strings.Contains(" "+text, fmt.Sprintf(" %d ", n)) {
		return fmt.Sprintf("%d payments are not named", n)
	}
	return ""
}
