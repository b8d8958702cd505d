package dialog

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"parley/compliance/gate"
	"parley/negotiation"
)

// watched is a turn some time after a person has agreed by text to pay $100 on December 4.
func watched(at time.Time) *turn {
	x := agreedTurn("sms", "en", 124000)
	terms := spread(negotiation.MovePromise, 10000, 1, 0)
	terms.Installments[0].Due = civil.Date{Year: 2026, Month: 12, Day: 4}
	x.promise(Offer{ID: "o1", Kind: terms.Kind, Terms: terms})
	x.now = at
	return x
}

func (t *turn) types() []string {
	var out []string
	for _, e := range t.fx.Events {
		out = append(out, e.Type)
	}
	return out
}

func (t *turn) texts() string {
	var out []string
	for _, o := range t.fx.Outgoing {
		out = append(out, o.Cleared.Out().Text)
	}
	return strings.Join(out, "\n")
}

var (
	remindAt = time.Date(2026, 12, 2, 16, 0, 0, 0, time.UTC) // ten in Austin
	checkAt  = time.Date(2026, 12, 8, 16, 0, 0, 0, time.UTC)
)

func TestWhatTheGatePutsOffIsToldLaterIfItIsStillTrue(t *testing.T) {
	t.Parallel()
	x := watched(remindAt)
	x.address.Windows = []gate.Window{{From: "09:00", To: "12:00"}}
	x.playReminder()
	if len(x.fx.Outgoing) > 0 || !slices.Contains(x.types(), "notice.delayed") {
		t.Fatalf("said %q, did %v", x.texts(), x.types())
	}
	i := slices.IndexFunc(x.fx.SetTimers, func(n Timer) bool { return n.Kind == TimerNotice })
	if i < 0 || !x.fx.SetTimers[i].Due.Equal(remindAt.Add(2*time.Hour)) {
		t.Fatalf("timers: %+v", x.fx.SetTimers)
	}
	x.in.Body, x.now = x.fx.SetTimers[i].Body, remindAt.Add(2*time.Hour)
	x.playNotice()
	if !strings.Contains(x.texts(), "a message that is only for you") {
		t.Errorf("said %q", x.texts())
	}

	y := watched(remindAt.Add(2 * time.Hour))
	a, _ := y.account()
	a.Payments = []Payment{paidOn("p", 10000, civil.Date{Year: 2026, Month: 12, Day: 2})}
	y.keep(a)
	y.in.Body = x.in.Body
	y.playNotice()
	if len(y.fx.Outgoing) > 0 {
		t.Errorf("paid, and yet: %q", y.texts())
	}
}

func TestAReminderTellsAStrangerNothing(t *testing.T) {
	t.Parallel()
	x := watched(remindAt)
	x.playReminder()
	for _, word := range []string{"$", "100", "Northwind", "debt", "pay", "due", "account", "Angela"} {
		if strings.Contains(x.texts(), word) {
			t.Errorf("%q is in %q", word, x.texts())
		}
	}
	if x.conv.Identity.Verified || x.conv.Notice != noticeReminder || x.conv.Pending != "identity" {
		t.Errorf("%+v", x.conv)
	}
}

func TestAPersonInSessionIsRemindedAtOnce(t *testing.T) {
	t.Parallel()
	x := watched(remindAt)
	x.conv.Identity.LastSeen, x.conv.LastInbound = remindAt.Add(-time.Hour), remindAt.Add(-time.Hour)
	x.playReminder()
	if !strings.HasPrefix(x.texts(), "This is a reminder: $100.00 is due on December 4, 2026. You can pay safely here: https://pay.example.com/") {
		t.Errorf("said %q", x.texts())
	}
}

func TestNobodyIsRemindedOfWhatIsPaidOrHeldOrInHumanHands(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*turn){
		"paid": func(x *turn) {
			a, _ := x.account()
			a.Payments = []Payment{paidOn("p", 10000, civil.Date{Year: 2026, Month: 11, Day: 24})}
			x.keep(a)
		},
		"in human hands":    func(x *turn) { x.conv.Control = ControlHuman },
		"closed":            func(x *turn) { x.conv.Control = ControlClosed },
		"a human only":      func(x *turn) { x.conv.Mode = ModeDraftOnly },
		"stopped":           func(x *turn) { x.address.SMSOptedOut = madeAt },
		"another's number":  func(x *turn) { x.address.WrongParty = madeAt },
		"asked to cease":    func(x *turn) { x.setFlag(FlagCease, "test") },
		"bankrupt":          func(x *turn) { x.setFlag(FlagBankruptcy, "test") },
		"with an attorney":  func(x *turn) { x.setFlag(FlagRepresented, "test") },
		"made elsewhere":    func(x *turn) { x.conv.ID = "another" },
		"account not known": func(x *turn) { x.conv.Account = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := watched(remindAt)
			change(x)
			x.playReminder()
			if len(x.fx.Outgoing) > 0 {
				t.Errorf("said %q", x.texts())
			}
		})
	}
}

