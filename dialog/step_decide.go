package dialog

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/inbound"
	"parley/dialog/llm"
	"parley/dialog/understand"
	"parley/negotiation"
	"parley/prompts"
)

// converse answers an identified person: it takes an acceptance, or lets the
// model choose a move and find the words.
func (t *turn) converse() {
	if t.paidUp() {
		return
	}
	if offer, ok := t.chosen(); ok {
		if t.onCall() {
			t.readBack(offer)
			return
		}
		t.accept(offer)
		return
	}
	if reason, off := t.beyondAutonomy(); off {
		t.handOffSaying("handoff", "handoff", reason, 0)
		return
	}
	if t.restricted() != "" {
		t.handOff(Reason{Code: t.restricted(), Detail: "The account has a flag under which the bot may not collect."}, 1)
		return
	}
	if t.onlyHandoff() {
		t.handOff(Reason{Code: "no_move", Detail: "The engine has nothing it may offer."}, 1)
		return
	}
	if t.justIdentified() && t.tellNotice() {
		return
	}
	if t.justIdentified() && len(t.conv.Table) > 0 && len(t.moves) == 0 && t.restate() {
		return
	}
	t.reply(t.brief())
}

// justIdentified: this very message showed who writes.
func (t *turn) justIdentified() bool {
	return t.conv.Identity.Verified && t.conv.Identity.VerifiedAt.Equal(t.now)
}

// restate says what still lies on the table, to a person who has come back.
func (t *turn) restate() bool {
	b := t.brief()
	key := "hold"
	if len(b.Offers()) > 1 {
		key = "hold_menu"
	}
	text, err := llm.Fill(prompts.Phrases(t.conv.Language).Say(key, 1), b.Values(""))
	if err != nil {
		return false
	}
	t.record(StepCompose, StepOK, map[string]any{"template": key}, map[string]any{"text": text})
	var choices []channels.Choice
	for _, o := range t.conv.Table {
		choices = append(choices, channels.Choice{ID: o.ID, Label: o.Label})
	}
	if !t.send(outgoing{Text: text, From: "bot", Choices: choices, Offers: t.conv.Table}) {
		return false
	}
	t.putOn(t.conv.Table)
	return true
}

// chosen finds the offer the person accepts: by button, by number, or by a plain
// yes to the only one on the table. Rules decide this, never a model.
func (t *turn) chosen() (Offer, bool) {
	if t.in.Choice != "" {
		i := slices.IndexFunc(t.conv.Table, func(o Offer) bool { return o.ID == t.in.Choice })
		if i >= 0 {
			return t.conv.Table[i], true
		}
		return Offer{}, false
	}
	n := len(t.conv.Table)
	if n == 0 || t.said.Has(understand.Counter, understand.Decline) {
		return Offer{}, false
	}
	switch c := t.said.Choice; {
	case c > 0 && c <= n:
		return t.conv.Table[c-1], true
	case c == -1:
		return t.conv.Table[n-1], true
	case c == 0 && n == 1 && t.said.Has(understand.Accept) && t.sameTerms(t.conv.Table[0]):
		return t.conv.Table[0], true
	}
	return Offer{}, false
}

// sameTerms reports whether figures said along with a yes are those of the offer:
// "yes but 60" to an offer of 103.34 is no acceptance.
func (t *turn) sameTerms(o Offer) bool {
	for _, m := range t.said.Amounts {
		fits := m.Money.Minor == o.Terms.Total.Minor
		for _, i := range o.Terms.Installments {
			fits = fits || i.Amount.Minor == m.Money.Minor
		}
		if !fits {
			return false
		}
	}
	for _, m := range t.said.Dates {
		fits := false
		for _, i := range o.Terms.Installments {
			fits = fits || i.Due == m.Date
		}
		if !fits {
			return false
		}
	}
	return true
}

// onlyHandoff reports whether the engine leaves nothing but a human.
func (t *turn) onlyHandoff() bool {
	return len(t.moves) > 0 && !slices.ContainsFunc(t.moves, func(m negotiation.Move) bool {
		return m.Kind != negotiation.MoveHandoff && m.Kind != negotiation.MoveHardship
	}) && len(t.conv.Table) == 0
}

