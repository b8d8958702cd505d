package staff

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"parley/dialog"
	"parley/gateway/store"
)

// Person is a member of the desk.
type Person = store.StaffMember

// NewPerson is somebody to be added.
type NewPerson struct {
	Name, Display, Email          string
	Role                          Role
	Portfolios, Skills, Languages []string
	Capacity                      int
	// Password is theirs at first; "": one is made.
	Password string
}

// Errors about people.
var (
	// ErrSelf: nobody changes their own role, or shuts themselves out.
	ErrSelf = errors.New("staff: not for oneself: somebody else must do it")
	// ErrChanged: the person was changed since they were read.
	ErrChanged = errors.New("staff: the person was changed since they were read")
)

// reserved are names the record knows others by; whoever had one would act in their name.
var reserved = []string{"bot", "service", "router", "system", "person", "operator", "demo"}

// heldByOther reports whether a name is somebody's who is no person: an API key acts by its name like people do.
func (s *Service) heldByOther(name string) bool {
	return slices.Contains(reserved, name) || slices.ContainsFunc(s.cfg.Keys, func(key string) bool { return foldName(key) == name })
}

var goodName = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{0,63}$`)

// foldName is a login as it is kept.
func foldName(name string) string { return strings.ToLower(norm.NFKC.String(strings.TrimSpace(name))) }

// Add makes a person; whoever ctx names must be allowed to. It returns the password where it made one, which is
// kept nowhere. The error is [*Invalid], [store.ErrTaken], [Denied] or the record's.
func (s *Service) Add(ctx context.Context, n NewPerson) (p Person, password string, err error) {
	by, err := Demand(ctx, PeopleWrite)
	if err != nil {
		return p, "", err
	}
	p = Person{ID: "st_" + s.cfg.NewID(), Name: foldName(n.Name), Display: strings.TrimSpace(n.Display), Email: strings.TrimSpace(n.Email), Role: string(n.Role),
		Portfolios: n.Portfolios, Skills: n.Skills, Languages: n.Languages, Capacity: n.Capacity, CreatedAt: s.now()}
	if err := check(p); err != nil {
		return p, "", err
	}
	if s.heldByOther(p.Name) {
		return p, "", store.ErrTaken
	}
	given := n.Password
	if given == "" {
		password = GeneratePassword()
		given = password
	} else if err := CheckPassword(p.Name, given); err != nil {
		return p, "", err
	}
	if p.Credentials.Password, err = s.hashes.hash(ctx, normal(given)); err != nil {
		return p, "", err
	}
	err = s.record.CreateStaff(ctx, p, []dialog.Event{s.event(store.EventStaffAdded, by.Who(), added(p, by.IP))})
	if err != nil {
		return p, "", err
	}
	return p, password, nil
}

func added(p Person, ip string) map[string]any {
	return map[string]any{"name": p.Name, "role": p.Role, "portfolios": p.Portfolios, "skills": p.Skills, "languages": p.Languages, "ip": ip}
}

func check(p Person) error {
	switch {
	case !goodName.MatchString(p.Name):
		return &Invalid{"name", "must be 1 to 64 of a-z, 0-9 and . _ @ -, and begin with a letter or a digit"}
	case len(p.Display) > 128 || strings.ContainsFunc(p.Display, isControl):
		return &Invalid{"display", "must be one line of at most 128 bytes"}
	case len(p.Email) > 254 || strings.ContainsFunc(p.Email, isControl):
		return &Invalid{"email", "must be an address"}
	case p.Capacity < 0 || p.Capacity > 100:
		return &Invalid{"capacity", "must be 0 to 100"}
	}
	_, err := ParseRole(p.Role)
	return err
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// People lists everybody, by name.
func (s *Service) People(ctx context.Context) ([]Person, error) {
	if _, err := Demand(ctx, PeopleRead); err != nil {
		return nil, err
	}
	return s.record.StaffList(ctx)
}

// Sessions lists somebody's sign-ins that have not ended, the newest first.
func (s *Service) Sessions(ctx context.Context, p Person) ([]store.StaffSession, error) {
	if _, err := Demand(ctx, PeopleRead); err != nil {
		return nil, err
	}
	return s.record.StaffSessions(ctx, p.ID, s.now())
}

// Patch is what changes about a person; nil: nothing.
type Patch struct {
	Display, Email                *string
	Role                          *Role
	Portfolios, Skills, Languages *[]string
	Capacity                      *int
	Disabled                      *bool
	// Password is theirs from now on; sessions end.
	Password *string
	// ResetTOTP takes the second factor away: they set up another when they sign in.
	ResetTOTP bool
	// EndSessions signs them out everywhere.
	EndSessions bool
	// Version is the one the change was decided on; 0: any.
	Version int64
}

// Change changes a person by name; whoever ctx names must be allowed to. A new role, portfolio or password, being disabled and
// a second factor taken away end their sessions, and the sockets on them, at once. The error is
// [*Invalid], [ErrSelf], [ErrChanged], [store.ErrNotFound], [Denied] or the record's.
func (s *Service) Change(ctx context.Context, name string, p Patch) (Person, error) {
	by, err := Demand(ctx, PeopleWrite)
	if err != nil {
		return Person{}, err
	}
	m, err := s.record.StaffByName(ctx, foldName(name))
	if err != nil {
		return m, err
	}
	if by.Session != "" && by.Name == m.Name && (p.Role != nil || p.Disabled != nil || p.ResetTOTP || p.Password != nil || p.Portfolios != nil) {
		return m, ErrSelf
	}
	hash := ""
	if p.Password != nil {
		if err := CheckPassword(m.Name, *p.Password); err != nil {
			return m, err
		}
		if hash, err = s.hashes.hash(ctx, normal(*p.Password)); err != nil {
			return m, err
		}
	}
	var after Person
	ended := false
	err = s.record.ChangeStaff(ctx, m.ID, func(is store.StaffMember) (store.StaffChange, error) {
		if p.Version != 0 && p.Version != is.Version {
			return store.StaffChange{}, ErrChanged
		}
		c, err := s.patched(is, p, hash, by)
		after, ended = c.Member, c.EndSessions
		return c, err
	})
	if err != nil {
		return m, err
	}
	if ended {
		s.live.endMember(m.Name, "")
	}
	return after, nil
}

// patched applies a patch, and says what it did.
func (s *Service) patched(m store.StaffMember, p Patch, hash string, by Actor) (store.StaffChange, error) {
	c := store.StaffChange{EndSessions: p.EndSessions}
	var what []string
	did := func(name string, ends bool) {
		what = append(what, name)
		c.EndSessions = c.EndSessions || ends
	}
	set(p.Display, &m.Display, func() { did("display", false) })
	set(p.Email, &m.Email, func() { did("email", false) })
	set(p.Capacity, &m.Capacity, func() { did("capacity", false) })
	setList(p.Portfolios, &m.Portfolios, func() { did("portfolios", true) })
	setList(p.Skills, &m.Skills, func() { did("skills", false) })
	setList(p.Languages, &m.Languages, func() { did("languages", false) })
	was := m.Role
	if p.Role != nil {
		text := string(*p.Role)
		set(&text, &m.Role, func() { did("role", true) })
	}
	set(p.Disabled, &m.Disabled, func() { did(map[bool]string{true: "disabled", false: "enabled"}[m.Disabled], true) })
	if hash != "" {
		m.Credentials.Password = hash
		did("password", true)
	}
	if p.ResetTOTP && (len(m.Credentials.TOTP) > 0 || len(m.Credentials.Recovery) > 0) {
		m.Credentials.TOTP, m.Credentials.TOTPStep, m.Credentials.Recovery = nil, 0, nil
		did("second factor taken away", true)
	}
	if err := check(m); err != nil {
		return c, err
	}
	c.Member = m
	if len(what) > 0 {
		body := map[string]any{"name": m.Name, "what": what, "role": m.Role, "portfolios": m.Portfolios, "ip": by.IP}
		if was != m.Role {
			body["role_before"] = was
		}
		c.Events = append(c.Events, s.event(store.EventStaffChanged, by.Who(), body))
	}
	if c.EndSessions {
		c.Events = append(c.Events, s.event(store.EventSessionsEnded, by.Who(), map[string]any{"name": m.Name, "because": what, "ip": by.IP}))
	}
	return c, nil
}

// set sets a value that is given and another than before, and then calls did.
func set[T comparable](given, at *T, did func()) {
	if given != nil && *given != *at {
		*at = *given
		did()
	}
}

func setList(given, at *[]string, did func()) {
	if given != nil && !slices.Equal(*given, *at) {
		*at = slices.Clone(*given)
		did()
	}
}
