package guard

// A truthful denial is lawful: "no one can be arrested", "I can't garnish
// wages". The words that make a denial, and those that only look like one, are
// told apart here by the grammar of one clause.

var (
	negators = set("not no never nobody none nothing without neither nor prohibited illegal unlawful forbidden barred nunca nadie nada ni sin jamas ningun ninguna tampoco prohibido ilegal")
	// undoers stand between a negator and what it seems to deny, and undo it:
	// "can't stop the lawsuit", "won't hesitate to sue", "don't want to garnish".
	undoers = set(`enjoy enjoys want wants wanted like liked wish prefer stop stops stopping prevent prevents hold delay delays postpone avoid avoids ignore ignores forget
		hesitate hesitates doubt doubts make makes force forces rule only just let lets escape save keep help fail fails pay pays paying payment payments
		respond responds responding response reply replies answer answers action act acting cooperate cooperation settle settles settling resolve more choice option excuse time joke
		kidding question surprised surprise guarantee promise assure control matter before quiere quieras queremos querra evitar evite detener dude dudaremos
		pagar paga pague pago pagos responder responde responda respuesta solo ignore hide hides run need needs have has tener tiene quisiera deje bluff bluffing afraid pity mind wait waiting`)
	// soothers between them keep the denial: "you don't have to worry about jail".
	soothers   = set("worry worried fear afraid concern concerned preocupe preocupar preocuparse tema authorized allowed permitted plan plans planning intend intends intending intention going consider considering seek pursue threaten threatening suggest mean means")
	conditions = set("if unless when once until whenever si cuando hasta salvo")
	subjects   = set("we i they he she you it our my nosotros ellos usted ustedes")
	auxiliary  = set("will would can could may might must shall should are is am was were have has had do does did need want get may podemos vamos puede podria va debe seguimos")
	turners    = set("but except because otherwise then so pero sino porque entonces and y however still else")
)

// denied reports whether the words at toks[from:to] are truthfully denied.
func denied(toks []token, from, to int) bool {
	i := negatorBefore(toks, from)
	after := false
	if i < 0 {
		// the phrase itself may begin with its own subject and negator
		i = negatorAfter(toks, to)
		after = true
	}
	if i < 0 {
		return false
	}
	if !after && conditional(toks, i) {
		return false
	}
	return !tied(toks, i, to)
}

// deniedInside reports whether a negator stands in a gap of the phrase and
// denies its last words: "the balance isn't growing".
func deniedInside(toks []token, h hit) bool {
	for i := h.from + 1; i < h.to-1; i++ {
		if t := toks[i].s; !negators[t] || h.phrase.words[t] || suggests(toks, i) || conditional(toks, i) {
			continue
		}
		if negatorBefore(toks, h.to-1) == i && !tied(toks, i, h.to) {
			return true
		}
	}
	return false
}

// negatorBefore finds the negator that governs toks[from], or -1.
func negatorBefore(toks []token, from int) int {
	soothed := false
	for i, n := from-1, 0; i >= 0 && n < 14; i, n = i-1, n+1 {
		next := &toks[i+1]
		if next.brk >= brkStrong {
			return -1
		}
		if next.brk == brkComma && !listComma(toks, i+1) {
			return -1
		}
		t := toks[i].s
		switch {
		case negators[t]:
			if suggests(toks, i) || undone(toks, i) || reluctant(toks, i) {
				return -1
			}
			return i
		case soothers[t]:
			soothed = true
		case undoers[t] && !soothed && !owns(toks, i):
			return -1
		case turners[t] && restarts(toks, i+1), conditions[t]:
			return -1
		case subjects[t] && i+1 < from && auxiliary[toks[i+1].s] && !reported(toks, i):
			return -1
		}
	}
	return -1
}

// owns: "have" undoes a denial only as "have to": "we don't have a warrant".
func owns(toks []token, i int) bool {
	switch toks[i].s {
	case "have", "has", "tener", "tiene", "need", "needs":
		return i+1 < len(toks) && toks[i+1].s != "to" && toks[i+1].s != "que"
	}
	return false
}

// suggests: "why not borrow it", "couldn't you ask" propose what they seem to deny.
func suggests(toks []token, i int) bool {
	if i == 0 {
		return false
	}
	if toks[i-1].s == "why" {
		return true
	}
	return i+1 < len(toks) && toks[i].s == "not" && auxiliary[toks[i-1].s] && subjects[toks[i+1].s] &&
		(i == 1 || toks[i-1].brk != brkNone || turners[toks[i-2].s])
}

// reluctant: "I'd rather not", "we hope not to" wish that it won't come to it,
// and say that it may.
func reluctant(toks []token, i int) bool {
	if i == 0 {
		return false
	}
	switch toks[i-1].s {
	case "rather", "prefer", "hope", "hoping", "sooner", "preferably", "prefiero", "preferimos", "ojala":
		return true
	}
	return false
}

// undone: the denial itself is not promised: "I can't promise you won't be arrested".
func undone(toks []token, i int) bool {
	for j := i - 1; j >= 1 && j >= i-6 && toks[j+1].brk < brkStrong; j-- {
		switch toks[j].s {
		case "promise", "guarantee", "assure", "swear", "say", "prometer", "garantizar", "asegurar":
			for k := j - 1; k >= 0 && k >= j-3; k-- {
				if negators[toks[k].s] {
					return true
				}
			}
		}
	}
	return false
}

