package voice

import (
	"context"
	"time"

	"parley/channels"
)

// Transport is one connection of one call to whatever speaks our words and
// hears the person's. Package linetest proves that it keeps these promises.
//
// Say, End and Close may be called while Run runs; Say and End one at a time.
type Transport interface {
	// Say hands over one sentence and returns when it is on its way, not when it was
	// said. Sentences are said in the order they were handed over. What the person
	// says meanwhile cuts those that are not Whole, all of a talk at once.
	Say(ctx context.Context, s Sentence) error
	// End ends our part of the call once: with "" it hangs up, otherwise the call goes
	// to a human together with handoff, a JSON object. Words still to be said may be cut.
	End(ctx context.Context, handoff string) error
	// Run tells ear what happens on the line, in order and one thing at a time, until
	// the connection is over or ctx ends. It returns nil when the connection ended in
	// order, an error when it broke. The error holds nobody's words or number.
	Run(ctx context.Context, ear Ear) error
	// Close drops the connection without a word to the person; Run then returns.
	Close() error
}

// Sentence is what is said in one breath. A talk is the sentences up to the one
// marked Last; every talk that was begun gets its Last, with empty Text if need be.
type Sentence struct {
	Text string
	// Whole: nothing the person says or presses cuts it.
	Whole bool
	// Language is the BCP-47 tag of the words; "" is the line's default.
	Language string
	Last     bool
}

// Ear is told what happens on a line. Its methods return soon.
type Ear interface {
	// Prompt is what the person said. What is not final may still change: it only
	// shows that they speak.
	Prompt(text string, final bool, language string)
	// Digits are the keys the person pressed.
	Digits(keys string)
	// Speaking: that side began to speak, or ended.
	Speaking(side Side, on bool)
	// Played: these words of ours reached the person's ear, next after those played before.
	Played(text string)
	// Interrupted: our words were cut. heard is what was said of the talk up to then, as
	// far as the line knows; it need not be spelled as it was handed over.
	Interrupted(heard string)
}

// Side is one end of a call.
type Side bool

// The sides.
const (
	Person Side = false
	Ours   Side = true
)

// Leg says which call a connection belongs to.
type Leg struct {
	// Call is the carrier's id of the call, Session its id of this connection: a call
	// that lost one and got another has the same Call and a new Session.
	Call, Session string
	// Person and Ours are the two ends' numbers, in E.164.
	Person, Ours string
	// Outbound: we placed the call.
	Outbound bool
	// Resumed: an earlier connection of the call was lost.
	Resumed bool
	// Agent is how handing the call to a human ended, when it came back from there:
	// "no-answer", "busy", "failed" or "canceled".
	Agent string
}

// Carrier brings calls to the adapter and places them: Twilio, or a PBX.
type Carrier interface {
	// Routes registers what the carrier calls. It hands each connection to a's
	// Serve, and what it learns besides to a's Happened and Confirm.
	Routes(r channels.Routes, a *Adapter)
	// Dial places a call and returns the carrier's id of it. The error is a
	// *[channels.SendError].
	Dial(ctx context.Context, p Placement) (call string, err error)
	// Find tells the id of the call that was placed since then, if there is one; calls
	// that are taken belong to another message. An error means the carrier can't say.
	Find(ctx context.Context, p Placement, since time.Time, taken func(call string) bool) (call string, found bool, err error)
}

// Placement is a call to place.
type Placement struct {
	// Message is Parley's id of the message that asks for it.
	Message string
	// From is our number, "" for the configured one; To is the person's.
	From, To string
}
