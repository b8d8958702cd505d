package gateway

import (
	"fmt"

	"parley/gateway/desk"
	"parley/gateway/desk/staff"
	"parley/gateway/live"
)

// wireDesk makes the live agents' desk: who comes in to it, and what they do there.
func (g *Gateway) wireDesk(isDemo bool) error {
	keys, err := g.Config.ParsedAPIKeys()
	if err != nil {
		return err
	}
	g.staff, err = staff.New(staff.Config{
		Record: g.Record, Now: g.env.Now, NewID: g.env.NewID, Log: g.log, Secret: []byte(g.Config.SecretKey.Reveal()), SignIn: g.Config.SignIn,
		Brand: g.Config.Brand.Name, AdminListen: g.Config.AdminListen, Keys: staff.KeyNames(keys),
		Demo: isDemo && staff.Loopback(g.Config.AdminListen), // coming in with a click is for this machine alone
	})
	if err != nil {
		return fmt.Errorf("sign_in: %w", err)
	}
	g.desk = desk.New(desk.Config{
		Record: g.Record, Engine: g.Engine, Env: g.env, Live: live.NewLocal(), Wake: g.acted, Keys: keys, RecordRead: g.staff.RecordRead, Log: g.log,
	})
	g.Engine.Eligible, g.Engine.Called, g.Engine.Settings.Desk.AgentsOnline = g.desk.Eligible, g.desk.Called, g.desk.AgentsOnline
	return nil
}
