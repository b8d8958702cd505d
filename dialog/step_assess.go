package dialog

import (
	"context"
	"math"
	"slices"
	"strings"

	"parley/compliance/inbound"
	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
)

// maxUnclear is how many messages in a row may be unclear before a human looks.
const maxUnclear = 2

// Assessment is what the turn is sure enough to do, and why. It is the output of
// step assess in the trace.
type Assessment struct {
	// Of is what was assessed: "heard" or "answered".
	Of         string             `json:"of"`
	Confidence float64            `json:"confidence"`
	Features   map[string]float64 `json:"features"`
	Decision   string             `json:"decision"` // act, ask, hand_off; of an answer: use, set_aside
	// Weights is the version of the weights.
	Weights string `json:"weights"`
}

// What is assessed.
const (
	OfHeard    = "heard"
	OfAnswered = "answered"
)

// assess turns features into a confidence and decides: act, ask, or hand off.
func (t *turn) assess() bool {
	a, err := step(t, StepAssess, nil, func(context.Context) (Assessment, error) { return t.weigh(), nil },
		func(a Assessment) any { return a })
	if err != nil {
		t.handOff(Reason{Code: "assess_failed"}, 1)
		return false
	}
	t.conv.Confidence = a.Confidence
	switch a.Decision {
	case "hand_off":
		t.mark(StepHandoff)
		t.handOff(Reason{Code: "low_confidence", Confidence: a.Confidence, Detail: "The message was not understood well enough."}, 0)
		return false
	case "ask":
		t.conv.Unclear++
		if t.conv.Unclear >= maxUnclear+1 {
			t.mark(StepHandoff)
			t.handOff(Reason{Code: "low_confidence", Confidence: a.Confidence, Detail: "Several messages in a row were not understood."}, 0)
			return false
		}
	default:
		t.conv.Unclear = 0
	}
	return true
}

// weigh assesses what was heard.
func (t *turn) weigh() Assessment {
	c := t.e.confidence()
	a := Assessment{Of: OfHeard, Features: t.heardFeatures(), Decision: "act", Weights: c.Version}
	a.Confidence = c.Heard.Probability(a.Features)
	switch {
	case t.pressed():
		a.Confidence = 1
	case a.Confidence < c.HandOffBelow && t.conv.Unclear > 0 && t.in.Choice == "":
		a.Decision = "hand_off"
	case a.Confidence < c.ActAt || (t.said.Unclear && t.in.Choice == ""):
		a.Decision = "ask"
	}
	return a
}

// pressed: the person took one of the offers on the table by its button, which
// leaves nothing to understand. There are no words in it to be unsure of.
func (t *turn) pressed() bool {
	return slices.ContainsFunc(t.conv.Table, func(o Offer) bool { return o.ID == t.in.Choice })
}

// heardFeatures are what tells whether the rules understood the message. They
// cost nothing and need no model.
func (t *turn) heardFeatures() map[string]float64 {
	u := t.said
	return map[string]float64{
		"margin": u.Margin, "top": topScore(u), "intents": math.Min(float64(len(u.Intents)), 4), "unclear": yes(u.Unclear),
		"unclear_before": math.Min(float64(t.conv.Unclear), 3), "choice": yes(t.in.Choice != ""), "courtesy": yes(courtesy(u)),
		"asks":       yes(len(u.Asks) > 0 && !t.figureUnheard()), // an ask without its figure is none
		"answers_us": yes(t.conv.Pending != "" && (u.Surplus != nil || u.Payday != "" || len(u.Amounts)+len(u.Dates) > 0)),
		"doubtful":   yes(slices.ContainsFunc(slices.Concat(u.Amounts, u.Dates), func(m understand.Mention) bool { return m.Role == "invalid" || m.Role == "past" })),
		"correction": yes(u.Correction), "long": yes(len(t.in.Text) > 120),
		"repeated": yes(t.repeatedQuestion()), "distress": yes(t.hears(inbound.Vulnerable) || t.hears(inbound.Hardship)),
		"likely": yes(topScore(u) >= 0.6), "likelier": yes(topScore(u) >= 0.72), "likeliest": yes(topScore(u) >= 0.85),
		"torn": yes(len(u.Intents) > 1 && u.Margin < 0.2), "figure_unheard": yes(t.figureUnheard()), "figure_tiny": yes(t.figureTiny()),
		"law_by_classifier": yes(slices.ContainsFunc(t.heard.Hits, func(h inbound.Hit) bool { return h.By == inbound.ByClassifier })),
	}
}

// courtesy reports that a greeting or thanks is what was heard, if anything: they are
// said in few ways, and score no higher than a guess at something that matters would.
func courtesy(u understand.Understanding) bool {
	return len(u.Intents) > 0 && (u.Intents[0].Name == understand.Greeting || u.Intents[0].Name == understand.Thanks)
}

// figureUnheard reports digits in the message that nothing heard accounts for.
func (t *turn) figureUnheard() bool {
	u := t.said
	return strings.ContainsAny(t.in.Text, "0123456789") && len(u.Amounts)+len(u.Dates) == 0 && u.Choice == 0 && u.Surplus == nil && u.Factors.Empty()
}

