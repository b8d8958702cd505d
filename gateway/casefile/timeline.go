package casefile

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/dialog"
	"parley/gateway/store"
)

// Item is one line of the timeline: something said, or something that happened.
type Item struct {
	At    time.Time
	Local string
	Who   string
	// Side: in, out, or "" for what happened.
	Side  string
	Text  string
	Notes []string
	Rules []Rule
	// Ref is the message's or the ledger entry's number.
	Ref string
}

// quiet entries are about a message that the timeline shows itself.
var quiet = []string{"message.received", store.EventMessageStored, store.EventMessageQueued, "message.cleared"}

// timeline is everything in order of time; at one instant, what was said comes first.
func (f *File) timeline() []Item {
	var all []Item
	for _, m := range f.Messages {
		all = append(all, f.said(m))
	}
	for _, e := range f.Ledger {
		if !slices.Contains(quiet, e.Type) || f.Purged {
			all = append(all, f.happened(e))
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].At.Before(all[j].At) })
	return all
}

func (f *File) said(m Message) Item {
	i := Item{At: m.At, Local: m.Local, Who: speaker(m), Side: m.Direction, Text: m.Text, Ref: fmt.Sprintf("message %d", m.Seq), Rules: rulesOf(m.Rewrites...)}
	if i.Text == "" {
		i.Text = m.Happened()
	}
	if s := m.Spoken; s != nil && m.Text != "" {
		i.Notes = append(i.Notes, heardOf(m))
	}
	if m.Direction == "out" {
		i.Notes = append(i.Notes, "status: "+string(m.Status))
		if m.Reason != "" {
			i.Notes = append(i.Notes, "reason: "+m.Reason)
		}
		for _, d := range f.Disclosures {
			if d.Message == m.ID {
				i.Notes = append(i.Notes, "disclosure: "+disclosureNames[d.Kind])
			}
		}
	}
	if m.Choice != "" {
		i.Notes = append(i.Notes, "pressed a button")
	}
	for _, c := range m.Choices {
		i.Notes = append(i.Notes, "button: "+c.Label)
	}
	for _, x := range m.Media {
		i.Notes = append(i.Notes, "attachment: "+x.ContentType)
	}
	i.Notes = slices.DeleteFunc(i.Notes, func(s string) bool { return s == "disclosure: " })
	return i
}

// heardOf says what of a message that was spoken is known to have been heard.
func heardOf(m Message) string {
	switch {
	case m.Reason == channels.EstimatedReason:
		return "on the telephone; the line does not tell what was heard"
	case m.Heard == "":
		return "on the telephone; none of it is known to have been heard"
	case m.Heard == m.Text:
		return "on the telephone; heard to its end"
	}
	return "on the telephone; heard only: " + m.Heard
}

var disclosureNames = map[string]string{"initial": "initial disclosure", "subsequent": "that it comes from a debt collector, or collects a debt", "ai": "that this is an AI assistant", "opt_out": "how to stop messages"}

func speaker(m Message) string {
	switch m.From {
	case "person":
		return "The person"
	case "bot":
		return strings.TrimSpace("Assistant " + m.Name)
	case "agent":
		return strings.TrimSpace("Agent " + m.Name)
	}
	return "System"
}

func (f *File) happened(e LedgerEntry) Item {
	i := Item{At: e.At, Local: e.Local, Who: actor(e.Who), Ref: fmt.Sprintf("ledger %d", e.N)}
	b := e.body()
	i.Rules = rulesOf(append(append(words(b.Rules), b.Rule), b.Rewrites...)...)
	var v map[string]any
	_ = json.Unmarshal(e.Body, &v) // of an entry whose body is gone, only its kind is told
	i.Text = describe(e.Type, v)
	if e.Dropped {
		i.Notes = append(i.Notes, "the details were removed; their hash stands")
	}
	if !e.Sound {
		i.Notes = append(i.Notes, "this entry is not as it was written")
	}
	return i
}

func actor(who string) string {
	if name, ok := strings.CutPrefix(who, "human:"); ok {
		return name
	}
	if named, ok := map[string]string{"person": "The person", "bot": "The assistant", "service": "The program", "agent": "An agent", "system": "The program"}[who]; ok {
		return named
	}
	return who
}

