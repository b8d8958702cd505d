package store

import (
	"context"
	"encoding/json"
	"time"

	"parley/dialog"
)

// Desk is what the live agents' desk keeps and reads beside the conversations themselves.
// What belongs to a conversation goes with it when it is purged.
type Desk interface {
	DeskQueue
	DeskNotes
	DeskSuggestions
	DeskCanned
	DeskPresence
	DeskFeed
}

// View is one list of the desk.
type View string

// The views. Scope narrows each of them.
const (
	ViewOffered    View = "offered"    // offered, or being transferred, to Who
	ViewMine       View = "mine"       // held by Who
	ViewUnassigned View = "unassigned" // waits for anybody
	ViewTeam       View = "team"       // every open hand-off
	ViewBot        View = "bot"        // the bot has it
	ViewWaiting    View = "waiting"    // held by Who, who spoke last
	ViewApprovals  View = "approvals"  // a request for approval is pending in it
	ViewAll        View = "all"        // every conversation, closed ones too
)

// Views are all views, in the order in which a desk shows them.
var Views = []View{ViewOffered, ViewMine, ViewUnassigned, ViewTeam, ViewBot, ViewWaiting, ViewApprovals, ViewAll}

// Sort is an order of a list.
type Sort string

// The orders. Ties go by id.
const (
	SortDeadline Sort = "deadline" // the first to be late first, those without a deadline last
	SortWait     Sort = "wait"     // longest waiting first
	SortPriority Sort = "priority" // most urgent first, then longest waiting
	SortActivity Sort = "activity" // newest activity first
)

// Scope is whose conversations a reader may see.
type Scope struct {
	// Portfolios are those they may see; none: all. All accounts that a conversation is, or may be, about must be in them.
	Portfolios []string
	// Unknown: they may also see conversations that are about no account that is known. Without Portfolios it is not asked.
	Unknown bool
}

// ItemQuery asks for a page of a view.
type ItemQuery struct {
	View View
	// Who is the reader: the views mine, offered and waiting are theirs, and so is what is unread.
	Who   string
	Scope Scope
	// Text narrows to a person's name, an account's last four digits, or an id or address given in full.
	Text   string
	Sort   Sort
	Cursor string
	Limit  int
}

// Item is one conversation as a list shows it, read with everything a row needs.
type Item struct {
	Conversation dialog.Conversation
	// Handoff is the open one, nil where there is none.
	Handoff *dialog.Handoff
	// Account is the one it is about, or the first it may be about; nil: none is known. Others counts the rest of those it may be about.
	Account *dialog.Account
	Others  int
	// Last is the newest message; its Seq is 0 where there is none.
	Last dialog.Message
	// Unread counts what the person wrote since the last answer that the reader has not seen.
	Unread int
	// Approvals counts pending requests.
	Approvals int
	ActiveAt  time.Time
}

// ItemPage is a page of a view, and where it ended.
type ItemPage struct {
	Items []Item
	// Next is the cursor of the next page, "" at the end.
	Next string
	// Counts are how many each view holds, up to CountLimit; Oldest is since when the longest waiting hand-off that
	// nobody has waits, zero: none does.
	Counts map[View]int
	Oldest time.Time
}

// CountLimit is where counting stops: more are not told apart.
const CountLimit = 1000

// DeskQueue lists conversations for people.
type DeskQueue interface {
	// Items reads a page with the counts of all views, from one consistent state. A cursor is of one view and one order only.
	Items(ctx context.Context, q ItemQuery) (ItemPage, error)
	// InScope reports whether a conversation is in a scope. ErrNotFound: there is none.
	InScope(ctx context.Context, conversation string, s Scope) (bool, error)
	// Portfolios are those of the accounts that each conversation is, or may be, about, sorted; a conversation about
	// no account, and one there is not, has none.
	Portfolios(ctx context.Context, conversations []string) (map[string][]string, error)
	// Held lists the open hand-offs that somebody holds, is offered or is being given, oldest first.
	Held(ctx context.Context) ([]dialog.Handoff, error)
	// Seen records that someone has seen a conversation up to a message; it never goes back.
	Seen(ctx context.Context, conversation, who string, seq int64, now time.Time) error
	// Past lists other conversations about an account, newest first, each with its last hand-off's disposition.
	Past(ctx context.Context, account, except string, limit int) ([]PastConversation, error)
}

// PastConversation is an earlier one about the same account.
type PastConversation struct {
	ID, Channel string
	Control     dialog.Control
	At          time.Time
	Disposition string
}

// Note is what people of the house write to each other; the debtor never sees it.
type Note struct {
	ID           string
	Conversation string
	Who          string
	// Kind is note or whisper: a supervisor's word to the agent.
	Kind string
	Text string
	At   time.Time
}

// Typed is what somebody has begun to write, kept so that they find it again on another machine.
type Typed struct {
	Conversation, Who, Text string
	// Epoch is that of the conversation as they wrote.
	Epoch int64
	At    time.Time
}

// DeskNotes keeps notes and what is being written.
type DeskNotes interface {
	// AddNote keeps a note with an event in the ledger that holds none of its words. ErrNotFound: no such conversation.
	AddNote(ctx context.Context, n Note, e dialog.Event) error
	// Notes lists those of a conversation, oldest first.
	Notes(ctx context.Context, conversation string, limit int) ([]Note, error)
	// Type keeps what somebody is writing in place of what they wrote before; an empty text forgets it.
	// ErrNotFound: no such conversation.
	Type(ctx context.Context, t Typed) error
	// Typed is what somebody was writing; ErrNotFound: nothing.
	Typed(ctx context.Context, conversation, who string) (Typed, error)
}

