package llm

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Answer is what a model proposes. It commits nothing.
type Answer struct {
	// Commands are what the model understood, as proposals. Code decides.
	Commands []Command `json:"commands"`
	// Move is the id of one of the brief's options, or "".
	Move string `json:"move"`
	// Reply is the text for the person, with placeholders for every figure.
	Reply string `json:"reply"`
	// Confidence is the model's own, 0 to 1; nil when not given. It is one
	// feature among many: models are over-confident.
	Confidence *float64 `json:"confidence,omitempty"`
}

// Command is one thing the model heard. Fields that don't apply are "".
type Command struct {
	Name CommandName `json:"name"`
	// Amount is a decimal in dollars that the person named: "60.00".
	Amount string `json:"amount,omitempty"`
	// Cadence is "weekly", "biweekly", "monthly" or "".
	Cadence string `json:"cadence,omitempty"`
	// Date is YYYY-MM-DD.
	Date string `json:"date,omitempty"`
	// Reason is a few words on a hand-off or callback.
	Reason string `json:"reason,omitempty"`
}

// CommandName is what a command is.
type CommandName string

// The commands. The set is closed; it is in the schema.
const (
	CmdAnswer      CommandName = "answer"       // the reply answers a question
	CmdAccept      CommandName = "accept"       // the person accepts an offer
	CmdDecline     CommandName = "decline"      // the person declines
	CmdCounter     CommandName = "counter"      // the person asks for other terms
	CmdPlan        CommandName = "make_plan"    // the person wants instalments
	CmdSettle      CommandName = "settle"       // the person wants to pay less and be done
	CmdFull        CommandName = "pay_full"     // the person wants to pay it all
	CmdPromise     CommandName = "promise"      // the person promises an amount on a day
	CmdHardship    CommandName = "hardship"     // the person can't pay
	CmdDispute     CommandName = "dispute"      // the person says it is wrong
	CmdValidation  CommandName = "validation"   // the person wants proof of the debt
	CmdCallback    CommandName = "callback"     // the person wants to be called
	CmdPaymentLink CommandName = "payment_link" // the person wants to pay now
	CmdContact     CommandName = "update_contact"
	CmdIdentify    CommandName = "identify" // the person says who they are
	CmdHandoff     CommandName = "handoff"  // a human should take over
	CmdClarify     CommandName = "clarify"  // the reply asks what was meant
	CmdChitChat    CommandName = "chitchat" // greeting, thanks, small talk
)

// commandNames are all of them, in the order of the schema.
var commandNames = []CommandName{
	CmdAnswer, CmdAccept, CmdDecline, CmdCounter, CmdPlan, CmdSettle, CmdFull, CmdPromise, CmdHardship,
	CmdDispute, CmdValidation, CmdCallback, CmdPaymentLink, CmdContact, CmdIdentify, CmdHandoff, CmdClarify, CmdChitChat,
}

// Bounds of an answer.
const (
	// MaxReply is the longest reply in characters, before placeholders are filled.
	MaxReply = 800
	// MaxReplySMS is the longest on SMS: two segments with the disclosures beside.
	MaxReplySMS = 320
	// MaxCommands bounds the commands of one answer.
	MaxCommands = 8
	maxReason   = 160
	maxRaw      = 16 << 10
)

// ReplyBound is the longest reply, in characters, for a channel.
func ReplyBound(channel string) int {
	if channel == "sms" {
		return MaxReplySMS
	}
	return MaxReply
}

// Fill replaces every {placeholder} of reply by its value. A placeholder
// without a value, a brace that doesn't pair, or a value that holds a brace is
// an error: a half-filled text must never be sent.
func Fill(reply string, values map[string]string) (string, error) {
	var out strings.Builder
	err := placeholders(reply, func(text string, isName bool) error {
		if !isName {
			out.WriteString(text)
			return nil
		}
		v, ok := values[text]
		switch {
		case !ok:
			return malformed("unknown placeholder")
		case v == "":
			return malformed("placeholder without a value")
		case strings.ContainsAny(v, "{}"):
			return malformed("value with a brace")
		}
		out.WriteString(v)
		return nil
	})
	if err != nil {
		return "", err
	}
	return out.String(), nil
}

// Placeholders lists the names used in reply, in order, repeats included.
func Placeholders(reply string) ([]string, error) {
	var names []string
	err := placeholders(reply, func(text string, isName bool) error {
		if isName {
			names = append(names, text)
		}
		return nil
	})
	return names, err
}

// placeholders walks reply and hands each piece to visit.
func placeholders(reply string, visit func(text string, isName bool) error) error {
	for reply != "" {
		i := strings.IndexAny(reply, "{}")
		if i < 0 {
			return visit(reply, false)
		}
		if reply[i] == '}' {
			return malformed("unpaired brace")
		}
		if i > 0 {
			if err := visit(reply[:i], false); err != nil {
				return err
			}
		}
		end := strings.IndexAny(reply[i+1:], "{}")
		if end < 0 || reply[i+1+end] == '{' {
			return malformed("unpaired brace")
		}
		if err := visit(reply[i+1:i+1+end], true); err != nil {
			return err
		}
		reply = reply[i+end+2:]
	}
	return nil
}

// checkReply holds a reply to its bounds and placeholders.
func checkReply(a Answer, b Brief) *Error {
	switch {
	case !utf8.ValidString(a.Reply):
		return malformed("reply is not UTF-8")
	case !saysSomething(a.Reply):
		return malformed("reply is empty")
	case utf8.RuneCountInString(a.Reply) > ReplyBound(b.Channel):
		return malformed("reply is longer than %d characters", ReplyBound(b.Channel))
	}
	if err := checkCharacters(a.Reply); err != nil {
		return err
	}
	names, err := Placeholders(a.Reply)
	if err != nil {
		return err.(*Error)
	}
	values := b.Values(a.Move)
	for _, n := range names {
		if values[n] == "" {
			return malformed("unknown placeholder")
		}
	}
	return checkTerms(a, b, names)
}

// saysSomething reports whether a reply holds a word: dots alone, which small models
// copy from the form they are shown, are none. Any placeholder has letters.
func saysSomething(reply string) bool { return strings.IndexFunc(reply, unicode.IsLetter) >= 0 }

// checkCharacters refuses markup and what can't be seen, in a reply or a part of one.
func checkCharacters(reply string) *Error {
	if strings.ContainsAny(reply, "<>") {
		return malformed("reply holds markup")
	}
	for _, r := range reply {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return malformed("reply holds a control character")
		}
	}
	return nil
}

// checkTerms demands that a reply which takes an offer says its exact terms, so
// that what is said and what is done can't part ways.
func checkTerms(a Answer, b Brief, names []string) *Error {
	o, ok := b.Option(a.Move)
	if !ok || !o.Offer() {
		return nil
	}
	number := ""
	for i, of := range b.Offers() {
		if of.ID == o.ID {
			number = strconv.Itoa(i+1) + "."
		}
	}
	for _, n := range names {
		switch {
		case n == "words" || n == "options" || n == number+"words":
			return nil
		case strings.TrimPrefix(n, number) == "amount" || strings.TrimPrefix(n, number) == "total":
			return nil
		}
	}
	return malformed("an offer's terms must be said: use {words}, {options} or {amount}")
}

// String is for traces: it holds no words of the reply.
func (a Answer) String() string {
	return fmt.Sprintf("move %q, %d commands, %d bytes", a.Move, len(a.Commands), len(a.Reply))
}
