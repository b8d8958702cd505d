package guard

import "strings"

// Words that make a run of capitalised words a company's name.
var orgWords = set(`bank banks credit union llc inc corp company group solutions services service recovery collections collection financial finance capital funding associates partners
	holdings agency bureau department lending loans mortgage card cards trust savings federal national law legal firm office advisors management resolution asset receivables utilities energy wireless hospital clinic`)

// Bodies and products everyone may name.
var commonNames = set(`legal aid cfpb ftc irs experian equifax transunion consumer financial protection bureau federal trade commission suicide crisis lifeline social security
	scra ssi ssdi tcpa fdcpa reg e supervisor team support customer care attorney general better business department education medicare medicaid
	ach visa mastercard ai ia asistente inteligencia artificial english spanish espanol`)

// lenders are companies known by a name that no typical word gives away.
var lenders = set("chase citi citibank citigroup synchrony amex discover hsbc comenity barclays midland lvnv wells capital sears macys walmart target verizon sprint tmobile comcast affirm klarna paypal navient sallie")

// debtWords in a business name tell a stranger what it does.
var debtWords = set("recovery recoveries collection collections collectors debt debts credit receivables receivable delinquency judgment judgments lending loan loans bail arrears")

// debtName: the name of a business that sounds like a collector's tells a
// stranger of a debt.
func (m *message) debtName() []issue {
	var out []issue
	for _, name := range [...]string{shortName(m.Collector), m.Brand} {
		reveals := false
		for w := range strings.FieldsSeq(strings.ToLower(name)) {
			reveals = reveals || debtWords[w]
		}
		if reveals {
			out = append(out, m.find(name)...)
		}
	}
	if c := shortName(m.Creditor); c != "" && !strings.EqualFold(c, m.brand()) {
		out = append(out, m.find(c)...)
	}
	return out
}

// speakerNamed finds the business name in the text.
func (m *message) speakerNamed() []issue {
	return append(m.find(shortName(m.Collector)), m.find(m.Brand)...)
}

// find is where a name stands, as an issue.
func (m *message) find(name string) []issue {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 {
		return nil
	}
	for i := 0; i+len(words) <= len(m.toks); i++ {
		k := 0
		for k < len(words) && m.toks[i+k].s == words[k] {
			k++
		}
		if k == len(words) {
			return []issue{{from: i, to: i + k}}
		}
	}
	return nil
}

// orgs finds names of companies that the facts don't have: runs of capitalised
// words of which one is typical of a company.
func (m *message) orgs() [][2]int {
	var out [][2]int
	for i := 0; i < len(m.toks); {
		j := i
		org, known := false, true
		for j < len(m.toks) && m.toks[j].cap && (j == i || m.toks[j].sent == m.toks[i].sent && m.toks[j].brk == brkNone) {
			org = org || orgWords[m.toks[j].s] && j > i
			known = known && j == i && m.toks[j].brk == brkSentence && startWords[m.toks[j].s] || known && (m.nameWord(m.toks[j].s) || commonNames[m.toks[j].s])
			j++
		}
		if j == i {
			i++
			continue
		}
		from := i
		for from < j && (m.toks[from].brk == brkSentence && startWords[m.toks[from].s]) {
			from++
		}
		if org && !known && j-from >= 2 || j > from && lenders[m.toks[from].s] && !known && m.owner(from) {
			out = append(out, [2]int{from, j})
		}
		i = j
	}
	return out
}

// owner reports whether token i stands where the owner or maker of a debt is named.
func (m *message) owner(i int) bool {
	switch m.at(i - 1) {
	case "was", "is", "by", "from", "with", "to", "of", "your", "the", "a", "de", "con", "es":
		return true
	}
	return false
}

// startWords are capitalised because they begin a sentence.
var startWords = set("hi hello hola your the this our my su el la we i as dear from please a an if in on at with when since pay call reply text both no yes is it to and for these estimado estimada esta este")

// nameWord reports whether w belongs to a name in the facts.
func (m *message) nameWord(w string) bool {
	for _, n := range [...]string{m.Collector, m.Brand, m.Creditor, m.Original, m.Consumer, m.Attorney, m.LCMBusinessName, m.AgentName, m.assistant(), m.City} {
		if containsWord(n, w) {
			return true
		}
	}
	for _, n := range m.Names {
		if containsWord(n, w) {
			return true
		}
	}
	return false
}