// listComma reports whether the comma before toks[i] only separates a list:
// "no fees, interest or garnishment".
func listComma(toks []token, i int) bool {
	for j := i; j < len(toks) && j < i+4 && toks[j].brk < brkStrong; j++ {
		if j > i && toks[j].s == "or" || toks[j].s == "nor" || toks[j].s == "o" || toks[j].s == "ni" {
			return true
		}
	}
	return false
}

// restarts reports whether a new clause with its own subject begins at toks[i].
func restarts(toks []token, i int) bool {
	return i < len(toks) && (subjects[toks[i].s] || i+1 < len(toks) && auxiliary[toks[i+1].s])
}

// reported: "this doesn't mean we will sue" denies what is reported.
func reported(toks []token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		switch toks[j].s {
		case "mean", "means", "meaning", "saying", "say", "says", "suggesting", "suggest", "imply", "implying", "significa", "diciendo":
			return true
		}
	}
	return false
}

// conditional reports whether the negator at toks[i] belongs to a condition:
// "if you do not pay garnishment starts".
func conditional(toks []token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-6 && toks[j+1].brk < brkComma; j-- {
		if conditions[toks[j].s] {
			return true
		}
	}
	return false
}

// negatorAfter finds a denial right behind the words: "a lawsuit is not planned".
func negatorAfter(toks []token, to int) int {
	for i := to; i < len(toks) && i < to+4; i++ {
		if toks[i].brk != brkNone {
			return -1
		}
		if t := toks[i].s; t == "not" || t == "never" || t == "no" || t == "nunca" || t == "prohibited" || t == "illegal" {
			for j := i + 1; j < len(toks) && j < i+4 && toks[j].brk == brkNone; j++ {
				if undoers[toks[j].s] || insistent[toks[j].s] {
					return -1
				}
			}
			return i
		}
		if !auxiliary[toks[i].s] && !between[toks[i].s] {
			return -1
		}
	}
	return -1
}

var (
	between   = set("of by against on in for over here ever simply been be es son esta estan sera seran ha han sido se to something")
	insistent = set("go going away require requires hard difficult take takes optional negotiable far long slow nice fun pretty avoidable")
)

// tied reports whether a condition is tied to the denial, which makes it a
// threat: "we won't sue if you pay today", "pay and we will not have to sue".
func tied(toks []token, neg, to int) bool {
	s := toks[neg].sent
	for i := to; i < len(toks) && toks[i].sent == s; i++ {
		switch toks[i].s {
		case "yet", "todavia":
			return true
		case "might", "may", "could", "can", "will", "would": // "we won't sue, but we might"
			if i > to && (i+1 == len(toks) || toks[i+1].sent != s) && !negators[toks[i-1].s] {
				return true
			}
		case "if", "provided", "once", "si":
			if complies(toks, i+1) {
				return true
			}
		case "but", "though", "although", "however", "pero", "aunque":
			if pressesOn(toks, i+1) {
				return true
			}
		case "as", "so":
			if i+2 < len(toks) && toks[i+1].s == "long" && toks[i+2].s == "as" && complies(toks, i+3) {
				return true
			}
		case "unless", "until", "salvo", "menos":
			if !permits(toks, i+1) {
				return true
			}
		}
	}
	return conditionBefore(toks, neg)
}

var presses = set("leaving leave leaves force forces forced forcing choice hands pushing patience eventually sooner others someone creditor bank attorney attorneys lawyers deja dejando obliga opcion remedio otros")

// pressesOn: what follows takes the denial back: "we won't sue, but you leave us
// no choice", "but others have".
func pressesOn(toks []token, i int) bool {
	for j := i; j < len(toks) && j < i+8 && toks[j].sent == toks[i-1].sent; j++ {
		if presses[toks[j].s] {
			return true
		}
	}
	return false
}

var obeys = set("pay pays settle act respond call cooperate answer comply resolve agree send start pagar paga llama coopera responde arregla")

// complies: what follows asks the person to do as they are told.
func complies(toks []token, i int) bool {
	for j := i; j < len(toks) && j < i+6 && toks[j].sent == toks[max(i-1, 0)].sent; j++ {
		if negators[toks[j].s] {
			return false
		}
		if obeys[toks[j].s] {
			return true
		}
	}
	return false
}

// permits: "unless you authorize it" leaves the choice to the person.
func permits(toks []token, i int) bool {
	for j := i; j < len(toks) && j < i+6; j++ {
		switch toks[j].s {
		case "authorize", "authorise", "agree", "approve", "sign", "consent", "ask", "request", "choose", "tell", "want", "autorice", "autoriza", "apruebe", "pida", "firme", "acepte", "court", "judgment", "law":
			return true
		}
	}
	return false
}

// conditionBefore: "if you pay today, we won't sue", "pay now and we will not sue".
func conditionBefore(toks []token, neg int) bool {
	s := toks[neg].sent
	first := neg
	for first > 0 && toks[first-1].sent == s {
		first--
	}
	for i := first; i < neg; i++ {
		switch t := toks[i].s; {
		case (t == "if" || t == "once" || t == "when" || t == "si" || t == "provided") && complies(toks, i+1):
			return true
		case obeys[t] && (i == first || i > 0 && (toks[i-1].s == "just" || toks[i-1].s == "please" || toks[i-1].s == "let")):
			for j := i; j < neg; j++ {
				if t := toks[j].s; t == "and" || t == "so" || t == "y" || t == "then" {
					return true
				}
			}
		}
	}
	return false
}
