package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/gateway/store"
)

// waits has a new conversation of an address wait for a human, and returns it.
func (f *fixture) waits(from string, edit func(*dialog.Conversation, *dialog.Handoff)) string {
	f.Helper()
	id := f.hear(from, "a human please "+f.id("")).Conversation
	c := f.mustClaim()
	e := f.effects(c.Snapshot)
	h := &dialog.Handoff{ID: f.id("h"), Conversation: id, Since: f.now, Reasons: []dialog.Reason{{Code: "request_human"}}, Holder: ""}
	e.Conversation.Control, e.Conversation.Epoch = dialog.ControlQueued, e.Conversation.Epoch+1
	if edit != nil {
		edit(&e.Conversation, h)
	}
	e.Conversation.Handoff, e.Handoff = h, h
	f.commit(c, e)
	return id
}

func (f *fixture) items(q store.ItemQuery) store.ItemPage {
	f.Helper()
	if q.View == "" {
		q.View = store.ViewTeam
	}
	if q.Sort == "" {
		q.Sort = store.SortPriority
	}
	p, err := f.s.Items(f.ctx, q)
	f.ok(err)
	return p
}

func ids(p store.ItemPage) []string {
	all := []string{}
	for _, it := range p.Items {
		all = append(all, it.Conversation.ID)
	}
	return all
}

// portfolio puts an account of a portfolio with an address.
func (f *fixture) portfolio(id, name, address string) {
	f.Helper()
	a := f.account(id, "person-of-"+id, address)
	a.Portfolio, a.Last4 = name, "4421"
	f.put(a)
}

func heldBy(name string) func(*dialog.Conversation, *dialog.Handoff) {
	return func(c *dialog.Conversation, h *dialog.Handoff) { c.Control, h.Holder = dialog.ControlHuman, name }
}

const carol = "+15125550125"

var deskCases = slices.Concat(deskQueueCases, deskKeepCases, deskFeedCases)

