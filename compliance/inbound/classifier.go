package inbound

import (
	_ "embed"
	"encoding/binary"
	"math"
	"strings"
	"sync"

	"parley/compliance/inbound/internal/features"
)

//go:generate go run parley/compliance/inbound/internal/train

// The classifier's weights and the words that are spelled as meant. Both are
// made from the phrases by go generate, with a fixed seed, and are the same
// bytes every time.
var (
	//go:embed weights.bin
	weights []byte
	//go:embed words.txt
	wordList string
)

// weightsMagic begins the file; the digit is its version.
const weightsMagic = "PLYIN001"

// classifier is logistic regression, one against the rest, over hashed word and
// character n-grams, with weights in eight bits.
type classifier struct {
	labels []Label
	heads  []head
	// w holds the weights of all labels side by side, by feature.
	w []int8
}

// head is what one label needs besides its weights.
type head struct {
	scale, bias float32
	a, b        float32 // Platt scaling
	threshold   float32 // least probability that fires
}

// builtIn loads the weights in the binary once; they are read only.
var builtIn = sync.OnceValue(func() *classifier { return loadClassifier(weights) })

// loadClassifier reads a weights file; nil for one that is not whole, so that a
// build before the first go generate still hears by rules.
func loadClassifier(data []byte) *classifier {
	if len(data) < len(weightsMagic)+4 || string(data[:len(weightsMagic)]) != weightsMagic {
		return nil
	}
	data = data[len(weightsMagic):]
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	c := &classifier{}
	for range n {
		if len(data) < 1 || len(data) < 1+int(data[0])+20 {
			return nil
		}
		size := int(data[0])
		c.labels = append(c.labels, Label(data[1:1+size]))
		data = data[1+size:]
		var f [5]float32
		for i := range f {
			f[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
		c.heads = append(c.heads, head{f[0], f[1], f[2], f[3], f[4]})
		data = data[20:]
	}
	if len(data) != n*features.Dim {
		return nil
	}
	c.w = make([]int8, len(data))
	for i, b := range data {
		c.w[i] = int8(b)
	}
	return c
}

// probabilities returns the calibrated probability of every label.
func (c *classifier) probabilities(normal string, out []float32) []float32 {
	var buf [512]uint32
	fs := features.Extract(normal, buf[:0])
	n := len(c.labels)
	var sums [64]int32
	for _, f := range fs {
		row := c.w[int(f)*n : int(f)*n+n]
		for i, w := range row {
			sums[i] += int32(w)
		}
	}
	norm := float32(1 / math.Sqrt(float64(max(len(fs), 1))))
	out = out[:0]
	for i, h := range c.heads {
		z := float64(h.a*(float32(sums[i])*h.scale*norm+h.bias) + h.b)
		out = append(out, float32(1/(1+math.Exp(-z))))
	}
	return out
}

// alikeThreshold is what the classifier must reach where a rule knows the words
// as a look-alike of the label.
const alikeThreshold = 0.9

// A few words hold few features; the fewer they are, the surer it must be. One
// word is for keywords and rules alone.
const (
	pairThreshold   = 0.97 // two words
	shortThreshold  = 0.9  // three
	middleThreshold = 0.7  // four or five
)

// least is the probability that fires head h in a message of n words.
func (h head) least(n int, alike bool) float32 {
	switch {
	case n <= 1:
		return 2
	case n == 2:
		return max(h.threshold, pairThreshold)
	case alike:
		return max(h.threshold, alikeThreshold)
	case n == 3:
		return max(h.threshold, shortThreshold)
	case n <= 5:
		return max(h.threshold, middleThreshold)
	}
	return h.threshold
}

// hearClassifier adds the labels the classifier hears in the whole message or in
// one of its sentences.
func (d *Detector) hearClassifier(h *hearing, m *parsed, verdicts []verdict) {
	c := d.model
	if c == nil || len(m.tokens) == 0 {
		return
	}
	best := c.probabilities(m.spelled(), nil)
	if parts := m.sentenceTexts(); len(parts) > 1 {
		var buf []float32
		for _, s := range parts {
			buf = c.probabilities(s, buf)
			for i, p := range buf {
				best[i] = max(best[i], p)
			}
		}
	}
	alike := make(map[Label]bool, 8)
	for i, v := range verdicts {
		if v.alike {
			alike[d.rules.families[i].label] = true
		}
	}
	for i, p := range best {
		l := c.labels[i]
		if p < c.heads[i].least(len(m.tokens), alike[l]) {
			continue
		}
		h.add(Hit{l, ByClassifier, ruleOf[l], "", float64(p)})
	}
}

// sentenceTexts are the sentences of a message of at least three words, at most six.
func (p *parsed) sentenceTexts() []string {
	if len(p.sentences) < 2 {
		return nil
	}
	var out []string
	for i := 0; i < len(p.tokens) && len(out) < 6; {
		j := i
		for j < len(p.tokens) && p.tokens[j].sentence == p.tokens[i].sentence {
			j++
		}
		if j-i >= 3 {
			out = append(out, p.spelledFrom(i, j))
		}
		i = j
	}
	return out
}

// knownWords are the words that are meant as they are spelled.
var knownWords = sync.OnceValue(func() map[string]bool {
	known := make(map[string]bool, 4096)
	for _, w := range strings.Fields(wordList) {
		known[w] = true
	}
	return known
})

// Spelled gives abbreviations and contractions of a normalised text one
// spelling, as the classifier reads it.
func Spelled(normal string) string {
	m := parse(normal)
	return m.spelled()
}

func (p *parsed) spelled() string { return p.spelledFrom(0, len(p.tokens)) }

func (p *parsed) spelledFrom(first, end int) string {
	var b strings.Builder
	b.Grow(len(p.normal) + 16)
	for i := first; i < end; i++ {
		t := &p.tokens[i]
		b.WriteString(t.text)
		b.WriteByte(' ')
		if p.sentences[t.sentence].question && (i+1 == end || p.tokens[i+1].sentence != t.sentence) {
			b.WriteString("? ")
		}
	}
	return b.String()
}
