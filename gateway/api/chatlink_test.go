package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAChatLinkIsMadeForAnAccount(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account()
	for _, c := range []struct {
		body  string
		lasts time.Duration
	}{{"", 24 * time.Hour}, {"{}", 24 * time.Hour}, {`{"expires_in":600}`, 10 * time.Minute}} {
		code, text := p.call("k1", http.MethodPost, "/accounts/acct-1/chat-link", c.body)
		var got struct {
			URL       string    `json:"url"`
			ExpiresAt time.Time `json:"expires_at"`
		}
		if err := json.Unmarshal(text, &got); err != nil || code != http.StatusCreated || got.URL != "https://x/chat#token=acct-1" || !got.ExpiresAt.Equal(p.now.Add(c.lasts)) {
			t.Errorf("%q: %d %s", c.body, code, text)
		}
	}
	for name, c := range map[string]struct {
		key, account, body string
		code               int
	}{
		"a viewer":         {"k2", "acct-1", "{}", http.StatusForbidden},
		"nobody":           {"k3", "acct-1", "{}", http.StatusUnauthorized},
		"no such account":  {"k1", "acct-9", "{}", http.StatusNotFound},
		"too long":         {"k1", "acct-1", `{"expires_in":604801}`, http.StatusUnprocessableEntity},
		"too short":        {"k1", "acct-1", `{"expires_in":59}`, http.StatusUnprocessableEntity},
		"an unknown field": {"k1", "acct-1", `{"expires":60}`, http.StatusUnprocessableEntity},
	} {
		if code, text := p.call(c.key, http.MethodPost, "/accounts/"+c.account+"/chat-link", c.body); code != c.code || strings.Contains(string(text), "token") {
			t.Errorf("%s: %d %s", name, code, text)
		}
	}
	made := 0
	ledger, err := p.record.Ledger(t.Context(), "", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range ledger {
		if e.Type == "chat_link.made" && e.Who == "human:bank" && strings.Contains(string(e.Body), `"acct-1"`) && !strings.Contains(string(e.Body), "token") {
			made++
		}
	}
	if made != 3 {
		t.Errorf("%d links are recorded", made)
	}
}
