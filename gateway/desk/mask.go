package desk

import (
	"strings"
	"time"
	"unicode/utf8"

	"parley/dialog"
)

// briefName is a name as lists show it: the first name, and the initial of the last.
func briefName(full string) string {
	words := strings.Fields(full)
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	initial, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return words[0] + " " + string(initial) + "."
}

// MaskName is a name as people see it who have not asked for more.
func MaskName(full string) string { return briefName(full) }

// MaskAddress leaves the last two digits of a number, and the domain of an e-mail address. The handle of a web
// chat is nobody's address, and stays.
func MaskAddress(channel, value string) string {
	if user, domain, mail := strings.Cut(value, "@"); mail && user != "" {
		first, _ := utf8.DecodeRuneInString(user)
		return string(first) + "•••@" + domain
	}
	if channel == "webchat" || len(value) < 4 {
		return value
	}
	if strings.HasPrefix(value, "+1") && len(value) == 12 {
		return "+1 ••• ••• ••" + value[10:]
	}
	return "•••" + value[len(value)-2:]
}

// MaskZip leaves the first three digits, which are a region.
func MaskZip(zip string) string {
	if len(zip) < 3 {
		return ""
	}
	return zip[:3] + "••"
}

func maskLast4(last4 string) string {
	if last4 == "" {
		return ""
	}
	return "•••" + last4
}

// instant is a time that may be absent.
func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}

// some is a text that may be absent.
func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// holder is who has a hand-off, "" for nobody.
func holder(h *dialog.Handoff) string {
	if !h.Open() {
		return ""
	}
	return h.Holder
}
