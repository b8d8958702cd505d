package desk

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// Canned is a text kept for use again.
type Canned struct {
	ID        string `json:"id"`
	Shortcut  string `json:"shortcut"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Language  string `json:"language"`
	Scope     string `json:"scope" enum:"all,team,mine"`
	Portfolio string `json:"portfolio,omitempty" doc:"the team's, where the scope is team"`
	Locked    bool   `json:"locked" doc:"it is inserted as it stands"`
	Version   int64  `json:"version"`
}

// CannedText is what somebody wants one to be.
type CannedText struct {
	Shortcut, Title, Text, Language, Scope, Portfolio string
	Locked                                            bool
	// Version is that of the one to be replaced; 0: whichever it is.
	Version int64
}

// CannedTexts lists what the asker may use.
func (s *Service) CannedTexts(ctx context.Context) ([]Canned, error) {
	a, err := s.cannedUser(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.Record.Canned(ctx, a.Name, a.Portfolios)
	if err != nil {
		return nil, err
	}
	out := []Canned{}
	for _, c := range all {
		out = append(out, cannedView(c))
	}
	return out, nil
}

// cannedUser is who may use texts, or write them.
func (s *Service) cannedUser(ctx context.Context) (staff.Actor, error) {
	a, ok := staff.From(ctx)
	if !ok {
		return a, staff.ErrNobody
	}
	if a.May(staff.CannedWrite) {
		return a, nil
	}
	return a, a.Demand(staff.ConversationReply)
}

func cannedView(c store.Canned) Canned {
	return Canned{ID: c.ID, Shortcut: c.Shortcut, Title: c.Title, Text: c.Text, Language: c.Language, Scope: c.Scope, Portfolio: c.Team, Locked: c.Locked, Version: c.Version}
}

// AddCanned keeps a new one: one's own, or with the permission one for others.
func (s *Service) AddCanned(ctx context.Context, in CannedText) (Canned, error) {
	a, err := s.cannedUser(ctx)
	if err != nil {
		return Canned{}, err
	}
	c := store.Canned{ID: "ct_" + s.Env.NewID(), Scope: in.Scope}
	return s.putCanned(ctx, a, c, in)
}

// ChangeCanned replaces one.
func (s *Service) ChangeCanned(ctx context.Context, id string, in CannedText) (Canned, error) {
	a, c, err := s.ownCanned(ctx, id)
	if err != nil {
		return Canned{}, err
	}
	if in.Version != 0 && in.Version != c.Version {
		return Canned{}, store.ErrStale
	}
	return s.putCanned(ctx, a, c, in)
}

// DropCanned deletes one.
func (s *Service) DropCanned(ctx context.Context, id string) error {
	if _, _, err := s.ownCanned(ctx, id); err != nil {
		return err
	}
	return s.Record.DropCanned(ctx, id)
}

// ownCanned is a text that the asker may change; one they may not even use is not there.
func (s *Service) ownCanned(ctx context.Context, id string) (staff.Actor, store.Canned, error) {
	a, err := s.cannedUser(ctx)
	if err != nil {
		return a, store.Canned{}, err
	}
	c, err := s.Record.CannedText(ctx, id)
	if err != nil {
		return a, c, err
	}
	if c.Scope == "mine" && c.Owner != a.Name || c.Scope == "team" && !a.Covers(c.Team) {
		return a, c, store.ErrNotFound
	}
	return a, c, mayWrite(a, c.Scope)
}

func mayWrite(a staff.Actor, scope string) error {
	if scope == "mine" {
		return a.Demand(staff.ConversationReply)
	}
	return a.Demand(staff.CannedWrite)
}

var shortcut = regexp.MustCompile(`^[\p{L}\p{N}_-]{1,32}$`)

func (s *Service) putCanned(ctx context.Context, a staff.Actor, c store.Canned, in CannedText) (Canned, error) {
	if !slices.Contains([]string{"all", "team", "mine"}, in.Scope) {
		return Canned{}, &staff.Invalid{Field: "scope", What: "must be all, team or mine"}
	}
	if err := mayWrite(a, in.Scope); err != nil {
		return Canned{}, err
	}
	in.Shortcut, in.Text, in.Title = strings.TrimPrefix(strings.TrimSpace(in.Shortcut), "/"), strings.TrimSpace(s.redact(in.Text)), strings.TrimSpace(s.redact(in.Title))
	_, known := s.Engine.Settings.Portfolios[in.Portfolio]
	switch {
	case !shortcut.MatchString(in.Shortcut):
		return Canned{}, &staff.Invalid{Field: "shortcut", What: "must be 1 to 32 letters, digits, - or _"}
	case in.Text == "" || utf8.RuneCountInString(in.Text) > MaxReply:
		return Canned{}, &staff.Invalid{Field: "text", What: "must have 1 to 4000 characters"}
	case in.Title == "" || utf8.RuneCountInString(in.Title) > 120:
		return Canned{}, &staff.Invalid{Field: "title", What: "must have 1 to 120 characters"}
	case in.Scope == "team" && (!known || !a.Covers(in.Portfolio)):
		return Canned{}, &staff.Invalid{Field: "portfolio", What: "must be a portfolio of yours: it is the team's"}
	}
	c.Scope, c.Owner, c.Team = in.Scope, "", ""
	switch in.Scope {
	case "mine":
		c.Owner = a.Name
	case "team":
		c.Team = in.Portfolio
	}
	c.Shortcut, c.Title, c.Text, c.Language, c.Locked = in.Shortcut, in.Title, in.Text, in.Language, in.Locked && in.Scope != "mine"
	c.UpdatedAt, c.UpdatedBy = s.now(), a.Name
	if err := s.Record.PutCanned(ctx, c); err != nil {
		return Canned{}, err
	}
	c.Version++
	return cannedView(c), nil
}
