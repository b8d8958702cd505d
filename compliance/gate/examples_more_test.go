package gate

import (
	"time"

	"parley/compliance"
)

var frequencyExamples = []example{
	{"seven calls, an eighth on the seventh day", "BC-FREQ-01", lawful(call, on("2026-04-07"), calls(0, 1, 2, 3, 4, 5, 6)), Delay, "2026-04-08T13:00:01Z"},
	{"an eighth on the day after", "", lawful(call, on("2026-04-08"), calls(1, 2, 3, 4, 5, 6)), Allow, ""},
	{"five counted, two were busy", "", lawful(call, calls(0, 1, 2, 3, 4)), Allow, ""},
	{"three texts and six calls", "", lawful(call, calls(0, 1, 2, 3, 4, 5), texts(1, 2, 3)), Allow, ""},
	{"only the sum is known", "BC-FREQ-01", lawful(call, func(c *Contact) { c.Calls7 = 7 }), Delay, "2026-11-25T14:00:01Z"},
	{"ten in one day wait seven", "BC-FREQ-01", lawful(call, calls(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), Delay, "2026-12-01T14:00:01Z"},
	{"with prior consent", "", lawful(call, calls(0, 1, 2, 3, 4, 5, 6), func(c *Contact) { c.CallConsent.At = noon.AddDate(0, 0, -6) }), Allow, ""},
	{"consent of seven days ago is over", "BC-FREQ-01", lawful(call, calls(0, 1, 2, 3, 4, 5, 6), func(c *Contact) { c.CallConsent.At = noon.AddDate(0, 0, -7) }), Delay, ""},
	{"consent revoked", "BC-FREQ-01", lawful(call, calls(0, 1, 2, 3, 4, 5, 6), func(c *Contact) { c.CallConsent = CallConsent{At: noon, Revoked: true} }), Delay, ""},
	{"strict: a third call", "BC-FREQ-01", lawful(call, strict, calls(2, 3)), Delay, "2026-11-28T15:00:00Z"},
	{"strict: two hours apart", "BC-FREQ-01", lawful(call, strict, calls(0), func(c *Contact) { c.LastCall = noon.Add(-time.Hour) }), Delay, "2026-11-24T18:00:00Z"},

	{"the consumer called in on Thursday: Wednesday", "BC-FREQ-02", lawful(call, on("2026-08-19"), func(c *Contact) { c.LastConversation = day("2026-08-13") }), Delay, "2026-08-20T13:00:01Z"},
	{"the consumer called in on Thursday: Thursday", "", lawful(call, on("2026-08-20"), func(c *Contact) { c.LastConversation = day("2026-08-13") }), Allow, ""},
	{"call back on Monday", "", lawful(call, on("2026-04-06"), func(c *Contact) {
		c.LastConversation, c.CallConsent = day("2026-04-03"), CallConsent{At: day("2026-04-03"), For: "2026-04-06"}
	}), Allow, ""},
	{"but not on Tuesday", "BC-FREQ-02", lawful(call, on("2026-04-07"), func(c *Contact) {
		c.LastConversation, c.CallConsent = day("2026-04-03"), CallConsent{At: day("2026-04-03"), For: "2026-04-06"}
	}), Delay, ""},
	{"after that talk", "BC-FREQ-02", lawful(call, on("2026-04-08"), func(c *Contact) {
		c.LastConversation, c.CallConsent = day("2026-04-06"), CallConsent{At: day("2026-04-03")}
	}), Delay, "2026-04-13T13:00:01Z"},
	{"a text after a conversation", "", lawful(func(c *Contact) { c.LastConversation = noon.Add(-time.Hour) }), Allow, ""},
	{"a person redials within two minutes", "", lawful(call, purpose("redial"), func(c *Contact) { c.Human, c.LastConversation = true, noon.Add(-time.Minute) }), Allow, ""},
	{"a machine does not", "BC-FREQ-02", lawful(call, purpose("redial"), func(c *Contact) { c.LastConversation = noon.Add(-time.Minute) }), Delay, ""},
	{"nor does a person twice", "BC-FREQ-02", lawful(call, purpose("redial"), func(c *Contact) {
		c.Human, c.Redials, c.LastConversation = true, 1, noon.Add(-time.Minute)
	}), Delay, ""},

	{"a second text of the day", "BC-FREQ-03", lawful(texts(0)), Delay, "2026-11-25T14:00:01Z"},
	{"a third text in seven days", "BC-FREQ-03", lawful(texts(2, 5)), Delay, "2026-11-26T14:00:01Z"},
	{"a third text, e-mail counted", "BC-FREQ-03", lawful(texts(2), func(c *Contact) { c.EmailDays[5]++ }), Delay, "2026-11-26T14:00:01Z"},
	{"the written copy of what they agreed to", "", lawful(purpose("written_copy"), texts(0, 1, 2), func(c *Contact) {
		c.LastInbound, c.RepliesSince = noon.Add(-time.Minute), 1
	}), Allow, ""},
	{"a third message in a row without an answer", "BC-FREQ-03", lawful(reply, texts(0), func(c *Contact) { c.RepliesSince = 2 }), Delay, ""},
	{"an answer to a question", "", lawful(reply, texts(0, 1, 2)), Allow, ""},
	{"strict: a fourth contact over all media", "BC-FREQ-03", lawful(letter, strict, func(c *Contact) { c.All7 = 3 }), Delay, ""},
}

var consentExamples = []example{
	{"consent of sixty days ago", "", lawful(func(c *Contact) { c.Consents[0].At = noon.AddDate(0, 0, -60) }), Allow, ""},
	{"consent of sixty-one", "BC-SMS-01", lawful(func(c *Contact) { c.Consents[0].At = noon.AddDate(0, 0, -61) }), Delay, ""},
	{"that and a database check", "", lawful(func(c *Contact) { c.Consents[0].At, c.RNDCheckedAt = noon.AddDate(0, 0, -61), noon.AddDate(0, 0, -1) }), Allow, ""},
	{"a check of before the consent", "BC-SMS-01", lawful(func(c *Contact) { c.Consents[0].At, c.RNDCheckedAt = noon.AddDate(0, 0, -61), noon.AddDate(0, 0, -62) }), Delay, ""},
	{"a check that is itself too old", "BC-SMS-01", lawful(func(c *Contact) { c.Consents[0].At, c.RNDCheckedAt = noon.AddDate(0, 0, -90), noon.AddDate(0, 0, -61) }), Delay, ""},
	{"the creditor's consent only", "BC-SMS-01", lawful(func(c *Contact) { c.Consents[0].Direct = false }), Block, ""},
	{"they only phoned from it", "BC-SMS-01", lawful(func(c *Contact) { c.Consents = nil }), Block, ""},
	{"they texted from it", "", lawful(func(c *Contact) { c.Consents, c.LastTextFromPerson = nil, noon.AddDate(0, 0, -60) }), Allow, ""},
	{"consent withdrawn", "BC-SMS-01", lawful(func(c *Contact) { c.Consents[0].Revoked = true }), Block, ""},
	{"a text reached a stranger", "BC-SMS-01", lawful(func(c *Contact) { c.LedToDisclosure = true }), Block, ""},
	{"the number is someone else's", "BC-TCPA-03", lawful(func(c *Contact) { c.Reassigned = true }), Block, ""},
	{"strict: consent of thirty-one days", "BC-TCPA-03", lawful(strict, func(c *Contact) {
		c.Consents[0].At, c.Consents[1].At = noon.AddDate(0, 0, -31), noon.AddDate(0, 0, -31)
	}), Delay, ""},

	{"day 34 of a creditor's notice", "BC-EMAIL-01", lawful(email, notice(34)), Delay, ""},
	{"day 36", "", lawful(email, notice(36)), Allow, ""},
	{"a notice with too short a time", "BC-EMAIL-01", lawful(email, notice(36), func(c *Contact) { c.Email.OptOutDays = 30 }), Block, ""},
	{"the prior collector never used it", "BC-EMAIL-01", lawful(email, func(c *Contact) { c.Email = EmailFacts{Basis: "prior_collector"} }), Block, ""},
	{"the prior collector used it", "", lawful(email, func(c *Contact) { c.Email = EmailFacts{Basis: "prior_collector", PriorCollectorUsed: true} }), Allow, ""},
	{"nothing permits it", "BC-EMAIL-01", lawful(email, func(c *Contact) { c.Email = EmailFacts{} }), Block, ""},
	{"a wall post", "BC-SOCIAL-01", lawful(func(c *Contact) { c.Channel, c.Public = "social", true }), Block, ""},

	{"an artificial voice to a skip-traced number", "BC-TCPA-01", lawful(aiCall, func(c *Contact) { c.Consents = nil }), Block, ""},
	{"consent revoked yesterday", "BC-TCPA-01", lawful(aiCall, func(c *Contact) {
		c.Consents = append(c.Consents, Consent{Scope: "ai_voice", At: noon.AddDate(0, 0, -1), Revoked: true})
	}), Block, ""},
	{"a person dials", "", lawful(call, func(c *Contact) { c.Human, c.Consents = true, nil }), Allow, ""},
	{"an artificial voice with all it needs", "", lawful(aiCall), Allow, ""},
	{"a name that reveals collection", "BC-AIVOICE-01", lawful(aiCall, func(c *Contact) { c.AICall.NameSafe = false }), Block, ""},
	{"no callback number", "BC-AIVOICE-01", lawful(aiCall, func(c *Contact) { c.AICall.CallbackSet = false }), Block, ""},
	{"on the do-not-call list", "BC-DNC-01", lawful(call, func(c *Contact) { c.DoNotCall = true }), Block, ""},
	{"California without a licence", "BC-LIC-01", lawful(in("CA"), func(c *Contact) { c.Actor = compliance.ThirdParty }), Block, ""},
	{"California with one", "", lawful(in("CA"), func(c *Contact) {
		c.Actor, c.Licenses = compliance.ThirdParty, map[string]string{"CA": "10456-99"}
	}), Allow, ""},
}

func notice(days int) func(*Contact) {
	return func(c *Contact) {
		c.Email = EmailFacts{Basis: "creditor_notice", NoticeAt: c.Now.AddDate(0, 0, -days), OptOutDays: 35}
	}
}

var stateExamples = []example{
	{"two calls in seven days", "BC-STATE-MA", lawful(call, in("MA"), calls(2, 5)), Delay, "2026-11-26T14:00:01Z"},
	{"a call and a text", "BC-STATE-MA", lawful(call, in("MA"), calls(2), texts(5)), Delay, ""},
	{"a call and an e-mail", "", lawful(call, in("MA"), calls(2), func(c *Contact) { c.EmailDays[3]++ }), Allow, ""},
	{"a third call to another number", "BC-STATE-MA", lawful(call, in("MA"), func(c *Contact) { c.OtherNumber, c.OtherNumbers30 = true, 2 }), Delay, ""},
	{"a fifth call", "BC-STATE-DC", lawful(call, in("DC"), calls(1, 2, 3, 4)), Delay, ""},
	{"a text without direct consent", "BC-STATE-DC", lawful(email, in("DC"), func(c *Contact) { c.Consents = nil }), Block, ""},
	{"a fourth contact over all media", "BC-STATE-NYC", lawful(call, in("NYC"), func(c *Contact) { c.AllDays[1], c.AllDays[2] = 1, 2 }), Delay, ""},
	{"before its date", "", lawful(call, in("NYC"), on("2026-08-25"), func(c *Contact) { c.AllDays[1], c.AllDays[2] = 1, 2 }), Allow, ""},
	{"New York without a city may be the city", "BC-STATE-NYC", lawful(call, in("NY"), func(c *Contact) { c.All7 = 3 }), Delay, ""},
	{"Albany is not", "", lawful(call, in("NY"), func(c *Contact) { c.City, c.All7 = "Albany", 3 }), Allow, ""},
	{"Brooklyn is", "BC-STATE-NYC", lawful(call, in("NY"), func(c *Contact) { c.City, c.All7 = "Brooklyn", 3 }), Delay, ""},
	{"e-mail without consent", "BC-STATE-NY", lawful(email, in("NY"), func(c *Contact) { c.City, c.Consents = "Albany", nil }), Block, ""},
	{"a fourth contact in a week", "BC-STATE-WA", lawful(call, in("WA"), func(c *Contact) { c.AllDays = Tally{0, 1, 1, 1} }), Delay, ""},
	{"a third contact of the day", "BC-STATE-WA", lawful(call, in("WA"), calls(0, 0)), Delay, ""},
	{"a second call to work", "BC-STATE-OR", lawful(call, in("OR"), func(c *Contact) { c.WorkAddress, c.WorkCalls7 = true, 1 }), Delay, ""},
	{"Texas has no cap of its own", "", lawful(call, calls(0, 1, 2, 3)), Allow, ""},
	{"the strictest of two places wins", "BC-STATE-MA", lawful(call, calls(2, 5), func(c *Contact) { c.States = []string{"TX", "MA"} }), Delay, ""},
}
