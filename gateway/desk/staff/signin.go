package staff

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"go.uber.org/zap"

	"parley/gateway/store"
)

// Why somebody was not let in. What is said outside tells no more than these.
var (
	// ErrCredentials: no such name, a wrong password or code, or somebody who may not come in any more; it is not said which.
	ErrCredentials = errors.New("staff: the name, the password or the code is wrong")
	// ErrCodeNeeded: the password is right, and a code of the second factor is needed with it.
	ErrCodeNeeded = errors.New("staff: a code is needed as well")
	// ErrLocalOff: people sign in with the provider only.
	ErrLocalOff = errors.New("staff: signing in with a password is switched off")
)

// Limited says that there were too many tries.
type Limited struct{ Until time.Time }

func (l Limited) Error() string { return "staff: too many tries" }

// How many tries there may be within tryWindow. A name may be tried from many places, and an address may be a whole
// office's. NIST SP 800-63B, 3.2.2, allows 100 failures in a row.
const (
	tryWindow    = 15 * time.Minute
	triesAName   = 10
	triesAnAddr  = 50
	maxNameInput = 128
)

// attempt is a try that was counted.
type attempt struct {
	name, addr string // keys
	at         time.Time
}

// take counts a try to prove to be name, before anything is looked at. The error is [Limited] when there were too many.
func (s *Service) take(ctx context.Context, name, ip string) (attempt, error) {
	t := attempt{name: s.keys.digest("try name", name), addr: s.keys.digest("try address", network(ip)), at: s.now()}
	full, until, err := s.record.TakeTry(ctx, []store.TryLimit{{Key: t.name, Max: triesAName}, {Key: t.addr, Max: triesAnAddr}}, t.at, tryWindow)
	if err != nil || full < 0 {
		return t, err
	}
	key, by := t.name, "name"
	if full == 1 {
		key, by = t.addr, "address"
	}
	if !s.limited.has(key, t.at) {
		s.limited.put(key, t.at)
		err := s.record.NoteStaff(ctx, s.event(store.EventSignInLimited, "service", map[string]any{"by": by, "ip": ip, "name": s.knownName(ctx, name), "until": until}))
		if err != nil {
			return t, err
		}
	}
	return t, Limited{Until: until}
}

// network is what is limited: an IPv4 address, or the /64 that somebody with IPv6 has to themselves.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	if a = a.Unmap(); a.Is6() {
		return netip.PrefixFrom(a, 64).Masked().String()
	}
	return a.String()
}

// knownName is a name somebody has, else "": what was typed may be a password.
func (s *Service) knownName(ctx context.Context, name string) string {
	if m, err := s.record.StaffByName(ctx, name); err == nil {
		return m.Name
	}
	return ""
}

// passed takes a try back: it has proved what it should. done: the whole of it, so that earlier mistakes don't count any longer.
func (s *Service) passed(ctx context.Context, t attempt, done bool) {
	var all []string
	one := []string{t.name, t.addr}
	if done {
		all, one = []string{t.name}, []string{t.addr}
	}
	if err := s.record.ForgetTries(ctx, all, one, t.at); err != nil {
		s.log.Warn("a try to sign in stays counted", zap.Error(err))
	}
}

// refuse records why somebody was not let in, and says only that.
func (s *Service) refuse(ctx context.Context, m store.StaffMember, reason, ip string) error {
	body := map[string]any{"reason": reason, "ip": ip}
	if m.Name != "" {
		body["name"] = m.Name
	}
	if err := s.record.NoteStaff(ctx, s.event(store.EventSignInRefused, "service", body)); err != nil {
		return err
	}
	return ErrCredentials
}

// enrolNeeded says that the password is right, and that a second factor must be set up before anything else.
type enrolNeeded struct {
	Enrolment
	opened
}

func (enrolNeeded) Error() string { return "staff: a second factor must be set up first" }

// signIn is a try with a name, a password and perhaps a code.
func (s *Service) signIn(ctx context.Context, name, password, code, ip string) (opened, error) {
	if !s.cfg.SignIn.Local {
		return opened{}, ErrLocalOff
	}
	if len(name) > maxNameInput || len(password) > 4*MaxPassword || len(code) > 64 {
		return opened{}, ErrCredentials
	}
	name = foldName(name)
	t, err := s.take(ctx, name, ip)
	if err != nil {
		return opened{}, err
	}
	m, again, err := s.prove(ctx, name, password, ip)
	if err != nil {
		return opened{}, err
	}
	switch second := len(m.Credentials.TOTP) > 0; {
	case second && code == "":
		s.passed(ctx, t, false)
		return opened{}, ErrCodeNeeded
	case !second && Role(m.Role).Privileged():
		s.passed(ctx, t, false)
		e, in, err := s.beginEnrolment(ctx, m, true, ip)
		if err != nil {
			return in, err
		}
		return opened{}, enrolNeeded{e, in}
	}
	rehashed := ""
	if again {
		if rehashed, err = s.hashes.hash(ctx, normal(password)); err != nil {
			return opened{}, err
		}
	}
	in, err := s.enter(ctx, m, code, rehashed, ip)
	switch {
	case errors.Is(err, errCode):
		return in, s.refuse(ctx, m, "code", ip)
	case errors.Is(err, errMeanwhile):
		return in, s.refuse(ctx, m, "changed meanwhile", ip)
	case err == nil:
		s.passed(ctx, t, true)
	}
	return in, err
}

// prove checks a password in the same time whether or not there is such a member.
func (s *Service) prove(ctx context.Context, name, password, ip string) (m store.StaffMember, again bool, err error) {
	m, err = s.record.StaffByName(ctx, name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return m, false, err
	}
	ok, again, err := s.hashes.verify(ctx, m.Credentials.Password, normal(password))
	switch {
	case err != nil:
		return m, false, err
	case m.Name == "":
		return m, false, s.refuse(ctx, m, "unknown name", ip)
	case !ok:
		return m, false, s.refuse(ctx, m, "password", ip)
	case m.Disabled:
		return m, false, s.refuse(ctx, m, "disabled", ip)
	}
	return m, again, nil
}

var (
	errCode      = errors.New("staff: the code is wrong, or was used")
	errMeanwhile = errors.New("staff: the member changed meanwhile")
)

// enter opens a session for a member whose password was right as of m. Under the member's lock it looks again whether
// that still holds, and takes the code, which nobody can take twice.
func (s *Service) enter(ctx context.Context, m store.StaffMember, code, rehashed, ip string) (opened, error) {
	now := s.now()
	return s.open(ctx, m.ID, false, nil, func(is store.StaffMember, session string) (store.StaffChange, error) {
		if is.Disabled || is.Credentials.Password != m.Credentials.Password || is.Role != m.Role {
			return store.StaffChange{}, errMeanwhile
		}
		how := "password"
		if len(is.Credentials.TOTP) > 0 {
			left, recovery, ok := s.keys.secondFactor(is, code, now)
			if !ok {
				return store.StaffChange{}, errCode
			}
			is.Credentials, how = left, "password and code"
			if recovery {
				how = "password and recovery code"
			}
		} else if Role(is.Role).Privileged() {
			return store.StaffChange{}, errMeanwhile // the second factor was reset
		}
		if rehashed != "" {
			is.Credentials.Password = rehashed
		}
		return store.StaffChange{Member: is, Events: s.signedIn(is, session, how, ip)}, nil
	})
}
