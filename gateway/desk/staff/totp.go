package staff

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"image/png"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"parley/gateway/store"
)

// Time-based codes (RFC 6238) as authenticator applications have them: six digits, 30 seconds, SHA-1.
const (
	totpPeriod = 30
	// totpSkew is how many steps a clock may be off, either way.
	totpSkew      = 1
	recoveryCodes = 10
)

// Enrolment is what an authenticator application needs, shown once.
type Enrolment struct {
	// Secret is for typing it in, URI the otpauth URL, QR that as a picture (a data: URL of a PNG).
	Secret string `json:"secret"`
	URI    string `json:"uri"`
	QR     string `json:"qr"`
}

func newEnrolment(issuer, name string) (Enrolment, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: name, Period: totpPeriod})
	if err != nil {
		return Enrolment{}, fmt.Errorf("staff: make a second factor: %w", err)
	}
	return enrolment(key)
}

func enrolment(key *otp.Key) (Enrolment, error) {
	img, err := key.Image(232, 232)
	if err != nil {
		return Enrolment{}, fmt.Errorf("staff: draw a second factor: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return Enrolment{}, fmt.Errorf("staff: draw a second factor: %w", err)
	}
	return Enrolment{Secret: key.Secret(), URI: key.URL(), QR: "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())}, nil
}

// matchTOTP finds the time step of a code, which must be later than the last one that was
// taken: a code that was looked over somebody's shoulder is of no use.
func matchTOTP(secret, code string, now time.Time, last int64) (step int64, ok bool) {
	current := now.Unix() / totpPeriod
	for step := current - totpSkew; step <= current+totpSkew; step++ {
		good, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && good && step > last {
			return step, true
		}
	}
	return 0, false
}

// newRecovery makes codes that stand in for the second factor, each of 50 random bits, and what is kept of them.
func (k keys) newRecovery(member string) (codes, kept []string) {
	for range recoveryCodes {
		text := strings.ToLower(rand.Text())[:10]
		codes = append(codes, text[:5]+"-"+text[5:])
		kept = append(kept, k.digest("recovery "+member, text))
	}
	return codes, kept
}

// secondFactor takes a code off a member's credentials: a time-based one, or a recovery code, each of which works once.
func (k keys) secondFactor(m store.StaffMember, code string, now time.Time) (c store.StaffCredentials, recovery, ok bool) {
	c = m.Credentials
	code = strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(code))
	if len(code) == 6 {
		secret, err := k.unlock("totp "+m.ID, c.TOTP)
		if err != nil {
			return c, false, false
		}
		step, ok := matchTOTP(string(secret), code, now, c.TOTPStep)
		c.TOTPStep = step
		return c, false, ok
	}
	i := slices.Index(c.Recovery, k.digest("recovery "+m.ID, code))
	if i < 0 {
		return c, true, false
	}
	c.Recovery = slices.Delete(slices.Clone(c.Recovery), i, i+1)
	return c, true, true
}
