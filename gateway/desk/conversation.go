package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// Conversation is one as whoever works on it sees it.
type Conversation struct {
	Item                  Item              `json:"item"`
	Messages              []Message         `json:"messages"`
	Handoff               *HandoffDetail    `json:"handoff"`
	Notes                 []Note            `json:"notes"`
	SuggestionsStaleAfter int64             `json:"suggestions_stale_after" doc:"the place of the newest message: suggestions for an earlier one are stale"`
	Draft                 *Draft            `json:"draft" doc:"what the asker was writing"`
	Brief                 string            `json:"brief" doc:"what happened so far, in a few sentences"`
	Can                   map[string]bool   `json:"can" doc:"what the asker may do now"`
	WhyNot                map[string]string `json:"why_not" doc:"why they may not do the rest"`
	Zone                  string            `json:"zone,omitempty" doc:"where the person's clock is, as far as is known"`
	Verified              bool              `json:"verified"`
}

// Message is one, with what the bot thought of it.
type Message struct {
	Seq        int64             `json:"seq"`
	ID         string            `json:"id"`
	Direction  string            `json:"direction"`
	From       string            `json:"from"`
	Name       string            `json:"name,omitempty"`
	Text       string            `json:"text"`
	At         time.Time         `json:"at"`
	Status     string            `json:"status"`
	Reason     string            `json:"reason,omitempty"`
	Choice     string            `json:"choice,omitempty"`
	Choices    []channels.Choice `json:"choices,omitempty"`
	Media      []channels.Media  `json:"media,omitempty"`
	Turn       *string           `json:"turn"`
	Confidence *float64          `json:"confidence"`
	Checks     []string          `json:"checks" doc:"the rules that changed it or stood against a draft of it"`
	Heard      *string           `json:"heard" doc:"on a call, what of it is known to have been heard"`
	Purpose    string            `json:"purpose,omitempty"`
}

// HandoffDetail is why a human was called, with the evidence.
type HandoffDetail struct {
	ID          string         `json:"id"`
	Since       time.Time      `json:"since"`
	Reasons     []ReasonDetail `json:"reasons"`
	Comments    []CommentOut   `json:"comments" doc:"what was said as it was handed on"`
	Declined    []DeclinedOut  `json:"declined"`
	Notices     []NoticeOut    `json:"notices" doc:"what went wrong on the way"`
	ClaimedAt   *time.Time     `json:"claimed_at"`
	RepliedAt   *time.Time     `json:"replied_at"`
	WrappedAt   *time.Time     `json:"wrapped_at"`
	ResolvedAt  *time.Time     `json:"resolved_at"`
	Disposition string         `json:"disposition,omitempty"`
	Skills      []string       `json:"skills"`
}

// ReasonDetail is one reason.
type ReasonDetail struct {
	Code       string             `json:"code"`
	Text       string             `json:"text"`
	Words      string             `json:"words,omitempty"`
	Detail     string             `json:"detail,omitempty"`
	Confidence float64            `json:"confidence,omitempty"`
	Features   map[string]float64 `json:"features,omitempty"`
	Steps      []string           `json:"steps,omitempty"`
	Offers     []string           `json:"offers,omitempty"`
	Turn       string             `json:"turn,omitempty"`
	At         *time.Time         `json:"at,omitempty"`
}

// CommentOut is what was said as a hand-off was handed on.
type CommentOut struct {
	Who     string    `json:"who"`
	Display string    `json:"display"`
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
}

// DeclinedOut is an offer that was not taken.
type DeclinedOut struct {
	Who string    `json:"who"`
	Why string    `json:"why"`
	At  time.Time `json:"at"`
}

// NoticeOut is for the supervisor.
type NoticeOut struct {
	Code string    `json:"code"`
	Who  string    `json:"who,omitempty"`
	At   time.Time `json:"at"`
}

// Draft is what somebody was writing.
type Draft struct {
	Text  string    `json:"text"`
	Epoch int64     `json:"epoch"`
	At    time.Time `json:"at"`
}

