package llm_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/negotiation"
)

func TestParseTakesTheAnswersShapeAndNothingElse(t *testing.T) {
	t.Parallel()
	b := llmtest.Brief()
	for _, c := range []struct{ name, raw, reason string }{
		{"a bare object", `{"commands":[],"move":"","reply":"Hello."}`, ""},
		{"all fields", `{"commands":[{"name":"counter","amount":"60","cadence":"monthly","date":"2026-12-04","reason":""}],"move":"mv-1","reply":"{words}","confidence":0.8}`, ""},
		{"an object in a code fence", "```json\n{\"commands\":[],\"move\":\"\",\"reply\":\"Hello.\"}\n```", ""},
		{"a fence without a language", "```\n{\"commands\":[],\"move\":\"\",\"reply\":\"Hello.\"}\n```", ""},
		{"an offer by its number", `{"commands":[],"move":"mv-2","reply":"I can do {2.words}."}`, ""},
		{"all offers", `{"commands":[],"move":"mv-2","reply":"{options}"}`, ""},
		{"nothing", ``, "empty answer"},
		{"prose", `Sure!`, "not a JSON object"},
		{"prose around", `Here: {"commands":[],"move":"","reply":"x"}`, "not a JSON object"},
		{"two values", `{"commands":[],"move":"","reply":"x"} {}`, "more than one JSON value"},
		{"an unknown field", `{"commands":[],"move":"","reply":"x","floor":1}`, "unknown field"},
		{"a field in another case", `{"commands":[],"Move":"","reply":"x"}`, "unknown field"},
		{"a field twice", `{"commands":[],"move":"","reply":"x","reply":"y"}`, `field "reply" twice`},
		{"a field missing", `{"commands":[],"reply":"x"}`, `field "move" is missing`},
		{"a null", `{"commands":[],"move":null,"reply":"x"}`, "a field is null"},
		{"a wrong type", `{"commands":[],"move":7,"reply":"x"}`, "a field has the wrong type"},
		{"a nested reply", `{"commands":[],"move":"","reply":{"a":1}}`, "a field has the wrong type"},
		{"an unknown command", `{"commands":[{"name":"transfer"}],"move":"","reply":"x"}`, "unknown command"},
		{"an unknown field in a command", `{"commands":[{"name":"accept","total":"1"}],"move":"","reply":"x"}`, "unknown field"},
		{"a command without a name", `{"commands":[{"amount":"1"}],"move":"","reply":"x"}`, "a command has no name"},
		{"an amount nobody said", `{"commands":[{"name":"counter","amount":"61.00"}],"move":"","reply":"x"}`, "an amount nobody said"},
		{"a negative amount", `{"commands":[{"name":"counter","amount":"-60"}],"move":"","reply":"x"}`, "amount is not a decimal"},
		{"a day that doesn't exist", `{"commands":[{"name":"promise","date":"2026-02-30"}],"move":"","reply":"x"}`, "date is not YYYY-MM-DD"},
		{"a day that is past", `{"commands":[{"name":"promise","date":"2026-11-01"}],"move":"","reply":"x"}`, "date is past or too far away"},
		{"a move that isn't there", `{"commands":[],"move":"mv-3","reply":"x"}`, "move is not one of the options"},
		{"an empty reply", `{"commands":[],"move":"","reply":"  "}`, "reply is empty"},
		{"a reply of dots", `{"commands":[],"move":"","reply":"..."}`, "reply is empty"},
		{"a reply too long for SMS", `{"commands":[],"move":"","reply":"` + strings.Repeat("a", 321) + `"}`, "reply is longer than 320 characters"},
		{"a placeholder of another option", `{"commands":[],"move":"","reply":"{amount}"}`, "unknown placeholder"},
		{"a placeholder for the floor", `{"commands":[],"move":"","reply":"{floor}"}`, "unknown placeholder"},
		{"an open brace", `{"commands":[],"move":"","reply":"{amount"}`, "unpaired brace"},
		{"an offer taken without its terms", `{"commands":[],"move":"mv-1","reply":"Great, it's a deal!"}`, "an offer's terms must be said: use {words}, {options} or {amount}"},
		{"another offer's terms", `{"commands":[],"move":"mv-1","reply":"Great: {2.words}"}`, "an offer's terms must be said: use {words}, {options} or {amount}"},
		{"an invisible character", `{"commands":[],"move":"","reply":"ar\u200bested"}`, "reply holds a control character"},
		{"too many commands", `{"commands":[` + strings.TrimSuffix(strings.Repeat(`{"name":"answer"},`, 9), ",") + `],"move":"","reply":"x"}`, "more than 8 commands"},
		{"a confidence of 2", `{"commands":[],"move":"","reply":"x","confidence":2}`, "confidence is outside 0 to 1"},
		{"broken UTF-8", "{\"commands\":[],\"move\":\"\",\"reply\":\"\xff\"}", "answer is not UTF-8"},
		{"a flood", `{"commands":[],"move":"","reply":"` + strings.Repeat("a", 20000) + `"}`, "answer is longer than 16384 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := llm.Parse([]byte(c.raw), b)
			got := ""
			if e, ok := err.(*llm.Error); ok {
				got = e.Reason
				if e.Kind != llm.Malformed {
					t.Errorf("kind %s", e.Kind)
				}
			}
			if (err == nil) != (c.reason == "") || got != c.reason {
				t.Errorf("got %v, want reason %q", err, c.reason)
			}
		})
	}
}

