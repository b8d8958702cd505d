package dialog

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/compliance/inbound"
	"parley/dialog/understand"
	"parley/prompts"
)

// Who they are must be known before any debt fact is said: on SMS one factor
// besides the number, on web chat two, by voice two.

// sessionIdle is how long an identified session lasts without a word.
var sessionIdle = map[string]time.Duration{"webchat": 30 * time.Minute, "sms": 24 * time.Hour}

// maxIdentityAttempts is how many failed tries there are before a human looks.
const maxIdentityAttempts = 3

// maxIdentityQuestions is how often we ask who they are of someone who gives
// nothing, before a human looks.
const maxIdentityQuestions = 20

// expireSession ends an identified session after its silence, and starts a new
// one where there is none. The thread goes on where it was.
func (t *turn) expireSession() {
	idle, ok := sessionIdle[t.conv.Channel]
	if !ok {
		idle = 30 * time.Minute
	}
	last := t.conv.Identity.LastSeen
	if t.conv.Identity.Verified && !last.IsZero() && t.now.Sub(last) > idle {
		t.conv.Identity = Identity{}
		t.conv.Disclosed.Session, t.conv.Disclosed.AI = time.Time{}, time.Time{}
		t.event("session.expired", "service", map[string]any{"idle_minutes": int(idle.Minutes())})
	}
	if t.conv.SessionStart.IsZero() || (!last.IsZero() && t.now.Sub(last) > idle) {
		t.conv.SessionStart = t.now
	}
	t.conv.Identity.LastSeen = t.now
}

// identification is how a try to identify ended.
type identification struct {
	Verified bool     `json:"verified"`
	New      bool     `json:"new,omitempty"`
	Given    []string `json:"given,omitempty"`
	Failed   bool     `json:"failed,omitempty"`
	Attempts int      `json:"attempts,omitempty"`
}

// identify compares what was given with the keyed hashes on file.
func (t *turn) identify() {
	result, err := step(t, StepIdentify, map[string]any{"channel": t.conv.Channel, "pending": t.conv.Pending},
		t.tryIdentify, func(r identification) any { return r })
	switch {
	case err != nil:
		t.handOff(Reason{Code: "identity_unavailable", Detail: "Identity could not be checked: the directory did not answer."}, 1)
	case result.New:
		t.conv.Unclear = 0
		t.event("identity.verified", "service", map[string]any{"account": t.conv.Account, "factors": result.Given})
		if t.conv.Pending == "identity" {
			t.conv.Pending = ""
		}
	case result.Failed:
		t.event("identity.failed", "service", map[string]any{"attempts": result.Attempts})
	}
}

func (t *turn) tryIdentify(ctx context.Context) (identification, error) {
	id := &t.conv.Identity
	if id.Verified {
		return identification{Verified: true}, nil
	}
	if id.Attempts >= maxIdentityAttempts || t.deniedToBe() {
		return identification{Attempts: id.Attempts}, nil // a human has to find out; more guesses are not heard
	}
	given := t.e.Keys.given(t.said.Factors)
	if len(given) == 0 || (t.conv.Pending != "identity" && !t.said.Has(understand.Identify)) {
		return identification{Attempts: id.Attempts}, nil
	}
	if guesses(t.said.Factors) {
		id.Attempts++
		return identification{Given: sorted(keys(given)), Failed: true, Attempts: id.Attempts}, nil
	}
	all := t.merge(given)
	account, conclusive, err := t.match(ctx, all)
	if err != nil {
		return identification{}, err
	}
	names := sorted(keys(given))
	if account != nil && t.anothers(*account) {
		account, conclusive = nil, true // one thread is one person's: another doesn't take it over
	}
	if account != nil {
		t.accounts[account.ID] = *account
		t.conv.Account = account.ID
		*id = Identity{Verified: true, VerifiedAt: t.now, LastSeen: t.now}
		t.conv.Unclear = 0
		return identification{Verified: true, New: true, Given: names}, nil
	}
	if !conclusive {
		id.Held = flatten(all)
		return identification{Given: names, Attempts: id.Attempts}, nil
	}
	id.Attempts++
	id.Held = nil
	return identification{Given: names, Failed: true, Attempts: id.Attempts}, nil
}

