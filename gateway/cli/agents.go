package cli

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"parley/gateway"
	"parley/gateway/config"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

type agentsCmd struct {
	Add       agentsAdd       `cmd:"" help:"Add somebody to the desk."`
	List      agentsList      `cmd:"" help:"List the people of the desk."`
	Change    agentsChange    `cmd:"" help:"Give somebody another role, other portfolios, skills or languages."`
	Password  agentsPassword  `cmd:"" help:"Give somebody a new password; their sessions end."`
	Disable   agentsDisable   `cmd:"" help:"Let somebody in no more; their sessions end."`
	Enable    agentsEnable    `cmd:"" help:"Let somebody in again."`
	TOTPReset agentsTOTPReset `cmd:"" name:"totp-reset" help:"Take somebody's second factor away; they set up another when they next sign in."`
}

// Help says how it goes together with a running gateway.
func (agentsCmd) Help() string {
	return `These work on the record beside a running gateway. What ends a session counts at once for requests,
and within two seconds for open sockets. Everything is in the ledger, under the name given with --by.

Exit 0: done. 1: the record failed. 2: what was given can't be used, and nothing was written.`
}

// agentsRecord is which record is meant, and who asks.
type agentsRecord struct {
	Config string `help:"Configuration file." placeholder:"FILE" env:"PARLEY_CONFIG"`
	Demo   bool   `help:"Use the demonstration's configuration."`
	By     string `help:"Who does it; recorded." default:"operator" placeholder:"NAME"`
}

// desk is the people of a record that is open.
type desk struct {
	cfg    config.Config
	record store.Store
	people *staff.Service
	ctx    context.Context
}

// open opens the record, which must be there unless it may be made; close d.record after use.
func (c agentsRecord) open(w *world, create bool) (desk, error) {
	cfg, err := serveCmd{Config: c.Config, Demo: c.Demo}.load(w.environ)
	if err != nil {
		return desk{}, err
	}
	d := desk{cfg: cfg, ctx: staff.With(context.Background(), staff.Actor{Name: c.By, Role: staff.Admin})}
	openIt := openExisting
	if create {
		openIt = openRecord
	}
	if d.record, err = openIt(d.ctx, cfg.DatabaseURL); err != nil {
		return d, err
	}
	s := staff.FromConfig(cfg)
	s.Record, s.Now, s.NewID = d.record, gateway.NewClock(cfg).Now, rand.Text
	if d.people, err = staff.New(s); err != nil {
		return d, errors.Join(err, d.record.Close())
	}
	return d, nil
}

// portfolios refuses what is none, as nobody would ever see anything in it.
func (d desk) portfolios(names []string) error {
	for _, n := range names {
		if _, ok := d.cfg.Portfolios[n]; !ok {
			return unusable{fmt.Errorf("there is no portfolio %q in the configuration", n)}
		}
	}
	return nil
}

// said is an error in words for whoever gave the command.
func said(name string, err error) error {
	var invalid *staff.Invalid
	switch {
	case errors.As(err, &invalid):
		return unusable{fmt.Errorf("%s %s", invalid.Field, invalid.What)}
	case errors.Is(err, store.ErrTaken):
		return unusable{fmt.Errorf("there is somebody named %s already", name)}
	case errors.Is(err, store.ErrNotFound):
		return unusable{fmt.Errorf("there is nobody named %s at the desk", name)}
	}
	return err
}

// passwordFlag says where a password comes from.
type passwordFlag struct {
	PasswordStdin bool `help:"Read the password from the first line of standard input. Without it one is made, and printed once."`
}

func (p passwordFlag) read(w *world) (string, error) {
	if !p.PasswordStdin {
		return "", nil
	}
	line, err := bufio.NewReader(w.in).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", unusable{errors.Join(errors.New("there is no password on standard input"), err)}
	}
	return line, nil
}

type agentsAdd struct {
	agentsRecord
	passwordFlag
	Name      string   `arg:"" help:"What they sign in with, and are recorded under. It never changes."`
	Role      string   `required:"" help:"agent, senior_agent, supervisor, compliance, admin or auditor."`
	Display   string   `help:"The name colleagues and customers see." placeholder:"TEXT"`
	Email     string   `placeholder:"ADDRESS"`
	Portfolio []string `help:"A portfolio they see; may be repeated. None: all." placeholder:"NAME"`
	Skill     []string `help:"What they are good at, for routing; may be repeated." placeholder:"NAME"`
	Language  []string `help:"A language they speak, such as es; may be repeated." placeholder:"CODE"`
	Capacity  int      `help:"How many conversations they have at once. 0: the desk's default."`
}

// Run adds somebody.
func (c agentsAdd) Run(w *world) error {
	role, err := staff.ParseRole(c.Role)
	if err != nil {
		return said(c.Name, err)
	}
	given, err := c.passwordFlag.read(w)
	if err != nil {
		return err
	}
	d, err := c.open(w, true)
	if err != nil {
		return err
	}
	defer d.record.Close()
	if err := d.portfolios(c.Portfolio); err != nil {
		return err
	}
	p, made, err := d.people.Add(d.ctx, staff.NewPerson{Name: c.Name, Display: c.Display, Email: c.Email, Role: role, Portfolios: c.Portfolio,
		Skills: c.Skill, Languages: c.Language, Capacity: c.Capacity, Password: given})
	if err != nil {
		return said(c.Name, err)
	}
	fmt.Fprintf(w.out, "%s is at the desk as %s.\n", p.Name, p.Role)
	return shown(w, made)
}

// shown prints a password that was made: it is kept nowhere.
func shown(w *world, made string) error {
	if made == "" {
		return nil
	}
	_, err := fmt.Fprintf(w.out, "Password, shown this once: %s\n", made)
	return err
}

type agentsList struct{ agentsRecord }

// Run prints a table.
func (c agentsList) Run(w *world) error {
	d, err := c.open(w, false)
	if err != nil {
		return err
	}
	defer d.record.Close()
	all, err := d.people.People(d.ctx)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tROLE\tDISPLAY\tPORTFOLIOS\tLANGUAGES\tSKILLS\tSIGNS IN WITH\tSESSIONS\tSTATE")
	for _, p := range all {
		state := "active"
		if p.Disabled {
			state = "disabled"
		}
		sessions, err := d.people.Sessions(d.ctx, p)
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", p.Name, p.Role, dash(p.Display), orAll(p.Portfolios), dash(strings.Join(p.Languages, ",")),
			dash(strings.Join(p.Skills, ",")), proof(p), len(sessions), state)
	}
	return t.Flush()
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func orAll(names []string) string {
	if len(names) == 0 {
		return "all"
	}
	return strings.Join(names, ",")
}

// proof is what somebody proves themselves by.
func proof(p staff.Person) string {
	var ways []string
	if p.Subject != "" {
		ways = append(ways, "provider")
	}
	switch second := len(p.Credentials.TOTP) > 0; {
	case p.Credentials.Password == "":
	case second:
		ways = append(ways, "password and code")
	case staff.Role(p.Role).Privileged():
		ways = append(ways, "password, code not set up yet")
	default:
		ways = append(ways, "password")
	}
	return dash(strings.Join(slices.Compact(ways), "; "))
}
