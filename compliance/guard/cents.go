package guard

import (
	"errors"
	"strconv"
	"strings"
)

// Cents is an amount of money in cents. In JSON it is a decimal number or
// string of dollars, such as 1240.5 or "1240.50".
type Cents int64

// errCents never quotes the value.
var errCents = errors.New("is not an amount with at most two decimals")

// UnmarshalJSON reads a decimal number or string. It never goes through a
// floating-point number.
func (c *Cents) UnmarshalJSON(b []byte) error {
	s := string(b)
	if s == "null" {
		return nil
	}
	if len(s) > 1 && s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	v, err := parseCents(s)
	*c = v
	return err
}

// MarshalJSON writes a decimal number with two decimals.
func (c Cents) MarshalJSON() ([]byte, error) { return []byte(c.decimal()), nil }

// String is the amount as people write it, such as $1,240.00.
func (c Cents) String() string {
	d := c.decimal()
	neg := strings.HasPrefix(d, "-")
	d = strings.TrimPrefix(d, "-")
	whole, frac := d[:len(d)-3], d[len(d)-3:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if neg {
		return "-$" + whole + frac
	}
	return "$" + whole + frac
}

func (c Cents) decimal() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	f := strconv.FormatInt(int64(c)%100, 10)
	if len(f) == 1 {
		f = "0" + f
	}
	return sign + strconv.FormatInt(int64(c)/100, 10) + "." + f
}

// parseCents reads a plain decimal.
func parseCents(s string) (Cents, error) {
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	whole, frac, _ := strings.Cut(s, ".")
	for len(frac) > 2 && frac[len(frac)-1] == '0' {
		frac = frac[:len(frac)-1]
	}
	if whole == "" || len(whole) > 15 || len(frac) > 2 {
		return 0, errCents
	}
	for len(frac) < 2 {
		frac += "0"
	}
	n, err := strconv.ParseUint(whole+frac, 10, 63)
	if err != nil {
		return 0, errCents
	}
	if neg {
		return Cents(-int64(n)), nil
	}
	return Cents(n), nil
}
