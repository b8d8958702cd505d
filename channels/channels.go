// Package channels is the contract between Parley and the ways people reach it.
//
// An adapter (sms, webchat, voice, webhook, or one an integrator writes)
// translates a provider's messages into [Inbound], sends [Outbound], and reports
// what the provider says became of it as [Receipt]. It does nothing else: it
// keeps no history, decides no retries and never reads the law. Package
// channeltest proves that an adapter keeps the promises made here.
package channels

import (
	"context"
	"net/http"
	"time"
)

// Inbound is one message from a person, in no provider's form.
type Inbound struct {
	// Channel is the adapter's name, such as "sms".
	Channel string
	// ProviderID is the provider's id of the message. (Channel, ProviderID) is
	// unique for ever: the same pair again is the same message.
	ProviderID string
	// From is the person's address: E.164 for telephones, the unguessable
	// conversation handle for web chat.
	From string
	// To is our address: a number, a messaging service, or a site.
	To string
	// Text is what the person wrote: valid UTF-8, no control characters but
	// newline, carriage return and tab, at most MaxTextBytes. Empty only when
	// Choice, Media, OptOut or Call is set.
	Text string
	// Media are links to what was attached; never the bytes.
	Media []Media
	// Choice is the id of the offered choice the person pressed, if any.
	Choice string
	// OptOut is set when the provider itself recognised an opt-out keyword.
	OptOut OptOut
	// Call is set for everything that comes from a telephone call. What happened there
	// may have no words; Text may then be empty.
	Call *Call
	// ReceivedAt is when the adapter got it, in UTC.
	ReceivedAt time.Time
}

// MaxTextBytes bounds the text of one inbound message.
const MaxTextBytes = 16 << 10

// MaxMedia bounds the attachments of one inbound message.
const MaxMedia = 10

// Media is an attachment kept as a link.
type Media struct {
	URL         string `json:"url"`
	ContentType string `json:"content_type,omitempty"`
}

// OptOut is the provider's own reading of a keyword, where it has one.
type OptOut string

// What a provider may have recognised.
const (
	OptOutNone  OptOut = ""
	OptOutStop  OptOut = "stop"
	OptOutStart OptOut = "start"
	OptOutHelp  OptOut = "help"
)

// Outbound is one message to a person. Its text is final: an adapter may encode
// and split it, and may replace characters by look-alikes its declared
// [Capabilities] name, but may not add, drop or reorder words.
type Outbound struct {
	// ID is Parley's id of the message. It stands in the status callback's URL,
	// so that a receipt finds its message even if the send's answer was lost.
	ID string
	// Conversation is the conversation's id.
	Conversation string
	// Channel is the adapter's name; From and To are our and the person's address.
	// An empty From means the adapter's configured sender.
	Channel, From, To string
	// Text is what to say.
	Text string
	// Choices are offered as buttons where Capabilities.Choices says so. Text
	// alone must always be enough to answer.
	Choices []Choice
	// Speaker is who says it: "bot" or "agent"; Name is how they are called.
	Speaker, Name string
	// Spoken is how it is said where Capabilities.Speech is set.
	Spoken Spoken
	// Done are the parts an earlier attempt is known to have sent.
	Done []Part
}

// Choice is a possible answer, shown as a button.
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Part is one of the pieces a long message was sent in; Index counts from 0.
type Part struct {
	Index      int    `json:"index"`
	ProviderID string `json:"provider_id"`
}

// Sent is a send the provider accepted.
type Sent struct {
	// Parts has one entry for each piece, in order; a message in one piece has one.
	Parts []Part
	// Status is Sent, or further where the provider says more at once.
	Status Status
}

// Status is how far an outgoing message is known to have come.
type Status string

// The statuses, in order; a message only moves forward along [Status.Rank].
const (
	StatusQueued      Status = "queued"
	StatusSending     Status = "sending"
	StatusUncertain   Status = "uncertain"
	StatusSent        Status = "sent"
	StatusDelivered   Status = "delivered"
	StatusRead        Status = "read"
	StatusUndelivered Status = "undelivered"
	StatusFailed      Status = "failed"
	StatusCancelled   Status = "cancelled"
)

// Rank orders statuses: one of lower or equal rank never replaces another. An
// unknown status ranks below all.
func (s Status) Rank() int {
	switch s {
	case StatusQueued:
		return 1
	case StatusSending:
		return 2
	case StatusUncertain:
		return 3
	case StatusSent:
		return 4
	case StatusUndelivered, StatusFailed, StatusCancelled:
		return 5
	case StatusDelivered:
		return 6
	case StatusRead:
		return 7
	}
	return 0
}

