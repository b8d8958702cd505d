package llm

import (
	"maps"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"parley/dialog/understand"
	"parley/negotiation"
)

// Brief is what a model may know of a turn. It has no floor, no ladder and no
// authority, and its texts are redacted before they get here.
type Brief struct {
	// Language to answer in: "en" or "es".
	Language string
	// Brand is the name used in messages, Assistant the bot's name.
	Brand, Assistant string
	// Actor is how we may truthfully describe ourselves, in words:
	// "the creditor", "a debt collector".
	Actor string
	// Channel is "sms", "webchat", "voice" or an integrator's.
	Channel string
	// Today is the civil date where the person is.
	Today civil.Date
	// Verified: the person has shown who they are. When false nothing about a
	// debt may be said, and Options and Answers hold no debt fact.
	Verified bool
	// Need names what is still asked for to identify: "zip", "birth_year",
	// "birth_date", "ssn_last4". Empty when Verified.
	Need []string
	// Text is what the person has just said; Recent is what went before, oldest first.
	Text   string
	Recent []Message
	// Heard is what the rules understood of Text.
	Heard understand.Understanding
	// Pending is what we last asked, when an answer to it is expected: "accept"
	// (offers lie on the table), "identity", "surplus", "payday", "amount", "start", or "".
	Pending string
	// Options are the moves permitted now, in the engine's order of preference.
	Options []Option
	// Answers are facts that may be told, as placeholder → words:
	// "balance": "$1,240.00", "creditor": "Northwind Bank", "phone", "link".
	Answers map[string]string
	// MustSay are disclosures that code adds to the text by itself. A model is
	// told, so that it need not repeat them.
	MustSay []string
	// Refused are the rules that the last draft of this turn broke, in fixed words.
	Refused []string
	// Events are legally significant things heard, such as "hardship".
	Events []string
	// Seed varies wording without chance: the number of the turn will do.
	Seed uint64
}

// Message is one earlier message. From is "person", "bot" or "agent"; or "system" for what happened between them.
type Message struct {
	From, Text string
}

// Option is a permitted move with its words.
type Option struct {
	// ID was minted for this turn. It is what [Answer.Move] names.
	ID   string
	Kind negotiation.MoveKind
	// Label is short, for a button: "12 payments of $103.34".
	Label string
	// Words say the exact terms as part of a sentence: "12 monthly payments of
	// $103.34, the first on December 4".
	Words string
	// Values are the placeholders that stand for this option's terms. See [Terms].
	Values map[string]string
	// Accepts: taking it accepts what the person asked for.
	Accepts bool
	// Tabled: it was offered before, and the person may simply say yes to it.
	Tabled bool
	// Beyond: policy forbids the plan just asked for, so that it may be called
	// impossible. Sooner: it is permitted, and this one ends before it.
	Beyond, Sooner bool
	// Field is what a question asks, for negotiation.MoveAsk.
	Field string
	// Reason and For are the engine's words on why, and for what in return.
	Reason, For string
}

// Offer reports whether the option is an offer with terms.
func (o Option) Offer() bool {
	switch o.Kind {
	case negotiation.MoveFull, negotiation.MovePlan, negotiation.MoveSettlement, negotiation.MovePromise:
		return true
	}
	return false
}

// Option finds an option by id.
func (b Brief) Option(id string) (Option, bool) {
	if id == "" {
		return Option{}, false
	}
	for _, o := range b.Options {
		if o.ID == id {
			return o, true
		}
	}
	return Option{}, false
}

// Offers are the options that are offers, in order. The numbers people answer
// with ("option 2") count these, from 1.
func (b Brief) Offers() []Option {
	var out []Option
	for _, o := range b.Options {
		if o.Offer() {
			out = append(out, o)
		}
	}
	return out
}

// Values are the placeholders a reply may use when it takes move: the answers,
// the brand and assistant, the move's own values and its {words}, and every
// offer's by its number: {1.amount}, {2.words}. {options} is the numbered list
// of all offers.
func (b Brief) Values(move string) map[string]string {
	v := map[string]string{}
	if b.Brand != "" {
		v["brand"] = b.Brand
	}
	if b.Assistant != "" {
		v["assistant"] = b.Assistant
	}
	maps.Copy(v, b.Answers)
	offers := b.Offers()
	for i, o := range offers {
		n := strconv.Itoa(i+1) + "."
		for k, s := range o.Values {
			v[n+k] = s
		}
		if o.Words != "" {
			v[n+"words"] = o.Words
		}
	}
	if len(offers) > 0 {
		v["options"] = numbered(offers)
	}
	if o, ok := b.Option(move); ok {
		maps.Copy(v, o.Values)
		if o.Words != "" {
			v["words"] = o.Words
		}
	}
	return v
}

// numbered lists offers as people can answer them. A single one is not numbered.
func numbered(offers []Option) string {
	if len(offers) == 1 {
		return offers[0].Words
	}
	var s strings.Builder
	for i, o := range offers {
		if i > 0 {
			s.WriteString("\n")
		}
		s.WriteString(strconv.Itoa(i+1) + ") " + o.Words)
	}
	return s.String()
}
