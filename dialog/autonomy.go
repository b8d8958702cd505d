package dialog

import (
	"slices"
	"strings"
	"time"

	"parley/compliance/gate"
	"parley/dialog/llm"
	"parley/dialog/understand"
)

// ladder are the levels, the narrowest first.
var ladder = []Level{LevelOff, LevelDraft, LevelApprove, LevelAuto}

// Levels lists the levels, the narrowest first.
func Levels() []Level { return slices.Clone(ladder) }

// Known reports whether l is one of the levels.
func (l Level) Known() bool { return slices.Contains(ladder, l) }

// Below reports whether l lets the bot do less than other does. An unknown level counts as off.
func (l Level) Below(other Level) bool {
	return max(slices.Index(ladder, l), 0) < max(slices.Index(ladder, other), 0)
}

// Override is a level that stands in place of the configured one, because a
// person decided so or because the evidence no longer carried the configured one.
type Override struct {
	Portfolio  string
	Capability string
	Level      Level
	// Configured is what the configuration said when it was set.
	Configured Level
	// By is who set it: "service", or "human:NAME"; Reason is why, in their words.
	By, Reason string
	At         time.Time
	// Version rises by one on every write, from 1.
	Version int64
}

// Over is the level that counts where the configuration says configured. When the
// configuration was changed since, nobody has decided on both together: the
// lower of the two counts.
func (o Override) Over(configured Level) Level {
	if o.Configured != configured && configured.Below(o.Level) {
		return configured
	}
	return o.Level
}

// Level is how much a capability of a portfolio may do alone: what Levels says, or
// else the settings. A portfolio that is not configured and a level nobody knows are off.
func (e *Engine) Level(portfolio, capability string) Level {
	p, known := e.Settings.Portfolios[portfolio]
	if !known {
		return LevelOff
	}
	level := p.Autonomy[capability]
	if e.Levels != nil {
		level = e.Levels(portfolio, capability)
	}
	if !level.Known() {
		return LevelOff
	}
	return level
}

// EventUsed is the ledger's word that the bot used a capability; its body is a [Use].
const EventUsed = "capability.used"

// Use is one use of a capability.
type Use struct {
	Capability string `json:"capability"`
	Portfolio  string `json:"portfolio"`
	Account    string `json:"account"`
	Level      Level  `json:"level"`
	// Offer is what was accepted, where the capability is to agree on something.
	Offer string `json:"offer,omitempty"`
}

// use records that a capability is used in this turn, once.
func (t *turn) use(capability, offer string) {
	a, ok := t.account()
	if !ok {
		return
	}
	u := Use{Capability: capability, Portfolio: a.Portfolio, Account: a.ID, Level: t.level(capability), Offer: offer}
	if !slices.ContainsFunc(t.fx.Events, func(e Event) bool { return e.Body == any(u) && e.Type == EventUsed }) {
		t.event(EventUsed, "bot", u)
	}
}

// usedIn records the capabilities that a reply to an identified person used: the
// balance it told, the link it gave, and what else the person asked for and was answered.
func (t *turn) usedIn(out llm.Outcome, b llm.Brief) {
	if !b.Verified || t.verdict.Decision != gate.Allow && t.verdict.Decision != gate.Delay {
		return
	}
	told := func(name string) bool { return b.Answers[name] != "" && strings.Contains(out.Text, b.Answers[name]) }
	names, _ := llm.Placeholders(out.Answer.Reply)
	if told("balance") && (slices.Contains(names, "balance") || t.said.Has(understand.AskBalance)) {
		t.use("answer_balance", "")
	}
	if told("link") {
		t.use("payment_link", "")
	}
	for _, a := range asksFor {
		if a.Capability != "answer_balance" && a.Capability != "payment_link" && t.said.Has(a.Intent) {
			t.use(a.Capability, "")
		}
	}
}
