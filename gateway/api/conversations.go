package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// ConversationOut is a conversation with its messages.
type ConversationOut struct {
	ID         string        `json:"id"`
	Channel    string        `json:"channel"`
	Address    string        `json:"address"`
	Accounts   []string      `json:"accounts"`
	Control    string        `json:"control"`
	Epoch      int64         `json:"epoch"`
	Mode       string        `json:"mode"`
	Verified   bool          `json:"verified"`
	Language   string        `json:"language"`
	Confidence float64       `json:"confidence"`
	Handoff    *HandoffRef   `json:"handoff"`
	Agreement  *AgreementOut `json:"agreement"`
	Promise    *PromiseOut   `json:"promise,omitempty"`
	Flags      []string      `json:"flags"`
	CreatedAt  time.Time     `json:"created_at"`
	Messages   []MessageOut  `json:"messages,omitempty"`
}

// HandoffRef is the hand-off within a conversation.
type HandoffRef struct {
	ID      string    `json:"id"`
	Reasons []string  `json:"reasons"`
	Since   time.Time `json:"since"`
	Holder  *string   `json:"holder"`
}

// MessageOut is one message.
type MessageOut struct {
	Seq        int64             `json:"seq"`
	ID         string            `json:"id"`
	Direction  string            `json:"direction"`
	From       string            `json:"from"`
	Name       string            `json:"name,omitempty"`
	Text       string            `json:"text"`
	Choice     string            `json:"choice,omitempty"`
	Choices    []channels.Choice `json:"choices,omitempty"`
	Media      []channels.Media  `json:"media,omitempty"`
	At         time.Time         `json:"at"`
	ProviderID string            `json:"provider_id,omitempty"`
	Status     string            `json:"status"`
	Reason     string            `json:"reason,omitempty"`
	SHA256     string            `json:"cleared_sha256,omitempty"`
	Heard      *string           `json:"heard,omitempty" doc:"on a call, what of the text is known to have been heard"`
	Planned    string            `json:"planned,omitempty" doc:"the draft before the guard, where that was another text"`
	Spoken     *SpokenOut        `json:"spoken,omitempty"`
	Call       *CallOut          `json:"call,omitempty"`
}

// SpokenOut is how a message is said on a call.
type SpokenOut struct {
	Whole    bool   `json:"whole" doc:"it must be heard to its end, and nothing cuts it"`
	Language string `json:"language,omitempty"`
	Then     string `json:"then,omitempty" enum:"hang_up,transfer,dial" doc:"what follows once it was heard"`
}

// CallOut is what happened on a call.
type CallOut struct {
	ID       string `json:"id"`
	Event    string `json:"event" doc:"speech and digits come with the person's words or keys, the others without a text"`
	Detail   string `json:"detail,omitempty"`
	Text     string `json:"text,omitempty" doc:"what happened, in plain words, where it came without a text"`
	Outbound bool   `json:"outbound,omitempty"`
}

type conversationOut struct {
	Status int
	Body   ConversationOut
}

type conversationList struct {
	Body struct {
		Conversations []ConversationOut `json:"conversations"`
		Next          string            `json:"next,omitempty" doc:"the cursor of the next page; absent at the end"`
	}
}

type traceOut struct {
	Body struct {
		Turns []dialog.TurnTrace `json:"turns"`
	}
}

func (a *API) conversations(h huma.API) {
	huma.Register(h, operation(http.MethodGet, "/conversations", "list-conversations", "Conversations, newest activity first", http.StatusOK), a.listConversations)
	huma.Register(h, operation(http.MethodGet, "/conversations/{id}", "get-conversation", "A conversation with its messages", http.StatusOK), a.getConversation)
	huma.Register(h, operation(http.MethodGet, "/conversations/{id}/trace", "get-trace", "Every step of every turn", http.StatusOK), a.getTrace)
	huma.Register(h, operation(http.MethodPost, "/conversations", "start-conversation", "Start contact; 409 when the contact gate says no", http.StatusCreated), a.startConversation)
}