// Conversation shows one. Its reading is recorded; by whoever does not hold it, as watching.
func (s *Service) Conversation(ctx context.Context, id string) (Conversation, error) {
	a, err := s.See(ctx, id, staff.ConversationRead)
	if err != nil {
		return Conversation{}, err
	}
	snap, err := s.Record.Snapshot(ctx, id)
	if err != nil {
		return Conversation{}, err
	}
	if err := s.Read(ctx, a, id, reading(snap.Conversation, a)); err != nil {
		return Conversation{}, err
	}
	if s.roster.now.Load() == nil {
		if _, err := s.people(ctx); err != nil {
			return Conversation{}, err
		}
	}
	out := Conversation{Verified: snap.Conversation.Identity.Verified}
	last, err := s.messages(ctx, id, &out)
	if err != nil {
		return Conversation{}, err
	}
	if out.Notes, err = s.notes(ctx, a, snap.Conversation); err != nil {
		return Conversation{}, err
	}
	typed, err := s.Record.Typed(ctx, id, a.Name)
	switch {
	case err == nil:
		out.Draft = &Draft{typed.Text, typed.Epoch, typed.At}
	case !errors.Is(err, store.ErrNotFound):
		return Conversation{}, err
	}
	if a.Session != "" && last.Seq > 0 {
		if err := s.Record.Seen(ctx, id, a.Name, last.Seq, s.now()); err != nil {
			return Conversation{}, err
		}
	}
	out.Item = s.item(itemOf(snap, last), a, s.Live.There(s.now()))
	out.SuggestionsStaleAfter = last.Seq
	out.Handoff = s.handoffDetail(snap.Conversation.Handoff)
	out.Brief = brief(snap)
	out.Can, out.WhyNot = s.can(snap, a)
	if zones := dialog.Zones(snap); len(zones) > 0 {
		out.Zone = zones[0]
	}
	return out, nil
}

// reading is what somebody's look at a conversation is called in the ledger.
func reading(c dialog.Conversation, a staff.Actor) string {
	if holder(c.Handoff) == a.Name {
		return "transcript"
	}
	return "monitor"
}

// itemOf is a conversation that was read by itself as a list has it.
func itemOf(snap dialog.Snapshot, last dialog.Message) store.Item {
	it := store.Item{Conversation: snap.Conversation, Last: last}
	if h := snap.Conversation.Handoff; h.Open() {
		it.Handoff = h
	}
	if n := len(snap.Accounts); n > 0 {
		it.Account = &snap.Accounts[0]
		if snap.Conversation.Account == "" {
			it.Others = n - 1
		}
	}
	for _, x := range snap.Approvals {
		if x.State == dialog.ApprovalPending {
			it.Approvals++
		}
	}
	return it
}

// messages reads all that was said, with what each turn thought, and gives the newest.
func (s *Service) messages(ctx context.Context, id string, out *Conversation) (last dialog.Message, err error) {
	turns, err := s.Record.Traces(ctx, id)
	if err != nil {
		return last, err
	}
	thought := thoughts(turns)
	out.Messages = []Message{}
	for after := int64(0); ; {
		page, err := s.Record.Messages(ctx, id, after, 500)
		if err != nil {
			return last, err
		}
		for _, m := range page {
			x := Message{Seq: m.Seq, ID: m.ID, Direction: m.Direction, From: m.From, Name: m.Name, Text: cmp.Or(m.Text, m.Happened()), At: m.At.UTC(), Status: string(m.Status),
				Reason: m.Reason, Choice: m.Choice, Choices: m.Choices, Media: m.Media, Turn: some(m.Turn), Checks: []string{}, Heard: some(m.Heard), Purpose: m.Purpose}
			if th, ok := thought[m.Turn]; ok && m.From == "bot" {
				x.Confidence, x.Checks = th.confidence, th.rules
			}
			out.Messages = append(out.Messages, x)
			after, last = m.Seq, m
		}
		if len(page) < 500 {
			return last, nil
		}
	}
}

// thought is what a turn thought of what it heard and said.
type thought struct {
	confidence *float64
	rules      []string
}

