package api_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/dialog"
)

// waits has a web chat wait for a human under the hand-off "h-1".
func (p *till) waits() {
	p.Helper()
	c := dialog.Conversation{ID: "cv-2", Channel: "webchat", Address: "wc2", Control: dialog.ControlBot, Mode: dialog.ModeAuto, Language: "en"}
	err := p.record.Update(p.Context(), c.ID, &c, p.now, func(s dialog.Snapshot) (dialog.Effects, error) {
		h := &dialog.Handoff{ID: "h-1", Conversation: c.ID, Since: p.now, Reasons: []dialog.Reason{{Code: "requested_human"}}}
		conv := s.Conversation
		conv.Control, conv.Handoff = dialog.ControlQueued, h
		conv.Epoch++
		return dialog.Effects{Conversation: conv, Handoff: h}, nil
	})
	if err != nil {
		p.Fatal(err)
	}
}

// does posts to the hand-off and gives the status and the body.
func (p *till) does(key, what, body string) (int, string) {
	p.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/v1/handoffs/h-1/"+what, bytes.NewBufferString(body))
	r.Header.Set("Authorization", "Bearer "+key)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	p.mux.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func TestAHeldHandOffComesBackFromWhoeverHoldsIt(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.waits()
	for _, step := range []struct {
		key, what, body string
		status          int
		says            string
	}{
		{"k2", "claim", "", http.StatusForbidden, "viewer"},
		{"ka", "claim", "", http.StatusOK, `"holder":"ada"`},
		{"kb", "claim", "", http.StatusConflict, `"holder":"ada"`},
		{"kb", "release", "", http.StatusConflict, "ada has the conversation"},
		{"ka", "transfer", `{"to":"nobody"}`, http.StatusOK, `"holder":"ada"`},
		{"kb", "claim", "", http.StatusConflict, `"holder":"ada"`},
		{"ks", "transfer", `{"to":"bob"}`, http.StatusOK, `"holder":"bob"`},
		{"ka", "release", "", http.StatusConflict, "bob has the conversation"},
		{"kb", "transfer", `{"to":"ada"}`, http.StatusOK, `"holder":"bob"`},
		{"ka", "claim", "", http.StatusOK, `"holder":"ada"`},
		{"ks", "release", "", http.StatusOK, `"holder":null`},
		{"ks", "release", "", http.StatusConflict, "the conversation is queued"},
		{"kb", "claim", "", http.StatusOK, `"holder":"bob"`},
		{"kb", "resolve", `{"disposition":"no_resolution"}`, http.StatusOK, `"resolved_at"`},
		{"ks", "release", "", http.StatusConflict, "has ended"},
	} {
		if status, out := p.does(step.key, step.what, step.body); status != step.status || !strings.Contains(out, step.says) {
			t.Fatalf("%s %s %s answered %d %s, want %d with %q", step.key, step.what, step.body, status, out, step.status, step.says)
		}
	}
}
