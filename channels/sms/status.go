package sms

import (
	"context"
	"net/url"
	"strconv"

	"parley/channels"
)

// statuses maps Twilio's words for an outgoing message. Source:
// https://www.twilio.com/docs/messaging/api/message-resource#message-status-values.
// All that Twilio has taken but not yet handed over is sent: its own queue is
// past the point where Parley could take the message back.
var statuses = map[string]channels.Status{
	"accepted":    channels.StatusSent,
	"scheduled":   channels.StatusSent,
	"queued":      channels.StatusSent,
	"sending":     channels.StatusSent,
	"sent":        channels.StatusSent,
	"delivered":   channels.StatusDelivered,
	"read":        channels.StatusRead,
	"undelivered": channels.StatusUndelivered,
	"failed":      channels.StatusFailed,
	"canceled":    channels.StatusCancelled,
}

// The fields Parley puts in a status callback's query. Twilio signs them with
// the rest of the address.
const (
	queryMessage = "message"
	queryPart    = "part"
	queryOf      = "of"
)

// callbackURL is where Twilio reports on part i of the n of message id.
func (a *Adapter) callbackURL(id string, i, n int) string {
	query := url.Values{queryMessage: {id}, queryPart: {strconv.Itoa(i)}}
	if n > 1 {
		query.Set(queryOf, strconv.Itoa(n))
	}
	return a.publicURL + StatusPath + "?" + query.Encode()
}

// confirm hands one signed status report to the receiver. A status this
// package does not know says nothing and is acknowledged.
func (a *Adapter) confirm(ctx context.Context, form, query url.Values, to channels.Receiver) error {
	if err := a.ours(form); err != nil {
		return err
	}
	word := form.Get("MessageStatus")
	if word == "" {
		word = form.Get("SmsStatus")
	}
	status, known := statuses[word]
	if !known {
		return nil
	}
	part, err := small(query, queryPart, "is not the index of a part")
	if err != nil {
		return err
	}
	of, err := small(query, queryOf, "is not a number of parts")
	if err != nil {
		return err
	}
	code := form.Get("ErrorCode")
	if code == "0" {
		code = ""
	}
	return to.Confirm(ctx, channels.Receipt{
		Channel: Name, MessageID: query.Get(queryMessage), ProviderID: messageSID(form), Part: part, Of: of,
		Status: status, Reason: code, OptedOut: code == codeOptedOut, At: a.now().UTC(),
	})
}

// small reads a number of the query that no message can exceed; 0 where there is none.
func small(query url.Values, field, why string) (int, error) {
	s := query.Get(field)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= MaxText {
		return 0, &channels.InputError{Field: field, Reason: why}
	}
	return n, nil
}
