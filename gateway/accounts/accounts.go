// Package accounts brings accounts from where they are kept: from a CSV file, and
// from a creditor's system of record over HTTP. Both give the shape of the API's
// PUT /api/v1/accounts/{id}, and are held to the same checks.
package accounts

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialog"
	"parley/gateway/api"
)

// Fault is one field that is wrong. It never holds the field's value: values are people's data.
type Fault struct {
	// Field is the dotted name, such as "person.addresses.0.value"; "" is the whole account.
	Field string
	// What is wrong, and what would be right.
	What string
}

func (f Fault) String() string {
	if f.Field == "" {
		return f.What
	}
	return f.Field + ": " + f.What
}

// Faults is everything wrong with one account, as one error.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "; ")
}

// Shape checks accounts in the form of the API and makes those of the record.
// It is safe for use by many goroutines.
type Shape struct {
	engine   *dialog.Engine
	registry huma.Registry
	schema   *huma.Schema
	root     *node
}

// NewShape checks against an engine's portfolios and hashes factors with its keys;
// nothing else of the engine is used.
func NewShape(e *dialog.Engine) *Shape {
	r := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	t := reflect.TypeFor[api.AccountIn]()
	return &Shape{engine: e, registry: r, schema: r.Schema(t, false, ""), root: shapeOf(t)}
}

// Account checks a decoded JSON object against the API's schema and makes the
// account. Names are exact: a field in other capitals is an unknown field. The error is [Faults] with
// every fault found.
func (s *Shape) Account(tree map[string]any, now time.Time) (dialog.Account, error) {
	faults := s.root.unknown(tree, "")
	if len(faults) == 0 {
		faults = s.validate(tree)
	}
	var in api.AccountIn
	src, err := json.Marshal(tree)
	if err == nil {
		err = json.Unmarshal(src, &in)
	}
	if err != nil {
		if len(faults) == 0 {
			faults = Faults{{What: "does not have the shape of an account"}}
		}
		return dialog.Account{}, faults
	}
	if in.ID == "" {
		faults = append(faults, Fault{"id", "is missing"})
	}
	acc, err := in.Account(s.engine, now)
	faults = faults.add(apiFaults(err))
	if len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.Field, b.Field) })
		return dialog.Account{}, faults
	}
	return acc, nil
}

// add leaves out fields that are faulted already: one thing said of each is enough.
func (fs Faults) add(more Faults) Faults {
	for _, f := range more {
		if !slices.ContainsFunc(fs, func(old Fault) bool { return old.Field == f.Field || strings.HasPrefix(f.Field, old.Field+".") }) {
			fs = append(fs, f)
		}
	}
	return fs
}

func (s *Shape) validate(tree map[string]any) Faults {
	var res huma.ValidateResult
	huma.Validate(s.registry, s.schema, huma.NewPathBuffer(nil, 0), huma.ModeWriteToServer, tree, &res)
	var faults Faults
	for _, err := range res.Errors {
		faults = append(faults, detailFault(err))
	}
	return faults
}

// apiFaults reads the API's own error back into fields.
func apiFaults(err error) Faults {
	if err == nil {
		return nil
	}
	var model *huma.ErrorModel
	if !errors.As(err, &model) {
		return Faults{{What: "was refused"}}
	}
	var faults Faults
	for _, d := range model.Errors {
		faults = append(faults, detailFault(d))
	}
	return faults
}

var (
	inBrackets = regexp.MustCompile(`\[([0-9]+)\]`)
	required   = regexp.MustCompile(`^expected required property (\S+) to be present$`)
)

// detailFault keeps where and what; the detail's value is dropped.
func detailFault(err error) Fault {
	var d *huma.ErrorDetail
	if !errors.As(err, &d) {
		return Fault{What: "was refused"}
	}
	field := strings.TrimPrefix(inBrackets.ReplaceAllString(d.Location, ".$1"), "body.")
	if m := required.FindStringSubmatch(d.Message); m != nil {
		return Fault{join(field, m[1]), "is missing"}
	}
	return Fault{field, d.Message}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Merge lays an account, as its system of record gives it, over the stored one. What
// Parley alone knows stays: agreements, promises, payments, flags already set, and
// identity factors that the new one does not bring. A balance that is the same as before is taken not
// to know of the payments since: they stay counted, see [dialog.Account.Owed].
func Merge(stored, fresh dialog.Account, keys dialog.Keyer) dialog.Account {
	fresh.Version, fresh.UpdatedAt = stored.Version, stored.UpdatedAt
	fresh.Agreements, fresh.Promises, fresh.Payments = stored.Agreements, stored.Promises, stored.Payments
	if fresh.Balance == stored.Balance {
		if fresh.BalanceAt = stored.BalanceAt; fresh.BalanceAt.IsZero() {
			fresh.BalanceAt = stored.AsOf
		}
	}
	flags := maps.Clone(fresh.Flags)
	if flags == nil {
		flags = map[string]dialog.Flag{}
	}
	maps.Copy(flags, stored.Flags)
	fresh.Flags = flags
	fresh.Factors = keys.KeepFactors(stored.Factors, fresh.Factors)
	return fresh
}
