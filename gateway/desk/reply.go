package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/channels"
	"parley/channels/sms"
	"parley/compliance"
	"parley/compliance/gate"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// MaxReply is the longest text a person of the desk may send, in characters.
const MaxReply = 4000

// Reply is what somebody wants to say.
type Reply struct {
	Text string
	// Epoch is that of the conversation as they saw it; 0: whichever it is.
	Epoch int64
	// DraftOf is the suggestion it was made from, "" for none.
	DraftOf string
}

// checkText says what is wrong with a text to be sent.
func checkText(text string) error {
	if n := utf8.RuneCountInString(text); n > MaxReply {
		return &staff.Invalid{Field: "text", What: fmt.Sprintf("has %d characters; at most %d can be sent", n, MaxReply)}
	}
	if strings.TrimSpace(text) == "" {
		return &staff.Invalid{Field: "text", What: "is empty"}
	}
	if err := (channels.Inbound{Channel: "api", ProviderID: "x", From: "x", Text: text}).Validate(); err != nil {
		return &staff.Invalid{Field: "text", What: err.Error()}
	}
	return nil
}

// Reply sends an agent's words through the guard and the gate. What the guard blocks is kept for those who look after that.
func (s *Service) Reply(ctx context.Context, conversation string, r Reply) error {
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return err
	}
	if err := checkText(r.Text); err != nil {
		return err
	}
	suggestion, err := s.suggestion(ctx, conversation, r.DraftOf)
	if err != nil {
		return err
	}
	s.Acted(ctx, a)
	err = s.update(ctx, conversation, func(snap dialog.Snapshot) (dialog.Effects, error) {
		return s.Engine.AgentReply(snap, a.Name, r.Text, r.Epoch, s.Env)
	})
	if err != nil {
		return errors.Join(err, s.keepBlocked(ctx, a, conversation, r.Text, err))
	}
	if suggestion.ID != "" {
		s.settle(ctx, suggestion, a, r.Text)
	}
	if err := s.Record.Type(ctx, store.Typed{Conversation: conversation, Who: a.Name}); err != nil {
		return nil //nolint:nilerr // it is sent; what was typed is only a convenience
	}
	return nil
}

// keepBlocked keeps what the guard did not let out. That it could not be kept is worth a word in the log; the refusal stands.
func (s *Service) keepBlocked(ctx context.Context, a staff.Actor, conversation, text string, err error) error {
	var refused *dialog.Refused
	if !errors.As(err, &refused) || refused.Kind != dialog.RefusedByGuard {
		return nil
	}
	findings, jerr := json.Marshal(s.withoutNumbers(text, refused.Findings))
	if jerr != nil {
		return jerr
	}
	b := store.Blocked{At: s.now(), Conversation: conversation, Who: a.Who(), Findings: findings, Text: s.redact(text)}
	e := dialog.Event{Type: "message.blocked", At: b.At, Who: a.Who(), Body: map[string]any{"rules": strings.Join(compliance.RuleIDs(refused.Findings), ", "), "purpose": ""}}
	if err := s.Record.AddBlocked(ctx, b, e); err != nil {
		return fmt.Errorf("the blocked text could not be kept: %w", err)
	}
	s.Feed.Ring()
	return nil
}

// withoutNumbers are findings as they may be kept: where a number had to be taken out of the text, the words they
// quote of it are those that are left.
func (s *Service) withoutNumbers(text string, found []compliance.Finding) []compliance.Finding {
	kept := s.redact(text)
	if kept == text {
		return found
	}
	found = slices.Clone(found)
	for i, f := range found {
		if words := s.redact(f.Words); strings.Contains(kept, words) {
			found[i].Words = words
		} else {
			found[i].Words = "" // it may be a part of the number, which nothing knows by itself
		}
	}
	return found
}

// redact takes numbers out that must never be stored, from what people of the house write.
func (s *Service) redact(text string) string { return inbound.Redact(text, nil).Text }

