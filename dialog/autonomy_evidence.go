package dialog

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"parley/compliance/inbound"
)

// What must be measured before a capability may do more alone, and below which
// it may do less again.
const (
	// AutonomyFloor is the least the Wilson 95% lower bound of conversations that ended well may be.
	AutonomyFloor = 0.90
	// AutonomyWindow is how many conversations must have been measured, and how many of the latest count.
	AutonomyWindow = 400
)

// z95 is the quantile of the normal distribution that a two-sided 95% interval is made with.
const z95 = 1.959963984540054

// Wilson is the lower end of the Wilson score interval at 95% (two-sided) for a
// share of which well in of were seen. It is 0 where nothing was seen.
func Wilson(well, of int) float64 {
	if of <= 0 || well <= 0 {
		return 0
	}
	n, p := float64(of), float64(min(well, of))/float64(of)
	centre := p + z95*z95/(2*n)
	margin := z95 * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	return (centre - margin) / (1 + z95*z95/n)
}

// Tally counts conversations.
type Tally struct{ Well, Of int }

// Bound is the tally's Wilson 95% lower bound.
func (t Tally) Bound() float64 { return Wilson(t.Well, t.Of) }

// Add counts a result; one that is open does not count.
func (t *Tally) Add(r Result) {
	if r == ResultOpen {
		return
	}
	t.Of++
	if r == ResultWell {
		t.Well++
	}
}

// Result is how a conversation ended for a capability it used.
type Result string

// The results.
const (
	ResultWell  Result = "well"
	ResultBadly Result = "badly"
	// ResultOpen says nothing of the capability, yet or at all.
	ResultOpen Result = "open"
)

// Outcome is what one conversation shows of one capability.
type Outcome struct {
	Portfolio, Capability string
	// Last is the ledger entry of the latest use.
	Last   int64
	Result Result
	// Why is what spoke against it: a reason for a hand-off, or a few fixed words.
	Why string
}

// Outcomes reads from the ledger of one conversation, in order, what it shows of
// the capabilities that the bot used in it. A conversation used a capability if the ledger
// says so ([EventUsed]): an identified person was told the balance or given the link, was answered on
// what else they asked for, or accepted an offer while the level was auto or approve.
//
// It ended badly for every capability it used when, anywhere in it,
//   - a human was called for anything but what the person, the law or the policy calls for
//     one for: see [calledFor]. A reason nobody has put there counts against the bot;
//   - an agreement was taken back after it was accepted, without another in its place.
//
// It also ended badly for the capability to agree on something when an accepted offer was neither recorded as
// an agreement or promise nor waits for approval, or when a human refused or edited it.
//
// It is open while an accepted offer waits for approval, and stays so where that was never decided,
// was overtaken by something else the person accepted, or could not be done any more. Otherwise it ended well. That
// a person does not keep their word is not held against the bot.
//
// Entries whose bodies were purged say nothing.
func Outcomes(ledger []LedgerEntry) []Outcome {
	r := reading{offers: map[string]*fate{}, agreements: map[string]bool{}}
	for _, e := range ledger {
		r.entry(e)
	}
	out := make([]Outcome, 0, len(r.uses))
	for _, u := range r.uses {
		out = append(out, r.outcome(u))
	}
	return out
}

// calledFor are the reasons for a hand-off, beside what the law, the account's flags and
// levels ask for, that do not speak against the bot.
var calledFor = []string{
	"hardship", "no_move", "no_account", "no_policy", // the engine's policy
	"identity_failed",                                          // a stranger was kept out
	"promise_broken_again",                                     // the person's doing
	"wrote_after_opt_out",                                      // the person's wish
	"approval_expired", "approval_failed", "approval_rejected", // told by the approval itself
}

// against reports whether a reason for a hand-off speaks against the bot.
func against(reason string) bool {
	if strings.HasPrefix(reason, "capability_") || slices.Contains(calledFor, reason) || slices.Contains(restricting, reason) {
		return false
	}
	_, legal := responseTo(inbound.Label(reason))
	return !legal
}

// fate is what became of an offer the person accepted.
type fate struct {
	recorded bool
	approval ApprovalState
}

// used is a capability with the offers accepted by it.
type used struct {
	portfolio, capability string
	offers                []string
	last                  int64
}

// reading is what a ledger has told so far.
type reading struct {
	uses       []*used
	offers     map[string]*fate
	agreements map[string]bool // accepted ones, by id
	failure    string
}

func (r *reading) entry(e LedgerEntry) {
	var b struct {
		Use
		Reason     string `json:"reason"`
		Agreement  string `json:"agreement"`
		ReplacedBy string `json:"replaced_by"`
	}
	if len(e.Body) == 0 || json.Unmarshal(e.Body, &b) != nil {
		return
	}
	switch e.Type {
	case EventUsed:
		r.use(b.Use, e.N)
	case "handoff.requested":
		if against(b.Reason) {
			r.fail(cmp.Or(b.Reason, "no reason given"))
		}
	case "promise.made":
		r.fate(b.Offer).recorded = true
	case "agreement." + string(AgreementAccepted):
		r.fate(b.Offer).recorded = true
		r.agreements[b.Agreement] = true
	case "agreement." + string(AgreementCancelled):
		if r.agreements[b.Agreement] && b.ReplacedBy == "" {
			r.fail("agreement taken back")
		}
	default:
		if state, ok := strings.CutPrefix(e.Type, "approval."); ok {
			r.fate(b.Offer).approval = ApprovalState(state)
		}
	}
}

func (r *reading) use(u Use, n int64) {
	i := slices.IndexFunc(r.uses, func(x *used) bool { return x.portfolio == u.Portfolio && x.capability == u.Capability })
	if i < 0 {
		i = len(r.uses)
		r.uses = append(r.uses, &used{portfolio: u.Portfolio, capability: u.Capability})
	}
	r.uses[i].last = n
	if u.Offer != "" && !slices.Contains(r.uses[i].offers, u.Offer) {
		r.uses[i].offers = append(r.uses[i].offers, u.Offer)
	}
}

func (r *reading) fail(why string) {
	if r.failure == "" {
		r.failure = why
	}
}

func (r *reading) fate(offer string) *fate {
	if r.offers[offer] == nil {
		r.offers[offer] = &fate{}
	}
	return r.offers[offer]
}

func (r *reading) outcome(u *used) Outcome {
	o := Outcome{Portfolio: u.portfolio, Capability: u.capability, Last: u.last, Result: ResultWell}
	if r.failure != "" {
		o.Result, o.Why = ResultBadly, r.failure
		return o
	}
	recorded := len(u.offers) == 0
	for _, offer := range u.offers {
		f := r.fate(offer)
		recorded = recorded || f.recorded
		if why := f.against(); why != "" {
			o.Result, o.Why = ResultBadly, why
			return o
		}
	}
	if !recorded {
		o.Result = ResultOpen
	}
	return o
}

// against is what an offer's fate says against the bot, "" for nothing.
func (f *fate) against() string {
	switch {
	case f.approval == ApprovalRejected:
		return "a human refused it"
	case f.approval == ApprovalSuperseded:
		return "a human changed it"
	case !f.recorded && f.approval == "":
		return "nothing was recorded"
	}
	return ""
}
