package dialog

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/compliance/gate"
	"parley/dialog/llm"
	"parley/negotiation"
	"parley/prompts"
)

// copyDates is how many payments one text message lists at most; longer plans
// are written in several.
const copyDates = 60

// writtenCopy sends what was agreed, in writing, with every payment's day and
// amount (EV-PLAN-01). The person gets it whoever has control by then.
func (t *turn) writtenCopy(o Offer) {
	if t.voice() { // nothing is written on a telephone: a human sends it when the call is over
		if c := t.conv.Call; c != nil {
			c.CopyDue = o.ID
		}
		return
	}
	texts := t.copyTexts(o)
	for _, text := range texts {
		t.record(StepCompose, StepOK, map[string]any{"by": "template", "template": "copy"}, map[string]any{"text": text})
		if text == "" || !t.send(outgoing{Text: text, Purpose: "written_copy", From: "bot", Offers: []Offer{o}, AnyEpoch: true}) {
			t.queue(Reason{Code: "written_copy_failed", Detail: "The agreement is recorded; its written copy could not be sent."}, 2)
			return
		}
		if t.verdict.Decision != gate.Allow && t.verdict.Decision != gate.Delay {
			t.queue(Reason{Code: "written_copy_failed", Detail: "The agreement is recorded; the contact rules did not let its written copy out."}, 2)
			return
		}
	}
	t.event("agreement.written_copy", "service", map[string]any{"offer": o.ID, "messages": len(texts), "payments": len(o.Terms.Installments)})
}

// copyTexts lays the copy out: line by line where there is room, in one running
// text for a telephone. A text that can't be filled is "".
func (t *turn) copyTexts(o Offer) []string {
	a, _ := t.account()
	book := prompts.Phrases(t.conv.Language)
	b := t.e.Settings.Brand
	values := map[string]string{
		"creditor": a.Creditor.Current, "tail": a.Last4, "total": llm.Money(o.Terms.Total, t.conv.Language),
		"count": strconv.Itoa(len(o.Terms.Installments)), "phone": readablePhone(b.Phone), "what": book.Say("copy.what."+copyKind(o.Kind), 0),
	}
	pay := "copy.pay_phone"
	if link := t.link(a); link != "" {
		pay, values["link"] = "copy.pay_link", link
	}
	values["pay"] = fillOr(book.Say(pay, 0), values)
	values["change"] = fillOr(book.Say("copy.change", 0), values)
	list := o.Terms.Installments
	if t.conv.Channel != "sms" {
		values["list"] = copyLines(list, t.conv.Language)
		return []string{fillOr(book.Say("copy.long", 0), values)}
	}
	head := list[:min(len(list), copyDates)]
	values["list"] = copyRun(head, t.conv.Language)
	texts := []string{fillOr(book.Say("copy.short", 0), values)}
	for list = list[len(head):]; len(list) > 0; list = list[len(head):] {
		head = list[:min(len(list), copyDates)]
		values["list"] = copyRun(head, t.conv.Language)
		texts = append(texts, fillOr(book.Say("copy.more", 0), values))
	}
	return texts
}

// fillOr fills a sentence, or is "" where a figure is missing: nothing is sent with a hole in it.
func fillOr(text string, values map[string]string) string {
	out, err := llm.Fill(text, values)
	if err != nil {
		return ""
	}
	return out
}

func copyKind(k negotiation.MoveKind) string {
	switch k {
	case negotiation.MoveSettlement:
		return "settlement"
	case negotiation.MovePlan:
		return "plan"
	}
	return "promise"
}

// copyLines is one line a payment.
func copyLines(list []negotiation.Installment, lang string) string {
	lines := make([]string, 0, len(list))
	for _, i := range list {
		lines = append(lines, llm.Date(i.Due, lang)+": "+llm.Money(i.Amount, lang))
	}
	return strings.Join(lines, "\n")
}

// copyRun says equal payments that follow each other once, with all their days:
// "$155.00 on Nov 27, Dec 25, 2026, Jan 29, 2027; $154.96 on Feb 26, 2027".
func copyRun(list []negotiation.Installment, lang string) string {
	var runs []string
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].Amount == list[from].Amount {
			to++
		}
		days := make([]string, 0, to-from)
		for k := from; k < to; k++ {
			year := k+1 == to || list[k+1].Due.Year != list[k].Due.Year
			days = append(days, shortDate(list[k], lang, year))
		}
		on := " on "
		if lang == "es" {
			on = " el "
		}
		runs = append(runs, llm.Money(list[from].Amount, lang)+on+strings.Join(days, ", "))
		from = to
	}
	return strings.Join(runs, "; ")
}

// shortDate is a day as short as it stays clear, with its year where asked.
func shortDate(i negotiation.Installment, lang string, year bool) string {
	if lang == "es" {
		full := llm.Date(i.Due, lang)
		if !year {
			full = strings.TrimSuffix(full, fmt.Sprintf(" de %d", i.Due.Year))
		}
		return full
	}
	if year {
		return i.Due.In(time.UTC).Format("Jan 2, 2006")
	}
	return i.Due.In(time.UTC).Format("Jan 2")
}

// readablePhone writes an E.164 number of North America as people do.
func readablePhone(e164 string) string {
	d := strings.TrimPrefix(e164, "+1")
	if len(d) != 10 || d == e164 {
		return e164
	}
	return "1-" + d[:3] + "-" + d[3:6] + "-" + d[6:]
}
