package casefile_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/compliance/gate"
	"parley/compliance/guard"
	"parley/dialog"
	"parley/gateway/casefile"
	"parley/gateway/store"
	"parley/negotiation"
)

var update = flag.Bool("update", false, "write the golden files anew")

var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// record is a record of one conversation, in memory.
type record struct {
	snap     dialog.Snapshot
	messages []dialog.Message
	turns    []dialog.TurnTrace
	entries  []dialog.LedgerEntry
	audit    store.Audit
	gone     bool
}

func (r *record) Snapshot(context.Context, string) (dialog.Snapshot, error) {
	if r.gone {
		return dialog.Snapshot{}, store.ErrNotFound
	}
	return r.snap, nil
}

func (r *record) Messages(_ context.Context, _ string, after int64, limit int) ([]dialog.Message, error) {
	var all []dialog.Message
	for _, m := range r.messages {
		if m.Seq > after && len(all) < limit {
			all = append(all, m)
		}
	}
	return all, nil
}

func (r *record) Traces(context.Context, string) ([]dialog.TurnTrace, error) { return r.turns, nil }

func (r *record) Ledger(_ context.Context, _ string, after int64, limit int) ([]dialog.LedgerEntry, error) {
	var all []dialog.LedgerEntry
	for _, e := range r.entries {
		if e.N > after && len(all) < limit {
			all = append(all, e)
		}
	}
	return all, nil
}

func (r *record) Audit(context.Context) (store.Audit, error) { return r.audit, nil }

// note chains an event.
func (r *record) note(after time.Duration, kind, who, turn, body string) {
	e := dialog.LedgerEntry{N: int64(len(r.entries) + 1), Conversation: "cv_1", Type: kind, At: noon.Add(after), Who: who, Turn: turn, Body: json.RawMessage(body)}
	if len(r.entries) > 0 {
		e.Prev = r.entries[len(r.entries)-1].Hash
	}
	e.BodySHA256 = store.HashBody(e.Body)
	e.Hash = store.HashEntry(e)
	r.entries = append(r.entries, e)
	r.audit.Entries, r.audit.Head = e.N, e.Hash
}

func usd(cents int64) negotiation.Money { return negotiation.Money{Minor: cents, Currency: "USD"} }

func account() dialog.Account {
	return dialog.Account{
		ID: "acct-1001", Portfolio: "northwind-cards", Last4: "4421", Balance: usd(124000), Version: 3, UpdatedAt: noon,
		Person: dialog.Person{ID: "p-1001", Name: "Angela Torres", State: "TX", City: "Austin", Zip: "78701", Addresses: []dialog.Address{
			{Channel: "sms", Value: "+15125550123", Consents: []gate.Consent{{Scope: "sms", Source: "web form", At: noon.AddDate(0, -1, 0)}}},
			{Channel: "voice", Value: "+15125550199", Consents: []gate.Consent{{Scope: "ai_voice", Source: "elsewhere", At: noon}}},
		}},
		Creditor:   dialog.Creditor{Original: "Northwind Bank", Current: "Northwind Bank"},
		Validation: &dialog.Validation{SentAt: civil.Date{Year: 2026, Month: 8, Day: 3}},
		Flags:      map[string]dialog.Flag{dialog.FlagDisputed: {At: noon.Add(3 * time.Minute), Why: "IN-DISPUTE-01", Conversation: "cv_1"}},
		Payments:   []dialog.Payment{{ID: "pay-1", Amount: usd(2500), Date: civil.Date{Year: 2026, Month: 11, Day: 2}}},
		Factors:    map[string]string{"birth_date": "SECRETFACTOR", "zip": "SECRETFACTOR", "ssn_last4": "SECRETFACTOR", "lookup": "SECRETFACTOR"},
	}
}

