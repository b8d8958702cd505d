package dialog_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/compliance/gate"
	"parley/dialog"
	"parley/negotiation"
)

func (w *world) mode(m dialog.Mode) {
	w.t.Helper()
	w.did(w.engine.SetMode(w.snap, "ada", m, w.env()))
}

func TestInDraftOnlyNothingOfTheBotsGoesOut(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.turn(beat{Say: "zip 78701"})
	w.mode(dialog.ModeDraftOnly)
	w.turn(beat{Say: "can I pay in 12 months?"})
	c, e := w.snap.Conversation, w.effects
	if c.Control != waiting || len(e.Outgoing) != 0 || len(c.Handoff.Reasons) != 1 || c.Handoff.Reasons[0].Code != dialog.ReasonDraft {
		t.Fatalf("%s, %q, %+v", c.Control, w.outcome().Says, c.Handoff)
	}
	if len(e.Drafts) != 1 || c.Draft == nil || !strings.Contains(c.Draft.Text, "$155.00") || c.Draft.Seq != w.seq || len(c.Draft.SHA256) != 64 {
		t.Fatalf("drafts %+v, %+v", e.Drafts, c.Draft)
	}
	if len(c.Table) != 0 || len(c.Offered) != 0 || strings.Contains(events(e), "offer.made") {
		t.Error("an offer was made that nobody has seen")
	}
	if !strings.Contains(events(e), "handoff.silent") {
		t.Errorf("events %s", events(e))
	}
	epoch := c.Epoch
	w.turn(beat{Say: "and 6 months?"})
	if c := w.snap.Conversation; c.Epoch != epoch || len(c.Handoff.Reasons) != 1 || c.Draft.Seq != w.seq {
		t.Errorf("queued again: epoch %d, %+v, draft %+v", c.Epoch, c.Handoff.Reasons, c.Draft)
	}
	draft := w.snap.Conversation.Draft.Text
	w.did(w.engine.Claim(w.snap, w.snap.Conversation.Handoff.ID, "ada", w.env()))
	w.snap.Accounts = w.visible()
	sent := w.did(w.engine.AgentReply(w.snap, "ada", draft, 0, w.env()))
	if got := sent.Outgoing[0].Cleared.Out(); !strings.Contains(got.Text, draft) || got.Speaker != "agent" || w.snap.Conversation.Draft != nil {
		t.Errorf("sent %+v, draft %+v", got, w.snap.Conversation.Draft)
	}
}

func TestInDraftOnlyTheBotAgreesToNothing(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.turn(beat{Say: "zip 78701"})
	w.turn(beat{Say: "can I pay in 12 months?"})
	if len(w.snap.Conversation.Table) == 0 {
		t.Fatal("nothing is on the table")
	}
	w.mode(dialog.ModeDraftOnly)
	w.turn(beat{Say: "1"})
	c := w.snap.Conversation
	if c.Agreement != nil || c.Draft != nil || c.Control != waiting || len(w.effects.Outgoing) != 0 {
		t.Errorf("%s: %+v, draft %+v, said %q", c.Control, c.Agreement, c.Draft, w.outcome().Says)
	}
}

func TestTheLawSpeaksInAnyMode(t *testing.T) {
	t.Parallel()
	for _, m := range []dialog.Mode{dialog.ModeDraftOnly, dialog.ModeOff} {
		for words, says := range map[string]string{"STOP": "opted out", "I want to die": "988", "HELP": "+18005550100"} {
			w := smsWorld(t)
			w.mode(m)
			w.turn(beat{Say: words})
			if got := w.outcome().Says; len(got) != 1 || !strings.Contains(got[0], says) {
				t.Errorf("%s, %s: %q", m, words, got)
			}
		}
		w := smsWorld(t)
		w.mode(m)
		w.turn(beat{Say: "I dispute this debt"})
		if c := w.snap.Conversation; c.Control != waiting || !c.Handoff.Has("dispute") || !slices.Contains(w.outcome().Flags, dialog.FlagDisputed) {
			t.Errorf("%s: a dispute: %s %+v %v", m, c.Control, c.Handoff, w.outcome().Flags)
		}
	}
}

