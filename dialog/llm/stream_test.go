package llm_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/responder"
)

func quoteASCII(r rune) string {
	if r1, r2 := utf16.EncodeRune(r); r > 0xFFFF {
		return fmt.Sprintf(`\u%04x\u%04x`, r1, r2)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// scripted is a model that streams fixed chunks, and then ends as it is told.
type scripted struct {
	answers [][]string
	end     error
	calls   *int
}

func (scripted) Name() string { return "scripted" }

func (m scripted) Complete(ctx context.Context, r llm.Request) (llm.Response, error) {
	return m.Stream(ctx, r, func(string) error { return nil })
}

func (m scripted) Stream(_ context.Context, _ llm.Request, more func(string) error) (llm.Response, error) {
	chunks := m.answers[min(*m.calls, len(m.answers)-1)]
	*m.calls++
	resp := llm.Response{FinishReason: "stop", Attempts: 1}
	for _, c := range chunks {
		resp.Raw = append(resp.Raw, c...)
		if err := more(c); err != nil {
			return resp, err
		}
	}
	return resp, m.end
}

func script(end error, answers ...[]string) scripted {
	return scripted{answers: answers, end: end, calls: new(int)}
}

// texts are what was said, checked to be the outcome's text.
func texts(t *testing.T, out llm.Outcome) []string {
	t.Helper()
	var said []string
	for i, p := range out.Said {
		said = append(said, p.Text)
		if p.Index != i {
			t.Errorf("piece %d has the index %d", i, p.Index)
		}
	}
	if strings.Join(said, "") != out.Text {
		t.Errorf("the pieces %q are not the text %q", said, out.Text)
	}
	return said
}

const open = `{"commands":[{"name":"counter","amount":"60"}],"move":"mv-1","reply":"`

func TestAReplyIsSaidWhileItIsWritten(t *testing.T) {
	t.Parallel()
	m := script(nil, []string{open, "I under", "stand. I c", "an do {1.wo", "rds}. Is that", ` all right?"`, `,"confidence":0.7}`})
	var at []int
	out, err := llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(p llm.Piece) error {
		if p.Move != "mv-1" || len(p.Commands) != 1 || p.Fallback || p.By != "scripted" {
			t.Errorf("%+v", p)
		}
		at = append(at, strings.Count(p.Draft, ""))
		return nil
	})
	if err != nil || out.Fallback || out.By != "scripted" || out.Answer.Confidence == nil {
		t.Fatalf("%v %+v", err, out)
	}
	want := []string{"I understand. ", "I can do 12 monthly payments from December 4, 2026: 11 of $103.33 and a last one of $103.37. ", "Is that all right?"}
	if diff := cmp.Diff(want, texts(t, out)); diff != "" || len(at) != 3 {
		t.Error(diff)
	}
}

func TestNothingIsSaidBeforeItIsKnownWhatIsDone(t *testing.T) {
	t.Parallel()
	whole := `{"reply":"Hello. {words}. Bye.","move":"mv-1","commands":[]}`
	var chunks []string
	for _, r := range whole {
		chunks = append(chunks, string(r))
	}
	out, err := llm.DecideStream(t.Context(), script(nil, chunks), responder.Model{}, llmtest.Brief(), func(p llm.Piece) error {
		if p.Move != "mv-1" {
			t.Errorf("a piece with the move %q", p.Move)
		}
		return nil
	})
	if err != nil || len(texts(t, out)) != 3 || out.Fallback {
		t.Errorf("%v, %d pieces", err, len(out.Said))
	}
}

func TestWhileNothingIsSaidAModelIsRepairedOrStoodInFor(t *testing.T) {
	t.Parallel()
	good := []string{`{"commands":[],"move":"","reply":"Hello there."}`}
	for _, c := range []struct {
		name   string
		answer string
		repair bool
	}{
		{"a move that isn't there", `{"commands":[],"move":"mv-9","reply":"Hi. And more. And`, true},
		{"a command nobody knows", `{"commands":[{"name":"wire_money"}],"move":"","reply":"Hi. There. `, true},
		{"an amount nobody said", `{"commands":[{"name":"counter","amount":"7"}],"move":"","reply":"Hi. There. `, true},
		{"markup in the first sentence", `{"commands":[],"move":"","reply":"<b>Hi.</b> There. `, true},
		{"an unknown placeholder in the first sentence", `{"commands":[],"move":"","reply":"The floor is {floor}. There. `, true},
		{"an empty reply", `{"commands":[],"move":"","reply":"  "}`, true},
		{"prose", `Sure! I can. Do that.`, true},
		{"a reply before a move that isn't there", `{"reply":"Hi. There.","move":"mv-9","commands":[]}`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := script(nil, []string{c.answer}, good)
			out, err := llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(llm.Piece) error { return nil })
			if err != nil || !out.Repaired || !slices.Equal(texts(t, out), []string{"Hello there."}) {
				t.Errorf("%v, repaired %v, said %q", err, out.Repaired, texts(t, out))
			}
			m = script(nil, []string{c.answer})
			out, err = llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(p llm.Piece) error {
				if !p.Fallback || p.By != responder.Name {
					t.Errorf("%+v", p)
				}
				return nil
			})
			if err != nil || !out.Fallback || out.By != responder.Name || len(texts(t, out)) == 0 || *m.calls != 2 {
				t.Errorf("%v, fallback %v, %d calls", err, out.Fallback, *m.calls)
			}
		})
	}
}

