package e2e

import (
	"net/http/httptest"
	"testing"
	"time"

	"parley/dialog/llm/llmtest"
)

// model is an endpoint that speaks chat completions, as good or as bad as asked for.
type model struct {
	server *llmtest.Server
	http   *httptest.Server
}

func newModel(t *testing.T, mode string) *model {
	t.Helper()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Mode(mode), Seed: 1, Delay: 3 * time.Second})
	m := &model{server: s, http: httptest.NewServer(s)}
	t.Cleanup(m.http.CloseClientConnections)
	t.Cleanup(func() { go m.http.Close() })
	return m
}

func (m *model) env() []string {
	return []string{"PARLEY_LLM_BASE_URL=" + m.http.URL + "/v1", "PARLEY_LLM_API_KEY=test", "PARLEY_LLM_MODEL=test-model"}
}
