package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/dialog"
	"parley/gateway/api"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestACardNumberThatIsBlockedIsNotKeptEither(t *testing.T) {
	t.Parallel()
	o := settled(t)
	dana := o.member(staff.Agent, "dana", "p")
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/claim", "")
	for _, number := range []string{"4012888888881881", "4012 8888 8888 1881"} {
		o.must(dana, http.StatusUnprocessableEntity, http.MethodPost, "conversations/cv-1/messages", `{"text":"I have your card `+number+` here."}`)
		list, err := o.record.Blocked(t.Context(), store.Scope{}, 0, 1)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if got := list[0]; strings.Contains(got.Text+string(got.Findings), number) || strings.Contains(string(got.Findings), "8888") || !strings.Contains(string(got.Findings), "OD-CARD-01") {
			t.Errorf("%s: kept %s %s", number, got.Text, got.Findings)
		}
	}
}

func TestAContactThatGoesOnInAThreadAsksForTheThread(t *testing.T) {
	t.Parallel()
	const phone = "+15125550123"
	thread := func(t *testing.T, others ...string) *office {
		o := newOffice(t)
		o.account("acct-1", "p", phone)
		for _, portfolio := range others {
			o.account("acct-2", portfolio, phone)
		}
		o.waits("1", "", phone)
		o.change("cv-1", func(c *dialog.Conversation, e *dialog.Effects) {
			h := *c.Handoff
			h.ResolvedAt = o.now()
			c.Control, c.Handoff, e.Handoff = dialog.ControlBot, &h, &h
		})
		return o
	}
	const start = `{"account":"acct-1","channel":"sms","purpose":"payment_reminder"}`
	reads := func(o *office) (n int) {
		entries, err := o.record.Ledger(t.Context(), "cv-1", 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.Type == store.EventRecordRead {
				n++
			}
		}
		return n
	}
	t.Run("of another portfolio it is not there, and nothing is said in it", func(t *testing.T) {
		o := thread(t, "other")
		dana := o.member(staff.Agent, "dana", "p")
		o.must(dana, http.StatusNotFound, http.MethodGet, "conversations/cv-1", "")
		w := o.ask(&dana, http.MethodPost, "conversations", start)
		if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), secretWords) {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
		said, err := o.record.Messages(t.Context(), "cv-1", 0, 10)
		if err != nil || len(said) != 1 {
			t.Errorf("got %v %v", said, err)
		}
	})
	t.Run("of one's own it is answered with, and that is recorded", func(t *testing.T) {
		o := thread(t)
		dana := o.member(staff.Agent, "dana", "p")
		w := o.ask(&dana, http.MethodPost, "conversations", start)
		if w.Code != http.StatusCreated || !strings.Contains(w.Body.String(), secretWords) || reads(o) != 1 {
			t.Errorf("got %d %s, %d readings", w.Code, w.Body, reads(o))
		}
	})
}

func TestNoCardNumberIsKeptOfWhatPeopleWriteInPassing(t *testing.T) {
	t.Parallel()
	o := settled(t)
	const words = "card 4111 1111 1111 1111"
	dana, sue := o.member(staff.Agent, "dana", "p"), o.member(staff.Supervisor, "sue2", "p")
	o.must(dana, http.StatusCreated, http.MethodPost, "desk/canned", `{"shortcut":"c","title":"`+words+`","text":"`+words+`","scope":"mine"}`)
	o.must(sue, http.StatusOK, http.MethodPost, "approvals/ap-1/decision", `{"decision":"reject","comment":"`+words+`"}`)
	if _, err := o.desk.Agents(staff.With(t.Context(), sue)); err != nil {
		t.Fatal(err)
	}
	o.must(dana, http.StatusOK, http.MethodPut, "me/status", `{"status":"available"}`)
	o.must(sue, http.StatusOK, http.MethodPost, "handoffs/h-1/offer", `{"to":"dana"}`)
	o.must(dana, http.StatusOK, http.MethodPost, "handoffs/h-1/decline", `{"why":"`+words+`"}`)
	for _, path := range []string{"desk/canned", "approvals", "desk/conversations/cv-1"} {
		w := o.ask(&dana, http.MethodGet, path, "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "1111") || strings.Contains(w.Body.String(), "4111") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

func TestWhoDoesByHandWhatSystemsDoIsRecorded(t *testing.T) {
	t.Parallel()
	o := settled(t)
	sue := o.member(staff.Supervisor, "sue2", "p")
	o.must(sue, http.StatusOK, http.MethodPut, "accounts/acct-1", anAccount)
	o.must(sue, http.StatusCreated, http.MethodPost, "payments", `{"id":"pay-1","account":"acct-1","amount":{"amount":"5.00","currency":"USD"},"date":"2026-11-23"}`)
	entries, err := o.record.Events(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for event, what := range map[string]string{api.EventAccountPut: `"balance":"10.00"`, api.EventPaymentTold: `"amount":"5.00"`} {
		if !slices.ContainsFunc(entries, func(e dialog.LedgerEntry) bool {
			return e.Type == event && e.Who == "human:sue2" && strings.Contains(string(e.Body), what)
		}) {
			t.Errorf("nothing says who it was: %s", event)
		}
	}
}
