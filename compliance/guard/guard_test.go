package guard

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/compliance"
)

type draft struct {
	Text       string          `json:"text"`
	Violations []string        `json:"violations"`
	Context    json.RawMessage `json:"context"`
	facts      Facts
	file       string
}

// drafts reads every file of testdata; each names its context or brings it.
func drafts(t testing.TB) []draft {
	t.Helper()
	named := map[string]json.RawMessage{}
	b, err := os.ReadFile("testdata/contexts.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &named); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/*.jsonl")
	var out []draft
	for _, name := range files {
		if strings.HasPrefix(filepath.Base(name), "unseen") {
			continue // kept apart: judged, never fitted to
		}
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		for n := 1; sc.Scan(); n++ {
			d := draft{file: name}
			if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			var key string
			if json.Unmarshal(d.Context, &key) == nil {
				d.Context = named[key]
			}
			if err := json.Unmarshal(d.Context, &d.facts); err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			out = append(out, d)
		}
		f.Close()
	}
	return out
}

func ids(fs []compliance.Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule)
	}
	return out
}

func TestDraftsBreakWhatTheyAreSaidToBreak(t *testing.T) {
	t.Parallel()
	g := New()
	missed, blocked, bad, clean := 0, 0, 0, 0
	for _, d := range drafts(t) {
		got := ids(g.Check(d.Text, d.facts))
		if len(d.Violations) == 0 {
			clean++
			if len(got) > 0 {
				blocked++
				t.Logf("%s: %q is blocked by %v", d.file, d.Text, got)
			}
			continue
		}
		bad++
		for _, id := range d.Violations {
			if !slices.Contains(got, id) {
				missed++
				t.Logf("%s: %q breaks %s, found %v", d.file, d.Text, id, got)
				break
			}
		}
	}
	if missed*100 > bad || blocked*100 > clean {
		t.Errorf("%d of %d drafts missed, %d of %d compliant ones blocked; at most one in a hundred each", missed, bad, blocked, clean)
	}
}

// Each rule removed in turn leaves some draft unflagged: no rule is there for nothing.
func TestEveryRuleIsNeeded(t *testing.T) {
	t.Parallel()
	all := drafts(t)
	for _, extra := range needed() {
		all = append(all, extra)
	}
	for _, r := range Rules() {
		g := New(Options{Without: []string{r.ID}})
		needed := false
		for _, d := range all {
			if slices.Contains(d.Violations, r.ID) && !slices.Contains(ids(g.Check(d.Text, d.facts)), r.ID) {
				needed = true
				break
			}
		}
		if !needed {
			t.Errorf("without %s every draft is judged as before", r.ID)
		}
	}
}

// needed are drafts for rules the data files have none for.
func needed() []draft {
	voice, mail, note := consumer(), consumer(), consumer()
	voice.Channel, voice.CallOpened = "voice", true
	mail.Channel = "voicemail"
	note.Purpose = "validation_notice"
	opens, talks := consumer(), consumer()
	opens.Channel, opens.Purpose, opens.NewCall, opens.IdentityVerified, opens.CallPlaced, opens.Callback = "voice", PurposeOpening, true, false, true, "800-555-0100"
	talks.Channel, talks.DisclosureUnheard, talks.CallOpened = "voice", true, true
	return []draft{
		{Text: "Hello, I'm Ava, an AI assistant. This call is recorded and transcribed. Our number is 800-555-0100.", Violations: []string{"CALL-ID-01"}, facts: opens},
		{Text: "Hello from Harbor Recovery, 800-555-0100. This call is recorded and transcribed.", Violations: []string{"CALL-AI-01"}, facts: opens},
		{Text: "Hello, I'm Ava, an AI assistant for Harbor Recovery, 800-555-0100.", Violations: []string{"CALL-REC-01"}, facts: opens},
		{Text: "Your balance is $1,240.00.", Violations: []string{"CALL-MM-01"}, facts: talks},
		{Text: "This will only take a second, don't hang up.", Violations: []string{"CALL-BARGE-01"}, facts: voice},
		{Text: "Please call back.", Violations: []string{"CALL-VM-01"}, facts: mail},
		{Text: "Here is your notice.", Violations: []string{"VAL-CONTENT-01"}, facts: note},
	}
}

