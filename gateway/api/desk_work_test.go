package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestOfTwoWhoClaimOneWinsAndTheOtherLearnsWho(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	dana, luis := o.member(staff.Agent, "dana"), o.member(staff.Agent, "luis")
	const handoffs = 1000
	for i := range handoffs {
		o.waits(fmt.Sprint(i), "", fmt.Sprintf("+1512556%04d", i))
	}
	type answer struct {
		code int
		body string
	}
	won := map[string]int{}
	for i := range handoffs {
		var all sync.WaitGroup
		got := map[string]*answer{}
		for _, a := range []staff.Actor{dana, luis} {
			x := &answer{}
			got[a.Name] = x
			all.Go(func() {
				w := o.ask(&a, http.MethodPost, fmt.Sprintf("handoffs/h-%d/claim", i), "")
				x.code, x.body = w.Code, w.Body.String()
			})
		}
		all.Wait()
		winner, loser := "dana", "luis"
		if got["luis"].code == http.StatusOK {
			winner, loser = loser, winner
		}
		won[winner]++
		if got[winner].code != http.StatusOK || !strings.Contains(got[winner].body, `"holder":"`+winner+`"`) ||
			got[loser].code != http.StatusConflict || !strings.Contains(got[loser].body, `"holder":"`+winner+`"`) ||
			!strings.Contains(got[loser].body, `"code":"control_changed"`) || !strings.Contains(got[loser].body, `"epoch":2`) {
			t.Fatalf("%d: dana %+v, luis %+v", i, *got["dana"], *got["luis"])
		}
	}
	if won["dana"]+won["luis"] != handoffs {
		t.Errorf("%v", won)
	}
}

func TestAReplyOfAPersonPassesGuardGateAndEpoch(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana, luis := o.member(staff.Agent, "dana", "p"), o.member(staff.Agent, "luis", "p")
	const messages = "conversations/cv-1/messages"
	if out := o.must(dana, http.StatusConflict, http.MethodPost, messages, aText); out["code"] != "control_changed" {
		t.Errorf("before the claim: %v", out)
	}
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	t.Run("another is told who has it", func(t *testing.T) {
		if out := o.must(luis, http.StatusConflict, http.MethodPost, messages, aText); out["holder"] != "dana" || out["epoch"] != 2.0 {
			t.Errorf("got %v", out)
		}
	})
	t.Run("an epoch from before is refused", func(t *testing.T) {
		if out := o.must(dana, http.StatusConflict, http.MethodPost, messages, `{"text":"Hello, I am Dana.","epoch":1}`); out["code"] != "control_changed" || out["epoch"] != 2.0 {
			t.Errorf("got %v", out)
		}
	})
	t.Run("a threat is blocked, and kept for compliance", func(t *testing.T) {
		text := `Pay now or you will be arrested.`
		out := o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, messages, `{"text":"`+text+`"}`)
		first := out["findings"].([]any)[0].(map[string]any)
		if out["code"] != "blocked" || first["words"] != "arrested" || first["severity"] != "block" || first["start"] != 23.0 || first["citation"] == "" || first["why"] == "" {
			t.Errorf("got %v", out)
		}
		list := o.must(o.member(staff.Compliance, "cora"), http.StatusOK, http.MethodGet, "desk/blocked", "")["blocked"].([]any)
		newest := list[0].(map[string]any)
		if len(list) != 3 || newest["who"] != "human:dana" || newest["text"] != text || list[2].(map[string]any)["who"] == list[1].(map[string]any)["who"] {
			t.Errorf("got %v", list)
		}
	})
	t.Run("ten thousand characters are too many", func(t *testing.T) {
		out := o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, messages, `{"text":"`+strings.Repeat("a", 10_000)+`"}`)
		if !strings.Contains(fmt.Sprint(out["errors"]), "body.text") {
			t.Errorf("got %v", out)
		}
	})
	t.Run("a script is text", func(t *testing.T) {
		note := o.must(dana, http.StatusCreated, http.MethodPost, "desk/conversations/cv-1/notes", `{"text":"<script>alert(1)</script>"}`)
		if note["text"] != "<script>alert(1)</script>" {
			t.Errorf("got %v", note)
		}
	})
	t.Run("a card number is not kept, wherever it is written", func(t *testing.T) {
		note := o.must(dana, http.StatusCreated, http.MethodPost, "desk/conversations/cv-1/notes", `{"text":"card 4111 1111 1111 1111 please"}`)
		if strings.Contains(fmt.Sprint(note["text"]), "4111") {
			t.Errorf("got %v", note)
		}
	})
	t.Run("what she may say goes out, and her draft is forgotten", func(t *testing.T) {
		o.must(dana, http.StatusNoContent, http.MethodPut, "desk/conversations/cv-1/draft", aText)
		if c := o.must(dana, http.StatusOK, http.MethodGet, "desk/conversations/cv-1", ""); c["draft"] == nil {
			t.Error("her draft is not there")
		}
		if c := o.must(luis, http.StatusOK, http.MethodGet, "desk/conversations/cv-1", ""); c["draft"] != nil {
			t.Error("another sees her draft")
		}
		o.must(dana, http.StatusAccepted, http.MethodPost, messages, `{"text":"Hello, I am Dana. How can I help?","epoch":2,"draft_of":"sg-1"}`)
		if c := o.must(dana, http.StatusOK, http.MethodGet, "desk/conversations/cv-1", ""); c["draft"] != nil {
			t.Errorf("her draft is still there: %v", c["draft"])
		}
		x, err := o.record.Suggestion(t.Context(), "sg-1")
		if err != nil || x.Fate != store.FateEdited || x.Who != "dana" || x.Distance < 20 {
			t.Errorf("the suggestion: %+v %v", x, err)
		}
	})
	t.Run("the gate says until when", func(t *testing.T) {
		o.later(11 * time.Hour) // 9 in the evening in Texas
		out := o.must(dana, http.StatusConflict, http.MethodPost, messages, `{"text":"Hello again. Would tomorrow suit you?"}`)
		if out["code"] != "contact_refused" || out["until"] == nil || out["findings"] == nil {
			t.Errorf("got %v", out)
		}
		if c := o.must(dana, http.StatusOK, http.MethodPost, "desk/conversations/cv-1/check", `{"text":"Hello."}`); c["allowed"] != false || c["until"] == nil {
			t.Errorf("got %v", c)
		}
	})
}

