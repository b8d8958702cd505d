package llm

import (
	"fmt"
	"slices"
	"strings"

	"parley/dialog/understand"
	"parley/prompts"
)

// maxTokens bounds an answer: the longest reply, eight commands, and the braces.
const maxTokens = 700

// NewRequest makes the request for a turn. The error is that of rendering:
// [prompts.ErrBudget] when the brief is too long.
func NewRequest(b Brief) (Request, error) {
	r, err := prompts.Negotiator.Render(promptData(b))
	if err != nil {
		return Request{}, err
	}
	return Request{Brief: b, Prompt: r, Schema: Schema(b), MaxTokens: maxTokens, Purpose: PurposeDecide}, nil
}

// RepairRequest asks once more after an answer that [Parse] refused with why.
func RepairRequest(r Request, refused []byte, why error) Request {
	reason := "it isn't what was asked for"
	if e, ok := why.(*Error); ok && e.Reason != "" {
		reason = e.Reason
	}
	r.Prompt = prompts.Negotiator.Repair(r.Prompt, string(refused), reason)
	r.Purpose = PurposeRepair
	return r
}

// promptData says the brief in the prompt's terms.
func promptData(b Brief) prompts.NegotiatorData {
	d := prompts.NegotiatorData{
		Language: b.Language, Brand: b.Brand, Assistant: b.Assistant, Actor: b.Actor, Channel: b.Channel,
		Verified: b.Verified, Need: b.Need, Text: b.Text, Heard: heardLines(b.Heard), Pending: b.Pending,
		MustSay: b.MustSay, Events: b.Events, Refused: b.Refused, MaxReply: ReplyBound(b.Channel),
	}
	if b.Today.IsValid() {
		d.Today = fmt.Sprintf("%s (%s)", b.Today, understand.Weekday(b.Today))
	}
	for _, m := range b.Recent {
		d.Recent = append(d.Recent, prompts.Line{From: m.From, Text: m.Text})
	}
	number := 0
	for _, o := range b.Options {
		od := prompts.OptionData{
			ID: o.ID, Kind: string(o.Kind), Words: o.Words, Field: o.Field, Reason: o.Reason, For: o.For,
			Accepts: o.Accepts, Tabled: o.Tabled, Placeholders: sortedKeys(o.Values),
		}
		if o.Offer() {
			number++
			od.Number = number
		}
		d.Options = append(d.Options, od)
	}
	for _, k := range sortedKeys(b.Answers) {
		d.Answers = append(d.Answers, prompts.Pair{Name: k, Value: b.Answers[k]})
	}
	return d
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// heardLines says what the rules understood, without the person's own words.
// Identity factors stay out: a model has no use for them.
func heardLines(u understand.Understanding) []string {
	var lines []string
	var names []string
	for _, i := range u.Intents {
		names = append(names, string(i.Name))
	}
	if len(names) > 0 {
		lines = append(lines, "intents: "+strings.Join(names, ", "))
	}
	for _, a := range u.Asks {
		lines = append(lines, "ask: "+understand.AskWords(a))
	}
	if u.Choice != 0 {
		lines = append(lines, fmt.Sprintf("choice: %d", u.Choice))
	}
	if u.Correction {
		lines = append(lines, "a correction of what was said before")
	}
	if u.Unclear {
		lines = append(lines, "unclear")
	}
	return lines
}
