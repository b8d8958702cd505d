package staff

import (
	"context"
	"errors"
	"slices"

	"parley/dialog"
	"parley/gateway/store"
)

// Why somebody whom the provider vouches for was not let in.
var (
	errNoRole      = errors.New("staff: the provider gives them no role here, or several that don't go together")
	errNoPortfolio = errors.New("staff: the provider gives them no portfolio")
	errDisabled    = errors.New("staff: they are disabled")
	errNameTaken   = errors.New("staff: somebody else has their name here")
)

// admit opens a session for somebody the provider vouches for. They become a member when they first come, and
// have the role and the portfolios the provider says each time. A member with a password is never
// taken for them by name.
func (s *Service) admit(ctx context.Context, c claims, ip string) (opened, error) {
	refuse := func(name, reason string, why error) (opened, error) {
		body := map[string]any{"reason": reason, "ip": ip, "how": "oidc"}
		if name != "" {
			body["name"] = name
		}
		return opened{}, errors.Join(why, s.record.NoteStaff(ctx, s.event(store.EventSignInRefused, "service", body)))
	}
	role := s.sso.role(c.roles)
	m, err := s.record.StaffBySubject(ctx, c.Subject)
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return opened{}, err
	case role == "":
		return refuse(m.Name, "no role", errNoRole)
	case s.sso.cfg.PortfolioClaim != "" && len(c.portfolios) == 0:
		return refuse(m.Name, "no portfolio", errNoPortfolio)
	case m.Disabled:
		return refuse(m.Name, "disabled", errDisabled)
	}
	if m.ID == "" {
		if m, err = s.welcome(ctx, c, role); errors.Is(err, store.ErrTaken) {
			return refuse("", "name taken", errNameTaken)
		} else if err != nil {
			return opened{}, err
		}
	}
	ended := false
	in, err := s.open(ctx, m.ID, false, nil, func(is store.StaffMember, session string) (store.StaffChange, error) {
		if is.Disabled {
			return store.StaffChange{}, errDisabled
		}
		change, err := s.patched(is, s.sso.patch(c, role), "", Actor{Name: is.Name, IP: ip})
		for i := range change.Events {
			change.Events[i].Who = "service" // the provider said so
		}
		change.Events = append(change.Events, s.signedIn(change.Member, session, "oidc", ip)...)
		ended = change.EndSessions
		return change, err
	})
	if errors.Is(err, errDisabled) {
		return refuse(m.Name, "disabled", errDisabled)
	}
	if err == nil && ended {
		s.live.endMember(m.Name, in.session.ID)
	}
	return in, err
}

// patch is what the provider says about a member.
func (o *sso) patch(c claims, role Role) Patch {
	p := Patch{Role: &role}
	if display := oneLine(c.Display, 128); display != "" {
		p.Display = &display
	}
	if email := oneLine(c.Email, 254); email != "" {
		p.Email = &email
	}
	if o.cfg.PortfolioClaim != "" {
		sorted := slices.Sorted(slices.Values(c.portfolios))
		p.Portfolios = &sorted
	}
	return p
}

// oneLine is a text that can be kept, "" for one that can't.
func oneLine(text string, most int) string {
	if len(text) > most || slices.ContainsFunc([]rune(text), isControl) {
		return ""
	}
	return text
}

// welcome makes a member of somebody who comes for the first time.
func (s *Service) welcome(ctx context.Context, c claims, role Role) (store.StaffMember, error) {
	m := Person{ID: "st_" + s.cfg.NewID(), Name: foldName(c.Name), Display: oneLine(c.Display, 128), Email: oneLine(c.Email, 254), Role: string(role),
		Portfolios: slices.Sorted(slices.Values(c.portfolios)), CreatedAt: s.now(), Subject: c.Subject}
	if !goodName.MatchString(m.Name) { // the ledger knows people by it
		m.Name = "sso-" + s.keys.digest("name", c.Subject)[:12]
	}
	if s.heldByOther(m.Name) {
		return m, store.ErrTaken
	}
	body := added(m, "")
	body["through"] = "oidc"
	return m, s.record.CreateStaff(ctx, m, []dialog.Event{s.event(store.EventStaffAdded, "service", body)})
}
