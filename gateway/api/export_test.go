package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"parley/channels"
	"parley/dialog"
	"parley/gateway/api"
	"parley/gateway/casefile"
	"parley/gateway/config"
	"parley/gateway/store"
	"parley/gateway/store/sqlite"
)

var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// served is the API over a record with one conversation, cv_1.
func served(t *testing.T) (http.Handler, store.Store) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	_, err = db.Accept(t.Context(), store.Arrival{
		In:  channels.Inbound{Channel: "sms", ProviderID: "SM1", From: "+15125550123", To: "+15125550100", Text: "how much?", ReceivedAt: noon},
		New: dialog.Conversation{ID: "cv_1", Language: "en"}, MessageID: "m1", Input: dialog.Input{At: noon},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := &api.API{Record: db, Env: dialog.Env{Now: func() time.Time { return noon.Add(time.Hour) }}, Version: "test",
		Keys: []config.APIKey{{Name: "lee", Key: "audit-key", Role: "compliance"}}}
	mux := http.NewServeMux()
	a.Register(mux)
	return mux, db
}

func get(t *testing.T, h http.Handler, path, key string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestTheCaseFileIsHandedOutAndTheReadingRecorded(t *testing.T) {
	t.Parallel()
	h, record := served(t)
	if w := get(t, h, "/api/v1/conversations/cv_1/export", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("without a key: %d", w.Code)
	}
	before, err := record.Ledger(t.Context(), "cv_1", 0, 100)
	if err != nil || len(before) != 1 {
		t.Fatalf("%d entries, %v: one that may not read has left a trace", len(before), err)
	}
	w := get(t, h, "/api/v1/conversations/cv_1/export", "audit-key")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
	var file casefile.File
	if err := json.Unmarshal(w.Body.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	last := file.Ledger[len(file.Ledger)-1]
	if file.MadeBy != "lee" || len(file.Messages) != 1 || last.Type != store.EventRecordRead || last.Who != "human:lee" || !last.At.Equal(noon.Add(time.Hour)) {
		t.Errorf("made for %s, the last entry is %+v", file.MadeBy, last)
	}
	if w := get(t, h, "/api/v1/conversations/none/export", "audit-key"); w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
