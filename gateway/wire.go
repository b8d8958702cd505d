package gateway

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"go.uber.org/zap"

	"parley/channels"
	"parley/channels/sms"
	"parley/channels/webchat"
	"parley/compliance"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog"
	"parley/dialog/llm"
	"parley/dialog/llm/openai"
	"parley/dialog/llm/responder"
	"parley/gateway/accounts"
	"parley/gateway/config"
	"parley/gateway/store"
	"parley/negotiation"
)

// newEngine makes the engine the configuration describes.
func newEngine(cfg config.Config, record store.Store, env dialog.Env, log *zap.Logger) (*dialog.Engine, error) {
	keys, err := dialog.NewKeyer([]byte(cfg.SecretKey.Reveal()))
	if err != nil {
		return nil, err
	}
	model, err := newModel(cfg.LLM)
	if err != nil {
		return nil, err
	}
	e := &dialog.Engine{
		Settings: settings(cfg), Guard: guard.New(), Detector: inbound.NewDetector(), Model: model, BuiltIn: responder.Model{},
		Directory: record, Keys: keys,
	}
	if e.Accounts, err = newAccounts(cfg.Accounts, e, env, log); err != nil {
		return nil, err
	}
	return e, nil
}

// newAccounts is nil where the stored accounts are the record themselves.
func newAccounts(c config.Accounts, e *dialog.Engine, env dialog.Env, log *zap.Logger) (dialog.Accounts, error) {
	if c.Source != config.AccountsHTTP {
		return nil, nil
	}
	h, err := accounts.NewHTTP(accounts.HTTPConfig{
		URL: c.URL, Token: c.Token.Reveal(), Timeout: time.Duration(c.Timeout), MaxAge: time.Duration(c.MaxAge), Now: env.Now,
		Fault: func(err error) { log.Warn("system of record", zap.Error(err)) },
	}, accounts.NewShape(e))
	if err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	return h, nil
}

// AccountShape checks accounts against a configuration, for commands that bring them in.
func AccountShape(cfg config.Config) (*accounts.Shape, error) {
	keys, err := dialog.NewKeyer([]byte(cfg.SecretKey.Reveal()))
	if err != nil {
		return nil, err
	}
	return accounts.NewShape(&dialog.Engine{Settings: settings(cfg), Keys: keys}), nil
}

// newModel is nil when none is configured: the built-in responder does the talking then.
func newModel(c config.LLM) (llm.Model, error) {
	if c.APIKey == "" && c.BaseURL == "" {
		return nil, nil
	}
	m, err := openai.New(openai.Config{BaseURL: c.BaseURL, APIKey: c.APIKey.Reveal(), Model: c.Model, Timeout: time.Duration(c.Timeout)})
	if err != nil {
		return nil, fmt.Errorf("llm: %w", err)
	}
	return m, nil
}

func settings(cfg config.Config) dialog.Settings {
	s := dialog.Settings{
		Actor: cfg.Actor, Profile: cfg.Contact.Profile, Portfolios: map[string]dialog.Portfolio{},
		Brand: dialog.Brand{Name: cfg.Brand.Name, LegalName: cfg.Brand.LegalName, Phone: cfg.Brand.Phone, Mail: cfg.Brand.Mail,
			Assistant: cfg.Brand.Assistant, Licenses: cfg.Brand.Licenses},
		PaymentLink: paymentLink(cfg), Desk: cfg.Desk.Dialog(), Versions: map[string]string{"parley": Version},
	}
	for name, p := range cfg.Portfolios {
		s.Portfolios[name] = portfolio(name, p)
	}
	return s
}

func portfolio(name string, p config.Portfolio) dialog.Portfolio {
	policy := negotiation.Policy{
		// Whether settlements are offered is for the level of now to say; see [dialog.Engine.Level].
		Settlement: negotiation.SettlementPolicy{Enabled: true, Floor: negotiation.Bp(p.Settlement.Floor),
			Open: negotiation.Bp(p.Settlement.Open), ExpiresDays: p.Settlement.ExpiresDays},
		Plan:      negotiation.PlanPolicy{MaxMonths: p.Plan.MaxMonths, MinPayment: p.Plan.MinPayment.Money()},
		Authority: map[string]negotiation.Bp{}, Version: name,
	}
	for role, share := range p.Authority {
		policy.Authority[role] = negotiation.Bp(share)
	}
	levels := map[string]dialog.Level{}
	for capability, level := range p.Autonomy {
		levels[capability] = dialog.Level(level)
	}
	return dialog.Portfolio{Policy: policy, Autonomy: levels}
}

// wireChannels makes the adapters and registers what providers call.
func (g *Gateway) wireChannels(isDemo bool) error {
	chat, err := webchat.New(webchat.Config{
		AllowedOrigins: g.allowedOrigins(), Brand: g.Config.Brand.Name, Assistant: g.Config.Brand.Assistant,
		Phone: g.Config.Brand.Phone, Words: g.words(), Now: g.env.Now, Token: g.openChat,
		Fault: func(op string, err error) { g.log.Warn("webchat", zap.String("op", op), zap.Error(err)) },
	}, feed{g.Record})
	if err != nil {
		return fmt.Errorf("webchat: %w", err)
	}
	g.webchat = chat
	g.add(chat)
	if isDemo {
		g.demo, err = newDemo(g)
		if err != nil {
			return err
		}
	}
	if g.Config.Twilio.AccountSID == "" {
		return g.wireVoice()
	}
	text, err := sms.New(sms.Config{
		AccountSID: g.Config.Twilio.AccountSID, AuthTokens: strings.Split(g.Config.Twilio.AuthToken.Reveal(), ","),
		From: g.Config.Twilio.From, PublicURL: g.Config.PublicURL, APIURL: g.Config.Twilio.APIURL,
		ProviderConfirms: g.Config.Twilio.ProviderConfirms, Now: g.env.Now,
	})
	if err != nil {
		return fmt.Errorf("sms: %w", err)
	}
	g.add(text)
	return g.wireVoice()
}

// banner is the initial disclosure, which stays in sight during a web chat (12 CFR 1006.18(e)).
func banner(lang string, actor compliance.Actor) string {
	by := guard.Wording()[lang]["initial"]
	if s := by[string(actor)]; s != "" {
		return s
	}
	return by["*"]
}

// words are the texts of the widget that depend on who collects.
func (g *Gateway) words() map[string]webchat.Words {
	b := g.Config.Brand
	return map[string]webchat.Words{
		"en": {Greeting: "Hi, I'm " + b.Assistant + ", an AI assistant for " + b.Name + ". How can I help?",
			Banner: banner("en", g.Config.Actor)},
		"es": {Greeting: "Hola, soy " + b.Assistant + ", asistente de inteligencia artificial de " + b.Name + ". ¿En qué puedo ayudarle?",
			Banner: banner("es", g.Config.Actor)},
	}
}

func (g *Gateway) add(c channels.Channel) {
	g.channels[c.Name()] = c
	c.Routes(g.public, g.intake)
}

func (g *Gateway) allowedOrigins() []string {
	origins := append([]string(nil), g.Config.WebChat.AllowedOrigins...)
	if u, err := url.Parse(g.Config.PublicURL); err == nil && u.Host != "" {
		origins = append(origins, u.Scheme+"://"+u.Host)
	}
	return origins
}
