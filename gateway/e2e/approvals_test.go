package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// approval is what the tests read of a request.
type approval struct {
	ID, Conversation, State, Parent, Replaced_By, Requested_By, Decided_By, Args_SHA256, Failure string
	Args                                                                                         struct {
		Total        struct{ Amount, Currency string }
		Installments []struct{ Due, Amount string }
	}
}

// refusal is a problem document.
type refusal struct {
	Status         int
	Detail, Holder string
	Errors         []struct{ Location, Message string }
}

// withDeciders starts a process to which several people have keys: their names.
func withDeciders(t *testing.T) *parley {
	return start(t, "PARLEY_API_KEYS=e2e:"+apiKey+",ada:ada-key-0123456789:supervisor,bob:bob-key-0123456789:supervisor,eve:eve-key-0123456789:agent,vic:vic-key-0123456789:viewer")
}

// as calls the API with somebody's key, and returns the status and the body.
func (p *parley) as(name, method, path, body string) (int, []byte) {
	p.t.Helper()
	req, err := http.NewRequest(method, "http://"+p.admin+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+name+"-key-0123456789")
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Error(err)
		return 0, nil
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Error(err)
	}
	return res.StatusCode, data
}

// decide decides as somebody; what comes back is read into into.
func (p *parley) decide(name, id, body string, into any) int {
	p.t.Helper()
	code, data := p.as(name, http.MethodPost, "/approvals/"+id+"/decision", body)
	if into != nil {
		if err := json.Unmarshal(data, into); err != nil {
			p.t.Fatalf("%v in %s", err, data)
		}
	}
	return code
}

// waiting is the one request that waits, after a person accepted a settlement.
func (p *parley) waiting() approval {
	p.t.Helper()
	contains(p.t, p.says(angela, "zip 78701"), "$1,240.00")
	contains(p.t, p.says(angela, "can I settle for less?"), "$1,116.00")
	contains(p.t, p.says(angela, "yes"), "has to approve this first")
	var list struct{ Approvals []approval }
	if p.get("/approvals?state=pending", &list); len(list.Approvals) != 1 {
		p.t.Fatalf("%d requests wait", len(list.Approvals))
	}
	a := list.Approvals[0]
	if a.Requested_By != "bot" || a.Args.Total.Amount != "1116.00" || a.Args.Total.Currency != "USD" || len(a.Args_SHA256) != 64 {
		p.t.Fatalf("the request %+v", a)
	}
	return a
}

func TestASettlementWaitsForOneApproval(t *testing.T) {
	t.Parallel()
	p := withDeciders(t)
	a := p.waiting()
	if g := p.about("acct-1001").Agreement; g == nil || g.State != "proposed" {
		t.Fatalf("before the decision: %+v", g)
	}
	said := len(p.replies(angela))

	deciders := []string{"ada", "bob"}
	codes, bodies := make([]int, 2), make([][]byte, 2)
	approve := `{"decision":"approve","expected_sha256":"` + a.Args_SHA256 + `"}`
	var both sync.WaitGroup
	for i, name := range deciders {
		both.Go(func() { codes[i], bodies[i] = p.as(name, http.MethodPost, "/approvals/"+a.ID+"/decision", approve) })
	}
	both.Wait()
	won := 0
	if codes[1] == http.StatusOK {
		won = 1
	}
	if codes[won] != http.StatusOK || codes[1-won] != http.StatusConflict {
		t.Fatalf("two approvals at once answered %v: %s %s", codes, bodies[0], bodies[1])
	}
	var lost refusal
	if err := json.Unmarshal(bodies[1-won], &lost); err != nil || lost.Holder != deciders[won] || !strings.Contains(lost.Detail, deciders[won]) {
		t.Errorf("the loser reads %s (%v)", bodies[1-won], err)
	}
	p.wait("the confirmation", func() bool { return len(p.replies(angela)) > said })
	contains(t, p.replies(angela)[said], "$1,116.00", "set")
	c := p.about("acct-1001")
	if c.Agreement == nil || c.Agreement.State != "accepted" || c.Agreement.Kind != "settlement" || c.Agreement.Total != "1116.00" {
		t.Fatalf("the agreement %+v", c.Agreement)
	}

	code, again := p.as(deciders[won], http.MethodPost, "/approvals/"+a.ID+"/decision", approve)
	if code != http.StatusOK || !bytes.Equal(again, bodies[won]) {
		t.Errorf("the same decision again answered %d %s, the first time %s", code, again, bodies[won])
	}
	if code := p.decide(deciders[won], a.ID, `{"decision":"reject","comment":"no, wait"}`, nil); code != http.StatusConflict {
		t.Errorf("another decision by the same decider answered %d", code)
	}
	after := p.about("acct-1001")
	if len(after.Messages) != len(c.Messages) || after.Agreement.State != "accepted" {
		t.Errorf("the replay did something: %d messages, then %d", len(c.Messages), len(after.Messages))
	}
	var acc struct{ Agreements []struct{ State string } }
	if p.get("/accounts/acct-1001", &acc); len(acc.Agreements) != 1 {
		t.Errorf("the account has %+v", acc.Agreements)
	}
}

