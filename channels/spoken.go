package channels

// On a telephone words are heard, not read. What was sent is not yet said, and
// what was said may have been cut: only a receipt that names what was heard
// proves it. Things also happen on a call that are not words.

// CallEvent is what happened on a call.
type CallEvent string

// The events. Unless said otherwise they come with no text.
const (
	// CallStarted: both ends are connected and we may speak.
	CallStarted CallEvent = "started"
	// CallResumed: the connection to the provider was lost during the call and is back.
	CallResumed CallEvent = "resumed"
	// CallSpeech comes with the words the person said.
	CallSpeech CallEvent = "speech"
	// CallDigits comes with the keys the person pressed.
	CallDigits CallEvent = "digits"
	// CallSilence: the person has said nothing for a while after we finished;
	// Detail counts how often in a row, from "1".
	CallSilence CallEvent = "silence"
	// CallAnswered: a call we placed was answered; Detail is one of the Answered constants.
	CallAnswered CallEvent = "answered"
	// CallAgent: how handing the call to a human ended; Detail is "completed",
	// "no-answer", "busy", "failed" or "canceled".
	CallAgent CallEvent = "agent"
	// CallEnded: the call is over; Detail is "completed", "busy", "no-answer",
	// "canceled" or "failed".
	CallEnded CallEvent = "ended"
)

// What answered a call we placed.
const (
	AnsweredHuman   = "human"
	AnsweredMachine = "machine"
	AnsweredFax     = "fax"
	AnsweredUnknown = "unknown"
)

// Call tells which call an [Inbound] came from and what happened on it.
type Call struct {
	// ID is the provider's id of the call.
	ID    string    `json:"id"`
	Event CallEvent `json:"event"`
	// Outbound: we placed the call.
	Outbound bool `json:"outbound,omitempty"`
	// Detail belongs to some events; see there.
	Detail string `json:"detail,omitempty"`
	// Language is the BCP-47 tag the words were heard in, "" where it is not known.
	Language string `json:"language,omitempty"`
}

// Spoken is how an [Outbound] is said on a call. The zero value is: say it, the
// person may interrupt, and go on listening.
type Spoken struct {
	// Whole: it must be heard from its beginning to its end, and nothing the person
	// says or presses cuts it.
	Whole bool `json:"whole,omitempty"`
	// Language is the BCP-47 tag of the words; "" is the channel's default.
	Language string `json:"language,omitempty"`
	// Then is what happens once the words were heard.
	Then Then `json:"then,omitempty"`
	// Handoff is a JSON object for whoever takes the call over, with ThenTransfer:
	// never a card number, never what proves who someone is.
	Handoff string `json:"handoff,omitempty"`
}

// Then is what follows a spoken message.
type Then string

// What may follow.
const (
	ThenListen   Then = ""
	ThenHangUp   Then = "hang_up"
	ThenTransfer Then = "transfer"
	// ThenDial places the call this message is about: it has no text, and what is
	// said follows once [CallStarted] arrives.
	ThenDial Then = "dial"
)

// InterruptedReason is the Reason of a receipt with [StatusUndelivered] for words
// that were cut, or that came while the person was speaking and were not begun:
// Heard is what was heard of them. SpuriousReason is the same where nobody was
// heard speaking: it is to be said again.
const (
	InterruptedReason = "interrupted"
	SpuriousReason    = "interrupted_spuriously"
	// CallEndedReason: the call was over before the words were heard to their end.
	CallEndedReason = "call_ended"
	// EstimatedReason comes with [StatusDelivered] on a line that reports nothing of what
	// it plays: there was time to say the words, and nothing cut them. It is no proof.
	EstimatedReason = "estimated"
)
