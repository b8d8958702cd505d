package staff

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"parley/gateway/store"
)

// demoPeople work at the demonstration's desk.
var demoPeople = []NewPerson{
	{Name: "dana", Display: "Dana Whitfield", Role: Agent, Languages: []string{"en"}},
	{Name: "luis", Display: "Luis Ortega", Role: Agent, Languages: []string{"es", "en"}, Skills: []string{"hardship"}},
	{Name: "sam", Display: "Sam Okafor", Role: SeniorAgent, Languages: []string{"en"}, Skills: []string{"settlement"}},
	{Name: "sue", Display: "Sue Lindqvist", Role: Supervisor, Languages: []string{"en"}},
	{Name: "cora", Display: "Cora Haddad", Role: Compliance, Languages: []string{"en"}},
	{Name: "adam", Display: "Adam Reyes", Role: Admin, Languages: []string{"en"}},
	{Name: "ann", Display: "Ann Murakami", Role: Auditor, Languages: []string{"en"}},
}

// SeedDemo makes the demonstration's people, with random passwords that nobody learns; passwords holds those of
// whom they are given for. Who is there already stays as they are.
func (s *Service) SeedDemo(ctx context.Context, passwords map[string]string) error {
	ctx = With(ctx, Actor{Name: "demo", Role: Admin})
	for _, p := range demoPeople {
		p.Password = passwords[p.Name]
		if _, err := s.record.StaffByName(ctx, p.Name); err == nil {
			continue
		}
		if _, _, err := s.Add(ctx, p); err != nil && !errors.Is(err, store.ErrTaken) {
			return err
		}
	}
	return nil
}

// Choice is somebody whom a click signs in as.
type Choice struct {
	Name    string `json:"name"`
	Display string `json:"display"`
	Role    Role   `json:"role"`
}

func (s *Service) demoChoices(r *http.Request) []Choice {
	if !s.cfg.Demo || !fromHere(r) {
		return nil
	}
	var all []Choice
	for _, p := range demoPeople {
		all = append(all, Choice{p.Name, p.Display, p.Role})
	}
	return all
}

// fromHere reports whether a request comes from this machine, to an address that is this machine's: a name that
// another site had resolve to it is not, nor is what a proxy passes on.
func fromHere(r *http.Request) bool {
	if r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return err == nil && at.Addr().Unmap().IsLoopback() && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// postDemo signs in as one of the demonstration's people with a click.
func (s *Service) postDemo(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Name string `json:"name"`
	}
	if !read(w, r, &in) {
		return
	}
	name := foldName(in.Name)
	known := false
	for _, p := range demoPeople {
		known = known || p.Name == name
	}
	if !known || !fromHere(r) {
		s.fail(w, ErrCredentials)
		return
	}
	ctx := r.Context()
	m, err := s.record.StaffByName(ctx, name)
	if errors.Is(err, store.ErrNotFound) || m.Disabled {
		err = ErrCredentials
	}
	var o opened
	if err == nil {
		o, err = s.open(ctx, m.ID, false, nil, func(is store.StaffMember, session string) (store.StaffChange, error) {
			if is.Disabled {
				return store.StaffChange{}, ErrCredentials
			}
			return store.StaffChange{Member: is, Events: s.signedIn(is, session, "demo", s.ip(r))}, nil
		})
	}
	s.entered(w, r, o, nil, err)
}
