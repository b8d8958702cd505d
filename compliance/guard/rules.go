package guard

import "parley/compliance"

// Ids that other code of the package refers to.
const (
	ruleInitial    = "OD-MM-01"
	ruleSubsequent = "OD-MM-02"
	ruleOptOut     = "OD-OPTOUT-01"
	ruleAI         = "OD-AI-01"
	ruleIdentity   = "OD-ID-01"
	ruleLicense    = "OD-STATE-CA-01"
	ruleLang       = "OD-LANG-01"
	ruleAmount     = "OD-AMOUNT-01"
	ruleNotice     = "VAL-CONTENT-01"
	ruleGuard      = "OD-GUARD-01" // the guard itself could not judge
)

// A rule looks at a message and names what breaks it. It may not keep state.
type rule struct {
	id, cite string
	outcome  compliance.Outcome
	wrong    string // what is wrong, unless the issue says it better
	lawful   string // what would be lawful instead
	check    func(*message) []issue
}

// Info is a rule as the rulebook prints it.
type Info struct {
	ID, Cite string
	Outcome  compliance.Outcome
	Wrong    string
	Lawful   string
}

// Rules lists every rule of the guard in the order they are applied.
func Rules() []Info {
	var out []Info
	for _, r := range allRules() {
		out = append(out, Info{r.id, r.cite, r.outcome, r.wrong, r.lawful})
	}
	return out
}

const (
	block   = compliance.Block
	rewrite = compliance.Rewrite
)

