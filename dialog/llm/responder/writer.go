package responder

import (
	"strings"
	"unicode/utf8"

	"parley/dialog/llm"
	"parley/prompts"
)

// writer gathers an answer piece by piece.
type writer struct {
	b        llm.Brief
	book     prompts.Book
	commands []llm.Command
	move     llm.Option
	pieces   []string
}

func newWriter(b llm.Brief) *writer {
	return &writer{b: b, book: prompts.Phrases(b.Language)}
}

// say adds a sentence of the book, unless it needs a figure the brief hasn't.
// It reports whether it did.
func (w *writer) say(key string) bool { return w.sayOf(key) }

// sayOf is say with words of the person's own put in: pairs of placeholder and words.
func (w *writer) sayOf(key string, own ...string) bool {
	s := strings.NewReplacer(own...).Replace(w.book.Say(key, w.b.Seed+uint64(len(w.pieces))))
	if s == "" || !w.fits(s) {
		return false
	}
	w.pieces = append(w.pieces, s)
	return true
}

// fits reports whether every placeholder of s has a value.
func (w *writer) fits(s string) bool {
	_, err := llm.Fill(s, w.b.Values(w.move.ID))
	return err == nil
}

// do adds a command.
func (w *writer) do(name llm.CommandName) {
	for _, c := range w.commands {
		if c.Name == name {
			return
		}
	}
	w.commands = append(w.commands, llm.Command{Name: name})
}

// answer joins what was said, within the channel's bound. What was said first
// matters least: a greeting gives way to an offer.
func (w *writer) answer() llm.Answer {
	if len(w.pieces) == 0 && !w.say("unclear") {
		w.pieces = []string{w.book.Say("unclear", 0)}
	}
	pieces := w.pieces
	for len(pieces) > 1 && w.length(pieces) > llm.ReplyBound(w.b.Channel) {
		pieces = pieces[1:]
	}
	if len(w.commands) == 0 {
		w.do(llm.CmdAnswer)
	}
	c := w.confidence()
	return llm.Answer{Commands: w.commands, Move: w.move.ID, Reply: join(pieces), Confidence: &c}
}

func join(pieces []string) string {
	var s strings.Builder
	for i, p := range pieces {
		if i > 0 {
			if strings.Contains(p, "\n") || strings.Contains(pieces[i-1], "\n") {
				s.WriteString("\n")
			} else {
				s.WriteString(" ")
			}
		}
		s.WriteString(p)
	}
	return s.String()
}

// length is that of the filled text, or of the raw one where that is longer.
func (w *writer) length(pieces []string) int {
	raw := join(pieces)
	filled, err := llm.Fill(raw, w.b.Values(w.move.ID))
	if err != nil {
		filled = raw
	}
	return max(utf8.RuneCountInString(raw), utf8.RuneCountInString(filled))
}

// confidence is the rules' margin, lowered by doubt.
func (w *writer) confidence() float64 {
	switch h := w.b.Heard; {
	case h.Unclear:
		return 0.3
	case h.Margin > 0:
		return min(0.95, 0.5+h.Margin/2)
	default:
		return 0.5
	}
}

// need says what is missing to identify: "ZIP code and year of birth".
func (w *writer) need() string {
	var words []string
	for _, n := range w.b.Need {
		if s := w.book.Say("need."+n, 0); s != "" {
			words = append(words, s)
		}
	}
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	and := " " + w.book.Say("and", 0) + " "
	return strings.Join(words[:len(words)-1], ", ") + and + words[len(words)-1]
}