// brief is what the model may know of this turn: no floor, no ladder, no
// authority, no identity factor, and nothing that was redacted.
func (t *turn) brief() llm.Brief {
	b := llm.Brief{
		Language: t.conv.Language, Brand: t.e.Settings.Brand.Name, Assistant: t.e.Settings.Brand.Assistant,
		Actor: actorWords(string(t.e.Settings.Actor)), Channel: t.conv.Channel, Today: t.today(),
		Verified: t.conv.Identity.Verified, Text: t.masked(t.in.Text, t.in.At), Heard: t.said, Pending: t.conv.Pending,
		Answers: t.answers(), Seed: uint64(t.in.Seq),
	}
	b.Heard.Factors = understand.Factors{}
	t.forgetAcceptance(&b.Heard)
	ended := t.conv.Stretches
	for _, m := range t.snap.Recent {
		for len(ended) > 0 && ended[0].Seq < m.Seq {
			b.Recent, ended = append(b.Recent, ended[0].marker()), ended[1:]
		}
		if m.Seq == t.in.Seq || m.Told() == "" || m.Call != nil && m.From != "person" {
			continue
		}
		text := inbound.Fragment(m.Told())
		if m.Direction == "in" {
			text = t.masked(m.Text, m.At)
		}
		b.Recent = append(b.Recent, llm.Message{From: m.From, Text: text})
	}
	for _, s := range ended {
		b.Recent = append(b.Recent, s.marker())
	}
	for _, h := range t.heard.Hits {
		b.Events = append(b.Events, string(h.Label))
	}
	if b.Verified {
		b.Options = t.options()
	} else {
		b.Need = t.missing()
		b.Answers = map[string]string{}
	}
	if len(t.conv.Table) > 0 {
		b.Pending = "accept"
	}
	return b
}

// forgetAcceptance takes out of what was heard an acceptance that the engine has
// not taken: whoever finds the words must not say that something is set up. A number
// chooses among offers on the table only, and a yes that was no plain one to the
// only offer stays a question.
func (t *turn) forgetAcceptance(u *understand.Understanding) {
	u.Choice = 0
	if len(t.conv.Table) != 1 || len(t.moves) > 0 {
		return // several to choose from: they are asked which
	}
	u.Intents = slices.Clone(u.Intents)
	for i := range u.Intents {
		if u.Intents[i].Name == understand.Accept {
			u.Intents[i].Score = min(u.Intents[i].Score, 0.4)
		}
	}
}

// masked hides digit runs that may belong to a card, and in what was said up to
// identification everything that proves who someone is: a model has no use for it.
func (t *turn) masked(text string, at time.Time) string {
	id := t.conv.Identity
	said := text
	if t.voice() {
		said = figures(text)
	}
	if at.After(id.VerifiedAt) && id.Verified || understand.Parse(said, t.conv.Language, t.today()).Factors.Empty() {
		return inbound.Fragment(text)
	}
	hidden := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, text)
	if hidden == text || said != text { // said in words
		return "(said who they are)"
	}
	return hidden
}

func actorWords(actor string) string {
	if actor == "creditor_owed" {
		return "the creditor"
	}
	return "a debt collector"
}

// answers are facts that may be told to an identified person.
func (t *turn) answers() map[string]string {
	a, ok := t.account()
	if !ok || !t.conv.Identity.Verified || t.level("answer_balance") != LevelAuto {
		return map[string]string{}
	}
	answers := map[string]string{
		"balance": llm.Money(a.Owed(), t.conv.Language), "creditor": a.Creditor.Current,
		"first_name": firstName(a.Person.Name),
	}
	if p := t.e.Settings.Brand.Phone; p != "" {
		answers["phone"] = p
	}
	if link := t.link(a); link != "" {
		answers["link"] = link
	}
	return answers
}

func firstName(name string) string {
	f := strings.Fields(name)
	if len(f) == 0 {
		return ""
	}
	return f[0]
}

// options are this turn's moves; when there are none, what lies on the table.
func (t *turn) options() []llm.Option {
	var options []llm.Option
	for _, m := range t.moves {
		options = append(options, llm.NewOption(t.id+"."+m.Key, m, t.conv.Language))
	}
	if len(options) > 0 {
		return options
	}
	for _, o := range t.conv.Table {
		option := llm.NewOption(o.ID, negotiation.Move{Kind: o.Kind, Terms: o.Terms}, t.conv.Language)
		option.Tabled = true
		options = append(options, option)
	}
	return options
}

