package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/compliance"
	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
	"parley/gateway/store/sqlstore"
)

// Blocked is a text that the guard did not let out.
type Blocked struct {
	At           time.Time `json:"at"`
	Conversation string    `json:"conversation"`
	Who          string    `json:"who" doc:"human:NAME, or bot"`
	Rules        []Finding `json:"rules"`
	Text         string    `json:"text"`
}

// BlockedList is a page of them, the newest first.
type BlockedList struct {
	Blocked []Blocked `json:"blocked"`
	Next    string    `json:"next,omitempty"`
}

const blockedPage = 50

// Blocked lists what people of the house and the bot wrote that was not let out. Reading it is recorded.
func (s *Service) Blocked(ctx context.Context, cursor string) (BlockedList, error) {
	out := BlockedList{Blocked: []Blocked{}}
	a, err := staff.Demand(ctx, staff.BlockedRead)
	if err != nil {
		return out, err
	}
	var people, bot int64
	if cursor != "" {
		if n, err := fmt.Sscanf(cursor, "%d.%d", &people, &bot); err != nil || n != 2 || people < 0 || bot < 0 {
			return out, sqlstore.ErrCursor
		}
	}
	if a.Session != "" {
		if err := s.recordRead(ctx, a, staff.Read{What: "blocked texts"}); err != nil {
			return out, err
		}
	}
	theirs, err := s.Record.Blocked(ctx, Scope(a), people, blockedPage+1)
	if err != nil {
		return out, err
	}
	refusals, bots, err := s.refusals(ctx, a, bot)
	if err != nil {
		return out, err
	}
	for len(out.Blocked) < blockedPage && (len(theirs) > 0 || len(bots) > 0) {
		if len(bots) == 0 || len(theirs) > 0 && !theirs[0].At.Before(bots[0].At) {
			out.Blocked = append(out.Blocked, blockedView(theirs[0]))
			people, theirs = theirs[0].N, theirs[1:]
			continue
		}
		out.Blocked = append(out.Blocked, bots[0])
		bot, bots, refusals = refusals[0], bots[1:], refusals[1:]
	}
	if len(theirs) > 0 || len(bots) > 0 {
		out.Next = fmt.Sprintf("%d.%d", people, bot)
	}
	return out, nil
}

func blockedView(b store.Blocked) Blocked {
	var found []compliance.Finding
	_ = json.Unmarshal(b.Findings, &found) // what can't be read is shown without its rules
	return Blocked{At: b.At.UTC(), Conversation: b.Conversation, Who: b.Who, Rules: Findings(b.Text, found), Text: b.Text}
}

// refusals are the bot's texts that were held back before an entry, with the entries' places. The words stand in the traces.
func (s *Service) refusals(ctx context.Context, a staff.Actor, before int64) (places []int64, out []Blocked, err error) {
	traces := map[string][]dialog.TurnTrace{}
	for len(out) <= blockedPage {
		entries, err := s.Record.Refusals(ctx, before, 2*blockedPage)
		if err != nil || len(entries) == 0 {
			return places, out, err
		}
		before = entries[len(entries)-1].N
		entries = slices.DeleteFunc(entries, func(e dialog.LedgerEntry) bool { return e.Who != "bot" || e.Turn == "" })
		entries, err = keepCovered(ctx, s, a, entries, func(e dialog.LedgerEntry) string { return e.Conversation })
		if err != nil {
			return places, out, err
		}
		for _, e := range entries {
			turns, read := traces[e.Conversation]
			if !read {
				if turns, err = s.Record.Traces(ctx, e.Conversation); err != nil {
					return places, out, err
				}
				traces[e.Conversation] = turns
			}
			out, places = append(out, refusal(e, turns)), append(places, e.N)
		}
	}
	return places, out, nil
}

// refusal is what a turn's guard said against a text of the bot's.
func refusal(e dialog.LedgerEntry, turns []dialog.TurnTrace) Blocked {
	b := Blocked{At: e.At.UTC(), Conversation: e.Conversation, Who: e.Who, Rules: []Finding{}}
	for _, t := range turns {
		if t.ID != e.Turn {
			continue
		}
		for _, st := range t.Steps {
			if st.Name != dialog.StepGuard || st.Outcome != dialog.StepBlocked {
				continue
			}
			in, _ := st.Input.(map[string]any)
			b.Text, _ = in["draft"].(string)
			raw, err := json.Marshal(st.Output)
			var out struct {
				Findings []compliance.Finding `json:"findings"`
			}
			if err == nil && json.Unmarshal(raw, &out) == nil {
				b.Rules = Findings(b.Text, out.Findings)
			}
		}
	}
	return b
}
