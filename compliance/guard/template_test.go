package guard

import (
	"strings"
	"testing"

	"parley/compliance"
)

// states are the facts under which a template is sent, where they differ from
// those of a verified consumer.
var templateStates = map[string]func(*Facts){
	"opt_out_confirmation": func(f *Facts) { f.Purpose, f.OptedOut = "opt_out_confirmation", true },
	"identify":             unverified, "identify_both": unverified, "identify_again": unverified, "identify_failed": unverified,
	"help_unverified":    unverified,
	"handoff_unverified": unverified,
	"wrong_party":        func(f *Facts) { unverified(f); f.Purpose, f.Recipient = "wrong_party", "third_party_or_unknown" },
	"third_party":        func(f *Facts) { unverified(f); f.Recipient = "third_party" },
	"minor":              func(f *Facts) { unverified(f); f.Purpose = "wrong_party" },
	"crisis":             func(f *Facts) { f.Crisis, f.Purpose = true, "crisis" },
	"attorney_ask":       func(f *Facts) { f.Represented = true },
	"attorney_known":     func(f *Facts) { f.Represented = true },
	"cease_ack":          func(f *Facts) { f.CeaseReceived = true },
	"cease_terminate":    func(f *Facts) { f.CeaseReceived, f.CeaseException = true, "terminate" },
	"dispute_ack":        func(f *Facts) { f.Disputed, f.InValidation = true, true },
	"validation_ack":     func(f *Facts) { f.Disputed, f.InValidation = true, true },
	"identity_theft":     func(f *Facts) { f.Disputed = true },
	"bankruptcy":         func(f *Facts) { f.Bankruptcy = true },
	"deceased":           func(f *Facts) { f.Deceased, f.Recipient = true, "survivor" },
}

func unverified(f *Facts) { f.IdentityVerified, f.Purpose = false, "identify" }

func consumer() Facts {
	return Facts{Collector: "Harbor Recovery LLC", Creditor: "Northwind Bank", Consumer: "Angela Torres", Agent: "ai", Channel: "sms", Lang: "en", State: "TX", Today: "2026-11-23",
		AIDisclosed: true, IdentityVerified: true, AccountLast4: "4421", Balance: 124000, FloorPct: 60, MaxInstalments: 12,
		Amounts:     []Cents{124000, 99200, 86800, 74400, 62000, 43400, 37200, 31000, 24800, 20667, 20665, 10333, 10337},
		Settlements: []Cents{99200, 86800, 74400}, Dates: []string{"2026-12-15", "2026-12-01", "2026-11-20"}, OfferExpires: "2026-12-15", Statutory: []Cents{60000},
		Phones: []string{"800-555-0100"}, Furnished: "not_furnished"}
}

// callStates are those of what is only said on a call.
var callStates = map[string]func(*Facts){
	"call_opening_in": opening, "call_opening_out": func(f *Facts) { opening(f); f.CallPlaced = true },
	"call_disclosure":            func(f *Facts) { f.Purpose, f.DisclosureUnheard = PurposeDisclosure, true },
	"call_end":                   func(f *Facts) { f.Purpose, f.DisclosureUnheard = PurposeEnd, true },
	"call_wait":                  func(f *Facts) { f.Purpose, f.DisclosureUnheard = PurposeWait, true },
	"opt_out_confirmation_voice": func(f *Facts) { f.Purpose, f.OptedOut, f.DisclosureUnheard = "opt_out_confirmation", true, true },
	"wrong_party_voice":          func(f *Facts) { unverified(f); f.Purpose = "wrong_party" },
	"third_party_voice":          func(f *Facts) { unverified(f); f.Purpose, f.Recipient = "wrong_party", "third_party" },
	"minor_voice":                func(f *Facts) { unverified(f); f.Purpose = "wrong_party" },
	"attorney_ask_voice":         func(f *Facts) { f.Represented = true },
	"bankruptcy_voice":           func(f *Facts) { f.Bankruptcy = true },
	"deceased_voice":             func(f *Facts) { f.Deceased, f.Recipient = true, "survivor" },
	"dispute_ack_voice":          func(f *Facts) { f.Disputed, f.InValidation = true, true },
	"identity_theft_voice":       func(f *Facts) { f.Disputed = true },
}

