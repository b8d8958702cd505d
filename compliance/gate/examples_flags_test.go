package gate

import "time"

var flagExamples = []example{
	{"represented, campaign text", "BC-ATTY-01", lawful(func(c *Contact) { c.Represented = true }), Block, ""},
	{"represented, one reply", "", lawful(reply, func(c *Contact) { c.Represented = true }), Allow, ""},
	{"represented, follow-up the next day", "BC-ATTY-01", lawful(func(c *Contact) {
		c.Represented, c.Purpose, c.LastInbound, c.RepliesSince = true, "reply", c.Now.Add(-23*time.Hour), 1
	}), Block, ""},
	{"the attorney allows it", "", lawful(func(c *Contact) { c.Represented, c.AttorneyAllows = true, true }), Allow, ""},

	{"a text queued before the request", "BC-CEASE-01", lawful(func(c *Contact) { c.CeaseAt = noon.Add(-time.Minute) }), Block, ""},
	{"the very second of the request", "BC-CEASE-01", lawful(func(c *Contact) { c.CeaseAt = noon }), Block, ""},
	{"sent before a mailed notice came", "", lawful(func(c *Contact) { c.CeaseAt = noon.Add(time.Second) }), Allow, ""},
	{"refusal to pay", "BC-CEASE-01", lawful(letter, func(c *Contact) { c.RefusedAt = noon.Add(-time.Hour) }), Block, ""},
	{"the earlier of refusal and request", "BC-CEASE-01", lawful(letter, func(c *Contact) {
		c.RefusedAt, c.CeaseAt = noon.Add(-time.Hour), noon.Add(time.Hour)
	}), Block, ""},
	{"the notice that efforts end", "", lawful(purpose("6c2_terminating_efforts"), func(c *Contact) { c.CeaseAt, c.Approved = noon.Add(-time.Hour), true }), Allow, ""},
	{"that notice without approval", "BC-CEASE-01", lawful(purpose("6c2_terminating_efforts"), func(c *Contact) { c.CeaseAt = noon.Add(-time.Hour) }), Escalate, ""},
	{"that notice again", "BC-CEASE-01", lawful(purpose("6c2_terminating_efforts"), func(c *Contact) {
		c.CeaseAt, c.Approved, c.CeaseNoticesSent = noon.Add(-time.Hour), true, 1
	}), Block, ""},
	{"they write again", "BC-CEASE-01", lawful(reply, func(c *Contact) { c.CeaseAt = noon.Add(-24 * time.Hour) }), Escalate, ""},
	{"the confirmation of the request", "", lawful(purpose("opt_out_confirmation"), func(c *Contact) {
		c.CeaseAt, c.SMSOptedOut, c.LastInbound = noon.Add(-time.Second), true, noon.Add(-time.Second)
	}), Allow, ""},

	{"STOP, then a letter", "", lawful(letter, func(c *Contact) { c.SMSOptedOut = true }), Allow, ""},
	{"stop calling, then a voicemail without ringing", "BC-MEDIUM-01", lawful(call, func(c *Contact) {
		c.Medium, c.ProhibitedMedia = "ringless", []string{"call"}
	}), Block, ""},
	{"an address barred for another debt", "BC-MEDIUM-01", lawful(func(c *Contact) { c.MediumProhibited = true }), Block, ""},
	{"they text although they barred texts", "", lawful(reply, func(c *Contact) { c.ProhibitedMedia = []string{"sms"} }), Allow, ""},
	{"STOP, then a text six seconds later", "BC-TCPA-02", lawful(func(c *Contact) { c.SMSOptedOut = true }), Block, ""},
	{"a voice opt-out leaves texts", "", lawful(func(c *Contact) { c.VoiceOptedOut = true }), Allow, ""},
	{"a voice opt-out stops calls", "BC-TCPA-02", lawful(call, func(c *Contact) { c.VoiceOptedOut = true }), Block, ""},
	{"a second confirmation", "BC-TCPA-02", lawful(purpose("opt_out_confirmation"), func(c *Contact) {
		c.SMSOptedOut, c.LastInbound, c.RepliesSince = true, noon.Add(-time.Minute), 1
	}), Block, ""},
	{"a confirmation after five minutes", "BC-TCPA-02", lawful(purpose("opt_out_confirmation"), func(c *Contact) {
		c.SMSOptedOut, c.LastInbound = true, noon.Add(-5*time.Minute-time.Second)
	}), Block, ""},

	{"the husband writes", "BC-3P-01", lawful(reply, func(c *Contact) { c.RecipientIsThirdParty = true }), Block, ""},
	{"a neutral reply to him", "", lawful(reply, purpose("wrong_party"), func(c *Contact) { c.RecipientIsThirdParty = true }), Allow, ""},
	{"asking a neighbour for the location", "", lawful(call, purpose("location"), func(c *Contact) { c.RecipientIsThirdParty = true }), Allow, ""},
	{"filed chapter 7", "BC-BK-01", lawful(func(c *Contact) { c.Bankruptcy = true }), Block, ""},
	{"the receipt of that news", "", lawful(reply, func(c *Contact) { c.Bankruptcy = true }), Allow, ""},
	{"the person has died", "BC-DEC-01", lawful(func(c *Contact) { c.Deceased = true }), Block, ""},
	{"the verified executor", "", lawful(func(c *Contact) { c.Deceased, c.HandlesEstate = true, true }), Allow, ""},
	{"one condolence", "", lawful(reply, func(c *Contact) { c.Deceased = true }), Allow, ""},
	{"disputed in the period", "BC-DISPUTE-01", lawful(func(c *Contact) { c.Disputed, c.DisputeInValidation = true, true }), Block, ""},
	{"disputed after it, by policy", "BC-DISPUTE-01", lawful(func(c *Contact) { c.Disputed = true }), Block, ""},
	{"verification was sent", "", lawful(func(c *Contact) { c.Disputed, c.DisputeInValidation, c.VerificationSent = true, true, true }), Allow, ""},
	{"the verification itself", "", lawful(purpose("verification"), func(c *Contact) { c.Disputed = true }), Allow, ""},
	{"identity theft", "BC-DISPUTE-01", lawful(func(c *Contact) { c.IdentityTheft = true }), Block, ""},
	{"active duty", "BC-SCRA-01", lawful(func(c *Contact) { c.Military = true }), Escalate, ""},
	{"a minor", "IN-MINOR-01", lawful(func(c *Contact) { c.Minor = true }), Block, ""},
	{"words of self-harm", "IN-SELFHARM-01", lawful(func(c *Contact) { c.SelfHarm = true }), Block, ""},
	{"the crisis message outranks a cease, an opt-out and the night", "", lawful(purpose("crisis"), func(c *Contact) {
		c.Now = ts("2026-11-24T09:00:00Z")
		c.SelfHarm, c.SMSOptedOut, c.Represented, c.Bankruptcy, c.CeaseAt = true, true, true, true, noon.Add(-time.Hour*24)
		c.LastInbound = c.Now.Add(-time.Second)
	}), Allow, ""},

	{"day five after the first text", "", lawful(func(c *Contact) { c.InitialAt = noon.AddDate(0, 0, -5) }), Allow, ""},
	{"day six without a notice", "BC-VAL-01", lawful(func(c *Contact) { c.InitialAt = noon.AddDate(0, 0, -6) }), Block, ""},
	{"day six, the notice itself", "", lawful(letter, purpose("validation_notice"), func(c *Contact) { c.InitialAt = noon.AddDate(0, 0, -6) }), Allow, ""},
	{"day six with a notice sent", "", lawful(func(c *Contact) { c.InitialAt, c.NoticeSentAt = noon.AddDate(0, 0, -6), noon.AddDate(0, 0, -4) }), Allow, ""},
	{"day six, an answer", "BC-VAL-01", lawful(reply, func(c *Contact) { c.InitialAt = noon.AddDate(0, 0, -6) }), Escalate, ""},
}
