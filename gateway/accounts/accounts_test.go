package accounts_test

import (
	"context"
	"encoding/json"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/dialog"
	"parley/gateway/accounts"
	"parley/gateway/store"
	"parley/negotiation"
)

var (
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	keys = func() dialog.Keyer {
		k, err := dialog.NewKeyer([]byte("0123456789abcdef"))
		if err != nil {
			panic(err)
		}
		return k
	}()
)

func shape() *accounts.Shape {
	return accounts.NewShape(&dialog.Engine{Keys: keys, Settings: dialog.Settings{Portfolios: map[string]dialog.Portfolio{"cards": {}}}})
}

// record is a store of accounts in memory.
type record struct {
	mu   sync.Mutex
	all  map[string]dialog.Account
	fail map[string]error
	puts int
}

func newRecord(all ...dialog.Account) *record {
	r := &record{all: map[string]dialog.Account{}, fail: map[string]error{}}
	for _, a := range all {
		r.all[a.ID] = a
	}
	return r
}

func (r *record) Account(_ context.Context, id string) (dialog.Account, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.all[id]
	if !ok {
		return a, store.ErrNotFound
	}
	return a, nil
}

func (r *record) PutAccount(_ context.Context, a dialog.Account, _ time.Time) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.fail[a.ID]; err != nil {
		return false, err
	}
	_, there := r.all[a.ID]
	r.all[a.ID] = a
	r.puts++
	return !there, nil
}

// object is an account as the API takes it, changed by edit.
func object(t *testing.T, edit func(map[string]any)) map[string]any {
	t.Helper()
	var tree map[string]any
	err := json.Unmarshal([]byte(`{"id":"acct-1","portfolio":"cards",
		"person":{"id":"p-1","name":"Ann Example","birth_date":"1986-04-12","ssn_last4":"6789","language":"en","state":"TX","zip":"78701",
			"addresses":[{"channel":"sms","value":"+15125550123","consents":[{"scope":"sms","source":"web form","at":"2026-10-30T15:00:00Z"}]}]},
		"creditor":{"current":"Northwind Bank"},"account_last4":"4421","balance":{"amount":"1240.00","currency":"USD"},
		"itemization":{"date":"2025-03-01","amount":"1180.00","interest":"60.00","fees":"0.00","payments":"0.00","credits":"0.00"},
		"validation":{"sent_at":"2026-08-03"},"charged_off":"2025-08-31","finances":{"monthly_surplus":"180.00","payday":"friday"},
		"flags":{"disputed":false}}`), &tree)
	if err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(tree)
	}
	return tree
}

