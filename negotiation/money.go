package negotiation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// MaxMinor bounds every amount the engine works with, in minor units. Ten
// thousand million dollars is far above any consumer debt and far below what
// an int64 can hold, so that sums and shares of such amounts can't overflow.
const MaxMinor int64 = 1_000_000_000_000

// ErrMoney is wrapped by every error about an amount.
var ErrMoney = errors.New("negotiation: not an amount")

// exponents lists the currencies of ISO 4217 whose minor unit is not a
// hundredth, as far as Parley may meet them.
var exponents = map[string]int{
	"JPY": 0, "KRW": 0, "CLP": 0, "PYG": 0, "VND": 0, "ISK": 0, "UGX": 0,
	"BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3,
}

func exponent(currency string) int {
	if e, ok := exponents[currency]; ok {
		return e
	}
	return 2
}

// USD is an amount in US cents.
func USD(cents int64) Money { return Money{Minor: cents, Currency: "USD"} }

// ParseMoney reads a decimal string such as "1240.00" or "-3.5". It takes no
// grouping, sign other than a leading minus, exponent or white space, and no
// more decimals than the currency has.
func ParseMoney(s, currency string) (Money, error) {
	if len(currency) != 3 || strings.ToUpper(currency) != currency {
		return Money{}, fmt.Errorf("%w: the currency is not a three-letter ISO 4217 code", ErrMoney)
	}
	digits, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	exp := exponent(currency)
	if whole == "" || len(whole) > 13 || !isDigits(whole+fraction) || point && fraction == "" || len(fraction) > exp {
		return Money{}, fmt.Errorf("%w: want digits with at most %d decimals", ErrMoney, exp)
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", exp-len(fraction)), 10, 64)
	if err != nil || minor > MaxMinor {
		return Money{}, fmt.Errorf("%w: too large", ErrMoney)
	}
	if negative {
		minor = -minor
	}
	return Money{Minor: minor, Currency: currency}, nil
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// Decimal is the amount as a plain decimal string: "1240.00".
func (m Money) Decimal() string {
	exp := exponent(m.Currency)
	digits := strconv.FormatUint(magnitude(m.Minor), 10)
	if pad := exp + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	if exp > 0 {
		digits = digits[:len(digits)-exp] + "." + digits[len(digits)-exp:]
	}
	if m.Minor < 0 {
		return "-" + digits
	}
	return digits
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// String is the amount as a person reads it: "$1,240.00", "EUR 1,240.00".
func (m Money) String() string {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(m.Decimal(), "-"), ".")
	var b strings.Builder
	if m.Minor < 0 {
		b.WriteByte('-')
	}
	if m.Currency == "USD" {
		b.WriteByte('$')
	} else if m.Currency != "" {
		b.WriteString(m.Currency + " ")
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if point {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// IsZero reports the zero Money, which stands for "not said".
func (m Money) IsZero() bool { return m == Money{} }

// Positive reports an amount above nothing and within MaxMinor.
func (m Money) Positive() bool { return m.Minor > 0 && m.Minor <= MaxMinor }

// Add is the sum. It fails on different currencies and beyond MaxMinor.
func (m Money) Add(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, fmt.Errorf("%w: %s and %s don't add up", ErrMoney, m.Currency, o.Currency)
	}
	if magnitude(m.Minor) > uint64(MaxMinor) || magnitude(o.Minor) > uint64(MaxMinor) || magnitude(m.Minor+o.Minor) > uint64(MaxMinor) {
		return Money{}, fmt.Errorf("%w: too large", ErrMoney)
	}
	return Money{Minor: m.Minor + o.Minor, Currency: m.Currency}, nil
}

// Sub is the difference. It fails as Add does.
func (m Money) Sub(o Money) (Money, error) {
	return m.Add(Money{Minor: -o.Minor, Currency: o.Currency})
}

// Share is a share of the amount, rounded up to a whole minor unit: a share
// used as a floor may be exceeded by a part of a cent, never undercut. The
// amount must be within MaxMinor and the share within 0 to 10000.
func (m Money) Share(share Bp) Money {
	q, r := m.Minor/10000, m.Minor%10000
	part := r * int64(share)
	minor := q*int64(share) + part/10000
	if part%10000 > 0 {
		minor++
	}
	return Money{Minor: minor, Currency: m.Currency}
}

// scale is n·by/of, rounded up; false unless all are positive and the result is
// within MaxMinor.
func scale(n, by, of int64) (int64, bool) {
	if n <= 0 || by <= 0 || of <= 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(n), uint64(by))
	if hi >= uint64(of) {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, uint64(of))
	if r > 0 {
		q++
	}
	return int64(min(q, uint64(MaxMinor)+1)), q <= uint64(MaxMinor)
}

type moneyJSON struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"amount":"1240.00","currency":"USD"}.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(moneyJSON{m.Decimal(), m.Currency})
}

// UnmarshalJSON reads what MarshalJSON writes; unknown fields, numbers in
// place of strings and unreadable amounts are errors. The zero Money, which
// has no currency, reads back as itself.
func (m *Money) UnmarshalJSON(b []byte) error {
	var j moneyJSON
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&j); err != nil {
		return fmt.Errorf("%w: %w", ErrMoney, err)
	}
	if j.Currency == "" && (j.Amount == "0.00" || j.Amount == "") {
		*m = Money{}
		return nil
	}
	parsed, err := ParseMoney(j.Amount, j.Currency)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}
