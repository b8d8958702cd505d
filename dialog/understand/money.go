package understand

import (
	"slices"
	"strings"

	"parley/negotiation"
)

var dollarWords = []string{"dollar", "dollars", "bucks", "buck", "usd", "dolar", "dolares", "pesos", "peso", "dlls", "dls", "bones", "dollares"}

// foreignWords name other currencies.
var foreignWords = map[string]string{
	"eur": "EUR", "euro": "EUR", "euros": "EUR", "gbp": "GBP", "pounds": "GBP", "quid": "GBP", "mxn": "MXN", "cad": "CAD", "btc": "BTC",
	"bitcoin": "BTC", "bitcoins": "BTC", "yen": "JPY", "rupees": "INR",
	"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₿": "BTC",
}

// payWords come shortly before an amount someone would pay.
var payWords = []string{
	"pay", "paying", "pays", "payin", "afford", "do", "doing", "send", "give", "offer", "offering", "put", "make", "manage", "spare", "take", "taking", "accept",
	"around", "about", "only", "than", "to", "at", "with", "maybe", "like", "least", "most", "max", "swing", "meant", "mean", "have", "tengo", "con", "mando", "mandar", "deposito", "abono", "says", "said", "just", "handle",
	"pagar", "puedo", "pago", "dar", "doy", "darle", "mandar", "ofrecer", "ofrezco", "solo", "unos", "como", "hasta", "abonar", "quise", "decir", "digo", "mejor", "que", "seria", "serian",
	"actually", "instead", "sorry", "no", "but", "pero", "is", "was", "be", "of", "de", "por", "for", "commit", "scrape", "throw", "down", "not", "drop", "lower", "tal", "about", "on", "en",
}

// countWords follow a number of payments.
var countWords = []string{
	"payments", "payment", "installments", "installment", "pagos", "cuotas", "cuota", "plazos", "abonos", "mensualidades", "parts", "partes", "times", "instalments",
	"pymts", "pmts", "paymts", "pieces", "veces", "exhibiciones", "parcialidades", "checks", "monthlies",
}

// otherWords follow a number that is no amount of money.
var otherWords = []string{
	"days", "day", "dias", "dia", "years", "year", "anos", "ano", "old", "am", "pm", "hours", "hour", "horas", "kids", "children", "people", "minutes", "hijos", "ninos",
	"jobs", "cards", "accounts", "times", "x", "texts", "calls", "messages", "letters", "more", "o", "of", "dogs", "other", "others", "debts", "bills", "loans", "weeks", "week", "semanas", "months", "month", "meses", "mes", "digits",
}

func in(list []string, w string) bool { return slices.Contains(list, w) }

// judgeNumbers settles what each number is, by what stands around it.
func judgeNumbers(ts []token) []token {
	out := make([]token, 0, len(ts))
	for i := 0; i < len(ts); i++ {
		t, skip := ts[i], 0
		switch {
		case t.kind == symbol && i+1 < len(ts) && (t.text == "$" || foreignWords[t.text] != ""):
			t, skip = signed(ts, i)
		case t.kind == symbol && t.text == "-" && i+1 < len(ts) && ts[i+1].kind == number && ts[i+1].glued && negates(out):
			t, skip = bare(ts, i+1, out)
			t.negative, t.kind = true, money
			skip++
		case t.kind == word && t.text == "minus" && i+1 < len(ts) && ts[i+1].kind == number:
			t, skip = bare(ts, i+1, out)
			t.negative, t.kind = true, money
			skip++
		case t.kind == number:
			t, skip = bare(ts, i, out)
		case t.kind == word:
			t, skip = fraction(ts, i)
		}
		out = append(out, t)
		i += skip
	}
	return ranged(out)
}

// negates reports whether a minus here makes a number negative: not after
// another number, where it makes a range.
func negates(before []token) bool {
	if len(before) == 0 {
		return true
	}
	k := before[len(before)-1]
	return k.kind != money && k.kind != number && k.text != ")"
}

