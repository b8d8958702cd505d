package inbound

import (
	"slices"
	"testing"
)

func TestANumberThatWasCutOutMeansTheSameAsTheNumber(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	for _, text := range []string{"My social is [ssn].", "my ssn is [ssn], zip 78701", "here: [card ••1111]", "bank [bank account]"} {
		if got := d.Detect(text, Context{}).Labels(); slices.Contains(got, IdentityTheft) || slices.Contains(got, Dispute) {
			t.Errorf("%q is heard as %v", text, got)
		}
	}
	if got := unmasked("a [ssn] b [card ••1111] [x"); got != "a 000000000 b 000000000 [x" {
		t.Errorf("unmasked: %q", got)
	}
}
