package llmtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
)

// ask posts the sample brief's prompt and gives the answer's content.
func ask(t *testing.T, s *llmtest.Server, b llm.Brief) (int, string) {
	t.Helper()
	r, err := llm.NewRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	messages := []map[string]string{{"role": "system", "content": r.Prompt.System}}
	for _, m := range r.Prompt.Messages {
		messages = append(messages, map[string]string{"role": m.Role, "content": m.Content})
	}
	body, err := json.Marshal(map[string]any{"model": "m", "messages": messages})
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/v1/chat/completions", bytes.NewReader(body)))
	raw, _ := io.ReadAll(rec.Body)
	var got struct {
		Choices []struct{ Message struct{ Content string } }
	}
	_ = json.Unmarshal(raw, &got)
	if len(got.Choices) == 0 {
		return rec.Code, ""
	}
	return rec.Code, got.Choices[0].Message.Content
}

func TestTheIdealModelReadsTheWholeBriefFromThePrompt(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*llm.Brief){
		"as it is": func(*llm.Brief) {},
		"tabled": func(b *llm.Brief) {
			b.Options[1].Tabled, b.Text = true, "yes"
			b.Heard = understand.Parse("yes", "en", b.Today)
		},
		"accepting": func(b *llm.Brief) { b.Options[0].Accepts = true },
		"unverified": func(b *llm.Brief) {
			b.Verified, b.Options, b.Answers, b.Need = false, nil, nil, []string{"zip", "birth_year"}
		},
		"in Spanish": func(b *llm.Brief) { b.Language = "es" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := llmtest.Brief()
			change(&b)
			_, got := ask(t, llmtest.New(llmtest.Config{Mode: llmtest.Ideal}), b)
			want, err := json.Marshal(responder.Answer(b))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheSameSeedPlaysTheSame(t *testing.T) {
	t.Parallel()
	play := func(seed uint64) []string {
		s := llmtest.New(llmtest.Config{Mode: llmtest.Noisy, Noise: 0.5, Seed: seed})
		var out []string
		for range 20 {
			_, content := ask(t, s, llmtest.Brief())
			out = append(out, content)
		}
		return out
	}
	if !slices.Equal(play(1), play(1)) || slices.Equal(play(1), play(2)) {
		t.Error("chance doesn't follow from the seed")
	}
}

func TestNoiseComesAsOftenAsAsked(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Noisy, Noise: 0.3, Seed: 3})
	_, ideal := ask(t, llmtest.New(llmtest.Config{Mode: llmtest.Ideal}), llmtest.Brief())
	broken := 0
	for range 100 {
		if _, got := ask(t, s, llmtest.Brief()); got != ideal {
			broken++
		}
	}
	if broken < 15 || broken > 45 {
		t.Errorf("%d of 100 answers were broken at a noise of 0.3", broken)
	}
}

func TestEveryByteIsKept(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Ideal})
	b := llmtest.Brief()
	b.Text = `a "quoted" <tag> and é`
	ask(t, s, b)
	for _, needle := range []string{`a "quoted" <tag> and é`, "Northwind Bank"} {
		if !s.Contains(needle) {
			t.Errorf("%q isn't found", needle)
		}
	}
	if s.Contains("never said") || len(s.Requests()) != 1 {
		t.Error("something is found that wasn't sent")
	}
}

func TestHostileAnswersAreValid(t *testing.T) {
	t.Parallel()
	for _, mode := range []llmtest.Mode{llmtest.Hostile, llmtest.Adaptive, llmtest.Sycophant} {
		taken := 0
		for seed := range uint64(30) {
			_, raw := ask(t, llmtest.New(llmtest.Config{Mode: mode, Seed: seed}), llmtest.Brief())
			if _, err := llm.Parse([]byte(raw), llmtest.Brief()); err == nil {
				taken++
			}
		}
		if taken < 27 {
			t.Errorf("%s: only %d of 30 answers get as far as the guard", mode, taken)
		}
	}
}

func TestTheAdaptiveModelDropsWhatWasRefused(t *testing.T) {
	t.Parallel()
	s := llmtest.New(llmtest.Config{Mode: llmtest.Adaptive, Seed: 5})
	b := llmtest.Brief()
	first, err := llm.NewRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	_, raw := ask(t, s, b)
	again := llm.RepairRequest(first, []byte(raw), &llm.Error{Kind: llm.Malformed, Reason: "seen through"})
	if !strings.Contains(again.Prompt.Text(), "seen through") {
		t.Fatal("the repair doesn't say why")
	}
	if len(llmtest.Plays()) < 40 {
		t.Errorf("%d plays", len(llmtest.Plays()))
	}
}
