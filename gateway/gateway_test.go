package gateway

import (
	"errors"
	"net"
	"path/filepath"
	"testing"

	"go.uber.org/zap"

	"parley/gateway/store/sqlite"
)

// brokenListener fails as one does whose socket is lost.
type brokenListener struct{ net.Listener }

var errSocket = errors.New("the socket is lost")

func (brokenListener) Accept() (net.Conn, error) { return nil, errSocket }

func TestAListenerThatFailsStopsTheGateway(t *testing.T) {
	t.Parallel()
	cfg, err := DemoConfig()
	if err != nil {
		t.Fatal(err)
	}
	cfg.SecretKey = "a key for this test alone"
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(cfg, record, Options{Log: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	var listeners [2]net.Listener
	for i := range listeners {
		if listeners[i], err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.serve(t.Context(), listeners[0], brokenListener{listeners[1]}, func() {}); !errors.Is(err, errSocket) {
		t.Errorf("it ended with %v", err)
	}
}
