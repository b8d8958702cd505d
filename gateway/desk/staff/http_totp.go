package staff

import (
	"net/http"
	"time"

	"parley/gateway/store"
)

// freshFor is how long after signing in nobody is asked for their password again.
const freshFor = 10 * time.Minute

// postTOTP sets up a second factor: without a code it begins, with one it confirms.
func (s *Service) postTOTP(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Code     string `json:"code"`
		Password string `json:"password"`
	}
	if !read(w, r, &in) {
		return
	}
	x := sessionOf(r)
	switch {
	case x == nil:
		s.fail(w, ErrNobody)
	case len(x.Member.Credentials.TOTP) > 0:
		s.fail(w, ErrEnrolled)
	case len(x.sealed) > 0 && in.Code != "":
		o, codes, err := s.confirm(r.Context(), x, in.Code, s.ip(r))
		s.entered(w, r, o, codes, err)
	case in.Code != "":
		s.fail(w, &Invalid{Field: "code", What: "comes too early: begin without one"})
	case x.Enrolling: // the page was loaded again
		e, err := s.enrolmentOf(x)
		s.began(w, e, err)
	default:
		e, err := s.beginOwn(w, r, x, in.Password)
		s.began(w, e, err)
	}
}

func (s *Service) began(w http.ResponseWriter, e Enrolment, err error) {
	if err != nil {
		s.fail(w, err)
		return
	}
	answer(w, e)
}

// beginOwn begins a second factor for somebody who is signed in and need not have one. They have just signed in, or give
// their password again: a browser left open would else be enough to lock them out.
func (s *Service) beginOwn(w http.ResponseWriter, r *http.Request, x *Session, password string) (Enrolment, error) {
	ctx, m := r.Context(), x.Member
	switch {
	case m.Credentials.Password == "":
		return Enrolment{}, &Invalid{Field: "code", What: "is for the provider to ask, who signs you in"}
	case password == "" && s.now().Sub(x.CreatedAt) >= freshFor:
		return Enrolment{}, errPasswordNeeded
	case password != "":
		t, err := s.take(ctx, m.Name, s.ip(r))
		if err != nil {
			return Enrolment{}, err
		}
		if m, _, err = s.prove(ctx, m.Name, password, s.ip(r)); err != nil {
			return Enrolment{}, err
		}
		s.passed(ctx, t, false)
	}
	return s.beginIn(w, r, m)
}

// beginIn puts the secret into a new session, in place of the one there was.
func (s *Service) beginIn(w http.ResponseWriter, r *http.Request, m store.StaffMember) (Enrolment, error) {
	e, in, err := s.beginEnrolment(r.Context(), m, false, s.ip(r))
	if err != nil {
		return e, err
	}
	s.replace(r, in)
	in.write(w)
	return e, nil
}