// reply gets words for the brief, checks them, and sends them. When the model's
// words break a rule it is told which and writes once more, then the built-in
// responder's are tried, then a human comes.
func (t *turn) reply(b llm.Brief) {
	budget := t.e.Settings.ModelBudget
	if budget == 0 {
		budget = 9 * time.Second
	}
	if t.onCall() && t.env.Say != nil && t.e.Model != nil && b.Verified {
		t.speakReply(b)
		return
	}
	model := t.e.Model
	if !b.Verified {
		model = nil // nothing to find words for: the question who they are is fixed
	}
	started, again := t.env.Now(), model != nil
	for try := model; ; {
		out, ok := t.decide(try, b, budget-t.env.Now().Sub(started))
		if !ok {
			break
		}
		own := try != nil && !out.Fallback // the model's own words
		if !own || t.trust(out, b) {
			if t.commands(out) || t.sendReply(out, b) {
				return
			}
			if !own {
				break // the built-in responder says the same again
			}
			t.conv.Refused++
			if again && len(out.Attempts) == 1 { // two calls a turn at most
				again, b.Refused = false, lawful(t.blockedBy)
				continue
			}
		}
		try = nil
	}
	t.handOff(Reason{Code: "no_lawful_reply", Detail: "No draft passed the rules."}, 1)
}

// lawful says what a refused draft should have been, in the rules' words and not its own.
func lawful(found []compliance.Finding) []string {
	var out []string
	for _, f := range found {
		if f.Outcome != compliance.Rewrite {
			out = append(out, f.Rule+": "+f.Detail)
		}
	}
	return out
}

// decide asks the model, holds its answer to the schema, and repairs once; the
// built-in responder stands in for it.
func (t *turn) decide(model llm.Model, b llm.Brief, budget time.Duration) (llm.Outcome, bool) {
	name := t.e.BuiltIn.Name()
	if model != nil {
		name = model.Name()
	}
	started := t.env.Now()
	ctx, cancel := context.WithTimeout(t.ctx, budget)
	defer cancel()
	out, err := llm.Decide(ctx, model, t.e.BuiltIn, b)
	t.decided(out, err, name, started, b)
	return out, err == nil
}

// decided records what was asked of a model, what came, and whether it was of use.
func (t *turn) decided(out llm.Outcome, err error, name string, started time.Time, b llm.Brief) {
	entry := StepTrace{Name: StepDecide, Started: started, MS: ms(t.env.Now().Sub(started)), Attempt: 1, Outcome: StepOK,
		Input:    map[string]any{"model": name, "options": len(b.Options), "pending": b.Pending, "heard": intentNames(b.Heard)},
		Output:   map[string]any{"by": out.By, "move": out.Answer.Move, "commands": out.Answer.Commands, "attempts": out.Attempts},
		Versions: t.versions(StepDecide)}
	if out.Prompt.Name != "" {
		entry.Versions["prompt"] = out.Prompt.Name + "/" + out.Prompt.Version
	}
	if out.Fallback {
		entry.Outcome = StepFallback
	}
	if err != nil {
		reason := err.Error()
		entry.Error, entry.Outcome = &reason, StepHandoff
	}
	t.trace.Steps = append(t.trace.Steps, entry)
	validated := StepTrace{Name: StepValidate, Started: t.env.Now(), Attempt: 1, Outcome: StepOK,
		Input:  map[string]any{"reply_characters": len(out.Answer.Reply)},
		Output: map[string]any{"valid": err == nil, "repaired": out.Repaired}, Versions: t.versions(StepValidate)}
	if out.Repaired {
		validated.Outcome, validated.Attempt = StepRetry, 2
	}
	if out.Fallback {
		validated.Outcome = StepFallback
	}
	t.trace.Steps = append(t.trace.Steps, validated)
}

// commands acts on what the model proposes beyond words. Only asking for a human
// is taken at its word: it can do no harm.
func (t *turn) commands(out llm.Outcome) bool {
	for _, c := range out.Answer.Commands {
		if c.Name == llm.CmdHandoff {
			t.handOff(Reason{Code: "model_asked", Detail: "The answering model asked for a human."}, 0)
			return true
		}
	}
	m, ok := t.minted[out.Answer.Move]
	switch {
	case ok && m.Kind == negotiation.MoveHandoff:
		t.handOff(Reason{Code: "no_move", Detail: m.Reason}, 1)
		return true
	case ok && m.Kind == negotiation.MoveHardship:
		t.handOffWords(out.Text, Reason{Code: "hardship", Detail: m.Reason}, 1)
		return true
	}
	return false
}

func intentNames(u understand.Understanding) []string {
	names := make([]string, 0, len(u.Intents))
	for _, i := range u.Intents {
		names = append(names, string(i.Name))
	}
	return names
}
