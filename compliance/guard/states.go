package guard

import (
	"slices"

	"parley/compliance"
)

// Rules that depend on what is known of the person and the debt.

// collects reports what in the text asks for payment, offers terms or states
// the debt. Disclosures and the opt-out line are no collection.
func (m *message) collects() []issue { return m.issues("collect") }

func checkCrisis(m *message) []issue {
	if !m.Crisis && m.Purpose != "crisis" {
		return nil
	}
	return append(m.collects(), m.issues("crisis_bad")...)
}

func checkConfirm(m *message) []issue {
	if m.Purpose != "opt_out_confirmation" || m.fragment {
		return nil
	}
	out := m.collects()
	for first := 0; first < len(m.toks); {
		end := first
		for end < len(m.toks) && m.toks[end].sent == m.toks[first].sent {
			end++
		}
		if !m.within("confirm", first, end) {
			out = append(out, issue{from: first, to: end})
		}
		first = end
	}
	out = append(out, m.issues("confirm_bad")...)
	return out
}

// within reports whether a phrase of set stands in toks[from:to].
func (m *message) within(set string, from, to int) bool {
	for _, h := range m.hits[m.match.index[set]] {
		if h.from >= from && h.to <= to && h.phrase.mode != excuses {
			return true
		}
	}
	return false
}

func checkCease(m *message) []issue {
	if !m.CeaseReceived || m.fragment {
		return nil
	}
	if out := append(m.collects(), m.issues("cease_bad")...); len(out) > 0 {
		return out
	}
	switch m.CeaseException {
	case "terminate", "may_invoke_remedy", "intends_remedy":
		if m.mentions("cease_notice") {
			return nil
		}
	default:
		if m.mentions("cease_ack") || m.Purpose == "opt_out_confirmation" || m.Purpose == "crisis" {
			return nil
		}
	}
	return m.whole("")
}

func checkBankruptcy(m *message) []issue {
	if !m.Bankruptcy {
		return nil
	}
	return append(m.collects(), m.issues("bankruptcy_bad")...)
}

func checkDeceased(m *message) []issue {
	if !m.Deceased {
		return nil
	}
	return append(m.collects(), m.issues("deceased_bad")...)
}

func checkSocial(m *message) []issue {
	if m.Channel != "social" {
		return nil
	}
	return m.whole("")
}

func checkRepresented(m *message) []issue {
	if !m.Represented {
		return nil
	}
	return slices.DeleteFunc(append(m.collects(), m.issues("represented_bad")...), m.withAttorney)
}

// withAttorney: "we'll deal with Maria Chen" is what the rule wants, unless the
// sentence goes around the attorney.
func (m *message) withAttorney(is issue) bool {
	s, named := m.toks[is.from].sent, false
	for i := range m.toks {
		if m.toks[i].sent != s {
			continue
		}
		switch w := m.toks[i].s; {
		case m.toks[i].kind == kMoney, negators[w], conditions[w], w == "instead", w == "than", w == "out", w == "around", w == "you", w == "your", w == "simpler", w == "easier":
			return false
		case i >= is.from && i < is.to+2 && containsWord(m.Attorney, w):
			named = true
		}
	}
	return named
}

func checkDisputeHold(m *message) []issue {
	if !m.Disputed || m.VerificationSent {
		return nil
	}
	return append(m.collects(), m.issues("hold_bad")...)
}

func checkThirdParty(m *message) []issue {
	if m.fragment && !m.stranger() || m.Deceased || m.Purpose == "location" || m.Purpose == "location_information" || m.Purpose == "limited_content_message" {
		return nil
	}
	if m.stranger() {
		out := m.issues("debt", "debt_talk")
		out = append(out, m.collects()...)
		for i := range m.toks {
			if m.toks[i].kind == kMoney {
				out = append(out, issue{from: i, to: i + 1})
			}
		}
		if m.mustName() {
			own := m.find(shortName(m.brand()))
			return slices.DeleteFunc(out, func(is issue) bool {
				return slices.ContainsFunc(own, func(n issue) bool { return n.from <= is.from && is.to <= n.to })
			})
		}
		return append(out, m.debtName()...)
	}
	return m.issues("thirdparty")
}

