package relay

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"parley/channels/voice"
)

// tokenFor is how long a token handed out in TwiML may take to come back: Twilio
// opens the WebSocket at once.
const tokenFor = 2 * time.Minute

// claims are what a token says of the connection it is for.
type claims struct {
	Call     string `json:"c"`
	Person   string `json:"p"`
	Ours     string `json:"o"`
	Outbound bool   `json:"d,omitempty"`
	Resumed  bool   `json:"r,omitempty"`
	Agent    string `json:"a,omitempty"`
	Expires  int64  `json:"e"`
	Nonce    string `json:"n"`
}

func (c claims) leg() voice.Leg {
	return voice.Leg{Call: c.Call, Person: c.Person, Ours: c.Ours, Outbound: c.Outbound, Resumed: c.Resumed, Agent: c.Agent}
}

// issue makes the token for the next connection of a call.
func (k *Carrier) issue(leg voice.Leg) string {
	body, _ := json.Marshal(claims{ // of strings, numbers and truths alone
		Call: leg.Call, Person: leg.Person, Ours: leg.Ours, Outbound: leg.Outbound, Resumed: leg.Resumed, Agent: leg.Agent,
		Expires: k.now().Add(tokenFor).Unix(), Nonce: rand.Text(),
	})
	text := base64.RawURLEncoding.EncodeToString(body)
	return text + "." + base64.RawURLEncoding.EncodeToString(seal(k.keys[0], text))
}

func seal(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// redeem takes a token that is shown for a call: ours, for that call, in time, and
// for the first time.
func (k *Carrier) redeem(token, call string) (claims, bool) {
	text, sum, _ := strings.Cut(token, ".")
	mac, err := base64.RawURLEncoding.DecodeString(sum)
	if err != nil {
		return claims{}, false
	}
	good := false
	for _, key := range k.keys {
		good = good || hmac.Equal(mac, seal(key, text))
	}
	body, err := base64.RawURLEncoding.DecodeString(text)
	var c claims
	if !good || err != nil || json.Unmarshal(body, &c) != nil {
		return claims{}, false
	}
	now := k.now()
	expires := time.Unix(c.Expires, 0)
	if c.Call != call || c.Nonce == "" || now.After(expires) {
		return claims{}, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for nonce, until := range k.used {
		if now.After(until) {
			delete(k.used, nonce)
		}
	}
	if _, again := k.used[c.Nonce]; again {
		return claims{}, false
	}
	k.used[c.Nonce] = expires
	return c, true
}

var errSealed = errors.New("not a sealed text of ours")

// conceal makes a text that can stand in an address and be read by us alone: what
// the agent is told must not be in anybody's access log.
func (k *Carrier) conceal(text string) string {
	gcm := k.cipher(k.keys[0])
	nonce := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return base64.RawURLEncoding.EncodeToString(gcm.Seal(nonce, nonce, []byte(text), nil))
}

func (k *Carrier) reveal(sealed string) (string, error) {
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return "", errSealed
	}
	for _, key := range k.keys {
		gcm := k.cipher(key)
		if len(b) < gcm.NonceSize() {
			return "", errSealed
		}
		if text, err := gcm.Open(nil, b[:gcm.NonceSize()], b[gcm.NonceSize():], nil); err == nil {
			return string(text), nil
		}
	}
	return "", errSealed
}

func (k *Carrier) cipher(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(seal(key, "whisper"))
	if err != nil {
		panic(err) // 32 bytes are always a key
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return gcm
}
