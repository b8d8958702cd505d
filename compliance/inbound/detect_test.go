package inbound

import (
	"fmt"
	"slices"
	"testing"
)

// ownExamples add what Appendix A has no row for, and pairs worth pinning.
var ownExamples = []example{
	{CoercedDebt, []string{"he made me sign", "me obligó a firmar"}, []string{"nobody forced me, I signed up"}},
	{MediumRestriction, []string{"no phone calls please, text only"}, []string{"should I call or text"}},
	{OptIn, []string{"START", "you can text me again"}, []string{"Yes let's start the plan Friday", "YES"}},
	{Help, []string{"HELP", "ayuda"}, []string{"help me set up a plan please"}},
	{OptOut, []string{"can you not text me", "stop or I go to the CFPB"}, []string{"stop by later", "at the bus stop", "please don't stop sending reminders"}},
	{CeaseContact, []string{"stop all further contact"}, []string{"leave a message"}},
	{SelfHarm, []string{"kms"}, []string{"I'd die for a lower payment haha", "cross my heart and hope to die, friday"}},
}

// suite returns what a detector gets wrong of the examples. The first example of
// each label must be heard by a rule, whatever the classifier thinks.
func suite(d *Detector) []string {
	var wrong []string
	for _, ex := range slices.Concat(appendixA, ownExamples) {
		for i, text := range ex.fire {
			det := d.Detect(text, Context{})
			if !det.Has(ex.label) {
				wrong = append(wrong, fmt.Sprintf("%s not heard in %q: %v", ex.label, text, det.Labels()))
			}
			if i == 0 && det.Has(ex.label) && !slices.ContainsFunc(det.Hits, func(h Hit) bool { return h.Label == ex.label && h.By == ByRule }) {
				wrong = append(wrong, fmt.Sprintf("%s not heard by rule in %q", ex.label, text))
			}
		}
		for _, text := range ex.not {
			if det := d.Detect(text, Context{}); det.Has(ex.label) {
				wrong = append(wrong, fmt.Sprintf("%s heard in %q", ex.label, text))
			}
		}
	}
	return wrong
}

func TestTheRulebooksExamplesAreHeardAndItsLookalikesAreNot(t *testing.T) {
	t.Parallel()
	for _, w := range suite(NewDetector()) {
		t.Error(w)
	}
}

func TestWithAnyRuleFamilyRemovedTheSuiteFails(t *testing.T) {
	t.Parallel()
	all := families()
	for i, f := range all {
		t.Run(string(f.label), func(t *testing.T) {
			t.Parallel()
			d := newDetector(slices.Delete(slices.Clone(all), i, i+1))
			if len(suite(d)) == 0 {
				t.Fatal("the suite doesn't notice")
			}
		})
	}
}

func TestWithoutItsLookalikesAFamilyFiresTooOften(t *testing.T) {
	t.Parallel()
	for _, l := range []Label{OptOut, Attorney, SelfHarm, Bankruptcy, Deceased, Dispute} {
		fs := families()
		for i := range fs {
			if fs[i].label == l {
				fs[i].unless = ""
			}
		}
		if len(suite(newDetector(fs))) == 0 {
			t.Errorf("%s: the suite doesn't notice", l)
		}
	}
}

func TestEveryLabelHasARuleIDAndAPlaceInPrecedence(t *testing.T) {
	t.Parallel()
	for _, l := range Labels() {
		if ruleOf[l] == "" {
			t.Errorf("%s has no rule id", l)
		}
	}
	for _, f := range families() {
		if !slices.Contains(precedence, f.label) || f.rule == "" {
			t.Errorf("family %s", f.label)
		}
	}
}

func TestSelfHarmOutranksEverythingElse(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	for text, want := range map[string]Label{
		"I want to die. stop texting me, my lawyer will sue": SelfHarm,
		"im 14 stop":                                         Minor,
		"filed ch 13. stop messaging":                        Bankruptcy,
		"Stop texting, I don't owe this":                     OptOut,
		"my card is 4242424242424242 and I filed bankruptcy": CardData,
		"If you're a bot get me a human":                     RequestHuman,
	} {
		if got := d.Detect(text, Context{}).Primary; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestClosuresFollow(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	for text, want := range map[string]Label{
		"leave me alone":                      OptOut,
		"my employer prohibits calls at work": InconvenientPlace,
		"my ex forced me to sign for this":    Vulnerable,
	} {
		if det := d.Detect(text, Context{}); !det.Has(want) {
			t.Errorf("%q: %v", text, det.Labels())
		}
	}
}

func TestContextCounts(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	t.Run("yes opts in only when that was asked", func(t *testing.T) {
		if d.Detect("YES", Context{}).Has(OptIn) || !d.Detect("YES", Context{LastPromptAskedOptIn: true}).Has(OptIn) {
			t.Fatal("wrong")
		}
	})
	t.Run("what the model heard fires, and unknown labels don't", func(t *testing.T) {
		det := d.Detect("hmm", Context{ModelLabels: []Label{Military, "nonsense"}})
		if !slices.Equal(det.Labels(), []Label{Military}) || det.Hits[0].By != ByModel {
			t.Fatal(det)
		}
	})
	t.Run("a mask left by redaction still counts as card data", func(t *testing.T) {
		r := Redact("my card is 4242424242424242", nil)
		if det := d.Detect(r.Text, Context{}); det.Primary != CardData {
			t.Fatal(det)
		}
	})
	t.Run("digits are never quoted in a hit", func(t *testing.T) {
		for _, h := range d.Detect("4242424242424242", Context{}).Hits {
			if h.Words != "" {
				t.Fatal(h)
			}
		}
	})
}

func TestDetectIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	d, e := NewDetector(), NewDetector()
	for range 20 {
		if a, b := d.Detect(usual, Context{}), e.Detect(usual, Context{}); fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatalf("%v\n%v", a, b)
		}
	}
}
