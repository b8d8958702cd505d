package relay

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/channels/channeltest"
	"parley/channels/voice/linetest"
	"parley/channels/voice/voicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// openLine connects Twilio's stand-in to a bare connection, with nobody behind it.
func openLine(tb testing.TB) linetest.Line {
	tb.Helper()
	conns := make(chan *conn, 1)
	over := make(chan string, 1)
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	mux.HandleFunc("POST "+CallsPath, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<Response><Connect action="`+server.URL+EndedPath+`"><ConversationRelay url="ws`+server.URL[len("http"):]+RelayPath+`"/></Connect></Response>`)
	})
	mux.HandleFunc("POST "+EndedPath, func(w http.ResponseWriter, r *http.Request) {
		select {
		case over <- r.PostFormValue("HandoffData"):
		default:
		}
		_, _ = io.WriteString(w, `<Response/>`)
	})
	var serving sync.WaitGroup
	release := make(chan struct{})
	mux.HandleFunc("GET "+RelayPath, func(w http.ResponseWriter, r *http.Request) {
		serving.Add(1)
		defer serving.Done()
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		if _, _, err := ws.ReadMessage(); err == nil { // the setup
			conns <- &conn{ws: ws, langs: Speech{Language: "en-US"}.codes()}
		}
		<-release
	})
	client := &http.Client{Transport: channeltest.Guard(), Timeout: 20 * time.Second}
	twilio := voicetest.New(voicetest.Config{AccountSID: "AC1", AuthToken: "t", Number: "+15125550100", PublicURL: server.URL, Client: client})
	tb.Cleanup(func() {
		close(release)
		twilio.Close()
		serving.Wait()
		server.Close()
		client.CloseIdleConnections()
	})
	peers := make(chan *voicetest.Peer, 1)
	serving.Go(func() { // connecting ends when the connection is read; a case that drops it is not for calling
		p, _ := twilio.Call(context.Background(), "+15125550123")
		peers <- p
	})
	line := linetest.Line{Transport: <-conns}
	peer := sync.OnceValue(func() *voicetest.Peer { return <-peers })
	do := func(f func(*voicetest.Peer) error) {
		if err := f(peer()); err != nil {
			tb.Error(err)
		}
	}
	listened := sync.OnceFunc(func() {
		if _, err := peer().Listen(tb.Context()); err != nil {
			tb.Error(err)
		}
	})
	line.Begin = func() { listened(); do(func(p *voicetest.Peer) error { return p.PlayWords(1) }) }
	line.Play = func() { listened(); do((*voicetest.Peer).PlayAll) }
	line.Speak = func(s string) { do(func(p *voicetest.Peer) error { return p.Speak(context.Background(), s) }) }
	line.Press = func(s string) { do(func(p *voicetest.Peer) error { return p.Press(s) }) }
	line.HangUp = func() { do(func(p *voicetest.Peer) error { return p.HangUp(context.Background()) }) }
	line.Heard = func() string { return peer().Heard() }
	line.Handoff = func() string { return <-over }
	return line
}

func TestConformance(t *testing.T) {
	t.Parallel()
	linetest.Conformance(t, openLine)
}
