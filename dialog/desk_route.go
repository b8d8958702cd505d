package dialog

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Agent is a human of the desk as the router sees them now.
type Agent struct {
	Name string
	// Skills are those of [Handoff.Skills] other than languages and portfolios.
	Skills []string
	// Languages spoken besides English, such as "es".
	Languages []string
	// Portfolios they work for; none: all.
	Portfolios []string
	// Load is how many hand-offs they hold or are being offered; counted, not kept.
	Load, Capacity int
	// Available: they are there and take new ones.
	Available bool
	// MayReply: they are permitted to write to people.
	MayReply bool
}

// Assignment offers a hand-off to an agent.
type Assignment struct {
	Handoff, Conversation, Agent string
}

// Rank orders hand-offs: the first one is dealt with first. It goes by priority, then by
// when an answer is due, then by how long it waits; the last word has the id.
func Rank(a, b Handoff) int {
	return cmp.Or(
		cmp.Compare(b.Priority, a.Priority),
		compareTimes(a.Deadline, b.Deadline),
		compareTimes(a.Since, b.Since),
		cmp.Compare(a.ID, b.ID),
	)
}

// compareTimes puts a time that is not set last.
func compareTimes(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// declinedFor is how long Route passes over whoever declined.
const declinedFor = 10 * time.Minute

// Route says what to offer to whom: each waiting hand-off, in order of [Rank], to the best
// agent who may have it, or to nobody. agents are all of the desk, those who are away
// too: a skill that some of them have is waited for, one that nobody has is not.
// The same arguments always give the same answer.
func Route(handoffs []Handoff, agents []Agent, now time.Time) []Assignment {
	waiting := slices.DeleteFunc(slices.Clone(handoffs), func(h Handoff) bool {
		return !h.Open() || h.Holder != "" || h.Reserved != nil && now.Before(h.Reserved.Until)
	})
	slices.SortFunc(waiting, Rank)
	load := map[string]int{}
	for _, a := range agents {
		load[a.Name] = a.Load
	}
	var out []Assignment
	for _, h := range waiting {
		best, found := Agent{}, false
		for _, a := range agents {
			a.Load = load[a.Name]
			if !mayHave(a, h, agents, now) {
				continue
			}
			if !found || better(a, best, h) {
				best, found = a, true
			}
		}
		if found {
			load[best.Name]++
			out = append(out, Assignment{Handoff: h.ID, Conversation: h.Conversation, Agent: best.Name})
		}
	}
	return out
}

// mayHave reports whether an agent may be offered a hand-off. A person in danger may take
// an agent one past their capacity.
func mayHave(a Agent, h Handoff, all []Agent, now time.Time) bool {
	capacity := a.Capacity
	if h.Lane == LaneDistress {
		capacity++
	}
	if !a.Available || !a.MayReply || a.Load >= capacity || a.Name == "" {
		return false
	}
	for _, d := range h.Declined {
		if d.Agent == a.Name && now.Sub(d.At) < declinedFor && h.Lane != LaneDistress {
			return false
		}
	}
	for _, s := range h.Skills {
		if has(a, s) {
			continue
		}
		somebody := func(other Agent) bool { return has(other, s) }
		if strings.HasPrefix(s, "portfolio:") || h.Lane != LaneDistress && slices.ContainsFunc(all, somebody) {
			return false
		}
	}
	return true
}

// has reports whether an agent has a skill of [Handoff.Skills].
func has(a Agent, skill string) bool {
	kind, name, found := strings.Cut(skill, ":")
	switch {
	case found && kind == "language":
		return slices.Contains(a.Languages, name)
	case found && kind == "portfolio":
		return len(a.Portfolios) == 0 || slices.Contains(a.Portfolios, name)
	}
	return slices.Contains(a.Skills, skill)
}

// better: more of the skills, then the least busy, then by name.
func better(a, b Agent, h Handoff) bool {
	return cmp.Or(cmp.Compare(matched(b, h), matched(a, h)), cmp.Compare(a.Load, b.Load), cmp.Compare(a.Name, b.Name)) < 0
}

func matched(a Agent, h Handoff) int {
	n := 0
	for _, s := range h.Skills {
		if has(a, s) {
			n++
		}
	}
	return n
}
