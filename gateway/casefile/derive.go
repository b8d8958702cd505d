package casefile

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/guard"
	"parley/dialog"
)

// body is what an event's body may say of a message or a decision.
type body struct {
	Message  string   `json:"message"`
	Rewrites []string `json:"rewrites"`
	Rule     string   `json:"rule"`
	Rules    any      `json:"rules"`
}

func (e LedgerEntry) body() (b body) {
	_ = json.Unmarshal(e.Body, &b) // an event of another shape says nothing of these
	return b
}

func (f *File) message(id string) *Message {
	i := slices.IndexFunc(f.Messages, func(m Message) bool { return m.ID == id && id != "" })
	if i < 0 {
		return nil
	}
	return &f.Messages[i]
}

// rewrites notes which rules the guard changed a text for.
func (f *File) rewrites() {
	for _, e := range f.Ledger {
		if e.Type != "message.cleared" {
			continue
		}
		if b := e.body(); len(b.Rewrites) > 0 {
			if m := f.message(b.Message); m != nil {
				m.Rewrites = b.Rewrites
			}
		}
	}
}

// spoken are the disclosures known by their words: the wording of every language
// and actor, and other words that say the same.
var spoken = []struct {
	kind, rule string
	words      []string
}{
	{"initial", "OD-MM-01", []string{"will be used for that purpose", "se usará para ese fin"}},
	{"subsequent", "OD-MM-02", nil},
	{"ai", "OD-AI-01", []string{"ai assistant", "asistente de ia", "asistente de inteligencia artificial"}},
	{"opt_out", "OD-OPTOUT-01", []string{"reply stop"}},
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// wordings are, by kind, the fixed parts of each wording, in small letters.
var wordings = sync.OnceValue(func() map[string][][]string {
	all := map[string][][]string{}
	for _, kinds := range guard.Wording() {
		for kind, actors := range kinds {
			for _, text := range actors {
				all[kind] = append(all[kind], placeholder.Split(strings.ToLower(text), -1))
			}
		}
	}
	return all
})

// says reports whether a text, in small letters, makes a disclosure of a kind.
func says(lower, kind string, words []string) bool {
	if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(lower, w) }) {
		return true
	}
	return slices.ContainsFunc(wordings()[kind], func(parts []string) bool {
		return !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(lower, part) })
	})
}

// disclosures are what each outgoing message carried: known by its words, or by
// the rule for whose sake the guard added it.
func (f *File) disclosures() {
	for _, m := range f.Messages {
		if m.Direction != "out" {
			continue
		}
		d := Disclosure{At: m.At, Message: m.ID, Seq: m.Seq, Status: m.Status, Given: wentOut(m.Status)}
		lower := strings.ToLower(m.Text)
		var named []string
		for _, s := range spoken {
			if says(lower, s.kind, s.words) {
				d.Kind, d.Rule, d.Cite = s.kind, s.rule, compliance.Cite(s.rule)
				named = append(named, s.rule)
				f.Disclosures = append(f.Disclosures, d)
			}
		}
		for _, rule := range m.Rewrites {
			if !slices.Contains(named, rule) {
				d.Kind, d.Rule, d.Cite = rule, rule, compliance.Cite(rule)
				f.Disclosures = append(f.Disclosures, d)
			}
		}
	}
}

func wentOut(s channels.Status) bool {
	return s == channels.StatusSent || s == channels.StatusDelivered || s == channels.StatusRead
}

// decisions are the contact gate's, from the traces of the turns.
func (f *File) decisions() {
	for _, turn := range f.Turns {
		for _, s := range turn.Steps {
			if s.Name != dialog.StepGate {
				continue
			}
			in, _ := s.Input.(map[string]any)
			out, _ := s.Output.(map[string]any)
			d := Decision{At: s.Started.UTC(), Turn: turn.ID, When: "queue", Purpose: word(in["purpose"]), Decision: word(out["decision"]), Until: word(out["until"]), Rules: words(out["rules"])}
			if word(in["at"]) != "" {
				d.When = word(in["at"])
			}
			if d.Decision == "" {
				d.Decision = string(s.Outcome)
			}
			f.Contacts = append(f.Contacts, d)
		}
	}
	slices.SortStableFunc(f.Contacts, func(a, b Decision) int { return a.At.Compare(b.At) })
}

