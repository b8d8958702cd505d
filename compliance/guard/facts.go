package guard

import (
	"bytes"
	"encoding/json"
	"strings"

	"parley/compliance"
)

// UnmarshalJSON reads the context object of the sample corpus. A key it doesn't
// know is an error that names it: a fact that is not understood must not be
// taken for absent.
func (f *Facts) UnmarshalJSON(b []byte) error {
	type plain Facts
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	p := plain(*f)
	if err := d.Decode(&p); err != nil {
		return err
	}
	*f = Facts(p)
	return nil
}

// actor is in whose name the text speaks; unknown is the strictest.
func (f *Facts) actor() compliance.Actor {
	switch f.Actor {
	case compliance.CreditorOwed, compliance.DebtBuyerOwner:
		return f.Actor
	}
	return compliance.ThirdParty
}

// brand is the name messages are signed with.
func (f *Facts) brand() string {
	if f.Brand != "" {
		return f.Brand
	}
	return shortName(f.Collector)
}

// assistant is the bot's name.
func (f *Facts) assistant() string {
	if f.Assistant != "" {
		return f.Assistant
	}
	return "Ava"
}

// license is the licence number that must be shown in the consumer's state.
func (f *Facts) license() string {
	if f.State == "CA" && f.CALicense != "" {
		return f.CALicense
	}
	return f.Licenses[f.State]
}

// written reports whether the text goes out in writing to an address or session.
func (f *Facts) written() bool { return f.Channel != "voice" && f.Channel != "voicemail" }

// stranger reports whether the recipient may not be told of a debt: identity
// not established, or known to be someone else.
func (f *Facts) stranger() bool {
	return !f.IdentityVerified || f.Recipient != "" && f.Recipient != "consumer"
}

// bot reports whether the text is not a human agent's.
func (f *Facts) bot() bool { return f.Agent != "human" }

// shortName drops the legal form from a company's name.
func shortName(s string) string {
	for {
		t := strings.TrimRight(s, " ,.")
		cut := t
		for _, form := range [...]string{" LLC", " L.L.C", " Inc", " Incorporated", " Corp", " Corporation", " Ltd", " LLP", " LP", " N.A", " NA", " Co", " PLC"} {
			if len(cut) > len(form) && strings.EqualFold(cut[len(cut)-len(form):], form) {
				cut = cut[:len(cut)-len(form)]
				break
			}
		}
		if cut == s {
			return s
		}
		s = cut
	}
}
