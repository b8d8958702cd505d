package desk

import (
	"context"
	"slices"
	"strings"

	"parley/dialog"
	"parley/gateway/desk/staff"
	"parley/gateway/store"
)

// RevealFields are the personal data that can be shown one at a time. Dates of birth and digits of a social security
// number are kept as hashes alone: nobody can be shown them.
var RevealFields = []string{"phone", "zip", "full_name", "mail"}

// Reveal shows one field of a person's data, for a reason. That it was shown is recorded first.
func (s *Service) Reveal(ctx context.Context, account, field, why string) (string, error) {
	a, acc, err := s.SeeAccount(ctx, account, staff.Reveal)
	if err != nil {
		return "", err
	}
	if len(strings.Fields(why)) < 1 {
		return "", &staff.Invalid{Field: "why", What: "is missing: it is recorded"}
	}
	if !slices.Contains(RevealFields, field) {
		return "", store.ErrNotFound
	}
	value := fieldOf(acc, field)
	if value == "" {
		return "", store.ErrNotFound
	}
	err = s.recordRead(ctx, a, staff.Read{What: "reveal " + field, Account: account, Why: shorten(s.redact(why), 500)})
	if err != nil {
		return "", err
	}
	return value, nil
}

func fieldOf(acc dialog.Account, field string) string {
	switch field {
	case "full_name":
		return acc.Person.Name
	case "zip":
		return acc.Person.Zip
	}
	for _, addr := range acc.Person.Addresses {
		if (field == "mail") == (addr.Channel == "email") {
			return addr.Value
		}
	}
	return ""
}
