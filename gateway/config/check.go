package config

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/compliance"
	"parley/compliance/gate"
)

// check reports every value that makes no sense, alone or with others.
func (c *Config) check(lines map[string]int, demo bool) Faults {
	k := checker{lines: lines}
	k.listeners(c)
	k.database(c, demo)
	k.twilio(c)
	k.voice(c)
	k.telephone(c)
	k.asterisk(c)
	k.contact(c)
	k.accounts(c.Accounts)
	k.signIn(c.SignIn)
	k.desk(c.Desk)
	for _, name := range sortedKeys(c.Portfolios) {
		k.portfolio("portfolios."+name, c.Portfolios[name])
	}
	if len(c.Portfolios) == 0 {
		k.fault("portfolios", "is missing: at least one portfolio with its policy is needed")
	}
	if _, err := c.ParsedAPIKeys(); err != nil {
		k.fault("api_keys", err.Error())
	}
	if c.DevClock != "" {
		if !demo {
			k.fault("dev_clock", "is refused unless --demo: a real gateway runs on real time")
		} else if _, err := time.Parse(time.RFC3339, c.DevClock); err != nil {
			k.fault("dev_clock", "must be an RFC 3339 time such as 2026-11-23T15:00:00Z")
		}
	}
	return k.faults
}

type checker struct {
	lines  map[string]int
	faults Faults
}

func (k *checker) fault(key, what string) {
	where := "configuration"
	if line, ok := k.lines[key]; ok {
		where = fmt.Sprintf("line %d", line)
	}
	k.faults = append(k.faults, Fault{Where: where, Key: key, What: what})
}

func (k *checker) oneOf(key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		k.fault(key, "must be one of "+strings.Join(allowed, ", "))
	}
}

func (k *checker) listeners(c *Config) {
	for key, addr := range map[string]string{"listen": c.Listen, "admin_listen": c.AdminListen} {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			k.fault(key, "must be host:port or :port")
		}
	}
	if c.PublicURL != "" {
		if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			k.fault("public_url", "must be an http or https URL")
		}
	}
	k.oneOf("log_level", c.LogLevel, "debug", "info", "warn", "error")
}

func (k *checker) database(c *Config, demo bool) {
	if !strings.HasPrefix(c.DatabaseURL, "sqlite:") {
		k.fault("database_url", "must be sqlite:FILE: this version keeps its record in SQLite")
	}
	if c.RedisURL != "" {
		k.fault("redis_url", "must be empty: this version runs as one process, and would not be joined to others")
	}
	switch {
	case c.SecretKey == "" && !demo:
		k.fault("secret_key", "is missing: set PARLEY_SECRET_KEY to at least 16 random bytes; identity checks are keyed with it")
	case c.SecretKey != "" && len(c.SecretKey) < 16:
		k.fault("secret_key", "must have at least 16 bytes")
	}
}

func (k *checker) twilio(c *Config) {
	t := c.Twilio
	if t.AccountSID == "" && t.AuthToken == "" && t.From == "" {
		return
	}
	for key, value := range map[string]string{"twilio.account_sid": t.AccountSID, "twilio.auth_token": t.AuthToken.Reveal(), "twilio.from": t.From} {
		if value == "" {
			k.fault(key, "is missing: the account, the token and the sender go together")
		}
	}
	if c.PublicURL == "" {
		k.fault("public_url", "is missing: Twilio's signatures cover the URL it calls")
	}
	k.oneOf("twilio.campaign", t.Campaign, "approved", "pending")
	for _, f := range gate.CheckCarrier(c.Actor, "twilio", "sms", t.Campaign) {
		k.fault("actor", f.Rule+": "+f.Detail+" ("+f.Cite+")")
	}
}

func (k *checker) voice(c *Config) {
	k.oneOf("actor", string(c.Actor), string(compliance.CreditorOwed), string(compliance.DebtBuyerOwner), string(compliance.ThirdParty))
	for key, value := range map[string]string{"brand.name": c.Brand.Name, "brand.legal_name": c.Brand.LegalName, "brand.phone": c.Brand.Phone} {
		if value == "" {
			k.fault(key, "is missing: people must be told who speaks, and how to reach a person")
		}
	}
	if (c.LLM.APIKey != "" || c.LLM.BaseURL != "") && c.LLM.Model == "" {
		k.fault("llm.model", "is missing: name the model the endpoint serves")
	}
}

func (k *checker) contact(c *Config) {
	k.oneOf("contact.profile", string(c.Contact.Profile), string(gate.Legal), string(gate.Strict))
	if t := c.Payments.LinkTemplate; t != "" && (!strings.HasPrefix(t, "https://") || !strings.Contains(t, "{ref}")) {
		k.fault("payments.link_template", "must be an https URL with {ref} where the reference goes")
	}
}

func (k *checker) portfolio(key string, p Portfolio) {
	s := p.Settlement
	if s.Floor <= 0 || s.Open <= 0 {
		k.fault(key+".settlement", "needs floor and open, such as 60% and 90%")
	} else if s.Floor > s.Open {
		k.fault(key+".settlement.floor", "must not be above open")
	}
	if s.ExpiresDays < 1 || s.ExpiresDays > 90 {
		k.fault(key+".settlement.expires_days", "must be 1 to 90")
	}
	if p.Plan.MaxMonths < 1 || p.Plan.MaxMonths > 60 {
		k.fault(key+".plan.max_months", "must be 1 to 60")
	}
	if p.Plan.MinPayment <= 0 {
		k.fault(key+".plan.min_payment", "must be above 0.00")
	}
	for _, name := range sortedKeys(p.Autonomy) {
		if _, ok := Capabilities[name]; !ok {
			k.fault(key+".autonomy."+name, "is no capability; known: "+strings.Join(sortedKeys(Capabilities), ", "))
		}
		k.oneOf(key+".autonomy."+name, string(p.Autonomy[name]), string(Off), string(Draft), string(Approve), string(Auto))
	}
	for _, role := range sortedKeys(p.Authority) {
		if p.Authority[role] < s.Floor {
			k.fault(key+".authority."+role, "must not be below the settlement floor")
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