// dispute is a conversation in which the balance is told, and disputed.
func dispute() *record {
	r := &record{snap: dialog.Snapshot{
		Conversation: dialog.Conversation{
			ID: "cv_1", Channel: "sms", Address: "+15125550123", Ours: "+15125550100", Account: "acct-1001", Control: dialog.ControlQueued, Epoch: 1,
			Mode: dialog.ModeAuto, Language: "en", CreatedAt: noon, LastInbound: noon.Add(3 * time.Minute), LastOutbound: noon.Add(4 * time.Minute),
			Identity: dialog.Identity{Verified: true, VerifiedAt: noon.Add(time.Minute), Held: map[string]string{"zip": "SECRETFACTOR"}},
			Handoff:  &dialog.Handoff{ID: "ho_1", Conversation: "cv_1", Since: noon.Add(3 * time.Minute), Reasons: []dialog.Reason{{Code: "dispute"}}},
		},
		Accounts: []dialog.Account{account(), {ID: "acct-other", Person: dialog.Person{Name: "SECRETOTHER"}}},
		Address:  dialog.AddressFacts{Value: "+15125550123", Places: []string{"work"}},
	}}
	say := func(seq int64, after time.Duration, dir, from, id, text string, status channels.Status, turn string) {
		r.messages = append(r.messages, dialog.Message{Conversation: "cv_1", Seq: seq, ID: id, Direction: dir, From: from, Text: text, At: noon.Add(after), Status: status, Turn: turn})
	}
	say(1, 0, "in", "person", "m1", "zip 78701, born 1986. how much?", dialog.StatusReceived, "")
	r.note(0, store.EventMessageStored, "service", "", `{"message":"m1","seq":1}`)
	r.note(time.Minute, "identity.verified", "service", "t1", `{"account":"acct-1001","factors":["zip","birth_year"]}`)
	say(2, time.Minute, "out", "bot", "m2", "You owe $1,240.00. This is an attempt to collect a debt; information obtained will be used for that purpose.", channels.StatusDelivered, "t1")
	r.note(time.Minute, "message.cleared", "bot", "t1", `{"message":"m2","sha256":"aa","purpose":"reply","rewrites":["OD-MM-01"]}`)
	r.note(2*time.Minute, "message.delivered", "service", "t1", `{"message":"m2","seq":2}`)
	say(3, 3*time.Minute, "in", "person", "m3", "That's not mine <script>alert(1)</script>", dialog.StatusReceived, "")
	r.note(3*time.Minute, "law.heard", "person", "t2", `{"label":"dispute","by":"rule","rule":"IN-DISPUTE-01","confidence":1}`)
	r.note(3*time.Minute, "flag.set", "service", "t2", `{"account":"acct-1001","flag":"disputed","rule":"IN-DISPUTE-01"}`)
	say(4, 4*time.Minute, "out", "bot", "m4", "I've noted the dispute.", channels.StatusSent, "t2")
	r.note(4*time.Minute, "something.new", "human:Sam", "", `{"odd":1}`)
	r.turns = []dialog.TurnTrace{{ID: "t1", InputSeq: 1, Started: noon.Add(time.Minute), Steps: []dialog.StepTrace{
		{Name: dialog.StepDetect, Started: noon.Add(time.Minute), MS: 0.4, Attempt: 1, Outcome: dialog.StepOK},
		{Name: dialog.StepGate, Started: noon.Add(time.Minute), Attempt: 1, Outcome: dialog.StepOK, Input: map[string]any{"purpose": "reply"}, Output: map[string]any{"decision": "allow", "rules": []any{}}},
		{Name: dialog.StepGate, Started: noon.Add(2 * time.Minute), Attempt: 2, Outcome: dialog.StepBlocked, Input: map[string]any{"at": "dequeue", "purpose": "reminder"}, Output: map[string]any{"decision": "delay", "until": "2026-11-24T14:00:00Z", "rules": []any{"BC-TIME-01"}}},
	}}}
	r.audit.Messages = 4
	return r
}