func (a *API) listConversations(ctx context.Context, in *struct {
	Account string `query:"account"`
	Control string `query:"control" enum:"bot,queued,offered,human,transferring,wrapping,closed"`
	Channel string `query:"channel"`
	Cursor  string `query:"cursor"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}) (*conversationList, error) {
	list, next, err := a.Desk.Conversations(ctx, store.Filter{Account: in.Account, Control: dialog.Control(in.Control), Channel: in.Channel}, in.Cursor, in.Limit)
	if err != nil {
		return nil, problem(err, "cursor")
	}
	out := &conversationList{}
	out.Body.Next = next
	out.Body.Conversations = []ConversationOut{}
	for _, c := range list {
		out.Body.Conversations = append(out.Body.Conversations, masked(ctx, conversationView(c, nil)))
	}
	return out, nil
}

func (a *API) getConversation(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*conversationOut, error) {
	reader, err := a.Desk.See(ctx, in.ID, staff.ConversationRead)
	if err == nil {
		err = a.Desk.Read(ctx, reader, in.ID, "transcript")
	}
	if err != nil {
		return nil, problem(err, "conversation")
	}
	return a.conversation(ctx, in.ID)
}

// masked hides personal data from people: they ask for what they need.
func masked(ctx context.Context, c ConversationOut) ConversationOut {
	if inPerson(ctx) {
		c.Address = desk.MaskAddress(c.Channel, c.Address)
	}
	return c
}

// conversation is one with its messages, for whoever may read what was said.
func (a *API) conversation(ctx context.Context, id string) (*conversationOut, error) {
	snap, err := a.Record.Snapshot(ctx, id)
	if err != nil {
		return nil, problem(err, "conversation")
	}
	out := &conversationOut{Status: http.StatusOK, Body: masked(ctx, conversationView(snap.Conversation, snap.Accounts))}
	if !who(ctx).May(staff.ConversationRead) {
		return out, nil
	}
	out.Body.Messages = []MessageOut{}
	for after := int64(0); ; {
		page, err := a.Record.Messages(ctx, id, after, 500)
		if err != nil {
			return nil, problem(err, "conversation")
		}
		for _, m := range page {
			out.Body.Messages = append(out.Body.Messages, messageView(m))
			after = m.Seq
		}
		if len(page) < 500 {
			return out, nil
		}
	}
}

func (a *API) getTrace(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*traceOut, error) {
	reader, err := a.Desk.See(ctx, in.ID, staff.ConversationRead)
	if err == nil {
		err = a.Desk.Read(ctx, reader, in.ID, "trace")
	}
	if err != nil {
		return nil, problem(err, "conversation")
	}
	turns, err := a.Record.Traces(ctx, in.ID)
	if err != nil {
		return nil, problem(err, "conversation")
	}
	out := &traceOut{}
	out.Body.Turns = append([]dialog.TurnTrace{}, turns...)
	return out, nil
}

func conversationView(c dialog.Conversation, accounts []dialog.Account) ConversationOut {
	out := ConversationOut{
		ID: c.ID, Channel: c.Channel, Address: c.Address, Accounts: []string{}, Control: string(c.Control), Epoch: c.Epoch, Mode: string(c.Mode),
		Verified: c.Identity.Verified, Language: c.Language, Confidence: c.Confidence, CreatedAt: c.CreatedAt.UTC(), Flags: []string{},
	}
	if c.Account != "" {
		out.Accounts = append(out.Accounts, c.Account)
	} else {
		out.Accounts = append(out.Accounts, c.Candidates...)
	}
	seen := map[string]bool{}
	for _, acc := range accounts {
		if c.Account != "" && acc.ID != c.Account {
			continue
		}
		for flag := range acc.Flags {
			if !seen[flag] {
				seen[flag] = true
				out.Flags = append(out.Flags, flag)
			}
		}
	}
	if c.Handoff.Open() {
		out.Handoff = handoffRef(*c.Handoff)
	}
	if c.Agreement != nil {
		g := agreementView(*c.Agreement)
		out.Agreement = &g
	}
	if c.Promise != nil {
		p := promiseView(*c.Promise)
		out.Promise = &p
	}
	return out
}

func handoffRef(h dialog.Handoff) *HandoffRef {
	ref := &HandoffRef{ID: h.ID, Since: h.Since.UTC(), Reasons: []string{}}
	for _, r := range h.Reasons {
		ref.Reasons = append(ref.Reasons, r.Code)
	}
	if h.Holder != "" {
		ref.Holder = &h.Holder
	}
	return ref
}

func messageView(m dialog.Message) MessageOut {
	out := MessageOut{Seq: m.Seq, ID: m.ID, Direction: m.Direction, From: m.From, Name: m.Name, Text: m.Text, Choice: m.Choice, Choices: m.Choices,
		Media: m.Media, At: m.At.UTC(), ProviderID: m.ProviderID, Status: string(m.Status), Reason: m.Reason, SHA256: m.SHA256, Planned: m.Planned}
	if s := m.Spoken; s != nil {
		out.Heard = &m.Heard
		out.Spoken = &SpokenOut{Whole: s.Whole, Language: s.Language, Then: string(s.Then)}
	}
	if c := m.Call; c != nil {
		out.Call = &CallOut{ID: c.ID, Event: string(c.Event), Detail: c.Detail, Text: m.Happened(), Outbound: c.Outbound}
	}
	return out
}
