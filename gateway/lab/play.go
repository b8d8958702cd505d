package lab

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
)

// Bounds of a conversation.
const (
	maxMessages = 24 // of the person's
	maxTries    = 5  // of one input, as in the gateway; then a human
)

// stage is one conversation being played.
type stage struct {
	sc       scenario
	trial    int
	rec      *record
	engine   *dialog.Engine
	debtor   *debtor
	wire     *wire
	luck     *rand.Rand // of faults and approvals
	faults   float64
	monitor  *monitor
	verdicts []bool // on the answers of this turn, in order
	run      Conversation
}

// shared are the parts that hold no conversation.
type shared struct {
	guard    *guard.Guard
	detector *inbound.Detector
}

// Conversation is what came of one.
type Conversation struct {
	Scenario, Trial int
	Persona         string
	Family          string
	Escalate        Escalation
	Channel         string
	End             End
	Well            bool // it ended in one of the ways it should, and nothing wrong was said or done
	Autonomous      bool // well, and no human was needed
	HandedOff       bool
	Delay           int // turns between what had to bring a human and the human; -1: none came
	Turns           int
	Messages        int
	Why             string // the reason of the hand-off
	Violations      []Violation
	Transcript      []string
	Samples         []Sample
	ModelCalls      int
	ModelUsed       int            // answers of the model that were taken
	ModelTurns      int            // turns in which the model was asked
	ModelSpoke      int            // turns in which its words were trusted
	Unusable        map[string]int // why answers could not be taken
	Latency         []time.Duration
}

// Violation is one broken rule, with the message that broke it.
type Violation struct{ Rule, What, Text string }

// play plays a conversation to its end.
func play(sc scenario, trial int, o Options, sh shared) (Conversation, error) {
	seed := o.Seed ^ uint64(sc.ID)<<20 ^ uint64(trial)<<4
	s := &stage{sc: sc, trial: trial, rec: sc.record(), faults: o.Faults, luck: rand.New(rand.NewPCG(seed, 1))}
	s.debtor = newDebtor(sc.Persona, sc.Self, rand.New(rand.NewPCG(seed, 2)))
	s.debtor.slips, s.debtor.side = o.Slips, o.side
	model, w, err := newModel(o.Model, seed, o.Faults)
	if o.Model == Live {
		model, err = o.Live, nil
	}
	if err != nil {
		return Conversation{}, err
	}
	s.wire = w
	keys, err := dialog.NewKeyer([]byte(secretOfLab))
	if err != nil {
		return Conversation{}, err
	}
	s.engine = &dialog.Engine{Settings: sc.settings(), Guard: sh.guard, Detector: sh.detector, BuiltIn: responder.Model{}, Directory: s.rec, Keys: keys, Confidence: o.Confidence}
	s.engine.Settings.ModelBudget = o.ModelBudget
	if o.Model == Slow {
		s.engine.Settings.ModelBudget = 10 * time.Millisecond
	}
	if model != nil {
		s.engine.Model = scored{model, &s.verdicts}
	}
	s.rec.lookup = func() error { return s.fails("directory") }
	s.monitor = newMonitor(sc)
	s.run = Conversation{Scenario: sc.ID, Trial: trial, Persona: sc.Persona.Name, Family: sc.Persona.Family, Escalate: sc.Persona.Escalate, Channel: sc.Channel, Delay: -1}
	s.talk()
	s.conclude()
	return s.run, nil
}

// errFault is a port that failed for the sake of it.
var errFault = errors.New("lab: fault")

func (s *stage) fails(string) error {
	if s.faults > 0 && s.luck.Float64() < s.faults {
		return errFault
	}
	return nil
}

// talk goes back and forth until one side is done.
func (s *stage) talk() {
	var heard []sent
	trigger := -1
	for s.run.Messages < maxMessages {
		line, more := s.debtor.next(heard, s.rec.conv.Table, s.rec.conv.Identity.Verified)
		if !more {
			return
		}
		s.run.Messages++
		s.rec.now = s.rec.now.Add(time.Duration(20+s.luck.IntN(90)) * time.Second)
		if line.Trigger && trigger < 0 {
			trigger = s.run.Messages
		}
		heard = s.exchange(line)
		if s.handed() && s.run.Delay < 0 && trigger >= 0 {
			s.run.Delay = s.run.Messages - trigger
		}
		if s.over() {
			return
		}
		heard = append(heard, s.supervise()...)
	}
}