func opening(f *Facts) {
	unverified(f)
	f.Purpose, f.NewCall, f.AIDisclosed = PurposeOpening, true, false
}

// spokenOnly reports a kind that is only said on a call, where a call_ kind is said before it is
// known who they are unless its state says otherwise.
func spokenOnly(kind string) bool {
	return strings.HasPrefix(kind, "call_") || strings.HasSuffix(kind, "_voice")
}

func TestWhatIsOnlySaidOnACallClearsInItsState(t *testing.T) {
	t.Parallel()
	g := New()
	for _, kind := range Templates() {
		for _, lang := range []string{"en", "es"} {
			for _, actor := range []compliance.Actor{compliance.CreditorOwed, compliance.DebtBuyerOwner, compliance.ThirdParty} {
				if spokenOnly(kind) {
					clearsOnACall(t, g, kind, lang, actor)
				}
			}
		}
	}
}

func clearsOnACall(t *testing.T, g *Guard, kind, lang string, actor compliance.Actor) {
	f := consumer()
	f.Actor, f.Lang, f.Channel, f.Callback, f.FirstMessage = actor, lang, "voice", "+18005550100", kind == "call_disclosure"
	if actor == compliance.CreditorOwed {
		f.Brand, f.Collector = "Northwind Bank", "Northwind Bank N.A."
	}
	if adapt := callStates[kind]; adapt != nil {
		adapt(&f)
	} else if strings.HasPrefix(kind, "call_") {
		unverified(&f)
	}
	text := Template(kind, lang, actor, map[string]string{"brand": f.brand(), "name": "Ava", "phone": "+1 800-555-0100", "person": "Angela Torres"})
	if text == "" {
		t.Fatalf("%s/%s is empty", kind, lang)
	}
	if final, _, left := g.mend(text, &f); len(left) > 0 || final != text {
		t.Errorf("%s/%s/%s: %q became %q: %v", kind, lang, actor, text, final, left)
	}
}

func TestEveryTemplateClearsInItsState(t *testing.T) {
	t.Parallel()
	g := New()
	for _, kind := range Templates() {
		if spokenOnly(kind) {
			continue
		}
		for _, lang := range []string{"en", "es"} {
			for _, actor := range []compliance.Actor{compliance.CreditorOwed, compliance.DebtBuyerOwner, compliance.ThirdParty} {
				for _, channel := range []string{"sms", "webchat", "voice"} {
					for _, first := range []bool{false, true} {
						f := consumer()
						f.Actor, f.Lang, f.Channel = actor, lang, channel
						f.FirstMessage, f.NewSession, f.AIDisclosed = first, first, !first
						if actor == compliance.CreditorOwed {
							f.Brand, f.Collector = "Northwind Bank", "Northwind Bank N.A."
						}
						if adapt := templateStates[kind]; adapt != nil {
							adapt(&f)
						}
						text := Template(kind, lang, actor, map[string]string{"brand": f.brand(), "name": "Ava", "phone": "800-555-0100"})
						if text == "" {
							t.Fatalf("%s/%s is empty", kind, lang)
						}
						if final, _, left := g.mend(text, &f); len(left) > 0 {
							t.Errorf("%s/%s/%s/%s first=%v: %q: %v", kind, lang, actor, channel, first, final, left)
						}
					}
				}
			}
		}
	}
}

func TestTemplateWithAHoleIsNotSent(t *testing.T) {
	t.Parallel()
	if s := Template("help", "en", "", map[string]string{"brand": "X"}); s != "" {
		t.Errorf("a template without its phone gave %q", s)
	}
	if s := Template("no_such_kind", "en", "", nil); s != "" {
		t.Errorf("an unknown kind gave %q", s)
	}
}
