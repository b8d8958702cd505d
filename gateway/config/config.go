// Package config reads what an operator decides: one YAML file, every value
// also as an environment variable. It is strict and reports every mistake at once.
package config

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"parley/compliance"
	"parley/compliance/gate"
)

// Config is everything an operator decides. Keys not set have the defaults of [Default].
type Config struct {
	// Listen is the public address: webhooks, web chat. Defaults to ":8080".
	Listen string `yaml:"listen"`
	// AdminListen is for the desk, the API and metrics. Defaults to "127.0.0.1:8081".
	AdminListen string `yaml:"admin_listen"`
	// PublicURL is how providers reach Listen, scheme and host, such as
	// "https://parley.example.com". Needed for Twilio: its signatures cover it.
	PublicURL string `yaml:"public_url"`
	// DatabaseURL is "sqlite:FILE"; "postgres://…" is refused by this version. Defaults to "sqlite:parley.db".
	DatabaseURL string `yaml:"database_url"`
	// RedisURL is for joining several processes, which this version refuses; leave it empty.
	RedisURL string `yaml:"redis_url"`
	// SecretKey keys the hashes of identity factors; at least 16 bytes. In --demo one is
	// made and kept beside the database.
	SecretKey Secret `yaml:"secret_key"`
	// APIKeys are "name:key" or "name:key:role".
	APIKeys []string `yaml:"api_keys"`
	// DevClock starts the clock at this RFC 3339 time and lets it run; only with --demo.
	DevClock string `yaml:"dev_clock"`
	// LogLevel is "debug", "info", "warn" or "error". Defaults to "info".
	LogLevel string `yaml:"log_level"`

	Twilio  Twilio  `yaml:"twilio"`
	LLM     LLM     `yaml:"llm" env:"PARLEY_LLM"`
	WebChat WebChat `yaml:"webchat"`

	// Actor is in whose name Parley speaks: "creditor_owed", "debt_buyer_owner" or "third_party"; needed.
	Actor compliance.Actor `yaml:"actor"`
	Brand Brand            `yaml:"brand"`
	// Accounts is where accounts come from.
	Accounts Accounts `yaml:"accounts"`
	// Portfolios hold the policy of each group of accounts.
	Portfolios map[string]Portfolio `yaml:"portfolios"`
	Contact    Contact              `yaml:"contact"`
	Payments   Payments             `yaml:"payments"`
	Voice      Voice                `yaml:"voice"`
	Asterisk   Asterisk             `yaml:"asterisk"`
	Desk       Desk                 `yaml:"desk"`
	SignIn     SignIn               `yaml:"sign_in"`
}

// Twilio is the SMS and voice provider; without an account there is no SMS.
type Twilio struct {
	// AccountSID is the account's id (AC…).
	AccountSID string `yaml:"account_sid"`
	// AuthToken may hold several, comma-separated, while a token is rotated; the first one sends.
	AuthToken Secret `yaml:"auth_token"`
	// From is a number in E.164 or a messaging service (MG…).
	From string `yaml:"from"`
	// APIURL is Twilio's REST API. Defaults to Twilio's own.
	APIURL string `yaml:"api_url"`
	// Campaign is the state of the sender's registration: "approved" or "pending". Defaults to "approved".
	Campaign string `yaml:"campaign"`
	// ProviderConfirms: Twilio answers STOP itself, so Parley must not.
	ProviderConfirms bool `yaml:"provider_confirms"`
}

// LLM is any endpoint that speaks OpenAI's chat completions; without a key and a URL
// the built-in responder does the talking.
type LLM struct {
	// BaseURL is the endpoint's, such as "http://localhost:8000/v1"; empty with a key: OpenAI's.
	BaseURL string `yaml:"base_url" env:"PARLEY_LLM_BASE_URL,OPENAI_BASE_URL"`
	// APIKey is sent to it as a bearer token; an endpoint of one's own may need none.
	APIKey Secret `yaml:"api_key" env:"PARLEY_LLM_API_KEY,OPENAI_API_KEY"`
	// Model is the one the endpoint serves; needed with a key or a URL.
	Model string `yaml:"model" env:"PARLEY_LLM_MODEL"`
	// Timeout bounds one call. Defaults to 6s: a person has an answer within 15 seconds whatever the model does.
	Timeout Duration `yaml:"timeout" env:"PARLEY_LLM_TIMEOUT"`
}

// WebChat is the widget's channel.
type WebChat struct {
	// AllowedOrigins are the sites that may embed the widget; the public URL itself always may.
	AllowedOrigins []string `yaml:"allowed_origins"`
}

// Brand is who Parley says it is.
type Brand struct {
	// Name is what people know it by; needed.
	Name string `yaml:"name"`
	// LegalName is the name in law, as disclosures say it; needed.
	LegalName string `yaml:"legal_name"`
	// Phone is where people reach a person, in E.164; needed.
	Phone string `yaml:"phone"`
	// Mail is the postal address for disputes and notices.
	Mail string `yaml:"mail"`
	// Assistant is the bot's name. Defaults to "Ava".
	Assistant string `yaml:"assistant"`
	// Licenses are licence numbers by state, as a map such as {CA: "10001-99"}; states that demand theirs in messages get it.
	Licenses map[string]string `yaml:"licenses"`
}