// exchange is one message of the person and everything that answers it.
func (s *stage) exchange(line say) []sent {
	id := fmt.Sprintf("m%d", s.run.Messages)
	in, fresh := s.rec.accept(id, line.Text, line.Choice)
	if s.fails("provider") != nil {
		if _, again := s.rec.accept(id, line.Text, line.Choice); again {
			s.monitor.note("ONCE", "a message sent twice was taken twice", line.Text)
		}
	}
	s.note("person", line.Text, line.Choice)
	s.monitor.hears(line, s.rec)
	if !fresh {
		return nil
	}
	return s.answer(in, line)
}

// answer plays the input's turn and sends what comes of it.

func (s *stage) answer(in dialog.Input, line say) []sent {
	fx := s.turn(in)
	s.run.Turns++
	s.sample(fx, line)
	return s.send()
}

// turn plays an input until its effects are written; what fails too often is
// given to a human, as in the gateway.
func (s *stage) turn(in dialog.Input) dialog.Effects {
	for range maxTries {
		before := s.rec.snapshot()
		s.verdicts = nil
		fx := s.engine.Turn(context.Background(), before, in, s.rec.env())
		if s.fails("crash before the commit") != nil {
			continue
		}
		if s.fails("somebody acted meanwhile") != nil {
			s.rec.conv.Version++
		}
		if err := s.commit(before, fx, in.ID); err != nil {
			continue
		}
		if s.fails("crash after the commit") != nil && s.rec.commit(fx, in.ID) == nil {
			s.monitor.note("ONCE", "an input was answered twice", in.Text)
		}
		return fx
	}
	before := s.rec.snapshot()
	fx := s.engine.GiveUp(before, in, s.rec.env())
	if err := s.commit(before, fx, in.ID); err != nil {
		s.monitor.note("RECORD", "a hand-off could not be written: "+err.Error(), "")
	}
	return fx
}

func (s *stage) commit(before dialog.Snapshot, fx dialog.Effects, input int64) error {
	if err := s.rec.commit(fx, input); err != nil {
		return err
	}
	s.monitor.committed(before, fx, s.rec)
	return nil
}

// send lets the courier work; a message that can't be delivered gets its turn.
func (s *stage) send() []sent {
	out, failed := s.rec.deliver(func() error { return s.fails("carrier") })
	for _, m := range out {
		s.note(m.From, m.Text, "")
		s.monitor.said(m, s.rec)
	}
	for range failed {
		s.rec.inputs++
		s.turn(dialog.Input{ID: s.rec.inputs, Kind: dialog.InputFailure, At: s.rec.now, Body: []byte(`{"reason":"unreachable"}`)})
	}
	return out
}

// supervise decides on what waits for approval, as a human would, in an hour's time.
func (s *stage) supervise() []sent {
	var out []sent
	for range 3 {
		i := slices.IndexFunc(s.rec.approvals, func(a dialog.Approval) bool { return a.State == dialog.ApprovalPending })
		if i < 0 {
			return out
		}
		a := s.rec.approvals[i]
		d := dialog.Decision{By: "mira", Verdict: dialog.VerdictApprove}
		switch n := s.luck.IntN(10); {
		case n == 0:
			d.Verdict, d.Comment = dialog.VerdictReject, "not this one"
		case n == 1 && a.Parent == "":
			d.Verdict, d.Total = dialog.VerdictEdit, a.Args.Terms.Total
			d.Total.Minor += 1000
		}
		if a.RequestedBy == d.By {
			d.By = "theo"
		}
		s.rec.now = s.rec.now.Add(20 * time.Minute)
		before := s.rec.snapshot()
		fx, err := s.engine.Decide(before, a.ID, d, s.rec.env())
		if err != nil && d.Verdict == dialog.VerdictEdit { // terms that may not be offered: approve what was asked
			fx, err = s.engine.Decide(before, a.ID, dialog.Decision{By: "theo", Verdict: dialog.VerdictApprove}, s.rec.env())
		}
		if err != nil {
			s.monitor.note("APPROVAL", "a pending request could not be decided: "+err.Error(), "")
			return out
		}
		if err := s.commit(before, fx, 0); err != nil {
			return out
		}
		out = append(out, s.send()...)
		if _, err := s.engine.Decide(s.rec.snapshot(), a.ID, d, s.rec.env()); err == nil {
			s.monitor.note("APPROVAL", "a request was decided twice", "")
		}
	}
	return out
}

