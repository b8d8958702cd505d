package staff

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"parley/gateway/store"
)

// Me is who is signed in, as GET /desk/session says it.
type Me struct {
	Name       string   `json:"name"`
	Display    string   `json:"display"`
	Role       Role     `json:"role"`
	Portfolios []string `json:"portfolios"` // empty: all
	Skills     []string `json:"skills"`
	Languages  []string `json:"languages"`
	Capacity   int      `json:"capacity,omitempty"`
	// Permissions are what the page may offer; the server asks again.
	Permissions []Permission `json:"permissions"`
	// IdleAt is when the session ends unless it is used, EndsAt when it ends in any case, Expires the earlier.
	IdleAt  time.Time `json:"idle_at"`
	EndsAt  time.Time `json:"ends_at"`
	Expires time.Time `json:"expires"`
	// IdleSeconds is how long somebody may do nothing. The page counts it: what it asks by itself must not
	// keep an empty chair signed in.
	IdleSeconds int `json:"idle_seconds"`
	// Demo: the people here are invented.
	Demo bool `json:"demo,omitempty"`
	// SecondFactor: one is set up; RecoveryCodes is how many are left.
	SecondFactor  bool `json:"second_factor"`
	RecoveryCodes int  `json:"recovery_codes_left,omitempty"`
	// NewRecoveryCodes are shown once, when the second factor was set up.
	NewRecoveryCodes []string `json:"recovery_codes,omitempty"`
}

func (s *Service) me(x Session) Me {
	m := x.Member
	expires := x.EndsAt
	if x.IdleAt.Before(expires) {
		expires = x.IdleAt
	}
	return Me{Expires: expires, Demo: s.cfg.Demo, Name: m.Name, Display: display(m), Role: Role(m.Role), Portfolios: list(m.Portfolios), Skills: list(m.Skills), Languages: list(m.Languages), Capacity: m.Capacity,
		Permissions: Role(m.Role).Permissions(), IdleAt: x.IdleAt, EndsAt: x.EndsAt, IdleSeconds: int(time.Duration(s.cfg.SignIn.Idle).Seconds()), SecondFactor: len(m.Credentials.TOTP) > 0, RecoveryCodes: len(m.Credentials.Recovery)}
}

func display(m store.StaffMember) string {
	if m.Display != "" {
		return m.Display
	}
	return m.Name
}

func list(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}

// Routes registers the desk's sign-in on the admin listener, each route with [Service.Shield] and [Service.Middleware] around it.
func (s *Service) Routes(mux *http.ServeMux) {
	handle := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, s.Shield(s.Middleware(h))) }
	handle("GET /desk/session", s.getSession)
	handle("GET /desk/signin-options", s.getOptions)
	handle("POST /desk/session", s.postSession)
	handle("DELETE /desk/session", s.deleteSession)
	handle("POST /desk/session/totp", s.postTOTP)
	handle("POST /desk/password", s.postPassword)
	if s.sso != nil {
		handle("GET /desk/oidc/start", s.startSSO)
		handle("GET "+callbackPath, s.finishSSO)
	}
	if s.cfg.Demo {
		handle("POST /desk/demo-session", s.postDemo)
	}
}

// ways are how one can sign in here; a page that hears 401 shows them.
type ways struct {
	Local bool     `json:"local"`
	OIDC  bool     `json:"oidc"`
	Demo  []Choice `json:"demo,omitempty"`
}

// getSession says who is signed in. To nobody it says how to become somebody.
func (s *Service) getSession(w http.ResponseWriter, r *http.Request) {
	if x := sessionOf(r); x != nil && !x.Enrolling {
		answer(w, s.me(*x))
		return
	}
	p := problemOf(http.StatusUnauthorized, "nobody", "nobody is signed in")
	p.Ways = s.ways(r)
	p.write(w)
}

func (s *Service) ways(r *http.Request) *ways {
	return &ways{Local: s.cfg.SignIn.Local, OIDC: s.sso != nil, Demo: s.demoChoices(r)}
}

// getOptions says how one can sign in.
func (s *Service) getOptions(w http.ResponseWriter, r *http.Request) {
	answer(w, s.ways(r))
}

func (s *Service) postSession(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name     string `json:"name"`
		Password string `json:"password"`
		Code     string `json:"code"`
	}
	if !read(w, r, &in) {
		return
	}
	o, err := s.signIn(r.Context(), in.Name, in.Password, in.Code, s.ip(r))
	s.entered(w, r, o, nil, err)
}

// entered answers with the session that was opened, or with why not.
func (s *Service) entered(w http.ResponseWriter, r *http.Request, in opened, codes []string, err error) {
	if err != nil {
		s.fail(w, err)
		return
	}
	s.replace(r, in)
	in.write(w)
	m := s.me(in.session)
	m.NewRecoveryCodes = codes
	answer(w, m)
}

