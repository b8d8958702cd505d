package desk_test

import (
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/dialog"
	"parley/gateway/desk"
)

func TestTermsBeginOnThePersonsDay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 5, 30, 0, 0, time.UTC) // half past midnight in New York, the evening before in Austin
	person := func(id, state, city, zip string) dialog.Account {
		return dialog.Account{ID: id, Person: dialog.Person{State: state, City: city, Zip: zip}}
	}
	for _, c := range []struct {
		name string
		snap dialog.Snapshot
		day  int
	}{
		{"it is tomorrow already for UTC alone", dialog.Snapshot{Accounts: []dialog.Account{person("a", "TX", "Austin", "78701")}}, 23},
		{"it is tomorrow for them too", dialog.Snapshot{Accounts: []dialog.Account{person("a", "NY", "New York", "10001")}}, 24},
		{"they may be in either place", dialog.Snapshot{Accounts: []dialog.Account{person("a", "NY", "New York", "10001"), person("b", "TX", "Austin", "78701")}}, 23},
		{"nobody knows where", dialog.Snapshot{}, 24},
	} {
		c.snap.Conversation.Channel = "webchat"
		if got, want := desk.Today(c.snap, now), (civil.Date{Year: 2026, Month: 11, Day: c.day}); got != want {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
	}
}
