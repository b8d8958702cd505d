// Command train makes the inbound classifier's weights from the phrases in the
// repository. It is run by go generate, takes seconds, reads no clock and no
// random source but a fixed seed, and writes the same bytes every time.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"

	"parley/compliance/inbound"
	"parley/compliance/inbound/internal/features"
	"parley/compliance/inbound/phrases"
)

const (
	seed       = 20261122
	folds      = 4
	epochs     = 10
	expansions = 16
	// The bounds of thresholds. The upper ones hold because rules, which know most
	// look-alikes, make the classifier be surer of those.
	minProb, maxProb         = 0.30, 0.62
	minCritical, maxCritical = 0.22, 0.42
)

// excluded labels are never heard by the classifier: numbers are exact, and
// consent and HELP must not be guessed.
var excluded = map[inbound.Label]bool{inbound.CardData: true, inbound.Help: true, inbound.OptIn: true}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run() error {
	ps, err := phrases.Training(expansions)
	if err != nil {
		return err
	}
	samples := prepare(ps)
	var labels []inbound.Label
	for _, l := range inbound.Labels() {
		if !excluded[l] {
			labels = append(labels, l)
		}
	}
	out := bytes.NewBufferString("PLYIN001")
	binary.Write(out, binary.LittleEndian, uint32(len(labels)))
	columns := make([][]int8, len(labels))
	heads := make([][]float32, len(labels))
	recalls := make([]float64, len(labels))
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, l := range labels {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			m := fit(samples, l, -1)
			a, b, t, recall := calibrate(samples, l)
			recalls[i] = recall
			q, scale := quantise(m.w)
			columns[i], heads[i] = q, []float32{scale, m.bias, a, b, t}
		})
	}
	wait.Wait()
	for i, l := range labels {
		out.WriteByte(byte(len(l)))
		out.WriteString(string(l))
		binary.Write(out, binary.LittleEndian, heads[i])
		fmt.Fprintf(os.Stderr, "%-22s threshold %.2f, hears %.3f of unseen templates alone\n", l, heads[i][4], recalls[i])
	}
	for f := range features.Dim {
		for i := range labels {
			out.WriteByte(byte(columns[i][f]))
		}
	}
	if err := os.WriteFile("words.txt", []byte(vocabulary(ps)), 0o644); err != nil {
		return err
	}
	return os.WriteFile("weights.bin", out.Bytes(), 0o644)
}

// sample is a phrase ready for training.
type sample struct {
	fs       []uint32
	labels   map[inbound.Label]bool
	like     inbound.Label
	none     bool
	template int
	fold     int
	weight   float32
	norm     float32
	share    float64 // of its template
}

func prepare(ps []phrases.Phrase) []sample {
	out := make([]sample, 0, len(ps))
	for _, p := range ps {
		s := sample{labels: map[inbound.Label]bool{}, like: inbound.Label(p.Like), none: len(p.Labels) == 0, template: p.Template}
		for _, l := range p.Labels {
			s.labels[inbound.Label(l)] = true
		}
		s.fs = features.Extract(inbound.Spelled(inbound.Normalise(p.Text)), nil)
		s.fold = int(mix(uint64(p.Template)) % folds)
		s.weight = float32(1 / math.Sqrt(float64(p.Siblings)))
		s.share = 1 / float64(p.Siblings)
		s.norm = float32(1 / math.Sqrt(float64(max(len(s.fs), 1))))
		out = append(out, s)
	}
	return out
}

