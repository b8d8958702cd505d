package sms

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/channels"
)

// Send sends out, in one message where it fits and in parts where not. Parts
// that stand in out.Done are not sent again. Choices are not shown: a text
// message has no buttons.
func (a *Adapter) Send(ctx context.Context, out channels.Outbound) (channels.Sent, error) {
	if refused := a.sendable(out); refused != nil {
		return channels.Sent{}, refused
	}
	pieces := parts(encode(out.Text))
	done := known(out.Done, len(pieces))
	sent := channels.Sent{Status: channels.StatusSent}
	for i, piece := range pieces {
		if slices.ContainsFunc(done, func(p channels.Part) bool { return p.Index == i }) {
			continue
		}
		part, status, fail := a.create(ctx, out, i, len(pieces), piece)
		if fail != nil {
			fail.Done = inOrder(done)
			return channels.Sent{}, fail
		}
		done = append(done, part)
		if len(pieces) == 1 {
			sent.Status = status
		}
	}
	sent.Parts = inOrder(done)
	return sent, nil
}

// sendable refuses what Twilio need not be asked about.
func (a *Adapter) sendable(out channels.Outbound) *channels.SendError {
	refuse := func(kind channels.ErrorKind, reason string) *channels.SendError {
		return &channels.SendError{Kind: kind, Reason: reason, Done: known(out.Done, MaxText)}
	}
	switch {
	case !e164.MatchString(out.To):
		return refuse(channels.Rejected, "invalid_to")
	case strings.TrimSpace(out.Text) == "":
		return refuse(channels.Rejected, "empty_text")
	case len(out.Text) > MaxText:
		return refuse(channels.Rejected, "text_too_long")
	case !utf8.ValidString(out.Text):
		return refuse(channels.Rejected, "invalid_text")
	case out.From != "" && !a.numbers[out.From] && !serviceSID.MatchString(a.from):
		return refuse(channels.Misconfigured, "unknown_sender")
	}
	return nil
}

// create sends part i of n.
func (a *Adapter) create(ctx context.Context, out channels.Outbound, i, n int, body string) (channels.Part, channels.Status, *channels.SendError) {
	if err := ctx.Err(); err != nil {
		return channels.Part{}, "", &channels.SendError{Kind: channels.Retryable, Reason: "deadline", Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	service, call := a.service(ctx)
	params := (&openapi.CreateMessageParams{}).
		SetTo(out.To).SetBody(body).
		SetStatusCallback(a.callbackURL(out.ID, i, n)).
		SetSmartEncoded(false) // what goes out is what was cleared, but for our own look-alikes
	a.setSender(params, out.From)
	message, err := service.CreateMessage(params)
	if err != nil {
		return channels.Part{}, "", call.Classify(codes, err)
	}
	if message.Sid == nil || *message.Sid == "" {
		return channels.Part{}, "", call.Classify(codes, errors.New("twilio's answer has no message id"))
	}
	status := channels.StatusSent
	if message.Status != nil {
		status = cmp.Or(statuses[*message.Status], channels.StatusSent)
	}
	return channels.Part{Index: i, ProviderID: *message.Sid}, status, nil
}

// setSender names the messaging service, the number, or both: a number of the
// service that the person wrote to is the one that answers.
func (a *Adapter) setSender(params *openapi.CreateMessageParams, from string) {
	if serviceSID.MatchString(a.from) {
		params.SetMessagingServiceSid(a.from)
		if e164.MatchString(from) {
			params.SetFrom(from)
		}
		return
	}
	params.SetFrom(cmp.Or(from, a.from))
}

// known is a copy of parts without those that a message of n pieces can't have.
func known(parts []channels.Part, n int) []channels.Part {
	var out []channels.Part
	for _, p := range parts {
		if p.Index >= 0 && p.Index < n {
			out = append(out, p)
		}
	}
	return out
}

func inOrder(parts []channels.Part) []channels.Part {
	out := slices.Clone(parts)
	slices.SortFunc(out, func(a, b channels.Part) int { return cmp.Compare(a.Index, b.Index) })
	return out
}
