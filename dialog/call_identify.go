package dialog

import (
	"regexp"
	"slices"
	"strings"

	"parley/channels"
	"parley/compliance/guard"
	"parley/compliance/inbound"
)

// maxFactorQuestions is how often somebody on the phone who gives nothing is asked.
const maxFactorQuestions = 4

// playCallWords answers what was said, or keyed, on a call.
func (t *turn) playCallWords() {
	in := *t.in.Call
	if c := t.conv.Call; c == nil || c.ID != in.ID || c.StartedAt.IsZero() {
		t.callStarted(in) // the word that it has started was lost; their words are answered after the opening
		if t.conv.Call.Bye || t.conv.Call.Stage == CallTransfer {
			return
		}
	}
	c := t.conv.Call
	if !c.Live() {
		t.lateWords()
		return
	}
	c.Silences = 0
	t.conv.LastInbound, t.conv.RepliesSince = t.in.At, 0
	t.waits()
	t.conv.Identity.LastSeen = t.now
	t.event("message.received", "person", map[string]any{"seq": t.in.Seq, "keyword": t.in.Keyword, "redacted": t.in.Redacted, "keyed": in.Event == channels.CallDigits})
	t.hearSpoken()
	t.dropUnheard()
	if in.Event == channels.CallDigits && strings.Trim(t.in.Text, " #*") == "0" && t.botHas() && !c.Bye {
		t.handOff(Reason{Code: string(inbound.RequestHuman), Detail: "The person pressed 0."}, 1)
		return
	}
	if !t.conv.Identity.Verified && t.someoneElse() {
		return
	}
	t.identify()
	t.refresh()
	if t.detect() {
		return
	}
	if t.botHas() && t.conv.Mode == ModeAuto {
		t.answerCall()
	}
}

// lateWords are heard in law though the call is over: a "stop calling" that came last counts.
func (t *turn) lateWords() {
	t.event("message.received", "person", map[string]any{"seq": t.in.Seq, "keyword": t.in.Keyword, "late": true})
	t.understandEarly()
	t.detect()
}

// hearSpoken reads the words: while it is asked who they are, numbers as they are spoken.
func (t *turn) hearSpoken() {
	if !t.conv.Identity.Verified {
		t.in.Text = t.keyedOrSpoken(t.in.Text)
	}
	t.understandEarly()
}

// keyedOrSpoken writes numbers said in words, or digit by digit, as figures.
func (t *turn) keyedOrSpoken(text string) string {
	if t.in.Call != nil && t.in.Call.Event == channels.CallDigits {
		return strings.Trim(text, " #*")
	}
	return figures(text)
}

// answerCall goes on where the call stands.
func (t *turn) answerCall() {
	c := t.conv.Call
	switch {
	case c.Bye || c.Stage == CallTransfer:
	case !t.conv.Identity.Verified && c.Stage == CallIdentifying:
		t.askFactors()
	case !t.conv.Identity.Verified:
		t.isItThem()
	case c.Disclosed.IsZero() && t.restricted() != "": // nothing may be collected: not even that is said
		t.handOff(Reason{Code: t.restricted(), Detail: "The account has a flag under which the bot may not collect."}, 1)
	case c.Disclosed.IsZero():
		t.holdWords()
		t.sayAgain(guard.PurposeDisclosure, t.disclose)
	default:
		t.talk()
	}
}

// askPerson asks for the person by name, and for nothing else (CALL-RPC-01). Where the
// number belongs to nobody known, or to several, it asks for a name.
func (t *turn) askPerson() {
	c := t.conv.Call
	c.Stage = CallAsking
	c.Asked++
	if c.Asked > maxAsked {
		t.goodbye("call_end")
		return
	}
	kind := "call_ask_person"
	if t.callee() == "" {
		kind = "call_ask_name"
	}
	t.callSay(kind, "identify", channels.Spoken{})
}

// isItThem reads the answer to whether this is the person.
func (t *turn) isItThem() {
	text := inbound.Normalise(t.in.Text)
	switch {
	case !t.said.Factors.Empty(), t.callee() == "", itIsThem(text, t.callee()):
		t.conv.Call.Stage = CallIdentifying
		t.askFactors()
	case itIsNotThem(text):
		t.notThem("third_party_voice")
	case reWhoCalls.MatchString(text):
		t.callSay("call_who", "identify", channels.Spoken{})
		t.askPerson()
	case t.stillAsking():
		// "hello?" said into our first words answers nothing yet
	default:
		t.askPerson()
	}
}

// stillAsking reports that our question is on its way and was not heard yet.
func (t *turn) stillAsking() bool {
	m, ok := t.saidFor("identify")
	return ok && m.Status.Rank() < channels.StatusUndelivered.Rank()
}

