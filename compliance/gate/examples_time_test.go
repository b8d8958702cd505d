package gate

import "time"

var timeExamples = []example{
	{"a lawful text goes out", "", lawful(), Allow, ""},
	{"no instant", "GATE-INPUT", Contact{Channel: "sms", Zones: []string{central}}, Block, ""},
	{"an unknown medium", "GATE-INPUT", lawful(func(c *Contact) { c.Channel = "fax" }), Block, ""},
	{"an unknown profile", "GATE-INPUT", lawful(func(c *Contact) { c.Profile = "lax" }), Block, ""},
	{"06:59:59 in Chicago", "BC-TIME-01", lawful(func(c *Contact) { c.Now = ts("2026-11-24T12:59:59Z") }), Delay, "2026-11-24T14:00:01Z"},
	{"no zone", "BC-TIME-01", lawful(func(c *Contact) { c.Zones = nil }), Escalate, ""},
	{"the opt-out confirmation at night", "", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T08:00:00Z")
		c.SMSOptedOut, c.Purpose, c.LastInbound = true, "opt_out_confirmation", c.Now.Add(-time.Second)
	}), Allow, ""},
	{"a letter knows no hours", "", lawful(letter, func(c *Contact) { c.Now = ts("2026-11-24T08:00:00Z") }), Allow, ""},

	{"never on Sundays", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-11-22T20:00:00Z")
		c.Windows = []Window{{Days: []time.Weekday{time.Sunday}}}
	}), Delay, "2026-11-23T14:00:01Z"},
	{"no Tuesday or Thursday until the end of the year", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T20:00:00Z")
		c.Windows = []Window{{Days: []time.Weekday{time.Tuesday, time.Thursday}, Until: "2026-12-31"}}
	}), Delay, "2026-11-25T14:00:01Z"},
	{"the note holds on its last day", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-12-31T20:00:00Z")
		c.Consents[0].At = c.Now
		c.Windows = []Window{{Days: []time.Weekday{time.Tuesday, time.Thursday}, Until: "2026-12-31"}}
	}), Delay, "2027-01-01T14:00:01Z"},
	{"that note has ended", "", lawful(func(c *Contact) {
		c.Now = ts("2027-01-05T20:00:00Z")
		c.Consents[0].At = c.Now
		c.Windows = []Window{{Days: []time.Weekday{time.Tuesday, time.Thursday}, Until: "2026-12-31"}}
	}), Allow, ""},
	{"a text at 15:30 earns one reply inside 15-17", "", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T21:30:30Z")
		c.Windows = []Window{{From: "15:00", To: "17:00"}}
		c.Purpose, c.LastInbound = "reply", ts("2026-11-24T21:30:00Z")
	}), Allow, ""},
	{"and no second one before 17:00", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T21:31:00Z")
		c.Windows = []Window{{From: "15:00", To: "17:00"}}
		c.Purpose, c.LastInbound, c.RepliesSince = "reply", ts("2026-11-24T21:30:00Z"), 1
	}), Delay, "2026-11-24T23:00:00Z"},
	{"a text of before the window earns none inside it", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T21:00:00Z")
		c.Windows = []Window{{From: "15:00", To: "17:00"}}
		c.Purpose, c.LastInbound = "reply", ts("2026-11-24T20:59:59Z")
	}), Delay, "2026-11-24T23:00:00Z"},
	{"the window's last second", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T22:59:59Z")
		c.Windows = []Window{{From: "15:00", To: "17:00"}}
	}), Delay, "2026-11-24T23:00:00Z"},
	{"the second after", "", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T23:00:00Z")
		c.Windows = []Window{{From: "15:00", To: "17:00"}}
	}), Allow, ""},
	{"a window over midnight of a night shift", "BC-TIME-02", lawful(func(c *Contact) {
		c.Now = ts("2026-11-24T15:00:00Z")
		c.Windows = []Window{{From: "20:00", To: "12:00"}}
	}), Delay, "2026-11-24T18:00:00Z"},
	{"windows that leave no hour go to a person", "BC-TIME-02", lawful(func(c *Contact) { c.Windows = []Window{{}} }), Escalate, ""},
	{"a window with a time that is none denies", "BC-TIME-02", lawful(func(c *Contact) { c.Windows = []Window{{From: "noonish"}} }), Block, ""},
	{"a window in its own zone", "BC-TIME-02", lawful(func(c *Contact) {
		c.Windows = []Window{{From: "12:00", To: "13:00", Zone: eastern}}
	}), Delay, "2026-11-24T18:00:00Z"},

	{"not at home: the letter", "BC-PLACE-01", lawful(letter, func(c *Contact) { c.Places = []string{"home"} }), Block, ""},
	{"not at home: the landline", "BC-PLACE-01", lawful(call, func(c *Contact) { c.Medium, c.Places = "landline", []string{"home"} }), Block, ""},
	{"not at home: the mobile", "", lawful(func(c *Contact) { c.Places = []string{"home"} }), Allow, ""},
	{"at a funeral until four", "BC-PLACE-01", lawful(func(c *Contact) {
		c.AtPlaceNow, c.PlaceUntil = true, ts("2026-11-24T22:00:00Z")
	}), Delay, "2026-11-24T22:00:00Z"},
	{"at a funeral", "BC-PLACE-01", lawful(func(c *Contact) { c.AtPlaceNow = true }), Delay, "2026-11-25T14:00:01Z"},

	{"the employer forbids calls", "BC-WORK-01", lawful(call, func(c *Contact) { c.WorkAddress, c.Places = true, []string{"work"} }), Block, ""},
	{"call me at work, it's fine", "", lawful(call, func(c *Contact) { c.WorkAddress = true }), Allow, ""},
	{"the work e-mail of a known employer", "BC-WORKEMAIL-01", lawful(email, func(c *Contact) {
		c.WorkAddress, c.Email = true, EmailFacts{Basis: "creditor_notice", NoticeAt: day("2026-09-01"), OptOutDays: 35}
	}), Block, ""},
	{"the work e-mail they wrote from", "", lawful(email, func(c *Contact) { c.WorkAddress, c.WroteFromWork = true, true }), Allow, ""},
	{"and then opted out", "BC-WORKEMAIL-01", lawful(email, func(c *Contact) { c.WorkAddress, c.WroteFromWork, c.Email.OptedOut = true, true, true }), Block, ""},
}
