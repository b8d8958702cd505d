package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/store"
)

// record is what the page reads; the methods it does not use are not there.
type record struct {
	store.Store
	open  map[string]string
	snaps map[string]dialog.Snapshot
	turns []dialog.TurnTrace
	said  []dialog.Message
	fail  error
}

func (r *record) OpenConversation(_ context.Context, channel, address string) (string, error) {
	return r.open[channel+" "+address], r.fail
}

func (r *record) Snapshot(_ context.Context, id string) (dialog.Snapshot, error) {
	s, ok := r.snaps[id]
	if !ok {
		return s, store.ErrNotFound
	}
	return s, nil
}

func (r *record) Traces(context.Context, string) ([]dialog.TurnTrace, error) { return r.turns, nil }

func (r *record) Messages(_ context.Context, _ string, after int64, _ int) ([]dialog.Message, error) {
	var out []dialog.Message
	for _, m := range r.said {
		if m.Seq > after {
			out = append(out, m)
		}
	}
	return out, nil
}

func (r *record) Feed(context.Context, string, int64, int) ([]dialog.Message, error) {
	return r.said, nil
}

func serve(t *testing.T, r *record, change func(*Deps)) func(method, path, body string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	deps := Deps{Record: r, Brand: "Northwind Bank", Assistant: "Ava", Model: "built-in responder", Number: "+18005550199", Now: time.Now}
	if change != nil {
		change(&deps)
	}
	mux := http.NewServeMux()
	NewPage(deps).Routes(mux)
	return func(method, path, body string, header http.Header) *httptest.ResponseRecorder {
		req := httptest.NewRequest(method, path, strings.NewReader(body))
		req.RemoteAddr, req.Host = "127.0.0.1:40000", "localhost:8080"
		for k, v := range header {
			req.Header[k] = v
		}
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, req)
		return w
	}
}

func decode[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("status %d, body %s: %v", w.Code, w.Body, err)
	}
	return v
}

