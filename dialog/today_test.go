package dialog

import (
	"testing"
	"time"

	"github.com/golang-sql/civil"
)

func TestTodayIsTheEarliestDayThePersonMayBeIn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 5, 30, 0, 0, time.UTC) // half past midnight in New York, half past nine the evening before in Los Angeles
	person := func(id, state, city, zip string) Account {
		return Account{ID: id, Person: Person{ID: "p" + id, State: state, City: city, Zip: zip}}
	}
	east, west := person("a", "NY", "New York", "10001"), person("b", "CA", "Los Angeles", "90001")
	for _, c := range []struct {
		accounts []Account
		day      int
	}{{[]Account{east}, 24}, {[]Account{west}, 23}, {[]Account{east, west}, 23}} {
		x := newTurn(t.Context(), &Engine{}, Snapshot{Conversation: Conversation{Channel: "webchat"}, Accounts: c.accounts}, Input{},
			Env{Now: func() time.Time { return now }, NewID: func() string { return "id" }})
		if want := (civil.Date{Year: 2026, Month: 11, Day: c.day}); x.today() != want {
			t.Errorf("%v: %s, want %s", x.zones(), x.today(), want)
		}
	}
}
