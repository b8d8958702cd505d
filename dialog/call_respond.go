package dialog

import (
	"parley/channels"
	"parley/compliance/inbound"
)

// callThen is what follows on a call once an event's words were said: the call ends, or
// a human takes it. What is not in here is answered, and the call goes on. Whoever said that now is bad,
// that we have the wrong person, or that we must not call, is not kept (12 CFR 1006.14(a), (h)).
var callThen = map[inbound.Label]channels.Then{
	inbound.OptOut: channels.ThenHangUp, inbound.CeaseContact: channels.ThenHangUp, inbound.RefusalToPay: channels.ThenHangUp,
	inbound.MediumRestriction: channels.ThenHangUp, inbound.WrongNumber: channels.ThenHangUp, inbound.ThirdParty: channels.ThenHangUp,
	inbound.Minor: channels.ThenHangUp, inbound.InconvenientTime: channels.ThenHangUp, inbound.InconvenientPlace: channels.ThenHangUp,
	inbound.EmployerProhibits: channels.ThenHangUp, inbound.RecordingObjection: channels.ThenHangUp,
	inbound.Attorney: channels.ThenHangUp, inbound.Bankruptcy: channels.ThenHangUp, inbound.Deceased: channels.ThenHangUp,
	inbound.Dispute: channels.ThenHangUp, inbound.IdentityTheft: channels.ThenHangUp, inbound.CoercedDebt: channels.ThenHangUp,

	inbound.SelfHarm: channels.ThenTransfer, inbound.RequestHuman: channels.ThenTransfer, inbound.Vulnerable: channels.ThenTransfer,
	inbound.Military: channels.ThenTransfer, inbound.LegalThreat: channels.ThenTransfer, inbound.RegulatorComplaint: channels.ThenTransfer,
	inbound.LanguageRequest: channels.ThenTransfer, inbound.StopPayment: channels.ThenTransfer, inbound.ValidationRequest: channels.ThenTransfer,
}

// respondOnCall says an event's reply on a call, and ends or passes on the call where it must.
func (t *turn) respondOnCall(r response, label inbound.Label) bool {
	c := t.conv.Call
	if !t.botHas() && !r.Always {
		if r.Handoff {
			t.queue(Reason{Code: string(label), Words: t.evidence(label)}, r.Priority)
		}
		return true // a human has it and sees the event
	}
	then := callThen[label]
	if label == inbound.ThirdParty {
		t.notThem("third_party_voice") // somebody else picked up: that is nothing for a human to look at
		return true
	}
	if r.Handoff {
		t.queue(Reason{Code: string(label), Words: t.evidence(label)}, r.Priority)
	}
	if r.Purpose == "opt_out_confirmation" && t.address.Confirmed.IsZero() {
		t.address.Confirmed, t.readdr = t.now, true
	}
	if c.Bye {
		return true // it ends already
	}
	switch then {
	case channels.ThenHangUp:
		c.Bye = true
		t.then = channels.ThenHangUp
		t.sayTemplate(r.Template, r.Purpose)
		if t.then != "" { // nothing could be said
			t.then = ""
			t.hangUp()
		}
	case channels.ThenTransfer:
		if r.Template != "handoff" && (c.Stage != CallTransfer) {
			t.sayTemplate(r.Template, r.Purpose)
		}
		t.transfer()
	default:
		said := len(t.fx.Outgoing)
		t.sayTemplate(r.Template, r.Purpose)
		if len(t.fx.Outgoing) == said {
			t.transfer() // a line that falls silent tells nobody that a human will look at it
		}
	}
	return true
}

// handOffOnCall gives the call to a human, after words of its own where there are some.
func (t *turn) handOffOnCall(template, purpose string, r Reason, priority int) {
	t.queue(r, priority)
	if template != "" && template != "handoff" {
		t.sayTemplate(template, purpose)
	}
	t.transfer()
}
