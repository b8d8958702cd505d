package guard

import "strings"

// lcmWords is everything a limited-content message may consist of besides the
// names and the number: 12 CFR 1006.2(j)(1)-(2).
var lcmWords = set(`hi hello good morning afternoon evening hola another buenos dias buenas tardes noches this is it am i my name from with at of calling call please contact return reply reach text me us back
	or any one our representatives representative my the a and to on between weekdays weekday weekends daily after before number callback phone again you your call for sunday monday tuesday wednesday thursday friday saturday
	am pm p a m noon oclock until through would could can be reached returning time times available best today soy habla de por favor llame llameme devuelva mi llamada al numero lunes martes miercoles jueves viernes cualquiera
	nuestros representantes entre y las message that when convenient convenience at give staff team`)

// limitedContent checks a voicemail word by word: strictly, even "thank you" is extra.
func (m *message) limitedContent() []issue {
	var out []issue
	done := m.explained()
	for _, d := range dates(m.text, m.toks) {
		for k := d.from; k < d.to; k++ {
			done[k] = true
		}
	}
	for i := range m.toks {
		t := &m.toks[i]
		ok := done[i] || t.kind == kNumber || lcmWords[t.s] || m.nameWord(t.s) && !m.otherParty(t.s) || m.personName(i)
		if !ok {
			out = append(out, issue{from: i, to: i + 1})
		}
	}
	for _, name := range [...]string{shortName(m.Creditor), shortName(m.Collector)} {
		if name != "" && !strings.EqualFold(name, m.LCMBusinessName) {
			out = append(out, m.find(name)...)
		}
	}
	if m.LCMBusinessName != "" && len(m.find(m.LCMBusinessName)) == 0 {
		out = append(out, absent("The business name for limited-content messages is missing.")...)
	}
	if !m.personNamed() {
		out = append(out, absent("The name of a person to reply to is missing.")...)
	}
	if m.Callback != "" && !strings.Contains(digits(m.text), digits(m.Callback)) {
		out = append(out, absent("The number to call back is missing.")...)
	}
	if !m.mentions("lcm_reply") {
		out = append(out, absent("The request to reply is missing.")...)
	}
	if len(m.find(m.assistant())) > 0 && m.AgentName == "" {
		out = append(out, absent("The person to reply to must be a natural person.")...)
	}
	return out
}

// personNamed reports whether someone other than the consumer is named as who calls.
func (m *message) personNamed() bool {
	if m.AgentName != "" && len(m.find(m.AgentName)) > 0 {
		return true
	}
	for i := range m.toks {
		if t := &m.toks[i]; !containsWord(m.LCMBusinessName, t.s) && !containsWord(m.Consumer, t.s) && !lcmWords[t.s] && m.personName(i) {
			return true
		}
	}
	return false
}

// otherParty: a word of the collector's or creditor's name that the limited
// name doesn't have.
func (m *message) otherParty(w string) bool {
	return !containsWord(m.LCMBusinessName, w) && !containsWord(m.Consumer, w) && !containsWord(m.AgentName, w) &&
		(containsWord(m.Collector, w) || containsWord(m.Creditor, w) || containsWord(m.Original, w))
}

// personName reports whether the token stands where the speaker says his name.
func (m *message) personName(i int) bool {
	if !m.toks[i].cap || debtWords[m.toks[i].s] || orgWords[m.toks[i].s] {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		switch m.toks[k].s {
		case "is", "am", "name", "soy", "habla", "for", "hi", "hello", "hola", "llamo":
			return true
		}
		if !m.toks[k].cap {
			return false
		}
	}
	return false
}
