package staff_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

func TestRecordRead(t *testing.T) {
	t.Parallel()
	reads := func(h *house, conversation string) (n int) {
		for _, e := range h.ledger(conversation) {
			if e.Type == store.EventRecordRead {
				n++
			}
		}
		return n
	}
	t.Run("a reading is recorded once in five minutes", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		dana := staff.Actor{Name: "dana", Role: staff.Agent, Session: "s1", IP: "192.0.2.7"}
		one := staff.Read{What: "account", Account: "acct-1"}
		record := func(a staff.Actor, r staff.Read, want int) {
			t.Helper()
			if err := h.s.RecordRead(t.Context(), a, r); err != nil {
				t.Fatal(err)
			}
			if got := reads(h, ""); got != want {
				t.Errorf("%d are recorded, want %d", got, want)
			}
		}
		record(dana, one, 1)
		h.later(5*time.Minute - 1)
		record(dana, one, 1)
		record(dana, staff.Read{What: "account", Account: "acct-2"}, 2)
		record(dana, staff.Read{What: "reveal birth date", Account: "acct-1"}, 3)
		other := dana
		other.Session = "s2"
		record(other, one, 4)
		h.later(1)
		record(dana, one, 5)
		record(dana, staff.Read{What: "account", Account: "acct-1", Why: "called in"}, 6)
		record(dana, staff.Read{What: "account", Account: "acct-1", Why: "called in"}, 7)
		e, body := h.lastEvent()
		if e.Who != "human:dana" || body["session"] != "s1" || body["ip"] != "192.0.2.7" || body["account"] != "acct-1" || body["why"] != "called in" || body["through"] != "desk" {
			t.Errorf("%+v %v", e, body)
		}
	})
	t.Run("what can't be recorded is an error, and not remembered as done", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := staff.Read{What: "account", Account: "acct-1"}
		if err := h.s.RecordRead(ctx, staff.Actor{Name: "dana"}, r); err == nil {
			t.Error("no error")
		}
		if err := h.s.RecordRead(t.Context(), staff.Actor{Name: "dana"}, staff.Read{What: "transcript", Conversation: "none"}); err == nil {
			t.Error("a conversation that isn't there was read")
		}
		if err := h.s.RecordRead(t.Context(), staff.Actor{Name: "dana"}, r); err != nil || reads(h, "") != 1 {
			t.Errorf("%v, %d", err, reads(h, ""))
		}
	})
}

func TestTheLedgerHoldsNoCredential(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("sue", staff.Supervisor)
	b := h.browser()
	secret, codes := b.enrol("sue")
	b.do("POST", "/desk/password", m{"current": password, "new": "another four words"}).want(t, 200, "")
	never := slices.Concat([]string{password, "another four words", secret, "argon2"}, codes)
	for _, c := range b.cookies {
		never = append(never, c)
	}
	for _, e := range h.ledger("") {
		for _, text := range never {
			if strings.Contains(string(e.Body), text) {
				t.Errorf("%s holds a credential", e.Type)
			}
		}
	}
	if _, broken, err := h.record.Verify(t.Context()); err != nil || broken != 0 {
		t.Errorf("entry %d is broken: %v", broken, err)
	}
}
