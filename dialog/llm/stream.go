package llm

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"parley/dialog/llm/sentence"
)

// Piece is one sentence of a reply, or a part of a very long one, in the order
// in which it is to be said. All pieces' Text, joined, is the Outcome's.
type Piece struct {
	// Index counts from 0. It goes on counting when the stand-in answers.
	Index int
	// Draft is the model's text with its placeholders, Text what they stand for
	// filled in. Both keep the white space that follows.
	Draft, Text string
	// Commands and Move are the answer's. They are known before the first piece.
	Commands []Command
	Move     string
	// By is the name of what answers; Fallback: it is the stand-in.
	By       string
	Fallback bool
}

// DecideStream is [Decide] for a channel that speaks while the model writes: say
// gets each piece of the reply as soon as it is complete and everything that can
// be known of it so far has been checked. A model that can't stream is asked for
// the whole, and its reply is handed out in the same pieces.
//
// A model is repaired or stood in for only while nothing has been said. After
// that there is no way back, and the error is one of two:
//   - what say returned, as it is: the piece was refused. It and the rest are
//     dropped, the stream is closed.
//   - an [*Error]: the rest did not come or can't be used.
//
// Outcome.Said are the pieces that say took, and Answer what is known so far: the
// caller ends the turn in words of its own. A nil error means that all has been
// said, and that the whole answer passed [Parse].
func DecideStream(ctx context.Context, model, fallback Model, b Brief, say func(Piece) error) (Outcome, error) {
	var out Outcome
	out.Fallback = model != nil
	req, err := NewRequest(b)
	if err != nil {
		out.Attempts = append(out.Attempts, Attempt{Purpose: PurposeDecide, Kind: Refused, Reason: "prompt over budget"})
		model, req = nil, Request{Brief: b, Purpose: PurposeDecide}
	}
	out.Prompt = PromptID{Name: req.Prompt.Name, Version: req.Prompt.Version, SHA256: req.Prompt.SHA256, Tokens: req.Prompt.Tokens}
	if model != nil {
		s := out.speak(ctx, model, req, false, say)
		if s.done() {
			out.Fallback = false
			return out, s.err()
		}
		if len(s.raw) > 0 && KindOf(s.failed) == Malformed && ctx.Err() == nil {
			s = out.speak(ctx, model, RepairRequest(req, s.raw, s.failed), false, say)
			if s.done() {
				out.Repaired, out.Fallback = true, false
				return out, s.err()
			}
		}
	}
	s := out.speak(context.WithoutCancel(ctx), fallback, req, out.Fallback, say)
	return out, s.err()
}

// speaker turns one model's stream into pieces.
type speaker struct {
	out      *Outcome
	brief    Brief
	by       string
	standIn  bool
	say      func(Piece) error
	reader   Reader
	splitter sentence.Splitter
	waiting  []string // sentences that came before the move
	length   int      // of the reply so far, in characters
	checked  bool     // commands and move have been held to the brief
	values   map[string]string

	raw     []byte
	refused error // say's
	failed  error // the model's
}

// done: it is answered, or there is no way back.
func (s *speaker) done() bool { return s.err() == nil || s.refused != nil || len(s.out.Said) > 0 }

func (s *speaker) err() error {
	if s.refused != nil {
		return s.refused
	}
	return s.failed
}

