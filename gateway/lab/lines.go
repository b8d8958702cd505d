package lab

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"parley/dialog/understand"
)

// meaning is what the simulator means by a line: the truth against which the
// understanding of it is held. The zero meaning is not scored.
type meaning struct {
	// Any: at least one of these must be heard; Not: none of these.
	Any, Not []understand.Name
	// Amount must be among the figures heard, in cents.
	Amount int64
	// Choice is the number chosen.
	Choice int
	// Nothing: it means nothing; whatever is heard in it is wrong.
	Nothing bool
}

func (m meaning) scored() bool {
	return len(m.Any) > 0 || m.Amount != 0 || m.Choice != 0 || m.Nothing
}

// right reports whether u is what was meant.
func (m meaning) right(u understand.Understanding) bool {
	if m.Nothing {
		return false // there was nothing to act on
	}
	if len(m.Any) > 0 && !u.Has(m.Any...) || u.Has(m.Not...) {
		return false
	}
	if m.Choice != 0 && u.Choice != m.Choice {
		return false
	}
	if m.Amount == 0 {
		return true
	}
	for _, a := range u.Amounts {
		if a.Money.Minor == m.Amount {
			return true
		}
	}
	return false
}

// say is one message of a person.
type say struct {
	Text   string
	Choice string // a button instead
	// Wording is the text before its figures and slips; "" for what one persona says.
	Wording string
	Means   meaning
	// Trigger: what must bring a human stands in it.
	Trigger bool
	// Crisis, Stop, AskBot: what the answer to it has to be.
	Crisis, Stop, AskBot bool
}

// line is a kind of message in several wordings. {amount} and the like are filled in.
type line struct {
	en, es []string
	// slang is said in calibration, where there must be something to get wrong.
	slang []string
	means meaning
}