// events say in words what happened; {field} stands for a field of the body.
var events = map[string]string{
	"law.heard":                 "What was said counts as {label} (found by {by})",
	"flag.set":                  "The flag {flag} was set on account {account}",
	"identity.verified":         "The person was identified, by {factors}",
	"identity.failed":           "The person could not be identified (attempt {attempts})",
	"session.expired":           "The session ended after {idle_minutes} minutes of silence",
	"control.changed":           "The conversation passed to: {to}",
	"handoff.requested":         "A person was asked to take over, because of {reason}",
	"offer.made":                "An offer was made: {kind}, {total} in {payments} payments",
	"agreement.proposed":        "An agreement was proposed for approval: {kind}, {total} in {payments} payments",
	"agreement.accepted":        "An agreement was accepted: {kind}, {total} in {payments} payments",
	"agreement.written_copy":    "The written copy of the agreement was sent, in {messages} messages",
	dialog.EventUsed:            "The assistant used what it may do ({level}): {capability}",
	"offer.withdrawn":           "An offer was withdrawn: {why}",
	"approval.pending":          "Approval was asked for: {kind}, {total}",
	"approval.approved":         "{decided_by} approved: {kind}, {total}",
	"approval.consumed":         "{decided_by} approved, and it was done: {kind}, {total}",
	"approval.rejected":         "{decided_by} refused approval: {kind}, {total}",
	"account.refreshed":         "Account {account} was read anew from the system of record",
	"notice.skipped":            "A notice was not sent ({notice}): {why}",
	"promise.made":              "A payment of {amount} was promised for {due}",
	"contact.delayed":           "The contact gate delayed a message until {until}",
	"contact.blocked":           "The contact gate blocked a message",
	"contact.escalated":         "The contact gate left the decision to a person",
	"message.blocked":           "The guard blocked a draft ({purpose}): {rules}",
	"message.sent":              "Message {seq} was handed to the provider",
	"message.delivered":         "The provider reports message {seq} delivered",
	"message.cut":               "Message {seq} was not heard to its end ({reason})",
	"disclosure.heard":          "A mandatory line was heard to its end: {line}",
	"disclosure.unproven":       "Whether a mandatory line was heard can't be proven on this line: {line}",
	"readback.confirmed":        "The person said yes to terms that were read back to them",
	"message.read":              "The provider reports message {seq} read",
	"message.failed":            "Message {seq} failed: {reason}",
	"message.uncertain":         "Whether message {seq} went out is not known: {reason}",
	"message.cancelled":         "Message {seq} was cancelled before it was sent: {reason}",
	"message.delayed":           "Message {seq} was delayed until {until}",
	"delivery.failed":           "A message could not be delivered: {reason}",
	"draft.discarded":           "A draft was not sent, because a person had taken over",
	"address.opted_out":         "The address opted out of {channel}",
	"address.suppressed":        "The address was suppressed for {medium}",
	"timer.fired":               "A timer fired: {timer}",
	store.EventMessageRedacted:  "Message {seq} was redacted, with a number that later messages completed",
	store.EventRecordRead:       "The record was read: {what}",
	store.EventDeletionDemanded: "Deletion was demanded: {outcome}",
	store.EventPurged:           "The conversation was purged: {messages} messages, {traces} traces",
}

// describe says what happened. An event that nobody has words for, or that lacks
// a field of them, is told by its name and what it says of itself.
func describe(kind string, v map[string]any) string {
	text := events[kind]
	for field, x := range v {
		text = strings.ReplaceAll(text, "{"+field+"}", plain(x))
	}
	if text != "" && !strings.Contains(text, "{") {
		return text
	}
	text = capital(strings.NewReplacer(".", " ", "_", " ").Replace(kind))
	var said []string
	for _, field := range slices.Sorted(maps.Keys(v)) {
		if x := plain(v[field]); x != "" && x != "null" {
			said = append(said, plain(field)+": "+x)
		}
	}
	if len(said) > 0 {
		text += " (" + strings.Join(said, "; ") + ")"
	}
	return text
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return strings.NewReplacer("_", " ", "{", "(", "}", ")").Replace(v)
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, plain(x))
		}
		return strings.Join(all, ", ")
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return strings.NewReplacer("{", "(", "}", ")").Replace(string(raw))
}

func rulesOf(ids ...string) []Rule {
	var all []Rule
	for _, id := range ids {
		if cite := compliance.Cite(id); cite != "" {
			r, _ := compliance.Lookup(id)
			all = append(all, Rule{ID: id, Title: r.Title, Cite: cite})
		}
	}
	return all
}
