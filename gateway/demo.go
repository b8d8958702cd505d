package gateway

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.uber.org/zap"

	"parley/channels/sms"
	"parley/channels/sms/twiliotest"
	"parley/channels/voice/voicetest"
	"parley/gateway/api"
	"parley/gateway/config"
	"parley/gateway/demo"
)

// The demonstration's own provider account. It is a stand-in and reaches nobody.
const (
	demoAccount = "AC00000000000000000000000000000000"
	demoToken   = "demo-stand-in-token"
	demoNumber  = "+18005550199"
	demoDesk    = "+18005550188"
	demoOrigin  = "http://parley.demo"
)

// DemoConfig is the configuration a demonstration begins with: the sample, with
// a secret kept beside the database and a key for the API.
func DemoConfig() (config.Config, error) {
	return config.Sample(demo.Config)
}

// DemoSecret reads the secret kept beside the database, and makes it the first time.
func DemoSecret(databaseURL string) (config.Secret, error) {
	path := "parley.secret"
	if file, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		path = filepath.Join(filepath.Dir(file), "parley.secret")
	}
	data, err := os.ReadFile(path)
	if err == nil {
		return config.Secret(strings.TrimSpace(string(data))), nil
	}
	if !errors.Is(err, fs.ErrNotExist) { // a new one would make every stored factor useless
		return "", fmt.Errorf("the demonstration's secret: %w", err)
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails, says its documentation
	text := hex.EncodeToString(key)
	if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("the demonstration's secret: %w", err)
	}
	return config.Secret(text), nil
}

// demoGateway is what only a demonstration has: seeded accounts, a stand-in for the SMS
// provider where none is configured, and the page that shows a turn step by step.
type demoGateway struct {
	g *Gateway
	// provider is nil where a real one is configured.
	provider *twiliotest.Server
	// calls is nil where a real carrier, or none, is configured.
	calls *voicetest.Twilio
	page  *demo.Page
}

func newDemo(g *Gateway) (*demoGateway, error) {
	d := &demoGateway{g: g}
	if g.Config.Twilio.AccountSID == "" {
		if err := d.standIn(); err != nil {
			return nil, err
		}
	}
	d.page = demo.NewPage(demo.Deps{
		Record: g.Record, Text: d.text, Provider: d.provider, Calls: d.calls, Number: demoNumber,
		Brand: g.Config.Brand.Name, Assistant: g.Config.Brand.Assistant, Model: g.modelName(), Now: g.env.Now,
	})
	return d, nil
}

func (g *Gateway) modelName() string {
	if g.Engine.Model != nil {
		return g.Engine.Model.Name()
	}
	return g.Engine.BuiltIn.Name()
}

// standIn is an SMS provider in this process, spoken to by the real adapter over
// its real protocol, signatures included.
func (d *demoGateway) standIn() error {
	back := &http.Client{Transport: inProcess{handler: d.g.public}, Timeout: 10 * time.Second}
	d.provider = twiliotest.New(twiliotest.Config{
		AccountSID: demoAccount, AuthToken: demoToken, Numbers: []string{demoNumber}, Pace: 300 * time.Millisecond,
		HTTPClient: back, Now: d.g.env.Now, NewID: randomID,
	})
	channel, err := sms.New(sms.Config{
		AccountSID: demoAccount, AuthTokens: []string{demoToken}, From: demoNumber, PublicURL: demoOrigin,
		HTTPClient: &http.Client{Transport: inProcess{handler: d.provider}}, Now: d.g.env.Now,
	})
	if err != nil {
		return fmt.Errorf("sms stand-in: %w", err)
	}
	d.g.add(channel)
	return d.standInCalls()
}

// standInCalls carries calls in this process: webhooks, and the WebSocket over the
// gateway's own listener, signed as Twilio signs them.
func (d *demoGateway) standInCalls() error {
	d.calls = voicetest.New(voicetest.Config{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoNumber, PublicURL: demo.PublicCalls, First: randomFirst(),
		Client: &http.Client{Transport: inProcess{handler: d.g.public}, Timeout: 10 * time.Second},
	})
	if v := &d.g.Config.Voice; v.AgentNumber == "" && v.WorkflowSID == "" {
		v.AgentNumber = demoDesk
	}
	return d.g.addVoice(line{account: demoAccount, tokens: []string{demoToken}, number: demoNumber, public: demo.PublicCalls,
		client: &http.Client{Transport: inProcess{handler: d.calls}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}})
}

// listening tells the stand-in where the gateway can be reached.
func (d *demoGateway) listening(addr string) {
	if d.calls != nil {
		d.calls.Reach(demo.Address(addr))
	}
}

// text posts a signed webhook as if a telephone had sent a message.
func (d *demoGateway) text(ctx context.Context, from, body string) error {
	answer, err := d.provider.SendInbound(ctx, demoOrigin+"/channels/sms/messages", from, body)
	if err != nil {
		return err
	}
	if answer.Code != http.StatusOK {
		return fmt.Errorf("the gateway answered %d", answer.Code)
	}
	return nil
}

// randomFirst begins the ids of calls anew with each process: the record knows those of earlier ones.
func randomFirst() int {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return int(binary.BigEndian.Uint64(b[:]) >> 2)
}

func randomID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// run closes the stand-in at the end.
func (d *demoGateway) run(ctx context.Context) {
	<-ctx.Done()
	if d.provider != nil {
		d.provider.Close()
	}
	if d.calls != nil {
		d.calls.Close()
	}
}

// Seed puts the demonstration's accounts into the record; those that exist keep what happened to them.
func (g *Gateway) Seed(ctx context.Context) error {
	var accounts []api.AccountIn
	if err := json.Unmarshal(demo.Accounts, &accounts); err != nil {
		return fmt.Errorf("demo accounts: %w", err)
	}
	now := g.env.Now().UTC()
	for _, in := range accounts {
		if _, err := g.Record.Account(ctx, in.ID); err == nil {
			continue
		}
		acc, err := in.Account(g.Engine, now)
		if err != nil {
			return fmt.Errorf("demo account %s: %w", in.ID, err)
		}
		if _, err := g.Record.PutAccount(ctx, acc, now); err != nil {
			return fmt.Errorf("demo account %s: %w", in.ID, err)
		}
	}
	g.log.Info("demo accounts are there", zap.Int("count", len(accounts)))
	if err := g.staff.SeedDemo(ctx, nil); err != nil {
		return fmt.Errorf("demo people: %w", err)
	}
	if err := g.desk.SeedDemo(ctx); err != nil {
		return fmt.Errorf("demo replies: %w", err)
	}
	return nil
}

func (d *demoGateway) routes(mux *http.ServeMux) { d.page.Routes(mux) }

// FillDemo sets what a demonstration makes by itself where nothing is configured.
func FillDemo(cfg config.Config) (config.Config, error) {
	if cfg.SecretKey == "" {
		secret, err := DemoSecret(cfg.DatabaseURL)
		if err != nil {
			return cfg, err
		}
		cfg.SecretKey = secret
	}
	return cfg, nil
}
