package sms

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"parley/channels"
)

// shortCode is a sender or recipient that has no E.164 form.
var shortCode = regexp.MustCompile(`^[0-9]{3,8}$`)

// optOuts reads Twilio's OptOutType, sent where Advanced Opt-Out is on.
var optOuts = map[string]channels.OptOut{
	"STOP": channels.OptOutStop, "START": channels.OptOutStart, "HELP": channels.OptOutHelp,
}

// lineEnds makes one of every way to end a line; a form feed is the page break
// of the GSM alphabet.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n")

// receive hands one signed message to the receiver.
func (a *Adapter) receive(ctx context.Context, form url.Values, to channels.Receiver) error {
	in, err := a.inbound(form)
	if err != nil {
		return err
	}
	_, err = to.Receive(ctx, in)
	return err
}

// inbound translates a message's fields. Source of their names:
// https://www.twilio.com/docs/messaging/guides/webhook-request.
func (a *Adapter) inbound(form url.Values) (channels.Inbound, error) {
	if err := a.ours(form); err != nil {
		return channels.Inbound{}, err
	}
	from, to := form.Get("From"), form.Get("To")
	if !e164.MatchString(from) {
		return channels.Inbound{}, &channels.InputError{Field: "From", Reason: "is not a telephone number in E.164"}
	}
	service := form.Get("MessagingServiceSid")
	switch {
	case a.numbers[to]:
	case service != "" && service == a.from && (e164.MatchString(to) || shortCode.MatchString(to)):
	default:
		return channels.Inbound{}, &channels.InputError{Field: "To", Reason: "is not a number or messaging service of ours"}
	}
	media, err := media(form)
	if err != nil {
		return channels.Inbound{}, err
	}
	in := channels.Inbound{
		Channel: Name, ProviderID: messageSID(form), From: from, To: to,
		Text: lineEnds.Replace(form.Get("Body")), Media: media,
		OptOut: optOuts[strings.ToUpper(form.Get("OptOutType"))], ReceivedAt: a.now().UTC(),
	}
	return in, in.Validate()
}

// ours refuses what Twilio signed for another account or without an id.
func (a *Adapter) ours(form url.Values) error {
	if form.Get("AccountSid") != a.accountSID {
		return &channels.InputError{Field: "AccountSid", Reason: "is not the configured account"}
	}
	if messageSID(form) == "" {
		return &channels.InputError{Field: "MessageSid", Reason: "is missing"}
	}
	return nil
}

// messageSID is the message's id; SmsSid is its older name.
func messageSID(form url.Values) string {
	if sid := form.Get("MessageSid"); sid != "" {
		return sid
	}
	return form.Get("SmsSid")
}

// media lists the attachments' links.
func media(form url.Values) ([]channels.Media, error) {
	count := form.Get("NumMedia")
	if count == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(count)
	if err != nil || n < 0 {
		return nil, &channels.InputError{Field: "NumMedia", Reason: "is not a number"}
	}
	if n > channels.MaxMedia {
		return nil, &channels.InputError{Field: "media", Reason: "has more items than " + strconv.Itoa(channels.MaxMedia)}
	}
	var links []channels.Media
	for i := range n {
		link := channels.Media{URL: form.Get("MediaUrl" + strconv.Itoa(i)), ContentType: form.Get("MediaContentType" + strconv.Itoa(i))}
		links = append(links, link)
	}
	return links, nil
}