func TestParseNeverFailsInAnotherWay(t *testing.T) {
	t.Parallel()
	b := llmtest.Brief()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"{", "}", "[", "]", `"commands"`, `"move"`, `"reply"`, `"name"`, ":", ",", `"mv-1"`, `"{words}"`, `"accept"`, "null", "1e999", "```", "\n", `\u0000`})).Draw(t, "parts")
		a, err := llm.Parse([]byte(strings.Join(parts, "")), b)
		if err == nil {
			if _, err := llm.Fill(a.Reply, b.Values(a.Move)); err != nil {
				t.Fatalf("a reply that was taken can't be filled: %v", err)
			}
		} else if llm.KindOf(err) != llm.Malformed {
			t.Fatalf("kind %v", err)
		}
	})
}

func TestFillSaysEveryFigureOrNothing(t *testing.T) {
	t.Parallel()
	values := map[string]string{"amount": "$60.00", "empty": "", "brace": "{amount}"}
	for _, c := range []struct{ in, want string }{
		{"Pay {amount} now.", "Pay $60.00 now."}, {"no holes", "no holes"}, {"{amount}{amount}", "$60.00$60.00"},
		{"{total}", ""}, {"{empty}", ""}, {"{brace}", ""}, {"{", ""}, {"}", ""}, {"{a{amount}}", ""}, {"{}", ""},
	} {
		got, err := llm.Fill(c.in, values)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%q: %q, %v", c.in, got, err)
		}
	}
}

func TestTheSchemaIsOneThatIsEnforcedStrictly(t *testing.T) {
	t.Parallel()
	var walk func(v any)
	objects := 0
	walk = func(v any) {
		m, ok := v.(map[string]any)
		if !ok {
			return
		}
		if m["type"] == "object" {
			objects++
			if m["additionalProperties"] != false || len(m["required"].([]any)) != len(m["properties"].(map[string]any)) {
				t.Errorf("an object leaves room: %v", m["required"])
			}
		}
		for _, x := range m {
			walk(x)
		}
	}
	var schema map[string]any
	if err := json.Unmarshal(llm.Schema(llmtest.Brief()), &schema); err != nil {
		t.Fatal(err)
	}
	walk(schema)
	if objects != 2 {
		t.Errorf("%d objects", objects)
	}
	if !strings.Contains(string(llm.Schema(llmtest.Brief())), `"enum":["","mv-1","mv-2"]`) {
		t.Error("the moves aren't listed")
	}
	if !strings.Contains(string(llm.Schema(llmtest.Brief())), `"amount":{"enum":["","60.00","7391.00"],"type":"string"}`) {
		t.Error("the amounts that were said aren't listed")
	}
	if s := string(llm.Schema(llmtest.Brief())); strings.Index(s, `"commands":`) > strings.Index(s, `"move":`) || strings.Index(s, `"move":`) > strings.Index(s, `"reply":`) {
		t.Error("the words come before what is done")
	}
}