var (
	reItIs     = regexp.MustCompile(`^(yes|yeah|yep|yup|ya|sure|correct|right|speaking|uh huh|mhm|ok|okay|si|claro|asi es|correcto|exacto|el habla|con ella|con el|a la orden|digame)\b|\b(this is (he|she|him|her|me)|it is me|it's me|that is me|that's me|that would be me|i am (he|she|him|her)|i'm (he|she|him|her)|speaking|soy yo|ella habla|el habla|habla ella)\b`)
	reItIsNot  = regexp.MustCompile(`^(no|nope|nah|negative)\b|\b(not (here|available|home)|isn't (here|available|home)|is not (here|available|home)|(he|she|they)'?s? (is )?(out|away|asleep|sleeping|busy)|no esta|no se encuentra|no soy|salio)\b`)
	reWhoCalls = regexp.MustCompile(`\b(who|who's|whos|what|what's|why|which|quien|que|de parte|por que|cual)\b`)
	// A machine that asks who calls, and one that takes messages.
	reScreens = regexp.MustCompile(`\b(screening|screened|call assist|google assistant|automated assistant)\b|\b(state|say|record|leave|tell me|give)\b.{0,30}\b(your name|name and)\b.{0,40}\b(reason|why|calling|call|purpose)\b|\b(reason|why)\b.{0,20}\b(for|of|you are|you're)\b.{0,8}\bcall(ing)?\b.{0,60}\b(see if|connect|available)\b`)
	reMachine = regexp.MustCompile(`\b(after|at) the (tone|beep)\b|\bleave (a|your|me a) (message|voicemail)\b|\b(mailbox|voice ?mail|answering machine)\b|\bcan'?t (come to|take|answer) (the|your|my) (phone|call)\b|\bhas been forwarded\b|\bdeje (su|un) mensaje\b|\bdespues (del|de la) (tono|senal)\b|\bbuzon\b`)
	reParent  = regexp.MustCompile(`\b(my|mi) (mom|mommy|mother|mum|dad|daddy|father|parents|grandma|grandpa|grandmother|grandfather|mama|papa|madre|padre|abuela|abuelo|papas)\b`)
)

// itIsThem reports words by which somebody says that they are the one who was asked for: also
// their name, or a part of it.
func itIsThem(text, name string) bool {
	if itIsNotThem(text) || reParent.MatchString(text) {
		return false
	}
	if reItIs.MatchString(text) {
		return true
	}
	words := strings.Fields(text)
	return len(words) <= 6 && slices.ContainsFunc(strings.Fields(inbound.Normalise(name)), func(part string) bool {
		return len(part) > 1 && slices.Contains(words, part)
	})
}

func itIsNotThem(text string) bool { return reItIsNot.MatchString(text) }

// someoneElse deals with whoever answers and is not the person: a machine gets no word, one that asks
// who calls a name, a child a goodbye. It reports whether the turn is answered.
func (t *turn) someoneElse() bool {
	c := t.conv.Call
	text := inbound.Normalise(t.in.Text)
	switch {
	case c.Bye || c.Stage == CallTransfer:
		return false
	case c.Outbound && reMachine.MatchString(text):
		t.event("call.machine", "service", map[string]any{"call": c.ID})
		t.fx.CancelOwn, t.fx.CancelReason = true, "machine"
		t.hangUp()
	case c.Outbound && reScreens.MatchString(text):
		c.Screened++
		t.event("call.screened", "service", map[string]any{"call": c.ID, "times": c.Screened})
		if c.Screened > maxScreened || !t.callSay("call_screened", "identify", channels.Spoken{}) {
			t.hangUp()
		}
	case reParent.MatchString(text) && c.Stage != CallIdentifying:
		t.event("call.child", "service", map[string]any{"call": c.ID})
		t.notThem("call_child")
	default:
		return false
	}
	return true
}

// notThem ends a call that somebody else answered. They learn nothing, and nothing is flagged: the
// number may well be the person's.
func (t *turn) notThem(kind string) {
	if t.conv.Call.Bye {
		return
	}
	t.event("call.third_party", "person", map[string]any{"call": t.conv.Call.ID})
	t.conv.Call.Bye = true
	if !t.callSay(kind, "wrong_party", channels.Spoken{Then: channels.ThenHangUp}) {
		t.hangUp()
	}
}

// hangUp ends the call without a word.
func (t *turn) hangUp() {
	t.conv.Call.Bye = true
	t.send(outgoing{Purpose: guard.PurposeEnd, From: "bot", Spoken: channels.Spoken{Then: channels.ThenHangUp}, AnyEpoch: true})
}

// askFactors asks for one factor at a time, by voice or keypad; after the third failed try a
// human takes over.
func (t *turn) askFactors() {
	id := t.conv.Identity
	if id.Attempts >= maxIdentityAttempts {
		t.handOff(Reason{Code: "identity_failed", Detail: "Three tries to identify did not match."}, 1)
		return
	}
	if t.said.Factors.Empty() {
		if t.conv.Unclear++; t.conv.Unclear > maxFactorQuestions {
			t.handOff(Reason{Code: "identity_not_given", Detail: "Asked several times, the person did not say who they are."}, 0)
			return
		}
	}
	t.conv.Call.Stage, t.conv.Pending = CallIdentifying, "identity"
	kind := "call_zip"
	switch need := t.missing()[0]; {
	case need == FactorBirthYear:
		kind = "call_year"
	case need == FactorBirthDate:
		kind = "call_birth_date"
	case id.Attempts > 0 && len(id.Held) == 0:
		kind = "call_factor_again"
	}
	t.callSay(kind, "identify", channels.Spoken{})
}