func (s *stage) handed() bool { return s.rec.handoffs > 0 }

// over reports whether there is nothing more to see: the person's own last words
// after a STOP are still to come, since silence is what is tested then.
func (s *stage) over() bool {
	if stopped(s.rec) {
		return len(s.debtor.after) == 0
	}
	if !s.rec.address.WrongParty.IsZero() {
		return len(s.debtor.before) == 0
	}
	return s.handed() && len(s.debtor.before)+len(s.debtor.after) == 0 || agreed(s.rec)
}

func stopped(r *record) bool { return !r.address.SMSOptedOut.IsZero() }

func agreed(r *record) bool {
	g := r.conv.Agreement
	return g != nil && g.State.InForce() || r.conv.Promise != nil
}

// conclude says how it ended, and whether that was well.
func (s *stage) conclude() {
	r := s.rec
	switch {
	case !r.address.WrongParty.IsZero():
		s.run.End = WrongOne
	case agreed(r):
		s.run.End = Agreed
	case stopped(r):
		s.run.End = OptedOut
	case s.handed():
		s.run.End = HandedOff
	case s.run.Messages >= maxMessages:
		s.run.End = Stuck
	case !r.conv.Identity.Verified:
		s.run.End = Unknown
	default:
		s.run.End = Left
	}
	s.run.HandedOff = s.handed()
	if h := r.conv.Handoff; h != nil && len(h.Reasons) > 0 {
		s.run.Why = h.Reasons[0].Code
	}
	if s.wire != nil {
		s.monitor.prompts(s.wire.bodies)
		s.run.ModelCalls = len(s.wire.bodies)
	}
	s.run.Violations = s.monitor.found
	p := s.sc.Persona
	reached := slices.Contains(p.Ends, s.run.End) || s.run.HandedOff && slices.Contains(p.Ends, HandedOff)
	s.run.Well = reached && len(s.run.Violations) == 0
	s.run.Autonomous = s.run.Well && !s.run.HandedOff
}

// note writes a line of the transcript, without what identifies a person.
func (s *stage) note(from, text, choice string) {
	if choice != "" && text == "" {
		text = "[presses " + s.rec.label(choice) + "]"
	}
	s.run.Transcript = append(s.run.Transcript, from+": "+s.hide(text))
}

// sample keeps what calibration learns from: the features of the turn, and
// whether it had understood the person.
func (s *stage) sample(fx dialog.Effects, line say) {
	if fx.Trace == nil {
		return
	}
	var u *understand.Understanding
	calls, right := 0, false
	for _, st := range fx.Trace.Steps {
		switch out := st.Output.(type) {
		case understand.Understanding:
			u = &out
		case dialog.Assessment:
			s.keepSample(out, u, line, right)
		}
		if m, ok := st.Output.(map[string]any); ok && st.Name == dialog.StepDecide {
			if calls += s.countModel(m); calls > 0 && calls <= len(s.verdicts) {
				right = s.verdicts[calls-1] // of the answer that this step ended with
			}
		}
		if a, ok := st.Output.(dialog.Assessment); ok && a.Of == dialog.OfAnswered && a.Decision == "use" {
			s.run.ModelSpoke++
		}
	}
}

// countModel counts what a decision asked of the model, and gives how often.
func (s *stage) countModel(out map[string]any) int {
	attempts, _ := out["attempts"].([]llm.Attempt)
	asked := 0
	for _, a := range attempts {
		if a.Model == responder.Name || a.Model == "" {
			continue
		}
		asked++
		s.run.Latency = append(s.run.Latency, a.Latency)
		if a.Kind == "" {
			s.run.ModelUsed++
			continue
		}
		if s.run.Unusable == nil {
			s.run.Unusable = map[string]int{}
		}
		s.run.Unusable[string(a.Kind)+": "+a.Reason]++
	}
	if asked > 0 {
		s.run.ModelTurns++
	}
	return asked
}
