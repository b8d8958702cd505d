package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/gateway/config"
	"parley/gateway/demo"
)

func environ(pairs ...string) config.Environ {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

var secret = []string{"PARLEY_SECRET_KEY", "0123456789abcdef"}

func TestEachMistakeIsReportedWhereItIs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 6 {
		t.Fatal("the mistakes are missing", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			_, err = config.Load(config.Default(), file, environ(secret...), false)
			if err == nil {
				t.Fatal("the mistake was accepted")
			}
			for _, line := range strings.Split(strings.TrimSpace(string(want)), "\n") {
				if !strings.Contains(err.Error(), line) {
					t.Errorf("no %q in:\n%v", line, err)
				}
			}
		})
	}
}

func TestThreeMistakesAreThreeFaults(t *testing.T) {
	t.Parallel()
	_, err := config.Load(config.Default(), "testdata/three_mistakes.yaml", environ(secret...), false)
	faults, ok := err.(config.Faults) //nolint:errorlint // Load returns it bare
	if !ok {
		t.Fatalf("got %T", err)
	}
	seen := map[string]bool{}
	for _, f := range faults {
		seen[f.Key] = true
	}
	for _, key := range []string{"portfolios.cards.settlement.floor", "portfolios.cards.plan.max_months", "contact.profile"} {
		if !seen[key] {
			t.Errorf("%s was not reported in\n%v", key, err)
		}
	}
}

func TestTheSampleIsGood(t *testing.T) {
	t.Parallel()
	cfg, err := config.Sample(demo.Config)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Portfolios["northwind-cards"].Settlement.Floor != 6000 || cfg.Portfolios["northwind-cards"].Plan.MinPayment != 2500 {
		t.Errorf("the sample was read wrongly: %+v", cfg.Portfolios)
	}
}

func TestTheEnvironmentOverridesTheFile(t *testing.T) {
	t.Parallel()
	base, err := config.Sample(demo.Config)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("a-token\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(base, "", environ("PARLEY_LISTEN", ":9000", "PARLEY_BRAND_NAME", "Other Bank", "PARLEY_PUBLIC_URL", "https://p.example.com",
		"PARLEY_TWILIO_ACCOUNT_SID", "AC1", "PARLEY_TWILIO_FROM", "+18005550199", "PARLEY_TWILIO_AUTH_TOKEN_FILE", file,
		"OPENAI_API_KEY", "key", "PARLEY_LLM_MODEL", "m", "PARLEY_API_KEYS", "one:k1,two:k2:agent", "PARLEY_SECRET_KEY", secret[1]), false)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := cfg.ParsedAPIKeys()
	if err != nil {
		t.Fatal(err)
	}
	got := []string{cfg.Listen, cfg.Brand.Name, cfg.Twilio.AuthToken.Reveal(), cfg.LLM.APIKey.Reveal(), keys[1].Role}
	if want := []string{":9000", "Other Bank", "a-token", "key", "agent"}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTheClockCanBeSetInADemonstrationOnly(t *testing.T) {
	t.Parallel()
	base, err := config.Sample(demo.Config)
	if err != nil {
		t.Fatal(err)
	}
	env := environ(append(secret, "PARLEY_DEV_CLOCK", "2026-11-23T15:00:00Z")...)
	if _, err := config.Load(base, "", env, true); err != nil {
		t.Error(err)
	}
	if _, err := config.Load(base, "", env, false); err == nil || !strings.Contains(err.Error(), "dev_clock") {
		t.Errorf("got %v", err)
	}
}

func TestAPercentageIsReadWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]config.Percent{"60%": 6000, " 62.5% ": 6250, "0.05%": 5, "100%": 10000, "0%": 0} {
		var p config.Percent
		if err := p.UnmarshalText([]byte(text)); err != nil || p != want {
			t.Errorf("%q is %d, want %d (%v)", text, p, want, err)
		}
	}
	for _, text := range []string{"60", "60,5%", "60.5x%", "6a%", "6 0%", "%", ".5%", "-1%", "+1%", "100.01%", "1.234%", "1.2.3%", "99999999999999999999%"} {
		var p config.Percent
		if err := p.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was read as %d", text, p)
		}
	}
}

func TestWhatThisVersionCannotDoIsRefusedAndNotIgnored(t *testing.T) {
	t.Parallel()
	base, err := config.Sample(demo.Config)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"PARLEY_REDIS_URL": "redis://localhost:6379/0", "PARLEY_DATABASE_URL": "postgres://localhost/parley"} {
		if _, err := config.Load(base, "", environ(append(secret, name, value)...), false); err == nil || strings.Contains(err.Error(), "localhost") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAListInTheEnvironmentMayHaveSpaces(t *testing.T) {
	t.Parallel()
	base, err := config.Sample(demo.Config)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(base, "", environ(append(secret, "PARLEY_WEBCHAT_ALLOWED_ORIGINS", "https://a.example, https://b.example")...), false)
	if err != nil || !slices.Equal(cfg.WebChat.AllowedOrigins, []string{"https://a.example", "https://b.example"}) {
		t.Errorf("got %q %v", cfg.WebChat.AllowedOrigins, err)
	}
}

func TestASecretNeverShows(t *testing.T) {
	t.Parallel()
	type holder struct {
		In  config.Secret
		Map map[string]config.Secret
		Ptr *config.Secret
	}
	s := config.Secret("hunter2hunter2")
	h := holder{s, map[string]config.Secret{"a": s}, &s}
	encoded, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprint(h), fmt.Sprintf("%+v %#v %q", h, h, h), string(encoded), fmt.Sprint([]config.Secret{s})} {
		if strings.Contains(shown, "hunter2") {
			t.Errorf("it shows in %s", shown)
		}
	}
}