// replace ends the session the browser had before: nobody can reach it any more.
func (s *Service) replace(r *http.Request, in opened) {
	x := sessionOf(r)
	if x == nil || x.ID == in.session.ID {
		return
	}
	if err := s.signOut(r.Context(), x, s.ip(r)); err != nil {
		s.log.Warn("an earlier session stays until it is idle", zap.Error(err))
	}
}

func (s *Service) deleteSession(w http.ResponseWriter, r *http.Request) {
	if x := sessionOf(r); x != nil {
		if err := s.signOut(r.Context(), x, s.ip(r)); err != nil {
			s.fail(w, err)
			return
		}
	}
	s.clear(w)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Service) postPassword(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Current string `json:"current"`
		New     string `json:"new"`
	}
	if !read(w, r, &in) {
		return
	}
	x := sessionOf(r)
	if x == nil || x.Enrolling {
		s.fail(w, ErrNobody)
		return
	}
	o, err := s.changePassword(r.Context(), x, in.Current, in.New, s.ip(r))
	s.entered(w, r, o, nil, err)
}

// maxBody bounds what is read of a request.
const maxBody = 16 << 10

// read decodes a request's JSON, and answers where it can't.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		problemOf(http.StatusUnsupportedMediaType, "media_type", "the body must be application/json").write(w)
		return false
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		problemOf(http.StatusUnprocessableEntity, "body", "the body is not the JSON object that is expected here").write(w)
		return false
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		problemOf(http.StatusUnprocessableEntity, "body", "the body holds more than one JSON object").write(w)
		return false
	}
	return true
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the client may be gone
}

// fail answers with an error of this package.
func (s *Service) fail(w http.ResponseWriter, err error) {
	var limited Limited
	var enrol enrolNeeded
	var invalid *Invalid
	var denied Denied
	switch {
	case errors.As(err, &enrol):
		enrol.write(w)
		p := problemOf(http.StatusForbidden, "totp_enrol", "set up a second factor first: scan the picture, then send a code to /desk/session/totp")
		p.URI, p.QR, p.Secret = enrol.URI, enrol.QR, enrol.Enrolment.Secret
		p.write(w)
	case errors.As(err, &limited):
		seconds := max(1, int(math.Ceil(limited.Until.Sub(s.now()).Seconds())))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		p := problemOf(http.StatusTooManyRequests, "limited", "there were too many tries; wait")
		p.Until = &limited.Until
		p.write(w)
	case errors.Is(err, ErrCredentials), errors.Is(err, errMeanwhile):
		problemOf(http.StatusUnauthorized, "credentials", "the name, the password or the code is wrong").write(w)
	case errors.Is(err, ErrCodeNeeded):
		problemOf(http.StatusUnauthorized, "totp_needed", "a code of the authenticator application is needed as well").write(w)
	case errors.Is(err, ErrNobody):
		problemOf(http.StatusUnauthorized, "nobody", "nobody is signed in").write(w)
	case errors.Is(err, errPasswordNeeded):
		problemOf(http.StatusForbidden, "password_needed", "give the password again, or sign in again and do it within ten minutes").write(w)
	case errors.Is(err, ErrLocalOff):
		problemOf(http.StatusForbidden, "local_off", "sign in with the provider").write(w)
	case errors.As(err, &denied):
		problemOf(http.StatusForbidden, "denied", denied.Error()).write(w)
	case errors.Is(err, ErrEnrolled):
		problemOf(http.StatusConflict, "totp_enrolled", "a second factor is set up already; an admin can reset it").write(w)
	case errors.As(err, &invalid):
		p := problemOf(http.StatusUnprocessableEntity, "invalid", invalid.Field+" "+invalid.What)
		p.write(w)
	default:
		s.log.Warn("a sign-in could not be answered", zap.Error(err))
		problemOf(http.StatusServiceUnavailable, "record", "the record did not answer; try again").write(w)
	}
}

// Problem is an RFC 9457 problem document. Code is stable, Detail is for people.
type Problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Code   string `json:"code"`
	// URI, QR and Secret come with the code totp_enrol, Until with limited, Ways with nobody.
	URI    string     `json:"uri,omitempty"`
	QR     string     `json:"qr,omitempty"`
	Secret string     `json:"secret,omitempty"`
	Until  *time.Time `json:"until,omitempty"`
	Ways   *ways      `json:"ways,omitempty"`
}

func problemOf(status int, code, detail string) *Problem {
	return &Problem{Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

func (p *Problem) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the client may be gone
}
