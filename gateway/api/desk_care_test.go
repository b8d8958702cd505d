package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestPeopleSeeMaskedDataAndTheirReadingIsRecorded(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana := o.member(staff.Agent, "dana", "p")
	reads := func() (all []string) {
		for _, c := range []string{"cv-1", ""} {
			ledger, err := o.record.Ledger(t.Context(), c, 0, 500)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range ledger {
				if e.Type == store.EventRecordRead {
					all = append(all, e.Who+" "+string(e.Body))
				}
			}
		}
		return all
	}
	for _, path := range []string{"desk/items?view=all", "desk/conversations/cv-1", "desk/conversations/cv-1/panel", "accounts/acct-1", "conversations/cv-1", "conversations", "agents", "handoffs"} {
		w := o.ask(&dana, http.MethodGet, path, "")
		if body := w.Body.String(); w.Code != http.StatusOK || strings.Contains(body, secretPhone) || strings.Contains(body, secretName) || strings.Contains(body, "78701") {
			t.Errorf("%s: %d %s", path, w.Code, body)
		}
	}
	all := strings.Join(reads(), "\n")
	for _, want := range []string{`"what":"monitor"`, `"what":"transcript"`, `"what":"account"`} {
		if !strings.Contains(all, "human:dana") || !strings.Contains(all, want) {
			t.Errorf("%s is not recorded: %s", want, all)
		}
	}
	t.Run("one field is shown for a reason", func(t *testing.T) {
		n := len(reads())
		o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, "desk/accounts/acct-1/reveal", `{"field":"phone","why":" "}`)
		o.must(dana, http.StatusNotFound, http.MethodPost, "desk/accounts/acct-1/reveal", `{"field":"birth_year","why":"to check"}`)
		if len(reads()) != n {
			t.Error("what was not shown was recorded as read")
		}
		for field, value := range map[string]string{"phone": "+15125550123", "full_name": "Angela " + secretName, "zip": "78701"} {
			if out := o.must(dana, http.StatusOK, http.MethodPost, "desk/accounts/acct-1/reveal", `{"field":"`+field+`","why":"call back"}`); out["value"] != value {
				t.Errorf("%s: %v", field, out)
			}
			if last := reads()[len(reads())-1]; !strings.Contains(last, "reveal "+field) || !strings.Contains(last, "call back") {
				t.Errorf("recorded: %s", last)
			}
		}
	})
	t.Run("a system's key gets what it did before", func(t *testing.T) {
		if out := o.must(staff.Actor{Name: "root"}, http.StatusOK, http.MethodGet, "conversations/cv-1", ""); out["address"] != "+15125550123" {
			t.Errorf("got %v", out["address"])
		}
	})
	t.Run("who holds it reads, who does not watches", func(t *testing.T) {
		o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
		o.must(dana, http.StatusOK, http.MethodGet, "desk/conversations/cv-1", "")
		list := reads()
		if !strings.Contains(strings.Join(list, ""), `"what":"transcript"`) {
			t.Errorf("got %v", list)
		}
	})
}

func TestWhatCantBeRecordedIsNotShown(t *testing.T) {
	t.Parallel()
	o := settled(t)
	o.desk.RecordRead = func(context.Context, staff.Actor, staff.Read) error { return errors.New("the disk is full") }
	dana, cora := as(staff.Agent, "dana", "p"), as(staff.Compliance, "cora")
	for _, c := range []struct {
		who                staff.Actor
		method, path, body string
	}{
		{dana, http.MethodGet, "desk/conversations/cv-1", ""},
		{dana, http.MethodGet, "desk/conversations/cv-1/panel", ""},
		{dana, http.MethodGet, "desk/conversations/cv-1/notes", ""},
		{dana, http.MethodGet, "desk/conversations/cv-1/suggestions", ""},
		{dana, http.MethodGet, "conversations/cv-1", ""},
		{dana, http.MethodGet, "conversations/cv-1/trace", ""},
		{dana, http.MethodGet, "accounts/acct-1", ""},
		{dana, http.MethodPost, "desk/accounts/acct-1/reveal", `{"field":"phone","why":"call back"}`},
		{cora, http.MethodGet, "desk/blocked", ""},
	} {
		w := o.ask(&c.who, c.method, c.path, c.body)
		if leak := sensitive(w.Body.String()); w.Code != http.StatusServiceUnavailable || leak != "" {
			t.Errorf("%s: %d, says %q", c.path, w.Code, leak)
		}
	}
}