var (
	not     = []understand.Name{understand.Accept, understand.Dispute}
	paying  = []understand.Name{understand.MakePlan, understand.Counter}
	wordsOf = map[string]line{
		"hello": {
			en:    []string{"hi", "Hello?", "hey there", "good morning", "hi, I got a text from you"},
			es:    []string{"hola", "buenos días", "hola, me llegó un mensaje"},
			slang: []string{"sup", "yo whats good", "who dis"},
			means: meaning{Any: []understand.Name{understand.Greeting}},
		},
		"identify": {
			en: []string{"{zip}", "my zip is {zip}", "zip code {zip}", "it's {zip}"},
			es: []string{"{zip}", "mi código postal es {zip}", "código postal {zip}"},
		},
		"identify_both": {
			en: []string{"zip {zip}, born {year}", "{zip} and I was born in {year}", "my zip is {zip}, year of birth {year}", "{zip} {year}"},
			es: []string{"código postal {zip}, nací en {year}", "{zip} y nací en {year}", "{zip} {year}"},
		},
		"balance": {
			en:    []string{"how much do I owe?", "what's my balance", "can you tell me the total I owe", "how much is it"},
			es:    []string{"¿cuánto debo?", "cuál es mi saldo", "cuanto es mi deuda"},
			slang: []string{"whats the damage", "how deep am i in", "so what do u say i owe", "total?", "wat do i owe yall"},
			means: meaning{Any: []understand.Name{understand.AskBalance}, Not: not},
		},
		"plan": {
			en: []string{"can I do a payment plan?", "I can't pay it all at once, can I make monthly payments?", "I'd like to split this up",
				"could we set up installments", "what are my options", "I want to pay it off over time", "is there some way to break this into smaller payments?"},
			es: []string{"¿puedo pagar en mensualidades?", "quiero un plan de pagos", "no puedo pagar todo de una vez, ¿se puede en pagos?", "¿qué opciones tengo?",
				"me gustaría pagar poco a poco"},
			slang: []string{"any wiggle room on how its paid", "need to chip away at it", "lemme do a lil at a time", "cant do it in one go tho", "is layaway a thing here", "spread er out", "pay as i go?", "I'd need it in chunks"},
			means: meaning{Any: paying, Not: not},
		},
		"counter": {
			en: []string{"what about ${amount} a month", "I can do {amount} a month", "could I pay ${amount} monthly?", "the most I can manage is ${amount} per month",
				"{amount} every month is what I can do", "how about {amount} bucks a month", "I could swing ${amount} a month if that helps", "make it {amount} monthly"},
			es:    []string{"puedo pagar {amount} al mes", "¿y si pago ${amount} mensuales?", "lo más que puedo son {amount} dólares al mes", "le puedo dar {amount} cada mes"},
			slang: []string{"best i got is {amount} every 4 weeks", "{amount}/mo??", "i can throw u {amount} each month", "{amount} n thats it monthly", "put me down for {amount} mthly", "im good for {amount} a mo", "{amount} on the 1st of each month works on my end"},
			means: meaning{Any: paying, Not: not, Amount: -1},
		},
		"surplus": {
			en:    []string{"about ${surplus}", "after bills I have ${surplus} left", "maybe {surplus} a month", "I have around ${surplus} left over each month", "{surplus}"},
			es:    []string{"como ${surplus}", "me quedan {surplus} dólares al mes", "unos {surplus}"},
			slang: []string{"{surplus} if im lucky", "maybe like {surplus} give or take", "not much, {surplus}", "{surplus}ish"},
			means: meaning{Not: not, Amount: -1},
		},
		"payday": {
			en:    []string{"I get paid on fridays", "every friday", "friday", "payday is friday"},
			es:    []string{"los viernes", "me pagan los viernes", "cada viernes"},
			means: meaning{Not: not},
		},
		"start": {
			en:    []string{"next friday", "on the 4th", "December 4"},
			es:    []string{"el próximo viernes", "el 4 de diciembre"},
			means: meaning{Not: not},
		},
		"accept": {
			en:    []string{"yes", "ok let's do it", "that works for me", "sounds good, set it up", "yes please", "deal", "sure, that's fine", "I'll take it", "yep do it"},
			es:    []string{"sí", "de acuerdo", "me parece bien", "está bien, hagámoslo", "acepto", "sale, adelante"},
			slang: []string{"aight bet", "fine whatever do it", "say less", "lets gooo", "k do dat", "im in", "cool w me", "ya thatll be ok i spose", "go head", "yea that one's fine by me"},
			means: meaning{Any: []understand.Name{understand.Accept}, Not: []understand.Name{understand.Decline, understand.Dispute}},
		},
		"number": {
			en:    []string{"{n}", "option {n}", "number {n} please", "I'll take {n}", "the {nth} one"},
			es:    []string{"{n}", "la opción {n}", "el número {n}"},
			means: meaning{Any: []understand.Name{understand.Accept}, Choice: -1},
		},
		"lower": {
			en:    []string{"that's too much", "I can't afford that", "can you do any lower?", "that is way too high for me", "too steep, sorry"},
			es:    []string{"es demasiado", "no puedo pagar tanto", "es mucho para mí"},
			slang: []string{"nah thats crazy", "yikes", "no can do chief", "u trippin", "thats rent money", "way out of my league"},
			means: meaning{Any: []understand.Name{understand.Decline, understand.Counter, understand.Hardship}, Not: []understand.Name{understand.Accept}},
		},
		"leave": {
			en:    []string{"I need to think about it, bye", "let me talk to my wife and get back to you", "not today, talk later", "I'll think about it. thanks, bye"},
			es:    []string{"lo voy a pensar, adiós", "tengo que consultarlo, luego le digo", "gracias, hablamos después"},
			slang: []string{"gtg ill hit u up", "lemme sleep on it", "imma pass for rn", "gotta run w/e"},
			means: meaning{Not: []understand.Name{understand.Accept}},
		},
		"thanks": {
			en:    []string{"thank you", "thanks so much", "appreciate it"},
			es:    []string{"gracias", "muchas gracias"},
			slang: []string{"preciate ya", "ty", "bless"},
			means: meaning{Any: []understand.Name{understand.Thanks}},
		},
		"settle": {
			en:    []string{"can I settle for less?", "would you take a lump sum and call it done?", "is there a discount if I pay at once"},
			es:    []string{"¿puedo liquidar por menos?", "¿hay descuento si pago de una vez?"},
			slang: []string{"what if i just cash u out", "can we knock some off n call it", "any way to chop it down", "cut me a deal for cash"},
			means: meaning{Any: []understand.Name{understand.Settle}, Not: not},
		},
		"settle_at": {
			en:    []string{"I'll give you ${amount} to settle the whole thing", "would you take ${amount} lump sum and be done with it?", "${amount} today and we're done"},
			es:    []string{"le doy ${amount} para liquidar todo", "¿aceptaría {amount} dólares para saldar la deuda?"},
			slang: []string{"{amount} cash n we square", "{amount} and u close the file", "lets say {amount} and its dead"},
			means: meaning{Any: []understand.Name{understand.Settle, understand.Counter}, Not: not, Amount: -1},
		},
		"vague": {
			en:    []string{"idk maybe", "hmm", "I guess so?? not sure", "whatever you think", "it depends", "things are complicated"},
			es:    []string{"no sé", "pues depende", "quién sabe"},
			means: meaning{},
		},
		"gibberish": {
			en:    []string{"asdkjh qwe", "purple monkey dishwasher", "the thing with the thing", "zzzz", "lkj lkj"},
			es:    []string{"asdkjh qwe", "blablabla cosa"},
			means: meaning{Nothing: true},
		},
	}
)