func TestAnEditedRequestNeedsAnotherApproverAndThePersonsYes(t *testing.T) {
	t.Parallel()
	p := withDeciders(t)
	a := p.waiting()
	said := len(p.replies(angela))
	edit := `{"decision":"edit","edited_args":{"total":"950.00"},"comment":"as agreed on the phone"}`
	var old, same, next approval
	if code := p.decide("ada", a.ID, edit, &old); code != http.StatusOK || old.State != "superseded" {
		t.Fatalf("the edit answered %d %+v", code, old)
	}
	if code := p.decide("ada", a.ID, edit, &same); code != http.StatusOK || same.Replaced_By != old.Replaced_By {
		t.Errorf("the same edit again answered %d and made %s", code, same.Replaced_By)
	}
	if code := p.decide("ada", old.Replaced_By, `{"decision":"approve"}`, nil); code != http.StatusForbidden {
		t.Errorf("who edited approves: %d", code)
	}
	if code := p.decide("eve", old.Replaced_By, `{"decision":"approve"}`, nil); code != http.StatusForbidden {
		t.Errorf("an agent approves 77%%, having authority to 80%%: %d", code)
	}
	if n := len(p.replies(angela)); n != said {
		t.Fatalf("the person was told something: %q", p.replies(angela)[said:])
	}
	if code := p.decide("bob", old.Replaced_By, `{"decision":"approve"}`, &next); code != http.StatusOK || next.State != "approved" || next.Parent != a.ID {
		t.Fatalf("the approval answered %d %+v", code, next)
	}
	p.wait("the offer", func() bool { return len(p.replies(angela)) > said })
	contains(t, p.replies(angela)[said], "$950.00")
	if g := p.about("acct-1001").Agreement; g != nil {
		t.Errorf("agreed without the person: %+v", g)
	}
	contains(t, p.says(angela, "yes"), "$950.00", "set")
	if g := p.about("acct-1001").Agreement; g == nil || g.State != "accepted" || g.Total != "950.00" {
		t.Errorf("the agreement %+v", g)
	}
}

func TestADecisionThatCannotStandIsRefusedAndARejectionIsTold(t *testing.T) {
	t.Parallel()
	p := withDeciders(t)
	a := p.waiting()
	said := len(p.replies(angela))
	for _, c := range []struct {
		name, who, body string
		want            int
		about           string
	}{
		{"no reason to reject", "ada", `{"decision":"reject"}`, 422, "body.comment"},
		{"no terms to edit", "ada", `{"decision":"edit"}`, 422, "body.edited_args"},
		{"no amount", "ada", `{"decision":"edit","edited_args":{"total":"a lot"}}`, 422, "body.edited_args.total"},
		{"an amount below the floor", "ada", `{"decision":"edit","edited_args":{"total":"743.99"}}`, 422, "body.edited_args.total"},
		{"other terms, approved in passing", "ada", `{"decision":"approve","edited_args":{"total":"800.00"}}`, 422, "body.edited_args"},
		{"a word that is no decision", "ada", `{"decision":"maybe"}`, 422, "body.decision"},
		{"a field nobody knows", "ada", `{"decision":"approve","colour":"blue"}`, 422, "body.colour"},
		{"what was not shown", "ada", `{"decision":"approve","expected_sha256":"` + strings.Repeat("0", 64) + `"}`, 412, ""},
		{"a viewer", "vic", `{"decision":"approve"}`, 403, ""},
	} {
		var no refusal
		code := p.decide(c.who, a.ID, c.body, &no)
		if code != c.want || c.about != "" && (len(no.Errors) == 0 || no.Errors[0].Location != c.about) {
			t.Errorf("%s: answered %d %+v", c.name, code, no)
		}
	}
	if code := p.decide("ada", "none", `{"decision":"approve"}`, nil); code != http.StatusNotFound {
		t.Errorf("no such request: %d", code)
	}
	if code, _ := p.as("ada", http.MethodGet, "/approvals?state=odd", ""); code != 422 {
		t.Errorf("a state nobody knows: %d", code)
	}
	var done approval
	if code := p.decide("ada", a.ID, `{"decision":"reject","comment":"the account is under review"}`, &done); code != http.StatusOK || done.State != "rejected" {
		t.Fatalf("the rejection answered %d %+v", code, done)
	}
	p.wait("the answer", func() bool { return len(p.replies(angela)) > said })
	contains(t, p.replies(angela)[said], "can't agree")
	if strings.Contains(p.replies(angela)[said], "review") {
		t.Error("the reason reached the person")
	}
	if c := p.about("acct-1001"); c.Agreement != nil || c.Control != "bot" {
		t.Errorf("afterwards: %s, %+v", c.Control, c.Agreement)
	}
}

func TestARequestNobodyDecidesExpires(t *testing.T) {
	t.Parallel()
	p := withDeciders(t)
	a := p.waiting()
	said := len(p.replies(angela))
	p.stop()
	p.env = append(p.env, "PARLEY_DEV_CLOCK=2026-11-24T18:00:00Z")
	p.launch()
	p.wait("the hand-off", func() bool { return len(p.replies(angela)) > said })
	contains(t, p.replies(angela)[said], "person")
	if code := p.decide("ada", a.ID, `{"decision":"approve"}`, nil); code != http.StatusGone {
		t.Errorf("a late approval answered %d", code)
	}
	if c := p.about("acct-1001"); c.Agreement != nil || c.Handoff == nil || c.Handoff.Reasons[0] != "approval_expired" {
		t.Errorf("afterwards: %+v %+v", c.Agreement, c.Handoff)
	}
}