func account(t *testing.T, edit func(map[string]any)) dialog.Account {
	t.Helper()
	a, err := shape().Account(object(t, edit), noon)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnAccountIsHeldToTheShape(t *testing.T) {
	t.Parallel()
	person := func(m map[string]any) map[string]any { return m["person"].(map[string]any) }
	address := func(m map[string]any) map[string]any { return person(m)["addresses"].([]any)[0].(map[string]any) }
	for name, c := range map[string]struct {
		edit func(map[string]any)
		want string
	}{
		"an unknown field is named":                   {func(m map[string]any) { person(m)["nickname"] = "secret" }, "person.nickname: is no field of an account"},
		"a field in other capitals is unknown":        {func(m map[string]any) { m["Balance"] = m["balance"] }, "Balance: is no field of an account"},
		"an unknown field in a list is named":         {func(m map[string]any) { address(m)["carrier"] = "secret" }, "person.addresses.0.carrier: is no field"},
		"a number for a string is named":              {func(m map[string]any) { m["balance"].(map[string]any)["amount"] = 1240.0 }, "balance.amount: expected string"},
		"a missing field is named":                    {func(m map[string]any) { delete(person(m), "name") }, "person.name: is missing"},
		"a missing object is named":                   {func(m map[string]any) { delete(m, "balance") }, "balance: is missing"},
		"an id is needed":                             {func(m map[string]any) { delete(m, "id") }, "id: is missing"},
		"a ZIP of four digits is named":               {func(m map[string]any) { person(m)["zip"] = "9107" }, "person.zip: expected string to be a ZIP code"},
		"a date that doesn't exist is named":          {func(m map[string]any) { m["charged_off"] = "2026-02-30" }, "charged_off: expected string to be RFC 3339 date"},
		"a birth date that lies ahead is named":       {func(m map[string]any) { person(m)["birth_date"] = "2086-04-12" }, "person.birth_date: lies in the future"},
		"a portfolio that is not configured is named": {func(m map[string]any) { m["portfolio"] = "secret" }, "portfolio: is not in the configuration"},
		"a telephone number that is none is named":    {func(m map[string]any) { address(m)["value"] = "secret" }, "person.addresses.0.value: must be a telephone number"},
		"a negative balance is named":                 {func(m map[string]any) { m["balance"].(map[string]any)["amount"] = "-5.00" }, "balance.amount: must be a decimal"},
		"an unknown currency is named":                {func(m map[string]any) { m["balance"].(map[string]any)["currency"] = "EUR" }, "balance.currency: expected value to be one of"},
		"an object for a text is named":               {func(m map[string]any) { person(m)["name"] = map[string]any{"first": "secret"} }, "person.name: expected string"},
		"a list for an object is named":               {func(m map[string]any) { m["person"] = []any{"secret"} }, "person: expected object"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := shape().Account(object(t, c.edit), noon)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	t.Run("every fault is reported", func(t *testing.T) {
		t.Parallel()
		_, err := shape().Account(object(t, func(m map[string]any) {
			person(m)["zip"], m["account_last4"], m["portfolio"] = "1", "1", "other"
		}), noon)
		for _, want := range []string{"person.zip", "account_last4", "portfolio"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("no %s in %v", want, err)
			}
		}
	})
	t.Run("a good one is taken, and its time noted", func(t *testing.T) {
		t.Parallel()
		a := account(t, nil)
		if a.Balance.Minor != 124000 || a.Person.Addresses[0].Value != "+15125550123" || !a.AsOf.Equal(noon) {
			t.Errorf("got %+v", a)
		}
	})
}

func TestMergingKeepsWhatParleyAloneKnows(t *testing.T) {
	t.Parallel()
	stored := account(t, nil)
	stored.Version = 4
	stored.Promises = []dialog.Promise{{ID: "pr-1"}}
	stored.Agreements = []dialog.Agreement{{ID: "ag-1"}}
	stored.Payments = []dialog.Payment{{ID: "pay-1"}}
	stored.Flags = map[string]dialog.Flag{dialog.FlagCease: {Why: "IN-CEASE-01"}}
	fresh := account(t, func(m map[string]any) {
		p := m["person"].(map[string]any)
		delete(p, "birth_date")
		delete(p, "ssn_last4")
		p["zip"] = "10001"
		m["balance"].(map[string]any)["amount"] = "900.00"
		m["flags"] = map[string]any{"disputed": true, "cease": true}
	})
	got := accounts.Merge(stored, fresh, keys)
	if got.Balance.Minor != 90000 || got.Person.Zip != "10001" || got.Version != 4 {
		t.Errorf("the facts were not taken over: %+v", got)
	}
	if len(got.Promises) != 1 || len(got.Agreements) != 1 || len(got.Payments) != 1 {
		t.Error("what was agreed is lost")
	}
	if got.Flags[dialog.FlagCease].Why != "IN-CEASE-01" || !got.Has(dialog.FlagDisputed) {
		t.Errorf("flags: %v", got.Flags)
	}
	want := keys.Factors("10001", "1986-04-12", "6789", "4421")
	if !maps.Equal(got.Factors, want) {
		t.Error("the factors are not those of the new ZIP code and the known birth date")
	}
}

func TestABalanceThatLagsDoesNotForgetAPayment(t *testing.T) {
	t.Parallel()
	stored := account(t, nil)
	stored.Payments = []dialog.Payment{{ID: "pay-1", Amount: negotiation.USD(5000), At: noon.Add(time.Minute)}}
	ask := func(amount string, at time.Duration) dialog.Account {
		a := account(t, func(m map[string]any) { m["balance"].(map[string]any)["amount"] = amount })
		a.AsOf = noon.Add(at)
		return a
	}
	lagging := accounts.Merge(stored, ask("1240.00", 2*time.Minute), keys)
	lagging = accounts.Merge(lagging, ask("1240.00", 3*time.Minute), keys)
	if got := lagging.Owed().Minor; got != 119000 {
		t.Errorf("the payment is forgotten: %d", got)
	}
	if got := accounts.Merge(lagging, ask("1190.00", 4*time.Minute), keys).Owed().Minor; got != 119000 {
		t.Errorf("the payment is counted twice: %d", got)
	}
}
