package config_test

import (
	"testing"
	"time"

	"parley/gateway/config"
	"parley/gateway/demo"
)

func TestTheSourceOfAccounts(t *testing.T) {
	t.Parallel()
	base, err := config.Sample(demo.Config)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("is the built-in table where nothing is said", func(t *testing.T) {
		t.Parallel()
		if base.Accounts.Source != config.AccountsBuiltin || base.Accounts.Timeout != config.Duration(2*time.Second) || base.Accounts.MaxAge != config.Duration(15*time.Minute) {
			t.Errorf("got %+v", base.Accounts)
		}
	})
	t.Run("can be set in the environment", func(t *testing.T) {
		t.Parallel()
		cfg, err := config.Load(base, "", environ(append(secret, "PARLEY_ACCOUNTS_SOURCE", "http", "PARLEY_ACCOUNTS_URL", "https://core.example.com/accounts/{id}",
			"PARLEY_ACCOUNTS_TOKEN", "a-token", "PARLEY_ACCOUNTS_TIMEOUT", "900ms", "PARLEY_ACCOUNTS_MAX_AGE", "1h")...), false)
		if err != nil {
			t.Fatal(err)
		}
		want := config.Accounts{Source: "http", URL: "https://core.example.com/accounts/{id}", Token: "a-token",
			Timeout: config.Duration(900 * time.Millisecond), MaxAge: config.Duration(time.Hour)}
		if cfg.Accounts != want {
			t.Errorf("got %+v", cfg.Accounts)
		}
	})
}
