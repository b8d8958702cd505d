package dialog_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/dialog"
	"parley/negotiation"
)

// desk is a record of one conversation with its requests for approval.
type desk struct {
	*world
	order  []string
	all    map[string]dialog.Approval
	timers map[string]dialog.Timer
}

// asked is a conversation in which a settlement of $1,116.00 waits for approval.
func asked(t *testing.T) *desk {
	t.Helper()
	d := &desk{world: newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z"}),
		all: map[string]dialog.Approval{}, timers: map[string]dialog.Timer{}}
	d.policy(func(p *negotiation.Policy) {
		p.Authority = map[string]negotiation.Bp{"agent": 8000, "senior_agent": 7000, "supervisor": 6000}
	})
	d.say("78701")
	d.say("can I settle for less?")
	d.say("yes")
	if a := d.only(); a.State != dialog.ApprovalPending || a.RequestedBy != "bot" || a.Args.Terms.Total != negotiation.USD(111600) {
		t.Fatalf("the request: %+v", a)
	}
	return d
}

func (d *desk) policy(change func(*negotiation.Policy)) {
	p := d.engine.Settings.Portfolios["northwind-cards"]
	change(&p.Policy)
	d.engine.Settings.Portfolios = map[string]dialog.Portfolio{"northwind-cards": p}
}

func (d *desk) say(text string) []string {
	d.t.Helper()
	d.turn(beat{Say: text})
	return d.keep()
}

// decide is a decision, carried out and kept.
func (d *desk) decide(id string, v dialog.Decision) ([]string, error) {
	d.t.Helper()
	d.now = d.now.Add(time.Minute)
	d.snap.Accounts = d.visible()
	e, err := d.engine.Decide(d.snap, id, v, d.env())
	if err != nil {
		return nil, err
	}
	d.effects = e
	d.apply(e)
	return d.keep(), nil
}

func (d *desk) must(id string, v dialog.Decision) []string {
	d.t.Helper()
	said, err := d.decide(id, v)
	if err != nil {
		d.t.Fatal(err)
	}
	return said
}

// fire plays a request's timer when it is due.
func (d *desk) fire(a dialog.Approval) []string {
	d.t.Helper()
	timer := d.timers["approval."+a.ID]
	if timer.Due.IsZero() {
		d.t.Fatal("no timer is set for the request")
	}
	d.now = timer.Due
	d.snap.Accounts = d.visible()
	d.effects = d.engine.Turn(context.Background(), d.snap, dialog.Input{ID: 99, Kind: dialog.InputTimer, Timer: timer.Kind, Body: timer.Body, At: timer.Due}, d.env())
	d.apply(d.effects)
	return d.keep()
}

// keep stores requests and timers as a record would, and returns what was said.
func (d *desk) keep() []string {
	d.t.Helper()
	for _, name := range d.effects.CancelTimers {
		delete(d.timers, name)
	}
	for _, timer := range d.effects.SetTimers {
		d.timers[timer.Name] = timer
	}
	for _, a := range d.effects.Approvals {
		src, err := json.Marshal(a)
		if err != nil {
			d.t.Fatal(err)
		}
		var kept dialog.Approval
		if err := json.Unmarshal(src, &kept); err != nil {
			d.t.Fatal(err)
		}
		if _, known := d.all[a.ID]; !known {
			d.order = append(d.order, a.ID)
		}
		d.all[a.ID] = kept
	}
	d.snap.Approvals = nil
	for _, id := range d.order {
		if d.all[id].Open() {
			d.snap.Approvals = append(d.snap.Approvals, d.all[id])
		}
	}
	var said []string
	for _, o := range d.effects.Outgoing {
		said = append(said, o.Cleared.Out().Text)
	}
	return said
}

func (d *desk) only() dialog.Approval {
	d.t.Helper()
	if len(d.order) != 1 {
		d.t.Fatalf("%d requests", len(d.order))
	}
	return d.all[d.order[0]]
}

