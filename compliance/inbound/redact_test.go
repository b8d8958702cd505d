package inbound

import (
	"slices"
	"testing"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"dashes", "5555-5555-5555-4444", "[card ••4444]"},
		{"words between the parts", "411111111111 then 1111 sorry hit send", "[card ••1111] sorry hit send"},
		{"number words and digits", "four one one one, 1111, 1111, eleven eleven", "[card ••1111]"},
		{"Spanish number words", "cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno", "[card ••1111]"},
		{"double and triple", "forty one double one, triple one one, 1111, 1111", "[card ••1111]"},
		{"full width", "３７８２ ８２２４ ６３１０ ００５", "[card ••0005]"},
		{"keycaps", "4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣", "[card ••1111]"},
		{"newlines", "4111\n1111\n1111\n1111", "[card ••1111]"},
		{"letters for digits", "4lll llll llll llll", "[card ••1111]"},
		{"Spanish with expiry", "mi tarjeta es 4242 4242 4242 4242, vence 12/27", "mi tarjeta es [card ••4242], vence 12/27"},
		{"with expiry and code behind", "4242 4242 4242 4242 12/27 123", "[card ••4242] 12/27 [cvv]"},
		{"everything in one run", "42424242424242421227123", "[card ••4242]"},
		{"an amount before it", "take 20 off 4242 4242 4242 4242 thats all I have", "take 20 off [card ••4242] thats all I have"},
		{"code in words", "the 3 on the back is 119", "the 3 on the back is [cvv]"},
		{"code named", "cvv is 737", "cvv is [cvv]"},
		{"code spelled out", "cvv one one nine", "cvv [cvv]"},
		{"SSN with dashes, invalid range", "my ssn is 000-12-3456", "my ssn is [ssn]"},
		{"SSN with spaces and no word", "123 45 6789", "[ssn]"},
		{"SSN plain", "ssn is 123456789", "ssn is [ssn]"},
		{"SSN in Spanish", "mi seguro social es 123456789", "mi seguro social es [ssn]"},
		{"PIN", "pin 7710", "pin [pin]"},
		{"PIN behind", "7710 is my pin", "[pin] is my pin"},
		{"bank", "routing 021000021 account 123456789012", "routing [bank account] account [bank account]"},
		{"IBAN", "pay from DE89 3704 0044 0532 0130 00 please", "pay from [bank account] please"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Redact(c.in, nil); got.Text != c.want || !got.Found() {
				t.Fatalf("%q %v, want %q", got.Text, got.Kinds, c.want)
			}
		})
	}
}

func TestRedactLeavesOrdinaryNumbers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"my card ends in 4242", "4111 Main St apt 1111", "order 4111111111111112 from the store", "tracking 9400111899223197428490", "zip 48226", "zip 78701, born 1986",
		"call 415 555 0123 or 415-555-0199", "(512) 555-0123", "+1 512 555 0123", "5125550123", "I owe 1240 not 1420", "$1,240.00 on 12/15/2026 and 50 a month",
		"account ending 4421", "50 on 11/20/2026 and 50 on 12/04/2026", "one of my four kids is eleven", "2026-11-22 2026-11-30 2026-12-05", "ok", "", "300", "my zip+4 is 78701-1234",
		"last 4 of my ssn 6789", "I only get social security, $940 a month", "once I get paid", "I can pin it down by the 15th",
	} {
		if got := Redact(text, nil); got.Found() || got.Text != text {
			t.Errorf("%q became %q", text, got.Text)
		}
	}
}

func TestRedactReachesBack(t *testing.T) {
	t.Parallel()
	r := Redact("1111 1111", []string{"hi", "my card 4111", "1111 yep"})
	if r.Text != "[card ••1111]" || r.Earlier[1] != "my card [card part]" || r.Earlier[2] != "[card part] yep" || len(r.Earlier) != 2 {
		t.Fatalf("%+v", r)
	}
	r = Redact("737", []string{"[card ••1111] 12/27"})
	if r.Text != "[cvv]" || !slices.Equal(r.Kinds, []string{"cvv"}) {
		t.Fatalf("%+v", r)
	}
	if r := Redact("50", []string{"call me at 4155550123"}); r.Found() {
		t.Fatalf("%+v", r)
	}
}

func TestFragment(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"it starts 4111 1111":    "it starts [digits]",
		"call 512-555-0123":      "call 512-555-0123",
		"$1240.00 by 12/15/2026": "$1240.00 by 12/15/2026",
		"zip 78701, born 1986":   "zip 78701, born 1986",
		"[card ••1111] thanks":   "[card ••1111] thanks",
	} {
		if got := Fragment(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