func TestAnOptionSaysItsTermsExactly(t *testing.T) {
	t.Parallel()
	usd := func(n int64) negotiation.Money { return negotiation.Money{Minor: n, Currency: "USD"} }
	b := llmtest.Brief()
	inst := func(amounts ...int64) []negotiation.Installment {
		var out []negotiation.Installment
		for i, a := range amounts {
			out = append(out, negotiation.Installment{Due: b.Today.AddDays(11 + 7*i), Amount: usd(a)})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		terms negotiation.Terms
		lang  string
		words string
	}{
		{"equal payments", negotiation.Terms{Kind: negotiation.MovePlan, Total: usd(20000), Installments: inst(5000, 5000, 5000, 5000), Cadence: negotiation.Weekly}, "en", "4 weekly payments of $50.00, the first on December 4, 2026"},
		{"the last payment differs", negotiation.Terms{Kind: negotiation.MovePlan, Total: usd(10000), Installments: inst(3333, 3333, 3334), Cadence: negotiation.Monthly}, "en", "3 monthly payments from December 4, 2026: 2 of $33.33 and a last one of $33.34"},
		{"two payments that differ", negotiation.Terms{Kind: negotiation.MovePlan, Total: usd(101), Installments: inst(50, 51), Cadence: negotiation.Monthly}, "en", "2 monthly payments from December 4, 2026: 1 of $0.50 and a last one of $0.51"},
		{"a down payment", negotiation.Terms{Kind: negotiation.MovePlan, Total: usd(30000), Installments: inst(10000, 7000, 7000, 6000), Cadence: negotiation.Weekly}, "en", "4 weekly payments from December 4, 2026: 1 of $100.00, 2 of $70.00 and a last one of $60.00"},
		{"a settlement", negotiation.Terms{Kind: negotiation.MoveSettlement, Total: usd(111600), Installments: inst(111600), Expires: b.Today.AddDays(14)}, "en", "one payment of $1,116.00 on December 4, 2026 to settle the account, open until December 7, 2026"},
		{"full payment", negotiation.Terms{Kind: negotiation.MoveFull, Total: usd(124000), Installments: inst(124000)}, "es", "un pago de $1,240.00 el 4 de diciembre de 2026"},
		{"a promise", negotiation.Terms{Kind: negotiation.MovePromise, Total: usd(10000), Installments: inst(10000)}, "en", "a payment of $100.00 toward the balance on December 4, 2026"},
		{"in Spanish", negotiation.Terms{Kind: negotiation.MovePlan, Total: usd(10000), Installments: inst(5000, 5000), Cadence: negotiation.Biweekly}, "es", "2 pagos quincenales de $50.00, el primero el 4 de diciembre de 2026"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := llm.NewOption("x", negotiation.Move{Kind: c.terms.Kind, Terms: c.terms}, c.lang)
			if diff := cmp.Diff(c.words, o.Words); diff != "" {
				t.Error(diff)
			}
			if o.Label == "" || strings.Contains(o.Label, "{") {
				t.Errorf("label %q", o.Label)
			}
		})
	}
}

func TestErrorsHoldNoWords(t *testing.T) {
	t.Parallel()
	b := llmtest.Brief()
	for _, raw := range []string{`{"commands":[],"move":"","reply":"x","secret-word":1}`, `{"commands":[{"name":"secret-word"}],"move":"","reply":"x"}`, `{"commands":[],"move":"secret-word","reply":"x"}`, `{"commands":[],"move":"","reply":"{secret-word}"}`} {
		if _, err := llm.Parse([]byte(raw), b); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v", err)
		}
	}
}
