package sms

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/channels"
)

// findLimit bounds how many messages to one person Find looks through.
const findLimit = 1000

// clockSkew is how far Twilio's clock may be behind ours.
const clockSkew = 5 * time.Second

// Find asks Twilio's message list for the parts of out created since then, the
// time the send began, and says whether they are all of it. Parts in out.Done are reported as they stand; the
// others are known by recipient and text, the list having no other mark of
// ours; ids that are taken by other messages are passed over. Twilio lists a message a moment after it takes it, so ask no sooner
// than a minute after the send.
//
// The list is asked without a date: a message still in Twilio's queue has not
// been sent, and a filter by date of sending may pass it over, which would get
// it sent twice.
func (a *Adapter) Find(ctx context.Context, out channels.Outbound, since time.Time, taken func(providerID string) bool) ([]channels.Part, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, a.timeout)
	defer cancel()
	service, call := a.service(ctx)
	params := (&openapi.ListMessageParams{}).SetTo(out.To).SetPageSize(findLimit).SetLimit(findLimit)
	switch {
	case e164.MatchString(out.From):
		params.SetFrom(out.From)
	case e164.MatchString(a.from):
		params.SetFrom(a.from)
	}
	rows, err := service.ListMessage(params)
	if err != nil {
		fail := call.Classify(codes, err)
		return nil, false, &channels.SendError{Kind: fail.Kind, Reason: fail.Reason, RetryAfter: fail.RetryAfter, Err: fail.Err}
	}
	pieces := parts(encode(out.Text))
	found := known(out.Done, len(pieces))
	candidates, complete := recent(rows, out.To, since.Add(-clockSkew))
	if taken != nil {
		candidates = slices.DeleteFunc(candidates, func(row openapi.ApiV2010Message) bool { return taken(value(row.Sid)) })
	}
	for i, piece := range pieces {
		if slices.ContainsFunc(found, func(p channels.Part) bool { return p.Index == i }) {
			continue
		}
		if sid := take(candidates, found, piece); sid != "" {
			found = append(found, channels.Part{Index: i, ProviderID: sid})
		}
	}
	if len(found) < len(pieces) && !complete {
		return nil, false, errors.New("sms: too many messages to this recipient to tell")
	}
	return inOrder(found), len(found) == len(pieces), nil
}

// recent is the outgoing messages of rows to the recipient since then, oldest first.
// complete is false when rows were cut off before reaching back so far.
func recent(rows []openapi.ApiV2010Message, to string, since time.Time) (out []openapi.ApiV2010Message, complete bool) {
	complete = len(rows) < findLimit
	for _, row := range rows {
		created, err := time.Parse(time.RFC1123Z, value(row.DateCreated))
		if err == nil && created.Before(since.Truncate(time.Second)) {
			complete = true
			continue
		}
		// A row whose date can't be read counts: doubt must not get it sent again.
		if strings.HasPrefix(value(row.Direction), "outbound") && value(row.To) == to && value(row.Sid) != "" {
			out = append(out, row)
		}
	}
	slices.Reverse(out)
	return out, complete
}

// take is the id of the first candidate with that text that is not yet a found part.
func take(candidates []openapi.ApiV2010Message, found []channels.Part, text string) string {
	for _, row := range candidates {
		sid := value(row.Sid)
		used := slices.ContainsFunc(found, func(p channels.Part) bool { return p.ProviderID == sid })
		if !used && strings.TrimSpace(value(row.Body)) == strings.TrimSpace(text) {
			return sid
		}
	}
	return ""
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
