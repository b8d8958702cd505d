package guard

import (
	"slices"
	"strings"

	"parley/compliance"
)

// bare reports that a text needs no debt disclosures: it is a fixed kind of
// message, or goes to someone who may not be told of a debt at all. An
// unverified person gets no disclosure either, because the disclosure itself
// reveals the debt; it is due with the first message after verification.
func (m *message) bare() bool {
	switch m.Purpose {
	case "opt_out_confirmation", "wrong_party", "crisis", "limited_content_message", "location", "location_information", "identify", "validation_notice", "help_unverified":
		return true
	case PurposeOpening, PurposeWait, PurposeEnd, "handoff":
		if m.Channel == "voice" {
			return true
		}
	}
	return m.fragment || m.stranger() || m.Channel == "voicemail" || m.Channel == "social" || m.Crisis || m.Deceased
}

// purposeSaid reports whether the initial disclosure is there, in any language.
func (m *message) initialSaid() bool {
	return (m.says("attempt_en") || m.says("attempt_es")) && (m.says("purpose_en") || m.says("purpose_es"))
}

// collectorSaid reports whether the text says that it is from a debt collector,
// or for the creditor itself that it is attempting to collect a debt.
func (m *message) collectorSaid() bool {
	if m.actor() == compliance.CreditorOwed {
		return m.says("attempt_en") || m.says("attempt_es")
	}
	return m.says("collector_en") || m.says("collector_es")
}

func checkInitial(m *message) []issue {
	if m.bare() || !m.FirstMessage || m.Channel == "webchat" && m.Banner || m.initialSaid() {
		return nil
	}
	return absent("")
}

func checkSubsequent(m *message) []issue {
	if m.bare() || m.FirstMessage || m.collectorSaid() {
		return nil
	}
	switch m.Channel {
	case "webchat":
		if m.Banner || !m.NewSession {
			return nil
		}
	case "voice":
		if m.CallOpened || !m.NewCall || !m.namesSpeaker() {
			return nil
		}
	}
	if m.initialSaid() {
		return nil
	}
	return absent("")
}

func checkOptOut(m *message) []issue {
	if m.fragment {
		return nil
	}
	var bad []issue
	for _, is := range m.issues("optout_bad") {
		is.outcome, is.detail = block, "The opt-out costs something, is hard, or hangs on a condition."
		bad = append(bad, is)
	}
	if len(bad) > 0 || m.Channel != "sms" {
		return bad
	}
	switch m.Purpose {
	case "opt_out_confirmation", "wrong_party", "crisis", "help_unverified":
		return nil
	}
	if m.Crisis || m.stranger() && (m.Recipient != "" && m.Recipient != "consumer" || m.Deceased) {
		return nil
	}
	if m.says("optout_en") || m.says("optout_es") {
		return nil
	}
	return absent("")
}

func checkLanguage(m *message) []issue {
	if m.foreign > 0 {
		return []issue{{from: 0, to: len(m.toks), outcome: block, detail: "The text has letters of a script that no rule can read."}}
	}
	if m.bare() {
		return nil
	}
	for _, lang := range m.languages() {
		other := langES
		if lang == langES {
			other = langEN
		}
		for _, s := range [...]string{"attempt_", "purpose_", "collector_", "optout_"} {
			if m.says(s+other) && !m.says(s+lang) {
				return absent("")
			}
		}
	}
	return nil
}

func checkLicense(m *message) []issue {
	n := m.license()
	if m.State != "CA" || n == "" || m.bare() || !m.written() || m.Channel == "webchat" && m.Banner || strings.Contains(m.text, n) {
		return nil
	}
	return absent("")
}

func checkNYC(m *message) []issue {
	if m.Channel != "sms" || m.EConsent || m.State != "NY" || m.bare() {
		return nil
	}
	switch strings.ToLower(m.City) {
	case "new york", "new york city", "nyc", "manhattan", "brooklyn", "queens", "bronx", "the bronx", "staten island":
		return m.whole("")
	}
	return nil
}

// checkAI: a bot never claims to be human, and says what it is when a session opens.
func checkAI(m *message) []issue {
	if !m.bot() {
		return nil
	}
	out := slices.DeleteFunc(m.issues("human"), m.answersNo)
	if m.fragment || m.AIDisclosed || !(m.FirstMessage || m.NewSession || m.NewCall) || m.Channel == "webchat" && m.Banner {
		return out
	}
	switch m.Purpose {
	case "opt_out_confirmation", "limited_content_message", "crisis":
		return out
	}
	if !m.mentions("assistant") {
		out = append(out, issue{from: -1, outcome: rewrite, detail: "The session opens without saying that an AI assistant writes."})
	}
	return out
}

// answersNo: "No, I'm software" answers a question with no and then says what is
// so; the "no" denies nothing that follows the comma.
func (m *message) answersNo(is issue) bool {
	i := is.from
	if m.at(i) != "no" || i+1 >= is.to || m.toks[i].brk != brkSentence || m.toks[i+1].brk == brkNone {
		return false
	}
	for k := i + 1; k < is.to; k++ {
		switch m.toks[k].s {
		case "not", "no", "never", "human", "humano", "humana", "person", "persona", "real", "live":
			return false
		}
	}
	return true
}

// checkIdentity: the true business name, given when asked; and the creditor
// that is owed the debt is no debt collector.
func checkIdentity(m *message) []issue {
	out := m.issues("identity")
	if m.actor() == compliance.CreditorOwed {
		for _, is := range m.issues("collector_en", "collector_es") {
			is.detail = "The creditor itself is not a debt collector and may not call itself one."
			out = append(out, is)
		}
	}
	if m.NewCall && !m.CallOpened && m.Channel == "voice" && !m.stranger() && !m.namesSpeaker() {
		out = append(out, issue{from: -1, outcome: rewrite, detail: "The call opens without the business name."})
	}
	return append(out, m.falseNames()...)
}

// namesSpeaker reports whether the brand or legal name stands in the text.
func (m *message) namesSpeaker() bool {
	t := strings.ToLower(m.text)
	return m.brand() == "" || strings.Contains(t, strings.ToLower(m.brand())) || m.Collector != "" && strings.Contains(t, strings.ToLower(shortName(m.Collector)))
}
