package negotiation

import (
	"encoding/json"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoneyReadsDecimalStrings(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		"1240.00": 124000, "1240": 124000, "0.5": 50, "-3.07": -307, "0.00": 0, "10000000000.00": MaxMinor,
	} {
		got, err := ParseMoney(in, "USD")
		if err != nil || got != USD(want) {
			t.Errorf("ParseMoney(%q) = %v, %v; want %d cents", in, got, err, want)
		}
	}
}

func TestParseMoneyRefusesWhatIsNoAmount(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", ".", "1.", ".5", "1,240.00", "1.234", "1e3", "+5", "--5", " 5", "5 ", "$5", "٥", "NaN",
		"10000000000.01", "99999999999999999999"} {
		if got, err := ParseMoney(in, "USD"); !errors.Is(err, ErrMoney) {
			t.Errorf("ParseMoney(%q) = %v, %v; want an error", in, got, err)
		}
	}
	for _, currency := range []string{"", "usd", "US", "DOLLAR"} {
		if _, err := ParseMoney("5", currency); !errors.Is(err, ErrMoney) {
			t.Errorf("currency %q was taken", currency)
		}
	}
}

func TestMoneyReadsAsAPersonWritesIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m             Money
		text, decimal string
	}{
		{USD(124000), "$1,240.00", "1240.00"},
		{USD(5), "$0.05", "0.05"},
		{USD(-123456789), "-$1,234,567.89", "-1234567.89"},
		{Money{Minor: 99900, Currency: "EUR"}, "EUR 999.00", "999.00"},
		{Money{Minor: 1500, Currency: "JPY"}, "JPY 1,500", "1500"},
		{Money{Minor: 1500, Currency: "KWD"}, "KWD 1.500", "1.500"},
	} {
		if c.m.String() != c.text || c.m.Decimal() != c.decimal {
			t.Errorf("got %q and %q, want %q and %q", c.m.String(), c.m.Decimal(), c.text, c.decimal)
		}
	}
}

func TestMoneyComesBackFromText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := Money{
			Minor:    rapid.Int64Range(-MaxMinor, MaxMinor).Draw(t, "minor"),
			Currency: rapid.SampledFrom([]string{"USD", "EUR", "JPY", "KWD"}).Draw(t, "currency"),
		}
		if got, err := ParseMoney(m.Decimal(), m.Currency); err != nil || got != m {
			t.Fatalf("%v came back as %v, %v", m, got, err)
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back Money
		if err := json.Unmarshal(b, &back); err != nil || back != m {
			t.Fatalf("%s came back as %v, %v", b, back, err)
		}
	})
}

func TestMoneyInJSONIsStrict(t *testing.T) {
	t.Parallel()
	b, _ := json.Marshal(USD(124000))
	if string(b) != `{"amount":"1240.00","currency":"USD"}` {
		t.Errorf("got %s", b)
	}
	for _, in := range []string{`{"amount":1240,"currency":"USD"}`, `{"amount":"1240.00"}`, `{"amount":"x","currency":"USD"}`,
		`{"amount":"1","currency":"USD","extra":1}`, `"1240.00"`} {
		var m Money
		if err := json.Unmarshal([]byte(in), &m); !errors.Is(err, ErrMoney) {
			t.Errorf("%s was read as %v, %v", in, m, err)
		}
	}
	var zero Money
	b, _ = json.Marshal(zero)
	if err := json.Unmarshal(b, &zero); err != nil || !zero.IsZero() {
		t.Errorf("the zero amount came back as %v, %v", zero, err)
	}
}

func TestMoneyDoesNotAddAcrossCurrenciesOrBeyondItsBounds(t *testing.T) {
	t.Parallel()
	if _, err := USD(1).Add(Money{Minor: 1, Currency: "EUR"}); !errors.Is(err, ErrMoney) {
		t.Error("dollars and euros were added")
	}
	for _, m := range []int64{MaxMinor, 1<<63 - 1, -1 << 63} {
		if got, err := USD(m).Add(USD(1)); !errors.Is(err, ErrMoney) {
			t.Errorf("%d + 1 = %v", m, got)
		}
	}
	if got, err := USD(300).Sub(USD(500)); err != nil || got != USD(-200) {
		t.Errorf("3 − 5 = %v, %v", got, err)
	}
}

func TestScaleRoundsUpAndKnowsItsBounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, by, of, want int64
		ok              bool
	}{
		{100, 3, 2, 150, true}, {100, 1, 3, 34, true}, {MaxMinor, MaxMinor, MaxMinor, MaxMinor, true},
		{MaxMinor, 2, 1, 0, false}, {1 << 62, 1 << 62, 1, 0, false}, {1, 1, 0, 0, false}, {0, 1, 1, 0, false}, {1, -1, 1, 0, false},
	} {
		got, ok := scale(c.n, c.by, c.of)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%d·%d/%d = %d, %v", c.n, c.by, c.of, got, ok)
		}
	}
}

func TestShareRoundsUpSoThatAFloorHolds(t *testing.T) {
	t.Parallel()
	if got := USD(101).Share(6000); got != USD(61) {
		t.Errorf("60%% of $1.01 = %v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		m := USD(rapid.Int64Range(0, MaxMinor).Draw(t, "minor"))
		share := Bp(rapid.IntRange(0, 10_000).Draw(t, "share"))
		got := m.Share(share).Minor
		exact, rest := m.Minor/10_000*int64(share), m.Minor%10_000*int64(share)
		if below := (got - exact) * 10_000; below < rest || below-rest >= 10_000 {
			t.Fatalf("share %d of %d = %d", share, m.Minor, got)
		}
	})
}
