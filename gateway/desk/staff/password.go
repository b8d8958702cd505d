package staff

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Argon2 is what a password's hash costs.
type Argon2 struct {
	// Memory is in KiB.
	Memory  uint32
	Time    uint32
	Threads uint8
}

// argon2Default is what OWASP's Password Storage Cheat Sheet asks of argon2id at least: 19 MiB, two passes, one lane.
var argon2Default = Argon2{Memory: 19456, Time: 2, Threads: 1}

// What a hash that is read may ask for: one that was not written here must not take the machine down.
const (
	maxMemory  = 1 << 20 // KiB
	maxTime    = 16
	maxThreads = 16
	saltBytes  = 16
	keyBytes   = 32
)

// phc is a hash in the form of the Password Hashing Competition:
// $argon2id$v=19$m=19456,t=2,p=1$SALT$KEY.
type phc struct {
	cost      Argon2
	salt, key []byte
}

var errPHC = fmt.Errorf("staff: not an argon2id hash in PHC form")

// parsePHC reads a hash as [phc.String] writes it, and in no other spelling.
func parsePHC(text string) (phc, error) {
	fields := strings.Split(text, "$")
	if len(fields) != 6 || len(text) > 512 {
		return phc{}, errPHC
	}
	var h phc
	costs := strings.Split(fields[3], ",")
	if len(costs) != 3 {
		return phc{}, errPHC
	}
	for i, c := range []struct {
		name string
		min  uint64
		max  uint64
		set  func(uint64)
	}{
		{"m=", 8, maxMemory, func(n uint64) { h.cost.Memory = uint32(n) }},
		{"t=", 1, maxTime, func(n uint64) { h.cost.Time = uint32(n) }},
		{"p=", 1, maxThreads, func(n uint64) { h.cost.Threads = uint8(n) }},
	} {
		digits, ok := strings.CutPrefix(costs[i], c.name)
		n, err := strconv.ParseUint(digits, 10, 32)
		if !ok || err != nil || n < c.min || n > c.max {
			return phc{}, errPHC
		}
		c.set(n)
	}
	var err error
	b64 := base64.RawStdEncoding.Strict()
	if h.salt, err = b64.DecodeString(fields[4]); err != nil || len(h.salt) < 8 || len(h.salt) > 64 {
		return phc{}, errPHC
	}
	if h.key, err = b64.DecodeString(fields[5]); err != nil || len(h.key) < 16 || len(h.key) > 64 {
		return phc{}, errPHC
	}
	if h.String() != text { // another algorithm or version, a leading zero, a line break in the base64
		return phc{}, errPHC
	}
	return h, nil
}

func (h phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.Memory, h.cost.Time, h.cost.Threads,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.key))
}

func (h phc) derive(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.cost.Time, h.cost.Memory, h.cost.Threads, uint32(len(h.key)))
}

// hashes bounds how many hashes are made at once: each takes memory and a processor,
// and whoever is at the door decides how many are asked for.
type hashes struct {
	cost  Argon2
	slots chan struct{}
	dummy phc
}

func newHashes(cost Argon2, atOnce int) *hashes {
	h := &hashes{cost: cost, slots: make(chan struct{}, atOnce)}
	h.dummy = h.fresh()
	h.dummy.key = make([]byte, keyBytes)
	_, _ = rand.Read(h.dummy.key)
	return h
}

func (h *hashes) fresh() phc {
	p := phc{cost: h.cost, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	_, _ = rand.Read(p.salt) // never fails, says its documentation
	return p
}

func (h *hashes) derive(ctx context.Context, p phc, password string) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
		return p.derive(password), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("staff: too many passwords at once: %w", ctx.Err())
	}
}

// hash makes a password's hash.
func (h *hashes) hash(ctx context.Context, password string) (string, error) {
	p := h.fresh()
	key, err := h.derive(ctx, p, password)
	if err != nil {
		return "", err
	}
	p.key = key
	return p.String(), nil
}

// verify compares a password with a hash. It takes as long where there is none ("") as where it is wrong.
// again: it is right, and its hash costs another amount than is asked for now.
func (h *hashes) verify(ctx context.Context, text, password string) (ok, again bool, err error) {
	p, known := h.dummy, false
	if text != "" {
		if p, err = parsePHC(text); err != nil {
			return false, false, err
		}
		known = true
	}
	key, err := h.derive(ctx, p, password)
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(key, p.key) == 1 && known
	return ok, ok && p.cost != h.cost, nil
}
