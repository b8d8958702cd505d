package prompts

import (
	_ "embed"
	"fmt"
	"strings"
	"text/template"
)

// NegotiatorData is what the negotiator's prompt may hold. There is no field
// for a floor, a ladder or an authority.
type NegotiatorData struct {
	Language, Brand, Assistant, Actor, Channel string
	// Today is YYYY-MM-DD with the weekday: "2026-11-23 (Monday)".
	Today    string
	Verified bool
	Need     []string
	// Text is what the person has just said; Recent what went before, oldest first.
	Text   string
	Recent []Line
	// Heard is what the rules understood, one line each.
	Heard   []string
	Pending string
	Options []OptionData
	Answers []Pair
	MustSay []string
	// Refused are the rules that the last draft broke, one line each, in fixed words.
	Refused []string
	Events  []string
	// MaxReply is the longest reply in characters.
	MaxReply int
}

// Line is one earlier message. From is "person", "bot" or "agent", or "system" for
// what happened between them.
type Line struct{ From, Text string }

// OptionData is a permitted move.
type OptionData struct {
	// Number is the option's number among the offers; 0 for what isn't an offer.
	Number                 int
	ID, Kind, Words, Field string
	Reason, For            string
	Accepts, Tabled        bool
	Placeholders           []string
}

// Pair is a placeholder and the words it stands for.
type Pair struct{ Name, Value string }

// Template is a versioned prompt with typed data.
type Template struct {
	name, version string
	system, turn  *template.Template
	budget        int
}

//go:embed templates/negotiator.3.system.tmpl
var negotiatorSystem string

//go:embed templates/negotiator.3.turn.tmpl
var negotiatorTurn string

// Negotiator is the prompt of a turn: understand, pick a move, find the words.
var Negotiator = Template{
	name: "negotiator", version: "3", budget: 2000,
	system: parse("system", negotiatorSystem), turn: parse("turn", negotiatorTurn),
}

func parse(name, text string) *template.Template {
	return template.Must(template.New(name).Option("missingkey=error").
		Funcs(template.FuncMap{"quote": Quote, "join": strings.Join}).Parse(text))
}

// Name and Version say which template it is.
func (t Template) Name() string { return t.name }

// Version rises whenever the words change.
func (t Template) Version() string { return t.version }

// Budget is the most tokens a rendering may have, by [Tokens].
func (t Template) Budget() int { return t.budget }

// Bounds of what a person's words may take of a prompt.
const (
	maxText  = 2000 // characters of the newest message
	maxLine  = 400  // characters of an earlier one
	maxLines = 12   // earlier messages
)

// Render makes the prompt. Over budget it leaves out earlier messages, the
// oldest first; when that isn't enough the error is [ErrBudget].
func (t Template) Render(d NegotiatorData) (Rendered, error) {
	d.Text = Truncate(d.Text, maxText)
	lines := make([]Line, 0, len(d.Recent))
	for _, l := range d.Recent {
		lines = append(lines, Line{From: speaker(l.From), Text: Truncate(l.Text, maxLine)})
	}
	first := max(0, len(lines)-maxLines)
	for {
		d.Recent = lines[first:]
		r, err := t.render(d)
		if err != nil {
			return Rendered{}, err
		}
		r.Dropped = first
		if r.Tokens <= t.budget {
			return r, nil
		}
		if first == len(lines) {
			return Rendered{}, fmt.Errorf("%w: %s needs %d tokens, has %d", ErrBudget, t.name, r.Tokens, t.budget)
		}
		first++
	}
}

// speaker keeps voices to the known ones: anything else is a person's. What happened
// between the messages is a note of the house, in nobody's voice.
func speaker(from string) string {
	switch from {
	case "bot", "agent":
		return from
	case "system":
		return "note"
	}
	return "person"
}

func (t Template) render(d NegotiatorData) (Rendered, error) {
	var system, turn strings.Builder
	if err := t.system.Execute(&system, d); err != nil {
		return Rendered{}, fmt.Errorf("prompts: render %s: %w", t.name, err)
	}
	if err := t.turn.Execute(&turn, d); err != nil {
		return Rendered{}, fmt.Errorf("prompts: render %s: %w", t.name, err)
	}
	r := Rendered{
		Name: t.name, Version: t.version, System: strings.TrimSpace(system.String()),
		Messages: []Message{{Role: "user", Content: strings.TrimSpace(turn.String())}},
	}
	return r.seal(), nil
}

// Repair adds to a rendering the answer that was refused and why, and asks once
// more. Why must be fixed words, not the model's.
func (t Template) Repair(r Rendered, refused, why string) Rendered {
	r.Messages = append(append([]Message{}, r.Messages...),
		Message{Role: "assistant", Content: Truncate(strings.ToValidUTF8(refused, "\uFFFD"), maxText)},
		Message{Role: "user", Content: "That answer can't be used: " + why + ". Answer the same turn again. Give one JSON object and nothing else."},
	)
	return r.seal()
}
