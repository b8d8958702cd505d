package llmtest

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"strings"

	"parley/dialog/llm"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
	"parley/negotiation"
)

// content is the text of an answer and its finish_reason.
func (s *Server) content(c Config, p payload, rng *rand.Rand) (string, string) {
	b := readBrief(p)
	ideal := encode(responder.Answer(b))
	switch c.Mode {
	case Noisy:
		if rng.Float64() < c.Noise {
			return noise(b, ideal, rng)
		}
	case Malformed:
		return malformedTexts[rng.IntN(len(malformedTexts))], "stop"
	case Fenced:
		return "```json\n" + ideal + "\n```", "stop"
	case Truncated:
		return ideal[:len(ideal)/2], "length"
	case NoFinish:
		return ideal, ""
	case Empty:
		return "", "stop"
	case Refusing:
		return "", "content_filter"
	case WrongSchema:
		return wrongShapes[rng.IntN(len(wrongShapes))], "stop"
	case Stale:
		s.mu.Lock()
		defer s.mu.Unlock()
		old := s.last
		s.last = ideal
		if old != "" {
			return old, "stop"
		}
	case Sycophant:
		return sycophant(b), "stop"
	case Hostile:
		return hostile(b, plays[rng.IntN(len(plays))]), "stop"
	case Adaptive:
		return s.adapt(b, p, rng), "stop"
	case LateHarm:
		return lateHarm(b, plays[rng.IntN(len(plays))]), "stop"
	case ReplyFirst:
		return replyFirst(responder.Answer(b)), "stop"
	}
	return ideal, "stop"
}

func encode(a llm.Answer) string {
	raw, err := json.Marshal(a)
	if err != nil {
		return ""
	}
	return string(raw)
}

var malformedTexts = []string{
	"Sure! I'd be happy to help with that.", `{"commands":[],"move":"","reply":"hello"`, `{commands: [], move: '', reply: 'hi'}`,
	`{"commands":[],"move":"","reply":"a"}{"commands":[],"move":"","reply":"b"}`, "null", "[]", "42", `"yes"`, "<answer>yes</answer>",
	`Here you go: {"commands":[],"move":"","reply":"hello"}`, "\x00\x01\x02", `{"commands":[],"move":"","reply":"hi","reply":"ho"}`,
}

var wrongShapes = []string{
	`{"answer":"hello"}`, `{"commands":{},"move":"","reply":"hello"}`, `{"commands":[],"move":1,"reply":"hello"}`,
	`{"commands":[],"move":"","reply":["hello"]}`, `{"commands":[],"move":"","reply":"hello","budget":"60%"}`,
	`{"commands":[{"name":"transfer_funds"}],"move":"","reply":"hello"}`, `{"Commands":[],"Move":"","Reply":"hello"}`,
	`{"commands":[],"move":null,"reply":"hello"}`, `{"commands":[],"move":"made-up","reply":"hello"}`, `{"commands":[],"move":""}`,
	`{"commands":[{"name":"accept","amount":"-1"}],"move":"","reply":"hello"}`, `{"commands":[],"move":"","reply":"{budget}"}`,
}

// noise breaks an ideal answer in one of the ways seen in the field.
func noise(b llm.Brief, ideal string, rng *rand.Rand) (string, string) {
	a := responder.Answer(b)
	switch rng.IntN(8) {
	case 0:
		return malformedTexts[rng.IntN(len(malformedTexts))], "stop"
	case 1:
		return wrongShapes[rng.IntN(len(wrongShapes))], "stop"
	case 2:
		return ideal[:len(ideal)/2], "length"
	case 3: // another move than the right one
		if n := len(b.Options); n > 0 {
			a.Move = b.Options[rng.IntN(n)].ID
		}
	case 4: // an acceptance nobody gave
		if offers := b.Offers(); len(offers) > 0 {
			a = llm.Answer{Commands: []llm.Command{{Name: llm.CmdAccept}}, Move: offers[0].ID, Reply: "All set: {words}."}
		}
	case 5: // an amount out of thin air
		a.Reply = "I can do $37.00 a month."
	case 6: // the wrong language
		a.Reply = "Bonjour, comment puis-je vous aider ?"
	default:
		return "", "stop"
	}
	return encode(a), "stop"
}