func TestWhereTheBotIsOffAHumanIsCalled(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.mode(dialog.ModeOff)
	w.turn(beat{Say: "zip 78701"})
	if c := w.snap.Conversation; c.Control != waiting || !c.Handoff.Has("mode_off") || len(w.effects.Outgoing) != 1 || w.effects.Outgoing[0].Purpose != "handoff" {
		t.Errorf("%s %+v %q", c.Control, c.Handoff, w.outcome().Says)
	}
	if _, err := w.engine.SetMode(w.snap, "ada", "loud", w.env()); err == nil {
		t.Error("an unknown mode was set")
	}
}

func TestWhatThePersonSaysActsWhoeverHasTheConversation(t *testing.T) {
	t.Parallel()
	for _, state := range []dialog.Control{waiting, offered, human, transferring, wrapping} {
		for words, want := range map[string]struct{ flag, reason string }{
			"I dispute this debt, it is not mine": {dialog.FlagDisputed, "dispute"}, "I filed for bankruptcy": {dialog.FlagBankruptcy, "bankruptcy"},
			"talk to my attorney": {dialog.FlagRepresented, "attorney_represented"}, "stop contacting me, never write to me again": {dialog.FlagCease, "cease_contact"},
		} {
			w, _ := in(t, state)
			w.turn(beat{Say: words})
			c := w.snap.Conversation
			if !slices.Contains(w.outcome().Flags, want.flag) || !c.Handoff.Has(want.reason) || w.effects.CancelReason == "" || c.Control != state {
				t.Errorf("%s, %q: %s, flags %v, reasons %+v, cancelled %q", state, words, c.Control, w.outcome().Flags, c.Handoff.Reasons, w.effects.CancelReason)
			}
		}
		w, _ := in(t, state)
		w.turn(beat{Say: "STOP"})
		if w.snap.Address.SMSOptedOut.IsZero() {
			t.Errorf("%s: a STOP was not heard", state)
		}
		if c := w.snap.Conversation; c.Handoff.Holder != "" {
			var refused *dialog.Refused
			w.now = w.now.Add(time.Minute)
			if _, err := w.engine.AgentReply(w.snap, c.Handoff.Holder, "Are you sure?", 0, w.env()); !errors.As(err, &refused) || refused.Kind != dialog.RefusedByGate {
				t.Errorf("%s: after a STOP the human may write: %v", state, err)
			}
		}
	}
}

