package dialog

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/guard"
	"parley/compliance/inbound"
	"parley/dialog/llm"
	"parley/negotiation"
)

// On a call a reply is said sentence by sentence while the model still writes. A sentence that can
// do no harm goes out as soon as it is whole and checked, together with all before it; from the first one that
// states a figure, a date, a condition or a commitment on, all wait until the whole answer has been
// validated like any other.

const (
	// fillerAfter is how long a model may think before the person hears that it does.
	fillerAfter = 1800 * time.Millisecond
	// callBudget bounds the model on a call: then the built-in responder speaks.
	callBudget = 7 * time.Second
)

// errDropped is what a piece is refused with: the rest of the stream goes with it.
var errDropped = errors.New("dialog: a sentence was refused")

// speech is a reply while it is being said.
type speech struct {
	t      *turn
	offers []Offer // that the turn may name
	early  bool    // sentences may go out before the answer is whole
	joined strings.Builder
	held   []string
	out    int // sentences said
	filled bool
	// refused are the findings a sentence was dropped for.
	refused []compliance.Finding
}

// heardPiece is a sentence on its way from the model's goroutine to the turn's.
type heardPiece struct {
	llm.Piece
	verdict chan error
}

// streamed is how a stream ended.
type streamed struct {
	out llm.Outcome
	err error
}

// speakReply answers with the model's words, said while they are written. Whatever goes wrong with
// them, the built-in responder ends the turn in its own, and a human after it.
func (t *turn) speakReply(b llm.Brief) {
	s := &speech{t: t, early: !t.saidBefore() && len(t.fx.Outgoing) == 0}
	for _, o := range b.Offers() {
		s.offers = append(s.offers, t.offer(o))
	}
	started := t.env.Now()
	out, err := s.listen(b)
	t.decided(out, err, t.e.Model.Name(), started, b)
	switch {
	case err == nil && (out.Fallback || t.trust(out, b)):
		if t.commands(out) || s.finish(out, b) {
			return
		}
		t.conv.Refused++
	case s.refused != nil:
		t.conv.Refused++
		t.event("message.blocked", "bot", map[string]any{"rules": strings.Join(compliance.RuleIDs(s.refused), ", "), "said": s.out})
	}
	rest, ok := t.decide(nil, b, callBudget)
	if ok && (t.commands(rest) || t.sendReply(rest, b)) {
		return
	}
	t.handOff(Reason{Code: "no_lawful_reply", Detail: "No draft passed the rules."}, 1)
}

// saidBefore reports that an earlier attempt at this input has said something already: then
// nothing more goes out before its time.
func (t *turn) saidBefore() bool {
	for _, m := range t.snap.Recent {
		if m.Direction == "out" && m.Seq > t.in.Seq && m.Status != channels.StatusCancelled {
			return true
		}
	}
	return false
}

// listen has the model write, and judges each sentence as it comes. Nothing of the turn is
// touched but by this goroutine.
func (s *speech) listen(b llm.Brief) (llm.Outcome, error) {
	t := s.t
	budget := callBudget
	if set := t.e.Settings.ModelBudget; set > 0 {
		budget = min(budget, set)
	}
	ctx, cancel := context.WithTimeout(t.ctx, budget)
	defer cancel()
	pieces, done := make(chan heardPiece), make(chan streamed, 1)
	go func() { done <- stream(ctx, t.e, b, pieces) }()
	var slow <-chan time.Time
	if s.early && t.env.After != nil {
		slow = t.env.After(fillerAfter)
	}
	for {
		select {
		case p := <-pieces:
			slow = nil
			p.verdict <- s.take(p.Piece)
		case <-slow:
			slow = nil
			s.fill()
		case d := <-done:
			return d.out, d.err
		}
	}
}

// stream runs the model. A panic in it is an error: one bad answer must not stop a call.
func stream(ctx context.Context, e *Engine, b llm.Brief, pieces chan<- heardPiece) (d streamed) {
	defer func() {
		if p := recover(); p != nil {
			d.err = fmt.Errorf("panic: %T", p)
		}
	}()
	d.out, d.err = llm.DecideStream(ctx, e.Model, e.BuiltIn, b, func(p llm.Piece) error {
		h := heardPiece{p, make(chan error, 1)}
		pieces <- h // the turn listens until the stream is done
		return <-h.verdict
	})
	return d
}

// take judges one sentence with all before it. The first that breaks a rule drops the rest.
func (s *speech) take(p llm.Piece) error {
	t := s.t
	s.joined.WriteString(p.Text)
	facts := t.facts(outgoing{From: "bot", Offers: s.offers})
	found := lawless(t.e.Guard.Check(s.joined.String(), facts))
	verdict, outcome := "waits", StepOK
	switch {
	case len(found) > 0:
		verdict, outcome, s.refused = "refused", StepBlocked, found
	case s.early && len(s.held) == 0 && t.harmless(p) && s.say(p.Text):
		verdict = "said"
	default:
		s.held = append(s.held, p.Text)
	}
	t.record(StepGuard, outcome, map[string]any{"sentence": p.Index, "text": p.Text, "by": p.By}, map[string]any{"verdict": verdict, "findings": found})
	if len(found) > 0 {
		return errDropped
	}
	return nil
}

