// Package asterisk carries calls over an Asterisk of one's own: its chan_websocket
// (22.8 or later) brings the audio, and any endpoint that serves OpenAI's audio hears
// and speaks.
//
// Asterisk calls us: the dialplan opens the WebSocket, and asks over HTTP what follows
// when it is over. Everything it sends bears the shared secret, as the password of
// HTTP's basic authentication. docs/voice-asterisk.md has the dialplan.
package asterisk

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels"
	"parley/channels/voice"
)

// The paths the carrier registers.
const (
	// MediaPath is the WebSocket.
	MediaPath = "/channels/voice/asterisk"
	// EndedPath is told that a connection is over, and asked what follows.
	EndedPath = "/channels/voice/asterisk/ended"
	// AgentPath is told how handing over ended, StatusPath how far a call is that we placed.
	AgentPath  = "/channels/voice/asterisk/agent"
	StatusPath = "/channels/voice/asterisk/status"
)

// Carrier is an Asterisk. Make one with [New]; it is safe for concurrent use.
type Carrier struct {
	cfg     Config
	ari     *url.URL // nil: no calls are placed
	http    *http.Client
	ours    map[string]bool
	secrets [][sha256.Size]byte

	a *voice.Adapter

	mu    sync.Mutex
	fates map[string]*fate
}

var _ voice.Carrier = (*Carrier)(nil)

// fate is what is to become of a call once its connection is over.
type fate struct {
	at      time.Time
	ended   bool // by us
	handoff string
	tries   int // connections that were lost
}

// Routes registers the WebSocket and what the dialplan asks.
func (k *Carrier) Routes(r channels.Routes, a *voice.Adapter) {
	k.a = a
	r.Handle("GET "+MediaPath, http.HandlerFunc(k.connect))
	for path, answer := range map[string]func(context.Context, voice.Leg, url.Values) (string, error){
		EndedPath: k.sessionEnded, AgentPath: k.agentDone, StatusPath: k.status,
	} {
		r.Handle("POST "+path, k.asked(answer))
	}
}

// knows reports whether a request bears the secret. It is compared in constant time,
// by its hash: not even its length shows.
func (k *Carrier) knows(r *http.Request) bool {
	_, password, ok := r.BasicAuth()
	sum := sha256.Sum256([]byte(password))
	good := 0
	for _, s := range k.secrets {
		good |= subtle.ConstantTimeCompare(sum[:], s[:])
	}
	return ok && password != "" && good == 1
}

func unauthorized(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", `Basic realm="parley"`)
	http.Error(w, "unauthorized", http.StatusUnauthorized)
}

// connect is GET /channels/voice/asterisk: one connection of one call. Which call it
// is stands in the address; who knows the secret is believed.
func (k *Carrier) connect(w http.ResponseWriter, r *http.Request) {
	if !k.knows(r) {
		unauthorized(w)
		return
	}
	query := r.URL.Query()
	leg, err := k.leg(query)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if k.a.Live() >= k.cfg.MaxCalls {
		http.Error(w, "no more calls just now", http.StatusServiceUnavailable)
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil { // Upgrade has answered
		return
	}
	defer ws.Close()
	ws.SetReadLimit(maxMessage)
	start, why := begin(ws)
	if why != "" {
		_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.ClosePolicyViolation, why), time.Now().Add(time.Second))
		return
	}
	leg.Session = start.ChannelID
	leg.Agent = query.Get("agent")
	leg.Resumed = leg.Agent != "" || k.fate(leg.Call).tries > 0
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	_ = k.a.Serve(ctx, leg, newLine(ws, k.cfg.Speech, k.a.Clock(), func(handoff string) { // the dialplan asks how it ended
		k.change(leg.Call, func(f *fate) { f.ended, f.handoff = true, handoff })
	}))
}

// begin reads the first message, which says what audio there is.
func begin(ws *websocket.Conn) (e event, why string) {
	_ = ws.SetReadDeadline(time.Now().Add(startIn))
	kind, b, err := ws.ReadMessage()
	e, ok := parse(b)
	switch {
	case err != nil || kind != websocket.TextMessage || !ok || e.Event != "MEDIA_START":
		return e, "no MEDIA_START in JSON: dial with f(json), Asterisk 22.8 or later"
	case e.Format != "slin16" || e.FrameSize != frameBytes:
		return e, "the audio must be slin16: dial with c(slin16)"
	case !callID.MatchString(e.ChannelID):
		return e, "no channel_id"
	}
	return e, ""
}

var (
	// callID is an Asterisk channel's unique id.
	callID = regexp.MustCompile(`^[A-Za-z0-9._:;-]{1,150}$`)
	// e164 is ITU-T E.164: country code and number, at most 15 digits.
	e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
)

// leg is the call a request is about: call, person, ours, direction.
func (k *Carrier) leg(form url.Values) (voice.Leg, error) {
	leg := voice.Leg{Call: form.Get("call"), Person: form.Get("person"), Ours: form.Get("ours"), Outbound: form.Get("direction") == "outbound"}
	bad := func(field, reason string) (voice.Leg, error) {
		return leg, &channels.InputError{Field: field, Reason: reason}
	}
	switch agent := form.Get("agent"); {
	case !callID.MatchString(leg.Call):
		return bad("call", "is missing or no channel's unique id")
	case !e164.MatchString(leg.Person):
		return bad("person", "is not a telephone number in E.164")
	case !k.ours[leg.Ours]:
		return bad("ours", "is not a number of ours")
	case agent != "" && agentResults[strings.ToUpper(agent)] == "" && agent != "no-answer":
		return bad("agent", "is no result of handing over")
	}
	return leg, nil
}

// Bounds on what is remembered of calls.
const (
	fateFor  = 6 * time.Hour
	maxFates = 20000
)

func (k *Carrier) fate(call string) fate {
	k.mu.Lock()
	defer k.mu.Unlock()
	if f := k.fates[call]; f != nil {
		return *f
	}
	return fate{}
}

func (k *Carrier) change(call string, how func(*fate)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.a.Clock().Now()
	if len(k.fates) >= maxFates/2 {
		for id, f := range k.fates {
			if now.Sub(f.at) > fateFor || len(k.fates) > maxFates {
				delete(k.fates, id)
			}
		}
	}
	f := k.fates[call]
	if f == nil {
		f = &fate{}
		k.fates[call] = f
	}
	f.at = now
	how(f)
}

func (k *Carrier) forget(call string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.fates, call)
}