// signed reads "$50", "$ 50", "$-50", "-$50", "€50".
func signed(ts []token, i int) (token, int) {
	j, negative := i+1, i > 0 && ts[i-1].text == "-" && (i < 2 || ts[i-2].kind != number && ts[i-2].kind != money)
	if ts[j].text == "-" && j+1 < len(ts) {
		j, negative = j+1, true
	}
	if ts[j].kind != number {
		return ts[i], 0
	}
	t := ts[j]
	t.kind, t.negative, t.foreign = money, negative, foreignWords[ts[i].text]
	t.text = ts[i].text + t.text
	if j+1 < len(ts) && in(dollarWords, ts[j+1].text) {
		j++
	} else if j+1 < len(ts) && ts[j+1].kind == word && foreignWords[ts[j+1].text] != "" {
		t.foreign = foreignWords[ts[j+1].text]
		j++
	}
	return t, j - i
}

// bare judges a number without a sign before it.
func bare(ts []token, i int, before []token) (token, int) {
	t := ts[i]
	after, after2 := textAt(ts, i+1), textAt(ts, i+2)
	switch {
	case after == "%" || after == "percent" || after == "percentage" || (after == "por" && after2 == "ciento") || after == "porciento" || after == "pct":
		share, n := percentOf(t, map[bool]int{true: 2, false: 1}[after == "por"])
		return off(share, ts, i+n+1), n
	case after == "cents" || after == "centavos" || after == "cent":
		t.kind, t.num = money, t.num/100
		return t, 1
	case in(dollarWords, after) || after == "$":
		t.kind = money
		return t, 1
	case after == "us" && after2 == "dollars":
		t.kind = money
		return t, 2
	case foreignWords[after] != "":
		t.kind, t.foreign = money, foreignWords[after]
		return t, 1
	case t.ordinal:
		return t, 0
	case in(countWords, after) || (in([]string{"equal", "small", "even", "easy"}, after) && in(countWords, after2)):
		t.kind = count
		return t, 1
	case afterCadenceCount(ts, i):
		t.kind, t.cadence = count, ts[i+1].cadence
		return t, 2
	case in([]string{"months", "meses"}, after) && (spansPlan(before) || isLength(ts, i)):
		t.kind, t.role = count, "months"
		return t, 1
	case in([]string{"other", "others", "debts", "bills", "loans", "weeks", "week", "semanas", "semana"}, after) && spansPlan(before):
		t.kind, t.role = count, "weeks"
		return t, 1
	case in(otherWords, after):
		t.kind = ident
		return t, 0
	}
	return t, 0
}

// afterCadenceCount reads "6 monthly payments", whose cadence is a token by now.
func afterCadenceCount(ts []token, i int) bool {
	return i+2 < len(ts) && ts[i+1].kind == cadence && in(countWords, ts[i+2].text) && ts[i].num <= 40000
}

// spansPlan reports whether what comes before a number of months makes it the
// length of a plan: "over 6 months", "in 6 months" (when no day was read there).
func spansPlan(before []token) bool {
	return len(before) > 0 && in([]string{"over", "in", "for", "within", "across", "en", "por", "a", "durante", "of"}, before[len(before)-1].text)
}

// isLength reports whether a number of months is about all that is said:
// "24 months?", "can I have 10 months please".
func isLength(ts []token, i int) bool {
	if i > 0 && !in([]string{"have", "need", "want", "like", "do", "get", "quiero", "necesito", "dame", "make"}, ts[i-1].text) && !in([]string{",", ".", "?", "!"}, ts[i-1].text) && ts[i-1].text != "ok" && ts[i-1].text != "yes" {
		return false
	}
	return len(ts) <= 8 && !in([]string{"ago", "behind", "late", "old", "pregnant", "left", "from", "later", "since", "and"}, textAt(ts, i+2))
}