func TestTheWayBackToTheBot(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]struct {
		says []string
		r    dialog.Resolution
		ok   bool
	}{
		"with a brief":                        {[]string{"I want a human"}, dialog.Resolution{Disposition: "answered", Brief: "I promised a call on Friday."}, true},
		"with a note in its place":            {[]string{"I want a human"}, dialog.Resolution{Disposition: "answered", Note: "Nothing was promised."}, true},
		"with neither":                        {[]string{"I want a human"}, dialog.Resolution{Disposition: "answered"}, false},
		"with a brief that says nothing":      {[]string{"I want a human"}, dialog.Resolution{Disposition: "answered", Brief: " ok. "}, false},
		"after a dispute":                     {[]string{"I dispute this debt"}, dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised."}, false},
		"after a dispute in the human's time": {[]string{"I want a human", "I dispute this debt"}, dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised."}, false},
		"after a complaint":                   {[]string{"I will complain to the CFPB"}, dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised."}, false},
		"after bankruptcy":                    {[]string{"I filed for bankruptcy"}, dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised."}, false},
		"after distress":                      {[]string{"I want to die"}, dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised."}, false},
		"as disputed":                         {[]string{"I want a human"}, dialog.Resolution{Disposition: "disputed", Brief: "Nothing was promised."}, false},
		"as hardship":                         {[]string{"I want a human"}, dialog.Resolution{Disposition: "hardship", Brief: "Nothing was promised."}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := smsWorld(t)
			w.turn(beat{Say: "zip 78701"})
			for _, words := range k.says {
				w.turn(beat{Say: words})
			}
			id := w.snap.Conversation.Handoff.ID
			w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
			w.snap.Accounts = w.visible()
			k.r.ToBot = true
			e, err := w.engine.Resolve(w.snap, id, "ada", k.r, w.env())
			var refused *dialog.Refused
			if k.ok != (err == nil) || err != nil && (!errors.As(err, &refused) || refused.Kind != dialog.RefusedByPolicy) {
				t.Fatalf("back: %v", err)
			}
			if k.ok && (e.Conversation.Control != bot || !strings.Contains(events(e), "human.ended")) {
				t.Errorf("%s, %s", e.Conversation.Control, events(e))
			}
			k.r.ToBot = false
			if e, err = w.engine.Resolve(w.snap, id, "ada", k.r, w.env()); err != nil || e.Conversation.Control != ended {
				t.Errorf("closed: %v", err)
			}
		})
	}
}

func TestHowItEndedIsLaw(t *testing.T) {
	t.Parallel()
	for code, flag := range map[string]string{"disputed": dialog.FlagDisputed, "attorney": dialog.FlagRepresented, "deceased": dialog.FlagDeceased,
		"bankruptcy": dialog.FlagBankruptcy, "cease": dialog.FlagCease, "identity_theft": dialog.FlagIdentityTheft, "no_resolution": ""} {
		w := smsWorld(t)
		w.turn(beat{Say: "zip 78701"})
		w.turn(beat{Say: "I want a human"})
		id := w.snap.Conversation.Handoff.ID
		w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
		w.snap.Accounts = w.visible()
		e := w.did(w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: code}, w.env()))
		if flag == "" {
			if len(e.Accounts) != 0 || e.CancelAddress != "" {
				t.Errorf("%s: %+v", code, e.Accounts)
			}
			continue
		}
		if len(e.Accounts) == 0 || !e.Accounts[0].Has(flag) || e.CancelAddress == "" || len(e.CancelAccounts) == 0 {
			t.Errorf("%s sets no %s: %+v, cancels %q %v", code, flag, e.Accounts, e.CancelAddress, e.CancelAccounts)
		}
		if i := slices.IndexFunc(e.Events, func(ev dialog.Event) bool { return ev.Type == "law.heard" }); i < 0 || e.Events[i].Who != "human:ada" {
			t.Errorf("%s: heard by %+v", code, e.Events)
		}
		if a := e.Accounts[0].Flags[flag]; !strings.HasPrefix(a.Why, "disposition.") {
			t.Errorf("%s: because of %q", code, a.Why)
		}
	}
	w := smsWorld(t)
	w.turn(beat{Say: "I want a human"})
	w.did(w.engine.Claim(w.snap, w.snap.Conversation.Handoff.ID, "ada", w.env()))
	if e := w.did(w.engine.Resolve(w.snap, w.snap.Conversation.Handoff.ID, "ada", dialog.Resolution{Disposition: "wrong_party"}, w.env())); e.Address == nil || e.Address.WrongParty.IsZero() {
		t.Error("a wrong number is still written to")
	}
}

func TestAHumansTimeIsMarkedForTheModel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, script{Channel: "sms", Address: "+15125550123", Account: "acct-1001", Start: "2026-11-23T16:00:00Z",
		Model: []string{`{"commands":[],"move":"","reply":"You owe {balance}."}`, `{"commands":[],"move":"","reply":"You owe {balance}."}`}})
	w.turn(beat{Say: "zip 78701"})
	w.turn(beat{Say: "I want a human"})
	id := w.snap.Conversation.Handoff.ID
	w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	w.snap.Accounts = w.visible()
	w.did(w.engine.AgentReply(w.snap, "ada", "Hello, I am Ada. How can I help?", 0, w.env()))
	w.did(w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "answered", Brief: "I promised a letter within a week.", ToBot: true}, w.env()))
	w.turn(beat{Say: "how much do I owe?"})
	if len(w.model.prompts) == 0 {
		t.Fatal("the model was not asked")
	}
	p := w.model.prompts[len(w.model.prompts)-1]
	handoff, said, mark := strings.Index(p, "I'm passing you to a person"), strings.Index(p, "I am Ada"), strings.Index(p, "has given it back")
	if handoff < 0 || said < handoff || mark < said || !strings.Contains(p, "a letter within a week") || !strings.Contains(p, "Outcome: answered") {
		t.Errorf("hand-off at %d, human at %d, mark at %d in:\n%s", handoff, said, mark, p)
	}
	s := w.snap.Conversation.Stretches
	if len(s) != 1 || s[0].Agent != "ada" || s[0].Promised != "I promised a letter within a week." || s[0].From.IsZero() || !s[0].To.After(s[0].From.Add(-time.Second)) {
		t.Errorf("the record has %+v", s)
	}
}

