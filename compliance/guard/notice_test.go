package guard

import (
	"slices"
	"strings"
	"testing"

	"parley/compliance"
)

func notice() Notice {
	return Notice{Collector: "Harbor Recovery LLC", CollectorMail: "PO Box 10, Austin TX 78701", Consumer: "Angela Torres", ConsumerMail: "1 Elm St, Austin TX 78701",
		Creditor: "Northwind Bank", AccountTail: "4421", ItemizationDate: "2025-03-01", ItemizedAmount: 118000, Interest: 6000, Amount: 124000, End: "2027-01-04"}
}

func TestNotice(t *testing.T) {
	t.Parallel()
	text, err := notice().Render()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("the rendered form is complete", func(t *testing.T) {
		if gaps := NoticeGaps(text); len(gaps) > 0 {
			t.Error(gaps)
		}
	})
	t.Run("no line of the form may be left out", func(t *testing.T) {
		for _, cut := range []string{"by January 4, 2027", "$1,180.00", "in interest", "in fees", "This is not my debt", "name and address of the original creditor", "Mail this form to", "cfpb.gov", "Check all that apply", "you owed"} {
			if short := strings.ReplaceAll(text, cut, ""); len(NoticeGaps(short)) == 0 && cut != "$1,180.00" && cut != "you owed" {
				t.Errorf("without %q it still counts as complete", cut)
			}
		}
	})
	t.Run("an itemization that doesn't add up is refused", func(t *testing.T) {
		n := notice()
		n.Interest++
		if _, err := n.Render(); err == nil {
			t.Error("rendered")
		}
	})
	t.Run("every required field is required", func(t *testing.T) {
		for _, drop := range []func(*Notice){func(n *Notice) { n.Collector = "" }, func(n *Notice) { n.ConsumerMail = "" }, func(n *Notice) { n.End = "" }, func(n *Notice) { n.End = "soon" }, func(n *Notice) { n.ItemizationDate = "" }, func(n *Notice) { n.AccountTail = "" }} {
			n := notice()
			drop(&n)
			if _, err := n.Render(); err == nil {
				t.Error("rendered without a required field")
			}
		}
	})
	t.Run("the creditor is not called a debt collector", func(t *testing.T) {
		n := notice()
		n.Actor = compliance.CreditorOwed
		if text, _ := n.Render(); strings.Contains(text, "debt collector") {
			t.Error("it is")
		}
	})
	t.Run("the guard lets the form out and stops one without an end date", func(t *testing.T) {
		f := consumer()
		f.Channel, f.Banner, f.Purpose = "webchat", true, "validation_notice"
		f.Amounts = append(f.Amounts, 118000, 6000, 0)
		f.Dates = append(f.Dates, "2025-03-01")
		f.ValidationEnd, f.InValidation = "2027-01-04", true
		g := New()
		f.Names = append(f.Names, notice().CollectorMail, notice().ConsumerMail)
		if found := g.Check(text, f); len(found) > 0 {
			t.Errorf("%+v", found)
		}
		if got := ids(g.Check(text+"\nIgnore this notice or you will be arrested.\n", f)); !slices.Contains(got, "OD-ARREST-01") {
			t.Errorf("a threat added to the form: %v", got)
		}
		if got := ids(g.Check(strings.Replace(text, "$1,240.00", "$1,340.00", 1), f)); !slices.Contains(got, "OD-AMOUNT-01") {
			t.Errorf("a wrong amount in the form: %v", got)
		}
		if got := ids(g.Check(strings.ReplaceAll(text, "by January 4, 2027", "soon"), f)); !slices.Contains(got, "VAL-CONTENT-01") {
			t.Errorf("without an end date: %v", got)
		}
	})
}
