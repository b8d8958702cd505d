package lab

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"parley/dialog"
	"parley/negotiation"
)

// debtor is one simulated person: a state machine that reads what it is sent as
// a person would, and answers in its own words.
type debtor struct {
	persona Persona
	words   *rand.Rand // of this trial: the wording
	slips   float64    // how carelessly they write
	side    side       // whose words they use
	self    self

	before, after []say
	identified    bool
	offered       int // offers refused so far
	asked         bool
	said          int
	leaving       bool
	stated        map[string]bool
	corrected     bool
	courteous     bool // has said hello or thanks since we know them
}

// self is what the person knows of themselves. It is the same in every trial of
// a scenario.
type self struct {
	Name, Zip, Birth string
	Balance          int64
	Surplus          int64 // a month, in truth
	Able             int64 // a month, for this
	Lump             int64 // at once
}

func newDebtor(p Persona, s self, words *rand.Rand) *debtor {
	return &debtor{persona: p, self: s, words: words, before: slices.Clone(p.Before), after: slices.Clone(p.After), stated: map[string]bool{}}
}

// next is the person's next message, after having read what was sent and what
// lies on the table; false: they say nothing more.
func (d *debtor) next(heard []sent, table []dialog.Offer, verified bool) (say, bool) {
	d.said++
	if d.leaving || d.persona.Silent > 0 && d.said > d.persona.Silent {
		return say{}, false
	}
	text := strings.ToLower(joined(heard))
	if !verified {
		return d.beforeKnown(text)
	}
	d.identified = true
	if d.slips > 0 && !d.courteous && len(d.persona.After) == 0 && d.words.IntN(3) == 0 { // in calibration some are polite first
		d.courteous = true
		return d.wording([]string{"thanks", "hello"}[d.words.IntN(2)], nil), true
	}
	if len(d.after) > 0 {
		s := d.after[0]
		d.after = d.after[1:]
		if len(table) > 0 {
			s.Means = meaning{} // what it means beside an offer is another question
		}
		return s, true
	}
	if s, ok := d.answers(text); ok {
		return s, true
	}
	if len(table) > 0 {
		return d.weigh(table)
	}
	return d.asks()
}

// beforeKnown is said while nobody knows who they are.
func (d *debtor) beforeKnown(text string) (say, bool) {
	if len(d.before) > 0 {
		s := d.before[0]
		d.before = d.before[1:]
		return s, true
	}
	if d.persona.Refuses {
		return say{}, false
	}
	if d.said > 5 {
		return say{}, false // they give up
	}
	asked := strings.Contains(text, "zip") || strings.Contains(text, "postal") || strings.Contains(text, "year of birth") || strings.Contains(text, "nacimiento")
	if !asked && d.said == 1 {
		return d.wording("hello", nil), true
	}
	kind := "identify"
	if strings.Contains(text, "year") || strings.Contains(text, "año") || strings.Contains(text, "nacimiento") {
		kind = "identify_both"
	}
	return d.wording(kind, map[string]string{"zip": d.self.Zip, "year": d.self.Birth[:4]}), true
}

// answers replies to a question about their means.
func (d *debtor) answers(text string) (say, bool) {
	once := func(key string) bool {
		if d.stated[key] {
			return false
		}
		d.stated[key] = true
		return true
	}
	switch {
	case has(text, "left each month", "cover your needs", "le queda", "quedan al mes", "le sobra") && once("surplus"):
		if d.persona.Stated == 0 {
			return d.wording("vague", nil), true
		}
		return d.wording("surplus", map[string]string{"surplus": dollars(share(d.self.Surplus, d.persona.Stated))}), true
	case has(text, "get paid", "le pagan", "día de pago") && once("payday"):
		return d.wording("payday", nil), true
	case has(text, "what amount", "how much could you pay", "qué cantidad", "cuánto podría") && once("amount"):
		return d.counter(d.persona.Opening), true
	case has(text, "what day would you like", "first payment?", "qué día", "cuándo podría") && once("start"):
		return d.wording("start", nil), true
	}
	return say{}, false
}

// asks opens the bargaining.
func (d *debtor) asks() (say, bool) {
	defer func() { d.asked = true }()
	switch {
	case d.persona.Vague && d.words.IntN(2) == 0:
		return d.wording(pick(d.words, []string{"vague", "gibberish"}), nil), true
	case d.persona.Lump > 0 && !d.asked:
		return d.wording("settle", nil), true
	case d.persona.Lump > 0:
		return d.wording("settle_at", map[string]string{"amount": dollars(d.self.Lump / 100 * 100)}), true
	case d.asked:
		return d.counter(d.persona.Opening), true
	}
	return d.wording("plan", nil), true
}

// weigh takes an offer on the table, answers it with a figure, or takes leave.
func (d *debtor) weigh(table []dialog.Offer) (say, bool) {
	for i, o := range table {
		if d.fits(o) {
			return d.take(table, i), true
		}
	}
	d.offered++
	if d.offered > d.persona.Patience {
		d.leaving = true
		return d.wording("leave", nil), true
	}
	switch {
	case d.persona.Vague && d.offered < 3:
		return d.wording("vague", nil), true
	case d.persona.Lump > 0:
		return d.wording("settle_at", map[string]string{"amount": dollars(share(d.self.Lump, 0.6+0.1*float64(d.offered)) / 100 * 100)}), true
	case d.offered == 1 && d.words.IntN(3) == 0:
		return d.wording("lower", nil), true
	}
	if d.persona.Corrects && !d.corrected {
		d.corrected = true
		c := d.counter(0.5)
		c.Text += ", no wait, I mean $" + dollars(d.opening(d.persona.Opening))
		c.Means.Amount = d.opening(d.persona.Opening)
		return c, true
	}
	return d.counter(d.persona.Opening + 0.1*float64(d.offered)), true
}

func (d *debtor) counter(of float64) say {
	return d.wording("counter", map[string]string{"amount": dollars(d.opening(of))})
}

// opening is a round monthly figure.
func (d *debtor) opening(of float64) int64 {
	return max(share(d.self.Able, min(of, 1))/500*500, 500)
}

// fits reports whether they can and would carry the offer: month by month for
// a plan, in one sum for the rest.
func (d *debtor) fits(o dialog.Offer) bool {
	if o.Kind == negotiation.MoveSettlement || o.Kind == negotiation.MoveFull {
		return o.Terms.Total.Minor <= d.self.Lump
	}
	month := map[string]int64{}
	for _, i := range o.Terms.Installments {
		k := i.Due.String()[:7]
		month[k] += i.Amount.Minor
		if month[k] > d.self.Able {
			return false
		}
	}
	return len(o.Terms.Installments) > 0 && d.persona.Lump == 0 || o.Kind == negotiation.MovePromise
}

// take accepts by button, by number or in words.
func (d *debtor) take(table []dialog.Offer, i int) say {
	how := d.words.IntN(3)
	switch {
	case len(table) > 1 && how > 0:
		n := i + 1
		return d.wording("number", map[string]string{"n": strconv.Itoa(n), "nth": []string{"first", "second", "third", "fourth"}[min(i, 3)]})
	case len(table) > 1 || how == 0:
		return say{Choice: table[i].ID}
	}
	return d.wording("accept", nil)
}

func has(text string, any ...string) bool {
	return slices.ContainsFunc(any, func(s string) bool { return strings.Contains(text, s) })
}

func share(c int64, of float64) int64 { return int64(float64(c) * of) }

func joined(list []sent) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.Text + "\n")
	}
	return b.String()
}
