package dialog

import (
	"context"
	"slices"
	"strings"

	"parley/compliance"
	"parley/compliance/inbound"
	"parley/dialog/understand"
)

// detect hears what the message means in law, sets every flag it demands, and
// says the first event's reply. It reports whether the turn is thereby answered.
// It acts in every state of control: a human's turn to speak doesn't unhear a STOP.
func (t *turn) detect() bool {
	heard, err := step(t, StepDetect, map[string]any{"keyword": t.in.Keyword, "redacted": t.in.Redacted}, t.listen, heardNote)
	if err != nil {
		t.handOff(Reason{Code: "detect_failed", Detail: "The legal check of this message failed."}, 2)
		return true
	}
	t.heard = heard
	if t.weSpeak() {
		heard.Hits = slices.DeleteFunc(slices.Clone(heard.Hits), func(h inbound.Hit) bool { return h.Label == inbound.LanguageRequest })
		heard.Primary = primary(heard.Hits)
		t.heard = heard
	}
	afterWrongNumber := !t.address.WrongParty.IsZero() && !t.conv.Identity.Verified // said in an earlier message
	silent := t.optedOut() && !t.address.Confirmed.IsZero()                         // since an earlier message
	for _, hit := range heard.Hits {
		t.take(hit)
	}
	if silent && t.optedOut() && !t.hears(inbound.SelfHarm) {
		return t.stayQuiet()
	}
	if afterWrongNumber && !t.hears(inbound.SelfHarm) && !t.hears(inbound.OptOut) {
		t.queue(Reason{Code: "wrote_after_wrong_number", Detail: "Someone wrote from a number said to be wrong. Nothing is sent to it; a person has to find out who it is."}, 0)
		return true
	}
	if len(heard.Hits) == 0 {
		return false
	}
	r, ok := responseTo(heard.Primary)
	if !ok || r.Template == "" || (r.Known && !t.conv.Identity.Verified) {
		return false
	}
	return t.respond(r, heard.Primary)
}

func (t *turn) listen(context.Context) (inbound.Detection, error) {
	d := t.e.Detector.Detect(t.in.Text, inbound.Context{
		Lang: t.conv.Language, LastPromptAskedOptIn: t.conv.Pending == "opt_in",
	})
	add := func(l inbound.Label, rule string) {
		if l != "" && !slices.ContainsFunc(d.Hits, func(h inbound.Hit) bool { return h.Label == l }) {
			d.Hits = append(d.Hits, inbound.Hit{Label: l, By: inbound.ByRule, Rule: rule, Confidence: 1})
			d.Primary = primary(d.Hits)
		}
	}
	add(t.in.Keyword, "IN-OPTOUT-01")
	if t.said.Has(understand.AskHuman) {
		add(inbound.RequestHuman, "IN-HUMAN-01")
	}
	if len(t.in.Redacted) > 0 {
		add(inbound.CardData, "IN-CARD-01")
	}
	return d, nil
}

// weSpeak reports whether the language asked for is one we speak: then the
// conversation just goes on in it.
func (t *turn) weSpeak() bool {
	text := inbound.Normalise(t.in.Text)
	if lang := languageAlone[text]; lang != "" {
		t.conv.Language, t.switched = lang, true
		return true
	}
	if !t.hears(inbound.LanguageRequest) {
		return false
	}
	for _, s := range spoken {
		if before, _, ok := strings.Cut(text, s.word); ok && !strings.HasSuffix(before, "no hablo ") && !strings.HasSuffix(before, "not ") {
			t.conv.Language, t.switched = s.lang, true
			return true
		}
	}
	return false
}

// spoken are the words by which a language of ours is asked for; the first that is
// not refused decides.
var spoken = []struct{ word, lang string }{
	{"no hablo ingles", "es"}, {"espanol", "es"}, {"spanish", "es"}, {"castellano", "es"},
	{"english please", "en"}, {"in english", "en"}, {"ingles", "en"},
}

// languageAlone are messages that say a language and nothing else.
var languageAlone = map[string]string{
	"english": "en", "english please": "en", "in english": "en", "in english please": "en", "ingles": "en", "en ingles": "en",
	"espanol": "es", "en espanol": "es", "espanol por favor": "es", "spanish": "es", "spanish please": "es", "in spanish": "es",
}

// optedOut reports whether the person has stopped messages on this channel.
func (t *turn) optedOut() bool {
	return t.conv.Channel == "sms" && !t.address.SMSOptedOut.IsZero()
}

// stayQuiet: after a STOP nothing is sent, whatever is asked; START lifts it. The
// law would allow one reply (12 CFR 1006.14(h), cmt 14(h)(1)-1); carriers don't, and a
// human sees what was written.
func (t *turn) stayQuiet() bool {
	t.record(StepGate, StepBlocked, map[string]any{"opted_out": stamp(t.address.SMSOptedOut)}, "silent after an opt-out")
	if !t.hears(inbound.OptOut) {
		t.queue(Reason{Code: "wrote_after_opt_out", Detail: "The person wrote after opting out of texts. Nothing may be texted; they can text START."}, 0)
	}
	return true
}

