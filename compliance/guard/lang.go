package guard

// Languages a rule can read. A text in another one can't be judged and is refused.
const (
	langEN = "en"
	langES = "es"
)

var (
	wordsEN = set(`the is are was you your and to of for this that with we can will not on it if have would be at from by our what how do does please thank thanks an any i
		my me in or no yes when there here let us about pay payment account balance call want need help debt`)
	wordsES = set(`el la los las es son su sus usted y de para este esta que con podemos puede no en si un una por como quiere tiene le se lo su gracias hola pago pagos saldo cuenta deuda
		responda nosotros favor hoy dias mensual pagar escribe llame llamenos mi me nos soy estamos cualquier del al ya sin mas buenos buenas`)
)

// disclosureSets are the phrases a disclosure consists of; sentences with one
// of them don't say in which language the message speaks.
var disclosureSets = []string{"attempt_en", "attempt_es", "purpose_en", "purpose_es", "collector_en", "collector_es", "optout_en", "optout_es"}

// languages are those the message itself speaks, disclosures aside; empty when
// there is nothing to tell by.
func (m *message) languages() (out []string) {
	skip := map[int]bool{}
	for _, s := range disclosureSets {
		for _, h := range m.hits[m.match.index[s]] {
			skip[m.toks[h.from].sent] = true
		}
	}
	en, es := false, false
	for i := 0; i < len(m.toks); {
		j, e, s := i, 0, 0
		for ; j < len(m.toks) && m.toks[j].sent == m.toks[i].sent; j++ {
			if wordsEN[m.toks[j].s] {
				e++
			}
			if wordsES[m.toks[j].s] {
				s++
			}
		}
		if !skip[m.toks[i].sent] {
			en = en || e > s && e > 1
			es = es || s > e && s > 1
		}
		i = j
	}
	if en {
		out = append(out, langEN)
	}
	if es {
		out = append(out, langES)
	}
	return out
}

// messageLanguages are the languages disclosures must be in.
func messageLanguages(text string, f *Facts) []string {
	mt, err := builtin()
	if err != nil {
		return []string{langEN}
	}
	rs, _ := normalise(text)
	m := &message{Facts: f, text: text, match: mt, toks: tokenise(rs)}
	m.hits = mt.scan(m.toks)
	if l := m.languages(); len(l) > 0 {
		return l
	}
	if f.Lang == langES {
		return []string{langES}
	}
	return []string{langEN}
}