func containsWord(name, w string) bool {
	for n := range strings.FieldsSeq(strings.ToLower(name)) {
		if strings.Trim(n, ".,") == w {
			return true
		}
	}
	return false
}

// introducing reports whether the run of words at [from,to) is how the speaker
// names himself: "Smart Credit Solutions here", "this is …", "calling from …".
func (m *message) introducing(from, to int) bool {
	if next := m.at(to); next == "here" || next == "calling" || next == "aqui" {
		return true
	}
	for k := max(0, from-4); k < from; k++ {
		if m.toks[k].sent != m.toks[from].sent {
			continue
		}
		switch m.toks[k].s {
		case "this", "calling", "writing", "habla", "escribe", "texting", "represent", "behalf":
			return true
		case "from", "de", "with", "for":
			return k == from-1 && (m.introVerb(k) || m.toks[from].sent == 0 && k < 8)
		}
	}
	if from == 0 && m.at(to) == "about" || m.at(to) == "regarding" && from == 0 {
		return true
	}
	return m.toks[from].sent == 0 && from == 0 && m.collectorNear(to) || from > 0 && m.toks[from].brk >= brkStrong && m.collectorNear(to)
}

func (m *message) introVerb(k int) bool {
	for j := max(0, k-5); j < k; j++ {
		switch m.toks[j].s {
		case "am", "is", "are", "this", "calling", "hi", "hello", "soy", "name", "assistant", "asistente":
			return true
		}
	}
	return false
}

func (m *message) collectorNear(to int) bool {
	for k := to; k < to+4; k++ {
		if s := m.at(k); s == "collector" || s == "cobrador" {
			return true
		}
	}
	return false
}

// falseNames: the speaker gives a business name that is not his.
func (m *message) falseNames() []issue {
	if m.Purpose == "limited_content_message" {
		return nil
	}
	var out []issue
	for _, r := range m.orgs() {
		if m.introducing(r[0], r[1]) && !m.fired(m.toks[r[0]].sent, "OD-GOVT-01", "OD-ATTY-01") && !m.lawOrState(r) {
			out = append(out, issue{from: r[0], to: r[1], detail: "This is not the name of the business that speaks."})
		}
	}
	return out
}

// lawOrState leaves false law offices and agencies to the rules about them.
func (m *message) lawOrState(r [2]int) bool {
	for k := r[0]; k < r[1]; k++ {
		switch m.toks[k].s {
		case "law", "legal", "federal", "state", "county", "national", "bureau", "department", "court", "attorney", "us", "government", "irs", "division":
			return true
		}
	}
	return false
}

// nameIssues: companies and persons the facts don't have.
func (m *message) nameIssues() []issue {
	if m.Purpose == "limited_content_message" || m.Purpose == "location_information" || m.Purpose == "location" || m.stranger() {
		return nil
	}
	var out []issue
	for _, r := range m.orgs() {
		if !m.subsumed(r[0]) && !m.introducing(r[0], r[1]) && !m.agency(r) && m.tied(r) {
			out = append(out, issue{from: r[0], to: r[1], detail: "This name is not in the record."})
		}
	}
	for _, h := range m.raised("greeting") {
		t := &m.toks[h.to-1]
		switch m.at(h.to) {
		case "speaking", "here", "again", "calling", "with", "from", "habla": // "Hi, Dana speaking" is who speaks
			continue
		}
		if t.cap && !m.nameWord(t.s) && !commonNames[t.s] && !greetable[t.s] && !m.subsumed(h.from) {
			out = append(out, issue{from: h.to - 1, to: h.to, detail: "The person is called by a name that is not theirs."})
		}
	}
	return out
}

// greetable may follow a greeting without being a name.
var greetable = set("there again this i it im we thanks thank our the you your everyone maam sir ava how just is friend good may can de soy le buenos buenas amigo señor senora senor any it's welcome from for following quick happy hope and are my what please")

// agency reports whether a name is a public body's or an adviser's.
func (m *message) agency(r [2]int) bool {
	for k := r[0]; k < r[1]; k++ {
		switch m.toks[k].s {
		case "aid", "bureau", "commission", "court", "department", "association", "lifeline", "counseling":
			return true
		}
	}
	return false
}

// tied reports whether the sentence ties the name to the account.
func (m *message) tied(r [2]int) bool {
	for _, h := range m.hits[m.match.index["accountof"]] {
		if m.toks[h.from].sent == m.toks[r[0]].sent {
			return true
		}
	}
	return false
}
