package guard

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"parley/compliance"
)

// checkNotice is VAL-CONTENT-01 for texts sent as the validation notice.
func checkNotice(m *message) []issue {
	if m.Purpose != "validation_notice" || m.fragment {
		return nil
	}
	var out []issue
	for _, miss := range NoticeGaps(m.text) {
		out = append(out, absent(miss)...)
	}
	return out
}

// A Notice holds what a validation notice says: 12 CFR 1006.34(c). Dates are
// civil, YYYY-MM-DD; End is reckoned by package gate.
type Notice struct {
	Collector, CollectorMail string // who collects, and where disputes are mailed
	Consumer, ConsumerMail   string
	CreditorThen             string // creditor on the itemization date
	Creditor                 string // current creditor
	AccountTail              string // the account number, truncated, such as "4421"
	ItemizationDate          string
	ItemizedAmount           Cents // owed on that date
	Interest, Fees           Cents // charged since
	Payments, Credits        Cents // since
	Amount                   Cents // owed now
	End                      string
	DisputeLink              string // where disputes are taken electronically
	Phone, Reference         string // optional
	PaymentOptions           bool   // optional line
	Spanish                  bool   // offer the notice in Spanish; a request must then be met, 1006.34(e)(2)
	Actor                    compliance.Actor
}

// errNotice names what a notice lacks or contradicts; it never quotes values.
type errNotice string

func (e errNotice) Error() string { return "validation notice: " + string(e) }

// Render writes the content of Model Form B-1 as plain text. The error names the
// first field that is missing, no date, or an itemization that does not add up
// to the amount.
func (n Notice) Render() (string, error) {
	for _, f := range [...]struct{ name, v string }{
		{"collector", n.Collector}, {"collector's mailing address", n.CollectorMail}, {"consumer", n.Consumer},
		{"consumer's mailing address", n.ConsumerMail}, {"creditor", n.Creditor}, {"account number", n.AccountTail},
		{"itemization date", n.ItemizationDate}, {"end of the validation period", n.End},
	} {
		if strings.TrimSpace(f.v) == "" {
			return "", errNotice(f.name + " is missing")
		}
	}
	item, err1 := longDate(n.ItemizationDate)
	end, err2 := longDate(n.End)
	if err1 != nil || err2 != nil {
		return "", errNotice("a date is not YYYY-MM-DD")
	}
	if n.ItemizedAmount+n.Interest+n.Fees-n.Payments-n.Credits != n.Amount {
		return "", errNotice("the itemization does not add up to the amount")
	}
	intro := n.Collector + " is a debt collector. We are trying to collect a debt that you owe to " + n.Creditor + "."
	if n.Actor == compliance.CreditorOwed {
		intro = n.Collector + " is attempting to collect a debt that you owe to " + n.Creditor + "."
	}
	then := n.CreditorThen
	if then == "" {
		then = n.Creditor
	}
	tail := n.AccountTail[max(0, len(n.AccountTail)-4):]
	var b strings.Builder
	line := func(ss ...string) { b.WriteString(strings.Join(ss, "") + "\n") }
	line(n.Collector)
	line(n.CollectorMail)
	if n.Phone != "" {
		line(n.Phone)
	}
	line()
	line("To: ", n.Consumer)
	line(n.ConsumerMail)
	if n.Reference != "" {
		line("Reference: ", n.Reference)
	}
	line()
	line(intro, " We will use any information you give us to help collect the debt.")
	line()
	line("Our information shows:")
	line("You had an account from ", then, " with account number ending in ", tail, ".")
	line("As of ", item, ", you owed: ", n.ItemizedAmount.String())
	line("Between ", item, " and today:")
	line("You were charged this amount in interest: + ", n.Interest.String())
	line("You were charged this amount in fees: + ", n.Fees.String())
	line("You paid this amount toward the debt: - ", n.Payments.String())
	line("You were credited this amount toward the debt: - ", n.Credits.String())
	line("Total amount of the debt now: ", n.Amount.String())
	line()
	line("How can you dispute the debt?")
	line("Call or write to us by ", end, ", to dispute all or part of the debt. If you do not, we will assume that our information is correct.")
	line("If you write to us by ", end, ", we must stop collection on any amount you dispute until we send you information that shows you owe the debt. You may use the form below or write to us without the form. You may also include supporting documents.")
	if n.DisputeLink != "" {
		line("We accept disputes electronically at ", n.DisputeLink, ".")
	}
	line()
	line("What else can you do?")
	line("Write to ask for the name and address of the original creditor, if different from the current creditor. If you write by ", end, ", we must stop collection until we send you that information. You may use the form below or write to us without the form.")
	line("Go to www.cfpb.gov/debt-collection to learn more about your rights under federal law. For instance, you have the right to stop or limit how we contact you.")
	if n.PaymentOptions {
		line("Contact us about your payment options.")
	}
	if n.Spanish {
		line("Póngase en contacto con nosotros para solicitar una copia de este formulario en español.")
	}
	line()
	line("How do you want to respond?")
	line("Check all that apply:")
	line("[ ] I want to dispute the debt because I think:")
	line("    [ ] This is not my debt.")
	line("    [ ] The amount is wrong.")
	line("    [ ] Other (please describe on reverse or attach additional information).")
	line("[ ] I want you to send me the name and address of the original creditor.")
	line("Mail this form to: ", n.Collector, ", ", n.CollectorMail)
	line("From: ", n.Consumer, ", ", n.ConsumerMail)
	return b.String(), nil
}

