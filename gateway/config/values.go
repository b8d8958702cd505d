package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/negotiation"
)

// Secret is a value that never shows: printing, logging and encoding it give
// "[secret]". Reveal is the one way to its text.
type Secret string

// Reveal returns the text.
func (s Secret) Reveal() string { return string(s) }

func (s Secret) String() string { return mask(s) }

// GoString hides it from %#v.
func (s Secret) GoString() string { return mask(s) }

// MarshalText hides it from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask(s)), nil }

// UnmarshalText sets it.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = Secret(strings.TrimSpace(string(text)))
	return nil
}

func mask(s Secret) string {
	if s == "" {
		return ""
	}
	return "[secret]"
}

// Percent is a share such as "60%", kept in basis points.
type Percent negotiation.Bp

// UnmarshalText reads "60%" or "62.5%".
func (p *Percent) UnmarshalText(text []byte) error {
	digits, ok := strings.CutSuffix(strings.TrimSpace(string(text)), "%")
	if !ok {
		return fmt.Errorf("must be a percentage such as 60%%")
	}
	whole, frac, _ := strings.Cut(digits, ".")
	if len(frac) > 2 {
		return fmt.Errorf("must have at most two decimals")
	}
	if strings.Trim(whole+frac, "0123456789") != "" || whole == "" {
		return fmt.Errorf("must be a percentage such as 60%% or 62.5%%")
	}
	n, err := strconv.Atoi(whole + (frac + "00")[:2])
	if err != nil || n > 10000 {
		return fmt.Errorf("must be between 0%% and 100%%")
	}
	*p = Percent(n)
	return nil
}

// MarshalText writes it as it is read.
func (p Percent) MarshalText() ([]byte, error) {
	s := fmt.Sprintf("%d", p/100)
	if p%100 != 0 {
		s = strings.TrimRight(fmt.Sprintf("%d.%02d", p/100, p%100), "0")
	}
	return []byte(s + "%"), nil
}

// Amount is money in dollars, such as "25.00", kept in cents.
type Amount int64

// UnmarshalText reads a decimal.
func (a *Amount) UnmarshalText(text []byte) error {
	m, err := negotiation.ParseMoney(strings.TrimSpace(string(text)), "USD")
	if err != nil {
		return fmt.Errorf("must be an amount such as \"25.00\"")
	}
	*a = Amount(m.Minor)
	return nil
}

// MarshalText writes it as it is read.
func (a Amount) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d.%02d", a/100, a%100), nil
}

// Money is the amount in US dollars.
func (a Amount) Money() negotiation.Money { return negotiation.Money{Minor: int64(a), Currency: "USD"} }

// Duration is a time such as "6s".
type Duration time.Duration

// UnmarshalText reads a Go duration.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil || v <= 0 {
		return fmt.Errorf("must be a duration such as 6s")
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes it as it is read.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }
