package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/gateway/store"
)

type purgeCmd struct {
	databaseFlag
	Before   string `help:"Only conversations in which nothing was said since this day. Defaults to three years ago; a later day shows what is still kept, and why." placeholder:"DATE"`
	Demanded string `help:"Only this conversation, whose deletion the person has demanded. The demand is recorded, and what came of it." placeholder:"CONVERSATION"`
	By       string `help:"Who purges; recorded." default:"operator" placeholder:"NAME"`
	DryRun   bool   `help:"Say what would be deleted, and delete nothing."`

	now func() time.Time
}

// Run purges what need not be kept, and names what must be, with the reason.
func (c purgeCmd) Run(w *world) error {
	if c.now == nil {
		c.now = time.Now
	}
	now := c.now().UTC()
	before := now.AddDate(-store.RetentionYears, 0, 0)
	if c.Before != "" {
		day, err := time.Parse(time.DateOnly, c.Before)
		if err != nil {
			return unusable{fmt.Errorf("--before must be a date such as 2026-11-23")}
		}
		before = day
	}
	ctx := context.Background()
	record, err := openExisting(ctx, c.Database)
	if err != nil {
		return err
	}
	defer record.Close()
	p := purger{w: w, record: record, now: now, request: store.PurgeRequest{
		Who: "human:" + c.By, DryRun: c.DryRun, Demanded: c.Demanded != "",
		Holds: func(r store.Retained) []store.Hold { return store.Holds(r, now) },
	}}
	if c.Demanded != "" {
		if err := p.one(ctx, c.Demanded); err != nil {
			if errors.Is(err, store.ErrNotFound) {
				return unusable{fmt.Errorf("there is no conversation %q in this record", c.Demanded)}
			}
			return err
		}
		return p.done()
	}
	if err := p.all(ctx, before); err != nil {
		return err
	}
	return p.done()
}

type purger struct {
	w            *world
	record       store.Store
	now          time.Time
	request      store.PurgeRequest
	purged, kept int
}

// purgePage bounds the ids in hand.
const purgePage = 200

func (p *purger) all(ctx context.Context, before time.Time) error {
	for cursor := ""; ; {
		ids, err := p.record.Stale(ctx, before, cursor, purgePage)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := p.one(ctx, id); err != nil && !errors.Is(err, store.ErrNotFound) { // gone meanwhile: as wished
				return err
			}
			cursor = id
		}
		if len(ids) < purgePage {
			return nil
		}
	}
}

func (p *purger) one(ctx context.Context, id string) error {
	r, err := p.record.Purge(ctx, id, p.now, p.request)
	if err != nil {
		return err
	}
	if len(r.Holds) > 0 {
		p.kept++
		_, err = fmt.Fprintf(p.w.out, "kept    %s: %s\n", id, because(r.Holds))
		return err
	}
	p.purged++
	verb := "purged "
	if p.request.DryRun {
		verb = "would  "
	}
	_, err = fmt.Fprintf(p.w.out, "%s %s: %d messages, %d turns, the details of %d ledger entries; last activity %s\n",
		verb, id, r.Messages, r.Traces, r.Bodies, r.LastActivity.Format(time.DateOnly))
	return err
}

func (p *purger) done() error {
	what := "purged"
	if p.request.DryRun {
		what = "would be purged"
	}
	_, err := fmt.Fprintf(p.w.out, "%d %s, %d kept\n", p.purged, what, p.kept)
	return err
}

// reasons are the holds in words.
var reasons = map[string]string{
	"retention":      "the three years after the last collection activity are not over",
	"open_handoff":   "a hand-off is open",
	"human_control":  "a person has the conversation",
	"open_approval":  "a request for approval is open",
	"work_waiting":   "something waits to be done",
	"open_agreement": "an agreement is open",
	"open_promise":   "a promise is open",
}

func because(holds []store.Hold) string {
	var all []string
	for _, h := range holds {
		why := reasons[h.Code]
		if flag, ok := strings.CutPrefix(h.Code, "flag:"); ok {
			why = "the flag " + flag + " is set"
		}
		if why == "" {
			why = h.Code
		}
		if h.Account != "" {
			why += " on " + h.Account
		}
		if h.Rule != "" {
			why += " (" + h.Rule + ")"
		}
		if !h.Until.IsZero() {
			why += ", until " + h.Until.Format(time.DateOnly)
		}
		all = append(all, why)
	}
	return strings.Join(all, "; ")
}
