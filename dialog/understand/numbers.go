package understand

import "strconv"

// Numbers in words, English and Spanish, folded.
var units = map[string]int64{
	"zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19,
	"cero": 0, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
	"doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
	"dieciocho": 18, "diecinueve": 19, "veintiuno": 21, "veintiun": 21, "veintidos": 22, "veintitres": 23,
	"veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
}

var tens = map[string]int64{
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
}

var hundreds = map[string]int64{
	"cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
	"cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600,
	"setecientos": 700, "ochocientos": 800, "novecientos": 900,
}

// ones may be numbers or articles; they count only within a larger number or
// before a thing that is counted.
var ones = map[string]bool{"one": true, "a": true, "an": true, "un": true, "una": true, "uno": true}

var countable = map[string]bool{
	"payment": true, "payments": true, "month": true, "months": true, "week": true, "weeks": true, "day": true, "days": true,
	"installment": true, "installments": true, "pago": true, "pagos": true, "cuota": true, "cuotas": true, "mes": true,
	"meses": true, "semana": true, "semanas": true, "dia": true, "dias": true, "abono": true, "abonos": true,
}

// scaleOf is what a word multiplies by.
func scaleOf(w string) int64 {
	switch w {
	case "hundred", "hundo", "hunnid":
		return 100
	case "thousand", "grand", "mil":
		return 1000
	}
	return 0
}

// joinNumbers turns runs of number words into number tokens.
func joinNumbers(in []token, lang string) []token {
	out := make([]token, 0, len(in))
	for i := 0; i < len(in); {
		// "once" is eleven in Spanish and a single time in English.
		if in[i].text == "once" && lang == "es" && in[i].kind == word {
			in[i].kind, in[i].num = number, 1100
		}
		v, n := readNumber(in[i:])
		if n == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		t := token{kind: number, text: strconv.FormatInt(v, 10), num: min(v*100, maxCents), glued: in[i].glued, invalid: v*100 > maxCents}
		out = append(out, t)
		i += n
	}
	return out
}

// small reads a number below 100 in words: "fifty five", "treinta y cinco".
func small(in []token) (int64, int) {
	if len(in) == 0 || in[0].kind != word {
		return 0, 0
	}
	if v, ok := units[in[0].text]; ok {
		return v, 1
	}
	v, ok := tens[in[0].text]
	if !ok {
		return 0, 0
	}
	rest, n := in[1:], 1
	if len(rest) > 1 && (rest[0].text == "y" || rest[0].text == "-") {
		if u, ok := unit(rest[1].text); ok {
			return v + u, 3
		}
		return v, 1
	}
	if len(rest) > 0 {
		if u, ok := unit(rest[0].text); ok {
			return v + u, n + 1
		}
	}
	return v, n
}

func unit(w string) (int64, bool) {
	if w == "one" || w == "uno" || w == "un" {
		return 1, true
	}
	v, ok := units[w]
	return v, ok && v > 0 && v < 10
}

// readNumber reads the longest number in words, or digits before a scale
// ("2 thousand"). It returns how many tokens it took; 0: none.
func readNumber(in []token) (int64, int) {
	if len(in) == 0 {
		return 0, 0
	}
	if in[0].kind == number && in[0].digits != "" && len(in) > 1 && !in[0].invalid {
		if s := scaleOf(in[1].text); s > 0 && in[0].num < 100_000_00 {
			return tail(in, in[0].num/100*s, s, 2)
		}
		return 0, 0
	}
	if in[0].kind != word {
		return 0, 0
	}
	// "a couple hundred", "a few hundred" is no number anyone can hold them to.
	if len(in) > 2 && in[0].text == "a" && in[1].text == "couple" && scaleOf(in[2].text) > 0 {
		return 2 * scaleOf(in[2].text), 3
	}
	if ones[in[0].text] {
		return readOne(in)
	}
	if s := scaleOf(in[0].text); s == 1000 && in[0].text == "mil" {
		return tail(in, 1000, 1000, 1)
	}
	if h, ok := hundreds[in[0].text]; ok {
		return spanishHundreds(in, h)
	}
	v, n := small(in)
	if n == 0 {
		return 0, 0
	}
	if len(in) > n {
		if s := scaleOf(in[n].text); s > 0 {
			return tail(in, v*s, s, n+1)
		}
		// "two fifty" is 250 when it is said of money.
		if w, m := small(in[n:]); v < 10 && m > 0 && w >= 20 {
			return v*100 + w, n + m
		}
	}
	return v, n
}

// readOne reads a number that begins with one or an article.
func readOne(in []token) (int64, int) {
	if len(in) < 2 {
		return 0, 0
	}
	if s := scaleOf(in[1].text); s > 0 {
		return tail(in, s, s, 2)
	}
	if in[0].text == "one" {
		if w, m := small(in[1:]); m > 0 && w >= 20 {
			return 100 + w, 1 + m
		}
	}
	if countable[in[1].text] && in[0].text != "a" && in[0].text != "an" {
		return 1, 1
	}
	return 0, 0
}

// spanishHundreds reads "doscientos cincuenta", "cien mil".
func spanishHundreds(in []token, h int64) (int64, int) {
	v, n := h, 1
	if w, m := small(in[1:]); m > 0 {
		v, n = h+w, 1+m
	}
	if len(in) > n && in[n].text == "mil" {
		return tail(in, v*1000, 1000, n+1)
	}
	return v, n
}

// tail adds what follows a scale: "a hundred and fifty", "mil doscientos".
func tail(in []token, v, scale int64, n int) (int64, int) {
	i := n
	if i < len(in) && in[i].text == "and" {
		i++
	}
	if i >= len(in) {
		return v, n
	}
	if scale == 1000 {
		if h, ok := hundreds[in[i].text]; ok {
			w, m := spanishHundreds(in[i:], h)
			return v + w, i + m
		}
		if ones[in[i].text] && i+1 < len(in) && scaleOf(in[i+1].text) == 100 {
			return tail(in, v+100, 100, i+2)
		}
		if w, m := small(in[i:]); m > 0 && i+m < len(in) && scaleOf(in[i+m].text) == 100 {
			return tail(in, v+w*100, 100, i+m+1)
		}
	}
	if w, m := small(in[i:]); m > 0 {
		return v + w, i + m
	}
	if in[i].text == "one" || in[i].text == "uno" {
		return v + 1, i + 1
	}
	return v, n
}

func joinText(ts []token) string {
	s := ""
	for i, t := range ts {
		if i > 0 {
			s += " "
		}
		s += t.text
	}
	return s
}
