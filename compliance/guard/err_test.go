package guard

import "testing"

func TestBuiltInDataIsWellFormed(t *testing.T) {
	t.Parallel()
	if _, err := builtin(); err != nil {
		t.Errorf("phrases: %v", err)
	}
	if _, err := words(); err != nil {
		t.Errorf("wording: %v", err)
	}
}
