package store

import (
	"context"
	"errors"
	"time"

	"parley/dialog"
)

// The ledger's words on the people of the desk. They belong to no conversation, so no
// purge drops them. None holds a password, a code, a token, or a name that was typed and is nobody's.
const (
	EventStaffAdded   = "staff.added"
	EventStaffChanged = "staff.changed"
	EventSignedIn     = "staff.signed_in"
	// EventSignInRefused has the reason; EventSignInLimited says once that a name or an address had too many tries.
	EventSignInRefused = "staff.sign_in_refused"
	EventSignInLimited = "staff.sign_in_limited"
	EventSignedOut     = "staff.signed_out"
	// EventSessionsEnded says that somebody's sessions were ended before their time, and why.
	EventSessionsEnded = "staff.sessions_ended"
)

// ErrTaken: another member has the name or the subject.
var ErrTaken = errors.New("store: the name or the subject is taken")

// StaffMember is somebody who works at the desk.
type StaffMember struct {
	ID string `json:"id"`
	// Name is the login: unique, folded to lower case by the caller. It never changes, as the ledger knows people by it.
	Name       string   `json:"name"`
	Display    string   `json:"display,omitempty"`
	Email      string   `json:"email,omitempty"`
	Role       string   `json:"role"`
	Portfolios []string `json:"portfolios,omitempty"` // none: all
	Skills     []string `json:"skills,omitempty"`
	Languages  []string `json:"languages,omitempty"`
	// Capacity is how many conversations they have at once; 0: the desk's default.
	Capacity  int       `json:"capacity,omitempty"`
	Disabled  bool      `json:"disabled,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	// Subject is who they are to the sign-on provider: issuer and subject; "": nobody.
	Subject string `json:"subject,omitempty"`
	// Version rises with each write.
	Version int64 `json:"version"`
	// Credentials never leave the process.
	Credentials StaffCredentials `json:"-"`
}

// StaffCredentials are what somebody proves themselves by. Nothing here is in the clear.
type StaffCredentials struct {
	// Password is a PHC string; "": they have none.
	Password string `json:"password,omitempty"`
	// TOTP is the sealed secret of their second factor, "" before one was confirmed.
	TOTP []byte `json:"totp,omitempty"`
	// TOTPStep is the time step of the last code that was taken: no code is taken twice.
	TOTPStep int64 `json:"totp_step,omitempty"`
	// Recovery are keyed hashes of the codes that stand in for the second factor, each once.
	Recovery []string `json:"recovery,omitempty"`
}

// StaffSession is a sign-in that has not ended.
type StaffSession struct {
	// ID is a hash of the token, which the browser alone has.
	ID string
	// Member is whose it is, by id.
	Member    string
	CreatedAt time.Time
	// IdleAt is when it ends unless it is used, EndsAt when it ends in any case.
	IdleAt, EndsAt time.Time
	// Data is the session library's.
	Data []byte
}

// StaffChange is what a change of a member comes to.
type StaffChange struct {
	Member StaffMember
	// EndSessions ends all sessions of the member.
	EndSessions bool
	// Session is opened, after that.
	Session *StaffSession
	Events  []dialog.Event
}

// StaffMembers keeps the people.
type StaffMembers interface {
	// CreateStaff writes a member with its events, in one transaction. ErrTaken: another has its name or subject; nothing is written.
	CreateStaff(ctx context.Context, m StaffMember, events []dialog.Event) error
	// Staff, StaffByName and StaffBySubject read one; ErrNotFound when there is none.
	Staff(ctx context.Context, id string) (StaffMember, error)
	StaffByName(ctx context.Context, name string) (StaffMember, error)
	StaffBySubject(ctx context.Context, subject string) (StaffMember, error)
	// StaffList lists them all, by name.
	StaffList(ctx context.Context) ([]StaffMember, error)
}

// StaffChanges writes what happens to them.
type StaffChanges interface {
	// ChangeStaff reads a member, calls act, and writes the change it returns, all in one transaction; ID, Name and
	// CreatedAt stay, and Version rises by one. A member that is as it was is not written, its events are. act must be
	// pure and quick, and may be called again. An error of act is returned as it is and nothing is written.
	// ErrNotFound: there is no such member. ErrTaken: another has the subject.
	ChangeStaff(ctx context.Context, id string, act func(StaffMember) (StaffChange, error)) error
	// NoteStaff appends events that change nothing.
	NoteStaff(ctx context.Context, events ...dialog.Event) error
}

// StaffSessions keeps sign-ins.
type StaffSessions interface {
	// StaffSession reads one that has not ended, with its member; ErrNotFound when there is none.
	StaffSession(ctx context.Context, id string, now time.Time) (StaffSession, StaffMember, error)
	// UseStaffSession moves the end of a session that is there, never to an earlier time. One that was ended stays so.
	UseStaffSession(ctx context.Context, id string, idleAt time.Time) error
	// EndStaffSession ends one with its events, and reports whether it was there; where it wasn't, nothing is written.
	EndStaffSession(ctx context.Context, id string, events ...dialog.Event) (bool, error)
	// StaffSessions lists those of a member that have not ended, the newest first.
	StaffSessions(ctx context.Context, member string, now time.Time) ([]StaffSession, error)
	// SweepStaff drops sessions that have ended by themselves, and tries made before an instant.
	SweepStaff(ctx context.Context, now, tries time.Time) error
}

// TryLimit bounds the tries under one key within a window of time.
type TryLimit struct {
	Key string
	Max int
}

// SignInTries counts tries to sign in, for all processes together.
type SignInTries interface {
	// TakeTry counts a try under each key, unless one of them has had its Max after since: then nothing is counted, and full is
	// the place of that limit and until how long it is so. full is -1 where the try was counted. Of calls at the same moment no more than Max are let through.
	TakeTry(ctx context.Context, limits []TryLimit, now time.Time, window time.Duration) (full int, until time.Time, err error)
	// ForgetTries takes all tries under the keys of all back, and the one of an instant under the keys of one.
	ForgetTries(ctx context.Context, all, one []string, at time.Time) error
}

// Staff is the people of the desk, how they sign in, and what is recorded of it.
type Staff interface {
	StaffMembers
	StaffChanges
	StaffSessions
	SignInTries
}
