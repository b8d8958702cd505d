package guard

import (
	"strings"
	"unicode"
)

// swearStems begin a profane word, once digits and signs are read as letters.
var swearStems = []string{"fuck", "fuk", "fck", "fvck", "phuck", "motherf", "shit", "sh1t", "bullsh", "bitch", "asshole", "assh", "bastard", "cunt", "dickhead", "prick", "piss", "crap", "goddam", "damn", "dumbass", "jackass", "badass", "whore", "slut",
	"wtf", "stfu", "gtfo", "lmfao", "omfg", "mierda", "puta", "puto", "pendej", "cabron", "chinga", "joder", "cojon", "carajo", "culer", "verga", "hijueput", "malpari", "gilipoll", "maric", "coño", "pinche", "idiota", "estupid", "imbecil", "baboso", "huevon"}

// swearWords are profane as whole words only.
var swearWords = set("ass arse asses hell dick effing freaking frickin fricking bs ffs pos sob af cono jodido jodida jodete hdp ptm crappy darn screwing screwed bugger bollocks wanker twat douche douchebag goddamn dammit fml kys f'ing")

// harmless begin like a profane word.
var harmless = set("damage damages shitake scrap assume assess assessed assessment associate associates asset assets assist assistant assistance assign assigned assignment class pass passed hello shell prickly pricked dickens maricela maricopa marichal crappie putative disputa disputar disputas reputacion computadora reputa imputa diputado diputada vergara")

// checkProfanity is OD-PROFANE-01, also for words that are masked or spelled apart.
func checkProfanity(m *message) []issue {
	out := m.issues("profane")
	for i := range m.toks {
		if swears(m.toks[i].s) {
			if m.toks[i].s == "hell" && m.at(i-1) == "shell" {
				continue
			}
			out = append(out, issue{from: i, to: i + 1})
		}
	}
	for _, w := range strings.Fields(m.text) {
		if masked(w) {
			from, to := m.span([]int{strings.Index(m.text, w), strings.Index(m.text, w) + len(w)})
			if from < 0 {
				from, to = 0, len(m.toks)
			}
			out = append(out, issue{from: from, to: to})
		}
	}
	return out
}

func swears(s string) bool {
	if harmless[s] {
		return false
	}
	if swearWords[s] {
		return true
	}
	for _, stem := range swearStems {
		if strings.HasPrefix(s, stem) {
			return true
		}
	}
	return false
}

// masked reports whether a written word hides a profane one behind signs or
// digits: "f**k", "a$$", "sh!t", "b*tch".
func masked(w string) bool {
	w = strings.ToLower(strings.Trim(w, ".,;:?()\"'-¡¿"))
	w = strings.TrimRight(w, "!")
	if !strings.ContainsAny(w, "*@$!#%_.-013457") || len(w) < 3 || len(w) > 24 {
		return false
	}
	letters, stars := 0, 0
	for _, r := range w {
		if unicode.IsLetter(r) {
			letters++
		}
		if r == '*' || r == '#' || r == '%' || r == '@' || r == '!' || r == '$' {
			stars++
		}
	}
	if letters == 0 {
		return stars >= 4 && !strings.ContainsAny(w, "0123456789") && strings.ContainsAny(w, "@$%") && strings.ContainsAny(w, "#!*")
	}
	read := leetSigns.Replace(w)
	read = string(deaccent(read))
	if read != w && !strings.ContainsAny(read, "*#%") && swears(strings.Trim(read, "._-")) && !isDigit(rune(w[0])) && w[0] != '$' {
		return true
	}
	if joined := strings.NewReplacer(".", "", "-", "", "_", "").Replace(w); joined != w && swears(joined) && strings.Count(w, string(w[1])) > 1 {
		return true
	}
	if !strings.Contains(w, "*") && !strings.Contains(w, "#") {
		return false
	}
	for _, bad := range [...]string{"fuck", "fucking", "fucker", "fucked", "shit", "shitty", "bullshit", "bitch", "asshole", "ass", "asses", "damn", "goddamn", "cunt", "dick", "bastard", "hell", "crap", "piss", "pissed", "mierda", "puta", "puto", "pendejo", "cabron", "motherfucker", "whore", "prick", "coño", "joder", "chingar"} {
		if wild(w, bad) {
			return true
		}
	}
	return false
}

var leetSigns = strings.NewReplacer("@", "a", "$", "s", "!", "i", "0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t")

// deaccent drops accents, as normalise does.
func deaccent(s string) []rune {
	rs, _ := normalise(s)
	out := make([]rune, 0, len(rs))
	for _, n := range rs {
		out = append(out, n.r)
	}
	return out
}

// wild matches a masked word, where a star or hash stands for one letter or
// more, with the first letter given.
func wild(w, bad string) bool {
	if w == "" {
		return bad == ""
	}
	if w[0] == '*' || w[0] == '#' {
		for n := 0; n <= len(bad) && n <= 4; n++ {
			if wild(w[1:], bad[n:]) {
				return true
			}
		}
		return false
	}
	return bad != "" && w[0] == bad[0] && wild(w[1:], bad[1:])
}

// checkHarassment is OD-HARASS-01; shouting and repeating are harassment too.
func checkHarassment(m *message) []issue {
	out := m.issues("harass")
	runs := 0
	for i := range m.toks {
		t := &m.toks[i]
		if t.upper && len(t.s) > 1 && !acronyms[t.s] {
			if runs++; runs >= 5 {
				out = append(out, issue{from: i - runs + 1, to: i + 1, detail: "The text shouts."})
				runs = 0
			}
		} else if t.kind == kWord && len(t.s) > 1 {
			runs = 0
		}
	}
	if i := strings.Index(m.text, "!!!"); i >= 0 && m.heated() || strings.Count(m.text, "!!") > 1 {
		out = append(out, m.whole("The text shouts.")...)
	}
	return append(out, m.repeated()...)
}

// heated reports a word in capitals or a negation, which turn a row of
// exclamation marks from joy into shouting.
func (m *message) heated() bool {
	for i := range m.toks {
		if t := &m.toks[i]; t.upper && len(t.s) > 1 && !acronyms[t.s] || negators[t.s] {
			return true
		}
	}
	return false
}

var acronyms = set("stop help alto start ca ny tx fl llc ai ia irs cfpb scra ssi ssdi ach usa us pm am lic id ssn quit end po box na arrest agent agente")

// repeated finds the same sentence of two words or more said three times.
func (m *message) repeated() []issue {
	count := map[string]int{}
	for first := 0; first < len(m.toks); {
		end := first
		var sb strings.Builder
		for end < len(m.toks) && m.toks[end].sent == m.toks[first].sent {
			sb.WriteString(m.toks[end].s)
			sb.WriteByte(' ')
			end++
		}
		if count[sb.String()]++; count[sb.String()] == 3 {
			return []issue{{from: first, to: end, detail: "The same is said three times."}}
		}
		first = end
	}
	return nil
}
