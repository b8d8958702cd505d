package api_test

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"testing"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// talks has a person write, and the ledger say what came of it.
func (o *office) talks(id, account string, events ...dialog.Event) {
	o.Helper()
	now := o.now()
	_, err := o.record.Accept(o.Context(), store.Arrival{
		In:  channels.Inbound{Channel: "sms", ProviderID: "SM-" + id, From: "+1512557" + id, To: "+18005550199", Text: "hello", ReceivedAt: now},
		New: dialog.Conversation{ID: "cv-" + id, Language: "en"}, MessageID: "m-" + id, Input: dialog.Input{At: now},
		Events: []dialog.Event{{Type: "message.received", At: now, Who: "person"}},
	})
	if err != nil {
		o.Fatal(err)
	}
	o.change("cv-"+id, func(c *dialog.Conversation, e *dialog.Effects) {
		c.Account = account
		for i, x := range events {
			x.At = now.Add(time.Duration(i+1) * time.Minute)
			e.Events = append(e.Events, x)
		}
	})
}

func used(capability string, offer string) dialog.Event {
	return dialog.Event{Type: dialog.EventUsed, Who: "bot", Body: dialog.Use{Capability: capability, Portfolio: "p", Offer: offer}}
}

func TestTheReportIsMadeOfTheRows(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account("acct-1", "p", "+15125550123")
	o.account("acct-2", "other", "+15125550124")
	lead := func(reason string) dialog.Event {
		return dialog.Event{Type: "handoff.requested", Who: "service", Body: map[string]any{"reason": reason}}
	}
	o.talks("0001", "acct-1", used("promise", "o")) // before the window
	o.later(40 * 24 * time.Hour)
	for i := range 6 {
		o.talks("1"+fmt.Sprintf("%03d", i), "acct-1", used("promise", "o"), dialog.Event{Type: "promise.made", Body: map[string]any{"offer": "o"}})
	}
	o.talks("2000", "acct-1", used("promise", ""), lead("low_confidence"))
	o.talks("2001", "acct-1", lead("low_confidence"))
	o.talks("2002", "acct-1", lead("request_human"), dialog.Event{Type: "control.changed", Body: map[string]any{"handoff": "h", "to": "closed"}})
	o.talks("3000", "acct-2", lead("turn_failed"))
	o.talks("4000", "acct-1", dialog.Event{Type: "approval.rejected", Body: map[string]any{"offer": "x"}}, dialog.Event{Type: "approval.consumed", Body: map[string]any{"offer": "y"}})
	if err := o.record.Suggest(t.Context(), "cv-2001", []store.Suggestion{{ID: "a", Text: "x", MadeAt: o.now()}, {ID: "b", Text: "y", MadeAt: o.now()}}, o.now()); err != nil {
		t.Fatal(err)
	}
	for id, fate := range map[string]store.Fate{"a": store.FateEdited, "b": store.FateSent} {
		if err := o.record.Decided(t.Context(), store.Suggestion{ID: id, Fate: fate, FateAt: o.now()}); err != nil {
			t.Fatal(err)
		}
	}
	o.later(time.Hour)
	r := o.must(as(staff.Supervisor, "sue2", "p"), http.StatusOK, http.MethodGet, "reports/reliability", "")
	success := r["success"].(map[string]any)
	// 10 conversations: six promises, one with a request that was refused, one that asked for a person: 8 well; two not understood.
	if r["conversations"] != 10.0 || success["n"] != 10.0 || success["rate"] != 0.8 {
		t.Errorf("%v conversations, success %v", r["conversations"], success)
	}
	// Wilson's interval of 8 in 10, as the textbooks have it.
	if lower, upper := success["lower"].(float64), success["upper"].(float64); math.Abs(lower-0.4902) > 0.0005 || math.Abs(upper-0.9433) > 0.0005 {
		t.Errorf("the interval is %v to %v", lower, upper)
	}
	byCapability := r["by_capability"].([]any)
	if c := byCapability[0].(map[string]any); len(byCapability) != 1 || c["capability"] != "promise" || c["n"] != 7.0 || math.Abs(c["rate"].(float64)-6.0/7) > 1e-9 {
		t.Errorf("by capability: %v", byCapability)
	}
	if failures := r["failures"].([]any); len(failures) != 1 || failures[0].(map[string]any)["mode"] != "low_confidence" || failures[0].(map[string]any)["count"] != 2.0 {
		t.Errorf("failures: %v", failures)
	}
	if h := r["handoffs"].(map[string]any); h["rate"] != 0.3 || fmt.Sprint(h["by_reason"]) != "map[low_confidence:2 request_human:1]" {
		t.Errorf("hand-offs: %v", h)
	}
	if q := r["time_to_resolution"].(map[string]any); q["n"] != 7.0 || q["p50_s"] != 120.0 || q["p90_s"] != 120.0 {
		t.Errorf("time to resolution: %v", q)
	}
	if r["override_rate"] != 0.5 || r["draft_edit_rate"] != 0.5 {
		t.Errorf("overrides %v, edits %v", r["override_rate"], r["draft_edit_rate"])
	}
	t.Run("what still goes on is no success yet", func(t *testing.T) {
		o.talks("5000", "acct-1")
		r := o.must(as(staff.Supervisor, "sue2", "p"), http.StatusOK, http.MethodGet, "reports/reliability?days=31", "")
		if r["conversations"] != 11.0 || r["success"].(map[string]any)["n"] != 10.0 {
			t.Errorf("%v conversations, success %v", r["conversations"], r["success"])
		}
	})
	if all := o.must(staff.Actor{Name: "root"}, http.StatusOK, http.MethodGet, "reports/reliability?days=60", ""); all["conversations"] != 13.0 {
		t.Errorf("over all portfolios and a longer window: %v", all["conversations"])
	}
}

func BenchmarkItemsOfAThousandConversations(b *testing.B) {
	o := newOffice(b)
	for i := range 1000 {
		n := strconv.Itoa(i)
		address := fmt.Sprintf("+1512556%04d", i)
		o.account("acct-"+n, []string{"p", "other"}[i%2], address)
		o.waits(n, "acct-"+n, address)
	}
	for name, path := range map[string]string{"first page": "desk/items?view=team&sort=deadline", "two hundred": "desk/items?view=team&limit=200", "search": "desk/items?view=all&q=torres"} {
		for scope, a := range map[string]staff.Actor{"all": as(staff.Supervisor, "sue2"), "one portfolio": as(staff.Agent, "dana", "p")} {
			b.Run(name+" of "+scope, func(b *testing.B) {
				for b.Loop() {
					if w := o.ask(&a, http.MethodGet, path, ""); w.Code != http.StatusOK {
						b.Fatal(w.Body)
					}
				}
			})
		}
	}
}
