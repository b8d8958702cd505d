package config

import (
	"strings"
	"time"

	"parley/gateway/accounts/recordurl"
)

// Accounts is where accounts come from. Whatever the source, they are stored; with
// "http" the stored ones are asked for again at the start of each turn.
type Accounts struct {
	// Source is "builtin" (accounts come in by the API and by CSV import) or "http" (a system of record is
	// asked). Defaults to "builtin".
	Source string `yaml:"source"`
	// URL is the system of record's, with {id} in its path, such as "https://core.example.com/accounts/{id}". It
	// answers GET with one account as JSON, in the shape of PUT /api/v1/accounts/{id}. It must be https, or http on localhost; redirects are refused.
	URL string `yaml:"url"`
	// Token is sent to it as a bearer token; empty: none is sent.
	Token Secret `yaml:"token"`
	// Timeout bounds asking for one account, retries included; a single attempt has half of it. At most 5s. Defaults to 2s.
	Timeout Duration `yaml:"timeout"`
	// MaxAge is how old a stored account may be to stand in while the system of record can't be had; when it is
	// older the person is told, and a human takes over. At most 24h. Defaults to 15m.
	MaxAge Duration `yaml:"max_age"`
}

// The sources.
const (
	AccountsBuiltin = "builtin"
	AccountsHTTP    = "http"
)

func defaultAccounts() Accounts {
	return Accounts{Source: AccountsBuiltin, Timeout: Duration(2 * time.Second), MaxAge: Duration(15 * time.Minute)}
}

func (k *checker) accounts(a Accounts) {
	k.oneOf("accounts.source", a.Source, AccountsBuiltin, AccountsHTTP)
	if a.Source == AccountsHTTP {
		if err := recordurl.Check(a.URL); err != nil {
			k.fault("accounts.url", err.Error())
		}
	} else if a.URL != "" || a.Token != "" {
		k.fault("accounts.url", "is only used with source: http")
	}
	if t := time.Duration(a.Timeout); t < 100*time.Millisecond || t > 5*time.Second {
		k.fault("accounts.timeout", "must be 100ms to 5s: a person waits")
	}
	if m := time.Duration(a.MaxAge); m > 24*time.Hour {
		k.fault("accounts.max_age", "must be at most 24h")
	}
	if strings.ContainsAny(a.Token.Reveal(), "\r\n\x00") {
		k.fault("accounts.token", "must be one line")
	}
}
