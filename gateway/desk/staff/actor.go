package staff

import (
	"context"
	"slices"
)

// Actor is who makes a request: a person of the desk by their session, or an API key.
type Actor struct {
	// Name is what is recorded: the login, or the key's name.
	Name string
	// Display is what colleagues, and customers, see.
	Display string
	Role    Role
	// Portfolios bound what is seen and done; none: all portfolios.
	Portfolios []string
	// Skills and Languages are for routing.
	Skills, Languages []string
	// Session is the public id of the session, by which a socket is tied to it; "" for an API key.
	Session string
	// IP is where the request came from.
	IP string
}

// May reports whether the actor may do it.
func (a Actor) May(p Permission) bool { return a.Role.May(p) }

// Covers reports whether something about accounts in these portfolios is within the
// actor's reach: all of them must be, as what is shown is about all of them. Something about nobody
// known yet (no portfolio) is for whoever may claim it, and for those who see all.
func (a Actor) Covers(portfolios ...string) bool {
	if len(a.Portfolios) == 0 {
		return true
	}
	known := false
	for _, p := range portfolios {
		if p == "" {
			continue
		}
		known = true
		if !slices.Contains(a.Portfolios, p) {
			return false
		}
	}
	return known || a.May(HandoffClaim)
}

// Demand is nil where the actor may do it, else [Denied].
func (a Actor) Demand(p Permission) error {
	if a.May(p) {
		return nil
	}
	return Denied{Permission: p, Role: a.Role}
}

// Who is the actor as ledger entries name it.
func (a Actor) Who() string { return "human:" + a.Name }

type actorKey struct{}

// With puts an actor into a context.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// From is the actor in a context; false: nobody is known, and nothing may be done.
func From(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey{}).(Actor)
	return a, ok
}

// Demand is the actor in a context who may do it. The error is [ErrNobody] or [Denied].
func Demand(ctx context.Context, p Permission) (Actor, error) {
	a, ok := From(ctx)
	if !ok {
		return Actor{}, ErrNobody
	}
	return a, a.Demand(p)
}