// figureTiny reports an amount so small that it may be the number of an offer.
func (t *turn) figureTiny() bool {
	return len(t.conv.Table) > 0 && slices.ContainsFunc(t.said.Amounts, func(m understand.Mention) bool {
		return m.Money.Minor <= int64(100*len(t.conv.Table))
	})
}

func topScore(u understand.Understanding) float64 {
	if len(u.Intents) == 0 {
		return 0
	}
	return u.Intents[0].Score
}

// repeatedQuestion reports whether our last two messages said the same: we are going round in circles.
func (t *turn) repeatedQuestion() bool {
	var last []string
	for i := len(t.snap.Recent) - 1; i >= 0 && len(last) < 2; i-- {
		if m := t.snap.Recent[i]; m.Direction == "out" && m.From == "bot" {
			last = append(last, m.Text)
		}
	}
	return len(last) == 2 && last[0] == last[1]
}

// trust assesses a model's answer before its words are used, and records it. An
// answer that is not trusted is set aside; the built-in responder's is taken.
func (t *turn) trust(out llm.Outcome, b llm.Brief) bool {
	c := t.e.confidence()
	a := Assessment{Of: OfAnswered, Features: answerFeatures(out, b), Decision: "use", Weights: c.Version}
	a.Features["refused_before"] = math.Min(float64(t.conv.Refused), 3)
	a.Confidence = c.Answered.Probability(a.Features)
	outcome := StepOK
	if a.Confidence < c.TrustAt && !wantsHuman(out.Answer) { // asking for a human can do no harm
		a.Decision, outcome = "set_aside", StepFallback
	}
	t.record(StepAssess, outcome, map[string]any{"by": out.By}, a)
	t.conv.Confidence = math.Min(t.conv.Confidence, a.Confidence)
	if outcome != StepOK { // what is said in its place rests on the rules alone
		t.conv.Confidence = max(t.conv.Confidence, c.ActAt)
	}
	return outcome == StepOK
}

func wantsHuman(a llm.Answer) bool {
	return slices.ContainsFunc(a.Commands, func(c llm.Command) bool { return c.Name == llm.CmdHandoff })
}

// heardAs are the commands that say what the rules heard.
var heardAs = map[llm.CommandName][]understand.Name{
	llm.CmdAccept: {understand.Accept}, llm.CmdDecline: {understand.Decline}, llm.CmdCounter: {understand.Counter, understand.MakePlan},
	llm.CmdPlan: {understand.MakePlan, understand.Counter}, llm.CmdSettle: {understand.Settle}, llm.CmdFull: {understand.PayFull},
	llm.CmdPromise: {understand.Promise}, llm.CmdHardship: {understand.Hardship}, llm.CmdDispute: {understand.Dispute},
	llm.CmdValidation: {understand.Validation}, llm.CmdCallback: {understand.Callback}, llm.CmdPaymentLink: {understand.PaymentLink},
	llm.CmdContact: {understand.UpdateContact}, llm.CmdIdentify: {understand.Identify}, llm.CmdHandoff: {understand.AskHuman},
}

// answerFeatures are what tells whether a model's answer is right: whether it
// agrees with what the rules heard, and how it came about. What a model says of
// its own confidence is none of them: models are over-confident.
func answerFeatures(out llm.Outcome, b llm.Brief) map[string]float64 {
	agree, differ, accepts := 0.0, 0.0, false
	for _, c := range out.Answer.Commands {
		accepts = accepts || c.Name == llm.CmdAccept
		switch names, known := heardAs[c.Name]; {
		case !known:
		case b.Heard.Has(names...):
			agree++
		default:
			differ++
		}
	}
	f := map[string]float64{
		"agrees": math.Min(agree, 2), "differs": math.Min(differ, 2), "accepts_unheard": yes(accepts && !b.Heard.Has(understand.Accept) && b.Heard.Choice == 0),
		"repaired": yes(out.Repaired), "attempts": math.Min(float64(len(out.Attempts)-1), 3), "silent": yes(len(out.Answer.Commands) == 0),
		"other_language": yes(understand.Parse(out.Text, b.Language, b.Today).Language != b.Language), "foreign_figures": yes(foreign(out.Answer.Reply)),
		"move_unfit": yes(unfit(out.Answer.Move, b)), "logprob": 0, "logprob_given": 0,
	}
	if n := len(out.Attempts); n > 0 && out.Attempts[n-1].LogProb != nil {
		f["logprob"], f["logprob_given"] = math.Max(*out.Attempts[n-1].LogProb, -5), 1
	}
	return f
}

// foreign reports figures that the model wrote itself: where a figure belongs,
// there should be a placeholder.
func foreign(reply string) bool {
	depth := 0
	for _, r := range reply {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
		case depth == 0 && r >= '0' && r <= '9':
			return true
		}
	}
	return false
}

// unfit reports a move that isn't the engine's first choice though another one
// takes what the person asked for, or none where the engine has an offer.
func unfit(move string, b llm.Brief) bool {
	for _, o := range b.Options {
		if o.Accepts {
			return move != o.ID
		}
	}
	o, ok := b.Option(move)
	return ok && len(b.Options) > 0 && o.ID != b.Options[0].ID && (o.Kind == negotiation.MoveHandoff || o.Kind == negotiation.MoveHardship)
}

func (t *turn) hears(l inbound.Label) bool {
	for _, h := range t.heard.Hits {
		if h.Label == l {
			return true
		}
	}
	return false
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