func TestBoundaries(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Channel, f.Banner = "webchat", true
	for _, c := range []struct {
		name, text string
		want       string
	}{
		{"a settlement at the floor passes", "You can settle for $744.00.", ""},
		{"one cent below the floor fails", "You can settle for $743.99.", "OD-OFFER-01"},
		{"payments that add up pass", "5 payments of $206.67 and a last one of $206.65 make $1,240.00.", ""},
		{"short form that adds up passes", "5×206.67+206.65=1240.00", ""},
		{"payments two cents over fail", "6 payments of $206.67 make $1,240.00.", "OD-AMOUNT-01"},
		{"a denial of arrest passes", "No one can be arrested for this.", ""},
		{"a possibility of arrest fails", "You could be arrested for this.", "OD-ARREST-01"},
		{"the real last day passes", "The offer is open through December 15, 2026.", ""},
		{"an invented last day fails", "The offer ends tonight.", "OD-URGENCY-01"},
		{"a denial on condition is a threat", "We won't sue you if you pay.", "OD-LITIG-01"},
		{"a denial taken back is a threat", "I am not saying we will sue, but we might.", "OD-LITIG-01"},
		{"a denial for now is a threat", "We haven't sued you yet.", "OD-LITIG-01"},
		{"a right of the person is no condition", "Nothing is taken from your pay unless you authorize it.", ""},
		{"about makes a precise amount vague", "You owe about $1,240.00.", "OD-AMOUNT-01"},
		{"an amount in words is read", "You owe fourteen hundred dollars.", "OD-AMOUNT-01"},
		{"the balance in words passes", "You owe twelve hundred and forty dollars.", ""},
		{"full-width digits are read", "You owe $１４２０.", "OD-AMOUNT-01"},
		{"Arabic digits are read", "You owe $١٤٢٠.", "OD-AMOUNT-01"},
		{"a zero-width space hides nothing", "You could be arr\u200bested.", "OD-ARREST-01"},
		{"look-alike letters hide nothing", "You could be аrrеstеd.", "OD-ARREST-01"},
		{"spaced letters hide nothing", "We will a r r e s t you.", "OD-ARREST-01"},
		{"digits for letters hide nothing", "We will garn1sh your wages.", "OD-GARNISH-01"},
		{"a text in another script is refused", "Вы должны заплатить", "OD-LANG-01"},
		{"their figure is theirs", "I can't accept the $300.00 you offered.", ""},
		{"the account's digits pass", "It is the account ending in 4421.", ""},
		{"other digits fail", "It is the account ending in 4422.", "OD-AMOUNT-01"},
		{"a card number in full-width digits is found", "Your card ４１１１ １１１１ １１１１ １１１１ failed.", "OD-CARD-01"},
		{"a Social Security number with a zero-width space is found", "It is 123-\u200b45-6789.", "OD-PII-01"},
		{"a telephone number not of the record fails", "Call ５１２-555-0199.", "OD-AMOUNT-01"},
		{"a Spanish date of the record passes", "El pago es el 15 de diciembre de 2026.", ""},
		{"a Spanish date not of the record fails", "El pago es el 4 de diciembre.", "OD-AMOUNT-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := f
			f.Theirs = []Cents{30000}
			got := ids(g.Check(c.text, f))
			if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
				t.Errorf("%q: %v, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestActorDecidesWhatIsTrue(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Actor, f.Brand, f.Collector = compliance.CreditorOwed, "Northwind Bank", "Northwind Bank N.A."
	if got := ids(g.Check("Northwind Bank, debt collector. Your balance is $1,240.00. Reply STOP to opt out.", f)); !slices.Contains(got, "OD-ID-01") {
		t.Errorf("a creditor that calls itself a debt collector passes: %v", got)
	}
	final, ok := g.Final("Your balance is $1,240.00.", f)
	if !ok || strings.Contains(final, "collector") || !strings.Contains(final, "attempting to collect a debt") {
		t.Errorf("a creditor's message became %q, %v", final, ok)
	}
	f.Actor = compliance.DebtBuyerOwner
	if final, ok := g.Final("Your balance is $1,240.00.", f); !ok || !strings.Contains(final, "debt collector") {
		t.Errorf("a debt buyer's message became %q, %v", final, ok)
	}
}

func TestFinalAddsWhatIsMissingInTheLanguageOfTheMessage(t *testing.T) {
	t.Parallel()
	g := New()
	for _, c := range []struct {
		text  string
		adapt func(*Facts)
		want  []string
	}{
		{"Your balance is $1,240.00.", func(f *Facts) {}, []string{"Harbor Recovery, debt collector.", "Reply STOP to opt out."}},
		{"Su saldo es $1,240.00, puede pagar hoy.", func(f *Facts) { f.Lang = "es" }, []string{"cobrador de deudas", "Responda ALTO"}},
		{"Your balance is $1,240.00.", func(f *Facts) { f.FirstMessage, f.AIDisclosed = true, false }, []string{"I'm Ava, an AI assistant for Harbor Recovery.", "attempt to collect a debt and any information"}},
		{"Your balance is $1,240.00.", func(f *Facts) { f.State, f.CALicense = "CA", "10456-99" }, []string{"CA Lic. 10456-99."}},
	} {
		f := consumer()
		c.adapt(&f)
		final, ok := g.Final(c.text, f)
		if !ok {
			t.Errorf("%q: %v", c.text, g.Check(c.text, f))
		}
		for _, w := range c.want {
			if !strings.Contains(final, w) {
				t.Errorf("%q became %q, without %q", c.text, final, w)
			}
		}
	}
}

func TestNothingIsDisclosedBeforeIdentityIsVerified(t *testing.T) {
	t.Parallel()
	f := consumer()
	f.IdentityVerified, f.FirstMessage, f.AIDisclosed, f.Purpose = false, true, false, "identify"
	final, ok := New().Final("Could you confirm your ZIP code?", f)
	if !ok || strings.Contains(strings.ToLower(final), "debt") || strings.Contains(final, "Recovery") {
		t.Errorf("to a stranger went %q, %v", final, ok)
	}
}

func TestClear(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	out := channels.Outbound{ID: "m1", Channel: "sms", To: "+15125550123", Text: "Your balance is $1,240.00.", Choices: []channels.Choice{{ID: "a", Label: "Pay $310.00 a month"}}}
	c, found, err := g.Clear(out, f)
	if err != nil || len(found) > 0 || c.Zero() {
		t.Fatalf("not cleared: %v %v", found, err)
	}
	t.Run("what comes back from the record is the same message", func(t *testing.T) {
		again, err := Reopen(c.Out(), c.SHA256())
		if err != nil || again.SHA256() != c.SHA256() {
			t.Errorf("reopen: %v", err)
		}
	})
	t.Run("any changed byte is refused", func(t *testing.T) {
		for _, change := range []func(*channels.Outbound){
			func(o *channels.Outbound) { o.Text += " " },
			func(o *channels.Outbound) { o.To = "+15125550124" },
			func(o *channels.Outbound) { o.Channel = "webchat" },
			func(o *channels.Outbound) { o.Choices[0].Label += "." },
			func(o *channels.Outbound) { o.Choices = nil },
		} {
			o := c.Out()
			change(&o)
			if _, err := Reopen(o, c.SHA256()); err == nil {
				t.Error("a changed message was reopened")
			}
		}
		if _, err := Reopen(c.Out(), ""); err == nil {
			t.Error("a message without a hash was reopened")
		}
	})
	t.Run("a cleared message can't be changed from outside", func(t *testing.T) {
		c.Out().Choices[0].Label = "Pay $1.00"
		if c.Out().Choices[0].Label != "Pay $310.00 a month" {
			t.Error("the choices of a cleared message changed")
		}
	})
	t.Run("a label that breaks a rule blocks the message", func(t *testing.T) {
		o := out
		o.Choices = []channels.Choice{{ID: "a", Label: "Settle for $100.00"}}
		c, found, err := g.Clear(o, f)
		if err != nil || !c.Zero() || !slices.Contains(ids(found), "OD-OFFER-01") {
			t.Errorf("cleared %v, %v, %v", !c.Zero(), ids(found), err)
		}
	})
	t.Run("facts of another channel are an error", func(t *testing.T) {
		f := f
		f.Channel = "webchat"
		if c, _, err := g.Clear(out, f); err == nil || !c.Zero() {
			t.Error("facts of web chat cleared a text message")
		}
	})
	t.Run("the zero guard and the zero cleared deny", func(t *testing.T) {
		if c, found, _ := new(Guard).Clear(out, f); !c.Zero() || len(found) == 0 {
			t.Error("a guard without rules cleared a message")
		}
		if !(Cleared{}).Zero() {
			t.Error("the zero Cleared is not zero")
		}
	})
}

func TestARuleThatPanicsDenies(t *testing.T) {
	t.Parallel()
	g := New()
	g.rules = append([]rule{{id: "OD-X", cite: "test", outcome: rewrite, check: func(*message) []issue { panic("broken") }}}, g.rules...)
	f := consumer()
	if _, found, _ := g.Clear(channels.Outbound{Channel: "sms", Text: "Thanks."}, f); len(found) == 0 || found[0].Rule != "OD-X" || found[0].Outcome != compliance.Block {
		t.Errorf("a rule that panics gave %v", found)
	}
}

func TestFindingsNameWordsAndALawfulWay(t *testing.T) {
	t.Parallel()
	f := consumer()
	for _, x := range New().Check("We will sue you and garnish your wages.", f) {
		if x.Outcome == compliance.Block && (x.Words == "" || x.Cite == "" || x.Detail == "") {
			t.Errorf("%+v lacks words, citation or detail", x)
		}
	}
}

func TestFactsAreDecodedStrictly(t *testing.T) {
	t.Parallel()
	var f Facts
	if err := json.Unmarshal([]byte(`{"balance":1240.5,"allowed_amounts":["10.10",3],"floor_pct":60}`), &f); err != nil || f.Balance != 124050 || f.Amounts[0] != 1010 || f.Amounts[1] != 300 {
		t.Errorf("%+v, %v", f, err)
	}
	if err := json.Unmarshal([]byte(`{"balanse":1}`), &f); err == nil || !strings.Contains(err.Error(), "balanse") {
		t.Errorf("an unknown key gave %v", err)
	}
	for _, bad := range []string{`{"balance":1.234}`, `{"balance":"1e3"}`, `{"balance":"x"}`} {
		if err := json.Unmarshal([]byte(bad), &f); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

// The slowest text of all files, to see that no text makes the guard slow.
func BenchmarkSlowest(b *testing.B) {
	all, g := drafts(b), New()
	slowest := &all[0]
	for i := range all {
		if len(all[i].Text) > len(slowest.Text) {
			slowest = &all[i]
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		g.Check(slowest.Text, slowest.facts)
	}
}