func TestWhatWaitsForApprovalIsLookedAtAgainOnTheWayBack(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.turn(beat{Say: "zip 78701"})
	w.turn(beat{Say: "I want a human"})
	id := w.snap.Conversation.Handoff.ID
	w.did(w.engine.Claim(w.snap, id, "ada", w.env()))
	w.snap.Accounts = w.visible()
	args := dialog.ApprovalArgs{Offer: "o1", Kind: negotiation.MoveSettlement, Terms: negotiation.Terms{Total: negotiation.USD(100)}} // under any floor
	w.snap.Approvals = []dialog.Approval{{ID: "ap1", State: dialog.ApprovalPending, Args: args, SHA256: args.Hash(), CreatedAt: w.now, ExpiresAt: w.now.Add(time.Hour)}}
	e := w.did(w.engine.Resolve(w.snap, id, "ada", dialog.Resolution{Disposition: "answered", Brief: "Nothing was promised.", ToBot: true}, w.env()))
	if len(e.Approvals) != 1 || e.Approvals[0].State != dialog.ApprovalWithdrawn || e.Approvals[0].Failure == "" {
		t.Errorf("approvals %+v", e.Approvals)
	}
}

func TestAReasonCarriesItsEvidence(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.turn(beat{Say: "zip 78701"})
	w.turn(beat{Say: "can I settle for less?"})
	offers := w.snap.Conversation.Offered
	w.turn(beat{Say: "I want to talk to a person please"})
	r := w.snap.Conversation.Handoff.Reasons[0]
	if r.Code != "request_human" || r.Words == "" || r.Turn != w.effects.Trace.ID || !r.At.Equal(w.now) || len(r.Offers) != len(offers) || len(offers) == 0 {
		t.Errorf("%+v", r)
	}
	unclear := smsWorld(t)
	unclear.turn(beat{Say: "zip 78701"})
	for range 3 {
		unclear.turn(beat{Say: "qwer zxcv uiop"})
	}
	h := unclear.snap.Conversation.Handoff
	if h == nil {
		t.Fatal("nobody was called")
	}
	r = h.Reasons[0]
	if r.Code != "low_confidence" || r.Confidence == 0 || r.Features["unclear"] != 1 || !slices.Contains(r.Steps, "assess: handoff") || !strings.Contains(r.Words, "qwer") {
		t.Errorf("%+v", r)
	}
}

func TestAReasonKeepsNoHalfOfACard(t *testing.T) {
	t.Parallel()
	w := smsWorld(t)
	w.turn(beat{Say: "I want to talk to a human about my card 4111 1111"})
	if h := w.snap.Conversation.Handoff; h == nil || strings.Contains(h.Reasons[0].Words, "1111") {
		t.Errorf("%+v", h)
	}
	w = smsWorld(t)
	w.mode(dialog.ModeOff)
	w.turn(beat{Say: "my card is 4111 1111"})
	if h := w.snap.Conversation.Handoff; h == nil || h.Reasons[0].Words == "" || strings.Contains(h.Reasons[0].Words, "1111") {
		t.Errorf("%+v", h)
	}
}

