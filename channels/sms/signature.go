package sms

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
)

// verify reports whether signature is Twilio's for a request to rawURL with the
// form's fields, under any of the tokens. Source:
// https://www.twilio.com/docs/usage/security#validating-requests. Twilio is not
// consistent about the port, so the address counts with and without it.
func verify(tokens [][]byte, rawURL string, form url.Values, signature string) bool {
	want, ok := decodeSignature(signature)
	if !ok {
		return false
	}
	fields := signedFields(form)
	var sum [sha1.Size]byte
	for _, address := range withAndWithoutPort(rawURL) {
		for _, token := range tokens {
			mac := hmac.New(sha1.New, token)
			mac.Write([]byte(address))
			mac.Write(fields)
			// To end at the first that is right tells only its maker how many were tried.
			if subtle.ConstantTimeCompare(mac.Sum(sum[:0]), want) == 1 {
				return true
			}
		}
	}
	return false
}

// decodeSignature reads the header's value. What can't be a signature is told
// before the request's body is read.
func decodeSignature(s string) ([]byte, bool) {
	if len(s) != base64.StdEncoding.EncodedLen(sha1.Size) {
		return nil, false
	}
	b, err := base64.StdEncoding.DecodeString(s)
	return b, err == nil && len(b) == sha1.Size
}

// signedFields is what Twilio appends to the address before signing: each key
// and its value, sorted by key. Of a repeated key each distinct value counts
// once, in order.
func signedFields(form url.Values) []byte {
	keys, size := make([]string, 0, len(form)), 0
	for key, values := range form {
		keys = append(keys, key)
		for _, v := range values {
			size += len(key) + len(v)
		}
	}
	slices.Sort(keys)
	b := make([]byte, 0, size)
	for _, key := range keys {
		values := form[key]
		if len(values) > 1 {
			values = slices.Clone(values)
			slices.Sort(values)
			values = slices.Compact(values)
		}
		for _, v := range values {
			b = append(append(b, key...), v...)
		}
	}
	return b
}

// withAndWithoutPort is rawURL as it stands, and with its port taken away or
// its scheme's port put in.
func withAndWithoutPort(rawURL string) []string {
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return []string{rawURL}
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	colon := strings.LastIndexByte(host, ':')
	if colon > strings.LastIndexByte(host, ']') { // not inside an IPv6 literal
		return []string{rawURL, scheme + "://" + host[:colon] + path}
	}
	port := ":443"
	if scheme == "http" {
		port = ":80"
	}
	return []string{rawURL, scheme + "://" + host + port + path}
}

// verifyBody reports whether sum is the SHA-256 of body in hexadecimal. Twilio
// signs a body that is not a form through the bodySHA256 field of the query.
func verifyBody(body []byte, sum string) bool {
	want, err := hex.DecodeString(sum)
	if err != nil {
		return false
	}
	got := sha256.Sum256(body)
	return subtle.ConstantTimeCompare(got[:], want) == 1
}
