package inbound

import (
	"slices"
	"testing"
)

func TestWhatIsAskedOrToldPlainlyIsHeardAsThat(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	for _, c := range []struct {
		name, text string
		want, not  Label
	}{
		{"who is it about is no request for validation", "what is this about?", "", ValidationRequest},
		{"nor after a greeting", "hi, what is this about?", "", ValidationRequest},
		{"what the debt is for is one", "what is this debt for?", ValidationRequest, ""},
		{"a person", "I want to talk to a person", RequestHuman, BotQuery},
		{"a human", "I want to talk to a human", RequestHuman, BotQuery},
		{"someone real", "I want to talk to someone real", RequestHuman, BotQuery},
		{"whom one has talked to already is not asked for", "I already talked to a person, they set it up", "", RequestHuman},
		{"not at work", "don't call me at work", InconvenientPlace, ""},
		{"after five", "call me after 5", InconvenientTime, CeaseContact},
		{"a ZIP code and a year are no social security number", "60601 1964", "", CardData},
		{"nor is ZIP+4", "78701-1986", "", CardData},
		{"nine digits in three groups are", "219 09 9999", CardData, ""},
		{"and any nine beside the word", "my social 21909 9999", CardData, ""},
		{"nobody forced me", "nadie me obligó, yo la debo", "", CoercedDebt},
		{"a denial of refusing", "i never said i wouldnt pay", "", RefusalToPay},
		{"long dead", "he's been dead since 2019 lol", Deceased, ""},
		{"a phone long dead", "my phone has been dead since monday", "", Deceased},
		{"the bus stop", "at the bus stop", "", OptOut},
		{"dropping in", "stop by later", "", OptOut},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			det := d.Detect(c.text, Context{})
			if c.want != "" && !det.Has(c.want) || c.not != "" && det.Has(c.not) {
				t.Errorf("%q: %v", c.text, det.Labels())
			}
		})
	}
}

func TestWorkIsKeptAsAPlace(t *testing.T) {
	t.Parallel()
	d := NewDetector()
	for _, text := range []string{"don't call me at work", "no me llamen al trabajo"} {
		if det := d.Detect(text, Context{}); !slices.Contains(det.Places, Work) {
			t.Errorf("%q: %+v", text, det.Places)
		}
	}
}