func TestATransferIsForSomebodyWhoIsThere(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana, luis, sue := o.member(staff.Agent, "dana", "p"), o.member(staff.Agent, "luis", "p"), o.member(staff.Supervisor, "sue2")
	o.member(staff.Agent, "otto", "other")
	o.member(staff.Auditor, "ann")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	give := func(to string) string { return `{"to":"` + to + `","comment":"speaks Spanish"}` }
	for _, c := range []struct{ to, says string }{
		{"nobody", "nobody of that name"}, {"luis", "offline"}, {"otto", "portfolio"}, {"ann", "may not reply"}, {"bob", "offline"},
	} {
		out := o.must(dana, http.StatusConflict, http.MethodPost, "handoffs/h-1/transfer", give(c.to))
		if out["code"] != "not_permitted" || !strings.Contains(out["detail"].(string), c.says) {
			t.Errorf("to %s: %v, want %q", c.to, out, c.says)
		}
	}
	o.must(luis, http.StatusOK, http.MethodPut, "me/status", `{"status":"busy"}`)
	if out := o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, "handoffs/h-1/transfer", `{"to":"luis"}`); !strings.Contains(fmt.Sprint(out), "body.comment") {
		t.Errorf("without a comment: %v", out)
	}
	out := o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/transfer", give("luis"))
	if out["holder"] != "dana" || out["offered_to"] != "luis" {
		t.Fatalf("got %v", out)
	}
	t.Run("its holder still speaks, and the other sees it offered", func(t *testing.T) {
		o.must(dana, http.StatusAccepted, http.MethodPost, "conversations/cv-1/messages", `{"text":"Hello, I am Dana. A colleague will go on."}`)
		items := o.must(luis, http.StatusOK, http.MethodGet, "desk/items?view=offered", "")["items"].([]any)
		if len(items) != 1 || items[0].(map[string]any)["transfer_to"] != "luis" {
			t.Errorf("got %v", items)
		}
	})
	t.Run("taken back and given again, it is the other's once they accept", func(t *testing.T) {
		o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/transfer/cancel", "")
		o.must(luis, http.StatusConflict, http.MethodPost, "handoffs/h-1/accept", "")
		o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/transfer", give("luis"))
		if out := o.must(luis, http.StatusOK, http.MethodPost, "handoffs/h-1/accept", ""); out["holder"] != "luis" {
			t.Errorf("got %v", out)
		}
		o.must(dana, http.StatusConflict, http.MethodPost, "handoffs/h-1/release", "")
	})
	t.Run("to nobody it goes into the queue, with the comment", func(t *testing.T) {
		out := o.must(luis, http.StatusOK, http.MethodPost, "handoffs/h-1/transfer", `{"to":"","comment":"needs a Spanish speaker"}`)
		c := o.must(luis, http.StatusOK, http.MethodGet, "desk/conversations/cv-1", "")
		if out["holder"] != nil || !strings.Contains(fmt.Sprint(c["handoff"]), "needs a Spanish speaker") {
			t.Errorf("got %v", out)
		}
	})
	t.Run("a supervisor takes it with a reason", func(t *testing.T) {
		if out := o.must(sue, http.StatusUnprocessableEntity, http.MethodPost, "desk/conversations/cv-1/takeover", `{}`); !strings.Contains(fmt.Sprint(out), "body.why") {
			t.Errorf("got %v", out)
		}
		out := o.must(sue, http.StatusOK, http.MethodPost, "desk/conversations/cv-1/takeover", `{"why":"complaint"}`)
		if item := out["item"].(map[string]any); item["holder"] != "sue2" {
			t.Errorf("got %v", item)
		}
	})
	t.Run("after a dispute it is closed, not given to the bot", func(t *testing.T) {
		o.must(sue, http.StatusConflict, http.MethodPost, "handoffs/h-1/resolve", `{"disposition":"disputed","to":"bot","note":"says it is not theirs"}`)
		o.must(sue, http.StatusOK, http.MethodPost, "handoffs/h-1/resolve", `{"disposition":"disputed","note":"says it is not theirs"}`)
		acc, err := o.record.Account(t.Context(), "acct-1")
		if err != nil || !acc.Has(dialog.FlagDisputed) {
			t.Errorf("%+v %v", acc.Flags, err)
		}
	})
}

