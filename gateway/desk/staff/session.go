package staff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"parley/dialog"
	"parley/gateway/store"
)

// Session is a sign-in as a request sees it.
type Session struct {
	store.StaffSession
	Member store.StaffMember
	// Enrolling: the password was right, and a second factor is still to be set up; this is nobody yet.
	Enrolling bool
	// sealed is the secret being set up.
	sealed []byte
}

// What the session library keeps for us, by key.
const (
	keyEnrolling = "enrolling"
	keySecret    = "secret"
)

// enrolFor is how long setting up a second factor may take.
const enrolFor = 10 * time.Minute

// newSessions sets the session library up for what it does here: it makes tokens, keeps their SHA-256 alone,
// and writes the cookie. Its middleware is not used: that would write each session at each request, bring one
// back that was ended meanwhile, and hide the connection from a WebSocket. When a session
// ends is for the record to say, which every request asks.
func (s *Service) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{s}
	m.Codec = jsonCodec{}
	m.HashTokenInStore = true
	m.Lifetime = time.Duration(s.cfg.SignIn.Lifetime)
	m.Cookie.Name = "parley_desk"
	m.Cookie.Persist = false
	m.Cookie.SameSite = http.SameSiteStrictMode
	if s.cfg.SignIn.OIDC.Issuer != "" {
		// People come back from the provider by a link of another site, and must be known then.
		m.Cookie.SameSite = http.SameSiteLaxMode
	}
	if s.secure() {
		m.Cookie.Name, m.Cookie.Secure = "__Host-"+m.Cookie.Name, true
	}
	return m
}

// jsonCodec writes sessions as text.
type jsonCodec struct{}

type sessionData struct {
	Deadline time.Time      `json:"deadline"`
	Values   map[string]any `json:"values,omitempty"`
}

// Encode implements [scs.Codec].
func (jsonCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	return json.Marshal(sessionData{deadline, values})
}

// Decode implements [scs.Codec].
func (jsonCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	d := sessionData{Values: map[string]any{}}
	if err := json.Unmarshal(b, &d); err != nil {
		return time.Time{}, nil, fmt.Errorf("staff: read a session: %w", err)
	}
	return d.Deadline, d.Values, nil
}

// sessionStore is the session library's view of the record.
type sessionStore struct{ s *Service }

// found is where a session that was looked for is put, beside what the library takes of it.
type found struct{ session *Session }

type foundKey struct{}

// opening is the change of a member that a new session comes with.
type opening struct {
	member string
	idle   time.Duration
	id     string // out: the session's
	change func(store.StaffMember) (store.StaffChange, error)
}

type openingKey struct{}

var errSessionUse = errors.New("staff: the session library was used in another way than this package does")

// FindCtx implements [scs.CtxStore].
func (t sessionStore) FindCtx(ctx context.Context, id string) ([]byte, bool, error) {
	row, member, err := t.s.record.StaffSession(ctx, id, t.s.now())
	if errors.Is(err, store.ErrNotFound) || err == nil && member.Disabled {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if f, ok := ctx.Value(foundKey{}).(*found); ok {
		f.session = &Session{StaffSession: row, Member: member}
	}
	return row.Data, true, nil
}

// CommitCtx implements [scs.CtxStore]: a session is only ever opened, with what comes with it, in one transaction.
func (t sessionStore) CommitCtx(ctx context.Context, id string, data []byte, ends time.Time) error {
	o, ok := ctx.Value(openingKey{}).(*opening)
	if !ok {
		return errSessionUse
	}
	now := t.s.now()
	row := &store.StaffSession{ID: id, CreatedAt: now, IdleAt: now.Add(o.idle), EndsAt: ends, Data: data}
	o.id = id
	return t.s.record.ChangeStaff(ctx, o.member, func(m store.StaffMember) (store.StaffChange, error) {
		c, err := o.change(m)
		c.Session = row
		return c, err
	})
}

// DeleteCtx implements [scs.CtxStore].
func (t sessionStore) DeleteCtx(context.Context, string) error { return errSessionUse }

// Find, Commit and Delete implement [scs.Store]; the library calls those above.
func (t sessionStore) Find(string) ([]byte, bool, error)      { return nil, false, errSessionUse }
func (t sessionStore) Commit(string, []byte, time.Time) error { return errSessionUse }
func (t sessionStore) Delete(string) error                    { return errSessionUse }

// lookup is the session of a request, nil for none.
func (s *Service) lookup(r *http.Request) (*Session, error) {
	cookie, err := r.Cookie(s.sessions.Cookie.Name)
	if err != nil || cookie.Value == "" || len(cookie.Value) > 128 {
		return nil, nil //nolint:nilerr // no cookie is no error
	}
	var f found
	ctx, err := s.sessions.Load(context.WithValue(r.Context(), foundKey{}, &f), cookie.Value)
	if err != nil || f.session == nil {
		return nil, err
	}
	f.session.Enrolling = s.sessions.GetBool(ctx, keyEnrolling)
	f.session.sealed = []byte(s.sessions.GetString(ctx, keySecret))
	return f.session, nil
}

// opened is a session that was made for a browser.
type opened struct {
	session Session
	write   func(http.ResponseWriter)
}

// open makes a session with a new token, whatever the browser had before, together with a change of the member.
func (s *Service) open(ctx context.Context, member string, enrolling bool, values map[string]string,
	change func(store.StaffMember, string) (store.StaffChange, error)) (opened, error) {
	idle, life := time.Duration(s.cfg.SignIn.Idle), time.Duration(s.cfg.SignIn.Lifetime)
	if enrolling {
		idle, life = enrolFor, enrolFor
	}
	var after store.StaffMember
	o := &opening{member: member, idle: idle}
	o.change = func(m store.StaffMember) (store.StaffChange, error) {
		c, err := change(m, o.id)
		after = c.Member
		return c, err
	}
	ctx, err := s.sessions.Load(context.WithValue(ctx, openingKey{}, o), "")
	if err != nil {
		return opened{}, err
	}
	ends := s.now().Add(life)
	s.sessions.SetDeadline(ctx, ends)
	s.sessions.Put(ctx, keyEnrolling, enrolling)
	for key, value := range values {
		s.sessions.Put(ctx, key, value)
	}
	token, _, err := s.sessions.Commit(ctx)
	if err != nil {
		return opened{}, err
	}
	row := store.StaffSession{ID: o.id, Member: member, CreatedAt: s.now(), IdleAt: s.now().Add(idle), EndsAt: ends}
	return opened{
		session: Session{StaffSession: row, Member: after, Enrolling: enrolling},
		write:   func(w http.ResponseWriter) { s.sessions.WriteSessionCookie(ctx, w, token, ends) },
	}, nil
}

// use moves the end of a session that is used, about once a minute: that is a durable write.
func (s *Service) use(ctx context.Context, x *Session) error {
	idle := time.Duration(s.cfg.SignIn.Idle)
	until := s.now().Add(idle)
	if x.Enrolling || until.Sub(x.IdleAt) < min(time.Minute, idle/10) {
		return nil
	}
	x.IdleAt = until
	return s.record.UseStaffSession(ctx, x.ID, until)
}

// clear takes the cookie from the browser.
func (s *Service) clear(w http.ResponseWriter) {
	s.sessions.WriteSessionCookie(context.Background(), w, "", time.Time{})
}

// event is a member's, or somebody's who isn't known, in the ledger.
func (s *Service) event(typ, who string, body map[string]any) dialog.Event {
	return dialog.Event{Type: typ, At: s.now(), Who: who, Body: body}
}
