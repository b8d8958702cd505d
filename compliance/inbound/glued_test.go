package inbound

import (
	"strings"
	"testing"
)

func TestACardNumberGluedToOtherDigitsIsFound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"①4111111111111111", "5105105105105100123", "15105105105105100", "4242424242424242999 thats it", "3782822463100051234"} {
		r := Redact(text, nil)
		if !r.Found() || strings.Contains(r.Text, "11111111") || strings.Contains(r.Text, "05105") || strings.Contains(r.Text, "424242") || strings.Contains(r.Text, "28224") {
			t.Errorf("%q became %q", text, r.Text)
		}
	}
	for _, text := range []string{"tracking 9400111899223197428490", "order 4111111111111112 from the store", "ref 12345678901234567"} {
		if r := Redact(text, nil); r.Found() {
			t.Errorf("%q became %q", text, r.Text)
		}
	}
}