func (d *desk) state(id string, want dialog.ApprovalState) dialog.Approval {
	d.t.Helper()
	if got := d.all[id]; got.State != want {
		d.t.Errorf("the request is %s (%s), want %s", got.State, got.Failure, want)
	}
	return d.all[id]
}

// agreed are the account's agreements that hold.
func (d *desk) agreed() (held []dialog.Agreement) {
	for _, g := range d.accounts["acct-1001"].Agreements {
		if g.State == dialog.AgreementAccepted {
			held = append(held, g)
		}
	}
	return held
}

// notAgreed checks that nothing holds, and that no word says it does.
func (d *desk) notAgreed(said []string) {
	d.t.Helper()
	if held := d.agreed(); len(held) != 0 {
		d.t.Errorf("it is agreed: %+v", held)
	}
	for _, text := range said {
		for _, claim := range []string{"set that up", "set it up", "setting it up", "agreed", "accepted", "is approved"} {
			if strings.Contains(text, claim) {
				d.t.Errorf("the person is told %q in %q", claim, text)
			}
		}
	}
}

func (d *desk) told(said []string, words ...string) {
	d.t.Helper()
	if len(said) == 0 || len(said) > 1 && len(d.agreed()) == 0 { // what is agreed comes in writing as well
		d.t.Fatalf("%d messages: %q", len(said), said)
	}
	for _, w := range words {
		if !strings.Contains(said[0], w) {
			d.t.Errorf("no %q in %q", w, said[0])
		}
	}
}

func approve(by string) dialog.Decision {
	return dialog.Decision{By: by, Role: "supervisor", Verdict: dialog.VerdictApprove}
}

func edit(by string, cents int64) dialog.Decision {
	return dialog.Decision{By: by, Role: "supervisor", Verdict: dialog.VerdictEdit, Total: negotiation.USD(cents)}
}

func TestWhileItWaitsNothingIsAgreed(t *testing.T) {
	t.Parallel()
	d := asked(t)
	var said []string
	for _, o := range d.effects.Outgoing {
		said = append(said, o.Cleared.Out().Text)
	}
	d.told(said, "has to approve this first")
	d.notAgreed(said)
	if g := d.snap.Conversation.Agreement; g == nil || g.State != dialog.AgreementProposed {
		t.Errorf("agreement %+v", g)
	}
}

func TestARequestIsApprovedOnce(t *testing.T) {
	t.Parallel()
	d := asked(t)
	a := d.only()
	v := approve("ada")
	v.ExpectedSHA256 = a.SHA256
	stale := d.snap // what a second decider has read
	d.told(d.must(a.ID, v), "$1,116.00", "I'll set that up")
	got := d.state(a.ID, dialog.ApprovalConsumed)
	if got.DecidedBy != "ada" || got.ConsumedAt.IsZero() || got.DecidedAt.IsZero() || got.Verdict != "approve" {
		t.Errorf("decided as %+v", got)
	}
	held := d.agreed()
	if len(held) != 1 || held[0].ID != stale.Conversation.Agreement.ID || held[0].Terms.Total != negotiation.USD(111600) {
		t.Fatalf("agreements %+v", held)
	}
	if len(d.accounts["acct-1001"].Agreements) != 1 {
		t.Errorf("the account has %d agreements", len(d.accounts["acct-1001"].Agreements))
	}
	if _, left := d.timers["approval."+a.ID]; left {
		t.Error("its timer is left")
	}
	if _, err := d.decide(a.ID, approve("bob")); !errors.Is(err, dialog.ErrDecided) {
		t.Errorf("a second approval: %v", err)
	}
	d.snap.Approvals = []dialog.Approval{got} // even where a reader would hand it in
	if _, err := d.decide(a.ID, v); !errors.Is(err, dialog.ErrDecided) {
		t.Errorf("a replayed approval: %v", err)
	}
	if len(d.agreed()) != 1 {
		t.Error("it was agreed twice")
	}
}

