package dialog

import (
	"slices"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/gate"
)

var utc = time.UTC

// liveFor is how long after their last word a person in the web chat counts as being there.
const liveFor = 30 * time.Minute

// Contact is the intended contact in the gate's terms, from what the record
// knows. The courier asks again with it at dequeue.
func (s Settings) Contact(snap Snapshot, purpose, from string, now time.Time) gate.Contact {
	c, addr := snap.Conversation, snap.Address
	contact := gate.Contact{
		Now: now, Profile: s.Profile, Actor: s.Actor, Channel: c.Channel, Purpose: GatePurpose(purpose, c, now),
		Live: c.Channel == "webchat" && now.Sub(c.LastInbound) < liveFor, Human: from == "agent",
		Zones: Zones(snap), LastInbound: c.LastInbound, RepliesSince: c.RepliesSince,
		Windows: addr.Windows, Places: addr.Places, ProhibitedMedia: addr.Prohibited,
		SMSOptedOut: !addr.SMSOptedOut.IsZero(), VoiceOptedOut: !addr.VoiceOptedOut.IsZero(),
		WrongParty: !addr.WrongParty.IsZero(), Reassigned: !addr.Reassigned.IsZero(),
		Consents: addr.Consents, LastTextFromPerson: latest(addr.LastInbound, c.LastInbound), Licenses: s.Brand.Licenses,
		Calls7: snap.Contacts.Calls7, Texts7: snap.Contacts.Texts7, All7: snap.Contacts.All7,
		ProactiveToday: snap.Contacts.ProactiveToday, LastConversation: snap.Contacts.LastConversation, InitialAt: snap.Contacts.Initial,
		CallDays: snap.Contacts.CallDays, TextDays: snap.Contacts.TextDays, AllDays: snap.Contacts.AllDays, LastCall: snap.Contacts.LastCall,
	}
	if c.Channel == "voice" {
		callContact(&contact, s, c, from)
	}
	for _, a := range snap.Accounts {
		if c.Account != "" && a.ID != c.Account {
			continue
		}
		accountContact(&contact, a, c.Address)
	}
	contact.Consents = given(s.Actor, contact.Consents)
	return contact
}

// given are the consents as this actor may rely on them. A debt collector needs
// consent given directly to it (12 CFR 1006.6(d)(5)(ii)). Where Parley speaks for
// the creditor that is owed, in its own name, it is no debt collector (15 USC
// 1692a(6)(A)): consent given to the creditor is given to it. What is recorded
// stays as it was; only the reading follows the actor.
func given(actor compliance.Actor, consents []gate.Consent) []gate.Consent {
	if actor != compliance.CreditorOwed {
		return consents
	}
	out := slices.Clone(consents)
	for i := range out {
		out[i].Direct = true
	}
	return out
}

// accountContact adds one account's facts; over several the strictest counts.
func accountContact(c *gate.Contact, a Account, address string) {
	c.States = append(c.States, gate.States(a.Person.Zip, a.Person.State)...)
	c.City = a.Person.City
	c.Represented = c.Represented || a.Has(FlagRepresented)
	c.Minor = c.Minor || a.Has(FlagMinor)
	c.Deceased = c.Deceased || a.Has(FlagDeceased)
	c.Bankruptcy = c.Bankruptcy || a.Has(FlagBankruptcy)
	c.SelfHarm = c.SelfHarm || a.Has(FlagSelfHarm)
	c.Military = c.Military || a.Has(FlagMilitary)
	c.IdentityTheft = c.IdentityTheft || a.Has(FlagIdentityTheft)
	c.Disputed = c.Disputed || a.Has(FlagDisputed)
	if f, ok := a.Flags[FlagCease]; ok {
		c.CeaseAt = latest(c.CeaseAt, f.At)
	}
	if f, ok := a.Flags[FlagRefused]; ok {
		c.RefusedAt = latest(c.RefusedAt, f.At)
	}
	if a.Validation != nil {
		c.NoticeSentAt = a.Validation.SentAt.In(utc)
		if f, ok := a.Flags[FlagDisputed]; ok {
			c.DisputeInValidation = c.DisputeInValidation || !f.At.After(gate.ValidationEnd(c.NoticeSentAt).AddDate(0, 0, 1))
		}
	}
	for _, known := range a.Person.Addresses {
		if known.Value == address {
			c.Consents = append(c.Consents, known.Consents...)
		}
	}
}

// GatePurpose says in the gate's terms what the message is for. Whatever answers
// a person within a day of their message is a reply.
func GatePurpose(purpose string, c Conversation, now time.Time) string {
	if p, ok := callPurposes[purpose]; ok && c.Channel == "voice" && c.Call.Live() {
		return p
	}
	switch purpose {
	case "", "identify", "reply", "opt_in_confirmation", "receipt":
		if now.Sub(c.LastInbound) < 24*time.Hour {
			return "reply"
		}
		return ""
	}
	return purpose
}

// unprompted are the purposes that are never counted as contact of our own accord:
// the person asked for them, or the law demands them (rulebook BC-FREQ-03).
var unprompted = []string{"opt_out_confirmation", "opt_in_confirmation", "help", "wrong_party", "crisis", "verification", "written_copy", "receipt",
	"6c2_terminating_efforts", "6c2_may_invoke_remedy", "6c2_intends_remedy", "status_notice"}

// Proactive reports a message that the person did not ask for, which counts
// against the caps. As in the gate, an answer within a day of their message is
// none, with one follow-up, nor a turn of a live chat or of a talk with a human.
func Proactive(purpose, from string, c Conversation, now time.Time) bool {
	heard := func(d time.Duration) bool { return !c.LastInbound.IsZero() && now.Sub(c.LastInbound) <= d }
	p := GatePurpose(purpose, c, now)
	switch {
	case slices.Contains(unprompted, p),
		c.Channel == "webchat" && heard(liveFor),
		from == "agent" && heard(time.Hour):
		return false
	case p == "reply" || p == "handoff":
		return !heard(24*time.Hour) || c.RepliesSince > 1
	}
	return true
}

// Zones are all time zones the person might be in.
func Zones(snap Snapshot) []string {
	phone := ""
	if snap.Conversation.Channel != "webchat" {
		phone = snap.Conversation.Address
	}
	var zones []string
	for _, a := range snap.Accounts {
		if snap.Conversation.Account == "" || snap.Conversation.Account == a.ID {
			zones = append(zones, gate.Zones(a.Person.Zip, a.Person.State, a.Person.City, phone)...)
		}
	}
	if len(zones) == 0 && phone != "" {
		zones = gate.Zones("", "", "", phone)
	}
	return dedupe(sorted(zones))
}

func (t *turn) zones() []string {
	snap := Snapshot{Conversation: t.conv}
	for _, id := range sorted(keys(t.accounts)) {
		snap.Accounts = append(snap.Accounts, t.accounts[id])
	}
	return Zones(snap)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Replies counts, for a message that is about to go out, how many went out
// before it without a message of the person's to answer: each inbound message buys one
// reply. Several inbound messages whose replies waited together are so each answered.
func Replies(recent []Message, seq int64) int {
	owed, extra := 0, 0
	for _, m := range recent {
		switch {
		case m.Seq >= seq || m.Status == channels.StatusCancelled || m.Status == channels.StatusFailed:
		case m.Direction == "in":
			owed, extra = owed+1, 0
		case owed > 0:
			owed--
		default:
			extra++
		}
	}
	if owed > 0 {
		return 0
	}
	return extra + 1
}