func word(v any) string {
	s, _ := v.(string)
	return s
}

func words(v any) []string {
	all := []string{}
	list, _ := v.([]any)
	for _, x := range list {
		if s := word(x); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// rules gathers every rule the file names, with its citation.
func (f *File) rules() {
	seen := map[string]bool{}
	add := func(ids ...string) {
		for _, id := range ids {
			if cite := compliance.Cite(id); cite != "" && !seen[id] {
				seen[id] = true
				r, _ := compliance.Lookup(id)
				f.Rules = append(f.Rules, Rule{ID: id, Title: r.Title, Cite: cite})
			}
		}
	}
	for _, x := range f.Flags {
		add(x.Why)
	}
	for _, x := range f.Disclosures {
		add(x.Rule)
	}
	for _, x := range f.Contacts {
		add(x.Rules...)
	}
	for _, m := range f.Messages {
		add(m.Rewrites...)
	}
	for _, e := range f.Ledger {
		b := e.body()
		add(b.Rule)
		add(b.Rewrites...)
		add(words(b.Rules)...)
	}
	slices.SortFunc(f.Rules, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
}

// gaps says plainly what the file can't show.
func (f *File) gaps() {
	gap := func(format string, args ...any) { f.Gaps = append(f.Gaps, fmt.Sprintf(format, args...)) }
	if f.Purged {
		gap("The conversation was purged after its retention period. Only the ledger is left: that events took place, when, and whose; not what was said.")
	} else {
		f.gapsOfConversation(gap)
	}
	dropped := 0
	for _, e := range f.Ledger {
		if e.Dropped {
			dropped++
		}
	}
	if dropped > 0 && !f.Purged {
		gap("The details of %d ledger entries were removed, because a later message showed that they held part of a card or account number. Their hashes stand.", dropped)
	}
	if n := len(f.Ledger) - f.Verification.Sound; n > 0 {
		gap("%d ledger entries are not as they were written.", n)
	}
	if !f.Verification.Whole {
		gap("The check of the record found faults: %d in this conversation, %d elsewhere.", len(f.Verification.Faults), f.Verification.Elsewhere)
	}
}

func (f *File) gapsOfConversation(gap func(string, ...any)) {
	switch {
	case len(f.Zones) == 0:
		gap("The person's time zone is not known; local times are in UTC.")
	case len(f.Zones) > 1:
		gap("The person may be in any of %s; local times are in %s. The contact gate held to all of them.", strings.Join(f.Zones, ", "), f.Zone)
	}
	if len(f.Accounts) > 0 {
		gap("Account data is as it stood when this file was made, not as it stood when something was said.")
	} else {
		gap("No account is known for this conversation.")
	}
	if !f.Conversation.Verified {
		gap("The person has not been identified, or their session has ended since.")
	}
	for _, a := range f.Accounts {
		if a.Validation == "" {
			gap("Account %s has no date on which validation information was sent.", a.ID)
		}
	}
	if !slices.ContainsFunc(f.Disclosures, func(d Disclosure) bool { return d.Kind == "initial" && d.Given }) {
		gap("No message of this conversation that is known to have gone out carried the initial disclosure. It may have been given in another conversation.")
	}
	for _, m := range f.Messages {
		switch m.Status {
		case channels.StatusUncertain, channels.StatusSending:
			gap("Whether message %d reached the provider is not known.", m.Seq)
		case channels.StatusSent:
			gap("Message %d was handed to the provider; no receipt says that it was delivered.", m.Seq)
		}
	}
	traced := map[string]bool{}
	for _, t := range f.Turns {
		traced[t.ID] = true
	}
	for _, m := range f.Messages {
		if m.Turn != "" && !traced[m.Turn] {
			gap("There is no trace of the turn in which message %d was written.", m.Seq)
		}
	}
	if f.Conversation.Channel == "voice" {
		gap("A recording of the call, where there is one, is not part of this file.")
	}
}
