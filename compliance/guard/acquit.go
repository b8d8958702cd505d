package guard

import "slices"

// acquittal is the share of "lawful" from which the classifier speaks for a
// sentence in which a phrase was found; leastHeard is how many features it must
// have to go by.
const acquittal, leastHeard = 0.98, 16

// framed is the share that will do where the sentence takes up what the person
// said or feels.
const framed = 0.6

// identifiers are never given up for what the classifier thinks.
var identifiers = set("OD-CARD-01 OD-PII-01")

// softRules are those of tone and terms, whose words also fill ordinary talk: only
// they are given up for what the classifier thinks.
var softRules = set("OD-URGENCY-01 OD-HARASS-01 OD-OFFER-01 OD-OFFER-02 OD-MEDICAL-01 OD-REGE-01 OD-FINADV-01")

// acquitted reports whether a phrase was most likely found in the wrong place:
// the classifier, which weighs all the words of the sentence, is all but sure
// that the sentence is lawful. Only the sentence itself is heard, so that kind
// words around a threat don't cover it. Findings with a reason of their own (a
// figure, a name, an absence) are no matter of wording and stand.
func (m *message) acquitted(id string, is issue) bool {
	if is.from < 0 || is.detail != "" || is.insisted || setsOf[id] == "" || identifiers[id] {
		return false
	}
	need := acquittal
	if m.takesUp(is.from) {
		need = framed
	} else if !softRules[id] {
		return false
	}
	c, err := learned()
	if err != nil {
		return false
	}
	s := m.toks[is.from].sent
	first, end := is.from, is.from
	for first > 0 && m.toks[first-1].sent == s {
		first--
	}
	for end < len(m.toks) && m.toks[end].sent == s {
		end++
	}
	if end < is.to {
		return false
	}
	features := m.sentence(nil, first, end)
	slices.Sort(features)
	features = slices.Compact(features)
	i := slices.Index(c.labels, lawfulLabel)
	return i >= 0 && len(features) >= leastHeard && c.probabilities(features)[i] >= need
}

// takesUp reports whether the sentence of token i takes up what the person said
// or feels ("I understand you're scared of losing your car", "the case you
// mention isn't ours") and doesn't turn it against them ("but", "unless", "pay").
func (m *message) takesUp(i int) bool {
	s, opened := m.toks[i].sent, false
	for _, h := range m.hits[m.match.index["takeup"]] {
		opened = opened || m.toks[h.from].sent == s
	}
	if !opened {
		return false
	}
	for k := range m.toks {
		if m.toks[k].sent == s && turnsBack[m.toks[k].s] {
			return false
		}
	}
	return true
}

var turnsBack = set("but should right unless otherwise because until since pay paying payment settle now must should need pero porque pague pagar debe ahora will can could might may")