func TestAnEditMakesANewRequestForAnotherApprover(t *testing.T) {
	t.Parallel()
	d := asked(t)
	a := d.only()
	if said := d.must(a.ID, edit("ada", 100000)); len(said) != 0 {
		t.Errorf("the person, who waits, was told %q", said)
	}
	old := d.state(a.ID, dialog.ApprovalSuperseded)
	next := d.state(old.ReplacedBy, dialog.ApprovalPending)
	if next.Parent != a.ID || next.RequestedBy != "ada" || next.SHA256 == a.SHA256 || next.Args.Terms.Total != negotiation.USD(100000) ||
		next.Args.Terms.Installments[0].Amount != negotiation.USD(100000) {
		t.Fatalf("the new request %+v", next)
	}
	if _, err := d.decide(a.ID, approve("bob")); !errors.Is(err, dialog.ErrDecided) {
		t.Errorf("the old one: %v", err)
	}
	if _, err := d.decide(next.ID, approve("ada")); !errors.Is(err, dialog.ErrOwn) {
		t.Errorf("who edited approves: %v", err)
	}
	said := d.must(next.ID, approve("bob"))
	d.told(said, "$1,000.00", "Does that work for you?")
	d.notAgreed(said)
	d.state(next.ID, dialog.ApprovalApproved)
	if g := d.snap.Conversation.Agreement; g != nil || d.accounts["acct-1001"].Agreements[0].State != dialog.AgreementCancelled {
		t.Errorf("what the person accepted first still stands: %+v", g)
	}

	d.told(d.say("yes"), "$1,000.00", "set")
	d.state(next.ID, dialog.ApprovalConsumed)
	if held := d.agreed(); len(held) != 1 || held[0].Terms.Total != negotiation.USD(100000) {
		t.Errorf("agreements %+v", held)
	}
	if len(d.order) != 2 {
		t.Errorf("%d requests; what was approved asks again", len(d.order))
	}
}

func TestAPermissionIsForTheseTermsOnlyAndLapses(t *testing.T) {
	t.Parallel()
	permitted := func(t *testing.T) (*desk, dialog.Approval) {
		d := asked(t)
		d.must(d.only().ID, edit("ada", 100000))
		d.must(d.order[1], approve("bob"))
		return d, d.state(d.order[1], dialog.ApprovalApproved)
	}
	t.Run("other terms under the same offer ask again", func(t *testing.T) {
		t.Parallel()
		d, a := permitted(t)
		d.snap.Conversation.Table[0].Terms.Total = negotiation.USD(99000)
		d.snap.Conversation.Table[0].Terms.Installments[0].Amount = negotiation.USD(99000)
		d.notAgreed(d.say("yes"))
		d.state(a.ID, dialog.ApprovalWithdrawn)
		d.state(d.order[2], dialog.ApprovalPending)
	})
	t.Run("a request that waits permits nothing, though the same terms are accepted again", func(t *testing.T) {
		t.Parallel()
		d := asked(t)
		a := d.only()
		d.snap.Conversation.Table = []dialog.Offer{{ID: a.Args.Offer, Kind: a.Args.Kind, Terms: a.Args.Terms}}
		d.snap.Conversation.Pending = "accept"
		d.notAgreed(d.say("yes"))
		d.state(a.ID, dialog.ApprovalWithdrawn)
		d.state(d.order[1], dialog.ApprovalPending)
	})
	t.Run("nobody took them: they lapse without a word", func(t *testing.T) {
		t.Parallel()
		d, a := permitted(t)
		if said := d.fire(a); len(said) != 0 || d.snap.Conversation.Control != dialog.ControlBot || len(d.snap.Conversation.Table) != 0 {
			t.Errorf("said %q, control %s, table %v", said, d.snap.Conversation.Control, d.snap.Conversation.Table)
		}
		d.state(a.ID, dialog.ApprovalExpired)
		d.notAgreed(nil)
	})
}