// longDate writes a civil date as "January 4, 2027".
func longDate(s string) (string, error) {
	d, err := time.Parse(time.DateOnly, s)
	return d.Format("January 2, 2006"), err
}

var noticeParts = []struct {
	miss string
	any  []string
}{
	{"the statement that a debt is being collected", []string{"is a debt collector", "attempting to collect a debt", "trying to collect a debt", "attempt to collect a debt"}},
	{"the use of information obtained", []string{"we will use any information", "any information obtained will be used"}},
	{"the consumer's and collector's mailing addresses", []string{"mail this form to"}},
	{"the account number", []string{"account number", "account ending"}},
	{"the itemization date and the amount owed then", []string{"as of "}},
	{"the itemization of interest", []string{"in interest:"}},
	{"the itemization of fees", []string{"in fees:"}},
	{"the itemization of payments and credits", []string{"you paid", "paid or were credited"}},
	{"the itemization of payments and credits", []string{"credited"}},
	{"the current amount", []string{"total amount of the debt now"}},
	{"how to dispute in writing and that collection stops", []string{"must stop collection on any amount you dispute"}},
	{"that the debt is assumed valid without a dispute", []string{"we will assume that our information is correct", "debt is assumed to be valid", "assume the debt is valid"}},
	{"how to ask for the original creditor and that collection stops", []string{"must stop collection until we send you that information"}},
	{"the Bureau's page", []string{"cfpb.gov/debt-collection"}},
	{"the response section", []string{"how do you want to respond?"}},
	{"the response section", []string{"check all that apply:"}},
}

// noticePrompts must stand in this order, after the rest.
var noticePrompts = []string{"how do you want to respond?", "check all that apply:", "i want to dispute the debt because i think", "this is not my debt", "the amount is wrong", "other", "name and address of the original creditor", "mail this form to"}

var noticeEndRE = regexp.MustCompile(`by (?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}, \d{4}`)

// NoticeGaps lists what a validation notice lacks; empty: it is complete.
func NoticeGaps(text string) []string {
	t := strings.ToLower(text)
	var out []string
	add := func(s string) {
		if s = "The notice lacks " + s + "."; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, p := range noticeParts {
		if !slices.ContainsFunc(p.any, func(s string) bool { return strings.Contains(t, s) }) {
			add(p.miss)
		}
	}
	if len(noticeEndRE.FindAllString(t, -1)) < 3 {
		add("the end date of the validation period with each of its three statements")
	}
	if strings.Count(t, "$") < 5 {
		add("the amounts")
	}
	at := strings.Index(t, noticePrompts[0])
	for _, p := range noticePrompts {
		i := -1
		if at >= 0 {
			i = strings.Index(t[at:], p)
		}
		if i < 0 {
			add("the response prompts in their order")
			break
		}
		at += i
	}
	return out
}