// Fate is what became of a suggestion.
type Fate string

// The fates.
const (
	FateOpen     Fate = ""         // nothing yet
	FateSent     Fate = "sent"     // sent as it was
	FateEdited   Fate = "edited"   // sent with changes
	FateRejected Fate = "rejected" // turned down
	FateStale    Fate = "stale"    // the conversation went on without it
)

// Suggestion is a reply proposed to an agent, and what they made of it.
type Suggestion struct {
	ID           string
	Conversation string
	// Seq is the last message it was written for. Once there is another one it is stale.
	Seq int64
	// Kind, Reason and Source say what it is, why, and who wrote it: engine or model.
	Kind, Text, Reason, Source string
	// Rank is its place among those made together, from 0.
	Rank   int
	MadeAt time.Time
	Fate   Fate
	// Who decided its fate, when and why; Sent is what went out in its place, Distance how many characters of it were
	// put in, taken out or replaced.
	Who, Why string
	FateAt   time.Time
	Sent     string
	Distance int
}

// DeskSuggestions keeps suggestions.
type DeskSuggestions interface {
	// Suggest keeps new ones; those of the conversation that are open and were written for an earlier message become stale.
	// ErrNotFound: no such conversation. One whose id is known already stays as it is.
	Suggest(ctx context.Context, conversation string, all []Suggestion, now time.Time) error
	// Suggestions lists the open ones written for a message, by rank.
	Suggestions(ctx context.Context, conversation string, seq int64) ([]Suggestion, error)
	// Suggestion reads one; ErrNotFound.
	Suggestion(ctx context.Context, id string) (Suggestion, error)
	// Decided writes the fate of one that is open: Fate, Who, Why, FateAt, Sent and Distance. ErrStale: it was decided before.
	Decided(ctx context.Context, s Suggestion) error
	// BotDrafts lists what the bot wrote for a human to send in answer to a message, or to the newest before it; the newest first.
	BotDrafts(ctx context.Context, conversation string, seq int64) ([]dialog.Draft, error)
	// Decisions counts suggestions made since an instant by their fate.
	Decisions(ctx context.Context, since time.Time, s Scope) (map[Fate]int, error)
}

// Canned is a text kept for use again.
type Canned struct {
	ID string
	// Scope is all, team or mine. Owner is whose it is, where it is mine; Team is the portfolio, where it is team.
	Scope, Owner, Team              string
	Shortcut, Title, Text, Language string
	// Locked: it is inserted as it stands, and not edited before it is sent.
	Locked bool
	// Version rises by one on every write, from 1.
	Version   int64
	UpdatedAt time.Time
	UpdatedBy string
}

// DeskCanned keeps texts.
type DeskCanned interface {
	// Canned lists what someone may use: the house's, those of their portfolios (nil: all) and their own, by shortcut.
	Canned(ctx context.Context, who string, portfolios []string) ([]Canned, error)
	// CannedText reads one; ErrNotFound.
	CannedText(ctx context.Context, id string) (Canned, error)
	// PutCanned writes one; c.Version is that of the one it replaces, 0 where it is new. ErrStale: somebody wrote meanwhile, or
	// the shortcut is taken among those of the same scope, owner and team.
	PutCanned(ctx context.Context, c Canned) error
	// DropCanned deletes one; ErrNotFound.
	DropCanned(ctx context.Context, id string) error
}

// Presence is how somebody who works at the desk is there.
type Presence struct {
	Name string
	// Status is what they chose: available, busy, away or offline.
	Status string
	// LastSeen is when a socket of theirs was last alive, LastAct when they last did something, by whatever way.
	LastSeen, LastAct time.Time
	// Key: they act by an API key, and have no socket.
	Key bool
}

// DeskPresence keeps who is there.
type DeskPresence interface {
	// People lists them all, by name.
	People(ctx context.Context) ([]Presence, error)
	// Heartbeat says that they are there. Neither time goes back. A first one makes the row, with the status offline.
	Heartbeat(ctx context.Context, name string, seen, act time.Time, key bool) error
	// SetStatus changes what they chose, with an event in the ledger.
	SetStatus(ctx context.Context, name, status string, e dialog.Event) error
}

// Blocked is a text that the guard did not let out.
type Blocked struct {
	// N is its place, from 1.
	N            int64
	At           time.Time
	Conversation string
	// Who wrote it: human:NAME, or bot.
	Who string
	// Findings are the rules against it, as JSON.
	Findings json.RawMessage
	Text     string
}

// DeskFeed reads what happens, over all conversations.
type DeskFeed interface {
	// Events lists entries of the whole ledger after one, in order.
	Events(ctx context.Context, after int64, limit int) ([]dialog.LedgerEntry, error)
	// LastEntry is the place of the newest entry; 0: there is none.
	LastEntry(ctx context.Context) (int64, error)
	// EntryBefore is the place of the newest entry made before an instant, 0 where there is none. Entries stand in the order in
	// which they were committed, which is that of their times but for moments.
	EntryBefore(ctx context.Context, at time.Time) (int64, error)
	// Refusals lists entries of the type message.blocked, which say that a text of the bot's was held back, the newest first, that stand before one; before 0 starts.
	Refusals(ctx context.Context, before int64, limit int) ([]dialog.LedgerEntry, error)
	// AddBlocked keeps a text that was blocked, with an event in the ledger that holds none of its words. ErrNotFound: no such conversation.
	AddBlocked(ctx context.Context, b Blocked, e dialog.Event) error
	// Blocked lists them, the newest first, that stand before one; before 0 starts.
	Blocked(ctx context.Context, s Scope, before int64, limit int) ([]Blocked, error)
}