// off turns a share to be taken off into the share that is paid.
func off(t token, ts []token, i int) token {
	next, after := textAt(ts, i), textAt(ts, i+1)
	taken := in([]string{"off", "discount", "reduction", "less", "menos"}, next) || next == "de" && in([]string{"descuento", "rebaja", "quita"}, after)
	if t.kind == share && !t.invalid && taken && t.num < 100_00 {
		t.num, t.role = 100_00-t.num, "off"
	}
	return t
}

func textAt(ts []token, i int) string {
	if i < 0 || i >= len(ts) {
		return ""
	}
	return ts[i].text
}

func percentOf(t token, skip int) (token, int) {
	t.kind = share
	t.invalid = t.num <= 0 || t.num > 100_00
	if t.invalid {
		t.num = 0
	}
	return t, skip // hundredths of a percent are basis points
}

// fraction reads "half", "a third", "la mitad", "two thirds".
func fraction(ts []token, i int) (token, int) {
	for _, f := range []struct {
		bp      int64
		phrases []string
	}{
		{5000, []string{"half of it", "half of that", "half", "1 / 2", "la mitad", "mitad", "medio"}},
		{3333, []string{"a third", "one third", "1 third", "un tercio", "una tercera parte"}},
		{2500, []string{"a quarter", "one quarter", "1 quarter", "a fourth", "un cuarto", "una cuarta parte"}},
		{7500, []string{"three quarters", "tres cuartos"}},
	} {
		n := phrase(ts[i:], f.phrases...)
		if n == 0 {
			continue
		}
		if in([]string{"hour", "year", "month", "day", "week", "my", "time", "mi", "hora", "a", "way", "an"}, textAt(ts, i+n)) {
			return ts[i], 0
		}
		return off(token{kind: share, text: joinText(ts[i : i+n]), num: f.bp}, ts, i+n), n - 1
	}
	return ts[i], 0
}

// ranged marks both ends of "50 to 80", "between 50 and 80", "50-80", "50 or 60".
func ranged(ts []token) []token {
	for i := 0; i+2 < len(ts); i++ {
		a, b := ts[i], ts[i+2]
		if !figure(a) || !figure(b) || a.num >= b.num || a.negative || b.negative || a.num == 0 || a.kind == share || b.kind == share {
			continue
		}
		between := i > 0 && (ts[i-1].text == "between" || ts[i-1].text == "entre")
		link := ts[i+1].text
		if in([]string{"to", "-", "through", "or", "a", "o", "hasta", "thru"}, link) || (between && (link == "and" || link == "y")) {
			// "500 or 50 a month" isn't a range: ends are near each other.
			if b.num > a.num*4 {
				continue
			}
			if a.kind == number && b.kind == number && !between && i+3 < len(ts) && ts[i+3].kind == word && in(otherWords, ts[i+3].text) {
				continue
			}
			ts[i].kind, ts[i+2].kind = money, money
			ts[i].role, ts[i+2].role = "amount", "max"
		}
	}
	return ts
}

func figure(t token) bool {
	return t.kind == money || t.kind == number && !t.ordinal && len(t.digits) < 5 && !t.invalid
}

// usable reports whether an amount can be what someone means to pay.
func (t token) usable() bool {
	return t.kind == money && !t.invalid && !t.negative && t.foreign == "" && t.num > 0 && t.num < maxCents
}

func (t token) amount() negotiation.Money {
	currency, n := "USD", t.num
	if t.foreign != "" {
		currency = t.foreign
	}
	if t.negative {
		n = -n
	}
	return negotiation.Money{Minor: n, Currency: currency}
}

func (t token) mention() Mention {
	m := Mention{Words: strings.TrimSpace(t.text), Role: t.role}
	if t.kind == day {
		if !t.invalid {
			m.Date = t.date
		} else {
			m.Role = "invalid"
		}
		return m
	}
	m.Money = t.amount()
	if !t.usable() {
		m.Role = "invalid"
	}
	return m
}
