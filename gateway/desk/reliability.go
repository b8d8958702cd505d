package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// Reliability says how conversations went over a window of time, from the record's own rows.
type Reliability struct {
	Window           Window           `json:"window"`
	Conversations    int              `json:"conversations" doc:"in which the person wrote in the window"`
	Success          Rate             `json:"success" doc:"of those that have come to rest, the share in which nothing spoke against the bot, with a Wilson 95% interval"`
	ByCapability     []CapabilityRate `json:"by_capability"`
	Failures         []FailureMode    `json:"failures"`
	TimeToResolution Quantiles        `json:"time_to_resolution" doc:"from the first message of the window to an agreement, a promise or the end of a hand-off"`
	Handoffs         HandoffRate      `json:"handoffs"`
	OverrideRate     *float64         `json:"override_rate" doc:"of the bot's requests that were decided, the share a human refused or changed; null where there was none"`
	DraftEditRate    *float64         `json:"draft_edit_rate" doc:"of suggestions that were sent, the share that was changed first; null where there was none"`
}

// Window is the time looked at.
type Window struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Rate is a share with its 95% Wilson score interval.
type Rate struct {
	Rate  float64 `json:"rate"`
	Lower float64 `json:"lower"`
	Upper float64 `json:"upper"`
	N     int     `json:"n"`
}

// CapabilityRate is the share of a capability's uses that ended well.
type CapabilityRate struct {
	Capability string `json:"capability"`
	Portfolio  string `json:"portfolio"`
	Level      string `json:"level" doc:"how much it may do alone now"`
	Rate
}

// FailureMode is something that spoke against the bot.
type FailureMode struct {
	Mode    string `json:"mode"`
	Count   int    `json:"count"`
	Example string `json:"example" doc:"a conversation"`
}

// Quantiles are in seconds; null where nothing was resolved.
type Quantiles struct {
	P50 *float64 `json:"p50_s"`
	P90 *float64 `json:"p90_s"`
	N   int      `json:"n"`
}

// HandoffRate is how often a human was called.
type HandoffRate struct {
	Rate     float64        `json:"rate"`
	ByReason map[string]int `json:"by_reason"`
}

// Bounds of a report.
const (
	// ReliabilityDays is the window where none is asked for.
	ReliabilityDays = 30
	reportPage      = 2000
	// restsAfter is how long nothing must have happened for a conversation to have come to rest.
	restsAfter = 30 * time.Minute
	// reportKeeps is how long a report is taken to be new.
	reportKeeps = time.Minute
)

// whole is the capability that stands for the conversation as such.
const whole = "\x00conversation"

// reports keeps the last ones: each reads the ledger of its window.
type reports struct {
	mu   sync.Mutex
	made map[string]report
}

type report struct {
	at time.Time
	r  Reliability
}

// Reliability makes the report over some days until now; at most a minute old.
func (s *Service) Reliability(ctx context.Context, days int) (Reliability, error) {
	a, err := staff.Demand(ctx, staff.ReportsRead)
	if err != nil {
		return Reliability{}, err
	}
	if days <= 0 {
		days = ReliabilityDays
	}
	key, now := strings.Join(append(slices.Sorted(slices.Values(a.Portfolios)), time.Duration(days).String()), "\x00"), s.now()
	s.reports.mu.Lock()
	defer s.reports.mu.Unlock() // two who ask at once wait for one report
	if kept, ok := s.reports.made[key]; ok && now.Sub(kept.at) < reportKeeps && !now.Before(kept.at) {
		return kept.r, nil
	}
	r, err := s.reliability(ctx, a, now.AddDate(0, 0, -days), now)
	if err != nil {
		return r, err
	}
	if s.reports.made == nil || len(s.reports.made) > 64 {
		s.reports.made = map[string]report{}
	}
	s.reports.made[key] = report{now, r}
	return r, nil
}

func (s *Service) reliability(ctx context.Context, a staff.Actor, from, to time.Time) (Reliability, error) {
	out := Reliability{Window: Window{from, to}, ByCapability: []CapabilityRate{}, Failures: []FailureMode{}, Handoffs: HandoffRate{ByReason: map[string]int{}}}
	talks, err := s.talks(ctx, a, from)
	if err != nil {
		return out, err
	}
	t := tally{capabilities: map[[2]string]dialog.Tally{}, failures: map[string]FailureMode{}, reasons: out.Handoffs.ByReason}
	for _, id := range slices.Sorted(maps.Keys(talks)) {
		t.add(id, talks[id], to)
	}
	out.Conversations, out.Success = t.conversations, rate(t.all)
	if t.conversations > 0 {
		out.Handoffs.Rate = float64(t.handedOff) / float64(t.conversations)
	}
	for key, tally := range t.capabilities {
		out.ByCapability = append(out.ByCapability, CapabilityRate{Portfolio: key[0], Capability: key[1], Level: string(s.Engine.Level(key[0], key[1])), Rate: rate(tally)})
	}
	slices.SortFunc(out.ByCapability, func(x, y CapabilityRate) int {
		return cmp.Or(strings.Compare(x.Capability, y.Capability), strings.Compare(x.Portfolio, y.Portfolio))
	})
	for _, f := range t.failures {
		out.Failures = append(out.Failures, f)
	}
	slices.SortFunc(out.Failures, func(x, y FailureMode) int { return cmp.Or(y.Count-x.Count, strings.Compare(x.Mode, y.Mode)) })
	out.TimeToResolution = quantiles(t.resolved)
	out.OverrideRate = share(t.overridden, t.decided)
	fates, err := s.Record.Decisions(ctx, from, Scope(a))
	out.DraftEditRate = share(fates[store.FateEdited], fates[store.FateEdited]+fates[store.FateSent])
	return out, err
}

