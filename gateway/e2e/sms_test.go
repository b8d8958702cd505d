package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"parley/channels/sms/twiliotest"
)

func TestAPersonSettlesIntoAPlanByText(t *testing.T) {
	t.Parallel()
	p := start(t)
	contains(t, p.says(angela, "what do I owe?"), "ZIP", "Reply STOP")
	contains(t, p.says(angela, "78701"), "$1,240.00", "attempt to collect a debt")
	contains(t, p.says(angela, "can I do 60 a month?"), "$")
	contains(t, p.says(angela, "ok then 110 a month"), "you", "$110.00 a month", "$")
	contains(t, p.says(angela, "110 is what I can do"), "11 of $110.00")
	contains(t, p.says(angela, "yes"), "$110.00")
	c := p.about("acct-1001")
	if c.Agreement == nil || c.Agreement.Kind != "payment_plan" || c.Agreement.State != "accepted" {
		t.Fatalf("agreement: %+v", c.Agreement)
	}
	if got := cents(t, c); got != 124000 {
		t.Errorf("the instalments add up to %d cents", got)
	}
	p.wait("the last message delivered", func() bool {
		m := p.about("acct-1001").Messages
		return m[len(m)-1].Status == "delivered"
	})
	var trace struct {
		Turns []struct {
			Steps []struct {
				Name     string
				MS       *float64
				Input    any
				Output   any
				Versions map[string]string
			}
		}
	}
	p.get("/conversations/"+c.ID+"/trace", &trace)
	names := map[string]bool{}
	for _, s := range trace.Turns[2].Steps {
		if s.MS == nil || s.Versions == nil {
			t.Errorf("step %s has no time or no versions", s.Name)
		}
		names[s.Name] = true
	}
	if len(names) < 18 {
		t.Errorf("the trace shows only %d steps: %v", len(names), names)
	}
}

func cents(t *testing.T, c conversation) int {
	t.Helper()
	sum := 0
	for _, i := range c.Agreement.Installments {
		n, err := strconv.Atoi(strings.ReplaceAll(i.Amount, ".", ""))
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}

func TestTheSameMessageTwentyTimesAtOnceIsOneMessageAndOneReply(t *testing.T) {
	t.Parallel()
	p := start(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { p.text(angela, "hello", twiliotest.WithSID("SM00000000000000000000000000000020")) })
	}
	all.Wait()
	p.wait("the reply", func() bool { return len(p.replies(angela)) > 0 })
	p.says(angela, "what do I owe?")
	var in, out int
	for _, m := range p.about("acct-1001").Messages {
		switch {
		case m.Direction == "in" && m.Text == "hello":
			in++
		case m.Direction == "out":
			out++
		}
	}
	if in != 1 || out != 2 {
		t.Errorf("%d messages and %d replies, want 1 and 2 (one for each of two messages)", in, out)
	}
}

func TestStopIsConfirmedOnceAndBlocksWhatComesAfter(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.says(angela, "hi")
	contains(t, p.says(angela, "STOP"), "opted out")
	for range 3 {
		p.text(angela, "STOP")
	}
	var refusal struct {
		Findings []struct{ Rule string }
		Detail   string
	}
	if code := p.call(http.MethodPost, "/conversations", map[string]string{"account": "acct-1001", "channel": "sms", "purpose": "payment_reminder"}, &refusal); code != http.StatusConflict || len(refusal.Findings) == 0 {
		t.Errorf("contact after STOP answered %d %+v", code, refusal)
	}
	p.wait("the repeated STOPs handled", func() bool {
		var trace struct{ Turns []any }
		p.get("/conversations/"+p.about("acct-1001").ID+"/trace", &trace)
		return len(trace.Turns) >= 5
	})
	if n := len(p.replies(angela)); n != 2 {
		t.Errorf("%d messages went out, want the greeting and one confirmation:\n%s", n, strings.Join(p.replies(angela), "\n"))
	}
	var acc struct {
		Person struct {
			Addresses []struct{ Opted_Out_At string }
		}
	}
	p.get("/accounts/acct-1001", &acc)
	if acc.Person.Addresses[0].Opted_Out_At == "" {
		t.Error("the account does not show the opt-out")
	}
}

func TestACardNumberIsNowhere(t *testing.T) {
	t.Parallel()
	model := newModel(t, "ideal")
	p := start(t, model.env()...)
	const pan = "4111111111111111"
	p.says(angela, "78701")
	contains(t, p.says(angela, "my card is "+pan+" take it from there"), "hidden")
	p.says(angela, "and again 4111-1111-1111-1111 please, can I do 100 a month?")
	p.says(angela, "what is my balance?")
	p.stop()
	err := filepath.Walk(p.dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, written := range []string{pan, "4111-1111-1111-1111", "4111 1111 1111 1111"} {
			if strings.Contains(string(data), written) {
				t.Errorf("%s is in %s", written, filepath.Base(path))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(p.logged(), "1111") {
		t.Error("it is in the log")
	}
	if model.server.Contains(pan) || model.server.Contains("4111-1111") {
		t.Error("it was sent to the model")
	}
	if len(model.server.Requests()) == 0 {
		t.Error("the model was never asked, so this proves nothing")
	}
	p.launch() // so that the end of the test has something to stop
}

func TestABadSignatureIsRefusedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	p := start(t)
	a, err := p.twilio.SendInbound(context.Background(), publicURL+"/channels/sms/messages", angela, "hello", twiliotest.WithToken("another"))
	if err != nil || a.Code != http.StatusForbidden {
		t.Fatalf("answered %d %v", a.Code, err)
	}
	var list struct{ Conversations []conversation }
	p.get("/conversations", &list)
	if len(list.Conversations) != 0 {
		t.Errorf("it left %d conversations", len(list.Conversations))
	}
	if strings.Contains(p.logged(), "403") || strings.Contains(p.logged(), "signature") {
		t.Errorf("it was logged: %s", p.logged())
	}
}

func TestWhateverAModelDoesEachPersonHasAnAnswerOrAHuman(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"malformed", "hang", "server_error", "truncated", "rate_limit", "hostile", "cut", "wrong_schema"} {
		t.Run(mode, func(t *testing.T) {
			model := newModel(t, mode)
			p := start(t, model.env()...)
			contains(t, p.says(angela, "zip 78701"), "$1,240.00") // wait allows 20 s; the budget of the turn is below 15
			reply := p.says(angela, "can I pay monthly?")
			for _, bad := range []string{"$1.00", "arrest", "sue", "garnish"} {
				if strings.Contains(reply, bad) {
					t.Errorf("%q reached the person: %s", bad, reply)
				}
			}
			if len(model.server.Requests()) == 0 {
				t.Error("the model was never asked")
			}
		})
	}
}

func TestUnknownFieldsAreNamed(t *testing.T) {
	t.Parallel()
	p := start(t)
	var problem struct {
		Status int
		Errors []struct{ Location, Message string }
	}
	code := p.call(http.MethodPut, "/accounts/acct-9", map[string]any{"portfolio": "northwind-cards", "colour": "blue"}, &problem)
	if code != http.StatusUnprocessableEntity || !strings.Contains(fmt.Sprint(problem.Errors), "colour") {
		t.Errorf("answered %d %+v", code, problem)
	}
}