func TestARejectionNeedsAReasonAndThePersonIsTold(t *testing.T) {
	t.Parallel()
	d := asked(t)
	a := d.only()
	v := dialog.Decision{By: "ada", Role: "agent", Verdict: dialog.VerdictReject}
	if _, err := d.decide(a.ID, v); !errors.Is(err, dialog.ErrNoReason) {
		t.Fatalf("without a reason: %v", err)
	}
	v.Comment = "too early in the month"
	said := d.must(a.ID, v)
	d.told(said, "can't agree to it")
	d.notAgreed(said)
	if strings.Contains(said[0], v.Comment) {
		t.Error("the reason, which is ours, reached the person")
	}
	if got := d.state(a.ID, dialog.ApprovalRejected); got.Comment != v.Comment {
		t.Errorf("the reason kept is %q", got.Comment)
	}
	c := d.snap.Conversation
	if c.Agreement != nil || c.Control != dialog.ControlBot || c.Pending == "approval" || d.accounts["acct-1001"].Agreements[0].State != dialog.AgreementCancelled {
		t.Errorf("left: %+v", c)
	}
}

func TestADecisionSaysNothingWhileAHumanHasTheConversation(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]dialog.Decision{
		"rejected": {By: "ada", Role: "agent", Verdict: dialog.VerdictReject, Comment: "too early"},
		"approved": approve("ada"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := asked(t)
			d.did(d.engine.TakeOver(d.snap, "bob", "helping", d.env()))
			a := d.only()
			for _, text := range d.must(a.ID, v) {
				if !strings.Contains(text, "written copy") {
					t.Errorf("the bot said %q", text)
				}
			}
			if draft := d.snap.Conversation.Draft; draft == nil || draft.Why != "human" {
				t.Errorf("the human is given %+v to say", draft)
			}
		})
	}
}

func TestARequestNobodyDecidesExpiresAndAHumanGetsIt(t *testing.T) {
	t.Parallel()
	d := asked(t)
	a := d.only()
	late := *d
	late.world = &world{}
	*late.world = *d.world
	late.now = a.ExpiresAt.Add(-time.Minute) // decide takes a minute
	if _, err := late.decide(a.ID, approve("ada")); !errors.Is(err, dialog.ErrExpired) {
		t.Errorf("a decision at the end: %v", err)
	}
	timer := d.timers["approval."+a.ID]
	said := d.fire(a)
	d.told(said, "passing you to a person")
	d.notAgreed(said)
	d.state(a.ID, dialog.ApprovalExpired)
	if c := d.snap.Conversation; c.Control != dialog.ControlQueued || c.Handoff.Reasons[0].Code != "approval_expired" || c.Agreement != nil {
		t.Errorf("control %s, %+v", c.Control, c.Handoff)
	}
	d.timers[timer.Name] = timer
	d.snap.Approvals = []dialog.Approval{d.all[a.ID]} // even where a reader would hand it in
	if said := d.fire(a); len(said) != 0 || len(d.effects.Approvals) != 0 {
		t.Errorf("the timer fired again: said %q, wrote %d requests", said, len(d.effects.Approvals))
	}
}

func TestADecisionThatMayNotBeMadeChangesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*dialog.Approval, *dialog.Decision)
		want   error
	}{
		{"the hash is not of what was shown", func(_ *dialog.Approval, v *dialog.Decision) { v.ExpectedSHA256 = strings.Repeat("0", 64) }, dialog.ErrNotSeen},
		{"the terms were changed under the hash", func(a *dialog.Approval, _ *dialog.Decision) { a.Args.Terms.Total = negotiation.USD(100) }, dialog.ErrNotSeen},
		{"the action has another meaning now", func(a *dialog.Approval, _ *dialog.Decision) { a.ActionVersion = 2 }, dialog.ErrNotSeen},
		{"who asked approves", func(a *dialog.Approval, v *dialog.Decision) { a.RequestedBy = v.By }, dialog.ErrOwn},
		{"nobody's name", func(_ *dialog.Approval, v *dialog.Decision) { v.By = "" }, dialog.ErrOwn},
		{"a role without authority", func(_ *dialog.Approval, v *dialog.Decision) { v.Role = "viewer" }, dialog.ErrRole},
		{"a verdict nobody knows", func(_ *dialog.Approval, v *dialog.Decision) { v.Verdict = "maybe" }, dialog.ErrVerdict},
		{"an edit to the same total", func(a *dialog.Approval, v *dialog.Decision) { *v = edit("ada", a.Args.Terms.Total.Minor) }, dialog.ErrTerms},
		{"an edit below the floor", func(_ *dialog.Approval, v *dialog.Decision) { *v = edit("ada", 74399) }, dialog.ErrTerms},
		{"an edit above the balance", func(_ *dialog.Approval, v *dialog.Decision) { *v = edit("ada", 124001) }, dialog.ErrTerms},
		{"an edit to nothing", func(_ *dialog.Approval, v *dialog.Decision) { *v = edit("ada", 0) }, dialog.ErrTerms},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := asked(t)
			id, v := d.only().ID, approve("ada")
			c.change(&d.snap.Approvals[0], &v)
			if _, err := d.decide(id, v); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			d.state(id, dialog.ApprovalPending)
			d.notAgreed(nil)
		})
	}
}

func TestARoleMayApproveWhatItsAuthorityCovers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role  string
		cents int64
		may   bool
	}{
		{"agent", 99200, true}, {"agent", 99199, false}, {"senior_agent", 86800, true}, {"senior_agent", 86799, false},
		{"supervisor", 74400, true}, {"compliance", 110000, false}, {"admin", 74400, true}, {"", 74400, true},
	} {
		d := asked(t)
		d.must(d.only().ID, edit("ada", c.cents))
		_, err := d.decide(d.order[1], dialog.Decision{By: "bob", Role: c.role, Verdict: dialog.VerdictApprove})
		if (err == nil) != c.may || err != nil && !errors.Is(err, dialog.ErrRole) {
			t.Errorf("%q approving %d cents: %v", c.role, c.cents, err)
		}
	}
}

func TestAuthorityIsAShareOfWhatIsOwedNow(t *testing.T) {
	t.Parallel()
	d := asked(t)
	a := d.accounts["acct-1001"]
	a.Payments = append(a.Payments, dialog.Payment{ID: "p", Amount: negotiation.USD(24000), Date: civil.Date{Year: 2026, Month: 11, Day: 23}, At: d.now})
	d.accounts[a.ID] = a // of $1,240.00, $1,000.00 are left
	d.must(d.only().ID, edit("ada", 80000))
	if _, err := d.decide(d.order[1], dialog.Decision{By: "bob", Role: "agent", Verdict: dialog.VerdictApprove}); err != nil {
		t.Errorf("80%% of what is owed: %v", err)
	}
}

