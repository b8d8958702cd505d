package understand

import (
	"testing"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

var monday = civil.Date{Year: 2026, Month: 11, Day: 23}

func TestANumberOfMonthsAloneIsALength(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"24 months": 24, "10 months please": 10, "can I have 24 months?": 24, "quiero 6 meses": 6,
		"I paid 6 months ago": 0, "I am 6 months behind": 0, "6 months pregnant and no job": 0} {
		got := 0
		for _, a := range Parse(text, "", monday).Asks {
			got = max(got, a.Count)
		}
		if got != want {
			t.Errorf("%q: a plan of %d months, want %d", text, got, want)
		}
	}
}

func TestAShareTakenOffIsASettlementOfTheRest(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]negotiation.Bp{"can you take 40% off?": 6000, "give me a 25 percent discount": 7500, "half off": 5000} {
		asks := Parse(text, "en", monday).Asks
		if len(asks) != 1 || asks[0].Kind != negotiation.AskSettlement || asks[0].Share != want {
			t.Errorf("%q: %+v", text, asks)
		}
	}
	if asks := Parse("I will pay 40%", "en", monday).Asks; len(asks) != 1 || asks[0].Share != 4000 {
		t.Errorf("a share to be paid: %+v", asks)
	}
}

func TestAYesThatEndsWithANoIsNeither(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"yes and also no", "ok, no", "sure... nope"} {
		if Parse(text, "en", monday).Has(Accept) {
			t.Errorf("%q accepts", text)
		}
	}
	for _, text := range []string{"yes", "yes why not", "no problem, yes"} {
		if !Parse(text, "en", monday).Has(Accept) {
			t.Errorf("%q does not accept", text)
		}
	}
}
