package gate

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var someZones = []string{"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
	"Pacific/Honolulu", "America/Puerto_Rico", "America/Boise", "America/Indiana/Indianapolis"}

func drawContact(t *rapid.T) Contact {
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) && rapid.Bool().Draw(t, name+" again") }
	c := lawful()
	c.Now = time.Unix(rapid.Int64Range(1767225600, 1893456000).Draw(t, "now"), 0).UTC()
	c.Profile = rapid.SampledFrom([]Profile{Legal, Strict}).Draw(t, "profile")
	c.Channel = rapid.SampledFrom([]string{"sms", "voice", "email", "mail", "webchat"}).Draw(t, "channel")
	c.Purpose = rapid.SampledFrom([]string{"", "reply", "opt_out_confirmation", "verification", "reminder"}).Draw(t, "purpose")
	c.Zones = rapid.SliceOfN(rapid.SampledFrom(someZones), 1, 3).Draw(t, "zones")
	c.States = rapid.SliceOfN(rapid.SampledFrom([]string{"TX", "MA", "NY", "WA", "DC", "CA", "FL"}), 1, 2).Draw(t, "states")
	c.Consents[0].At = c.Now.AddDate(0, 0, -rapid.IntRange(0, 80).Draw(t, "consent"))
	c.Live = flag("live")
	if flag("inbound") {
		c.LastInbound = c.Now.Add(-time.Duration(rapid.IntRange(0, 100000).Draw(t, "ago")) * time.Second)
		c.RepliesSince = rapid.IntRange(0, 2).Draw(t, "replies")
	}
	for i := range c.CallDays {
		c.CallDays[i] = rapid.IntRange(0, 1).Draw(t, "calls")
		c.AllDays[i] = c.CallDays[i]
	}
	c.Email.Basis = rapid.SampledFrom([]string{"", "consumer_used"}).Draw(t, "basis")
	return c
}

// restrictions each add one reason against contact.
var restrictions = map[string]func(*rapid.T, *Contact){
	"sms opted out":   func(_ *rapid.T, c *Contact) { c.SMSOptedOut = true },
	"voice opted out": func(_ *rapid.T, c *Contact) { c.VoiceOptedOut = true },
	"medium":          func(_ *rapid.T, c *Contact) { c.MediumProhibited = true },
	"cease":           func(_ *rapid.T, c *Contact) { c.CeaseAt = c.Now.Add(-time.Hour) },
	"represented":     func(_ *rapid.T, c *Contact) { c.Represented = true },
	"bankruptcy":      func(_ *rapid.T, c *Contact) { c.Bankruptcy = true },
	"minor":           func(_ *rapid.T, c *Contact) { c.Minor = true },
	"disputed":        func(_ *rapid.T, c *Contact) { c.Disputed = true },
	"wrong party":     func(_ *rapid.T, c *Contact) { c.WrongParty = true },
	"reassigned":      func(_ *rapid.T, c *Contact) { c.Reassigned = true },
	"do not call":     func(_ *rapid.T, c *Contact) { c.DoNotCall = true },
	"self-harm":       func(_ *rapid.T, c *Contact) { c.SelfHarm = true },
	"military":        func(_ *rapid.T, c *Contact) { c.Military = true },
	"at a place":      func(_ *rapid.T, c *Contact) { c.AtPlaceNow = true },
	"a call more":     func(_ *rapid.T, c *Contact) { c.CallDays[0]++; c.AllDays[0]++ },
	"a text more":     func(_ *rapid.T, c *Contact) { c.TextDays[0]++; c.AllDays[0]++ },
	"a conversation":  func(_ *rapid.T, c *Contact) { c.LastConversation = c.Now.Add(-time.Hour) },
	"a zone": func(t *rapid.T, c *Contact) {
		c.Zones = append(append([]string{}, c.Zones...), rapid.SampledFrom(someZones).Draw(t, "zone"))
	},
	"a state": func(t *rapid.T, c *Contact) {
		c.States = append(append([]string{}, c.States...), rapid.SampledFrom([]string{"MA", "NYC", "WA", "DC"}).Draw(t, "state"))
	},
	"a window": func(t *rapid.T, c *Contact) {
		c.Windows = append(append([]Window{}, c.Windows...), Window{From: "09:00", To: rapid.SampledFrom([]string{"12:00", "18:30", "06:00"}).Draw(t, "to")})
	},
}

