package llm_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/golang-sql/civil"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
	"parley/dialog/llm/responder"
	"parley/dialog/understand"
	"parley/negotiation"
)

// TestNoLimitCanReachAModel walks the types of a brief: there is no field in
// which a floor, a ladder or an authority could travel.
func TestNoLimitCanReachAModel(t *testing.T) {
	t.Parallel()
	var walk func(reflect.Type, string)
	seen := map[reflect.Type]bool{}
	walk = func(ty reflect.Type, path string) {
		for ty.Kind() == reflect.Pointer || ty.Kind() == reflect.Slice || ty.Kind() == reflect.Map {
			ty = ty.Elem()
		}
		if ty.Kind() != reflect.Struct || seen[ty] {
			return
		}
		seen[ty] = true
		if slices.Contains([]reflect.Type{reflect.TypeFor[negotiation.Policy](), reflect.TypeFor[negotiation.Case](), reflect.TypeFor[negotiation.SettlementPolicy](), reflect.TypeFor[negotiation.PlanPolicy]()}, ty) {
			t.Errorf("%s carries a policy", path)
		}
		for i := range ty.NumField() {
			f := ty.Field(i)
			for _, w := range []string{"floor", "ladder", "authority", "limit", "policy", "minpayment"} {
				if strings.Contains(strings.ToLower(f.Name), w) {
					t.Errorf("%s.%s", path, f.Name)
				}
			}
			walk(f.Type, path+"."+f.Name)
		}
	}
	walk(reflect.TypeFor[llm.Brief](), "Brief")
}

// TestWhatIdentifiesAPersonStaysIn sends every field that holds something
// secret and greps every byte that leaves.
func TestWhatIdentifiesAPersonStaysIn(t *testing.T) {
	t.Parallel()
	s, m := endpoint(t, llmtest.Config{Mode: llmtest.Malformed})
	b := llmtest.Brief()
	b.Heard.Factors = understand.Factors{ZIPs: []string{"91919"}, BirthYears: []int{1919}, SSNLast4: []string{"9292"}, AccountLast4: []string{"9393"},
		BirthDates: []civil.Date{{Year: 1994, Month: 4, Day: 9}}}
	b.Heard.Surplus = &negotiation.Money{Minor: 94949, Currency: "USD"}
	b.Options[0].Values["amount"] = "$95.95"
	if _, err := llm.Decide(context.WithoutCancel(t.Context()), m, responder.Model{}, b); err != nil {
		t.Fatal(err)
	}
	if len(s.Requests()) != 2 {
		t.Fatalf("%d requests", len(s.Requests()))
	}
	for _, secret := range []string{"91919", "1919", "9292", "9393", "1994-04-09", "949.49", "94949", "95.95"} {
		if s.Contains(secret) {
			t.Errorf("%s left the house", secret)
		}
	}
	if !s.Contains(llmtest.Secret) {
		t.Error("the test can't see what leaves")
	}
}