// Finding is one rule's word on a text, for whoever wrote it.
type Finding struct {
	Rule     string `json:"rule"`
	Citation string `json:"citation"`
	Severity string `json:"severity" enum:"block,warn,info"`
	Why      string `json:"why"`
	Words    string `json:"words"`
	// Start and End are places in characters of the text as it was given, -1 where no words caused it.
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Suggestion string `json:"suggestion"`
}

// Findings are the rules' words on a text. What the guard mends by itself is information; everything else blocks.
func Findings(text string, found []compliance.Finding) []Finding {
	out := []Finding{}
	for _, f := range found {
		x := Finding{Rule: f.Rule, Citation: f.Cite, Severity: "block", Why: f.Detail, Words: f.Words, Start: -1, End: -1}
		if f.Outcome == compliance.Rewrite {
			x.Severity = "info"
		}
		if r, ok := compliance.Lookup(f.Rule); ok && x.Why == "" {
			x.Why = r.Title
		}
		if why, advice, split := strings.Cut(x.Why, "; say "); split {
			x.Why, x.Suggestion = why+".", "Say "+advice
		}
		if i := strings.Index(text, f.Words); f.Words != "" && i >= 0 {
			x.Start = utf8.RuneCountInString(text[:i])
			x.End = x.Start + utf8.RuneCountInString(f.Words)
		}
		out = append(out, x)
	}
	return out
}

// Check is what would come of a text, had it been sent now.
type Check struct {
	Findings   []Finding  `json:"findings"`
	Final      *string    `json:"final" doc:"the text as it would go out, with what must be said added; null where a rule stands against it"`
	Segments   int        `json:"segments" doc:"of SMS; 0 for other channels"`
	Characters int        `json:"characters"`
	Encoding   string     `json:"encoding" doc:"of SMS: GSM-7 or UCS-2"`
	Allowed    bool       `json:"allowed" doc:"the person may be contacted now"`
	Until      *time.Time `json:"until" doc:"when they may be, where they may not now"`
	Contact    []Finding  `json:"contact" doc:"the rules against contact now"`
}

// Check says what would come of a text, while it is typed. It changes nothing, and is not recorded.
func (s *Service) Check(ctx context.Context, conversation, text string) (Check, error) {
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return Check{}, err
	}
	if n := utf8.RuneCountInString(text); n > MaxReply {
		return Check{}, checkText(text)
	}
	snap, err := s.Record.Snapshot(ctx, conversation)
	if err != nil {
		return Check{}, err
	}
	out := Check{Findings: []Finding{}, Contact: []Finding{}, Characters: utf8.RuneCountInString(text)}
	said, err := s.Engine.CheckReply(snap, a.Name, text, s.Env)
	if err != nil {
		return Check{}, err
	}
	out.Allowed, out.Until = said.Gate.Decision == gate.Allow, instant(said.Gate.Until)
	out.Contact = Findings("", said.Gate.Findings)
	if strings.TrimSpace(text) == "" {
		return out, nil
	}
	out.Findings = append(Findings(text, said.Findings), Findings(text, said.Rewrites)...)
	final := text
	if len(said.Findings) == 0 {
		final = said.Text
		out.Final = &final
	}
	if snap.Conversation.Channel == "sms" {
		encoding, segments, _ := sms.Segments(final)
		out.Encoding, out.Segments = string(encoding), segments
	}
	out.Characters = utf8.RuneCountInString(final)
	return out, nil
}

// Type keeps what the asker is writing; "" forgets it.
func (s *Service) Type(ctx context.Context, conversation, text string) error {
	a, err := s.See(ctx, conversation, staff.ConversationReply)
	if err != nil {
		return err
	}
	if n := utf8.RuneCountInString(text); n > 2*MaxReply {
		return &staff.Invalid{Field: "text", What: fmt.Sprintf("has %d characters; at most %d are kept", n, 2*MaxReply)}
	}
	snap, err := s.Record.Snapshot(ctx, conversation)
	if err != nil {
		return err
	}
	return s.Record.Type(ctx, store.Typed{Conversation: conversation, Who: a.Name, Text: s.redact(text), Epoch: snap.Conversation.Epoch, At: s.now()})
}
