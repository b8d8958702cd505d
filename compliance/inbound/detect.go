package inbound

import "slices"

// Context is what the detector is told beside the text.
type Context struct {
	// Lang is the conversation's language if it is known, "en" or "es".
	Lang string
	// ModelLabels are the events a language model heard, where there is one.
	ModelLabels []Label
	// LastPromptAskedOptIn says that our last message asked whether to start
	// sending again; only then does YES opt in (IN-START-01).
	LastPromptAskedOptIn bool
}

// Detection is everything heard in one message.
type Detection struct {
	// Hits has one entry per label, closures included, in order of precedence.
	Hits []Hit
	// Primary decides the reply; empty if nothing was heard.
	Primary Label
	// Times, Places and Media are what the person said of when, where and how
	// they don't want to be reached.
	Times  []Times
	Places []Place
	Media  []Medium
}

// Has reports whether l was heard.
func (d Detection) Has(l Label) bool {
	return slices.ContainsFunc(d.Hits, func(h Hit) bool { return h.Label == l })
}

// Labels are the labels heard, in order of precedence.
func (d Detection) Labels() []Label {
	out := make([]Label, len(d.Hits))
	for i, h := range d.Hits {
		out[i] = h.Label
	}
	return out
}

// precedence is the order of section 0.2 of the rulebook: the first label heard
// decides the reply, every label sets its flag.
var precedence = []Label{
	SelfHarm, CardData, Minor, Deceased, Bankruptcy, Attorney, CeaseContact, OptOut, WrongNumber, ThirdParty,
	IdentityTheft, CoercedDebt, Dispute, RefusalToPay, Military, Vulnerable, EmployerProhibits, InconvenientPlace,
	InconvenientTime, MediumRestriction, RecordingObjection, StopPayment, RequestHuman, BotQuery, ValidationRequest,
	LegalThreat, RegulatorComplaint, LanguageRequest, Hardship, Help, OptIn,
}

// Labels returns every label in order of precedence.
func Labels() []Label { return slices.Clone(precedence) }

// closures are the labels that follow from a label (section 0.2).
var closures = map[Label]Label{
	CeaseContact:      OptOut,
	EmployerProhibits: InconvenientPlace,
	CoercedDebt:       Vulnerable,
}

// Detector hears events. It holds the compiled rules and the classifier, is made
// once, and may be used by many goroutines.
type Detector struct {
	rules *ruleSet
	model *classifier
}

// NewDetector compiles the rules and loads the classifier built into the binary.
func NewDetector() *Detector { return newDetector(families()) }

func newDetector(fs []family) *Detector {
	return &Detector{rules: newRuleSet(fs, knownWords()), model: builtIn()}
}

// Detect hears what text says in law. It keeps no state and is safe for any
// input; text may be redacted or not.
func (d *Detector) Detect(text string, ctx Context) Detection {
	h := newHearing()
	normal := Normalise(unmasked(text))
	d.hearKeyword(h, normal, ctx)
	hearNumbers(h, text)
	hearScript(h, text)
	m := parse(normal)
	verdicts := d.rules.judge(&m)
	for i, v := range verdicts {
		if v.fired {
			f := d.rules.families[i]
			h.add(Hit{f.label, ByRule, f.rule, m.words(v.span), 1})
		}
	}
	if !h.keyword {
		d.hearClassifier(h, &m, verdicts)
	}
	for _, l := range ctx.ModelLabels {
		if slices.Contains(precedence, l) {
			h.add(Hit{l, ByModel, ruleOf[l], "", 1})
		}
	}
	out := h.close()
	out.Times, out.Places, out.Media = stated(&m, out.Has)
	return out
}

func (d *Detector) hearKeyword(h *hearing, normal string, ctx Context) {
	if l, ok := keywordOf(normal); ok {
		h.add(Hit{l, ByRule, ruleOf[l], normal, 1})
		h.keyword = true
	}
	if ctx.LastPromptAskedOptIn && yes(normal) {
		h.add(Hit{OptIn, ByRule, "IN-START-01", normal, 1})
	}
}

var yesWords = wordSet(`yes y yeah yep si sure ok okay`)

func yes(normal string) bool {
	words := without(plainWords(normal), pleases)
	return len(words) == 1 && yesWords[words[0]]
}

// hearNumbers fires for a card, security code, SSN, bank number or PIN, and for
// the masks that redaction left in their place. The digits are never quoted.
func hearNumbers(h *hearing, text string) {
	if holdsMask(text) || Redact(text, nil).Found() {
		h.add(Hit{CardData, ByRule, "IN-CARD-01", "", 1})
	}
}

// hearing collects hits, one a label; rules come before the classifier before the model.
type hearing struct {
	hits    map[Label]Hit
	keyword bool // the whole message is a keyword and says no more
}

func newHearing() *hearing { return &hearing{hits: make(map[Label]Hit, 4)} }

func (h *hearing) has(l Label) bool { _, ok := h.hits[l]; return ok }

func (h *hearing) add(hit Hit) {
	if !h.has(hit.Label) {
		h.hits[hit.Label] = hit
	}
}

// close adds what follows from what was heard and puts all in order.
func (h *hearing) close() Detection {
	for _, l := range precedence {
		hit, ok := h.hits[l]
		if follows := closures[l]; ok && follows != "" {
			hit.Label = follows
			h.add(hit)
		}
	}
	var out Detection
	for _, l := range precedence {
		if hit, ok := h.hits[l]; ok {
			out.Hits = append(out.Hits, hit)
		}
	}
	if len(out.Hits) > 0 {
		out.Primary = out.Hits[0].Label
	}
	return out
}

// words are the words of the normalised text that s covers.
func (p *parsed) words(s span) string {
	if s.end <= s.first || s.end > len(p.tokens) {
		return ""
	}
	return p.normal[p.tokens[s.first].start:p.tokens[s.end-1].end]
}

// ruleOf is the rulebook's id per label.
var ruleOf = map[Label]string{
	OptOut: "IN-OPTOUT-01", OptIn: "IN-START-01", Help: "IN-HELP-01", CeaseContact: "IN-CEASE-01", RefusalToPay: "IN-REFUSE-01",
	Attorney: "IN-ATTY-01", Dispute: "IN-DISPUTE-01", ValidationRequest: "IN-VALREQ-01", IdentityTheft: "IN-IDT-01",
	CoercedDebt: "IN-COERCED-01", Bankruptcy: "IN-BK-01", Deceased: "IN-DEC-01", WrongNumber: "IN-WRONG-01", ThirdParty: "IN-3P-01",
	InconvenientTime: "IN-TIME-01", InconvenientPlace: "IN-PLACE-01", EmployerProhibits: "IN-EMPLOYER-01", MediumRestriction: "IN-OPTOUT-03",
	Hardship: "IN-HARD-01", Vulnerable: "IN-VULN-01", SelfHarm: "IN-SELFHARM-01", RequestHuman: "IN-HUMAN-01", BotQuery: "IN-BOT-01",
	LegalThreat: "IN-LEGAL-01", RegulatorComplaint: "IN-COMPLAINT-01", Minor: "IN-MINOR-01", LanguageRequest: "IN-LANG-01",
	Military: "IN-MIL-01", RecordingObjection: "IN-REC-01", CardData: "IN-CARD-01", StopPayment: "IN-STOPPAY-01",
}

// Closure returns the label that follows from l (section 0.2 of the rulebook).
func Closure(l Label) (Label, bool) {
	f, ok := closures[l]
	return f, ok
}
