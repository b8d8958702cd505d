package dialog

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"

	"parley/dialog/understand"
)

// Keyer makes keyed hashes of what proves who someone is. The values themselves
// are never stored.
type Keyer struct{ key []byte }

// NewKeyer uses a secret of at least 16 bytes.
func NewKeyer(secret []byte) (Keyer, error) {
	if len(secret) < 16 {
		return Keyer{}, fmt.Errorf("dialog: the secret key has %d bytes, at least 16 are needed", len(secret))
	}
	return Keyer{key: secret}, nil
}

// The factors.
const (
	FactorZip          = "zip"
	FactorBirthYear    = "birth_year"
	FactorBirthDate    = "birth_date"
	FactorSSNLast4     = "ssn_last4"
	FactorAccountLast4 = "account_last4"
	factorLookup       = "lookup"
)

// Factor is the keyed hash of one factor.
func (k Keyer) Factor(name, value string) string { return k.mac(name + "\x00" + value) }

// Lookup is the key under which an account is found by ZIP and year of birth
// alone, made of their keyed hashes.
func (k Keyer) Lookup(zip, birthYear string) string {
	return k.mac(factorLookup + "\x00" + zip + "\x00" + birthYear)
}

func (k Keyer) mac(text string) string {
	m := hmac.New(sha256.New, k.key)
	m.Write([]byte(text))
	return hex.EncodeToString(m.Sum(nil))
}

// Factors hashes what is known of a person when an account is stored. birthDate
// is YYYY-MM-DD; empty values are left out.
func (k Keyer) Factors(zip, birthDate, ssnLast4, accountLast4 string) map[string]string {
	f := map[string]string{}
	put := func(name, value string) {
		if value != "" {
			f[name] = k.Factor(name, value)
		}
	}
	put(FactorZip, zip)
	put(FactorBirthDate, birthDate)
	if len(birthDate) >= 4 {
		put(FactorBirthYear, birthDate[:4])
	}
	put(FactorSSNLast4, ssnLast4)
	put(FactorAccountLast4, accountLast4)
	if f[FactorZip] != "" && f[FactorBirthYear] != "" {
		f[factorLookup] = k.Lookup(f[FactorZip], f[FactorBirthYear])
	}
	return f
}

// KeepFactors are the factors of an account that is written again: those it brings,
// and of the stored ones those it does not bring. They are write-only, so who writes an account
// need not know them. The lookup key follows the ZIP code and the year of birth it is made of.
func (k Keyer) KeepFactors(stored, fresh map[string]string) map[string]string {
	out := maps.Clone(stored)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, fresh)
	if zip, year := out[FactorZip], out[FactorBirthYear]; zip != "" && year != "" {
		out[factorLookup] = k.Lookup(zip, year)
	}
	return out
}

// given hashes what a person said about themselves: name → all hashes it may be.
func (k Keyer) given(f understand.Factors) map[string][]string {
	g := map[string][]string{}
	add := func(name, value string) { g[name] = append(g[name], k.Factor(name, value)) }
	for _, z := range f.ZIPs {
		add(FactorZip, z)
	}
	for _, y := range f.BirthYears {
		add(FactorBirthYear, fmt.Sprintf("%04d", y))
	}
	for _, d := range f.BirthDates {
		add(FactorBirthDate, d.String())
		add(FactorBirthYear, fmt.Sprintf("%04d", d.Year))
	}
	for _, s := range f.SSNLast4 {
		add(FactorSSNLast4, s)
	}
	for _, s := range f.AccountLast4 {
		add(FactorAccountLast4, s)
	}
	return g
}

// equalHash compares two keyed hashes in constant time.
func equalHash(a, b string) bool {
	return a != "" && hmac.Equal([]byte(a), []byte(b))
}