// sycophant agrees to whatever number it hears, by every means it has.
func sycophant(b llm.Brief) string {
	a := llm.Answer{Commands: []llm.Command{{Name: llm.CmdAccept}}, Reply: "Of course! Whatever works for you. It's a deal."}
	if offers := b.Offers(); len(offers) > 0 {
		a.Move = offers[len(offers)-1].ID
		a.Reply = "Of course! {words}. It's a deal."
	}
	for _, m := range b.Heard.Amounts {
		sum := llm.Money(m.Money, b.Language)
		a.Commands[0].Amount = strings.TrimLeft(strings.ReplaceAll(sum, ",", ""), "-$")
		a.Reply = "Of course! " + sum + " it is, and we'll call it settled. You have a deal."
		if a.Move != "" {
			a.Reply += " {words}"
		}
	}
	return encode(a)
}

var (
	quoted    = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	optionRow = regexp.MustCompile(`(?m)^- id ("(?:[^"\\]|\\.)*")(?:, number \d+)?, ([a-z_]+)(?: about ([a-z_]+))?(?:: ("(?:[^"\\]|\\.)*"))?(.*)$`)
	factRow   = regexp.MustCompile(`(?m)^- \{([a-z_0-9]+)\} is ("(?:[^"\\]|\\.)*")$`)
	holder    = regexp.MustCompile(`\{([a-z_0-9]+)\}`)
	personRow = regexp.MustCompile(`(?m)^<person>("(?:[^"\\]|\\.)*")</person>$`)
	todayRow  = regexp.MustCompile(`(?m)^TODAY (\d{4}-\d{2}-\d{2})`)
	askedRow  = regexp.MustCompile(`(?m)^WE ASKED (.*)$`)
	needRow   = regexp.MustCompile(`still needed: (.*)$`)
	whoRow    = regexp.MustCompile(`^You are (.*), an AI assistant who writes for (.*) \((.*)\)\.`)
)

func unquote(s string) string {
	var out string
	_ = json.Unmarshal([]byte(s), &out)
	return out
}

// readBrief reads back from a prompt what a good model would understand of it.
func readBrief(p payload) llm.Brief {
	b := llm.Brief{Language: "en", Channel: "sms", Answers: map[string]string{}}
	system, turn := "", ""
	for _, m := range p.Messages {
		switch {
		case m.Role == "system":
			system = m.Content
		case m.Role == "user" && turn == "":
			turn = m.Content
		}
	}
	if strings.Contains(system, "reply: in Spanish") {
		b.Language = "es"
	}
	if m := whoRow.FindStringSubmatch(system); m != nil {
		b.Assistant, b.Brand, b.Actor = m[1], m[2], m[3]
	}
	b.Verified = strings.Contains(turn, "IDENTITY shown")
	if m := askedRow.FindStringSubmatch(turn); m != nil {
		b.Pending = m[1]
	}
	for _, line := range strings.Split(turn, "\n") {
		if m := needRow.FindStringSubmatch(line); m != nil {
			b.Need = strings.Split(m[1], ", ")
		}
	}
	for _, m := range factRow.FindAllStringSubmatch(turn, -1) {
		b.Answers[m[1]] = unquote(m[2])
	}
	for _, m := range optionRow.FindAllStringSubmatch(turn, -1) {
		b.Options = append(b.Options, readOption(m))
	}
	if rows := personRow.FindAllStringSubmatch(turn, -1); len(rows) > 0 {
		b.Text = unquote(rows[len(rows)-1][1])
	}
	if m := todayRow.FindStringSubmatch(turn); m != nil {
		_ = b.Today.UnmarshalText([]byte(m[1]))
	}
	b.Heard = understand.Parse(b.Text, b.Language, b.Today)
	return b
}

func readOption(m []string) llm.Option {
	o := llm.Option{ID: unquote(m[1]), Kind: negotiation.MoveKind(m[2]), Field: m[3], Words: unquote(m[4]), Values: map[string]string{}}
	rest := quoted.ReplaceAllString(m[5], "")
	for _, h := range holder.FindAllStringSubmatch(rest, -1) {
		o.Values[h[1]] = "·" // a model knows that it is there, not what it is
	}
	o.Tabled = strings.Contains(rest, "; offered before")
	o.Accepts = strings.Contains(rest, "; this is what they asked for")
	if strings.Contains(rest, "; in return for") {
		o.For = "·"
	}
	return o
}
