package dialog

import (
	"slices"
	"strings"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/guard"
)

// unsayable is why something is not said on a telephone: there is no call.
var unsayable = compliance.Finding{Rule: "CALL-ID-01", Cite: "47 CFR 64.1200(b)", Outcome: compliance.Block,
	Detail: "No call is going on; what is said by telephone is said on a call."}

// sayable makes a message one that is said on the call that is going on, or places one; false: there is none.
func (t *turn) sayable(o *outgoing) bool {
	if o.Spoken.Then != channels.ThenDial && !t.onCall() {
		t.record(StepGate, StepBlocked, map[string]any{"purpose": o.Purpose}, "no call is going on")
		t.event("message.unsayable", "service", map[string]any{"purpose": o.Purpose})
		t.verdict = gate.Verdict{Decision: gate.Block, Findings: []compliance.Finding{unsayable}}
		return false
	}
	o.Text = forEars(o.Text)
	o.Spoken.Language = t.conv.Language
	if t.then != "" {
		o.Spoken.Then, t.then = t.then, ""
	}
	o.AnyEpoch = o.AnyEpoch || o.Spoken.Then == channels.ThenHangUp
	return true
}

// forCalls puts what is worded for the ear before what is not.
func forCalls(kinds []string) []string {
	out := make([]string, 0, 2*len(kinds))
	for _, k := range kinds {
		out = append(out, k+"_voice", k)
	}
	return out
}

// written are words that only make sense where one reads and types, with what is said instead.
var written = strings.NewReplacer(
	"Reply with the number you like, or tell me", "Say the number you like, or tell me",
	"Reply with the number you like", "Say the number you like",
	"Please send your", "Please say or key in your", "and send it again", "and say it again",
	"Write \"person\"", "Say \"person\"", "Write any time", "Call any time",
	"They will reply here.", "They will help you.", "A person will answer here", "A person will call you back",
	"Responda con el número que prefiera", "Diga el número que prefiera", "Responda con el número", "Diga el número",
	"Escriba \"persona\"", "Diga \"persona\"", "Le responderá aquí.", "Le ayudará.",
)

// forEars words a text that was written for the eye so that it can be said: no lines, and
// nothing to type.
func forEars(text string) string {
	text = written.Replace(text)
	lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, l := range lines {
		l = strings.TrimSpace(l)
		if i < len(lines)-1 && l != "" && !strings.ContainsAny(l[len(l)-1:], ".:;!?,") {
			l += "."
		}
		lines[i] = l
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), " ")
}

// callFacts are what the guard may rely on about a message on a call. The opening says what
// speaks and for whom; what follows need not. The debt disclosure counts once it was heard.
func (t *turn) callFacts(f *guard.Facts, o outgoing) {
	c := t.conv.Call
	opens := o.Purpose == guard.PurposeOpening
	f.AIVoice = o.From == "bot"
	f.NewCall, f.CallOpened, f.AIDisclosed, f.NewSession = opens, !opens, !opens, false
	f.CallPlaced = c != nil && c.Outbound
	f.DisclosureUnheard = c == nil || c.Disclosed.IsZero()
	f.FirstMessage = t.conv.Disclosed.Initial.IsZero() && o.Purpose == guard.PurposeDisclosure
	f.OptedOut = !t.address.VoiceOptedOut.IsZero()
	if name := t.callee(); name != "" && !t.conv.Identity.Verified {
		f.Names = append(f.Names, strings.Fields(name)...)
		f.Names = append(f.Names, name)
	}
}

// callContact are the facts the contact gate needs about a call: an artificial voice unless a human
// speaks; once both ends are connected, what is said on it answers the person.
func callContact(contact *gate.Contact, s Settings, c Conversation, from string) {
	contact.Medium = "ai_voice"
	if from == "agent" {
		contact.Medium = "call"
	}
	contact.AICall = gate.AICall{
		NameSafe:    !gate.NameRevealsDebt(s.Brand.Name),
		CallbackSet: s.Brand.Phone != "", OptOutWorks: true, AsksForThem: true,
	}
	if c.Call.Live() {
		contact.Live = true
		contact.LastInbound = latest(contact.LastInbound, c.Call.StartedAt)
	}
}

// callPurposes are those of what is said on a call, in the gate's terms: words that convey nothing
// of a debt pass the call on or end it, the others answer the person.
var callPurposes = map[string]string{
	"": "reply", "identify": "handoff", "reply": "reply", "receipt": "reply",
	guard.PurposeOpening: "handoff", guard.PurposeWait: "handoff", guard.PurposeEnd: "handoff",
	guard.PurposeDisclosure: "reply", guard.PurposeReadBack: "reply",
}