func TestSuggestionsAreFoundOnceAndTurnedDownOnce(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana := o.member(staff.Agent, "dana", "p")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	if err := o.record.Decided(t.Context(), store.Suggestion{ID: "sg-1", Fate: store.FateStale, FateAt: o.now()}); err != nil {
		t.Fatal(err)
	}
	const path = "desk/conversations/cv-1/suggestions"
	first := o.must(dana, http.StatusOK, http.MethodGet, path, "")
	list := first["suggestions"].([]any)
	if len(list) == 0 || first["last_seq"] != 1.0 {
		t.Fatalf("got %v", first)
	}
	if again := o.must(dana, http.StatusOK, http.MethodGet, path, ""); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Errorf("another time: %v, then %v", first, again)
	}
	id := list[0].(map[string]any)["id"].(string)
	o.must(dana, http.StatusNoContent, http.MethodPost, path+"/"+id+"/reject", `{"why":"too stiff"}`)
	o.must(dana, http.StatusNoContent, http.MethodPost, path+"/"+id+"/reject", `{"why":"too stiff"}`)
	o.must(dana, http.StatusNotFound, http.MethodPost, path+"/none/reject", "")
	left := o.must(dana, http.StatusOK, http.MethodGet, path, "")["suggestions"].([]any)
	if len(left) != len(list)-1 {
		t.Errorf("left are %d of %d", len(left), len(list))
	}
	if out := o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, "conversations/cv-1/messages", `{"text":"Hello, I am Dana.","draft_of":"none"}`); !strings.Contains(fmt.Sprint(out), "body.draft_of") {
		t.Errorf("got %v", out)
	}
}

func TestAnAgentAsksForMoreThanTheyMay(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana, sue := o.member(staff.Agent, "dana", "p"), o.member(staff.Supervisor, "sue2", "p")
	ask := func(total string) string {
		return `{"kind":"settlement","terms":{"total":{"amount":"` + total + `","currency":"USD"}},"comment":"she can pay at once"}`
	}
	const path = "desk/conversations/cv-1/approvals"
	o.must(dana, http.StatusConflict, http.MethodPost, path, ask("700.00"))
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	if out := o.must(dana, http.StatusConflict, http.MethodPost, path, ask("700.00")); !strings.Contains(out["detail"].(string), "one thing") {
		t.Errorf("beside another: %v", out)
	}
	o.must(sue, http.StatusOK, http.MethodPost, "approvals/ap-1/decision", `{"decision":"reject","comment":"no"}`)
	for _, bad := range []string{"599.99", "1000.00", "0.00"} {
		o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, path, ask(bad))
	}
	made := o.must(dana, http.StatusCreated, http.MethodPost, path, ask("700.00"))
	id, hash := made["id"].(string), made["args_sha256"].(string)
	if made["requested_by"] != "dana" || made["state"] != "pending" {
		t.Fatalf("got %v", made)
	}
	t.Run("who asked does not decide, nor what was not shown", func(t *testing.T) {
		o.must(dana, http.StatusForbidden, http.MethodPost, "approvals/"+id+"/decision", `{"decision":"approve"}`)
		o.must(sue, http.StatusPreconditionFailed, http.MethodPost, "approvals/"+id+"/decision", `{"decision":"approve","expected_sha256":"`+strings.Repeat("0", 64)+`"}`)
	})
	t.Run("approved, it is for her to offer, and not taken for agreed", func(t *testing.T) {
		out := o.must(sue, http.StatusOK, http.MethodPost, "approvals/"+id+"/decision", `{"decision":"approve","expected_sha256":"`+hash+`"}`)
		if out["state"] != "approved" {
			t.Errorf("got %v", out)
		}
		c := o.must(dana, http.StatusOK, http.MethodGet, "conversations/cv-1", "")
		if c["agreement"] != nil {
			t.Errorf("agreed: %v", c["agreement"])
		}
		messages := c["messages"].([]any)
		if last := messages[len(messages)-1].(map[string]any); last["direction"] == "out" {
			t.Errorf("the bot spoke while dana has it: %v", last)
		}
		snap, err := o.record.Snapshot(t.Context(), "cv-1")
		if d := snap.Conversation.Draft; err != nil || d == nil || !strings.Contains(d.Text, "$700.00") {
			t.Errorf("dana is given %+v to say: %v", d, err)
		}
	})
}

func TestASupervisorsWhisperIsForTheAgentAlone(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana, luis, sue := o.member(staff.Agent, "dana"), o.member(staff.Agent, "luis"), o.member(staff.Supervisor, "sue2")
	const path = "desk/conversations/cv-1/whisper"
	o.must(sue, http.StatusConflict, http.MethodPost, path, `{"text":"slowly"}`)
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	o.must(sue, http.StatusCreated, http.MethodPost, path, `{"text":"go slowly"}`)
	hears := func(a staff.Actor) bool {
		w := o.ask(&a, http.MethodGet, "desk/conversations/cv-1/notes", "")
		return strings.Contains(w.Body.String(), "go slowly")
	}
	if !hears(dana) || hears(luis) || !hears(sue) {
		t.Errorf("heard by dana: %v, luis: %v, sue: %v", hears(dana), hears(luis), hears(sue))
	}
	if w := o.ask(&sue, http.MethodGet, "conversations/cv-1", ""); strings.Contains(w.Body.String(), "go slowly") {
		t.Error("the person was told")
	}
}
