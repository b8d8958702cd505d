package desk_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/compliance"
	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
)

func TestMaskedDataTellNothingMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, got, want string }{
		{"a name", desk.MaskName("Angela Maria Torres"), "Angela T."},
		{"one word", desk.MaskName("Angela"), "Angela"},
		{"no name", desk.MaskName(" "), ""},
		{"a name beyond ASCII", desk.MaskName("Rosa Ñandú"), "Rosa Ñ."},
		{"a number", desk.MaskAddress("sms", "+15125550123"), "+1 ••• ••• ••23"},
		{"a foreign number", desk.MaskAddress("voice", "+442079460123"), "•••23"},
		{"an e-mail address", desk.MaskAddress("email", "angela@example.com"), "a•••@example.com"},
		{"a web chat", desk.MaskAddress("webchat", "wc-1"), "wc-1"},
		{"a ZIP code", desk.MaskZip("78701"), "787••"},
		{"no ZIP code", desk.MaskZip(""), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestEditDistanceIsAMetric(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"kitten", "sitting", 3}, {"", "abc", 3}, {"flaw", "lawn", 2}, {"señor", "senor", 1}, {"Hello.", "Hello there.", 6}} {
		if got := desk.EditDistance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abñ ")), 0, 12, -1)
		a, b, c := text.Draw(t, "a"), text.Draw(t, "b"), text.Draw(t, "c")
		ab, ba := desk.EditDistance(a, b), desk.EditDistance(b, a)
		if ab != ba || (ab == 0) != (a == b) || desk.EditDistance(a, c) > ab+desk.EditDistance(b, c) {
			t.Fatalf("%q %q %q: %d %d", a, b, c, ab, ba)
		}
	})
}

func TestAFindingPointsAtItsWords(t *testing.T) {
	t.Parallel()
	text := "Señora, you will be arrested."
	got := desk.Findings(text, []compliance.Finding{
		{Rule: "OD-ARREST-01", Cite: "x", Outcome: compliance.Block, Words: "arrested", Detail: "Nobody is."},
		{Rule: "OD-MM-02", Outcome: compliance.Rewrite},
		{Rule: "OD-THREAT-01", Outcome: compliance.Deny, Words: "not there"},
	})
	if got[0].Start != 20 || got[0].End != 28 || got[0].Severity != "block" || got[0].Why != "Nobody is." || string([]rune(text)[got[0].Start:got[0].End]) != "arrested" {
		t.Errorf("got %+v", got[0])
	}
	if got[1].Severity != "info" || got[1].Start != -1 || got[1].Why == "" {
		t.Errorf("what is mended: %+v", got[1])
	}
	if got[2].Severity != "block" || got[2].Start != -1 {
		t.Errorf("an outcome nobody knows: %+v", got[2])
	}
}

// twins are codes that mean what another one does; a desk offers one of them.
var twins = []string{"dispute", "represented", "cease_contact", "wrong_number"}

func TestEveryDispositionWithAMeaningInLawIsOffered(t *testing.T) {
	t.Parallel()
	s := desk.New(desk.Config{Env: dialog.Env{Now: now}})
	offered, err := s.Dispositions(staff.With(t.Context(), staff.Actor{Role: staff.Agent}))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range offered {
		if slices.Contains(codes, d.Code) || d.Label == "" {
			t.Errorf("%+v", d)
		}
		codes = append(codes, d.Code)
		if lawful := slices.Contains(dialog.Dispositions(), d.Code); lawful != (d.Effect != "") {
			t.Errorf("%s: the engine gives it a meaning: %v; the desk says %q", d.Code, lawful, d.Effect)
		}
	}
	for _, code := range dialog.Dispositions() {
		if !slices.Contains(codes, code) && !slices.Contains(twins, code) {
			t.Errorf("%s is not offered", code)
		}
	}
}

func TestEveryReasonHasWords(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"request_human": "Asked for a person", "capability_hardship": "Not for the bot to do: hardship", "something_new": "Something new", "": ""} {
		if got := desk.ReasonText(code); got != want || strings.Contains(got, "_") {
			t.Errorf("%s: %q", code, got)
		}
	}
}