func TestAddingARestrictionNeverAllowsMore(t *testing.T) {
	t.Parallel()
	for name, restrict := range restrictions {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				c := drawContact(t)
				before := Decide(c)
				restrict(t, &c)
				after := Decide(c)
				if severity[after.Decision] < severity[before.Decision] {
					t.Fatalf("%s turned %s into %s", name, before.Decision, after.Decision)
				}
				if before.Decision == Delay && after.Decision == Delay && after.Until.Before(before.Until) {
					t.Fatalf("%s moved until from %v to %v", name, before.Until, after.Until)
				}
			})
		})
	}
}

func TestUntilIsTheFirstSecondThatIsOpen(t *testing.T) {
	t.Parallel()
	clockRules := []rule{{id: "BC-TIME-01", check: checkQuiet, next: nextQuiet}, {id: "BC-TIME-02", check: checkWindows, next: nextWindow}}
	rapid.Check(t, func(t *rapid.T) {
		c := lawful(func(c *Contact) {
			c.Now = time.Unix(rapid.Int64Range(1767225600, 1893456000).Draw(t, "now"), 0).UTC()
			c.Profile = rapid.SampledFrom([]Profile{Legal, Strict}).Draw(t, "profile")
			c.Zones = rapid.SliceOfN(rapid.SampledFrom(someZones), 1, 4).Draw(t, "zones")
			if rapid.Bool().Draw(t, "windowed") {
				c.Windows = []Window{{Days: []time.Weekday{time.Weekday(rapid.IntRange(0, 6).Draw(t, "day"))}, From: "10:00", To: "16:00"}}
			}
		})
		v := decide(clockRules, c)
		switch v.Decision {
		case Allow:
		case Escalate: // the zones leave no common hour
		case Delay:
			at := c
			at.Now = v.Until
			if got := decide(clockRules, at); got.Decision != Allow {
				t.Fatalf("at until %v: %s", v.Until, got.Decision)
			}
			at.Now = v.Until.Add(-time.Second)
			if got := decide(clockRules, at); got.Decision == Allow {
				t.Fatalf("one second before until %v it is allowed", v.Until)
			}
			if v.Until.Sub(c.Now) > time.Second {
				at.Now = c.Now.Add(time.Duration(rapid.Int64Range(0, int64(v.Until.Sub(c.Now)/time.Second)-1).Draw(t, "between")) * time.Second)
				if got := decide(clockRules, at); got.Decision == Allow {
					t.Fatalf("%v lies before until and is allowed", at.Now)
				}
			}
		default:
			t.Fatalf("%s: %+v", v.Decision, v.Findings)
		}
	})
}

func TestStrictIsNeverLaxerThanLegal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawContact(t)
		c.Profile = Legal
		legal := Decide(c)
		c.Profile = Strict
		if tight := Decide(c); severity[tight.Decision] < severity[legal.Decision] {
			t.Fatalf("strict says %s where legal says %s", tight.Decision, legal.Decision)
		} else if tight.Decision == Delay && legal.Decision == Delay && tight.Until.Before(legal.Until) {
			t.Fatalf("strict waits until %v, legal until %v", tight.Until, legal.Until)
		}
	})
}

func TestTheSameFactsHaveTheSameVerdict(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := drawContact(t)
		a, b := Decide(c), Decide(c)
		if a.Decision != b.Decision || !a.Until.Equal(b.Until) || len(a.Findings) != len(b.Findings) {
			t.Fatal("two answers to one question")
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	allowed, delayed := lawful(), lawful(strict, call, calls(0, 1, 2, 3), func(c *Contact) {
		c.Zones = someZones[:5]
		c.Windows = []Window{{From: "09:00", To: "12:00"}, {Days: []time.Weekday{time.Wednesday}}}
	})
	for name, c := range map[string]Contact{"allowed": allowed, "delayed": delayed} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Decide(c)
			}
		})
	}
}

func BenchmarkCheckRow(b *testing.B) {
	row := []byte(`{"id":"a","rule":"BC-TIME-01","given":{"now":"2026-11-24T03:00:00Z","tz_candidates":["America/New_York","America/Los_Angeles"],"profile":"legal","channel":"sms"}}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := CheckRow(row); err != nil {
			b.Fatal(err)
		}
	}
}