// Portfolio is the policy of a group of accounts.
type Portfolio struct {
	Settlement Settlement `yaml:"settlement"`
	Plan       Plan       `yaml:"plan"`
	// Autonomy is how much each capability may do alone: "off", "draft" (a human sends), "approve" (a human approves the action) or "auto".
	Autonomy map[string]Level `yaml:"autonomy"`
	// Authority is the lowest share of the balance each role of the desk may settle for, as a map such as {agent: 80%}; never below the floor.
	Authority map[string]Percent `yaml:"authority"`
}

// Settlement bounds lump-sum settlements.
type Settlement struct {
	// Floor is the lowest share of the balance that may be accepted, such as 60%; needed. No model ever sees it.
	Floor Percent `yaml:"floor"`
	// Open is the share offered first, such as 90%; needed, and not below Floor.
	Open Percent `yaml:"open"`
	// ExpiresDays is how long an offer stands, 1 to 90. Defaults to 14.
	ExpiresDays int `yaml:"expires_days"`
}

// Plan bounds payment plans.
type Plan struct {
	// MaxMonths is the longest plan, 1 to 60; needed.
	MaxMonths int `yaml:"max_months"`
	// MinPayment is the smallest payment, in dollars such as "25.00"; needed.
	MinPayment Amount `yaml:"min_payment"`
}

// Contact is how the contact rules are read.
type Contact struct {
	// Profile is "legal" (what the law demands) or "strict" (the house's tighter figures, which satisfy every state). Defaults to "strict".
	Profile gate.Profile `yaml:"profile"`
}

// Payments is where people pay.
type Payments struct {
	// LinkTemplate is the payment page's URL; {ref} is replaced by a signed reference.
	LinkTemplate string `yaml:"link_template"`
}

// Level is how much a capability may do alone.
type Level string

// The levels.
const (
	Off     Level = "off"
	Draft   Level = "draft"   // a human sends
	Approve Level = "approve" // a human approves the action
	Auto    Level = "auto"
)

// Capabilities are the things the bot can do, with the level they ship with.
var Capabilities = map[string]Level{
	"answer_balance": Auto, "payment_plan": Auto, "promise": Auto, "payment_link": Auto, "callback": Auto,
	"settlement": Approve, "hardship": Off, "dispute": Off, "validation": Off, "update_contact": Off,
}

// Default is the configuration before the file and the environment.
func Default() Config {
	return Config{
		Listen: ":8080", AdminListen: "127.0.0.1:8081", DatabaseURL: "sqlite:parley.db", LogLevel: "info",
		LLM:     LLM{Timeout: Duration(6 * time.Second)},
		Twilio:  Twilio{Campaign: "approved"},
		Brand:   Brand{Assistant: "Ava"},
		Contact: Contact{Profile: gate.Strict}, Accounts: defaultAccounts(), Voice: defaultVoice(), Asterisk: defaultAsterisk(), Desk: defaultDesk(), SignIn: defaultSignIn(),
	}
}

// Load reads the file ("" for none) and the environment over base. The error is
// [Faults] with every mistake found; demo relaxes what a demonstration stands in for.
func Load(base Config, path string, environ Environ, demo bool) (Config, error) {
	cfg := base
	cfg.Portfolios = nil
	var faults Faults
	lines := map[string]int{}
	if path != "" {
		src, err := os.ReadFile(path)
		if err != nil {
			return cfg, Faults{{Where: path, What: "can't be read: " + err.Error()}}
		}
		faults, lines = decodeStrict(src, &cfg)
	}
	if cfg.Portfolios == nil {
		cfg.Portfolios = base.Portfolios
	}
	faults = append(faults, overlay(&cfg, environ)...)
	cfg.fill()
	faults = append(faults, cfg.check(lines, demo)...)
	if len(faults) > 0 {
		return cfg, faults
	}
	return cfg, nil
}

// fill sets what depends on other values.
func (c *Config) fill() {
	for name, p := range c.Portfolios {
		if p.Settlement.ExpiresDays == 0 {
			p.Settlement.ExpiresDays = 14
		}
		levels := map[string]Level{}
		for capability, level := range Capabilities {
			levels[capability] = level
		}
		for capability, level := range p.Autonomy {
			levels[capability] = level
		}
		p.Autonomy = levels
		c.Portfolios[name] = p
	}
}

// APIKey is one key with what it may do.
type APIKey struct{ Name, Key, Role string }

// ParsedAPIKeys splits APIKeys; faults name the entry, never the key.
func (c Config) ParsedAPIKeys() ([]APIKey, error) {
	roles := []string{"", "viewer", "agent", "senior_agent", "supervisor", "compliance", "integrator", "admin", "auditor"}
	var keys []APIKey
	for i, entry := range c.APIKeys {
		parts := strings.Split(strings.TrimSpace(entry), ":")
		if len(parts) < 2 || len(parts) > 3 || parts[0] == "" || parts[1] == "" {
			return nil, fmt.Errorf("entry %d must be name:key or name:key:role", i+1)
		}
		k := APIKey{Name: parts[0], Key: parts[1]}
		if len(parts) == 3 {
			k.Role = parts[2]
		}
		if !slices.Contains(roles, k.Role) {
			return nil, fmt.Errorf("entry %d has an unknown role; known: %v", i+1, roles[1:])
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// Sample reads a configuration that carries everything but a secret, such as the demonstration's.
func Sample(src []byte) (Config, error) {
	cfg := Default()
	faults, lines := decodeStrict(src, &cfg)
	cfg.fill()
	faults = append(faults, cfg.check(lines, true)...)
	if len(faults) > 0 {
		return cfg, faults
	}
	return cfg, nil
}
