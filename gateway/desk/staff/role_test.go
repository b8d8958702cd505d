package staff_test

import (
	"errors"
	"slices"
	"testing"

	"parley/gateway/desk/staff"
)

func TestDutiesAreKeptApart(t *testing.T) {
	t.Parallel()
	sends := []staff.Permission{staff.ConversationReply, staff.ConversationStart, staff.HandoffClaim, staff.TakeOver}
	for _, c := range []struct {
		name  string
		role  staff.Role
		may   []staff.Permission
		never []staff.Permission
	}{
		{"an agent works the queue and sets nothing", staff.Agent,
			[]staff.Permission{staff.ConversationRead, staff.ConversationReply, staff.HandoffClaim, staff.HandoffTransfer, staff.ApprovalDecide},
			[]staff.Permission{staff.HandoffReassign, staff.Monitor, staff.PeopleWrite, staff.AutonomyWrite, staff.AuditRead, staff.Export}},
		{"a supervisor takes over and does not set policy", staff.Supervisor,
			[]staff.Permission{staff.HandoffReassign, staff.Monitor, staff.Whisper, staff.TakeOver, staff.ConversationReply},
			[]staff.Permission{staff.AutonomyWrite, staff.PeopleWrite}},
		{"compliance reads all, decides, and sends nothing to customers", staff.Compliance,
			[]staff.Permission{staff.ConversationRead, staff.ApprovalDecide, staff.AuditRead, staff.BlockedRead, staff.Export},
			append([]staff.Permission{staff.PeopleWrite, staff.AutonomyWrite, staff.Whisper}, sends...)},
		{"an admin configures and reads no transcript", staff.Admin,
			[]staff.Permission{staff.PeopleWrite, staff.AutonomyWrite},
			append([]staff.Permission{staff.ConversationRead, staff.QueueRead, staff.AccountRead, staff.ApprovalDecide, staff.Reveal, staff.AuditRead}, sends...)},
		{"an integrator gets no transcripts", staff.Integrator,
			[]staff.Permission{staff.AccountWrite, staff.ConversationStart, staff.PaymentWrite, staff.Export},
			[]staff.Permission{staff.ConversationRead, staff.QueueRead, staff.ConversationReply}},
		{"a role nobody knows may do nothing", "owner", nil, staff.Unlimited.Permissions()},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, p := range c.may {
				if !c.role.May(p) {
					t.Errorf("may not %s", p)
				}
			}
			for _, p := range c.never {
				if c.role.May(p) {
					t.Errorf("may %s", p)
				}
			}
		})
	}
	t.Run("an auditor and a viewer change nothing", func(t *testing.T) {
		t.Parallel()
		reads := []staff.Permission{staff.ConversationRead, staff.QueueRead, staff.ApprovalRead, staff.AccountRead, staff.ReportsRead,
			staff.BlockedRead, staff.AuditRead, staff.PeopleRead}
		for _, r := range []staff.Role{staff.Auditor, staff.Viewer} {
			for _, p := range r.Permissions() {
				if !slices.Contains(reads, p) {
					t.Errorf("%s may %s", r, p)
				}
			}
		}
	})
	t.Run("no person may do everything, and a key without a role may", func(t *testing.T) {
		t.Parallel()
		every := staff.Unlimited.Permissions()
		for _, r := range staff.PeopleRoles {
			if len(r.Permissions()) >= len(every) {
				t.Errorf("%s may do everything", r)
			}
			for _, p := range r.Permissions() {
				if !slices.Contains(every, p) {
					t.Errorf("%s is in no list", p)
				}
			}
		}
	})
}

func TestParseRole(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "root", "viewer", "integrator", "Agent"} {
		_, err := staff.ParseRole(bad)
		var invalid *staff.Invalid
		if !errors.As(err, &invalid) || invalid.What != "must be one of agent, senior_agent, supervisor, compliance, admin, auditor" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if r, err := staff.ParseRole("auditor"); r != staff.Auditor || err != nil {
		t.Errorf("%s, %v", r, err)
	}
}

func TestWhatAnActorCovers(t *testing.T) {
	t.Parallel()
	cards := staff.Actor{Role: staff.Agent, Portfolios: []string{"cards", "loans"}}
	everywhere := staff.Actor{Role: staff.Auditor}
	reader := staff.Actor{Role: staff.Auditor, Portfolios: []string{"cards"}}
	for _, c := range []struct {
		name       string
		a          staff.Actor
		portfolios []string
		want       bool
	}{
		{"one's own", cards, []string{"cards"}, true},
		{"another's", cards, []string{"autos"}, false},
		{"one's own and another's", cards, []string{"cards", "autos"}, false},
		{"both one's own", cards, []string{"cards", "loans"}, true},
		{"nobody known yet, who may claim", cards, nil, true},
		{"an account without a portfolio counts as not known", cards, []string{""}, true},
		{"nobody known yet, who may not claim", reader, nil, false},
		{"all portfolios", everywhere, []string{"autos"}, true},
		{"all portfolios, nobody known yet", everywhere, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.a.Covers(c.portfolios...); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestDemand(t *testing.T) {
	t.Parallel()
	if _, err := staff.Demand(t.Context(), staff.AuditRead); !errors.Is(err, staff.ErrNobody) {
		t.Errorf("nobody: %v", err)
	}
	ctx := staff.With(t.Context(), staff.Actor{Name: "dana", Role: staff.Agent})
	_, err := staff.Demand(ctx, staff.AuditRead)
	var denied staff.Denied
	if !errors.As(err, &denied) || denied.Permission != staff.AuditRead {
		t.Errorf("denied: %v", err)
	}
	if a, err := staff.Demand(ctx, staff.HandoffClaim); err != nil || a.Who() != "human:dana" {
		t.Errorf("%v %v", a, err)
	}
}
