package dialog

import (
	"context"
	"maps"
	"time"

	"github.com/golang-sql/civil"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/inbound"
	"parley/dialog/understand"
	"parley/negotiation"
)

// turn is one turn while it is played. Every step reads what earlier ones left
// here, and leaves its own.
type turn struct {
	ctx context.Context
	e   *Engine
	in  Input
	env Env

	id       string
	now      time.Time
	snap     Snapshot
	conv     Conversation
	accounts map[string]Account // by id, as changed so far
	touched  map[string]bool
	asked    map[string]bool // accounts the system of record was asked for: true where they may be spoken of
	address  AddressFacts
	readdr   bool // address changed

	heard inbound.Detection
	// switched: another language was asked for, one that we speak.
	switched bool
	said     understand.Understanding
	moves    []negotiation.Move // all moves, in order
	minted   map[string]negotiation.Move

	// actor is who acts when there is no input: an agent's name, or "service".
	actor string
	// strict: a gate that does not allow refuses the action instead of delaying or escalating.
	strict    bool
	blockedBy []compliance.Finding
	verdict   gate.Verdict

	// then is what follows on a call once the next message was heard; lastSent is the id of the
	// message that was queued last.
	then     channels.Then
	lastSent string
	// aloud: messages go out at once. spokenNow counts those that did; unsaid is why one did not.
	aloud     bool
	spokenNow int
	unsaid    error

	fx    Effects
	trace TurnTrace
}

func newTurn(ctx context.Context, e *Engine, snap Snapshot, in Input, env Env) *turn {
	t := &turn{
		ctx: ctx, e: e, in: in, env: env, id: env.NewID(), now: env.Now().UTC(),
		snap: snap, conv: snap.Conversation, accounts: map[string]Account{}, touched: map[string]bool{},
		address: snap.Address, minted: map[string]negotiation.Move{},
	}
	for _, a := range snap.Accounts {
		t.accounts[a.ID] = a
	}
	t.trace = TurnTrace{ID: t.id, InputSeq: in.Seq, Started: t.now}
	t.conv.Identity.Held = maps.Clone(t.conv.Identity.Held)
	if c := t.conv.Call; c != nil {
		own := *c
		t.conv.Call = &own
		t.closeLost()
	}
	t.mirror()
	t.takeBack()
	return t
}

// play runs the steps. Whatever goes wrong ends with a human.
func (t *turn) play() {
	if _, err := step(t, StepLoad, map[string]any{"input": t.in.Kind, "control": t.conv.Control}, t.load, loadNote); err != nil {
		t.handOff(Reason{Code: "load_failed", Detail: "The conversation could not be loaded."}, 1)
		return
	}
	t.refresh()
	switch t.in.Kind {
	case InputMessage:
		t.playWords()
	case InputCall:
		t.playCall()
	case InputReceipt:
		t.playHeard()
	case InputFailure:
		if t.voice() {
			t.playCallFailure()
			return
		}
		t.playFailure()
	case InputTimer:
		t.playTimer()
	}
}

// playWords answers what a person said, on a call or in writing.
func (t *turn) playWords() {
	if t.in.Call != nil {
		t.playCallWords()
		return
	}
	t.playMessage()
}

// playMessage answers what a person wrote.
func (t *turn) playMessage() {
	t.conv.LastInbound, t.conv.RepliesSince = t.in.At, 0
	t.reopen()
	t.waits()
	t.expireSession()
	t.event("message.received", "person", map[string]any{"seq": t.in.Seq, "keyword": t.in.Keyword, "redacted": t.in.Redacted})
	t.understandEarly()
	t.identify()
	t.refresh() // the account may only be known now
	if t.detect() {
		return // the law, or the person, decides the reply
	}
	if !t.speaks() {
		t.unspoken()
		return // a human has it: no word from the bot
	}
	t.answer()
}

// answer is the bot's reply to a message that the law leaves to it.
func (t *turn) answer() {
	if !t.conv.Identity.Verified {
		t.askIdentity()
		return
	}
	if t.blind() {
		return
	}
	if t.undoes() {
		return
	}
	t.understand()
	if t.switched && len(t.said.Asks) == 0 && t.goOn() {
		return
	}
	if !t.assess() {
		return
	}
	t.negotiate()
	t.converse()
}

// speaks reports whether the bot may answer by itself.
func (t *turn) speaks() bool {
	return t.conv.Control == ControlBot && t.conv.Mode == ModeAuto
}

// finish closes the books of the turn.
func (t *turn) finish() Effects {
	t.silence()
	for id := range t.touched {
		t.fx.Accounts = append(t.fx.Accounts, t.accounts[id])
	}
	if t.readdr {
		t.fx.Address = &t.address
	}
	t.fx.Conversation = t.conv
	t.fx.Trace = &t.trace
	return t.fx
}

func (t *turn) event(kind, who string, body any) {
	t.fx.Events = append(t.fx.Events, Event{Type: kind, At: t.now, Who: who, Turn: t.id, Body: body})
}

// account is the account the conversation is about, when that is known.
func (t *turn) account() (Account, bool) {
	a, ok := t.accounts[t.conv.Account]
	return a, ok
}

// about are the accounts whatever is said applies to: the identified one's
// person's, or every candidate of the address.
func (t *turn) about() []string {
	if a, ok := t.account(); ok {
		var ids []string
		for id, other := range t.accounts {
			if other.Person.ID == a.Person.ID {
				ids = append(ids, id)
			}
		}
		return sorted(ids)
	}
	return sorted(keys(t.accounts))
}

func (t *turn) change(a Account) {
	t.accounts[a.ID] = a
	t.touched[a.ID] = true
}

// today is the civil date where the person is: the earliest of the candidate
// zones, so that nothing falls due before it is due anywhere.
func (t *turn) today() civil.Date {
	zones := t.zones()
	if len(zones) == 0 {
		return civil.DateOf(t.now)
	}
	today := civil.Date{}
	for _, z := range zones {
		loc, err := time.LoadLocation(z)
		if err != nil {
			continue
		}
		if d := civil.DateOf(t.now.In(loc)); !today.IsValid() || d.Before(today) {
			today = d
		}
	}
	if !today.IsValid() {
		return civil.DateOf(t.now)
	}
	return today
}

func (t *turn) versions(s Step) map[string]string {
	v := maps.Clone(t.e.Settings.Versions)
	if v == nil {
		v = map[string]string{}
	}
	if m := stepVersion[s]; m != "" {
		v["step"] = m
	}
	return v
}

// stepVersion rises when a step's meaning changes, so that a replay can say why
// a decision differs.
var stepVersion = map[Step]string{
	StepIdentify: "1", StepDetect: "1", StepUnderstand: "1", StepAssess: "1", StepNegotiate: "1", StepDecide: "1",
	StepValidate: "1", StepAuthorise: "1", StepAct: "1", StepCompose: "1", StepGuard: "1", StepGate: "1",
}