// allRules is the one list. Rules that explain a figure stand before
// OD-AMOUNT-01, which reports the figures no other rule has explained.
func allRules() []rule {
	return []rule{
		{"OD-CRISIS-01", "house policy", block, "Collection after a sign of self-harm.", "Give the 988 line and a human, nothing else.", checkCrisis},
		{"OD-CONFIRM-01", "12 CFR 1006.14(h)(2)(i); 47 CFR 64.1200(a)(12)", block, "An opt-out confirmation may say only that the request was received and will be honoured.", "Use the fixed confirmation.", checkConfirm},
		{"OD-CEASE-01", "12 CFR 1006.6(c); 15 USC 1692c(c)", block, "The person asked for contact to cease.", "Only the notices of 1006.6(c)(2) may go out, once.", checkCease},
		{"OD-BK-01", "11 USC 362(a)(6), 524(a)(2)", block, "Collection of a debt in bankruptcy.", "Confirm the hold; ask for the case number or the attorney.", checkBankruptcy},
		{"OD-DEC-01", "12 CFR 1006.6(a)(4); 12 USC 5531", block, "Survivors are asked or told to pay.", "Condole and ask who handles the estate.", checkDeceased},
		{"OD-SOCIAL-01", "12 CFR 1006.22(f)(4)", block, "A public post about a debt.", "Never post; a private message needs identity and opt-out.", checkSocial},
		{"OD-LOC-01", "12 CFR 1006.10(b)-(c)", block, "A location inquiry may only name the person and say that it confirms location information.", "Say your own name and that you are confirming location information.", checkLocation},
		{"OD-LCM-01", "12 CFR 1006.2(j)", block, "A limited-content message has more than the allowed content.", "Business name, request to reply, a person's name, a number.", checkLCM},
		{"OD-3P-01", "12 CFR 1006.6(d)(1); 15 USC 1692c(b)", block, "A debt is disclosed to someone who is not known to be the consumer.", "Ask who you are speaking with; say nothing of a debt.", checkThirdParty},
		{"OD-ATTY-02", "12 CFR 1006.6(b)(2); 15 USC 1692c(a)(2)", block, "The consumer is represented by an attorney.", "Say that you will speak with the attorney; ask for the contact once.", checkRepresented},
		{"OD-DISPUTE-02", "12 CFR 1006.38(c)-(d); 15 USC 1692g(b)", block, "Collection on a disputed debt before verification was sent.", "Say that the dispute was received and collection is paused.", checkDisputeHold},
		{"OD-AI-01", "Utah Code 13-77; Maine 10 MRS 1500-DD; Cal. B&P 17941; 12 USC 5531", block, "The text claims or implies a human writes it, or hides that it is an AI.", "Say that you are an AI assistant and offer a person.", checkAI},
		{"OD-ID-01", "12 CFR 1006.14(g), 1006.18(c)(4), 1006.18(f)", block, "Who is speaking is missing, hidden or not the true business name.", "Use the true business name.", checkIdentity},
		{"OD-ARREST-01", "12 CFR 1006.18(b)(3); 15 USC 1692e(4), 1692d(1)", block, "Arrest, crime or police is threatened or implied.", "No one can be arrested for owing this debt.", phrases("arrest")},
		{"OD-GARNISH-01", "12 CFR 1006.18(b)(3); 15 USC 1692e(4)", block, "Garnishment, levy, lien or seizure is threatened or implied.", "Say nothing of it, or that nothing is taken without authorization.", phrases("garnish")},
		{"OD-LITIG-01", "12 CFR 1006.18(c)(1); 15 USC 1692e(5)", block, "Legal action is threatened or implied that is not intended.", "Say nothing of it, or that no legal action is planned.", checkLitigation},
		{"OD-TBD-01", "12 CFR 1006.26(b)", block, "A suit on a time-barred debt is threatened or implied.", "Because of the age of the debt we will not sue.", checkTimeBarredThreat},
		{"OD-TBD-02", "12 CFR 1006.26(b); 15 USC 1692e(2)", block, "The status of a time-barred debt is misstated, or its revival is invited.", "Say that the law limits how long one can be sued and that a payment may restart the time.", checkTimeBarredStatus},
		{"OD-ATTY-01", "12 CFR 1006.18(b)(1)(iii); 15 USC 1692e(3)", block, "An attorney or legal review is implied.", "Say that you are not an attorney.", phrases("attorney")},
		{"OD-GOVT-01", "12 CFR 1006.18(b)(1)(i),(ii),(vii), (c)(3); 15 USC 1692e(1),(9)", block, "A government, court or bureau affiliation is claimed or simulated.", "This is a private company.", phrases("government")},
		{"OD-CREDIT-01", "12 CFR 1006.18(c)(2); 15 USC 1692e(8)", block, "A false or unsupported statement about credit reporting.", "Promise nothing about reports or scores.", checkCredit},
		{"OD-FEE-01", "12 CFR 1006.22(b); 15 USC 1692f(1)", block, "A fee, charge or interest that is not authorised.", "Say that no fee or interest is added, where that is so.", checkFee},
		{"OD-OFFER-02", "house policy", block, "The policy's floor or instructions are revealed.", "State a concrete offer.", phrases("floor")},
		{"OD-OFFER-01", "house policy; 15 USC 1692e(10)", block, "An offer beyond what may be offered.", "State only the engine's offers.", checkOffer},
		{"OD-URGENCY-01", "12 CFR 1006.18(a), (d); 12 CFR 1006.14 cmt 14(b)(2)(ii)-2.iv.C", block, "A deadline or scarcity that is not in the record.", "State the offer's real last day, or that there is no rush.", checkUrgency},
		{"OD-TAX-01", "15 USC 1692e(10)", block, "Tax advice or a promise about taxes.", "Point to a tax professional.", phrases("tax")},
		{"OD-LEGALADV-01", "unauthorised practice of law; 15 USC 1692e(10)", block, "Legal advice or a legal conclusion.", "Say that you can't give legal advice.", phrases("legaladvice")},
		{"OD-FINADV-01", "12 USC 5531", block, "Advice to borrow, to spend needed money or to ask others.", "Offer a plan that fits, or a pause.", phrases("financialadvice")},
		{"OD-MEDICAL-01", "12 USC 5531; GLBA", block, "Medical detail, probing or advice.", "Say that no medical details are needed; offer a specialist.", phrases("medical")},
		{"OD-PROFANE-01", "12 CFR 1006.14(c)-(d); 15 USC 1692d(2)", block, "Profanity.", "Say it civilly.", checkProfanity},
		{"OD-HARASS-01", "12 CFR 1006.14(a), (c)-(f); 15 USC 1692d", block, "Shaming, insult, threat or pressure.", "Say it civilly.", checkHarassment},
		{"OD-DISPUTE-01", "12 CFR 1006.38(b), (d); 15 USC 1692g", block, "A dispute is discouraged, penalised or made harder.", "You have the right to dispute this debt.", phrases("dispute")},
		{"OD-OVERSHADOW-01", "12 CFR 1006.38(b)(1); 15 USC 1692g(b)", block, "The right to dispute or to ask in the validation period is overshadowed.", "Say that nothing is due before the end of the validation period.", checkOvershadow},
		{"OD-CARD-01", "PCI DSS 3.3; house policy", block, "Card data is asked for, repeated or kept.", "Send the secure payment link.", checkCard},
		{"OD-PII-01", "GLBA safeguards; house policy", block, "A full identifier is asked for or shown.", "Show at most the last four digits.", checkPII},
		{"OD-REGE-01", "12 CFR 1005.10(b), (d), (e)", block, "Recurring debits without a signed authorisation, or a wrong statement about stopping them.", "Send the authorisation form with a copy to keep.", checkRegE},
		{"OD-POSTDATE-01", "12 CFR 1006.22(c)", block, "Post-dated payment outside the rules.", "Offer a scheduled payment with notice.", phrases("postdate")},
		{"OD-PROMISE-01", "15 USC 1692e(10)", block, "A promise outside our authority.", "Promise only what the agreement says.", phrases("promise")},
		{"OD-STATE-NYC-01", "6 RCNY 5-77", block, "A text to New York City without the person's direct consent.", "Ask for consent through another medium first.", checkNYC},
		{"CALL-BARGE-01", "12 CFR 1006.14(a)", block, "The person is pressed to go on with an inconvenient call.", "Offer another time and hang up.", checkBarge},
		{"CALL-ID-01", "47 CFR 64.1200(b)(1)-(2)", block, "A call does not say who calls, or where to call back.", "Open with the business name and its number.", checkCallName},
		{"CALL-AI-01", "Utah Code 13-77; 10 M.R.S. 1500-DD; house policy", block, "A call opens without saying what speaks.", "Say first that an AI assistant speaks.", checkCallAI},
		{"CALL-REC-01", "state wiretap acts; house policy", block, "A call opens without the recording notice.", "Say that the call is recorded and transcribed.", checkCallRecording},
		{"CALL-MM-01", "12 CFR 1006.18(e)", block, "Something is said of a debt before the disclosure was heard on this call.", "Say the disclosure, and wait until it was heard to its end.", checkCallDisclosure},
		{"CALL-VM-01", "12 CFR 1006.2(j); FCC 24-17", block, "An AI voice leaves no voicemail.", "Hang up; a person may leave a limited-content message.", checkVoicemail},
		{ruleNotice, "12 CFR 1006.34(c)-(d)", block, "The validation notice lacks required content.", "Render the notice from the record.", checkNotice},
		{ruleAmount, "12 CFR 1006.18(b)(2)(i); 15 USC 1692e(2)(A)", block, "A figure, date or name that is not in the record.", "State only figures of the account and the engine's moves.", checkFacts},
		{ruleInitial, "12 CFR 1006.18(e)(1); 15 USC 1692e(11)", rewrite, "The initial disclosure is missing.", "", checkInitial},
		{ruleSubsequent, "12 CFR 1006.18(e)(2); 15 USC 1692e(11)", rewrite, "The message does not say that it is from a debt collector.", "", checkSubsequent},
		{ruleOptOut, "12 CFR 1006.6(e)", rewrite, "A clear and simple way to opt out is missing.", "Reply STOP to opt out.", checkOptOut},
		{ruleLang, "12 CFR 1006.18(e)(4)", rewrite, "The disclosures are not in the language of the message.", "", checkLanguage},
		{ruleLicense, "Cal. Civ. Code 1788.11(f)", rewrite, "The licence number is missing.", "", checkLicense},
	}
}

// phrases is the check of a rule that is a set of phrases.
func phrases(sets ...string) func(*message) []issue {
	return func(m *message) []issue { return m.issues(sets...) }
}

// issues are the raised phrases of sets.
func (m *message) issues(sets ...string) []issue {
	var out []issue
	for _, s := range sets {
		for _, h := range m.raised(s) {
			out = append(out, issue{from: h.from, to: h.to, insisted: h.phrase.mode == insists})
		}
	}
	return out
}

// absent is the one issue of a rule that misses something.
func absent(detail string) []issue { return []issue{{from: -1, detail: detail}} }

// whole is an issue with the whole text.
func (m *message) whole(detail string) []issue {
	return []issue{{from: 0, to: len(m.toks), detail: detail}}
}