func TestEveryAssetIsServedUnderAStrictPolicy(t *testing.T) {
	t.Parallel()
	do := serve(t, &record{}, nil)
	total := 0
	for _, path := range []string{"/demo", "/demo/demo.css", "/demo/tokens.css", "/demo/demo.js", "/demo/talk.js", "/demo/state.js", "/demo/steps.js", "/demo/notes.js", "/demo/kit.js", "/demo/call.js", "/demo/voice.js"} {
		w := do("GET", path, "", nil)
		if w.Code != 200 || w.Body.Len() == 0 {
			t.Errorf("%s: status %d, %d bytes", path, w.Code, w.Body.Len())
		}
		total += w.Body.Len()
		policy := w.Header().Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %s", path, want)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("%s: the policy allows something unsafe: %s", path, policy)
		}
		for _, bad := range []string{"innerHTML", "eval(", "http://", "https://"} {
			if body := strings.ReplaceAll(w.Body.String(), "http://www.w3.org/2000/svg", ""); strings.Contains(body, bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
	}
	t.Logf("the page has %d bytes", total)
	if total >= 75_000 {
		t.Errorf("the page has %d bytes, want less than 75 kB", total)
	}
}

func TestThePageHasNothingInline(t *testing.T) {
	t.Parallel()
	page := serve(t, &record{}, nil)("GET", "/demo", "", nil).Body.String()
	for name, pattern := range map[string]string{
		"a script without a source": `<script(?:\s[^>]*)?>[^<]`, "an event handler": `\son[a-z]+=`, "an inline style": `\sstyle=|<style`,
	} {
		if found := regexp.MustCompile(pattern).FindString(page); found != "" {
			t.Errorf("it has %s: %s", name, found)
		}
	}
	for _, found := range regexp.MustCompile(`(?:src|href)="(/demo/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		if w := serve(t, &record{}, nil)("GET", found[1], "", nil); w.Code != 200 {
			t.Errorf("it names %s, which answers %d", found[1], w.Code)
		}
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	do := serve(t, &record{}, nil)
	w := do("GET", "/demo/people", "", nil)

	t.Run("no birth date beyond the year, and no social security number", func(t *testing.T) {
		body := w.Body.String()
		if found := regexp.MustCompile(`\b(19|20)\d\d-\d\d-\d\d\b|ssn|birth_date`).FindString(body); found != "" {
			t.Errorf("it tells %s", found)
		}
	})
	got := decode[struct {
		Model   string
		BuiltIn bool `json:"built_in"`
		Phone   bool
		People  []person
		Steps   []stepRule
		Rules   map[string][2]string
	}](t, w)
	t.Run("the rules are told with their sources", func(t *testing.T) {
		if rule := got.Rules["OD-MM-01"]; rule[0] == "" || rule[1] == "" {
			t.Errorf("OD-MM-01 is %q", rule)
		}
	})
	t.Run("who speaks, whether there is a phone, and all 21 steps are told", func(t *testing.T) {
		if got.Model != "built-in responder" || !got.BuiltIn || got.Phone || len(got.Steps) != 21 {
			t.Errorf("model %q, built in %v, phone %v, %d steps", got.Model, got.BuiltIn, got.Phone, len(got.Steps))
		}
	})
	t.Run("a connected model is not called built in", func(t *testing.T) {
		other := serve(t, &record{}, func(d *Deps) { d.Model = "gpt-4o-mini" })("GET", "/demo/people", "", nil)
		if strings.Contains(other.Body.String(), `"built_in":true`) {
			t.Error("it is")
		}
	})
	t.Run("everybody has what the page needs", func(t *testing.T) {
		for _, p := range got.People {
			if p.Name == "" || p.Phone == "" || len(p.Zip) != 5 || len(p.Born) != 4 || p.State == "" || p.Language == "" || p.Balance == "" {
				t.Errorf("%s lacks something: %+v", p.Account, p)
			}
		}
	})
}

func TestTheSampleAccounts(t *testing.T) {
	t.Parallel()
	people := decode[struct{ People []person }](t, serve(t, &record{}, nil)("GET", "/demo/people", "", nil)).People
	if len(people) < 10 {
		t.Fatalf("%d accounts, want at least 10", len(people))
	}
	states, languages, flags, keys, phones := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]bool{}
	for _, p := range people {
		states[p.State], languages[p.Language], phones[p.Phone] = true, true, true
		for _, f := range p.Flags {
			flags[f] = true
		}
		if other := keys[p.Zip+p.Born]; other != "" {
			t.Errorf("%s and %s have the same ZIP code and year of birth: nobody could tell them apart", p.Account, other)
		}
		keys[p.Zip+p.Born] = p.Account
	}
	if len(states) < 5 || len(languages) < 2 || len(flags) < 3 || len(phones) != len(people) {
		t.Errorf("%d states, %d languages, %d flags, %d telephones", len(states), len(languages), len(flags), len(phones))
	}
	if i := slices.IndexFunc(people, func(p person) bool { return p.Account == "acct-1001" }); i != 0 {
		t.Errorf("acct-1001 stands at %d, want it first", i)
	}
}

func TestTrace(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	conv := dialog.Conversation{
		ID: "cv_1", Channel: "sms", Control: dialog.ControlQueued, Account: "acct-1", Confidence: 0.9,
		Handoff: &dialog.Handoff{Since: at, Reasons: []dialog.Reason{{Code: "requested_human", Detail: "They asked."}}},
	}
	conv.Identity.Held = map[string]string{"zip": "keyed-hash"}
	account := dialog.Account{ID: "acct-1", Flags: map[string]dialog.Flag{"disputed": {}, "cease": {}}, Factors: map[string]string{"zip": "keyed-hash"}}
	other := dialog.Account{ID: "acct-2", Flags: map[string]dialog.Flag{"deceased": {}}}
	r := &record{open: map[string]string{"sms +15125550123": "cv_1"}, snaps: map[string]dialog.Snapshot{
		"cv_1": {Conversation: conv, Accounts: []dialog.Account{account, other}, Address: dialog.AddressFacts{SMSOptedOut: at}},
	}}
	for i := range 40 {
		r.turns = append(r.turns, dialog.TurnTrace{ID: string(rune('A' + i)), InputSeq: int64(2*i + 1), Started: at})
		r.said = append(r.said, dialog.Message{Seq: int64(2*i + 1), Direction: "in", From: "person", Text: "hello", Status: dialog.StatusReceived})
	}
	do := serve(t, r, nil)
	path := "/demo/trace?phone=" + url.QueryEscape("+15125550123")
	type answer struct {
		Conversation map[string]any
		Turns        []dialog.TurnTrace
		Total        int
		Messages     []message
	}
	w := do("GET", path, "", nil)
	got := decode[answer](t, w)

	t.Run("a long conversation shows its last turns with what was said in them", func(t *testing.T) {
		if len(got.Turns) != shownTurns || got.Total != 40 || got.Turns[0].InputSeq != 21 || got.Messages[0].Seq != 21 {
			t.Errorf("%d of %d turns from %d, messages from %d", len(got.Turns), got.Total, got.Turns[0].InputSeq, got.Messages[0].Seq)
		}
	})
	t.Run("the state has the hand-off, the opt-out and the flags of its own account only", func(t *testing.T) {
		c := got.Conversation
		if diff := cmp.Diff([]any{"cease", "disputed"}, c["flags"]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]any{"requested_human"}, c["reasons"]); diff != "" {
			t.Error(diff)
		}
		if c["opted_out"] != "2026-11-22T20:00:00Z" || c["handoff"] == nil {
			t.Errorf("opted out %v, hand-off %v", c["opted_out"], c["handoff"])
		}
	})
	t.Run("nothing that proves who someone is gets out", func(t *testing.T) {
		if strings.Contains(w.Body.String(), "keyed-hash") {
			t.Error("a keyed hash did")
		}
	})
	t.Run("who has it already is answered 304, and the whole again after a change", func(t *testing.T) {
		tag := http.Header{"If-None-Match": {w.Header().Get("ETag")}}
		if again := do("GET", path, "", tag); again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("status %d, %d bytes", again.Code, again.Body.Len())
		}
		r.turns = append(r.turns, dialog.TurnTrace{ID: "new"})
		if again := do("GET", path, "", tag); again.Code != http.StatusOK {
			t.Errorf("after a change: %d", again.Code)
		}
	})
	t.Run("a conversation nobody knows, and none at all, are empty and no error", func(t *testing.T) {
		for _, q := range []string{"", "?conversation=nope", "?phone=%2B15550000000"} {
			empty := do("GET", "/demo/trace"+q, "", nil)
			if a := decode[answer](t, empty); empty.Code != 200 || a.Conversation != nil || a.Turns == nil || a.Messages == nil {
				t.Errorf("%q: %d %s", q, empty.Code, empty.Body)
			}
		}
	})
	t.Run("a record that does not answer is said", func(t *testing.T) {
		broken := serve(t, &record{fail: context.DeadlineExceeded}, nil)
		for _, p := range []string{path, strings.Replace(path, "trace", "texts", 1)} {
			if w := broken("GET", p, "", nil); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "did not answer") {
				t.Errorf("%s: %d %s", p, w.Code, w.Body)
			}
		}
	})
}

func TestTexts(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	r := &record{open: map[string]string{"sms +15125550123": "cv_1"}, said: []dialog.Message{
		{ID: "a", Direction: "in", Text: "hello", At: at, Status: dialog.StatusReceived},
		{ID: "b", Direction: "out", Text: "Who are you?", At: at.Add(time.Second), Status: channels.StatusDelivered},
	}}
	do := serve(t, r, nil)
	t.Run("what was said before this start is on the phone, seen from the phone", func(t *testing.T) {
		got := decode[struct{ Texts []text }](t, do("GET", "/demo/texts?phone=%2B15125550123", "", nil)).Texts
		want := []text{{"a", "out", "hello", "received", at}, {"b", "in", "Who are you?", "delivered", at.Add(time.Second)}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a phone nobody has used is empty and no error", func(t *testing.T) {
		if w := do("GET", "/demo/texts?phone=%2B15550000000", "", nil); w.Code != 200 || !strings.Contains(w.Body.String(), `"texts":[]`) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("where a real provider is configured there is no phone to text from", func(t *testing.T) {
		w := do("POST", "/demo/texts", `{"from":"+15125550123","text":"hi"}`, nil)
		if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "real phone") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("a message that can't be read is refused", func(t *testing.T) {
		if w := do("POST", "/demo/texts", `{"from":`, nil); w.Code != http.StatusBadRequest || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func TestWithARealProviderThePageIsForThisMachineAlone(t *testing.T) {
	t.Parallel()
	ask := serve(t, &record{}, nil)
	for _, path := range []string{"/demo/trace?phone=%2B15125550123", "/demo/texts?phone=%2B15125550123", "/demo/people", "/demo/call?phone=x"} {
		if w := ask("GET", path, "", http.Header{"X-Forwarded-For": {"203.0.113.9"}}); w.Code != http.StatusForbidden {
			t.Errorf("%s through a tunnel: %d", path, w.Code)
		}
		if w := ask("GET", path, "", nil); w.Code == http.StatusForbidden {
			t.Errorf("%s from here: %d", path, w.Code)
		}
	}
	for _, from := range []struct{ at, host string }{{"203.0.113.9:1", "localhost"}, {"127.0.0.1:1", "evil.example:8080"}, {"", "localhost"}} {
		r := httptest.NewRequest("GET", "/demo/trace", nil)
		r.RemoteAddr, r.Host = from.at, from.host
		if fromHere(r) {
			t.Errorf("%v is taken for this machine", from)
		}
	}
}