// counted are the entries a report is made of; the ledger has many more.
var counted = []string{dialog.EventUsed, "message.received", "handoff.requested", "promise.made", "control.changed"}

// talks are the entries of the window that count, by conversation, for those an actor may see.
func (s *Service) talks(ctx context.Context, a staff.Actor, from time.Time) (map[string][]dialog.LedgerEntry, error) {
	after, err := s.Record.EntryBefore(ctx, from)
	if err != nil {
		return nil, err
	}
	all := map[string][]dialog.LedgerEntry{}
	for {
		page, err := s.Record.Events(ctx, after, reportPage)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			after = e.N
			if e.Conversation != "" && (slices.Contains(counted, e.Type) || strings.HasPrefix(e.Type, "approval.") || strings.HasPrefix(e.Type, "agreement.")) {
				all[e.Conversation] = append(all[e.Conversation], e)
			}
		}
		if len(page) < reportPage {
			break
		}
	}
	sees, err := s.covered(ctx, a, slices.Collect(maps.Keys(all)))
	if err != nil {
		return nil, err
	}
	for id := range all {
		if !sees(id) {
			delete(all, id)
		}
	}
	return all, nil
}

// tally adds conversations up.
type tally struct {
	conversations, handedOff int
	all                      dialog.Tally
	capabilities             map[[2]string]dialog.Tally
	failures                 map[string]FailureMode
	reasons                  map[string]int
	resolved                 []float64
	decided, overridden      int
}

func (t *tally) add(id string, entries []dialog.LedgerEntry, now time.Time) {
	var first time.Time
	resolved, handed := time.Time{}, false
	for _, e := range entries {
		if e.Type == "message.received" && first.IsZero() {
			first = e.At
		}
		var b struct {
			Reason  string `json:"reason"`
			From    string `json:"from"`
			To      string `json:"to"`
			Handoff string `json:"handoff"`
		}
		_ = json.Unmarshal(e.Body, &b) // one that was purged counts as the event it is
		switch {
		case e.Type == "handoff.requested":
			handed = true
			t.reasons[cmp.Or(b.Reason, "unknown")]++
		case e.Type == "approval."+string(dialog.ApprovalRejected), e.Type == "approval."+string(dialog.ApprovalSuperseded):
			t.decided++
			t.overridden++
		case e.Type == "approval."+string(dialog.ApprovalConsumed):
			t.decided++
		}
		ended := e.Type == "control.changed" && b.Handoff != "" && (b.To == string(dialog.ControlClosed) || b.To == string(dialog.ControlBot))
		if resolved.IsZero() && (ended || e.Type == "promise.made" || e.Type == "agreement."+string(dialog.AgreementAccepted)) {
			resolved = e.At
		}
	}
	if first.IsZero() {
		return // the person did not write in the window
	}
	t.conversations++
	if handed {
		t.handedOff++
	}
	if resolved.After(first) {
		t.resolved = append(t.resolved, resolved.Sub(first).Seconds())
	}
	t.judge(id, entries, now)
}

// judge asks what a conversation shows of the capabilities used in it, and of the bot as such: as a use of everything.
func (t *tally) judge(id string, entries []dialog.LedgerEntry, now time.Time) {
	body, err := json.Marshal(dialog.Use{Capability: whole})
	if err != nil {
		return // it holds only strings
	}
	all := append([]dialog.LedgerEntry{{Type: dialog.EventUsed, Body: body}}, entries...)
	rests := now.Sub(entries[len(entries)-1].At) >= restsAfter
	for _, o := range dialog.Outcomes(all) {
		if o.Capability != whole {
			x := t.capabilities[[2]string{o.Portfolio, o.Capability}]
			x.Add(o.Result)
			t.capabilities[[2]string{o.Portfolio, o.Capability}] = x
			if o.Result == dialog.ResultBadly {
				t.fail(o.Why, id)
			}
			continue
		}
		if o.Result == dialog.ResultBadly {
			t.fail(o.Why, id)
		}
		if rests || o.Result == dialog.ResultBadly {
			t.all.Add(o.Result)
		}
	}
}

// fail counts a mode of failure once a conversation.
func (t *tally) fail(why, id string) {
	f, known := t.failures[why]
	if known && f.Example == id {
		return
	}
	t.failures[why] = FailureMode{Mode: why, Count: f.Count + 1, Example: id}
}

func rate(t dialog.Tally) Rate {
	if t.Of == 0 {
		return Rate{Upper: 1}
	}
	return Rate{Rate: float64(t.Well) / float64(t.Of), Lower: t.Bound(), Upper: 1 - dialog.Wilson(t.Of-t.Well, t.Of), N: t.Of}
}

func share(part, of int) *float64 {
	if of == 0 {
		return nil
	}
	x := float64(part) / float64(of)
	return &x
}

// quantiles are nearest-rank.
func quantiles(all []float64) Quantiles {
	q := Quantiles{N: len(all)}
	if len(all) == 0 {
		return q
	}
	slices.Sort(all)
	at := func(p int) *float64 {
		i := (p*len(all)+99)/100 - 1
		return &all[max(0, i)]
	}
	q.P50, q.P90 = at(50), at(90)
	return q
}
