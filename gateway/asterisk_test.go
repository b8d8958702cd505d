package gateway

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"go.uber.org/zap"

	"parley/channels/voice/asterisk"
	"parley/gateway/store/sqlite"
)

func TestAnAsteriskInsteadOfTwilioCarriesTheCalls(t *testing.T) {
	t.Parallel()
	cfg, err := DemoConfig()
	if err != nil {
		t.Fatal(err)
	}
	cfg.SecretKey, cfg.PublicURL, cfg.DevClock = "0123456789abcdef", "https://calls.example.com", ""
	cfg.Voice.From = ""
	cfg.Asterisk.Secret, cfg.Asterisk.From = "a secret of 16 bytes", ourPhone
	cfg.Asterisk.STTBaseURL, cfg.Asterisk.TTSBaseURL = "http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1"
	record, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	g, err := New(cfg, record, Options{Log: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{asterisk.EndedPath: http.StatusUnauthorized, "/channels/voice/calls": http.StatusNotFound} {
		w := httptest.NewRecorder()
		g.handler(g.public).ServeHTTP(w, httptest.NewRequest(http.MethodPost, path, nil))
		if w.Code != want {
			t.Errorf("%s answers %d, want %d", path, w.Code, want)
		}
	}
}
