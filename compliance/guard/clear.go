package guard

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"parley/channels"
	"parley/compliance"
)

// ErrBytes is returned by [Reopen] when a message is not the one that was cleared.
var ErrBytes = errors.New("guard: the message is not byte for byte the one that was cleared")

// ErrChannel is returned by [Guard.Clear] when the facts are about another channel.
var ErrChannel = errors.New("guard: the facts are about another channel than the message's")

// Clear checks a message and makes it a [Cleared] one. Where only disclosures
// are missing it adds them, in the message's language and the actor's wording,
// and checks the final text again. Anything else that is found is returned, and
// the Cleared is zero. Labels of choices are checked as well, and are never
// changed.
func (g *Guard) Clear(out channels.Outbound, f Facts) (Cleared, []compliance.Finding, error) {
	if f.Channel == "" {
		f.Channel = out.Channel
	}
	if f.Channel != out.Channel && (out.Channel == "sms" || out.Channel == "webchat" || out.Channel == "voice") {
		return Cleared{}, nil, ErrChannel
	}
	var found []compliance.Finding
	for _, c := range out.Choices {
		found = append(found, g.check(c.Label, &f, true)...)
	}
	final, rewrites, left := g.mend(out.Text, &f)
	found = append(left, found...)
	if len(found) > 0 {
		return Cleared{}, found, nil
	}
	out.Text = final
	out.Choices = append([]channels.Choice(nil), out.Choices...)
	return Cleared{out: out, sha256: digest(out), rewrites: rewrites}, nil, nil
}

// Final is the text as it would go out, with disclosures added; false: it would not.
func (g *Guard) Final(text string, f Facts) (string, bool) {
	final, _, left := g.mend(text, &f)
	if len(left) > 0 {
		return "", false
	}
	return final, true
}

// mend adds what rewrites say is missing; left is what stands against the text even then.
func (g *Guard) mend(text string, f *Facts) (final string, rewrites, left []compliance.Finding) {
	found := g.check(text, f, false)
	if len(found) == 0 {
		return text, nil, nil
	}
	for _, x := range found {
		if x.Outcome != compliance.Rewrite {
			return "", nil, found
		}
	}
	final = inject(text, f, found)
	return final, found, g.check(final, f, false)
}

// Rewrites are what was missing in the draft and was added; none of a message
// that came back from the record.
func (c Cleared) Rewrites() []compliance.Finding { return slices.Clone(c.rewrites) }

// Zero reports whether c is no cleared message; such a one is never sent.
func (c Cleared) Zero() bool { return c.sha256 == "" }

// Out is the message to send, exactly as it was cleared.
func (c Cleared) Out() channels.Outbound {
	out := c.out
	out.Choices = append([]channels.Choice(nil), out.Choices...)
	return out
}

// SHA256 identifies what was cleared: channel, address, text and choices, in hex.
func (c Cleared) SHA256() string { return c.sha256 }

// Reopen makes the Cleared again of a message that comes back from the record.
// The error is [ErrBytes] unless it is byte for byte what sha256, recorded when
// it was cleared, stands for.
func Reopen(out channels.Outbound, sha256 string) (Cleared, error) {
	if sha256 == "" || digest(out) != sha256 {
		return Cleared{}, ErrBytes
	}
	out.Choices = append([]channels.Choice(nil), out.Choices...)
	return Cleared{out: out, sha256: sha256}, nil
}

// digest hashes channel, to, text, choices and, on a call, how it is said, each with
// its length before it, so that no two messages share the bytes hashed.
func digest(out channels.Outbound) string {
	h := sha256.New()
	put := func(s string) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		fmt.Fprint(h, s)
	}
	put(out.Channel)
	put(out.To)
	put(out.Text)
	for _, c := range out.Choices {
		put(c.ID)
		put(c.Label)
	}
	if s := out.Spoken; s != (channels.Spoken{}) {
		put(fmt.Sprintf("%t", s.Whole))
		put(s.Language)
		put(string(s.Then))
		put(s.Handoff)
	}
	return hex.EncodeToString(h.Sum(nil))
}
