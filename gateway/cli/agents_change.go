package cli

import (
	"fmt"

	"parley/gateway/desk/staff"
)

// agentsNamed is a command about somebody who is there.
type agentsNamed struct {
	agentsRecord
	Name string `arg:"" help:"Who."`
}

// change applies a patch that may need the open desk to be made.
func (c agentsNamed) change(w *world, patch func(desk) (staff.Patch, error), done string) error {
	d, err := c.open(w, false)
	if err != nil {
		return err
	}
	defer d.record.Close()
	p, err := patch(d)
	if err != nil {
		return err
	}
	who, err := d.people.Change(d.ctx, c.Name, p)
	if err != nil {
		return said(c.Name, err)
	}
	_, err = fmt.Fprintf(w.out, "%s %s.\n", who.Name, done)
	return err
}

func always(p staff.Patch) func(desk) (staff.Patch, error) {
	return func(desk) (staff.Patch, error) { return p, nil }
}

type agentsChange struct {
	agentsNamed
	Role      string   `help:"agent, senior_agent, supervisor, compliance, admin or auditor." placeholder:"ROLE"`
	Display   *string  `help:"The name colleagues and customers see." placeholder:"TEXT"`
	Portfolio []string `help:"The portfolios they see, in place of those before; may be repeated. \"all\": all." placeholder:"NAME"`
	Skill     []string `help:"What they are good at, in place of what was said before; may be repeated." placeholder:"NAME"`
	Language  []string `help:"The languages they speak, in place of those before; may be repeated." placeholder:"CODE"`
	Capacity  *int     `help:"How many conversations they have at once. 0: the desk's default." placeholder:"N"`
}

// Run changes somebody. A new role or other portfolios end their sessions.
func (c agentsChange) Run(w *world) error {
	p := staff.Patch{Display: c.Display, Capacity: c.Capacity}
	if c.Role != "" {
		role, err := staff.ParseRole(c.Role)
		if err != nil {
			return said(c.Name, err)
		}
		p.Role = &role
	}
	if len(c.Portfolio) == 1 && c.Portfolio[0] == "all" {
		c.Portfolio, p.Portfolios = nil, &[]string{}
	}
	for _, l := range []struct {
		given []string
		into  **[]string
	}{{c.Portfolio, &p.Portfolios}, {c.Skill, &p.Skills}, {c.Language, &p.Languages}} {
		if len(l.given) > 0 {
			*l.into = &l.given
		}
	}
	return c.change(w, func(d desk) (staff.Patch, error) { return p, d.portfolios(c.Portfolio) }, "was changed")
}

type agentsPassword struct {
	agentsNamed
	passwordFlag
}

// Run gives a new password.
func (c agentsPassword) Run(w *world) error {
	given, err := c.passwordFlag.read(w)
	if err != nil {
		return err
	}
	made := ""
	if given == "" {
		made = staff.GeneratePassword()
		given = made
	}
	if err := c.change(w, always(staff.Patch{Password: &given}), "has a new password"); err != nil {
		return err
	}
	return shown(w, made)
}

type agentsDisable struct{ agentsNamed }

// Run shuts somebody out.
func (c agentsDisable) Run(w *world) error {
	yes := true
	return c.change(w, always(staff.Patch{Disabled: &yes}), "is disabled")
}

type agentsEnable struct{ agentsNamed }

// Run lets somebody in again.
func (c agentsEnable) Run(w *world) error {
	no := false
	return c.change(w, always(staff.Patch{Disabled: &no}), "is enabled")
}

type agentsTOTPReset struct{ agentsNamed }

// Run takes a second factor away.
func (c agentsTOTPReset) Run(w *world) error {
	return c.change(w, always(staff.Patch{ResetTOTP: true}), "sets up a second factor when they next sign in")
}
