package sms_test

import (
	"strings"
	"testing"
	"time"

	"parley/channels/sms"
)

func goodConfig() sms.Config {
	return sms.Config{AccountSID: account, AuthTokens: []string{token}, From: number, PublicURL: "https://parley.example.com"}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		edit func(*sms.Config)
		want []string // what the error must name; none: accepted
	}{
		{"a number is a sender", func(*sms.Config) {}, nil},
		{"so is a messaging service", func(c *sms.Config) { c.From = "MG0123456789abcdef0123456789abcdef" }, nil},
		{"a path may follow the public address", func(c *sms.Config) { c.PublicURL = "https://example.com/parley/" }, nil},
		{"an empty configuration reports all that is missing", func(c *sms.Config) { *c = sms.Config{} }, []string{"AccountSID", "AuthTokens", "From", "PublicURL"}},
		{"three mistakes are three reports", func(c *sms.Config) { c.AccountSID, c.From, c.APIURL = "SK1", "5550100", "ftp://x" }, []string{"AccountSID", "From", "APIURL"}},
		{"an empty token is named by its place", func(c *sms.Config) { c.AuthTokens = []string{"a", ""} }, []string{"AuthTokens[1]"}},
		{"a token with a line end is refused", func(c *sms.Config) { c.AuthTokens = []string{token + "\n"} }, []string{"AuthTokens[0]"}},
		{"a further number that is none is named by its place", func(c *sms.Config) { c.Numbers = []string{number, "100"} }, []string{"Numbers[1]"}},
		{"a public address without a scheme is refused", func(c *sms.Config) { c.PublicURL = "parley.example.com" }, []string{"PublicURL"}},
		{"a public address with a query is refused", func(c *sms.Config) { c.PublicURL = "https://parley.example.com/?a=b" }, []string{"PublicURL"}},
		{"a public address with credentials is refused", func(c *sms.Config) { c.PublicURL = "https://user:pass@parley.example.com" }, []string{"PublicURL"}},
		{"a negative timeout is refused", func(c *sms.Config) { c.Timeout = -time.Second }, []string{"Timeout"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := goodConfig()
			c.edit(&config)
			_, err := sms.New(config)
			if (err == nil) != (len(c.want) == 0) {
				t.Fatalf("error %v", err)
			}
			for _, field := range c.want {
				if !strings.Contains(err.Error(), field+" ") {
					t.Errorf("%q does not name %s", err, field)
				}
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Error("the error quotes a token")
			}
		})
	}
	t.Run("who confirms an opt-out is as configured", func(t *testing.T) {
		t.Parallel()
		config := goodConfig()
		config.ProviderConfirms = true
		adapter, err := sms.New(config)
		if err != nil || !adapter.ProviderConfirms() {
			t.Errorf("ProviderConfirms is lost, error %v", err)
		}
	})
	t.Run("what may be replaced is the caller's own copy", func(t *testing.T) {
		t.Parallel()
		adapter, err := sms.New(goodConfig())
		if err != nil {
			t.Fatal(err)
		}
		adapter.Capabilities().Lookalikes['a'] = "b"
		if _, changed := adapter.Capabilities().Lookalikes['a']; changed {
			t.Error("a caller changed the table")
		}
	})
}
