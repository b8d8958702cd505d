package openai_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/openai"
)

// stream reads a stream to its end and gives its pieces.
func stream(t *testing.T, cl *openai.Client) ([]string, llm.Response, error) {
	t.Helper()
	var pieces []string
	resp, err := cl.Stream(t.Context(), request(t), func(s string) error { pieces = append(pieces, s); return nil })
	return pieces, resp, err
}

func TestWhatAnEndpointCanNotStreamIsFoundOnceAndRemembered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		config llmtest.Config
		calls  int // of the first stream
		whole  bool
	}{
		{"one that knows everything", llmtest.Config{}, 1, false},
		{"one that knows objects only", llmtest.Config{Formats: []string{"json_object"}}, 2, false},
		{"one that knows no format", llmtest.Config{Formats: []string{}}, 3, false},
		{"one that doesn't say which format it refuses", llmtest.Config{Formats: []string{}, Mute: true}, 3, false},
		{"one that doesn't count tokens", llmtest.Config{Refuses: []string{"stream_options"}}, 2, false},
		{"one that can't stream", llmtest.Config{Refuses: []string{"stream"}}, 2, true},
		{"one that answers whole", llmtest.Config{Whole: true}, 2, true},
		{"one that knows next to nothing", llmtest.Config{Refuses: []string{"stream_options", "stream"}, Formats: []string{}}, 5, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.config.Mode = llmtest.Ideal
			s := llmtest.New(c.config)
			cl := client(t, config(serve(t, s)))
			for i := range 2 {
				pieces, resp, err := stream(t, cl)
				if err != nil || (len(pieces) == 1) != c.whole || strings.Join(pieces, "") != string(resp.Raw) {
					t.Fatalf("%v; %d pieces", err, len(pieces))
				}
				if want := 1; i == 1 && resp.Attempts != want || i == 0 && resp.Attempts != c.calls {
					t.Errorf("stream %d took %d calls, want %d the first time", i, resp.Attempts, c.calls)
				}
				if counted := resp.OutputTokens > 0; counted == slices.Contains(c.config.Refuses, "stream_options") && !c.whole {
					t.Errorf("%d tokens", resp.OutputTokens)
				}
			}
		})
	}
}

func TestAStreamIsAskedForAgainOnlyWhileNothingCame(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Ideal, FailFirst: 1, LogProb: -0.25})
	c := config(serve(t, s))
	c.LogProbs = true
	pieces, resp, err := stream(t, client(t, c))
	if err != nil || resp.Attempts != 2 || len(pieces) < 5 || resp.LogProb == nil || *resp.LogProb != -0.25 || resp.Model != "small-1" {
		t.Errorf("%v after %d attempts, %+v", err, resp.Attempts, resp)
	}
	s = llmtest.New(llmtest.Config{Mode: llmtest.Cut})
	pieces, resp, err = stream(t, client(t, config(serve(t, s))))
	if llm.KindOf(err) != llm.Unavailable || len(pieces) == 0 || resp.Attempts != 1 || len(s.Requests()) != 1 {
		t.Errorf("%v, %d pieces after %d attempts", err, len(pieces), resp.Attempts)
	}
}

func TestACallerWhoHasHeardEnoughDoesNotOpenTheBreaker(t *testing.T) {
	t.Parallel()
	c := config(serve(t, llmtest.New(llmtest.Config{Mode: llmtest.Ideal})))
	c.BreakerFailures = 1
	cl := client(t, c)
	enough := errors.New("enough")
	for range 3 {
		if resp, err := cl.Stream(t.Context(), request(t), func(string) error { return enough }); err != enough || resp.Attempts != 1 || cl.Open() {
			t.Errorf("%v after %d attempts, open %v", err, resp.Attempts, cl.Open())
		}
	}
}

func TestAStreamThatBreaksSpeaksAgainstTheEndpoint(t *testing.T) {
	t.Parallel()
	c := config(serve(t, llmtest.New(llmtest.Config{Mode: llmtest.Cut})))
	c.BreakerFailures = 2
	cl := client(t, c)
	for range 2 {
		_, _, _ = stream(t, cl)
	}
	if !cl.Open() {
		t.Error("the breaker stays closed")
	}
}