// Receipt is what a provider says became of an outgoing message.
type Receipt struct {
	Channel string
	// MessageID is Parley's id where the callback carries it; else empty.
	MessageID string
	// ProviderID is the provider's id of the part.
	ProviderID string
	// Part is the index of the part, 0 for a message in one piece. Of is how many parts the message
	// goes out in, where the report tells; 0 stands for one.
	Part, Of int
	Status   Status
	// Reason is the provider's error code, "" when all is well.
	Reason string
	// OptedOut: the provider refused because the address is on its stop list.
	OptedOut bool
	// Heard is what was heard of a message that was spoken, as far as is known; a message
	// heard to its end is [StatusDelivered], one that was cut [StatusUndelivered].
	Heard string
	// At is when the adapter got the report, in UTC.
	At time.Time
}

// Capabilities say what a channel can do; a conformance case is skipped only
// for a capability that is declared absent.
type Capabilities struct {
	// Choices: buttons are shown. Typing: an indicator can be sent.
	Choices, Typing bool
	// Receipts: the provider reports delivery.
	Receipts bool
	// Media: a person can attach things to a message.
	Media bool
	// Speech: messages are spoken on a call. Receipts say what was heard, and sentences of
	// an answer may be sent before the answer is whole.
	Speech bool
	// Addressed: messages go to an address the law knows (a telephone number),
	// so opt-out wording and quiet hours apply to sending; a web session is not.
	Addressed bool
	// MaxText is the longest text, in bytes, that may be passed to Send. A longer
	// one is refused whole, as [Rejected].
	MaxText int
	// Lookalikes are the characters Send may replace, each with what may stand
	// in its place; nil means that none is ever replaced.
	Lookalikes map[rune]string
}

// Receiver is what an adapter hands its messages and receipts to.
type Receiver interface {
	// Receive returns once the message is durable, or already was. An error means
	// it is not, and the provider must be told to try again. It is an
	// [InputError] when the message itself can never be accepted.
	Receive(ctx context.Context, in Inbound) (Accepted, error)
	// Confirm records a receipt. One that is late, repeated or unknown is no error.
	Confirm(ctx context.Context, r Receipt) error
}

// Accepted says where an inbound message stands.
type Accepted struct {
	Conversation string
	// Seq is the message's place in the conversation's feed, from 1.
	Seq int64
	// Duplicate: the same (Channel, ProviderID) was accepted before; Seq is that one's.
	Duplicate bool
}

// Routes collects the handlers of an adapter. Patterns are those of
// [http.ServeMux], method included.
type Routes interface {
	Handle(pattern string, handler http.Handler)
}

// Channel is an adapter.
type Channel interface {
	// Name is the channel's name in [Inbound.Channel]; it never changes.
	Name() string
	Capabilities() Capabilities
	// Routes registers what the provider calls; Receive is called from these
	// handlers, before they acknowledge. It is called once, before serving.
	//
	// A request the provider can't be shown to have made is refused with 403. One
	// that can never be accepted is refused with 400 and the name of the field.
	// Nothing of either reaches the Receiver. Where the Receiver fails the answer
	// is a 5xx, so that the provider tries again. A status the adapter does not
	// know is acknowledged and not passed on.
	Routes(r Routes, to Receiver)
	// Send hands out to the provider and returns when it has accepted every
	// part. It does not retry. On failure the error is a *[SendError], whose Done
	// holds the parts that did go out. It returns by ctx's deadline whatever the
	// provider does. Parts that stand in out.Done are not sent again. No error
	// holds a credential, a person's words or their number.
	Send(ctx context.Context, out Outbound) (Sent, error)
}

// Typist is a channel that can show that an answer is being written.
type Typist interface {
	// Typing shows it for a few seconds; errors are not reported.
	Typing(ctx context.Context, to string, from string)
}

// Confirmer is a channel whose provider may answer an opt-out keyword itself.
type Confirmer interface {
	// ProviderConfirms reports whether the provider confirms opt-outs. Where it
	// does, Parley must not: a person gets one confirmation, never two.
	ProviderConfirms() bool
}

// Finder is a channel that can ask its provider what became of a send whose
// answer was lost.
type Finder interface {
	// Find reports the parts of out the provider knows, those in out.Done among them. whole is true when
	// out has no others: the message has gone out. It is false when the provider is sure that
	// the others, or all, do not exist: those may be sent. An error means it can't say. Only what was
	// created since then counts. What taken reports as the id of another message is
	// never taken for this one, however alike; a nil taken knows of none.
	Find(ctx context.Context, out Outbound, since time.Time, taken func(providerID string) bool) (parts []Part, whole bool, err error)
}
