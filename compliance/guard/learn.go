package guard

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// The second layer: a small multinomial logistic regression over hashed words,
// pairs of words and letter groups. It hears what no phrase foresaw. It only
// ever adds findings, and never for a sentence whose words a phrase has excused.

//go:generate go run ./cmd/train

//go:embed model.bin
var modelFile []byte

// dims is the number of hashed features, a power of two.
const dims = 1 << 14

// lawfulLabel is the class of texts that break nothing.
const lawfulLabel = "lawful"

// model is the trained classifier: a row of weights for each label.
type model struct {
	labels []string
	scale  float32
	w      []int8 // label-major: labels × dims
}

var learned = sync.OnceValues(func() (*model, error) { return decodeModel(modelFile) })

// disclosed marks the sentences that are disclosures; they say nothing of what
// a message is about.
func (m *message) disclosed() map[int]bool {
	skip := map[int]bool{}
	for _, s := range disclosureSets {
		for _, h := range m.hits[m.match.index[s]] {
			skip[m.toks[h.from].sent] = true
		}
	}
	return skip
}

// features are the hashed features of the sentences that are no disclosure:
// words, pairs of words, parts of words, and the concepts that meet in a
// sentence, which carry over to words never seen.
func (m *message) features() []uint32 {
	skip := m.disclosed()
	var out []uint32
	for first := 0; first < len(m.toks); {
		end := first + 1
		for end < len(m.toks) && m.toks[end].sent == m.toks[first].sent {
			end++
		}
		if !skip[m.toks[first].sent] {
			out = m.sentence(out, first, end)
		}
		first = end
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sentence adds the features of toks[first:end].
func (m *message) sentence(out []uint32, first, end int) []uint32 {
	prev, prev2, last := "<", "", "<"
	var ideas []string
	for i := first; i < end; i++ {
		t := &m.toks[i]
		w := t.s
		switch t.kind {
		case kMoney:
			w = "$"
		case kPercent:
			w = "%"
		case kNumber:
			w = "#"
		}
		out = append(out, hash("1", w, ""), hash("2", prev, w), hash("3", prev2, w))
		for k := 0; k+4 <= len(w); k++ {
			out = append(out, hash("c", w[k:k+4], ""))
		}
		if len(w) >= 4 {
			out = append(out, hash("p", w[:4], ""))
		}
		for _, c := range lexicon().of(w) {
			out = append(out, hash("k", c, ""), hash("kk", last, c))
			if !slices.Contains(ideas, c) {
				for _, o := range ideas {
					out = append(out, hash("ks", min(o, c), max(o, c)))
				}
				ideas = append(ideas, c)
			}
			last = c
		}
		prev2, prev = prev, w
	}
	return out
}

// hash is FNV-1a over the parts, folded to dims.
func hash(kind, a, b string) uint32 {
	h := uint32(2166136261)
	for _, s := range [...]string{kind, a, b} {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * 16777619
		}
		h = (h ^ 0xff) * 16777619
	}
	return (h ^ h>>15) & (dims - 1)
}

// probabilities of the labels given the features.
func (c *model) probabilities(features []uint32) []float64 {
	out := make([]float64, len(c.labels))
	norm := 1 / math.Sqrt(float64(len(features)+1))
	top := math.Inf(-1)
	for l := range c.labels {
		sum := 0
		row := c.w[l*dims : (l+1)*dims]
		for _, f := range features {
			sum += int(row[f])
		}
		out[l] = float64(sum) * float64(c.scale) * norm
		top = max(top, out[l])
	}
	total := 0.0
	for l := range out {
		out[l] = math.Exp(out[l] - top)
		total += out[l]
	}
	for l := range out {
		out[l] /= total
	}
	return out
}

// suspicion is the share of "lawful" below which a text is refused.
const suspicion = 0.6

// certainty is the share below which not even a denied phrase speaks for the
// text; leastShare is what one rule must have of the suspicion.
const certainty, leastShare = 0.12, 0.2

// suspect reports the rule the text most likely breaks, or "".
func (m *message) suspect() string {
	c, err := learned()
	if err != nil {
		panic(err) // apply turns it into a finding that blocks
	}
	features := m.features()
	if len(features) < 24 { // four words or so: too little to tell by
		return ""
	}
	p := c.probabilities(features)
	if i := slices.Index(c.labels, lawfulLabel); i < 0 || p[i] >= suspicion {
		return ""
	}
	plain := p[slices.Index(c.labels, lawfulLabel)] < certainty
	best, at := 0.0, ""
	for l, id := range c.labels {
		if id == lawfulLabel || !m.applies(id) || !plain && m.answered(id) {
			continue
		}
		if p[l] > best {
			best, at = p[l], id
		}
	}
	if best < leastShare {
		return ""
	}
	return at
}

// setsOf are the phrase sets of the rules the classifier knows by other names.
var setsOf = map[string]string{"OD-ARREST-01": "arrest", "OD-GARNISH-01": "garnish", "OD-LITIG-01": "litigation", "OD-ATTY-01": "attorney", "OD-GOVT-01": "government",
	"OD-CREDIT-01": "credit", "OD-FEE-01": "fee", "OD-OFFER-01": "offer", "OD-OFFER-02": "floor", "OD-URGENCY-01": "urgency", "OD-TAX-01": "tax", "OD-LEGALADV-01": "legaladvice",
	"OD-FINADV-01": "financialadvice", "OD-MEDICAL-01": "medical", "OD-HARASS-01": "harass", "OD-DISPUTE-01": "dispute", "OD-OVERSHADOW-01": "overshadow", "OD-CARD-01": "card",
	"OD-PII-01": "pii", "OD-REGE-01": "rege", "OD-POSTDATE-01": "postdate", "OD-PROMISE-01": "promise", "OD-AI-01": "human", "OD-ID-01": "identity"}

// answered reports whether the rule's own phrases were found and held to be
// denied or excused: then the phrases know better.
func (m *message) answered(id string) bool {
	set, ok := setsOf[id]
	return ok && m.mentions(set)
}

// applies reports whether the rule can be broken under the facts at all.
func (m *message) applies(id string) bool {
	switch id {
	case "OD-OVERSHADOW-01":
		return m.InValidation
	case "OD-TBD-01", "OD-TBD-02":
		return m.TimeBarred
	case "OD-LITIG-01":
		return !m.TimeBarred
	case "OD-AI-01":
		return m.bot()
	case "OD-FEE-01":
		return !m.FeesAuthorized
	}
	return true
}

var errModel = errors.New("guard: the classifier's weights are damaged; run go generate")

// decodeModel reads what [Train] wrote.
func decodeModel(b []byte) (*model, error) {
	if len(b) < 6 {
		return nil, errModel
	}
	n := int(binary.LittleEndian.Uint16(b))
	c := &model{scale: math.Float32frombits(binary.LittleEndian.Uint32(b[2:]))}
	head, rest, ok := strings.Cut(string(b[6:]), "\n")
	c.labels = strings.Fields(head)
	if !ok || len(c.labels) != n || len(rest) != n*dims {
		return nil, errModel
	}
	c.w = make([]int8, len(rest))
	for i := range len(rest) {
		c.w[i] = int8(rest[i])
	}
	return c, nil
}

// Example is a draft to train on; Label is the rule it breaks, "" for none.
type Example struct {
	Text  string
	Label string
	Facts Facts
}

// Train fits the classifier to examples and returns its weights. The same
// examples in the same order give the same bytes.
func Train(examples []Example) ([]byte, error) {
	mt, err := builtin()
	if err != nil {
		return nil, err
	}
	g := &Guard{match: mt}
	labels := []string{lawfulLabel}
	xs, ys := make([][]uint32, len(examples)), make([]int, len(examples))
	for i := range examples {
		e := &examples[i]
		label := e.Label
		if label == "" {
			label = lawfulLabel
		}
		if !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
		xs[i], ys[i] = g.read(e.Text, &e.Facts, false).features(), slices.Index(labels, label)
	}
	w := descend(xs, ys, len(labels))
	top := 0.0
	for _, v := range w {
		top = max(top, math.Abs(v))
	}
	if top == 0 {
		return nil, fmt.Errorf("guard: nothing to learn from %d examples", len(examples))
	}
	scale := float32(top / 127)
	out := binary.LittleEndian.AppendUint16(nil, uint16(len(labels)))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	out = append(out, strings.Join(labels, " ")+"\n"...)
	for _, v := range w {
		out = append(out, byte(int8(math.Round(v/float64(scale)))))
	}
	return out, nil
}

// descend is AdaGrad on the multinomial log-loss with a little L2.
func descend(xs [][]uint32, ys []int, labels int) []float64 {
	const epochs, rate, decay = 40, 0.3, 1e-4
	w, g2 := make([]float64, labels*dims), make([]float64, labels*dims)
	p := make([]float64, labels)
	for range epochs {
		for i, x := range xs {
			norm := 1 / math.Sqrt(float64(len(x)+1))
			top, total := math.Inf(-1), 0.0
			for l := range p {
				p[l] = 0
				for _, f := range x {
					p[l] += w[l*dims+int(f)]
				}
				p[l] *= norm
				top = max(top, p[l])
			}
			for l := range p {
				p[l] = math.Exp(p[l] - top)
				total += p[l]
			}
			for l := range p {
				d := p[l] / total
				if l == ys[i] {
					d--
				}
				if math.Abs(d) < 1e-4 {
					continue
				}
				for _, f := range x {
					k := l*dims + int(f)
					grad := d*norm + decay*w[k]
					g2[k] += grad * grad
					w[k] -= rate * grad / (math.Sqrt(g2[k]) + 1e-6)
				}
			}
		}
	}
	return w
}