func TestACheckChangesNothingAndSaysWhatSendingWould(t *testing.T) {
	t.Parallel()
	w, _ := in(t, human)
	w.snap.Accounts = w.visible()
	was := w.snap.Conversation
	for text, sendable := range map[string]bool{"Hello, I am Ada. How can I help?": true, "Pay now or we will have you arrested.": false} {
		c, err := w.engine.CheckReply(w.snap, "ada", text, w.env())
		if err != nil || c.Sendable() != sendable || sendable != (c.Text != "") || sendable != (len(c.Findings) == 0) {
			t.Errorf("%q: %+v, %v", text, c, err)
		}
		_, err = w.engine.AgentReply(w.snap, "ada", text, 0, w.env())
		if (err == nil) != sendable {
			t.Errorf("%q was sent: %v", text, err)
		}
	}
	w.snap.Address.SMSOptedOut, w.snap.Conversation.RepliesSince = w.now, 1
	if c, err := w.engine.CheckReply(w.snap, "ada", "Hello, how can I help?", w.env()); err != nil || c.Sendable() || c.Gate.Decision == gate.Allow {
		t.Errorf("after an opt-out: %+v, %v", c, err)
	}
	w.snap.Conversation.RepliesSince = was.RepliesSince
	if w.snap.Conversation.Epoch != was.Epoch || w.snap.Conversation.Handoff.RepliedAt != was.Handoff.RepliedAt {
		t.Error("a check changed something")
	}
}

func TestSuggestionsPassForAHuman(t *testing.T) {
	t.Parallel()
	for lang, words := range map[string][]string{"en": {"zip 78701", "what can I pay?", "I want a human", "can I pay in 12 months?"}, "es": {"zip 78701", "quiero hablar con una persona", "¿puedo pagar en 12 meses?"}} {
		w := smsWorld(t)
		for _, s := range words {
			w.turn(beat{Say: s})
		}
		w.did(w.engine.Claim(w.snap, w.snap.Conversation.Handoff.ID, "ada", w.env()))
		w.snap.Accounts = w.visible()
		was := w.snap.Conversation
		all := w.engine.Suggest(context.Background(), w.snap, w.env())
		if len(all) < 2 || all[0].Kind != dialog.SuggestReply {
			t.Fatalf("%s: %+v", lang, all)
		}
		figures := false
		for _, s := range all {
			figures = figures || strings.Contains(s.Text, "$155.00")
			if s.Text == "" || s.By == "" || s.LastSeq != w.seq {
				t.Errorf("%s: %+v", lang, s)
			}
			if _, err := w.engine.AgentReply(w.snap, "ada", s.Text, was.Epoch, w.env()); err != nil {
				t.Errorf("%s: a suggestion was refused: %q: %v", lang, s.Text, err)
			}
		}
		if !figures || w.snap.Conversation.Version != was.Version || len(w.snap.Conversation.Table) != len(was.Table) {
			t.Errorf("%s: figures %v in %+v", lang, figures, all)
		}
	}
}

func TestNothingIsSuggestedThatMayNotBeSaid(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"I dispute this debt", "talk to my attorney", "I filed for bankruptcy"} {
		w := smsWorld(t)
		w.turn(beat{Say: "zip 78701"})
		w.turn(beat{Say: words})
		w.snap.Accounts = w.visible()
		for _, s := range w.engine.Suggest(context.Background(), w.snap, w.env()) {
			if s.Kind != dialog.SuggestReply || strings.Contains(s.Text, "$") {
				t.Errorf("%q: %+v", words, s)
			}
		}
	}
	w := smsWorld(t)
	w.turn(beat{Say: "STOP"})
	if all := w.engine.Suggest(context.Background(), w.snap, w.env()); len(all) != 0 {
		t.Errorf("after a STOP: %+v", all)
	}
}
