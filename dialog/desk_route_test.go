package dialog_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func waitingFor(id string, change func(*dialog.Handoff)) dialog.Handoff {
	h := dialog.Handoff{ID: id, Conversation: "cv_" + id, Since: noon.Add(-time.Minute)}
	if change != nil {
		change(&h)
	}
	return h
}

func agentAt(name string, change func(*dialog.Agent)) dialog.Agent {
	a := dialog.Agent{Name: name, Capacity: 2, Available: true, MayReply: true}
	if change != nil {
		change(&a)
	}
	return a
}

func TestWhomAHandOffIsOfferedTo(t *testing.T) {
	t.Parallel()
	skill := func(s ...string) func(*dialog.Handoff) { return func(h *dialog.Handoff) { h.Skills = s } }
	for name, k := range map[string]struct {
		handoff dialog.Handoff
		agents  []dialog.Agent
		to      string // "" for nobody
	}{
		"the least busy":             {waitingFor("h", nil), []dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Load = 1 }), agentAt("bob", nil)}, "bob"},
		"by name where all is equal": {waitingFor("h", nil), []dialog.Agent{agentAt("bob", nil), agentAt("ada", nil)}, "ada"},
		"nobody who is full":         {waitingFor("h", nil), []dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Load = 2 })}, ""},
		"nobody who is away":         {waitingFor("h", nil), []dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Available = false })}, ""},
		"nobody who may not reply":   {waitingFor("h", nil), []dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.MayReply = false })}, ""},
		"who speaks the language, busier or not": {waitingFor("h", skill("language:es")),
			[]dialog.Agent{agentAt("ada", nil), agentAt("luz", func(a *dialog.Agent) { a.Languages, a.Load = []string{"es"}, 1 })}, "luz"},
		"nobody yet, while who speaks it is away": {waitingFor("h", skill("language:es")),
			[]dialog.Agent{agentAt("ada", nil), agentAt("luz", func(a *dialog.Agent) { a.Languages, a.Available = []string{"es"}, false })}, ""},
		"anybody, where nobody speaks it": {waitingFor("h", skill("language:fr")), []dialog.Agent{agentAt("ada", nil)}, "ada"},
		"nobody of another portfolio": {waitingFor("h", skill("portfolio:cards")),
			[]dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Portfolios = []string{"loans"} })}, ""},
		"somebody of all portfolios": {waitingFor("h", skill("portfolio:cards")), []dialog.Agent{agentAt("ada", nil)}, "ada"},
		"who is trained for it": {waitingFor("h", skill("complaint")),
			[]dialog.Agent{agentAt("ada", nil), agentAt("bob", func(a *dialog.Agent) { a.Skills, a.Load = []string{"complaint"}, 1 })}, "bob"},
		"not who has just declined": {waitingFor("h", func(h *dialog.Handoff) {
			h.Declined = []dialog.Declined{{Agent: "ada", At: noon.Add(-9 * time.Minute)}}
		}),
			[]dialog.Agent{agentAt("ada", nil), agentAt("bob", func(a *dialog.Agent) { a.Load = 1 })}, "bob"},
		"who declined a while ago": {waitingFor("h", func(h *dialog.Handoff) {
			h.Declined = []dialog.Declined{{Agent: "ada", At: noon.Add(-11 * time.Minute)}}
		}),
			[]dialog.Agent{agentAt("ada", nil)}, "ada"},
		"in danger: one who is full, too": {waitingFor("h", func(h *dialog.Handoff) { h.Lane, h.Priority = dialog.LaneDistress, 3 }),
			[]dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Load = 2 })}, "ada"},
		"in danger: not who is over it": {waitingFor("h", func(h *dialog.Handoff) { h.Lane = dialog.LaneDistress }),
			[]dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Load = 3 })}, ""},
		"what is held is not offered":      {waitingFor("h", func(h *dialog.Handoff) { h.Holder = "bob" }), []dialog.Agent{agentAt("ada", nil)}, ""},
		"what is offered is not either":    {waitingFor("h", func(h *dialog.Handoff) { h.Reserved = &dialog.Reservation{To: "bob", Until: noon.Add(time.Second)} }), []dialog.Agent{agentAt("ada", nil)}, ""},
		"what has ended is not, of course": {waitingFor("h", func(h *dialog.Handoff) { h.ResolvedAt = noon }), []dialog.Agent{agentAt("ada", nil)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := dialog.Route([]dialog.Handoff{k.handoff}, k.agents, noon)
			var want []dialog.Assignment
			if k.to != "" {
				want = []dialog.Assignment{{Handoff: "h", Conversation: "cv_h", Agent: k.to}}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheMostUrgentIsDealtWithFirst(t *testing.T) {
	t.Parallel()
	all := []dialog.Handoff{
		waitingFor("late", func(h *dialog.Handoff) { h.Since = noon }),
		waitingFor("old", func(h *dialog.Handoff) { h.Since = noon.Add(-time.Hour) }),
		waitingFor("due", func(h *dialog.Handoff) { h.Deadline = noon.Add(time.Minute) }),
		waitingFor("overdue", func(h *dialog.Handoff) { h.Deadline = noon.Add(-time.Minute) }),
		waitingFor("raised", func(h *dialog.Handoff) { h.Priority, h.Since = 1, noon }),
		waitingFor("danger", func(h *dialog.Handoff) { h.Priority, h.Since = 3, noon }),
	}
	slices.SortFunc(all, dialog.Rank)
	var got []string
	for _, h := range all {
		got = append(got, h.ID)
	}
	if diff := cmp.Diff([]string{"danger", "raised", "overdue", "due", "old", "late"}, got); diff != "" {
		t.Error(diff)
	}
	one := dialog.Route(all, []dialog.Agent{agentAt("ada", func(a *dialog.Agent) { a.Capacity = 1 })}, noon)
	if len(one) != 1 || one[0].Handoff != "danger" {
		t.Errorf("one place goes to %+v", one)
	}
}

func TestNoAgentIsOverloadedAndTheOrderOfArgumentsDoesNotMatter(t *testing.T) {
	t.Parallel()
	names := []string{"language:es", "portfolio:cards", "complaint", "legal"}
	rapid.Check(t, func(rt *rapid.T) {
		var agents []dialog.Agent
		for i := range rapid.IntRange(0, 5).Draw(rt, "agents") {
			agents = append(agents, dialog.Agent{Name: fmt.Sprintf("a%d", i), Load: rapid.IntRange(0, 3).Draw(rt, "load"), Capacity: rapid.IntRange(0, 3).Draw(rt, "capacity"),
				Available: rapid.Bool().Draw(rt, "available"), MayReply: rapid.Bool().Draw(rt, "may"), Languages: rapid.SampledFrom([][]string{nil, {"es"}}).Draw(rt, "languages"),
				Portfolios: rapid.SampledFrom([][]string{nil, {"cards"}, {"loans"}}).Draw(rt, "portfolios"), Skills: rapid.SampledFrom([][]string{nil, {"complaint"}}).Draw(rt, "skills")})
		}
		var handoffs []dialog.Handoff
		for i := range rapid.IntRange(0, 8).Draw(rt, "handoffs") {
			h := waitingFor(fmt.Sprintf("h%d", i), nil)
			h.Priority = rapid.IntRange(0, 3).Draw(rt, "priority")
			h.Skills = rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 3, rapid.ID).Draw(rt, "needs")
			handoffs = append(handoffs, h)
		}
		got := dialog.Route(handoffs, agents, noon)
		again := dialog.Route(rapid.Permutation(handoffs).Draw(rt, "shuffled"), rapid.Permutation(agents).Draw(rt, "dealt"), noon)
		if diff := cmp.Diff(got, again); diff != "" {
			rt.Fatalf("another order, another answer:\n%s", diff)
		}
		load, once := map[string]int{}, map[string]bool{}
		for _, x := range got {
			i := slices.IndexFunc(agents, func(a dialog.Agent) bool { return a.Name == x.Agent })
			a := agents[i]
			load[a.Name]++
			if !a.Available || !a.MayReply || a.Load+load[a.Name] > a.Capacity || once[x.Handoff] {
				rt.Fatalf("%+v to %+v", x, a)
			}
			once[x.Handoff] = true
		}
	})
}
