package gateway

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/gateway/store"
)

// lookBack is how many earlier messages a number's beginning is looked for in: it
// may be split over three, with a remark between.
const lookBack = 3

// intake is the door: it does steps 1 to 5 for every channel, before the provider
// is answered. What it returns without an error is durable.
type intake struct {
	record store.Store
	now    func() time.Time
	newID  func() string
	// stored is called after a message became durable and visible.
	stored func(conversation string)
	// confirmed is called after a receipt changed a message.
	confirmed func(conversation string)
}

var _ channels.Receiver = (*intake)(nil)

// Receive takes one message in.
func (i *intake) Receive(ctx context.Context, in channels.Inbound) (channels.Accepted, error) {
	door := newDoor(i.now)
	door.done(dialog.StepReceive, doorChannel{in.Channel}, "signed or same-origin, parsed")
	if err := in.Validate(); err != nil {
		return channels.Accepted{}, err
	}
	door.done(dialog.StepNormalise, nil, sizeOf(in))
	redacted, earlier, err := i.redact(ctx, in)
	if err != nil {
		return channels.Accepted{}, err
	}
	in.Text = redacted.Text
	door.done(dialog.StepRedact, nil, doorRemoved{redacted.Kinds})
	keyword := heardKeyword(in)
	if by := keywordOf(in.OptOut); by != "" {
		keyword = by
	}
	door.done(dialog.StepClaim, doorChannel{in.Channel}, "stored once, with its work, in the commit that follows")
	door.done(dialog.StepKeyword, nil, doorKeyword{keyword})

	said := in.Text
	if in.Choice != "" && strings.TrimSpace(in.Text) == "" {
		in.Text = i.label(ctx, in)
	}
	now := i.now().UTC()
	kind := dialog.InputMessage
	if wordless(in.Call) {
		kind = dialog.InputCall
	}
	if in.ReceivedAt.IsZero() {
		in.ReceivedAt = now
	}
	accepted, err := i.record.Accept(ctx, store.Arrival{
		In: in, New: i.newConversation(in, now), MessageID: i.newID(), OptOut: keyword == inbound.OptOut, Earlier: earlier,
		Input: dialog.Input{
			Kind: kind, Text: said, Choice: in.Choice, Media: in.Media, Call: in.Call, At: now, Keyword: keyword,
			ProviderHandled: in.OptOut == channels.OptOutStop, Redacted: redacted.Kinds, Door: door.steps,
		},
	})
	if err != nil {
		return channels.Accepted{}, err
	}
	if !accepted.Duplicate {
		i.stored(accepted.Conversation)
	}
	return accepted, nil
}

// Confirm records a receipt.
func (i *intake) Confirm(ctx context.Context, r channels.Receipt) error {
	conversation, err := i.record.Confirm(ctx, r)
	if err != nil || conversation == "" {
		return err
	}
	i.confirmed(conversation)
	return nil
}

// redact takes numbers out of the text; when it holds digits, also those that
// began in the messages before.
func (i *intake) redact(ctx context.Context, in channels.Inbound) (inbound.Redaction, map[int64]string, error) {
	if !mayHoldNumber(in.Text) {
		return redactor(in)(in.Text, nil), nil, nil
	}
	before, err := i.record.RecentInbound(ctx, in.Channel, in.From, lookBack)
	if err != nil {
		return inbound.Redaction{}, nil, err
	}
	slices.Reverse(before) // the redactor reads on from the oldest
	texts := make([]string, len(before))
	for n, m := range before {
		texts[n] = m.Text
	}
	r := redactor(in)(in.Text, texts)
	var earlier map[int64]string
	for n, text := range r.Earlier {
		if earlier == nil {
			earlier = map[int64]string{}
		}
		earlier[before[n].Seq] = text
	}
	return r, earlier, nil
}

// heardKeyword is the keyword that the whole message is. On a call it is heard in words and
// keys as they are said there.
func heardKeyword(in channels.Inbound) inbound.Label {
	if in.Call == nil {
		keyword, _ := inbound.Keyword(in.Text)
		return keyword
	}
	if inbound.StopsCalls(in.Text, in.Call.Event == channels.CallDigits) {
		return inbound.OptOut
	}
	return ""
}

// wordless reports something that happened on a call and was not said by the person.
func wordless(c *channels.Call) bool {
	return c != nil && c.Event != channels.CallSpeech && c.Event != channels.CallDigits
}

// redactor is what takes numbers out of a message, written or said.
func redactor(in channels.Inbound) func(string, []string) inbound.Redaction {
	if in.Call != nil {
		return inbound.RedactSpoken
	}
	return inbound.Redact
}

// label is what stood on the button the person pressed, so that the record reads as it was.
func (i *intake) label(ctx context.Context, in channels.Inbound) string {
	snap, err := i.record.Snapshot(ctx, in.From)
	if err != nil {
		return ""
	}
	for _, o := range snap.Conversation.Table {
		if o.ID == in.Choice {
			return o.Label
		}
	}
	return ""
}

// mayHoldNumber is a cheap look: digits of any script, or words for them. It only
// saves a read; the redactor itself always runs.
func mayHoldNumber(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' || r > 0x7f }) {
		return true
	}
	lower := strings.ToLower(text)
	for _, w := range []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh ", "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"} {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

func (i *intake) newConversation(in channels.Inbound, now time.Time) dialog.Conversation {
	id := in.From
	if in.Channel != "webchat" { // a chat's address is its conversation
		id = "cv_" + i.newID()
	}
	return dialog.Conversation{
		ID: id, Channel: in.Channel, Address: in.From, Ours: in.To, Control: dialog.ControlBot, Mode: dialog.ModeAuto,
		Language: "en", CreatedAt: now, SessionStart: now,
	}
}

func keywordOf(o channels.OptOut) inbound.Label {
	switch o {
	case channels.OptOutStop:
		return inbound.OptOut
	case channels.OptOutStart:
		return inbound.OptIn
	case channels.OptOutHelp:
		return inbound.Help
	}
	return ""
}

// What the steps before the acknowledgement say of themselves.
type (
	doorChannel struct {
		Channel string `json:"channel"`
	}
	doorSize struct {
		Characters int `json:"characters"`
		Media      int `json:"media"`
		// Call is what happened on a call.
		Call   channels.CallEvent `json:"call,omitempty"`
		Detail string             `json:"detail,omitempty"`
	}
	doorRemoved struct {
		Removed []string `json:"removed"`
	}
	doorKeyword struct {
		Keyword inbound.Label `json:"keyword"`
	}
)

func sizeOf(in channels.Inbound) doorSize {
	size := doorSize{Characters: utf8.RuneCountInString(in.Text), Media: len(in.Media)}
	if in.Call != nil {
		size.Call, size.Detail = in.Call.Event, in.Call.Detail
	}
	return size
}

// door traces the steps before the acknowledgement.
type door struct {
	now   func() time.Time
	last  time.Time
	steps []dialog.StepTrace
}

func newDoor(now func() time.Time) *door {
	return &door{now: now, last: now(), steps: make([]dialog.StepTrace, 0, 5)}
}

func (d *door) done(s dialog.Step, input, output any) {
	at := d.now()
	d.steps = append(d.steps, dialog.StepTrace{
		Name: s, Started: d.last.UTC(), MS: float64(at.Sub(d.last).Microseconds()) / 1000, Attempt: 1, Outcome: dialog.StepOK,
		Input: input, Output: output, Versions: doorVersions,
	})
	d.last = at
}

var doorVersions = map[string]string{"step": "1"}
