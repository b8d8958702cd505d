package e2e

import (
	"net/http"
	"strings"
	"testing"
)

func TestAStopFinishesTheTurnInHand(t *testing.T) {
	t.Parallel()
	model := newModel(t, "slow")
	p := start(t, model.env()...)
	p.says(angela, "78701")
	n := len(p.replies(angela))
	p.text(angela, "can I pay monthly?")
	p.wait("the model asked", func() bool { return len(model.server.Requests()) > 0 })
	p.stop()
	p.launch()
	p.wait("the answer", func() bool { return len(p.replies(angela)) > n })
	p.says(angela, "thanks")
	if got := len(p.replies(angela)); got != n+2 {
		t.Errorf("%d replies, want %d:\n%s", got, n+2, strings.Join(p.replies(angela), "\n"))
	}
}

func TestHealthReadinessAndMetrics(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.says(angela, "hello")
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/metrics": "parley_turn_seconds_count"} {
		res, err := http.Get("http://" + p.admin + path)
		if err != nil {
			t.Fatal(err)
		}
		body := read(t, res)
		if res.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s answered %d without %q", path, res.StatusCode, want)
		}
		if strings.Contains(body, angela) || strings.Contains(body, "hello") {
			t.Errorf("%s shows a person's number or words", path)
		}
	}
}

func TestTheAPIWantsAKey(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, key := range []string{"", "Bearer wrong", "Basic " + apiKey} {
		req, err := http.NewRequest(http.MethodGet, "http://"+p.admin+"/api/v1/conversations", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body := read(t, res)
		if res.StatusCode != http.StatusUnauthorized || res.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q answered %d %s %s", key, res.StatusCode, res.Header.Get("Content-Type"), body)
		}
	}
}
