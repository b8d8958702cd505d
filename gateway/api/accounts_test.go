package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/golang-sql/civil"
	"github.com/google/go-cmp/cmp"

	"parley/dialog"
	"parley/negotiation"
)

// put writes acct-1 over the API, with a person of these further fields.
func (p *till) put(person string) {
	p.Helper()
	body := `{"portfolio":"p","person":{"id":"p-1","name":"Angela Torres","state":"TX"` + person + `},"creditor":{"current":"Northwind Bank"},
		"account_last4":"4421","balance":{"amount":"200.00","currency":"USD"}}`
	if code, text := p.call("k1", http.MethodPut, "/accounts/acct-1", body); code/100 != 2 {
		p.Fatalf("%d %s", code, text)
	}
}

func (p *till) call(key, method, path, body string) (int, []byte) {
	p.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, bytes.NewBufferString(body))
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	p.mux.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes()
}

func TestFactorsThatAreLeftOutAreKept(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	factors := func() map[string]string {
		t.Helper()
		a, err := p.record.Account(t.Context(), "acct-1")
		if err != nil {
			t.Fatal(err)
		}
		return a.Factors
	}
	var keys dialog.Keyer
	p.put(`,"zip":"78701","birth_date":"1986-04-12","ssn_last4":"6789"`)
	if diff := cmp.Diff(keys.Factors("78701", "1986-04-12", "6789", "4421"), factors()); diff != "" {
		t.Fatal(diff)
	}
	for _, c := range []struct{ person, zip, birth, ssn string }{
		{`,"zip":"78701"`, "78701", "1986-04-12", "6789"},
		{`,"zip":"78702"`, "78702", "1986-04-12", "6789"},
		{`,"zip":"78702","birth_date":"1987-01-02"`, "78702", "1987-01-02", "6789"},
		{`,"zip":"78702","ssn_last4":"0001"`, "78702", "1987-01-02", "0001"},
	} {
		p.put(c.person)
		if diff := cmp.Diff(keys.Factors(c.zip, c.birth, c.ssn, "4421"), factors()); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", c.person, diff)
		}
	}
	found, err := p.record.AccountsByFactor(t.Context(), keys.Lookup(keys.Factor(dialog.FactorZip, "78702"), keys.Factor(dialog.FactorBirthYear, "1987")))
	if err != nil || len(found) != 1 {
		t.Errorf("it is found by its ZIP code and year of birth %d times: %v", len(found), err)
	}
}

func TestADayThatIsNotKnownLeavesTheAccountReadable(t *testing.T) {
	t.Parallel()
	p := newTill(t)
	p.account()
	err := p.record.UpdateAccount(t.Context(), "acct-1", p.now, func(a dialog.Account) (dialog.Account, []dialog.Event, error) {
		a.Payments = []dialog.Payment{{ID: "x", Amount: negotiation.USD(100)}, {ID: "y", Amount: negotiation.USD(200), Date: civil.DateOf(p.now)}}
		a.Promises = []dialog.Promise{{ID: "z", Amount: negotiation.USD(300), State: dialog.PromiseKept}}
		a.Itemization, a.Validation = &dialog.Itemization{}, &dialog.Validation{}
		return a, nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	code, text := p.call("k1", http.MethodGet, "/accounts/acct-1", "")
	var got struct {
		Payments []struct{ ID, Date string }
		Promises []struct{ ID, Due string }
	}
	if err := json.Unmarshal(text, &got); err != nil || code != http.StatusOK {
		t.Fatalf("%d %s", code, text)
	}
	if len(got.Payments) != 2 || got.Payments[0].Date != "" || got.Payments[1].Date != "2026-11-23" || len(got.Promises) != 1 || got.Promises[0].Due != "" {
		t.Errorf("got %s", text)
	}
}