// wording says a kind of line as this person would.
func (d *debtor) wording(kind string, fill map[string]string) say {
	l := wordsOf[kind]
	slang := len(l.slang) > 0 && d.slips > 0 && d.words.Float64() < d.slips
	texts := textsOf(kind, d.lang(), slang, d.side)
	text := texts[d.words.IntN(len(texts))]
	wording := text
	for k, v := range fill {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	m := l.means
	if m.Amount < 0 {
		m.Amount = cents(fill["amount"] + fill["surplus"])
	}
	if m.Choice < 0 {
		_, _ = fmt.Sscan(fill["n"], &m.Choice) // our own number
	}
	text = d.typo(text, d.persona.Typos)
	for range 3 {
		text = d.typo(text, d.slips)
	}
	return say{Text: text, Means: m, Wording: wording}
}

// typo swaps two letters now and then, as thumbs do; never in figures.
func (d *debtor) typo(text string, chance float64) string {
	if d.words.Float64() > chance {
		return text
	}
	words := strings.Fields(text)
	i := d.words.IntN(len(words))
	w := []rune(words[i])
	if len(w) < 5 || strings.ContainsAny(words[i], "0123456789$") {
		return text
	}
	k := 1 + d.words.IntN(len(w)-3)
	w[k], w[k+1] = w[k+1], w[k]
	words[i] = string(w)
	return strings.Join(words, " ")
}

func (d *debtor) lang() string {
	if d.persona.Mixed {
		if d.words.IntN(2) == 0 {
			return "es"
		}
		return "en"
	}
	return d.persona.Lang
}

// dollars writes cents the way people do.
func dollars(c int64) string {
	if c%100 == 0 {
		return fmt.Sprint(c / 100)
	}
	return fmt.Sprintf("%d.%02d", c/100, c%100)
}

func cents(s string) int64 {
	var d, c int64
	if _, err := fmt.Sscanf(s, "%d.%02d", &d, &c); err != nil {
		_, _ = fmt.Sscanf(s, "%d", &d) // our own figure
	}
	return d*100 + c
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
