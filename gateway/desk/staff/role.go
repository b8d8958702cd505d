package staff

import (
	"maps"
	"slices"
	"strings"
)

// Role is what somebody is at the desk; a person has exactly one.
type Role string

// The roles. Viewer and Integrator are for API keys; so is [Unlimited], a key without
// a role, which may do all that the API offers.
const (
	Agent       Role = "agent"
	SeniorAgent Role = "senior_agent" // an agent with wider authority over offers
	Supervisor  Role = "supervisor"
	Compliance  Role = "compliance" // reads everything, decides approvals, sends nothing to customers
	Admin       Role = "admin"      // configures; reads no transcript
	Auditor     Role = "auditor"    // reads everything, the audit record included; changes nothing
	Viewer      Role = "viewer"
	Integrator  Role = "integrator" // another system: accounts, first contacts, payments; no transcripts
	Unlimited   Role = ""
)

// Permission is one thing that may be done, as "object:action".
type Permission string

// The permissions. Whoever serves a request asks for one of these, never for a role.
const (
	// ConversationRead is reading what was said, its trace and its drafts, on pages, sockets and in search.
	ConversationRead Permission = "conversation:read"
	// ConversationReply is sending text to a customer.
	ConversationReply Permission = "conversation:reply"
	// ConversationStart is contacting a person first.
	ConversationStart Permission = "conversation:start"
	// QueueRead is seeing what waits for a human, and why; the reasons hold words people wrote.
	QueueRead Permission = "handoff:read"
	// HandoffClaim is taking a hand-off, giving one's own back, and being given one.
	HandoffClaim Permission = "handoff:claim"
	// HandoffTransfer is giving one's own to somebody else.
	HandoffTransfer Permission = "handoff:transfer"
	// HandoffResolve is ending one's own with a disposition.
	HandoffResolve Permission = "handoff:resolve"
	// HandoffReassign is taking one from its holder, for the queue or for somebody else.
	HandoffReassign Permission = "handoff:reassign"
	// ApprovalRead and ApprovalDecide are about requests for approval. What a decision may
	// be about is for the portfolio's authority per role; who asked never decides.
	ApprovalRead   Permission = "approval:read"
	ApprovalDecide Permission = "approval:decide"
	// Monitor is watching others' conversations live, and the team's figures.
	Monitor Permission = "team:monitor"
	// Whisper is a note to the agent who has a conversation, which the customer never sees.
	Whisper Permission = "conversation:whisper"
	// TakeOver is taking a conversation from the bot or from an agent at once, with a reason.
	TakeOver Permission = "conversation:takeover"
	// NoteWrite is a private note on a conversation.
	NoteWrite Permission = "note:write"
	// CannedWrite is changing the texts agents may insert.
	CannedWrite Permission = "canned:write"
	// Reveal is seeing personal data that is masked; each time is recorded.
	Reveal Permission = "data:reveal"
	// Export is taking data out. A case file holds a transcript: it needs [ConversationRead] as well.
	Export Permission = "data:export"
	// AccountRead and AccountWrite are about accounts of debtors.
	AccountRead  Permission = "account:read"
	AccountWrite Permission = "account:write"
	// PaymentWrite is saying what was paid, and making links to pay or to chat by.
	PaymentWrite Permission = "payment:write"
	// ReportsRead is figures, without what anybody said.
	ReportsRead Permission = "report:read"
	// BlockedRead is what the guard and the gate held back.
	BlockedRead Permission = "blocked:read"
	// AutonomyWrite is deciding how much the bot may do alone.
	AutonomyWrite Permission = "autonomy:write"
	// PeopleRead and PeopleWrite are about the people of the desk.
	PeopleRead  Permission = "people:read"
	PeopleWrite Permission = "people:write"
	// AuditRead is reading the ledger.
	AuditRead Permission = "audit:read"
)

// permissions is the one table of who may do what. What keeps duties apart: those who
// send to customers don't set policy (autonomy:write) or hire (people:write); those who do,
// read no transcript; compliance decides but sends nothing; an auditor changes nothing.
var permissions = map[Role][]Permission{
	Agent:       agentMay,
	SeniorAgent: agentMay,
	Supervisor: slices.Concat(agentMay, []Permission{HandoffReassign, Monitor, Whisper, TakeOver, CannedWrite, Export,
		AccountWrite, PaymentWrite, ReportsRead, BlockedRead, PeopleRead}),
	Compliance: slices.Concat(viewerMay, []Permission{ApprovalDecide, Monitor, NoteWrite, CannedWrite, Reveal, Export, AuditRead, PeopleRead}),
	Admin:      {PeopleRead, PeopleWrite, AutonomyWrite, CannedWrite, ReportsRead},
	Auditor:    slices.Concat(viewerMay, []Permission{AuditRead, PeopleRead}),
	Viewer:     viewerMay,
	Integrator: {AccountRead, AccountWrite, ConversationStart, PaymentWrite, Export, ReportsRead},
	Unlimited:  all(),
}

var agentMay = []Permission{ConversationRead, ConversationReply, ConversationStart, QueueRead, HandoffClaim, HandoffTransfer, HandoffResolve,
	ApprovalRead, ApprovalDecide, NoteWrite, Reveal, AccountRead}

var viewerMay = []Permission{ConversationRead, QueueRead, ApprovalRead, AccountRead, ReportsRead, BlockedRead}

func all() []Permission {
	return []Permission{ConversationRead, ConversationReply, ConversationStart, QueueRead, HandoffClaim, HandoffTransfer, HandoffResolve, HandoffReassign,
		ApprovalRead, ApprovalDecide, Monitor, Whisper, TakeOver, NoteWrite, CannedWrite, Reveal, Export, AccountRead, AccountWrite, PaymentWrite,
		ReportsRead, BlockedRead, AutonomyWrite, PeopleRead, PeopleWrite, AuditRead}
}

// PeopleRoles are the roles a person of the desk may have.
var PeopleRoles = []Role{Agent, SeniorAgent, Supervisor, Compliance, Admin, Auditor}

// Permissions lists what the role may do, sorted; none for a role that isn't known.
func (r Role) Permissions() []Permission { return slices.Sorted(slices.Values(permissions[r])) }

// May reports whether the role may do it. A role that isn't known may do nothing.
func (r Role) May(p Permission) bool { return slices.Contains(permissions[r], p) }

// Known reports whether there is such a role.
func (r Role) Known() bool { return slices.Contains(slices.Collect(maps.Keys(permissions)), r) }

// Privileged reports whether the role needs a second factor to sign in.
func (r Role) Privileged() bool {
	return r == Supervisor || r == Compliance || r == Admin || r == Auditor
}

// ParseRole reads a role a person may have; the error names them all.
func ParseRole(text string) (Role, error) {
	if r := Role(text); slices.Contains(PeopleRoles, r) {
		return r, nil
	}
	names := make([]string, len(PeopleRoles))
	for i, r := range PeopleRoles {
		names[i] = string(r)
	}
	return "", &Invalid{Field: "role", What: "must be one of " + strings.Join(names, ", ")}
}