func TestWhoeverActsByAKeyIsKnownByItsName(t *testing.T) {
	t.Parallel()
	o := settled(t)
	key := func(name string, role staff.Role) staff.Actor { return staff.Actor{Name: name, Role: role} }
	ada, bob := key("ada", staff.Agent), key("bob", staff.Agent)
	o.must(ada, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	if out := o.must(ada, http.StatusConflict, http.MethodPost, "handoffs/h-1/transfer", `{"to":"bob"}`); !strings.Contains(out["detail"].(string), "offline") {
		t.Errorf("got %v", out)
	}
	o.must(bob, http.StatusConflict, http.MethodPost, "handoffs/h-1/claim", "") // he has done something
	if out := o.must(ada, http.StatusOK, http.MethodPost, "handoffs/h-1/transfer", `{"to":"bob"}`); out["offered_to"] != "bob" {
		t.Errorf("got %v", out)
	}
	if out := o.must(bob, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", ""); out["holder"] != "bob" {
		t.Errorf("got %v", out)
	}
	o.later(31 * time.Minute)
	o.must(bob, http.StatusOK, http.MethodGet, "me", "")
	if out := o.must(bob, http.StatusConflict, http.MethodPost, "handoffs/h-1/transfer", `{"to":"ada"}`); !strings.Contains(out["detail"].(string), "offline") {
		t.Errorf("after half an hour: %v", out)
	}
	o.must(bob, http.StatusOK, http.MethodPost, "handoffs/h-1/resolve", `{"disposition":"no_resolution"}`)
}

func TestTheRouterOffersAndTakesBack(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana, luis := o.member(staff.Agent, "dana", "p"), o.member(staff.Agent, "luis", "p")
	handoff := func() dialog.Handoff {
		h, err := o.record.Handoff(t.Context(), "h-1")
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	sweep := func() {
		if err := o.desk.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	alive := func(a staff.Actor) { o.desk.NoteAlive(t.Context(), a) }
	since := handoff().Since
	alive(dana)
	sweep()
	if r := handoff().Reserved; r != nil {
		t.Fatalf("offered to %s, who is not available", r.To)
	}
	o.must(dana, http.StatusOK, http.MethodPut, "me/status", `{"status":"available"}`)
	sweep()
	if r := handoff().Reserved; r == nil || r.To != "dana" {
		t.Fatalf("offered to %+v", r)
	}
	o.must(luis, http.StatusConflict, http.MethodPost, "handoffs/h-1/claim", "")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/accept", "")
	t.Run("within the grace it stays", func(t *testing.T) {
		o.later(80 * time.Second)
		sweep()
		if h := handoff(); h.Holder != "dana" {
			t.Errorf("held by %q", h.Holder)
		}
	})
	t.Run("an open socket keeps it", func(t *testing.T) {
		o.live.Enter("s1", "dana")
		o.later(5 * time.Minute)
		sweep()
		if h := handoff(); h.Holder != "dana" {
			t.Errorf("held by %q", h.Holder)
		}
		alive(dana)
		o.live.Leave("s1")
	})
	t.Run("after the grace it waits again in its old place, and is offered to who is there", func(t *testing.T) {
		o.later(91 * time.Second)
		alive(luis)
		o.must(luis, http.StatusOK, http.MethodPut, "me/status", `{"status":"available"}`)
		sweep()
		h := handoff()
		if h.Holder != "" || !h.Since.Equal(since) || h.Reserved == nil || h.Reserved.To != "luis" {
			t.Errorf("got %+v", h)
		}
	})
	t.Run("a desk that has just started waits for people to come back", func(t *testing.T) {
		o.must(luis, http.StatusOK, http.MethodPost, "handoffs/h-1/accept", "")
		o.later(time.Hour)
		again := desk.New(o.desk.Config)
		if err := again.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if h := handoff(); h.Holder != "luis" {
			t.Errorf("held by %q right after the start", h.Holder)
		}
		o.later(91 * time.Second)
		if err := again.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if h := handoff(); h.Holder != "" {
			t.Errorf("held by %q", h.Holder)
		}
	})
}

func TestTheTeamsFiguresAreThoseOfTheRows(t *testing.T) {
	t.Parallel()
	o := settled(t)
	sue := o.member(staff.Supervisor, "sue2")
	dana := o.member(staff.Agent, "dana")
	o.account("acct-2", "other", "+15125550124")
	o.waits("2", "acct-2", "+15125550124")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-2/claim", "")
	o.later(6 * time.Minute)
	team := o.must(sue, http.StatusOK, http.MethodGet, "desk/team", "")
	queue, conversations := team["queue"].(map[string]any), team["conversations"].(map[string]any)
	if queue["waiting"] != 1.0 || queue["breaching"] != 2.0 || conversations["queued"] != 1.0 || conversations["human"] != 1.0 || fmt.Sprint(queue["by_reason"]) != "map[request_human:1]" {
		t.Errorf("got %v %v", queue, conversations)
	}
	for _, a := range team["agents"].([]any) {
		if x := a.(map[string]any); x["name"] == "dana" && (x["load"] != 1.0 || x["longest_minutes"] != 6.0) {
			t.Errorf("got %v", x)
		}
	}
	only := as(staff.Supervisor, "s3", "other")
	if team := o.must(only, http.StatusOK, http.MethodGet, "desk/team", ""); team["queue"].(map[string]any)["waiting"] != 0.0 {
		t.Errorf("of another portfolio: %v", team["queue"])
	}
}
