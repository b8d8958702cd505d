package dialog

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance"
	"parley/compliance/gate"
	"parley/dialog/llm"
	"parley/negotiation"
	"parley/prompts"
)

// The timers of what was agreed. One of each runs at a time, set again as time goes on.
const (
	TimerReminder = "reminder" // two days before a payment is due
	TimerDue      = "due"      // the morning after its grace is over
	TimerNotice   = "notice"   // what the contact gate put off
)

// When people hear of their payments. The hour is local, in every zone they may be in.
const (
	reminderLead = 2 // days before
	contactHour  = 10
	// breaksForHuman is how many broken words there are before a human takes over.
	breaksForHuman = 2
)

// The notices: what a person is to be told, once we know that it is them.
const (
	noticeReminder = "reminder"
	noticeMissed   = "missed"
)

// obligation is a payment that was agreed and has not come in full.
type obligation struct {
	ID      string // of the agreement or promise
	Due     civil.Date
	Missing negotiation.Money
}

// unpaid are the payments agreed in this conversation that have not come in full,
// by day. A promise that was settled is none.
func (t *turn) unpaid() []obligation {
	a, ok := t.account()
	if !ok {
		return nil
	}
	today := t.today()
	var out []obligation
	if g, ok := a.InForce(); ok && g.Conversation == t.conv.ID {
		p, err := a.Progress(g, today)
		if err != nil {
			return nil
		}
		for _, s := range p.Installments {
			if left := s.Amount.Minor - s.Paid.Minor; left > 0 {
				out = append(out, obligation{g.ID, s.Due, negotiation.Money{Minor: left, Currency: s.Amount.Currency}})
			}
		}
	}
	pledged, err := a.pledges(today)
	if err != nil {
		return out
	}
	for _, p := range pledged {
		if left := p.Amount.Minor - p.Paid.Minor; left > 0 && p.Conversation == t.conv.ID && p.State == PromiseOpen {
			out = append(out, obligation{p.ID, p.Due, negotiation.Money{Minor: left, Currency: p.Amount.Currency}})
		}
	}
	slices.SortStableFunc(out, func(x, y obligation) int { return cmp.Compare(x.Due.DaysSince(y.Due), 0) })
	return out
}

// arm sets the next reminder and the next due check, or cancels them when there is nothing left.
func (t *turn) arm() {
	var remind, check time.Time
	for _, o := range t.unpaid() {
		if at := t.morning(o.Due.AddDays(-reminderLead)); remind.IsZero() && at.After(t.now) {
			remind = at
		}
		if at := t.morning(o.Due.AddDays(GraceDays + 1)); check.IsZero() && at.After(t.now) {
			check = at
		}
	}
	t.setTimer(TimerReminder, remind, nil)
	t.setTimer(TimerDue, check, nil)
}

// setTimer sets the conversation's one timer of a kind; a zero time cancels it.
func (t *turn) setTimer(kind string, due time.Time, body json.RawMessage) {
	same := func(x Timer) bool { return x.Name == kind }
	t.fx.SetTimers = slices.DeleteFunc(t.fx.SetTimers, same)
	t.fx.CancelTimers = slices.DeleteFunc(t.fx.CancelTimers, func(name string) bool { return name == kind })
	if due.IsZero() {
		t.fx.CancelTimers = append(t.fx.CancelTimers, kind)
		return
	}
	t.fx.SetTimers = append(t.fx.SetTimers, Timer{Name: kind, Kind: kind, Due: due.UTC(), Body: body})
}

// morning is ten o'clock of a day: the first instant at which it is that late in
// every zone the person may be in.
func (t *turn) morning(d civil.Date) time.Time {
	var at time.Time
	for _, z := range t.zones() {
		if loc, err := time.LoadLocation(z); err == nil {
			at = latest(at, time.Date(d.Year, d.Month, d.Day, contactHour, 0, 0, 0, loc))
		}
	}
	if at.IsZero() {
		at = time.Date(d.Year, d.Month, d.Day, contactHour, 0, 0, 0, time.UTC)
	}
	return at.UTC()
}

// playReminder reminds of a payment that is near and has not come.
func (t *turn) playReminder() {
	t.arm()
	if o, ok := t.near(); ok {
		t.tell(noticeReminder, o)
	}
}

// near is the next payment, when its day is at most the lead away.
func (t *turn) near() (obligation, bool) {
	today := t.today()
	for _, o := range t.unpaid() {
		if !o.Due.Before(today) {
			return o, !o.Due.After(today.AddDays(reminderLead))
		}
	}
	return obligation{}, false
}

// playDue looks whether what was due has come. A first miss is met with kindness
// and another way; after the second a human takes over.
func (t *turn) playDue() {
	a, ok := t.account()
	if !ok || t.restricted() != "" {
		t.event("due.skipped", "service", map[string]any{"why": t.restricted()})
		return // what is on hold is not held against anybody
	}
	before := behavior(a).BrokenPromises
	settled, facts, err := settle(a, t.today())
	if err != nil {
		t.queue(Reason{Code: "due_unreadable", Detail: "What was paid could not be counted."}, 1)
		return
	}
	t.keep(settled)
	t.note(facts)
	o, late := t.overdue()
	t.arm()
	breaks := behavior(settled).BrokenPromises
	switch {
	case !late:
	case breaks > before && breaks >= breaksForHuman:
		t.lapse()
		t.handOff(Reason{Code: "promise_broken_again", Detail: "A payment that was agreed did not come, for the second time."}, 1)
	default:
		t.tell(noticeMissed, o)
	}
}

