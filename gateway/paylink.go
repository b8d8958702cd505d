package gateway

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"parley/gateway/config"
)

// linkDays is how long a payment link is good for, at least: the written copy of a
// year-long plan holds one. It lets nobody in; every reminder brings a new one.
const linkDays = 400

// refVersion begins every reference; it rises when their form changes.
const refVersion = 1

// macBytes of the HMAC-SHA256 are kept: 128 bits.
const macBytes = 16

// Errors of a reference. Neither quotes it.
var (
	errReference        = errors.New("gateway: not a payment reference of ours")
	errReferenceExpired = errors.New("gateway: the payment reference had expired on that day")
)

// paymentRefs makes and reads the references in payment links: account,
// conversation and last day, signed with HMAC-SHA256, in lower-case base32. They
// prove that we made the link; they open nothing and hold nothing secret.
type paymentRefs struct{ key []byte }

// refText writes references as one run of small letters and digits: in base64, capitals
// read like a name and what stands between its signs like a word, which the guard then stops.
var refText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// newPaymentRefs derives the key from the process's secret, so that no other use of
// the secret can make a reference.
func newPaymentRefs(secret config.Secret) paymentRefs {
	m := hmac.New(sha256.New, []byte(secret.Reveal()))
	m.Write([]byte("parley payment reference"))
	return paymentRefs{key: m.Sum(nil)}
}

// sign makes a reference that is good until the end of a day at least linkDays
// after now. All day long it is the same one.
func (r paymentRefs) sign(account, conversation string, now time.Time) string {
	b := []byte{refVersion}
	b = binary.AppendUvarint(b, uint64(dayOf(now)+linkDays))
	for _, s := range []string{account, conversation} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return refText.EncodeToString(append(b, r.mac(b)...))
}

// open reads a reference as of an instant: when the payment was made.
func (r paymentRefs) open(ref string, at time.Time) (account, conversation string, err error) {
	b, err := refText.DecodeString(ref)
	if err != nil || len(b) <= macBytes || refText.EncodeToString(b) != ref { // one way to write it, no other
		return "", "", errReference
	}
	b, mac := b[:len(b)-macBytes], b[len(b)-macBytes:]
	if !hmac.Equal(mac, r.mac(b)) || b[0] != refVersion {
		return "", "", errReference
	}
	last, n := binary.Uvarint(b[1:])
	if n <= 0 {
		return "", "", errReference
	}
	var parts [2]string
	for rest, i := b[1+n:], 0; i < len(parts); i++ {
		size, n := binary.Uvarint(rest)
		if n <= 0 || size > uint64(len(rest)-n) {
			return "", "", errReference
		}
		parts[i], rest = string(rest[n:n+int(size)]), rest[n+int(size):]
	}
	if dayOf(at) > int64(last) {
		return "", "", errReferenceExpired
	}
	return parts[0], parts[1], nil
}

func (r paymentRefs) mac(b []byte) []byte {
	m := hmac.New(sha256.New, r.key)
	m.Write(b)
	return m.Sum(nil)[:macBytes]
}

// dayOf counts days in UTC.
func dayOf(at time.Time) int64 { return at.Unix() / (24 * 60 * 60) }

// paymentLink makes links by the operator's template; nil where there is none.
func paymentLink(cfg config.Config) func(account, conversation string, now time.Time) string {
	if cfg.Payments.LinkTemplate == "" {
		return nil
	}
	refs := newPaymentRefs(cfg.SecretKey)
	return func(account, conversation string, now time.Time) string {
		return strings.ReplaceAll(cfg.Payments.LinkTemplate, "{ref}", refs.sign(account, conversation, now))
	}
}
