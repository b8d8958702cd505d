// Package relay carries calls over Twilio's ConversationRelay: Twilio hears and
// speaks, we exchange text with it over a WebSocket.
//
// Every request, the WebSocket's handshake included, must bear Twilio's signature;
// the connection must also bring the token that was handed out for that call, once.
// A connection that is lost in the middle of a call is asked for again, and a call
// that should go to a human whom nobody reaches comes back.
package relay

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/channels"
	"parley/channels/twilioapi"
	"parley/channels/voice"
)

// The paths the carrier registers, below [Config.PublicURL].
const (
	// CallsPath is asked what to do with a call: one that comes in (set it as the
	// number's voice webhook) or one we placed.
	CallsPath = "/channels/voice/calls"
	// RelayPath is the WebSocket.
	RelayPath = "/channels/voice/relay"
	// EndedPath is told that a connection is over, and asked what follows.
	EndedPath = "/channels/voice/ended"
	// AgentPath is told how handing over ended, WhisperPath asked what the agent hears first.
	AgentPath   = "/channels/voice/agent"
	WhisperPath = "/channels/voice/whisper"
	// StatusPath is told how far a call is.
	StatusPath = "/channels/voice/status"
)

// Carrier is Twilio. Make one with [New]; it is safe for concurrent use.
type Carrier struct {
	cfg       Config
	api       *url.URL
	http      *http.Client
	publicURL string
	ours      map[string]bool
	tokens    [][]byte
	keys      [][]byte // of our own tokens, one for each of Twilio's

	a *voice.Adapter

	mu   sync.Mutex
	used map[string]time.Time // tokens that were shown, until they expire
}

var (
	_ voice.Carrier  = (*Carrier)(nil)
	_ voice.Recorder = (*Carrier)(nil)
)

// upgrader takes any origin: a browser can't sign the handshake.
var upgrader = websocket.Upgrader{
	HandshakeTimeout: 5 * time.Second, ReadBufferSize: 2048, WriteBufferSize: 2048,
	CheckOrigin: func(*http.Request) bool { return true },
}

// Routes registers the webhooks and the WebSocket.
func (k *Carrier) Routes(r channels.Routes, a *voice.Adapter) {
	k.a = a
	for path, answer := range map[string]func(context.Context, *request) (string, error){
		CallsPath: k.incoming, EndedPath: k.sessionEnded, AgentPath: k.agentDone, WhisperPath: k.whisper, StatusPath: k.status,
	} {
		r.Handle("POST "+path, k.signed(path, answer))
	}
	r.Handle("GET "+RelayPath, http.HandlerFunc(k.connect))
}

func (k *Carrier) now() time.Time { return k.a.Clock().Now() }

// service is Twilio's generated client, making its calls under ctx. The answer to
// the last call is noted in the returned caller.
func (k *Carrier) service(ctx context.Context) (*openapi.ApiService, *twilioapi.Caller) {
	c := twilioapi.New(ctx, twilioapi.Account{SID: k.cfg.AccountSID, Token: k.cfg.AuthTokens[0], API: k.api, HTTP: k.http, Now: k.now})
	return openapi.NewApiService(c.Handler()), c
}
