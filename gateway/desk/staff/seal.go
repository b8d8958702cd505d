package staff

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
)

// keys are derived from the process's secret, one for each use, so that nothing made
// for one can stand in for another.
type keys struct {
	seal cipher.AEAD
	mac  []byte
}

// errSealed is for whatever was not sealed by us, or for something else.
var errSealed = errors.New("staff: not sealed by this gateway's secret")

func newKeys(secret []byte) (keys, error) {
	if len(secret) < 16 {
		return keys{}, errors.New("staff: the secret key must have at least 16 bytes")
	}
	sealKey, err := hkdf.Key(sha256.New, secret, nil, "parley staff seal", 32)
	if err != nil {
		return keys{}, err
	}
	macKey, err := hkdf.Key(sha256.New, secret, nil, "parley staff hash", 32)
	if err != nil {
		return keys{}, err
	}
	block, err := aes.NewCipher(sealKey)
	if err != nil {
		return keys{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return keys{seal: aead, mac: macKey}, err
}

// lock seals bytes for one purpose, such as "totp " and the member's id.
func (k keys) lock(purpose string, plain []byte) []byte {
	return k.seal.Seal(nil, nil, plain, []byte(purpose))
}

// unlock opens what lock made for the same purpose. The error is errSealed.
func (k keys) unlock(purpose string, sealed []byte) ([]byte, error) {
	text, err := k.seal.Open(nil, nil, sealed, []byte(purpose))
	if err != nil {
		return nil, fmt.Errorf("%w (was the secret key changed?)", errSealed)
	}
	return text, nil
}

// digest is a keyed hash of something that is only ever compared: what a try was counted
// under, which may be a password typed into the wrong field, or a recovery code.
func (k keys) digest(purpose, text string) string {
	m := hmac.New(sha256.New, k.mac)
	m.Write([]byte(purpose))
	m.Write([]byte{0})
	m.Write([]byte(text))
	return hex.EncodeToString(m.Sum(nil))
}

func encodeSealed(sealed []byte) string { return base64.RawURLEncoding.EncodeToString(sealed) }

func decodeSealed(text string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, errSealed
	}
	return b, nil
}