// primary is the hit that decides the reply, by the rulebook's precedence.
func primary(hits []inbound.Hit) inbound.Label {
	for _, l := range inbound.Labels() {
		if slices.ContainsFunc(hits, func(h inbound.Hit) bool { return h.Label == l }) {
			return l
		}
	}
	return ""
}

func heardNote(d inbound.Detection) any {
	hits := make([]map[string]any, 0, len(d.Hits))
	for _, h := range d.Hits {
		hits = append(hits, map[string]any{"label": h.Label, "by": h.By, "rule": h.Rule, "confidence": h.Confidence})
	}
	return map[string]any{"hits": hits, "primary": d.Primary}
}

// take records one event: its flags, what it cancels, what it suppresses.
func (t *turn) take(hit inbound.Hit) {
	r, ok := responseTo(hit.Label)
	if !ok {
		return
	}
	who := "person"
	if t.in.Kind == "" { // an agent says how it ended
		who = t.who()
	}
	t.event("law.heard", who, map[string]any{
		"label": hit.Label, "by": hit.By, "rule": hit.Rule, "cite": compliance.Cite(hit.Rule), "confidence": hit.Confidence,
	})
	for _, flag := range r.Flags {
		t.setFlag(flag, hit.Rule)
	}
	if r.Cancel {
		t.fx.CancelAddress = t.conv.Address
		t.fx.CancelReason = string(hit.Label)
		if len(r.Flags) > 0 {
			t.fx.CancelAccounts = t.about()
		}
	}
	t.suppress(r.Suppress)
	if r.Stranger && t.conv.Identity.Verified {
		t.conv.Identity = Identity{LastSeen: t.conv.Identity.LastSeen}
		t.event("identity.withdrawn", "service", map[string]any{"label": hit.Label})
	}
	if r.Cancel {
		t.conv.Table = nil
	}
	t.inconvenient(hit)
	if hit.Label == inbound.OptIn {
		t.address.SMSOptedOut, t.address.Confirmed = timeZero, timeZero
		t.address.Consents = append(t.address.Consents, consentByText(t.conv.Channel, t.now))
		t.readdr = true
	}
	if hit.Label == inbound.Hardship {
		t.conv.Hardship = true
	}
}

// setFlag sets a flag on every account the person may be talking about.
func (t *turn) setFlag(flag, why string) {
	for _, id := range t.about() {
		a := t.accounts[id]
		if a.Has(flag) {
			continue
		}
		flags := map[string]Flag{flag: {At: t.now, Why: why, Conversation: t.conv.ID}}
		for k, v := range a.Flags {
			flags[k] = v
		}
		a.Flags = flags
		t.change(a)
		t.event("flag.set", "service", map[string]any{"account": id, "flag": flag, "rule": why})
	}
}

// suppress closes a medium of the address, at once and for every debt.
func (t *turn) suppress(medium string) {
	if medium == "" {
		return
	}
	t.readdr = true
	if medium == "wrong_party" {
		t.address.WrongParty = t.now
		return
	}
	if t.address.SMSOptedOut.IsZero() && (medium == "all" || t.conv.Channel != "voice") {
		t.address.SMSOptedOut = t.now
	}
	if t.address.VoiceOptedOut.IsZero() && (medium == "all" || t.conv.Channel == "voice") {
		t.address.VoiceOptedOut = t.now
	}
	t.event("address.suppressed", "service", map[string]any{"medium": medium})
}

// respond says an event's reply and gives the conversation to a human where it must.
func (t *turn) respond(r response, label inbound.Label) bool {
	if t.onCall() {
		return t.respondOnCall(r, label)
	}
	if r.Always && r.Purpose == "opt_out_confirmation" {
		return t.confirmOptOut(r, label)
	}
	if !t.botHas() && !r.Always {
		if r.Handoff {
			t.handOff(Reason{Code: string(label), Words: t.evidence(label)}, r.Priority)
		}
		return true // a human has it, or is called, and sees the event
	}
	if r.Handoff {
		t.handOffSaying(r.Template, r.Purpose, Reason{Code: string(label), Words: t.evidence(label)}, r.Priority)
		return true
	}
	t.sayTemplate(r.Template, r.Purpose)
	return true
}

// confirmOptOut says the one confirmation the law allows (12 CFR 1006.14(h)(2)(i)),
// unless the provider has said it or it was said before.
func (t *turn) confirmOptOut(r response, label inbound.Label) bool {
	if r.Handoff {
		t.queue(Reason{Code: string(label), Words: t.evidence(label)}, r.Priority)
	}
	if !t.address.Confirmed.IsZero() {
		return true
	}
	t.address.Confirmed = t.now
	t.readdr = true
	if t.in.ProviderHandled {
		return true // the provider has said it
	}
	t.sayTemplate(r.Template, r.Purpose)
	return true
}

// evidence is the words that caused an event.
func (t *turn) evidence(label inbound.Label) string {
	for _, h := range t.heard.Hits {
		if h.Label == label {
			return strings.TrimSpace(h.Words)
		}
	}
	return ""
}