func TestWhatChangedMeanwhileStopsTheExecution(t *testing.T) {
	t.Parallel()
	flagged := func(flag string) func(*desk) {
		return func(d *desk) {
			a := d.accounts["acct-1001"]
			a.Flags = map[string]dialog.Flag{flag: {At: d.now, Why: "record"}}
			d.accounts[a.ID] = a
		}
	}
	for name, change := range map[string]func(*desk){
		"the account is bankrupt":                    flagged(dialog.FlagBankruptcy),
		"the person has an attorney":                 flagged(dialog.FlagRepresented),
		"the person wants no contact":                flagged(dialog.FlagCease),
		"the debt is disputed":                       flagged(dialog.FlagDisputed),
		"they said STOP":                             func(d *desk) { d.snap.Address.SMSOptedOut = d.now },
		"the number is another's":                    func(d *desk) { d.snap.Address.WrongParty = d.now },
		"the floor was raised, and no role may pass": func(d *desk) { d.policy(func(p *negotiation.Policy) { p.Settlement.Floor = 9500 }) },
		"settlements were switched off":              func(d *desk) { d.policy(func(p *negotiation.Policy) { p.Settlement.Enabled = false }) },
		"the conversation was closed":                func(d *desk) { d.snap.Conversation.Control = dialog.ControlClosed },
		"it is about another account":                func(d *desk) { d.snap.Conversation.Account = "acct-1003"; d.accounts["acct-1003"] = alike(d) },
		"it is not known who is there":               func(d *desk) { d.snap.Conversation.Identity = dialog.Identity{} },
		"the proposal is gone":                       func(d *desk) { d.snap.Conversation.Agreement = nil },
		"the portfolio has no policy any more":       func(d *desk) { d.engine.Settings.Portfolios = nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := asked(t)
			a := d.only()
			change(d)
			closed := d.snap.Conversation.Control == dialog.ControlClosed
			v := approve("ada")
			v.Role = "" // the widest authority there is
			said := d.must(a.ID, v)
			d.notAgreed(said)
			for _, text := range said {
				if strings.Contains(text, "1,116") {
					t.Errorf("terms are told: %q", text)
				}
			}
			got := d.state(a.ID, dialog.ApprovalFailed)
			if got.Failure == "" || !got.ConsumedAt.IsZero() {
				t.Errorf("kept as %+v", got)
			}
			if c := d.snap.Conversation; !closed && (c.Control != dialog.ControlQueued || c.Handoff.Reasons[0].Code != "approval_failed") {
				t.Errorf("control %s, %+v", c.Control, c.Handoff)
			}
			if _, err := d.decide(a.ID, approve("bob")); !errors.Is(err, dialog.ErrDecided) {
				t.Errorf("a failed request may be decided again: %v", err)
			}
		})
	}
}

// alike is another account of the same person.
func alike(d *desk) dialog.Account {
	a := d.accounts["acct-1001"]
	a.ID = "acct-1003"
	return a
}

func TestWhoAgreesToSomethingElseTakesTheRequestBack(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]string{"a plan": "actually can I do 110 a month?", "payment in full": "I'd rather pay in full"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := asked(t)
			a := d.only()
			d.say(ask)
			d.say("yes")
			c := d.snap.Conversation
			if g := c.Agreement; g != nil && g.Kind != negotiation.MovePlan || g == nil && c.Promise == nil {
				t.Fatalf("agreed to %+v, %+v", g, c.Promise)
			}
			d.state(a.ID, dialog.ApprovalWithdrawn)
			for _, v := range []dialog.Decision{approve("ada"), {By: "ada", Verdict: dialog.VerdictReject, Comment: "no"}} {
				if _, err := d.decide(a.ID, v); !errors.Is(err, dialog.ErrDecided) {
					t.Errorf("decided after it was taken back: %v", err)
				}
			}
		})
	}
}

func TestApprovedAtNightIsToldInTheMorning(t *testing.T) {
	t.Parallel()
	d := asked(t)
	a := d.only()
	d.snap.Address.Windows = []gate.Window{{From: "00:00", To: "23:59", Until: "2026-11-24"}}
	d.snap.Conversation.LastInbound = d.now.Add(-25 * time.Hour)
	d.must(a.ID, approve("ada"))
	d.state(a.ID, dialog.ApprovalConsumed)
	for _, o := range d.effects.Outgoing {
		if !o.NotBefore.After(d.now) {
			t.Errorf("not delayed: %+v", o)
		}
	}
	if len(d.effects.Outgoing) == 0 {
		t.Error("nothing is to be told")
	}
}

func TestWhatAHumanRefusedIsNotOfferedAgain(t *testing.T) {
	t.Parallel()
	d := asked(t)
	d.must(d.only().ID, dialog.Decision{By: "ada", Verdict: dialog.VerdictReject, Comment: "no"})
	for _, text := range []string{"yes", "can I settle?", "how about 1000 to settle it?"} {
		d.say(text)
		for _, o := range d.snap.Conversation.Table {
			if o.Kind == negotiation.MoveSettlement && o.Terms.Total.Minor <= 111600 {
				t.Errorf("after %q a settlement of %s is offered", text, o.Terms.Total.Decimal())
			}
		}
	}
}