func TestAReceiptIsForAPersonInSession(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		silent time.Duration
		said   bool
	}{"an hour after their last word": {time.Hour, true}, "a day and more after it": {25 * time.Hour, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := watched(madeAt.Add(c.silent))
			p := paidOn("p", 4000, civil.DateOf(x.now))
			a, _ := x.account()
			a, facts, err := pay(a, p, x.today())
			if err != nil {
				t.Fatal(err)
			}
			x.keep(a)
			x.receipt(p, facts)
			if (len(x.fx.Outgoing) > 0) != c.said {
				t.Errorf("said %q", x.texts())
			}
		})
	}
}

func TestWhatIsOnHoldIsNotHeldAgainstAnybody(t *testing.T) {
	t.Parallel()
	x := watched(checkAt)
	x.setFlag(FlagDisputed, "test")
	x.playDue()
	if a, _ := x.account(); a.Promises[0].State != PromiseOpen || behavior(a).BrokenPromises != 0 {
		t.Errorf("%+v", a.Promises)
	}
}

func TestTheSecondBrokenWordBringsAHuman(t *testing.T) {
	t.Parallel()
	x := watched(checkAt)
	x.playDue()
	if x.conv.Control != ControlBot || x.conv.Promise.State != PromiseBroken {
		t.Fatalf("after the first: %s, %s", x.conv.Control, x.conv.Promise.State)
	}
	terms := spread(negotiation.MovePromise, 5000, 1, 0)
	terms.Installments[0].Due = civil.Date{Year: 2026, Month: 12, Day: 18}
	x.promise(Offer{ID: "o2", Kind: terms.Kind, Terms: terms})
	x.now = time.Date(2026, 12, 22, 16, 0, 0, 0, time.UTC)
	x.playDue()
	if x.conv.Control != ControlQueued || x.conv.Handoff.Reasons[0].Code != "promise_broken_again" {
		t.Errorf("after the second: %s %+v", x.conv.Control, x.conv.Handoff)
	}
}

func TestMorningIsTenInEveryZoneTheyMayBeIn(t *testing.T) {
	t.Parallel()
	x := watched(remindAt)
	a, _ := x.account()
	x.conv.Address = "+12125550123" // New York
	a.Person.Zip, a.Person.State = "94105", "CA"
	x.keep(a)
	for _, d := range []civil.Date{{Year: 2026, Month: 12, Day: 2}, {Year: 2027, Month: 3, Day: 14}, {Year: 2027, Month: 7, Day: 1}} {
		at := x.morning(d)
		for _, z := range x.zones() {
			loc, err := time.LoadLocation(z)
			if err != nil {
				t.Fatal(err)
			}
			if local := at.In(loc); local.Hour() < contactHour || civil.DateOf(local) != d {
				t.Errorf("%s is %s in %s", d, local, z)
			}
		}
		if len(x.zones()) < 2 {
			t.Errorf("zones: %v", x.zones())
		}
	}
}

func TestATimerIsSetOnceOrCancelled(t *testing.T) {
	t.Parallel()
	x := watched(madeAt)
	x.arm()
	x.arm()
	if len(x.fx.SetTimers) != 2 || len(x.fx.CancelTimers) != 0 {
		t.Errorf("%+v %v", x.fx.SetTimers, x.fx.CancelTimers)
	}
	a, _ := x.account()
	a.Payments = []Payment{paidOn("p", 10000, civil.Date{Year: 2026, Month: 11, Day: 24})}
	x.keep(a)
	x.arm()
	if len(x.fx.SetTimers) != 0 || !slices.Equal(x.fx.CancelTimers, []string{TimerReminder, TimerDue}) {
		t.Errorf("%+v %v", x.fx.SetTimers, x.fx.CancelTimers)
	}
}

func TestANoticeThatCannotBeReadSaysNothing(t *testing.T) {
	t.Parallel()
	x := watched(remindAt)
	x.in.Body = json.RawMessage(`{"notice":7}`)
	x.playNotice()
	if len(x.fx.Outgoing) > 0 {
		t.Errorf("said %q", x.texts())
	}
}
