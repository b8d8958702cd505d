package guard

import (
	"slices"
	"strings"
)

// PurposeOpening are the first words of a call, PurposeDisclosure those that say it is about
// a debt, PurposeReadBack the terms as they are about to be agreed, PurposeWait and
// PurposeEnd fixed words that say nothing of anything.
const (
	PurposeOpening    = "call_opening"
	PurposeDisclosure = "debt_disclosure"
	PurposeReadBack   = "readback"
	PurposeWait       = "call_wait"
	PurposeEnd        = "call_end"
)

// beforeDisclosure are the purposes of what may be said on a call before the debt
// disclosure was heard; each has rules of its own about its content.
var beforeDisclosure = []string{PurposeOpening, PurposeDisclosure, PurposeWait, PurposeEnd, "identify", "wrong_party", "opt_out_confirmation", "crisis",
	"handoff", "help", "help_unverified", "location", "location_information"}

// opens reports the first words of a call.
func (m *message) opens() bool {
	return m.Channel == "voice" && m.Purpose == PurposeOpening && !m.fragment
}

// checkCallName is CALL-ID-01: a call opens with the business name, and with the number to
// call where we placed it; whoever ends one with the person says the number.
func checkCallName(m *message) []issue {
	ends := m.Channel == "voice" && m.Purpose == PurposeEnd && !m.fragment && m.bot() && !m.stranger()
	switch {
	case m.opens() && !m.namesSpeaker():
		return absent("The call opens without the business name.")
	case (m.opens() && m.CallPlaced || ends) && !m.saysCallback():
		return absent("The number to call is not said.")
	}
	return nil
}

// saysCallback reports whether our number stands in the text; where none is known none can.
func (m *message) saysCallback() bool {
	return m.Callback == "" || slices.ContainsFunc(phoneRE.FindAllString(m.plain, -1), m.knownPhone)
}

// checkCallAI is CALL-AI-01.
func checkCallAI(m *message) []issue {
	if m.opens() && m.bot() && !m.mentions("assistant") {
		return absent("The call opens without saying that an AI assistant speaks.")
	}
	return nil
}

// checkCallRecording is CALL-REC-01: both the sound and the text that is kept are announced.
func checkCallRecording(m *message) []issue {
	text := strings.ToLower(m.text)
	recorded := strings.Contains(text, "record") || strings.Contains(text, "graba")
	if m.opens() && !(recorded && strings.Contains(text, "transcri")) {
		return absent("The call opens without the notice that it is recorded and transcribed.")
	}
	return nil
}

// checkCallDisclosure is CALL-MM-01: what was not heard was not said. Until the disclosure
// was, only words of a purpose that conveys nothing of a debt go out, and the disclosure itself is whole.
func checkCallDisclosure(m *message) []issue {
	switch {
	case m.Channel != "voice" || m.fragment || m.text == "":
		return nil
	case m.Purpose == PurposeDisclosure && !m.initialSaid():
		return absent("The disclosure is not the whole one.")
	case m.DisclosureUnheard && !m.stranger() && !slices.Contains(beforeDisclosure, m.Purpose):
		return m.whole("")
	}
	return nil
}
