package relay

import (
	"context"
	"strconv"
	"strings"

	"parley/channels"
	"parley/channels/voice"
)

// maxTries is how often a connection that was lost is asked for again in one call.
const maxTries = 2

// incoming is POST /channels/voice/calls: what to do with a call that has come in, or
// that we placed and somebody, or something, answered.
func (k *Carrier) incoming(ctx context.Context, r *request) (string, error) {
	leg, err := k.leg(r.form)
	if err != nil {
		return "", err
	}
	if leg.Outbound {
		by := answeredBy(r.form.Get("AnsweredBy"))
		if err := k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallAnswered, Detail: by}); err != nil {
			return "", err
		}
		if by == channels.AnsweredMachine || by == channels.AnsweredFax {
			return hangUpTwiML() // the assistant speaks to no machine
		}
	} else if k.a.Live() >= k.cfg.MaxCalls {
		return rejectTwiML()
	}
	return k.connectTwiML(leg, 0)
}

// answeredBy reads Twilio's verdict on who answered.
func answeredBy(s string) string {
	switch {
	case s == "human":
		return channels.AnsweredHuman
	case s == "fax":
		return channels.AnsweredFax
	case strings.HasPrefix(s, "machine"):
		return channels.AnsweredMachine
	}
	return channels.AnsweredUnknown
}

// sessionEnded is POST /channels/voice/ended: a connection is over, for one of four
// reasons. We passed the call on; we hung up; the person did; or it broke.
func (k *Carrier) sessionEnded(ctx context.Context, r *request) (string, error) {
	leg, err := k.leg(r.form)
	if err != nil {
		return "", err
	}
	k.a.Known(leg.Call)
	handoff, status := r.form.Get("HandoffData"), r.form.Get("SessionStatus")
	broke := status == "failed" || r.form.Get("ErrorCode") != "" && r.form.Get("ErrorCode") != "0"
	switch {
	case over(r.form.Get("CallStatus")), !broke && handoff == "":
		if err := k.ended(ctx, leg, finalStatus(r.form.Get("CallStatus"))); err != nil {
			return "", err
		}
		if over(r.form.Get("CallStatus")) {
			return emptyTwiML()
		}
		return hangUpTwiML()
	case handoff != "":
		return k.hand(leg, handoff, tries(r))
	}
	if n := tries(r); n < maxTries {
		leg.Resumed = true
		return k.connectTwiML(leg, n+1)
	}
	if k.cfg.AgentNumber != "" || k.cfg.WorkflowSID != "" {
		return k.hand(leg, `{"reason":"technical_failure"}`, tries(r))
	}
	if err := k.ended(ctx, leg, "failed"); err != nil {
		return "", err
	}
	return hangUpTwiML()
}

// hand passes the call to a human. Where there is none to pass it to it comes back at once.
func (k *Carrier) hand(leg voice.Leg, data string, tries int) (string, error) {
	if k.cfg.AgentNumber == "" && k.cfg.WorkflowSID == "" {
		leg.Resumed, leg.Agent = true, "failed"
		return k.connectTwiML(leg, tries)
	}
	return k.handTwiML(leg, data, tries)
}

// agentDone is POST /channels/voice/agent: how handing over ended. A person nobody
// took over comes back to us.
func (k *Carrier) agentDone(ctx context.Context, r *request) (string, error) {
	leg, err := k.leg(r.form)
	if err != nil {
		return "", err
	}
	result := agentResult(r.form.Get("DialCallStatus"), r.form.Get("QueueResult"))
	gone := over(r.form.Get("CallStatus"))
	if result != "completed" && !gone {
		leg.Resumed, leg.Agent = true, result
		return k.connectTwiML(leg, tries(r))
	}
	if err := k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallAgent, Detail: result}); err != nil {
		return "", err
	}
	if err := k.ended(ctx, leg, "completed"); err != nil {
		return "", err
	}
	if gone {
		return emptyTwiML()
	}
	return hangUpTwiML()
}

// agentResult reads how a telephone was answered, or how a place in a queue ended. Sources:
// https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus,
// https://www.twilio.com/docs/voice/twiml/enqueue#queueresult-values.
func agentResult(dial, queue string) string {
	switch dial {
	case "completed", "answered":
		return "completed"
	case "busy", "no-answer", "canceled":
		return dial
	case "":
	default:
		return "failed"
	}
	switch queue {
	case "bridged", "bridging-in-process", "redirected-from-bridged":
		return "completed"
	case "hangup":
		return "canceled"
	case "leave", "redirected":
		return "no-answer"
	}
	return "failed"
}

// whisper is POST /channels/voice/whisper: what the agent hears before the person is
// put through.
func (k *Carrier) whisper(_ context.Context, r *request) (string, error) {
	text, err := k.reveal(r.query.Get(queryBrief))
	if err != nil {
		return "", &channels.InputError{Field: queryBrief, Reason: "is not ours"}
	}
	return sayTwiML(text, k.cfg.Speech.Language)
}

// status is POST /channels/voice/status: how far a call is. For one we placed it is
// the receipt of the message that asked for it.
func (k *Carrier) status(ctx context.Context, r *request) (string, error) {
	leg, err := k.leg(r.form)
	if err != nil {
		return "", err
	}
	status := r.form.Get("CallStatus")
	if by := r.form.Get("AnsweredBy"); leg.Outbound && by != "" && status == "" { // an asynchronous verdict
		if err := k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallAnswered, Detail: answeredBy(by)}); err != nil {
			return "", err
		}
	}
	if id := r.query.Get(queryMessage); id != "" && leg.Outbound && statuses[status] != "" {
		receipt := channels.Receipt{MessageID: id, ProviderID: leg.Call, Status: statuses[status]}
		if receipt.Status == channels.StatusFailed {
			receipt.Reason = status
		}
		if err := k.a.Confirm(ctx, receipt); err != nil {
			return "", err
		}
	}
	if over(status) {
		if err := k.ended(ctx, leg, finalStatus(status)); err != nil {
			return "", err
		}
	}
	return emptyTwiML()
}

// statuses maps Twilio's words for a call we placed. Source:
// https://www.twilio.com/docs/voice/api/call-resource#call-status-values.
var statuses = map[string]channels.Status{
	"queued": channels.StatusSent, "initiated": channels.StatusSent, "ringing": channels.StatusSent,
	"in-progress": channels.StatusDelivered, "completed": channels.StatusDelivered,
	"busy": channels.StatusFailed, "no-answer": channels.StatusFailed, "canceled": channels.StatusFailed, "failed": channels.StatusFailed,
}

// over reports whether a call with that status is over.
func over(status string) bool {
	switch status {
	case "completed", "busy", "no-answer", "canceled", "failed":
		return true
	}
	return false
}

func finalStatus(status string) string {
	if over(status) {
		return status
	}
	return "completed"
}

func (k *Carrier) ended(ctx context.Context, leg voice.Leg, detail string) error {
	return k.a.Happened(ctx, voice.Event{Leg: leg, Kind: channels.CallEnded, Detail: detail})
}

func tries(r *request) int {
	n, err := strconv.Atoi(r.query.Get(queryTries))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
