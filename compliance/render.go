package compliance

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// RenderRulebook writes the rulebook as the code has it, as Markdown that is also
// readable as plain text: every rule by section, the rules nothing enforces and
// why, and what single places add.
func RenderRulebook(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "# Rulebook\n\nGenerated from the data the program runs on; a test keeps this page equal to it.\n\n",
		"How sure the source of a rule is: **V** its text was read, **S** several secondary sources agree,\n",
		"**S1** one secondary source, **K** general knowledge to be checked, **P** product policy, stricter\n",
		"than law on purpose. This page is no legal advice.\n")
	for _, s := range sections {
		renderSection(out, s[0], s[1])
	}
	renderUnenforced(out)
	renderOverlays(out)
	renderKeywords(out)
	return out.Flush()
}

// sections is the order and the headings of the families.
var sections = [][2]string{
	{"BC", "Before contact: the gate"},
	{"GATE", "House rules of the gate"},
	{"IN", "Inbound: what a person says"},
	{"OD", "Outbound: every word that goes out"},
	{"VAL", "Validation information"},
	{"DELIV", "Delivery of disclosures"},
	{"CALL", "Voice"},
	{"EV", "Events of an account"},
	{"REC", "Records"},
}

func renderSection(w io.Writer, section, heading string) {
	fmt.Fprintf(w, "\n## %s\n\n| id | rule | when it breaks | sure | law or policy | enforced in |\n|---|---|---|---|---|---|\n", heading)
	for _, r := range rulebook().rules {
		if r.Section() != section {
			continue
		}
		where := r.EnforcedIn
		if where == "" {
			where = "not enforced, see below"
		}
		fmt.Fprintf(w, "| %s | **%s.** %s%s | %s | %s | %s | %s |\n", r.ID, r.Title, r.Condition, inForce(r.From, r.Until),
			r.Outcome, r.Confidence, r.Cite, where)
	}
}

func inForce(from, until string) string {
	switch {
	case from != "" && until != "":
		return fmt.Sprintf(" In force from %s until %s.", from, until)
	case from != "":
		return fmt.Sprintf(" In force from %s.", from)
	case until != "":
		return fmt.Sprintf(" In force until %s.", until)
	}
	return ""
}

func renderUnenforced(w io.Writer) {
	fmt.Fprint(w, "\n## Rules nothing enforces\n\n| id | why not |\n|---|---|\n")
	for _, r := range rulebook().rules {
		if r.NotEnforced != "" {
			fmt.Fprintf(w, "| %s | %s |\n", r.ID, r.NotEnforced)
		}
	}
}

func renderOverlays(w io.Writer) {
	fmt.Fprint(w, "\n## Places\n\nThe strictest wins over every place with a plausible link to the person: by address, area code\n",
		"and what they said. Caps count contacts over local calendar dates, today included.\n\n",
		"| place | hours | caps | further limits the gate applies | duties | sure | law or policy |\n|---|---|---|---|---|---|---|\n")
	for _, o := range overlays() {
		fmt.Fprintf(w, "| BC-STATE-%s %s%s | %s | %s | %s | %s | %s | %s |\n", o.Place, o.Name, inForce(o.From, o.Until),
			o.hoursText(), o.capsText(), o.limitsText(), o.dutiesText(), o.Confidence, o.Cite)
	}
}

func renderKeywords(w io.Writer) {
	fmt.Fprint(w, "\n## Keywords\n\nWhole messages, whatever their case and punctuation. Free text is heard besides.\n\n| event | words | sure | source |\n|---|---|---|---|\n")
	for _, k := range keywords() {
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", k.Event, strings.Join(k.Words, ", "), k.Confidence, k.Cite)
	}
}

func (o Overlay) hoursText() string {
	if o.Hours == nil {
		return ""
	}
	h := o.Hours
	text := h.Open + "-" + h.Close
	if h.OpenExcluded {
		text = fmt.Sprintf("after %s, before %s", h.Open, h.Close)
	}
	if h.SundayOpen != "" {
		text += fmt.Sprintf("; Sunday %s-%s", h.SundayOpen, h.SundayClose)
	}
	if h.SkipHolidays {
		text += "; no federal holidays"
	}
	return text
}

func (o Overlay) capsText() string {
	var parts []string
	for _, c := range o.Caps {
		span := "day"
		if c.Days != 1 {
			span = fmt.Sprintf("%d days", c.Days)
		}
		parts = append(parts, fmt.Sprintf("%d in %s (%s) per %s", c.Max, span, strings.Join(c.Media, ", "), o.Per))
	}
	return strings.Join(parts, "; ")
}

func (o Overlay) limitsText() string {
	var parts []string
	add := func(on bool, format string, args ...any) {
		if on {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(o.AfterConversationDays > 0, "no call within %d days of a telephone conversation", o.AfterConversationDays)
	add(o.ElectronicNeedsConsent, "electronic contact needs direct consent")
	add(o.EmailNeedsConsent, "e-mail needs direct consent")
	add(o.WorkCalls7 > 0, "%d call to work in 7 days", o.WorkCalls7)
	add(o.OtherNumbers30 > 0, "%d calls to other numbers in 30 days", o.OtherNumbers30)
	for _, a := range o.LicenseRequired {
		add(true, "licence of a %s on file", a)
	}
	return strings.Join(parts, "; ")
}

func (o Overlay) dutiesText() string {
	parts := append([]string(nil), o.Duties...)
	if o.Proposed != "" {
		parts = append(parts, "Not in force: "+o.Proposed)
	}
	if o.Note != "" {
		parts = append(parts, "Note: "+o.Note)
	}
	return strings.Join(parts, " ")
}
