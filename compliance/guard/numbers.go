package guard

import (
	"strconv"
	"strings"
)

// numberToken reads a token that begins with a digit or a dollar sign. What is
// no plain number ("401k" the plan, "3d") stays a word.
func numberToken(t token) token {
	s := strings.TrimPrefix(t.s, "$")
	money := len(s) < len(t.s)
	pct := strings.HasSuffix(s, "%")
	s = strings.TrimSuffix(s, "%")
	scale := int64(1)
	for _, suffix := range [...]string{"st", "nd", "rd", "th", "ro", "do", "er"} {
		if len(s) > 2 && strings.HasSuffix(s, suffix) && isDigit(rune(s[len(s)-3])) {
			s = s[:len(s)-2]
			break
		}
	}
	if strings.HasSuffix(s, "k") && s != "401k" {
		s, scale = s[:len(s)-1], 1000
	}
	v, ok := hundredths(s)
	if !ok {
		return t
	}
	t.amount = v * scale
	switch {
	case money:
		t.kind = kMoney
	case pct:
		t.kind = kPercent
	default:
		t.kind = kNumber
		if i := strings.LastIndexByte(s, '.'); i >= 0 && len(s)-i == 3 || scale > 1 {
			t.kind = kMoney
		}
	}
	return t
}

// hundredths reads "1,240.50", "1.240,50" and "1240" as hundredths.
func hundredths(s string) (int64, bool) {
	dec := strings.LastIndexAny(s, ".,")
	whole, frac := s, ""
	if dec >= 0 && len(s)-dec-1 != 3 {
		whole, frac = s[:dec], s[dec+1:]
	}
	whole = strings.NewReplacer(",", "", ".", "").Replace(whole)
	if len(frac) > 2 || len(whole) > 13 {
		return 0, false
	}
	frac += "00"[len(frac):]
	v, err := strconv.ParseInt(whole+frac, 10, 64)
	return v, err == nil
}

var units = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12,
	"trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20,
	"veintiuno": 21, "veinticuatro": 24, "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
	"cien": 100, "ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500, "seiscientos": 600,
	"setecientos": 700, "ochocientos": 800, "novecientos": 900, "dozen": 12,
}

var multipliers = map[string]int64{"hundred": 100, "thousand": 1000, "mil": 1000, "grand": 1000, "million": 1000000}

// readNumberWords turns numbers written in words into number tokens, and marks
// numbers that stand for money: "five hundred dollars", "I can take 500 even".
func readNumberWords(toks []token) []token {
	out := toks[:0]
	for i := 0; i < len(toks); {
		v, n := numberWords(toks[i:])
		if n == 0 {
			out = append(out, toks[i])
			i++
			continue
		}
		t := toks[i]
		t.kind, t.amount, t.end = kNumber, v*100, toks[i+n-1].end
		if n > 1 {
			t.s = "#"
		}
		out = append(out, t)
		i += n
	}
	markMoney(out)
	return out
}

// numberWords reads as many number words as belong together.
func numberWords(toks []token) (value int64, n int) {
	total, cur := int64(0), int64(0)
	for n < len(toks) && n < 12 {
		t := &toks[n]
		if n > 0 && t.brk != brkNone {
			break
		}
		u, isUnit := units[t.s]
		mult, isMult := multipliers[t.s]
		if t.s == "once" && (n == 0 || len(toks) == n+1) { // "once" is English far more often than eleven
			isUnit = false
		}
		switch {
		case isUnit && n == 0:
			cur = u
		case isUnit && (cur%100 == 0 && u < 100 || cur%10 == 0 && cur%100 >= 20 && u < 10 || cur < 20 && cur > 0 && u >= 20 && u < 100 && u%10 == 0):
			if cur < 20 && cur > 0 && u >= 20 { // "twelve forty" is 1,240
				cur = cur*100 + u
			} else {
				cur += u
			}
		case isMult && mult == 100 && n > 0 && cur > 0:
			cur *= 100
		case isMult && mult > 100 && (n > 0 && cur > 0 || t.s == "mil"):
			total += max(cur, 1) * mult
			cur = 0
		case (t.s == "and" || t.s == "y") && n > 0 && n+1 < len(toks) && units[toks[n+1].s] > 0 && toks[n+1].brk == brkNone && (cur >= 20 || total > 0) && (t.s == "y" || cur%100 == 0):
		case t.kind == kNumber && n == 0 && len(toks) > 1 && multipliers[toks[1].s] > 0 && toks[1].brk == brkNone && t.amount%100 == 0 && toks[1].s != "mil":
			cur = t.amount / 100
		default:
			return total + cur, n
		}
		n++
	}
	return total + cur, n
}

var (
	moneyUnits  = set("dollars dollar bucks usd dolares dolar pesos buck")
	moneyBefore = set("pay paying owe owes settle take accept balance offer total debt amount sum pague pagar paga debe saldo acepto aceptar monto down")
	moneyAfter  = set("even monthly down mensuales mensual biweekly")
	everyN      = set("biweekly monthly weekly equal mensuales quincenales semanales more")
	notMoney    = set("days day months month weeks week payments payment installments instalments hours years minutes times pagos dias meses semanas cuotas business more of de options percent por")
)

// markMoney marks the numbers that are amounts of money by what stands by them.
func markMoney(toks []token) {
	for i := range toks {
		t := &toks[i]
		if t.kind != kNumber {
			continue
		}
		next, next2 := "", ""
		if i+1 < len(toks) && toks[i+1].brk == brkNone {
			next = toks[i+1].s
			if i+2 < len(toks) {
				next2 = toks[i+2].s
			}
		}
		switch {
		case moneyUnits[next] || next == "us" && moneyUnits[next2]:
			t.kind = kMoney
		case next == "cents":
			t.kind, t.amount = kMoney, t.amount/100
		case next == "percent" || next == "por" && next2 == "ciento":
			t.kind = kPercent
		case notMoney[next] || t.amount < 2000 || everyN[next] && notMoney[next2]: // "30 biweekly payments" counts payments
		case (next == "a" || next == "per" || next == "al" || next == "each" || next == "every" || next == "por") && (next2 == "month" || next2 == "mes" || next2 == "week" || next2 == "paycheck"):
			t.kind = kMoney
		case moneyAfter[next]:
			t.kind = kMoney
		default:
			for j := i - 1; j >= 0 && j >= i-3 && toks[j+1].brk == brkNone; j-- {
				if moneyBefore[toks[j].s] && !monthOrBy(toks, j+1, i) {
					t.kind = kMoney
				}
			}
		}
	}
}

// monthOrBy: between "pay" and the number stands a month or a preposition of
// time, so that the number is a day.
func monthOrBy(toks []token, from, to int) bool {
	for _, t := range toks[from:to] {
		if months[t.s] > 0 || t.s == "by" || t.s == "on" || t.s == "before" || t.s == "ending" || t.s == "within" || t.s == "the" || t.s == "in" {
			return true
		}
	}
	return false
}