// guesses reports whether a message names several ZIP codes, years or dates of birth, or
// ends of a social security number. Whoever knows gives one; a list is one failed try, whatever is in it.
// A date may be read in two ways, and a year beside other digits be taken for theirs.
func guesses(f understand.Factors) bool {
	if len(f.BirthDates) > 2 || len(f.SSNLast4) > 2 {
		return true
	}
	zips, years := map[string]bool{}, map[int]bool{}
	for _, z := range f.ZIPs {
		zips[z] = true
	}
	for _, y := range f.BirthYears {
		years[y] = true
	}
	for _, d := range f.BirthDates {
		years[d.Year] = true
	}
	return len(zips) > 1 || len(years) > 1
}

// deniedToBe reports whether whoever writes has said that they are somebody
// else: then only a human may take them for the person.
func (t *turn) deniedToBe() bool {
	if !t.address.WrongParty.IsZero() {
		return true
	}
	return t.conv.Handoff.Open() && slices.ContainsFunc(t.conv.Handoff.Reasons, func(r Reason) bool {
		return r.Code == string(inbound.ThirdParty) || r.Code == string(inbound.Minor)
	})
}

// anothers reports whether the conversation was already known to be with another person.
func (t *turn) anothers(a Account) bool {
	before, known := t.account()
	return known && before.Person.ID != a.Person.ID
}

// merge adds what was given in earlier messages; the newest word on a factor wins.
func (t *turn) merge(given map[string][]string) map[string][]string {
	all := map[string][]string{}
	for name, hash := range t.conv.Identity.Held {
		all[name] = []string{hash}
	}
	maps.Copy(all, given)
	return all
}

func flatten(all map[string][]string) map[string]string {
	held := map[string]string{}
	for name, hashes := range all {
		held[name] = hashes[0]
	}
	return held
}

// match finds the one account that fits. conclusive is false while too little
// was given to say no.
func (t *turn) match(ctx context.Context, given map[string][]string) (*Account, bool, error) {
	if len(t.conv.Candidates) > 0 {
		return t.matchCandidates(given, t.factorsNeeded())
	}
	zips, years := given[FactorZip], given[FactorBirthYear]
	if len(zips) == 0 || len(years) == 0 {
		return nil, false, nil
	}
	var found []Account
	for _, zip := range zips {
		for _, year := range years {
			accounts, err := t.e.Directory.AccountsByFactor(ctx, t.e.Keys.Lookup(zip, year))
			if err != nil {
				return nil, false, err
			}
			found = append(found, accounts...)
		}
	}
	found = slices.DeleteFunc(found, func(a Account) bool { return !fits(a, given, 2) })
	people := map[string]bool{}
	for _, a := range found {
		people[a.Person.ID] = true
	}
	if len(people) > 1 { // two people share ZIP and year: ask for more
		return nil, len(given[FactorBirthDate]) > 0, nil
	}
	return first(found), true, nil
}

// matchCandidates compares with the accounts the address belongs to. They must
// all be one person's; a number shared by two people goes by all factors.
func (t *turn) matchCandidates(given map[string][]string, need int) (*Account, bool, error) {
	var found []Account
	people := map[string]bool{}
	for _, id := range t.conv.Candidates {
		a, ok := t.accounts[id]
		if ok && fits(a, given, need) {
			found = append(found, a)
			people[a.Person.ID] = true
		}
	}
	switch len(people) {
	case 1:
		return first(found), true, nil
	case 0:
		return nil, countUseful(given) >= need, nil
	}
	return nil, len(given[FactorBirthDate]) > 0, nil // a number two people share: ask for more
}

