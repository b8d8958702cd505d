package llm_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/openai"
	"parley/dialog/llm/responder"
)

func endpoint(t *testing.T, c llmtest.Config) (*llmtest.Server, llm.Model) {
	t.Helper()
	s := llmtest.New(c)
	srv := httptest.NewServer(s)
	t.Cleanup(func() { srv.CloseClientConnections(); srv.Close() })
	patience := llmtest.Long
	if c.Mode == llmtest.Hang || c.Mode == llmtest.Stall || c.Mode == llmtest.RateLimit {
		patience = llmtest.Short
	}
	m, err := openai.New(openai.Config{BaseURL: srv.URL + "/v1", Model: "small-1", Timeout: patience, AttemptTimeout: patience, MaxAttempts: 2, Backoff: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

func TestATurnIsAlwaysAnswered(t *testing.T) {
	t.Parallel()
	for _, mode := range llmtest.Modes {
		t.Run("with a model in mode "+string(mode), func(t *testing.T) {
			t.Parallel()
			s, m := endpoint(t, llmtest.Config{Mode: mode, Seed: 7, Noise: 1})
			for range 3 {
				out, err := llm.Decide(t.Context(), m, responder.Model{}, llmtest.Brief())
				if err != nil || out.Text == "" || strings.ContainsAny(out.Text, "{}") {
					t.Fatalf("%q, %v", out.Text, err)
				}
				if out.Fallback != (out.By == responder.Name) {
					t.Errorf("by %s, fallback %v", out.By, out.Fallback)
				}
				if len(out.Attempts) > 3 {
					t.Errorf("%d attempts", len(out.Attempts))
				}
				if out.Answer.Move != "" && !slices.Contains([]string{"mv-1", "mv-2"}, out.Answer.Move) {
					t.Errorf("move %q", out.Answer.Move)
				}
			}
			if s.Contains("floor") || !s.Contains(llmtest.Secret) {
				t.Error("the prompt holds a floor, or not the person's words")
			}
		})
	}
}

func TestARefusedAnswerIsRepairedOnce(t *testing.T) {
	t.Parallel()
	s, m := endpoint(t, llmtest.Config{Mode: llmtest.Malformed})
	out, err := llm.Decide(t.Context(), m, responder.Model{}, llmtest.Brief())
	if err != nil || !out.Fallback || len(s.Requests()) != 2 {
		t.Fatalf("%v, fallback %v, %d requests", err, out.Fallback, len(s.Requests()))
	}
	if got := []string{out.Attempts[0].Purpose, out.Attempts[1].Purpose, out.Attempts[2].Model}; !slices.Equal(got, []string{"decide", "repair", responder.Name}) {
		t.Errorf("attempts %v", got)
	}
	if !s.Contains("That answer can't be used") {
		t.Error("the model isn't told why")
	}
}

func TestAFailingEndpointIsNotAskedToRepair(t *testing.T) {
	t.Parallel()
	s, m := endpoint(t, llmtest.Config{Mode: llmtest.Denied})
	out, err := llm.Decide(t.Context(), m, responder.Model{}, llmtest.Brief())
	if err != nil || !out.Fallback || len(s.Requests()) != 1 || out.Attempts[0].Kind != llm.Refused {
		t.Errorf("%v, fallback %v, %d requests, %+v", err, out.Fallback, len(s.Requests()), out.Attempts)
	}
}

func TestWithoutAModelTheResponderIsNoFallback(t *testing.T) {
	t.Parallel()
	out, err := llm.Decide(t.Context(), nil, responder.Model{}, llmtest.Brief())
	if err != nil || out.Fallback || out.By != responder.Name || len(out.Attempts) != 1 || out.Prompt.Version == "" {
		t.Errorf("%+v %v", out, err)
	}
}

func TestABriefTooLongForThePromptIsAnsweredByTheFallback(t *testing.T) {
	t.Parallel()
	s, m := endpoint(t, llmtest.Config{Mode: llmtest.Ideal})
	b := llmtest.Brief()
	b.MustSay = []string{strings.Repeat("word ", 4000)}
	out, err := llm.Decide(t.Context(), m, responder.Model{}, b)
	if err != nil || !out.Fallback || out.By != responder.Name || len(s.Requests()) != 0 {
		t.Errorf("%v by %s after %d requests", err, out.By, len(s.Requests()))
	}
}

func TestADeadlineThatIsUsedUpDoesNotTakeTheAnswerWithIt(t *testing.T) {
	t.Parallel()
	_, m := endpoint(t, llmtest.Config{Mode: llmtest.Ideal})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out, err := llm.Decide(ctx, m, responder.Model{}, llmtest.Brief())
	if err != nil || !out.Fallback || out.Text == "" || out.Attempts[0].Kind != llm.Timeout {
		t.Errorf("%+v %v", out, err)
	}
}
