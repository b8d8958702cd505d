package channels

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Validate reports the first field of in that breaks the contract, as an
// *[InputError]. Adapters call it after translating, receivers before storing.
func (in Inbound) Validate() error {
	switch {
	case in.Channel == "":
		return &InputError{"channel", "is missing"}
	case in.ProviderID == "" || len(in.ProviderID) > 256:
		return &InputError{"provider_id", "must have 1 to 256 bytes"}
	case in.From == "" || len(in.From) > 256:
		return &InputError{"from", "must have 1 to 256 bytes"}
	case len(in.Media) > MaxMedia:
		return &InputError{"media", fmt.Sprintf("has %d items, %d are allowed", len(in.Media), MaxMedia)}
	}
	if err := validateText(in.Text); err != nil {
		return err
	}
	if in.Call != nil && (in.Call.ID == "" || in.Call.Event == "") {
		return &InputError{"call", "has no id or no event"}
	}
	for i, m := range in.Media {
		u, err := url.Parse(m.URL)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return &InputError{fmt.Sprintf("media[%d].url", i), "is not an http link"}
		}
	}
	if strings.TrimSpace(in.Text) == "" && in.Choice == "" && len(in.Media) == 0 && in.OptOut == OptOutNone && in.Call == nil {
		return &InputError{"text", "is empty"}
	}
	return nil
}

func validateText(s string) error {
	if len(s) > MaxTextBytes {
		return &InputError{"text", fmt.Sprintf("has %d bytes, %d are allowed", len(s), MaxTextBytes)}
	}
	if !utf8.ValidString(s) {
		return &InputError{"text", "is not valid UTF-8"}
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			return &InputError{"text", fmt.Sprintf("has the control character U+%04X", r)}
		}
	}
	return nil
}
