package staff

import (
	"context"
	"errors"
	"fmt"

	"github.com/pquerna/otp"

	"parley/dialog"
	"parley/gateway/store"
)

// ErrEnrolled is returned to whoever has a second factor already; an admin can reset it.
var ErrEnrolled = errors.New("staff: a second factor is set up already")

// errPasswordNeeded: the sign-in is too long ago for what is asked.
var errPasswordNeeded = errors.New("staff: the password is needed again")

func (s *Service) signedIn(m store.StaffMember, session, how, ip string) []dialog.Event {
	return []dialog.Event{s.event(store.EventSignedIn, "human:"+m.Name, map[string]any{"how": how, "session": session, "ip": ip, "role": m.Role})}
}

// beginEnrolment makes a secret and opens a session in which it waits, sealed: somebody else who knows the password gets
// another. enrolling: the session may do nothing but confirm it.
func (s *Service) beginEnrolment(ctx context.Context, m store.StaffMember, enrolling bool, ip string) (Enrolment, opened, error) {
	e, err := newEnrolment(s.cfg.Brand, m.Name)
	if err != nil {
		return e, opened{}, err
	}
	sealed := s.keys.lock("enrolment "+m.ID, []byte(e.URI))
	in, err := s.open(ctx, m.ID, enrolling, map[string]string{keySecret: encodeSealed(sealed)}, func(is store.StaffMember, session string) (store.StaffChange, error) {
		if is.Disabled || is.Credentials.Password != m.Credentials.Password || len(is.Credentials.TOTP) > 0 || is.Role != m.Role {
			return store.StaffChange{}, errMeanwhile
		}
		c := store.StaffChange{Member: is}
		if !enrolling {
			c.Events = s.signedIn(is, session, "session renewed", ip)
		}
		return c, nil
	})
	return e, in, err
}

// enrolmentOf is the secret being set up in a session, as it was shown.
func (s *Service) enrolmentOf(x *Session) (Enrolment, error) {
	sealed, err := decodeSealed(string(x.sealed))
	if err != nil {
		return Enrolment{}, err
	}
	uri, err := s.keys.unlock("enrolment "+x.Member.ID, sealed)
	if err != nil {
		return Enrolment{}, err
	}
	key, err := otp.NewKeyFromURL(string(uri))
	if err != nil {
		return Enrolment{}, fmt.Errorf("staff: read a second factor: %w", err)
	}
	return enrolment(key)
}

// confirm ends the setting up: the code shows that the application has the secret. It opens a session in place of the one
// that was there, and gives the recovery codes, which are shown once.
func (s *Service) confirm(ctx context.Context, x *Session, code, ip string) (opened, []string, error) {
	t, err := s.take(ctx, x.Member.Name, ip)
	if err != nil {
		return opened{}, nil, err
	}
	e, err := s.enrolmentOf(x)
	if err != nil {
		return opened{}, nil, err
	}
	now := s.now()
	codes, kept := s.keys.newRecovery(x.Member.ID)
	step, ok := matchTOTP(e.Secret, code, now, 0)
	if !ok {
		return opened{}, nil, s.refuse(ctx, x.Member, "code", ip)
	}
	in, err := s.open(ctx, x.Member.ID, false, nil, func(is store.StaffMember, session string) (store.StaffChange, error) {
		if len(is.Credentials.TOTP) > 0 {
			return store.StaffChange{}, ErrEnrolled
		}
		if is.Disabled || is.Credentials.Password != x.Member.Credentials.Password {
			return store.StaffChange{}, errMeanwhile
		}
		is.Credentials.TOTP, is.Credentials.TOTPStep, is.Credentials.Recovery = s.keys.lock("totp "+is.ID, []byte(e.Secret)), step, kept
		events := append([]dialog.Event{s.event(store.EventStaffChanged, "human:"+is.Name, map[string]any{"name": is.Name, "what": []string{"second factor set up"}, "ip": ip})},
			s.signedIn(is, session, "password and code", ip)...)
		return store.StaffChange{Member: is, EndSessions: true, Events: events}, nil
	})
	if errors.Is(err, errMeanwhile) {
		return in, nil, s.refuse(ctx, x.Member, "changed meanwhile", ip)
	}
	if err != nil {
		return in, nil, err
	}
	s.passed(ctx, t, true)
	s.live.endMember(x.Member.Name, in.session.ID)
	return in, codes, nil
}

// changePassword changes one's own, and ends every session but the new one.
func (s *Service) changePassword(ctx context.Context, x *Session, current, wanted, ip string) (opened, error) {
	if !s.cfg.SignIn.Local {
		return opened{}, ErrLocalOff
	}
	if len(current) > 4*MaxPassword {
		return opened{}, ErrCredentials
	}
	if err := CheckPassword(x.Member.Name, wanted); err != nil {
		return opened{}, err
	}
	t, err := s.take(ctx, x.Member.Name, ip)
	if err != nil {
		return opened{}, err
	}
	m, _, err := s.prove(ctx, x.Member.Name, current, ip)
	if err != nil {
		return opened{}, err
	}
	hash, err := s.hashes.hash(ctx, normal(wanted))
	if err != nil {
		return opened{}, err
	}
	in, err := s.open(ctx, m.ID, false, nil, func(is store.StaffMember, session string) (store.StaffChange, error) {
		if is.Disabled || is.Credentials.Password != m.Credentials.Password {
			return store.StaffChange{}, errMeanwhile
		}
		is.Credentials.Password = hash
		return store.StaffChange{Member: is, EndSessions: true, Events: []dialog.Event{s.event(store.EventStaffChanged, "human:"+is.Name,
			map[string]any{"name": is.Name, "what": []string{"password"}, "session": session, "ip": ip})}}, nil
	})
	if errors.Is(err, errMeanwhile) {
		return in, s.refuse(ctx, m, "changed meanwhile", ip)
	}
	if err == nil {
		s.passed(ctx, t, true)
		s.live.endMember(m.Name, in.session.ID)
	}
	return in, err
}

// signOut ends a session.
func (s *Service) signOut(ctx context.Context, x *Session, ip string) error {
	_, err := s.record.EndStaffSession(ctx, x.ID, s.event(store.EventSignedOut, "human:"+x.Member.Name, map[string]any{"session": x.ID, "ip": ip}))
	if err == nil {
		s.live.endSession(x.ID)
	}
	return err
}