// mix is a fixed scrambling, the only randomness here.
func mix(x uint64) uint64 {
	x = (x + seed) * 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

type model struct {
	w    []float32
	bias float32
}

func (m model) score(s *sample) float32 {
	var z float32
	for _, f := range s.fs {
		z += m.w[f]
	}
	return z*s.norm + m.bias
}

// fit trains one label on all samples outside the fold left out (-1: on all),
// by stochastic gradient descent with per-weight steps and a little decay.
func fit(samples []sample, l inbound.Label, leave int) model {
	m := model{w: make([]float32, features.Dim)}
	g2 := make([]float32, features.Dim)
	var pos, neg float32
	order := make([]int, 0, len(samples))
	for i := range samples {
		if samples[i].fold == leave {
			continue
		}
		order = append(order, i)
		if samples[i].labels[l] {
			pos += samples[i].weight
		} else {
			neg += samples[i].weight
		}
	}
	lift := float32(math.Sqrt(float64(neg / max(pos, 1))))
	for epoch := range epochs {
		sort.Slice(order, func(a, b int) bool {
			return mix(uint64(order[a]+1)*31+uint64(epoch)*7919) < mix(uint64(order[b]+1)*31+uint64(epoch)*7919)
		})
		for _, i := range order {
			s := &samples[i]
			y, weight := float32(0), s.weight
			if s.labels[l] {
				y, weight = 1, weight*lift
			} else if s.like == l {
				weight *= 3
			}
			p := float32(1 / (1 + math.Exp(-float64(m.score(s)))))
			g := (p - y) * weight
			if g > -1e-4 && g < 1e-4 {
				continue
			}
			m.bias -= 0.02 * g
			step := g * s.norm
			for _, f := range s.fs {
				grad := step + 2e-5*m.w[f]
				g2[f] += grad * grad
				m.w[f] -= 0.5 * grad / (float32(math.Sqrt(float64(g2[f]))) + 1e-3)
			}
		}
	}
	return m
}

// calibrate fits Platt's a and b on predictions for folds that were left out,
// picks the threshold, and says how many templates it then hears.
func calibrate(samples []sample, l inbound.Label) (a, b, t float32, recall float64) {
	scores := make([]float32, len(samples))
	for k := range folds {
		m := fit(samples, l, k)
		for i := range samples {
			if samples[i].fold == k {
				scores[i] = m.score(&samples[i])
			}
		}
	}
	a, b = platt(samples, scores, l)
	t = threshold(samples, scores, a, b, l)
	return a, b, t, heard(samples, scores, a, b, t, l)
}

// How many templates may fire a label when it is judged on folds it was not
// trained on: of its own look-alikes, of those of other labels, of ordinary
// messages. A label that must not be missed is given twice the room.
const (
	ownAlike   = 0.06
	otherAlike = 0.012
	ordinary   = 0.003
)

var critical = map[inbound.Label]bool{
	inbound.OptOut: true, inbound.CeaseContact: true, inbound.Attorney: true, inbound.SelfHarm: true,
	inbound.Bankruptcy: true, inbound.Deceased: true, inbound.Minor: true,
}

// threshold is the least probability at which few enough templates fire; a
// template counts by the share of its siblings that do.
func threshold(samples []sample, scores []float32, a, b float32, l inbound.Label) float32 {
	room, least, most := 1.0, minProb, maxProb
	if critical[l] {
		room, least, most = 2, minCritical, maxCritical
	}
	for t := least; t < most; t += 0.01 {
		var fired, all [3]float64
		for i := range samples {
			s := &samples[i]
			if !s.none {
				continue
			}
			k := 1
			switch s.like {
			case l:
				k = 0
			case "":
				k = 2
			}
			all[k] += s.share
			if 1/(1+math.Exp(-float64(a*scores[i]+b))) >= t {
				fired[k] += s.share
			}
		}
		if fired[0] <= room*ownAlike*all[0] && fired[1] <= room*otherAlike*all[1] && fired[2] <= room*ordinary*all[2] {
			return float32(t)
		}
	}
	return float32(most)
}

// heard is the share of l's templates the classifier alone hears when judged on
// folds it was not trained on.
func heard(samples []sample, scores []float32, a, b, t float32, l inbound.Label) float64 {
	var got, all float64
	for i := range samples {
		if samples[i].labels[l] {
			all += samples[i].share
			if 1/(1+math.Exp(-float64(a*scores[i]+b))) >= float64(t) {
				got += samples[i].share
			}
		}
	}
	return got / max(all, 1e-9)
}

func platt(samples []sample, scores []float32, l inbound.Label) (float32, float32) {
	a, b := 1.0, 0.0
	for range 300 {
		var ga, gb, haa, hbb float64
		for i := range samples {
			y := 0.0
			if samples[i].labels[l] {
				y = 1
			}
			z := float64(scores[i])
			p := 1 / (1 + math.Exp(-(a*z + b)))
			w := float64(samples[i].weight)
			ga += w * (p - y) * z
			gb += w * (p - y)
			haa += w*p*(1-p)*z*z + 1e-6
			hbb += w*p*(1-p) + 1e-6
		}
		a -= 0.5 * ga / (haa + 1e-3)
		b -= 0.5 * gb / (hbb + 1e-3)
	}
	return float32(a), float32(b)
}

func quantise(w []float32) ([]int8, float32) {
	var top float32
	for _, x := range w {
		top = max(top, x, -x)
	}
	scale := max(top, 1e-6) / 127
	q := make([]int8, len(w))
	for i, x := range w {
		q[i] = int8(math.Round(float64(x / scale)))
	}
	return q, scale
}

// vocabulary lists the words that occur in at least two templates, and so are
// spelled as they are meant.
func vocabulary(ps []phrases.Phrase) string {
	seen := map[string]map[int]bool{}
	for _, p := range ps {
		for _, w := range strings.Fields(inbound.Normalise(p.Text)) {
			if len(w) < 4 || w[0] < 'a' || w[0] > 'z' {
				continue
			}
			if seen[w] == nil {
				seen[w] = map[int]bool{}
			}
			seen[w][p.Template] = true
		}
	}
	var words []string
	for w, ts := range seen {
		if len(ts) >= 2 {
			words = append(words, w)
		}
	}
	words = append(words, strings.Fields(plain)...)
	sort.Strings(words)
	var b strings.Builder
	for i, w := range words {
		if i == 0 || words[i-1] != w {
			b.WriteString(w + "\n")
		}
	}
	return b.String()
}