// mustName reports the opening of an artificial voice's call to the consumer: the
// law has it state the business that calls, before anyone can be verified
// (47 CFR 64.1200(b)(1)).
func (m *message) mustName() bool {
	if m.opens() && m.actor() == compliance.CreditorOwed {
		return m.Recipient == "" || m.Recipient == "consumer" // the business that calls is the creditor
	}
	if m.opens() {
		return len(m.find(shortName(m.Creditor))) == 0
	}
	return m.Channel == "voice" && m.AIVoice && m.NewCall && !m.CallOpened && (m.Recipient == "" || m.Recipient == "consumer") &&
		len(m.find(shortName(m.Creditor))) == 0
}

func checkLocation(m *message) []issue {
	if m.Purpose != "location" && m.Purpose != "location_information" {
		return nil
	}
	out := append(m.issues("location_bad", "debt"), m.collects()...)
	if !m.AskedEmployer {
		out = append(out, m.speakerNamed()...)
	}
	if len(out) == 0 && !m.mentions("location_ok") {
		return m.whole("The inquiry does not say that it confirms location information.")
	}
	return out
}

func checkLCM(m *message) []issue {
	if m.Purpose != "limited_content_message" {
		return nil
	}
	return m.limitedContent()
}

func checkLitigation(m *message) []issue {
	if m.TimeBarred {
		return nil
	}
	hits := slices.DeleteFunc(m.issues("litigation"), m.introduced)
	if !m.LitigationIntent {
		return hits
	}
	var out []issue
	for _, is := range hits {
		if !m.hedged(is) {
			out = append(out, is)
		}
	}
	return out
}

// introduced: "this is Sue", "I'm Sue Lindqvist" names who speaks.
func (m *message) introduced(is issue) bool {
	i := is.from
	if i < 1 || m.toks[i].s != "sue" || !m.toks[i].cap || m.toks[i].upper || !slices.Contains([]string{"is", "am", "soy", "llamo"}, m.toks[i-1].s) {
		return false
	}
	return i+1 == len(m.toks) || m.toks[i+1].brk != brkNone || m.toks[i+1].cap || slices.Contains([]string{"from", "with", "at", "and", "de"}, m.toks[i+1].s)
}

// hedged: "may" and "could" state a possibility, which an intended suit is.
func (m *message) hedged(is issue) bool {
	for i := range m.toks {
		if m.toks[i].sent == m.toks[is.from].sent {
			switch m.toks[i].s {
			case "may", "might", "could", "considering", "podria":
				return true
			}
		}
	}
	return false
}

func checkTimeBarredThreat(m *message) []issue {
	if !m.TimeBarred {
		return nil
	}
	return m.issues("litigation")
}

func checkTimeBarredStatus(m *message) []issue {
	if !m.TimeBarred {
		return nil
	}
	return m.issues("timebarred")
}

func checkCredit(m *message) []issue {
	out := m.issues("credit")
	if m.Furnished != "furnished" {
		out = append(out, m.issues("credit_reporting")...)
	} else {
		out = append(out, m.issues("credit_unreported")...)
	}
	return out
}

func checkFee(m *message) []issue {
	var out []issue
	if m.FeesAuthorized {
		out = m.issues("fee_none")
	} else {
		out = m.issues("fee")
	}
	if m.InterestAccruing {
		return append(out, m.issues("interest_none")...)
	}
	return append(out, m.issues("interest")...)
}

func checkOvershadow(m *message) []issue {
	if !m.InValidation {
		return nil
	}
	return m.issues("overshadow")
}

func checkRegE(m *message) []issue {
	out := m.issues("rege_misstated")
	if !m.SignedACH {
		out = append(out, m.issues("rege")...)
	}
	return out
}

func checkBarge(m *message) []issue {
	if m.Channel != "voice" {
		return nil
	}
	return m.issues("barge")
}

func checkVoicemail(m *message) []issue {
	if m.Channel != "voicemail" || !m.bot() {
		return nil
	}
	return m.whole("")
}