// overdue is the oldest payment whose grace is over: an instalment, or the promise
// that was not kept, unless something was agreed since.
func (t *turn) overdue() (obligation, bool) {
	today := t.today()
	for _, o := range t.unpaid() {
		if o.Due.AddDays(GraceDays).Before(today) {
			return o, true
		}
	}
	a, _ := t.account()
	p := t.conv.Promise
	if g, ok := a.InForce(); p == nil || p.State != PromiseBroken && p.State != PromisePartial || ok && g.At.After(p.At) {
		return obligation{}, false
	}
	pledged, err := a.pledges(today)
	i := slices.IndexFunc(pledged, func(x pledge) bool { return x.ID == p.ID })
	if err != nil || i < 0 {
		return obligation{}, false
	}
	left := p.Amount
	left.Minor -= pledged[i].Paid.Minor
	return obligation{p.ID, p.Due, left}, left.Positive()
}

// playNotice tells what the gate put off, if it is still true.
func (t *turn) playNotice() {
	var body struct {
		Notice string `json:"notice"`
	}
	_ = json.Unmarshal(t.in.Body, &body) // an unreadable notice is none
	if o, ok := t.due(body.Notice); ok {
		t.tell(body.Notice, o)
	}
}

// due is the payment a notice is about, when there still is one.
func (t *turn) due(notice string) (obligation, bool) {
	switch notice {
	case noticeReminder:
		return t.near()
	case noticeMissed:
		return t.overdue()
	}
	return obligation{}, false
}

// tell says a notice, or asks who is there first where the session is over: a
// stranger learns nothing from a reminder.
func (t *turn) tell(notice string, o obligation) {
	if flag := t.restricted(); flag != "" || !t.speaks() {
		t.event("notice.skipped", "service", map[string]any{"notice": notice, "why": cmp.Or(flag, string(t.conv.Control))})
		return
	}
	t.lapse()
	text := t.noticeWords(notice, o)
	if !t.conv.Identity.Verified {
		text = t.phrase("notice_unverified", map[string]string{"need": t.needWords()})
	}
	t.record(StepCompose, StepOK, map[string]any{"template": notice, "verified": t.conv.Identity.Verified}, map[string]any{"text": text})
	t.strict = true
	sent := text != "" && t.sendOrCall(outgoing{Text: text, Purpose: "reminder", From: "bot", Figures: []negotiation.Money{o.Missing}, Days: []civil.Date{o.Due}})
	t.strict = false
	switch {
	case !sent:
		t.event("notice.skipped", "service", map[string]any{"notice": notice, "why": "guard"})
	case t.verdict.Decision == gate.Delay:
		t.setTimer(TimerNotice, t.verdict.Until, mustJSON(map[string]string{"notice": notice}))
		t.event("notice.delayed", "service", map[string]any{"notice": notice, "until": stamp(t.verdict.Until), "rules": compliance.RuleIDs(t.verdict.Findings)})
	case t.verdict.Decision != gate.Allow:
		t.event("notice.skipped", "service", map[string]any{"notice": notice, "why": compliance.RuleIDs(t.verdict.Findings)})
	case !t.conv.Identity.Verified:
		t.conv.Notice, t.conv.Pending = notice, "identity"
	default:
		t.conv.Notice = ""
	}
}

// tellNotice says to a person who has just been identified what they were written
// to about. It reports whether it did.
func (t *turn) tellNotice() bool {
	notice := t.conv.Notice
	if notice == "" {
		return false
	}
	o, ok := t.due(notice)
	t.conv.Notice = ""
	if !ok {
		return false
	}
	text := t.noticeWords(notice, o)
	t.record(StepCompose, StepOK, map[string]any{"template": notice}, map[string]any{"text": text})
	return text != "" && t.send(outgoing{Text: text, From: "bot", Figures: []negotiation.Money{o.Missing}, Days: []civil.Date{o.Due}})
}

func (t *turn) noticeWords(notice string, o obligation) string {
	values := map[string]string{"amount": llm.Money(o.Missing, t.conv.Language), "date": llm.Date(o.Due, t.conv.Language)}
	text := t.phrase(notice, values)
	a, _ := t.account()
	if link := t.link(a); notice == noticeReminder && text != "" && link != "" {
		text += " " + t.phrase("payment_link", map[string]string{"link": link})
	}
	return text
}

// needWords names what is still asked for to know who is there.
func (t *turn) needWords() string {
	book := prompts.Phrases(t.conv.Language)
	var need []string
	for _, factor := range t.missing() {
		need = append(need, book.Say("need."+factor, 0))
	}
	between := "and"
	if t.factorsNeeded() == 1 {
		between = "or" // any one of them will do
	}
	return strings.Join(need, " "+book.Say(between, 0)+" ")
}

// phrase is a sentence of the book, filled; "" where it can't be.
func (t *turn) phrase(key string, values map[string]string) string {
	return fillOr(prompts.Phrases(t.conv.Language).Say(key, 0), values)
}

// lapse ends a session that has been silent too long, as a message would, for
// turns that no message begins.
func (t *turn) lapse() {
	last := t.conv.Identity.LastSeen
	if !t.conv.Identity.Verified || last.IsZero() || t.now.Sub(last) <= idleOf(t.conv.Channel) {
		return
	}
	t.conv.Identity = Identity{LastSeen: last}
	t.conv.Disclosed.Session, t.conv.Disclosed.AI = time.Time{}, time.Time{}
	t.event("session.expired", "service", map[string]any{"idle_minutes": int(idleOf(t.conv.Channel).Minutes())})
}

func idleOf(channel string) time.Duration {
	return cmp.Or(sessionIdle[channel], 30*time.Minute)
}