var deskQueueCases = []testCase{
	{"each view lists what belongs in it", "View is one list of the desk", func(t *testing.T, f *fixture) {
		queued := f.waits(alice, nil)
		mine := f.waits(bob, heldBy("dana"))
		offered := f.waits(carol, func(c *dialog.Conversation, h *dialog.Handoff) {
			c.Control, h.Reserved = dialog.ControlOffered, &dialog.Reservation{To: "dana", Until: f.now.Add(time.Minute)}
		})
		bot := f.queue("+15125550126", "hello").Conversation
		for view, want := range map[store.View][]string{
			store.ViewUnassigned: {queued}, store.ViewMine: {mine}, store.ViewOffered: {offered}, store.ViewBot: {bot},
			store.ViewTeam: {queued, mine, offered}, store.ViewAll: {queued, mine, offered, bot}, store.ViewWaiting: {}, store.ViewApprovals: {},
		} {
			p := f.items(store.ItemQuery{View: view, Who: "dana"})
			got := ids(p)
			slices.Sort(got)
			slices.Sort(want)
			f.same(string(view), got, want)
			if n := p.Counts[view]; view != store.ViewAll && n != len(want) {
				t.Errorf("%s counts %d, want %d", view, n, len(want))
			}
			if !p.Oldest.Equal(f.now) {
				t.Errorf("the oldest waits since %s", p.Oldest)
			}
		}
		f.same("another's", ids(f.items(store.ItemQuery{View: store.ViewMine, Who: "luis"})), []string{})
		f.same("nobody's", ids(f.items(store.ItemQuery{View: store.ViewMine})), []string{})
	}},
	{"a row has what a list shows", "read with everything a row needs", func(t *testing.T, f *fixture) {
		f.portfolio("acct-1", "cards", alice)
		f.portfolio("acct-2", "cards", alice)
		id := f.waits(alice, nil)
		it := f.items(store.ItemQuery{Who: "dana"}).Items[0]
		if it.Conversation.ID != id || it.Handoff == nil || it.Handoff.Reasons[0].Code != "request_human" || it.Account == nil || it.Account.ID != "acct-1" || it.Others != 1 ||
			it.Last.From != "person" || !strings.HasPrefix(it.Last.Text, "a human please") || it.Unread != 1 || it.Conversation.Language != "en" || it.Conversation.Control != dialog.ControlQueued {
			t.Errorf("got %+v", it)
		}
	}},
	{"what was seen or answered is not unread", "what the person wrote since the last answer that the reader has not seen", func(t *testing.T, f *fixture) {
		id := f.waits(alice, heldBy("dana"))
		f.hear(alice, "are you there")
		unread := func(who string) int { return f.items(store.ItemQuery{Who: who}).Items[0].Unread }
		f.ok(f.s.Seen(f.ctx, id, "dana", 1, f.now))
		f.ok(f.s.Seen(f.ctx, id, "dana", 0, f.now))
		if a, b := unread("dana"), unread("luis"); a != 1 || b != 2 {
			t.Errorf("unread: %d and %d", a, b)
		}
		f.answer("here I am")
		if n := unread("luis"); n != 0 {
			t.Errorf("after the answer %d are unread", n)
		}
		if err := f.s.Seen(f.ctx, "none", "dana", 1, f.now); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("of none: %v", err)
		}
	}},
	{"a scope lets nothing else through", "All accounts that a conversation is, or may be, about must be in them", func(t *testing.T, f *fixture) {
		f.portfolio("acct-1", "cards", alice)
		f.portfolio("acct-2", "autos", bob)
		f.portfolio("acct-3", "cards", carol)
		f.portfolio("acct-4", "autos", carol)
		cards, autos, both, unknown := f.waits(alice, nil), f.waits(bob, nil), f.waits(carol, nil), f.waits("+15125550126", nil)
		for _, c := range []struct {
			scope store.Scope
			want  []string
		}{
			{store.Scope{}, []string{cards, autos, both, unknown}},
			{store.Scope{Portfolios: []string{"cards"}}, []string{cards}},
			{store.Scope{Portfolios: []string{"cards"}, Unknown: true}, []string{cards, unknown}},
			{store.Scope{Portfolios: []string{"cards", "autos"}}, []string{cards, autos, both}},
			{store.Scope{Portfolios: []string{"loans"}, Unknown: true}, []string{unknown}},
		} {
			p := f.items(store.ItemQuery{Scope: c.scope})
			got := ids(p)
			slices.Sort(got)
			slices.Sort(c.want)
			f.same("listed", got, c.want)
			if p.Counts[store.ViewUnassigned] != len(c.want) {
				t.Errorf("%v counts %d", c.scope, p.Counts[store.ViewUnassigned])
			}
			for _, id := range []string{cards, autos, both, unknown} {
				in, err := f.s.InScope(f.ctx, id, c.scope)
				f.ok(err)
				if in != slices.Contains(c.want, id) {
					t.Errorf("%v: %s in scope: %v", c.scope, id, in)
				}
			}
			found := f.items(store.ItemQuery{Scope: c.scope, Text: "4421"})
			for _, id := range ids(found) {
				if !slices.Contains(c.want, id) {
					t.Errorf("%v finds %s", c.scope, id)
				}
			}
		}
		portfolios, err := f.s.Portfolios(f.ctx, []string{cards, both, unknown, "none"})
		f.ok(err)
		if diff := cmp.Diff(map[string][]string{cards: {"cards"}, both: {"autos", "cards"}}, portfolios); diff != "" {
			t.Error(diff)
		}
		if _, err := f.s.InScope(f.ctx, "none", store.Scope{}); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("of none: %v", err)
		}
	}},
	{"a search takes names, digits and ids, and no patterns", "narrows to a person's name, an account's last four digits, or an id or address given in full", func(t *testing.T, f *fixture) {
		f.portfolio("acct-1", "cards", alice)
		id := f.waits(alice, nil)
		f.waits(bob, nil)
		for text, n := range map[string]int{"torres": 1, "ANGELA": 1, "4421": 1, alice: 1, id: 1, "acct-1": 1, "person-of-acct-1": 1, "%": 0, "_": 0, `\`: 0, "442": 0, "": 2, " ": 2, "'": 0} {
			if got := ids(f.items(store.ItemQuery{Text: text})); len(got) != n {
				t.Errorf("%q finds %v", text, got)
			}
		}
	}},
	{"a list is sorted as asked and paged without loss", "A cursor is of one view and one order only", func(t *testing.T, f *fixture) {
		start := f.now
		var all []string
		for i, priority := range []int{0, 2, 1, 3, 0} {
			f.now = start.Add(time.Duration(i) * time.Minute)
			all = append(all, f.waits("+1512555020"+string(rune('0'+i)), func(_ *dialog.Conversation, h *dialog.Handoff) {
				h.Priority = priority
				if i > 0 {
					h.Deadline = start.Add(time.Hour - time.Duration(i)*time.Minute)
				}
			}))
		}
		for order, want := range map[store.Sort][]int{
			store.SortPriority: {3, 1, 2, 0, 4}, store.SortWait: {0, 1, 2, 3, 4}, store.SortDeadline: {4, 3, 2, 1, 0}, store.SortActivity: {4, 3, 2, 1, 0},
		} {
			var got []string
			q := store.ItemQuery{Sort: order, Limit: 2}
			for {
				p := f.items(q)
				got = append(got, ids(p)...)
				if q.Cursor = p.Next; q.Cursor == "" || len(got) > 10 {
					break
				}
			}
			var names []string
			for _, i := range want {
				names = append(names, all[i])
			}
			f.same(string(order), got, names)
		}
		next := f.items(store.ItemQuery{Sort: store.SortWait, Limit: 2}).Next
		if _, err := f.s.Items(f.ctx, store.ItemQuery{View: store.ViewTeam, Sort: store.SortPriority, Cursor: next}); err == nil {
			t.Error("a cursor of another order was taken")
		}
		if _, err := f.s.Items(f.ctx, store.ItemQuery{View: "everything", Sort: store.SortWait}); err == nil {
			t.Error("a view nobody knows was listed")
		}
	}},
	{"what is held or offered can be listed for all", "Held lists the open hand-offs that somebody holds, is offered or is being given", func(t *testing.T, f *fixture) {
		f.waits(alice, nil)
		held := f.waits(bob, heldBy("dana"))
		f.later(time.Minute)
		offered := f.waits(carol, func(c *dialog.Conversation, h *dialog.Handoff) {
			c.Control, h.Reserved = dialog.ControlOffered, &dialog.Reservation{To: "luis"}
		})
		all, err := f.s.Held(f.ctx)
		f.ok(err)
		var got []string
		for _, h := range all {
			got = append(got, h.Conversation)
		}
		f.same("held", got, []string{held, offered})
	}},
	{"earlier conversations are found by the account", "Past lists other conversations about an account", func(t *testing.T, f *fixture) {
		f.portfolio("acct-1", "cards", alice)
		first := f.waits(alice, func(c *dialog.Conversation, h *dialog.Handoff) {
			c.Control, h.ResolvedAt, h.Disposition = dialog.ControlClosed, f.now, "no_resolution"
		})
		f.later(time.Minute)
		second := f.waits(alice, nil)
		got, err := f.s.Past(f.ctx, "acct-1", second, 10)
		f.ok(err)
		if len(got) != 1 || got[0].ID != first || got[0].Disposition != "no_resolution" || got[0].Control != dialog.ControlClosed || got[0].Channel != "sms" {
			t.Errorf("got %+v", got)
		}
	}},
}
