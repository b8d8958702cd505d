package asterisk

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"parley/channels"
	"parley/channels/voice"
)

// What the dialplan is told to do next: one word, and with agent what the human is told,
// after a "|".
const (
	nextAgain  = "again"  // open another connection
	nextAgent  = "agent"  // put the person through to a human
	nextHangUp = "hangup" // end the call
	nextGo     = "go"     // a call we placed was answered by a person
)

const (
	// maxTries is how often a connection that was lost is asked for again in one call.
	maxTries = 2
	// maxBody bounds a request. The dialplan's are a few hundred bytes.
	maxBody = 16 << 10
)

// asked wraps what the dialplan asks. Until the secret is known to be good nothing of
// the request is read.
func (k *Carrier) asked(answer func(context.Context, voice.Leg, url.Values) (string, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !k.knows(r) {
			unauthorized(w)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var tooLarge *http.MaxBytesError
		var input *channels.InputError
		var form url.Values
		var leg voice.Leg
		next := ""
		if err == nil {
			if form, err = url.ParseQuery(string(body)); err != nil {
				err = &channels.InputError{Field: "body", Reason: "is no form"}
			} else if leg, err = k.leg(form); err == nil {
				next, err = answer(r.Context(), leg, form)
			}
		}
		switch {
		case err == nil:
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Header().Set("Cache-Control", "no-store")
			_, _ = io.WriteString(w, next)
		case errors.As(err, &tooLarge):
			http.Error(w, "body: is too large", http.StatusRequestEntityTooLarge)
		case errors.As(err, &input):
			http.Error(w, input.Error(), http.StatusBadRequest)
		default:
			http.Error(w, "try again", http.StatusServiceUnavailable)
		}
	})
}

// sessionEnded is POST …/ended: a connection is over, for one of four reasons. The
// person hung up (gone); we passed the call on; we hung up; or it broke.
func (k *Carrier) sessionEnded(ctx context.Context, leg voice.Leg, form url.Values) (string, error) {
	f := k.fate(leg.Call)
	k.a.Known(leg.Call)
	switch {
	case form.Get("gone") != "", f.ended && f.handoff == "":
		return nextHangUp, k.over(ctx, leg, "completed")
	case f.ended:
		k.change(leg.Call, func(f *fate) { *f = fate{at: f.at, tries: f.tries} })
		return nextAgent + "|" + f.handoff, nil
	case f.tries < maxTries:
		k.change(leg.Call, func(f *fate) { f.tries++ })
		k.a.Await(leg)
		return nextAgain, nil
	}
	return nextAgent + "|" + technical, nil
}

// agentResults are the words of Asterisk's DIALSTATUS and QUEUESTATUS. Sources:
// https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Dialplan_Applications/Dial/
// and …/Queue/.
var agentResults = map[string]string{
	"ANSWER": "completed", "COMPLETED": "completed", "CONTINUE": "completed",
	"BUSY": "busy", "CONGESTION": "failed", "CHANUNAVAIL": "failed", "FAILED": "failed", "INVALIDARGS": "failed",
	"NOANSWER": "no-answer", "DONTCALL": "no-answer", "TORTURE": "no-answer", "TIMEOUT": "no-answer", "FULL": "no-answer",
	"JOINEMPTY": "no-answer", "LEAVEEMPTY": "no-answer", "JOINUNAVAIL": "no-answer", "LEAVEUNAVAIL": "no-answer", "WITHDRAW": "no-answer",
	"CANCEL": "canceled", "CANCELED": "canceled",
}

// agentDone is POST …/agent: how handing over ended (result). A person nobody took over
// comes back to us.
func (k *Carrier) agentDone(ctx context.Context, leg voice.Leg, form url.Values) (string, error) {
	result := agentResults[strings.ToUpper(form.Get("result"))]
	gone := form.Get("gone") != ""
	switch {
	case result == "" && gone:
		result = "canceled"
	case result == "":
		result = "failed"
	}
	if result != "completed" && !gone {
		leg.Resumed, leg.Agent = true, result
		k.a.Await(leg)
		return nextAgain + "|" + result, nil
	}
	if err := k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallAgent, Detail: result}); err != nil {
		return "", err
	}
	return nextHangUp, k.over(ctx, leg, "completed")
}

// status is POST …/status: how far a call is that we placed. With amd it was answered,
// and the dialplan asks whether to go on; with dial it was not.
func (k *Carrier) status(ctx context.Context, leg voice.Leg, form url.Values) (string, error) {
	if !leg.Outbound {
		return "", &channels.InputError{Field: "direction", Reason: "must be outbound"}
	}
	receipt := channels.Receipt{MessageID: form.Get("message"), ProviderID: leg.Call, Status: channels.StatusDelivered}
	confirm := func() error {
		if receipt.MessageID == "" {
			return nil
		}
		return k.a.Confirm(ctx, receipt)
	}
	if amd := form.Get("amd"); amd != "" {
		if err := confirm(); err != nil {
			return "", err
		}
		by := answeredBy(amd)
		if err := k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallAnswered, Detail: by}); err != nil {
			return "", err
		}
		if by == channels.AnsweredMachine {
			return nextHangUp, nil // the assistant speaks to no machine
		}
		return nextGo, nil
	}
	detail := agentResults[strings.ToUpper(form.Get("dial"))]
	if detail == "" {
		return "", &channels.InputError{Field: "dial", Reason: "is no DIALSTATUS"}
	}
	if detail != "completed" {
		receipt.Status, receipt.Reason = channels.StatusFailed, detail
		if err := confirm(); err != nil {
			return "", err
		}
	}
	return nextHangUp, k.over(ctx, leg, detail)
}

// answeredBy reads AMDSTATUS. Source:
// https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Dialplan_Applications/AMD/.
func answeredBy(s string) string {
	switch strings.ToUpper(s) {
	case "HUMAN":
		return channels.AnsweredHuman
	case "MACHINE":
		return channels.AnsweredMachine
	}
	return channels.AnsweredUnknown
}

// over tells that a call has ended, and forgets it.
func (k *Carrier) over(ctx context.Context, leg voice.Leg, detail string) error {
	err := k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallEnded, Detail: detail})
	if err == nil {
		k.forget(leg.Call)
	}
	return err
}

func status(code int) string { return "http_" + strconv.Itoa(code) }
