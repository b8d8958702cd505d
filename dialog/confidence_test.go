package dialog

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"parley/dialog/llm"
	"parley/dialog/understand"
)

func TestTheEmbeddedWeightsAreWhole(t *testing.T) {
	t.Parallel()
	c := Calibration()
	if len(c.DataSHA256) != 64 || !strings.HasPrefix(c.Version, "fit-") {
		t.Errorf("version %q, data %q: not fitted", c.Version, c.DataSHA256)
	}
	if c.ActAt <= 0 || c.ActAt >= 1 || c.TrustAt <= 0 || c.TrustAt >= 1 {
		t.Errorf("thresholds %v and %v decide nothing", c.ActAt, c.TrustAt)
	}
}

func TestWeightsThatCantBeUsedAreRefused(t *testing.T) {
	t.Parallel()
	good, err := json.Marshal(Calibration())
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(map[string]any){
		"an unknown key":          func(m map[string]any) { m["temperature"] = 1 },
		"no version":              func(m map[string]any) { m["version"] = "" },
		"a threshold above 1":     func(m map[string]any) { m["act_at"] = 1.5 },
		"a hand-off above acting": func(m map[string]any) { m["hand_off_below"], m["act_at"] = 0.9, 0.5 },
		"no weights":              func(m map[string]any) { m["heard"] = map[string]any{"bias": 0, "weights": map[string]any{}} },
	} {
		m := map[string]any{}
		if err := json.Unmarshal(good, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		src, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadConfidence(src); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestALogisticIsAProbability(t *testing.T) {
	t.Parallel()
	l := Logistic{Bias: -1, Weights: map[string]float64{"a": 2, "b": -3}}
	for _, c := range []struct {
		f    map[string]float64
		want float64
	}{{nil, 0.269}, {map[string]float64{"a": 0.5}, 0.5}, {map[string]float64{"a": 1, "unheard of": 9}, 0.731}, {map[string]float64{"b": 10}, 0.001}, {map[string]float64{"a": 10}, 0.999}} {
		if got := l.Probability(c.f); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", c.f, got, c.want)
		}
	}
}

func TestAnAnswerThatDoesNotAgreeIsTrustedLess(t *testing.T) {
	t.Parallel()
	b := llm.Brief{Language: "en", Heard: understand.Understanding{Intents: []understand.Intent{{Name: understand.AskBalance, Score: 0.9}}}}
	out := func(reply string, cmds ...llm.CommandName) llm.Outcome {
		o := llm.Outcome{Text: reply, Attempts: make([]llm.Attempt, 1)}
		o.Answer.Reply = reply
		for _, c := range cmds {
			o.Answer.Commands = append(o.Answer.Commands, llm.Command{Name: c})
		}
		return o
	}
	c := Calibration()
	good := c.Answered.Probability(answerFeatures(out("Your balance is {balance}.", llm.CmdAnswer), b))
	if good < c.TrustAt {
		t.Errorf("a plain answer has %.3f, below %.2f", good, c.TrustAt)
	}
	for name, o := range map[string]llm.Outcome{
		"an acceptance nobody gave":  out("All set.", llm.CmdAccept),
		"a figure of its own":        out("You owe $37.00.", llm.CmdAnswer),
		"a settlement nobody wanted": out("Let's settle this.", llm.CmdSettle),
	} {
		if p := c.Answered.Probability(answerFeatures(o, b)); p >= good || p >= c.TrustAt {
			t.Errorf("%s has %.3f", name, p)
		}
	}
}

func TestAButtonLeavesNothingToUnderstand(t *testing.T) {
	t.Parallel()
	weigh := func(choice string) Assessment {
		one := &turn{e: &Engine{}, in: Input{Choice: choice}, said: understand.Understanding{Unclear: true}}
		one.conv.Unclear = 1 // the message before was unclear
		one.conv.Table = []Offer{{ID: "t4.a"}, {ID: "t4.b"}}
		return one.weigh()
	}
	if a := weigh("t4.b"); a.Decision != "act" || a.Confidence != 1 {
		t.Errorf("a button of an offer on the table: %s at %.2f", a.Decision, a.Confidence)
	}
	if a := weigh("t3.a"); a.Decision != "ask" {
		t.Errorf("a button of an offer that is gone: %s", a.Decision)
	}
	if a := weigh(""); a.Decision != "hand_off" {
		t.Errorf("no button and nothing heard, twice: %s", a.Decision)
	}
}