func thoughts(turns []dialog.TurnTrace) map[string]thought {
	all := map[string]thought{}
	for _, t := range turns {
		th := thought{rules: []string{}}
		for _, st := range t.Steps {
			out, _ := st.Output.(map[string]any)
			switch st.Name {
			case dialog.StepAssess:
				if c, ok := out["confidence"].(float64); ok {
					th.confidence = &c
				}
			case dialog.StepGuard:
				for _, rule := range ruleNames(out) {
					if !slices.Contains(th.rules, rule) {
						th.rules = append(th.rules, rule)
					}
				}
			}
		}
		all[t.ID] = th
	}
	return all
}

// ruleNames are the rules a step of the guard names.
func ruleNames(out map[string]any) []string {
	var names []string
	for _, key := range []string{"rewrites", "findings"} {
		list, _ := out[key].([]any)
		for _, x := range list {
			switch v := x.(type) {
			case string:
				names = append(names, v)
			case map[string]any:
				if rule, ok := v["rule"].(string); ok {
					names = append(names, rule)
				}
			}
		}
	}
	return names
}

func (s *Service) handoffDetail(h *dialog.Handoff) *HandoffDetail {
	if h == nil {
		return nil
	}
	out := &HandoffDetail{ID: h.ID, Since: h.Since.UTC(), Reasons: []ReasonDetail{}, Comments: []CommentOut{}, Declined: []DeclinedOut{}, Notices: []NoticeOut{},
		ClaimedAt: instant(h.ClaimedAt), RepliedAt: instant(h.RepliedAt), WrappedAt: instant(h.WrappedAt), ResolvedAt: instant(h.ResolvedAt),
		Disposition: h.Disposition, Skills: append([]string{}, h.Skills...)}
	for _, r := range h.Reasons {
		out.Reasons = append(out.Reasons, ReasonDetail{Code: r.Code, Text: ReasonText(r.Code), Words: r.Words, Detail: r.Detail, Confidence: r.Confidence,
			Features: r.Features, Steps: r.Steps, Offers: r.Offers, Turn: r.Turn, At: instant(r.At)})
	}
	for _, c := range h.Comments {
		out.Comments = append(out.Comments, CommentOut{c.By, s.display(c.By), c.Text, c.At.UTC()})
	}
	for _, d := range h.Declined {
		out.Declined = append(out.Declined, DeclinedOut{d.Agent, d.Why, d.At.UTC()})
	}
	for _, n := range h.Notices {
		out.Notices = append(out.Notices, NoticeOut{n.Code, n.Agent, n.At.UTC()})
	}
	return out
}

// brief says what happened so far, from facts alone.
func brief(snap dialog.Snapshot) string {
	c := snap.Conversation
	var say []string
	add := func(format string, args ...any) { say = append(say, fmt.Sprintf(format, args...)) }
	if h := c.Handoff; h.Open() && len(h.Reasons) > 0 {
		var texts []string
		for _, r := range h.Reasons {
			texts = append(texts, ReasonText(r.Code))
		}
		add("%s.", strings.Join(texts, "; "))
	}
	switch {
	case c.Identity.Verified && len(snap.Accounts) > 0:
		a := snap.Accounts[0]
		add("Identified as %s, %s account ending %s, owes %s.", briefName(a.Person.Name), a.Creditor.Current, a.Last4, a.Owed())
	case c.Identity.Attempts > 0:
		add("Not identified; %d tries failed.", c.Identity.Attempts)
	default:
		add("Not identified yet.")
	}
	if n := len(c.Offered); n > 0 {
		last := c.Offered[n-1]
		add("%d offers made, the last a %s of %s.", n, strings.ReplaceAll(string(last.Kind), "_", " "), last.Terms.Total)
	}
	if g := c.Agreement; g != nil {
		add("%s of %s is %s.", ReasonText(string(g.Kind)), g.Terms.Total, g.State)
	}
	if p := c.Promise; p != nil && p.Due.IsValid() {
		add("Promised %s for %s.", p.Amount, p.Due)
	} else if p != nil {
		add("Promised %s.", p.Amount)
	}
	if c.Hardship {
		add("Has told of hardship.")
	}
	for _, st := range c.Stretches {
		if st.Promised != "" {
			add("%s promised: %s", st.Agent, st.Promised)
		}
	}
	return strings.Join(say, " ")
}