func build(t *testing.T, r *record) casefile.File {
	t.Helper()
	f, err := casefile.Build(t.Context(), r, "cv_1", casefile.Made{At: noon.AddDate(0, 0, 1), By: "Sam", Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func render(t *testing.T, f casefile.File) (asJSON, asHTML string) {
	t.Helper()
	var j, h bytes.Buffer
	if err := errors.Join(f.JSON(&j), f.HTML(&h)); err != nil {
		t.Fatal(err)
	}
	return j.String(), h.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = "testdata/" + name
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

func TestTheCaseFile(t *testing.T) {
	t.Parallel()
	j, h := render(t, build(t, dispute()))
	golden(t, "dispute.json", j)
	// The sheet is webchat's and this package's own; only what is said is held here.
	from, to := strings.Index(h, "<style>"), strings.Index(h, "</style>")
	golden(t, "dispute.html", regexp.MustCompile(`sha256-[^;]+;?=?'`).ReplaceAllString(h[:from]+h[to:], "STYLE'"))
}

func TestACaseFileKeepsIdentityFactorsAndOtherDebtsOut(t *testing.T) {
	t.Parallel()
	j, h := render(t, build(t, dispute()))
	for _, secret := range []string{"SECRETFACTOR", "SECRETOTHER", "birth_date", "lookup"} {
		if strings.Contains(j, secret) || strings.Contains(h, secret) {
			t.Errorf("it says %s", secret)
		}
	}
}

func TestThePageRunsNothingAndLoadsNothing(t *testing.T) {
	t.Parallel()
	_, h := render(t, build(t, dispute()))
	lower := strings.ToLower(h)
	for _, bad := range []string{"<script", "javascript:", "src=", "<link", "@import", "url(", "href=", "onclick", "<img"} {
		if strings.Contains(lower, bad) {
			t.Errorf("it has %s", bad)
		}
	}
	sheet := sha256.Sum256([]byte(h[strings.Index(h, "<style>")+len("<style>") : strings.Index(h, "</style>")]))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sheet[:]) + "'"
	for _, need := range []string{policy, "&lt;script&gt;alert(1)", `data-theme="light"`, "@media print"} {
		if !strings.Contains(strings.ReplaceAll(h, "&#43;", "+"), need) {
			t.Errorf("it lacks %s", need)
		}
	}
}

func TestAFaultIsSaidPlainly(t *testing.T) {
	t.Parallel()
	r := dispute()
	r.entries[1].Who = "bot"
	r.audit.Faults = []store.Fault{{Entry: 2, Conversation: "cv_1", What: "it was changed after it was written"}, {Conversation: "cv_9", Seq: 1, What: "it is missing"}}
	f := build(t, r)
	if v := f.Verification; v.Whole || len(v.Faults) != 1 || v.Elsewhere != 1 || v.Sound != len(r.entries)-1 || f.Ledger[1].Sound {
		t.Errorf("got %+v", v)
	}
	_, h := render(t, f)
	for _, need := range []string{"Not whole", "Ledger entry 2: it was changed after it was written.", "(changed)"} {
		if !strings.Contains(h, need) {
			t.Errorf("the page does not say %q", need)
		}
	}
}

func TestWhatIsLeftOfAPurgedConversation(t *testing.T) {
	t.Parallel()
	r := dispute()
	for i := range r.entries[:3] {
		r.entries[i].Body = nil
	}
	r.gone = true
	f := build(t, r)
	_, h := render(t, f)
	if !f.Purged || len(f.Ledger) != len(r.entries) || f.Verification.Sound != len(r.entries) || !f.Ledger[0].Dropped || strings.Contains(h, "<h2 id=\"flags\">") {
		t.Errorf("got %+v", f.Verification)
	}
	if !strings.Contains(strings.Join(f.Gaps, " "), "Only the ledger is left") || !strings.Contains(h, "details removed") {
		t.Errorf("gaps: %q", f.Gaps)
	}
	r.entries = nil
	if _, err := casefile.Build(t.Context(), r, "cv_1", casefile.Made{}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestALongConversationIsWhole(t *testing.T) {
	t.Parallel()
	r := dispute()
	for i := int64(5); i <= 1203; i++ {
		r.messages = append(r.messages, dialog.Message{Seq: i, ID: "x", Direction: "in", From: "person", At: noon, Status: dialog.StatusReceived})
		r.note(time.Hour, "timer.fired", "service", "", `{"timer":"x"}`)
	}
	f := build(t, r)
	if len(f.Messages) != 1203 || len(f.Ledger) != len(r.entries) {
		t.Errorf("%d messages and %d entries", len(f.Messages), len(f.Ledger))
	}
}

func TestGapsAreSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		edit func(*record)
		want string
	}{
		{"a zone that is not known", func(r *record) {
			r.snap.Accounts = nil
			r.snap.Conversation.Channel, r.snap.Conversation.Address = "webchat", "h"
		}, "time zone is not known"},
		{"several zones", func(r *record) { r.snap.Accounts[0].Person.Zip, r.snap.Conversation.Address = "", "+13175550100" }, "may be in any of"},
		{"nobody was identified", func(r *record) { r.snap.Conversation.Identity.Verified = false }, "has not been identified"},
		{"a validation notice without a date", func(r *record) { r.snap.Accounts[0].Validation = nil }, "no date on which validation"},
		{"no initial disclosure", func(r *record) { r.messages[1].Text = "hello"; r.entries = nil }, "carried the initial disclosure"},
		{"an initial disclosure that did not go out", func(r *record) { r.messages[1].Status = channels.StatusFailed }, "carried the initial disclosure"},
		{"a message that may have gone out", func(r *record) { r.messages[3].Status = channels.StatusUncertain }, "message 4 reached the provider is not known"},
		{"a receipt that never came", func(*record) {}, "Message 4 was handed to the provider; no receipt"},
		{"a turn without a trace", func(*record) {}, "no trace of the turn in which message 4"},
		{"redacted details", func(r *record) { r.entries[0].Body = nil }, "details of 1 ledger entries were removed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := dispute()
			c.edit(r)
			if all := strings.Join(build(t, r).Gaps, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("the gaps are %s", all)
			}
		})
	}
}

func TestEventsAreToldInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, body, want string }{
		{"agreement.accepted", `{"kind":"payment_plan","total":"1240.00","payments":12}`, "An agreement was accepted: payment plan, 1240.00 in 12 payments"},
		{"agreement.accepted", `{"agreement":"ag_1"}`, "Agreement accepted (agreement: ag 1)"},
		{"message.failed", `{"seq":4,"reason":"30007"}`, "Message 4 failed: 30007"},
		{"notice.new_kind", `{"b":[1,"x_y"],"a":null,"c":{"d":true}}`, "Notice new kind (b: 1, x y; c: (&#34;d&#34;:true))"},
		{"control.changed", ``, "Control changed"},
		{"law.heard", `{"label":"{by}","by":"rule"}`, "What was said counts as (by) (found by rule)"},
	} {
		r := dispute()
		r.note(time.Hour, c.kind, "service", "", c.body)
		if _, h := render(t, build(t, r)); !strings.Contains(h, `<div class="words">`+c.want+"</div>") {
			t.Errorf("%s %s is not told as %q", c.kind, c.body, c.want)
		}
	}
}

func TestEveryWordingOfADisclosureIsKnown(t *testing.T) {
	t.Parallel()
	n := 0
	for lang, kinds := range guard.Wording() {
		for _, kind := range []string{"initial", "subsequent", "ai", "opt_out"} {
			for actor, text := range kinds[kind] {
				n++
				r := dispute()
				r.messages[3].Text = "Hello. " + strings.NewReplacer("{name}", "Ava", "{brand}", "Northwind Bank").Replace(text)
				if all := build(t, r).Disclosures; !slices.ContainsFunc(all, func(d casefile.Disclosure) bool { return d.Kind == kind && d.Seq == 4 && d.Cite != "" }) {
					t.Errorf("%s, %s, %s: %q is not known, only %+v", lang, kind, actor, text, all)
				}
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d wordings", n)
	}
}