func TestAfterTheFirstSentenceThereIsNoWayBack(t *testing.T) {
	t.Parallel()
	cut := &llm.Error{Kind: llm.Unavailable, Reason: "stream broke"}
	for _, c := range []struct {
		name, answer string
		end          error
		kind         llm.Kind
	}{
		{"a stream that is cut", `{"commands":[],"move":"","reply":"I see. And then`, cut, llm.Unavailable},
		{"an unknown placeholder later", `{"commands":[],"move":"","reply":"I see. It is {floor}. More."}`, nil, llm.Malformed},
		{"markup later", `{"commands":[],"move":"","reply":"I see. <script>x</script> More."}`, nil, llm.Malformed},
		{"a reply too long", `{"commands":[],"move":"","reply":"I see. ` + strings.Repeat("More words here. ", 40) + `"}`, nil, llm.Malformed},
		{"an offer whose terms are never said", `{"commands":[],"move":"mv-1","reply":"I see. It's a deal."}`, nil, llm.Malformed},
		{"an unknown field at the end", `{"commands":[],"move":"","reply":"I see. Well.","floor":1}`, nil, llm.Malformed},
		{"a second object", `{"commands":[],"move":"","reply":"I see. Well."}{}`, nil, llm.Malformed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := script(c.end, strings.Split(c.answer, ""))
			out, err := llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(llm.Piece) error { return nil })
			if llm.KindOf(err) != c.kind || *m.calls != 1 || out.Fallback || out.By != "scripted" {
				t.Errorf("%v, %d calls, by %s", err, *m.calls, out.By)
			}
			said := texts(t, out)
			if len(said) == 0 || said[0] != "I see. " || out.Answer.Reply == "" || strings.ContainsAny(out.Text, "<>{}") {
				t.Errorf("said %q", said)
			}
		})
	}
}

func TestARefusedSentenceDropsTheRest(t *testing.T) {
	t.Parallel()
	refused := errors.New("OD-THREAT-01")
	for n := range 3 {
		m := script(nil, []string{`{"commands":[],"move":"","reply":"One. `, `Two. Three. `, `Four."}`})
		out, err := llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(p llm.Piece) error {
			if p.Index == n {
				return refused
			}
			return nil
		})
		if err != refused || len(texts(t, out)) != n || *m.calls != 1 || out.Fallback || len(out.Attempts) != 1 {
			t.Errorf("%v after %d sentences and %d calls", err, len(out.Said), *m.calls)
		}
	}
}

func TestAModelThatCanNotStreamIsSaidInPieces(t *testing.T) {
	t.Parallel()
	type plain struct{ llm.Model }
	out, err := llm.DecideStream(t.Context(), plain{script(nil, []string{`{"commands":[],"move":"","reply":"One. Two."}`})}, responder.Model{}, llmtest.Brief(), func(llm.Piece) error { return nil })
	if err != nil || !slices.Equal(texts(t, out), []string{"One. ", "Two."}) {
		t.Errorf("%v %q", err, texts(t, out))
	}
	out, err = llm.DecideStream(t.Context(), plain{script(nil, []string{`{"commands":[],"move":"mv-1","reply":"One. It's a deal."}`})}, responder.Model{}, llmtest.Brief(), func(llm.Piece) error { return nil })
	if err != nil || !out.Fallback {
		t.Errorf("an answer that is known to be bad was said: %v, by %s", err, out.By)
	}
}

func TestAStreamedTurnIsAlwaysAnsweredOrCutShort(t *testing.T) {
	t.Parallel()
	for _, mode := range llmtest.Modes {
		t.Run("with a model in mode "+string(mode), func(t *testing.T) {
			t.Parallel()
			s, m := endpoint(t, llmtest.Config{Mode: mode, Seed: 7, Noise: 1})
			for range 3 {
				out, err := llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(p llm.Piece) error {
					if p.Text == "" || strings.ContainsAny(p.Text, "{}") {
						t.Errorf("%q is said", p.Text)
					}
					return nil
				})
				if said := texts(t, out); len(said) == 0 || err != nil && out.Fallback || err == nil && out.Fallback != (out.By == responder.Name) {
					t.Errorf("%d pieces by %s, fallback %v, %v", len(said), out.By, out.Fallback, err)
				}
			}
			if s.Contains("floor") {
				t.Error("the prompt holds a floor")
			}
		})
	}
}

func TestOnlyTheFirstSentenceOfALateHarmIsOutBeforeItCanBeSeen(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		_, m := endpoint(t, llmtest.Config{Mode: llmtest.LateHarm, Seed: seed})
		harm := errors.New("harm")
		out, err := llm.DecideStream(t.Context(), m, responder.Model{}, llmtest.Brief(), func(p llm.Piece) error {
			if p.Index > 0 {
				return harm
			}
			return nil
		})
		if err != nil && err != harm && llm.KindOf(err) != llm.Malformed || out.By != responder.Name && !slices.Equal(texts(t, out), []string{"I understand. "}) {
			t.Errorf("seed %d: %v, %q", seed, err, texts(t, out))
		}
	}
}
