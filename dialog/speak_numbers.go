package dialog

import (
	"strconv"
	"strings"

	"parley/compliance/inbound"
)

// spokenDigits are digits as they are said one by one.
var spokenDigits = map[string]string{
	"zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"cero": "0", "uno": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
}

// spokenTwo are numbers from 10 to 99 in one word.
var spokenTwo = map[string]int{
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19,
	"veinte": 20, "veintiuno": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
	"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90,
}

// spokenOrdinals are days of a month as they are said.
var spokenOrdinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
	"twentieth": 20, "thirtieth": 30, "primero": 1,
}

// figures writes numbers as they are spoken to show who one is as figures: "seven eight seven
// oh one" becomes 78701, "nineteen eighty six" and "mil novecientos ochenta y seis" 1986,
// "seventy eight seven zero one" 78701, "april twelfth" april 12. Other words stay.
func figures(text string) string {
	words := strings.Fields(strings.NewReplacer("-", " ", ",", " ", ".", " ", "?", " ", "!", " ").Replace(inbound.Normalise(text)))
	var out []string
	for i := 0; i < len(words); {
		if s, n := spokenNumber(words[i:]); n > 0 {
			out = append(out, s)
			i += n
			continue
		}
		out = append(out, words[i])
		i++
	}
	return strings.Join(out, " ")
}

// spokenNumber reads the number that words begin with: its figures and how many words it takes.
func spokenNumber(words []string) (string, int) {
	if s, n := spokenYear(words); n > 0 {
		return s, n
	}
	if d, ok := spokenOrdinals[words[0]]; ok {
		return strconv.Itoa(d), 1
	}
	if len(words) > 1 && spokenTwo[words[0]] >= 20 && spokenOrdinals[words[1]] > 0 && spokenOrdinals[words[1]] < 10 {
		return strconv.Itoa(spokenTwo[words[0]] + spokenOrdinals[words[1]]), 2
	}
	return digitRun(words)
}

// digitRun joins digits said one by one, pairs among them, and figures the line wrote apart.
func digitRun(words []string) (string, int) {
	run, n := "", 0
	for n < len(words) {
		w := words[n]
		if _, year := spokenYear(words[n:]); n > 0 && year > 0 {
			break
		}
		switch d, ok := spokenDigits[w]; {
		case ok:
			run, n = run+d, n+1
		case (w == "double" || w == "doble") && n+1 < len(words) && spokenDigits[words[n+1]] != "":
			run, n = run+strings.Repeat(spokenDigits[words[n+1]], 2), n+2
		case spokenTwo[w] > 0:
			v, used := twoDigits(words[n:])
			run, n = run+strconv.Itoa(v), n+used
		case strings.Trim(w, "0123456789") == "" && (n > 0 || len(w) < 4):
			if len(run) >= 4 && len(w) >= 4 {
				return run, n
			}
			run, n = run+w, n+1
		default:
			return run, n
		}
		if len(run) >= 5 {
			return run, n
		}
	}
	return run, n
}

// twoDigits reads "eighty six", "ochenta y seis", "nineteen".
func twoDigits(words []string) (value, used int) {
	v := spokenTwo[words[0]]
	if v == 0 {
		return 0, 0
	}
	next := 1
	if len(words) > 2 && words[1] == "y" {
		next = 2
	}
	if v >= 20 && v%10 == 0 && len(words) > next {
		if d := spokenDigits[words[next]]; d != "" && d != "0" {
			n, _ := strconv.Atoi(d)
			return v + n, next + 1
		}
	}
	return v, 1
}

// spokenYear reads a year of birth: "nineteen eighty six", "nineteen oh five", "two thousand
// three", "mil novecientos ochenta y seis", "dos mil tres".
func spokenYear(words []string) (string, int) {
	at := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	century, used := 0, 0
	switch {
	case at(0) == "nineteen" || at(0) == "diecinueve":
		century, used = 1900, 1
	case at(0) == "mil" && at(1) == "novecientos":
		century, used = 1900, 2
	case at(0) == "two" && at(1) == "thousand", at(0) == "dos" && at(1) == "mil":
		century, used = 2000, 2
	default:
		return "", 0
	}
	if at(used) == "hundred" || at(used) == "and" {
		used++
	}
	switch rest := words[min(used, len(words)):]; {
	case at(used) == "oh" && spokenDigits[at(used+1)] != "":
		d, _ := strconv.Atoi(spokenDigits[at(used+1)])
		return strconv.Itoa(century + d), used + 2
	case len(rest) > 0 && spokenTwo[rest[0]] > 0:
		v, n := twoDigits(rest)
		return strconv.Itoa(century + v), used + n
	case len(rest) > 0 && century == 2000 && spokenDigits[rest[0]] != "":
		d, _ := strconv.Atoi(spokenDigits[rest[0]])
		return strconv.Itoa(century + d), used + 1
	case century == 2000:
		return "2000", used
	}
	return "", 0
}
