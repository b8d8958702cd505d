package dialog

import "errors"

// FactorSignedLink is how somebody is known who came by a link that was signed for
// them: the creditor's own site, or a letter, gave it to them.
const FactorSignedLink = "signed_link"

// ErrKnown: it is known already that it is this person; nothing is changed.
var ErrKnown = errors.New("dialog: it is known already who is there")

// VerifyByLink takes it that the person of account a is there, because they came by a
// link signed for it; checking the signature is the caller's. A conversation is one person's and about one
// account: the error is [ErrElsewhere] where it is about another one or is closed, and [ErrKnown] while
// the session is identified anyway.
func (e *Engine) VerifyByLink(snap Snapshot, a Account, env Env) (Effects, error) {
	t := e.action(snap, "service", env)
	if t.conv.Control == ControlClosed || t.conv.Account != "" && t.conv.Account != a.ID {
		return Effects{}, ErrElsewhere
	}
	last := t.conv.Identity.LastSeen
	t.lapse()
	if t.conv.Identity.Verified {
		return Effects{}, ErrKnown
	}
	if t.conv.SessionStart.IsZero() || !last.IsZero() && t.now.Sub(last) > idleOf(t.conv.Channel) {
		t.conv.SessionStart = t.now
	}
	t.accounts[a.ID] = a
	t.conv.Account = a.ID
	t.conv.Identity = Identity{Verified: true, VerifiedAt: t.now, LastSeen: t.now}
	if t.conv.Pending == "identity" {
		t.conv.Pending = ""
	}
	t.event("identity.verified", "service", map[string]any{"account": a.ID, "factors": []string{FactorSignedLink}})
	return t.finish(), nil
}