// speak asks once and says what comes. standIn: m stands in for another.
func (out *Outcome) speak(ctx context.Context, m Model, req Request, standIn bool, say func(Piece) error) *speaker {
	s := &speaker{out: out, brief: req.Brief, by: m.Name(), standIn: standIn, say: say}
	a := Attempt{Model: s.by, Purpose: req.Purpose, PromptSHA256: req.Prompt.SHA256}
	resp, err := s.ask(ctx, m, req)
	a.Finish, a.Format, a.Calls, a.First = resp.FinishReason, resp.Format, resp.Attempts, resp.First
	a.InputTokens, a.OutputTokens, a.Latency, a.LogProb = resp.InputTokens, resp.OutputTokens, resp.Latency, resp.LogProb
	s.raw = resp.Raw
	if err == nil && s.refused == nil {
		err = s.finish(resp.Raw)
	}
	if s.refused != nil {
		a.Reason = "a sentence was refused"
	} else if err != nil {
		s.failed = err
		a.Kind = KindOf(err)
		var e *Error
		if errors.As(err, &e) {
			a.Reason = e.Reason
		}
	}
	out.Attempts = append(out.Attempts, a)
	if s.err() == nil || len(out.Said) > 0 {
		out.By = s.by
	}
	return s
}

// ask streams where the model can; otherwise the whole comes at once.
func (s *speaker) ask(ctx context.Context, m Model, req Request) (Response, error) {
	if st, ok := m.(Streamer); ok {
		return st.Stream(ctx, req, s.more)
	}
	resp, err := m.Complete(ctx, req)
	if err == nil {
		if _, err = Parse(resp.Raw, s.brief); err == nil { // it can be judged as a whole, so it is
			err = s.more(string(resp.Raw))
		}
	}
	return resp, err
}

// more reads a piece of the raw answer.
func (s *speaker) more(raw string) error {
	grown, err := s.reader.Feed(raw)
	if err != nil {
		return err
	}
	s.length += utf8.RuneCountInString(grown)
	if s.length > ReplyBound(s.brief.Channel) {
		return malformed("reply is longer than %d characters", ReplyBound(s.brief.Channel))
	}
	s.waiting = append(s.waiting, s.splitter.Push(grown)...)
	if s.reader.ReplyDone {
		if rest := s.splitter.Flush(); rest != "" {
			s.waiting = append(s.waiting, rest)
		}
	}
	return s.release()
}

// release says what waits, once it is known what the answer does.
func (s *speaker) release() error {
	if !s.reader.HasMove || !s.reader.HasCommands {
		return nil
	}
	if !s.checked {
		answer := Answer{Commands: s.reader.Commands, Move: s.reader.Move}
		if err := checkActs(answer, s.brief); err != nil {
			return err
		}
		s.checked, s.values = true, s.brief.Values(s.reader.Move)
		if len(s.out.Said) == 0 {
			s.out.Answer = answer
		}
	}
	for len(s.waiting) > 0 {
		if err := s.sayOne(s.waiting[0]); err != nil {
			return err
		}
		s.waiting = s.waiting[1:]
	}
	return nil
}

// sayOne checks a sentence, fills it, and hands it out.
func (s *speaker) sayOne(draft string) error {
	if err := checkCharacters(draft); err != nil {
		return err
	}
	if len(s.out.Said) == 0 && !saysSomething(draft) {
		return malformed("reply is empty")
	}
	text, err := Fill(draft, s.values)
	if err != nil {
		return err
	}
	p := Piece{Index: len(s.out.Said), Draft: draft, Text: text, Commands: s.reader.Commands, Move: s.reader.Move,
		By: s.by, Fallback: s.standIn}
	if err := s.say(p); err != nil {
		s.refused = err
		return err
	}
	s.out.Said = append(s.out.Said, p)
	s.out.Answer.Reply += draft
	s.out.Text += text
	return nil
}

// finish holds the whole answer to the brief, after its last piece.
func (s *speaker) finish(raw []byte) error {
	answer, err := Parse(raw, s.brief)
	if err != nil {
		return err
	}
	if len(s.waiting) > 0 || strings.Join(drafts(s.out.Said), "") != answer.Reply {
		return malformed("what was said is not the answer") // can't be: the reader and Parse disagree
	}
	s.out.Answer = answer
	return nil
}

func drafts(said []Piece) []string {
	out := make([]string, 0, len(said))
	for _, p := range said {
		out = append(out, p.Draft)
	}
	return out
}