// lawless are the findings that adding a disclosure does not mend.
func lawless(found []compliance.Finding) []compliance.Finding {
	var out []compliance.Finding
	for _, f := range found {
		if f.Outcome != compliance.Rewrite {
			out = append(out, f)
		}
	}
	return out
}

// say has one sentence go out now. It reports whether it did.
func (s *speech) say(text string) bool {
	t := s.t
	spoken := t.spokenNow
	t.aloud = true
	ok := t.send(outgoing{Text: strings.TrimSpace(text), From: "bot"})
	t.aloud = false
	if !ok || t.unsaid != nil || t.spokenNow == spoken {
		s.early = false
		return false
	}
	s.out++
	return true
}

// fill tells a person who waits that something is coming: once, and in fixed words.
func (s *speech) fill() {
	if s.filled || s.out > 0 || !s.early {
		return
	}
	s.filled = true
	t := s.t
	t.aloud = true
	t.callSay("call_wait", guard.PurposeWait, channels.Spoken{})
	t.aloud = false
	s.early = t.unsaid == nil
}

// finish says what waited, and puts what it offers on the table.
func (s *speech) finish(out llm.Outcome, b llm.Brief) bool {
	t := s.t
	rest := strings.TrimSpace(strings.Join(s.held, ""))
	if rest == "" && s.out > 0 {
		t.record(StepCompose, StepOK, map[string]any{"by": out.By, "move": out.Answer.Move, "template": out.Answer.Reply}, map[string]any{"text": out.Text, "said": s.out})
		if _, pending := t.shown(out, b); pending != "accept" {
			t.conv.Pending = pending
		}
		t.usedIn(out, b)
		return true
	}
	part := out
	part.Text = t.unrepeated(rest)
	return t.sendReply(part, b)
}

// unrepeated is a text without the sentences that an earlier attempt at this input has said.
func (t *turn) unrepeated(text string) string {
	for _, m := range t.snap.Recent {
		if m.Direction == "out" && m.Seq > t.in.Seq && m.Status != channels.StatusCancelled {
			if rest, ok := strings.CutPrefix(text, m.Text); ok && strings.TrimSpace(rest) != "" {
				text = strings.TrimSpace(rest)
			}
		}
	}
	return text
}

// harmless reports a sentence that may go out before the answer is whole: it has the model's
// own words only, and nothing in it states a figure, a date, a condition, the law or a commitment.
func (t *turn) harmless(p llm.Piece) bool {
	for _, c := range p.Commands {
		if c.Name == llm.CmdHandoff || c.Name == llm.CmdAccept {
			return false
		}
	}
	if m, ok := t.minted[p.Move]; ok && (m.Kind == negotiation.MoveHandoff || m.Kind == negotiation.MoveHardship) {
		return false
	}
	return p.Text == p.Draft && !reWeighty.MatchString(inbound.Normalise(p.Text))
}

// reWeighty are the words that make a sentence wait.
var reWeighty = regexp.MustCompile(`[0-9$%{}]|\b(` + strings.Join([]string{
	// figures and dates
	`two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|double|percent|dollars?|cents?`,
	`today|tonight|tomorrow|yesterday|days?|weeks?|months?|monthly|weekly|years?|january|february|march|april|may|june|july|august|september|october|november|december`,
	`monday|tuesday|wednesday|thursday|friday|saturday|sunday|deadlines?|expires?|until|before|within`,
	`dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cuarenta|cincuenta|cien|ciento|mil|mitad|dolares|hoy|manana|dias?|semanas?|mes|meses|anos?`,
	`enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes|martes|miercoles|jueves|viernes|sabado|domingo|antes|hasta|vence|plazo`,
	// conditions
	`if|unless|only|whether|provided|as long as|otherwise|or else|must|have to|need to|required?|si|a menos|salvo|siempre que|solo|solamente|debe|tiene que|obligad[oa]`,
	// the law, and others
	`courts?|lawsuits?|sue|sued|suing|legal(ly)?|law|laws|attorneys?|lawyers?|judges?|judgments?|garnish\w*|wages?|bureaus?|reports?|reported|reporting|score|arrest\w*|police|jail|crime|warrants?|employers?|boss|family|spouse|neighbou?rs?`,
	`demanda\w*|corte|tribunal|juez|ley|leyes|abogad[oa]s?|embarg\w*|salario|policia|carcel|delito|jefe|familia|espos[oa]|vecin[oa]s?`,
	// commitments, money, and what an account is about
	`set up|sets? it up|agree\w*|accept\w*|approv\w*|confirm\w*|cancel\w*|waiv\w*|forgiv\w*|settle\w*|guarantee\w*|promis\w*|done|all set|deal|plans?|pay\w*|owe\w*|owing|balance|debts?|accounts?|discounts?|amounts?|money|fees?|interest|offers?|options?|cards?|bank|numbers?|human|person|real`,
	`acord\w*|acept\w*|aprob\w*|confirm\w*|cancel\w*|perdon\w*|liquid\w*|garantiz\w*|promet\w*|promesa|listo|lista|planes|pag\w*|deb\w*|deud\w*|saldo|cuentas?|descuent\w*|cantidad|dinero|cargos?|interes\w*|oferta\w*|opcion\w*|tarjeta\w*|banco|numero\w*|human[oa]|persona`,
}, "|") + `)\b`)
