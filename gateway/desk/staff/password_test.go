package staff_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/gateway/desk/staff"
)

var cheap = staff.Argon2{Memory: 64, Time: 1, Threads: 1}

func TestPasswordHashes(t *testing.T) {
	t.Parallel()
	h := staff.NewHashes(cheap, 2)
	text, err := h.Hash(t.Context(), "four unrelated words")
	if err != nil || !strings.HasPrefix(text, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("%s, %v", text, err)
	}
	t.Run("the right password, and no other", func(t *testing.T) {
		t.Parallel()
		if ok, again, err := h.Verify(t.Context(), text, "four unrelated words"); !ok || again || err != nil {
			t.Errorf("%v %v %v", ok, again, err)
		}
		if ok, _, err := h.Verify(t.Context(), text, "four unrelated word"); ok || err != nil {
			t.Errorf("%v %v", ok, err)
		}
	})
	t.Run("no hash is never right, and is no error", func(t *testing.T) {
		t.Parallel()
		if ok, _, err := h.Verify(t.Context(), "", ""); ok || err != nil {
			t.Errorf("%v %v", ok, err)
		}
	})
	t.Run("two hashes of one password differ", func(t *testing.T) {
		t.Parallel()
		if other, _ := h.Hash(t.Context(), "four unrelated words"); other == text {
			t.Error("the salt is the same")
		}
	})
	t.Run("a hash of another cost is right, and is to be made again", func(t *testing.T) {
		t.Parallel()
		dearer := staff.NewHashes(staff.Argon2{Memory: 128, Time: 1, Threads: 1}, 1)
		if ok, again, err := dearer.Verify(t.Context(), text, "four unrelated words"); !ok || !again || err != nil {
			t.Errorf("%v %v %v", ok, again, err)
		}
		if ok, again, _ := dearer.Verify(t.Context(), text, "wrong"); ok || again {
			t.Errorf("%v %v", ok, again)
		}
	})
	t.Run("no more are made at once than there are places", func(t *testing.T) {
		t.Parallel()
		full := staff.NewHashes(cheap, 1)
		full.Fill()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := full.Hash(ctx, "four unrelated words"); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

var badPHC = []string{
	"", "$", "plain text",
	"$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=16$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=64,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=64,t=9999,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=64,t=1,p=256$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=064,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$t=1,m=64,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
	"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA",
	"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$",
}

func TestAHashThatIsNotOursIsRefused(t *testing.T) {
	t.Parallel()
	h := staff.NewHashes(cheap, 1)
	for _, text := range badPHC {
		if _, err := staff.CanonicalPHC(text); err == nil {
			t.Errorf("read %q", text)
		}
		if text == "" {
			continue
		}
		if ok, _, err := h.Verify(t.Context(), text, "x"); ok || err == nil {
			t.Errorf("verified against %q", text)
		}
	}
}

func FuzzPHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	for _, text := range badPHC {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if again, err := staff.CanonicalPHC(text); err == nil && again != text {
			t.Errorf("%q is read as %q", text, again)
		}
	})
}

func TestPasswordsThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, password, want string }{
		{"short", "k7#mQ2!xz9P", "must have at least 12 characters"},
		{"short in characters, not bytes", "ñññáéíóúüÑ¿", "must have at least 12 characters"},
		{"long", strings.Repeat("k7#mQ2!x", 17), "must have at most 128 characters"},
		{"a common word with digits", "Password1234", "is among the first that are guessed"},
		{"a common word disguised", "P@ssw0rd!2026", "is among the first that are guessed"},
		{"two common words", "welcomewelcome1", "is among the first that are guessed"},
		{"a season and a year", "Summer2026!!", "is among the first that are guessed"},
		{"a row of keys", "qwertyuiop12", "is among the first that are guessed"},
		{"the alphabet", "abcdefghijklmnopqrstuvwxyz", "is among the first that are guessed"},
		{"digits", "839201748392", "must not be digits alone"},
		{"one character", "aaaaaaaaaaaaaaaa", "repeats too few characters"},
		{"a pattern", "abababababab", "repeats too few characters"},
		{"the name", "xx-dana-9431!kq", "must not have the name in it"},
		{"not text", "valid until here\xff", "must be text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := staff.CheckPassword("dana", c.password)
			var invalid *staff.Invalid
			if !errors.As(err, &invalid) || !strings.HasPrefix(invalid.What, c.want) {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), c.password) {
				t.Error("it is quoted")
			}
		})
	}
	for _, good := range []string{"correct horse battery staple", "k7#mQ2!xz9P4", "la lluvia cae en mi barrio", "password manager lighthouse", "x8#K2!9q@7$1", staff.GeneratePassword()} {
		if err := staff.CheckPassword("dana", good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}

// The secret and the values are those of RFC 6238, Appendix B, with six digits.
func TestTimeBasedCodes(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for _, c := range []struct {
		unix int64
		code string
	}{{59, "287082"}, {1111111109, "081804"}, {1234567890, "005924"}, {20000000000, "353130"}} {
		at := time.Unix(c.unix, 0)
		step, ok := staff.MatchTOTP(secret, c.code, at, 0)
		if !ok || step != c.unix/30 {
			t.Errorf("at %d: step %d, %v", c.unix, step, ok)
		}
		if _, ok := staff.MatchTOTP(secret, c.code, at, step); ok {
			t.Errorf("at %d the code is taken twice", c.unix)
		}
		for _, d := range []time.Duration{-30 * time.Second, 30 * time.Second} {
			if _, ok := staff.MatchTOTP(secret, c.code, at.Add(d), 0); !ok {
				t.Errorf("at %d a clock may be off by %s", c.unix, d)
			}
		}
		for _, d := range []time.Duration{-61 * time.Second, 61 * time.Second} {
			if _, ok := staff.MatchTOTP(secret, c.code, at.Add(d), 0); ok && at.Add(d).Unix() > 0 {
				t.Errorf("at %d the code is good %s away", c.unix, d)
			}
		}
	}
	for _, bad := range []string{"", "28708", "2870820", "abcdef"} {
		if _, ok := staff.MatchTOTP(secret, bad, time.Unix(59, 0), 0); ok {
			t.Errorf("%q is taken", bad)
		}
	}
}
