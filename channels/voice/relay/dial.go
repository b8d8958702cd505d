package relay

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/channels"
	"parley/channels/voice"
)

// Times of placing a call. Twilio's own defaults, written out so that a change of
// theirs does not change when a person hears the first word. Source:
// https://www.twilio.com/docs/voice/answering-machine-detection.
const (
	ringFor              = 30   // seconds, about five rings
	machineTimeout       = 30   // seconds
	machineSpeech        = 2400 // ms of greeting that are a machine's
	machineSpeechEnd     = 1200 // ms of silence after a greeting
	machineInitialSilent = 5000 // ms
)

// Dial places a call. Who answers is known before anything is said: while it is not,
// Twilio does not ask for TwiML. Nothing is recorded.
func (k *Carrier) Dial(ctx context.Context, p voice.Placement) (string, error) {
	if p.From != "" && !k.ours[p.From] {
		return "", &channels.SendError{Kind: channels.Misconfigured, Reason: "unknown_sender"}
	}
	ctx, cancel := context.WithTimeout(ctx, k.cfg.Timeout)
	defer cancel()
	about := url.Values{queryMessage: {p.Message}}
	service, call := k.service(ctx)
	placed, err := service.CreateCall((&openapi.CreateCallParams{}).
		SetTo(p.To).SetFrom(cmp.Or(p.From, k.cfg.From)).
		SetUrl(k.address(CallsPath, about)).SetMethod("POST").
		SetStatusCallback(k.address(StatusPath, about)).SetStatusCallbackMethod("POST").
		SetStatusCallbackEvent([]string{"initiated", "ringing", "answered", "completed"}).
		SetTimeout(ringFor).SetMachineDetection("Enable").SetMachineDetectionTimeout(machineTimeout).
		SetMachineDetectionSpeechThreshold(machineSpeech).SetMachineDetectionSpeechEndThreshold(machineSpeechEnd).
		SetMachineDetectionSilenceTimeout(machineInitialSilent))
	if err != nil {
		return "", call.Classify(codes, err)
	}
	if value(placed.Sid) == "" {
		return "", call.Classify(codes, errors.New("twilio's answer has no call id"))
	}
	return *placed.Sid, nil
}

// findLimit bounds how many calls to one person Find looks through.
const findLimit = 200

// clockSkew is how far Twilio's clock may be behind ours.
const clockSkew = 5 * time.Second

// Find asks Twilio's list for the call a message had placed since then: the oldest to
// that person that is no other message's. The list has no mark of ours.
func (k *Carrier) Find(ctx context.Context, p voice.Placement, since time.Time, taken func(call string) bool) (string, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, k.cfg.Timeout)
	defer cancel()
	service, call := k.service(ctx)
	rows, err := service.ListCall((&openapi.ListCallParams{}).SetTo(p.To).SetFrom(cmp.Or(p.From, k.cfg.From)).
		SetPageSize(findLimit).SetLimit(findLimit))
	if err != nil {
		return "", false, call.Classify(codes, err)
	}
	complete := len(rows) < findLimit
	slices.Reverse(rows) // oldest first
	for _, row := range rows {
		created, err := time.Parse(time.RFC1123Z, value(row.DateCreated))
		if err == nil && created.Before(since.Add(-clockSkew).Truncate(time.Second)) {
			complete = true
			continue
		}
		sid := value(row.Sid)
		if sid == "" || !strings.HasPrefix(value(row.Direction), "outbound") || value(row.To) != p.To || taken != nil && taken(sid) {
			continue
		}
		return sid, true, nil
	}
	if !complete {
		return "", false, &channels.SendError{Kind: channels.Uncertain, Reason: "too_many_calls"}
	}
	return "", false, nil
}

// Record begins or ends the recording of a call, both sides apart. The law wants the
// person's consent first; nothing here asks for it, so nothing here records unasked.
func (k *Carrier) Record(ctx context.Context, call string, on bool) error {
	if !callSID.MatchString(call) {
		return &channels.InputError{Field: "call", Reason: "is no call's id"}
	}
	ctx, cancel := context.WithTimeout(ctx, k.cfg.Timeout)
	defer cancel()
	service, c := k.service(ctx)
	var err error
	if on {
		_, err = service.CreateCallRecording(call, (&openapi.CreateCallRecordingParams{}).SetRecordingChannels("dual"))
	} else {
		_, err = service.UpdateCallRecording(call, "Twilio.CURRENT", (&openapi.UpdateCallRecordingParams{}).SetStatus("stopped"))
	}
	if err != nil {
		return c.Classify(codes, err)
	}
	return nil
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