// fits reports whether at least need factors match and neither ZIP nor birth
// contradicts. A four-digit number may be meant as a year or as the end of a
// social security or account number, so those never contradict.
func fits(a Account, given map[string][]string, need int) bool {
	matched, wrong := map[string]bool{}, map[string]bool{}
	for name, hashes := range given {
		ok := false
		for _, h := range hashes {
			ok = equalHash(a.Factors[name], h) || ok
		}
		kind := name
		if name == FactorBirthDate || name == FactorBirthYear {
			kind = "birth"
		}
		switch {
		case ok && name != FactorAccountLast4:
			matched[kind] = true
		case ok || a.Factors[name] == "": // what is not on file contradicts nothing
		case name == FactorZip || name == FactorBirthDate, name == FactorBirthYear && len(given[FactorBirthDate]) == 0:
			wrong[name] = true
		}
	}
	return len(wrong) == 0 && len(matched) >= need
}

// countUseful counts the independent factors given.
func countUseful(given map[string][]string) int {
	n := map[string]bool{}
	for name := range given {
		switch name {
		case FactorBirthDate, FactorBirthYear:
			n["birth"] = true
		case FactorZip, FactorSSNLast4:
			n[name] = true
		}
	}
	return len(n)
}

// askIdentity asks who they are, or hands over after the third failed try.
func (t *turn) askIdentity() {
	id := t.conv.Identity
	if id.Attempts >= maxIdentityAttempts {
		t.handOff(Reason{Code: "identity_failed", Detail: "Three tries to identify did not match."}, 1)
		return
	}
	if t.said.Factors.Empty() {
		t.conv.Unclear++
		if t.conv.Unclear > maxIdentityQuestions {
			t.handOff(Reason{Code: "identity_not_given", Detail: "Asked several times, the person did not say who they are."}, 0)
			return
		}
	}
	t.conv.Pending = "identity"
	switch {
	case t.conv.Unclear > 1 && id.Attempts == 0:
		t.askFor("identify")
	case id.Attempts > 0:
		t.askFor("identify_again")
	case len(id.Held) > 0:
		t.askFor("identify")
	case t.factorsNeeded() == 1:
		t.sayTemplate("identify", "identify")
	default:
		t.sayTemplate("identify_both", "identify")
	}
}

// askFor asks for the factors that are missing, in a sentence of the book.
func (t *turn) askFor(key string) {
	text := strings.ReplaceAll(prompts.Phrases(t.conv.Language).Say(key, uint64(t.conv.Unclear)), "{need}", t.needWords())
	t.record(StepCompose, StepOK, map[string]any{"template": key}, map[string]any{"text": text})
	if !t.send(outgoing{Text: text, Purpose: "identify", From: "bot"}) {
		t.sayTemplate("identify_again", "identify")
	}
}

// factorsNeeded is how many factors the channel asks for beside the address.
func (t *turn) factorsNeeded() int {
	if t.conv.Channel == "sms" && len(t.conv.Candidates) > 0 {
		return 1
	}
	return 2
}

// missing are the factors still asked for.
func (t *turn) missing() []string {
	held := t.conv.Identity.Held
	if t.factorsNeeded() == 1 && len(held) == 0 {
		return []string{FactorZip, FactorBirthYear}
	}
	var need []string
	if held[FactorZip] == "" {
		need = append(need, FactorZip)
	}
	if held[FactorBirthYear] == "" && held[FactorBirthDate] == "" {
		need = append(need, FactorBirthYear)
	}
	if len(need) == 0 { // several people fit
		need = append(need, FactorBirthDate)
	}
	return need
}

func first(accounts []Account) *Account {
	if len(accounts) == 0 {
		return nil
	}
	slices.SortFunc(accounts, func(a, b Account) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return &accounts[0]
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

func sorted(s []string) []string { slices.Sort(s); return s }
