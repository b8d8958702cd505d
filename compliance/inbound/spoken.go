package inbound

import "strings"

// StopsCalls reports whether the whole of what was said, or keyed, on a call asks that
// it end and that we don't call again (rulebook CALL-OPT-01). The key is 9 alone: other digits are
// an answer to something. What is said in longer sentences the [Detector] hears.
func StopsCalls(text string, keyed bool) bool {
	if keyed {
		return strings.Trim(text, " #*") == "9"
	}
	words := without(distinct(plainWords(Normalise(text))), spokenFillers)
	joined := strings.Join(words, "_")
	return stopCallWords[joined] || stopCallPhrases[joined]
}

// spokenFillers are what speech adds to a request without changing it.
var spokenFillers = wordSet(`please pls just um uh er well so ok okey okay hey hi hello right now again anymore ever already
 por favor porfavor ya oiga mire bueno pues eh este`)

// stopCallWords stop calls when they are all that was said. "cancel" and "end" may be about
// a plan when they are spoken, and are left to the detector.
var stopCallWords = wordSet(`stop unsubscribe optout opt_out nine press_nine alto nueve pare paren`)

var stopCallPhrases = wordSet(`stop_calling stop_calling_me stop_calling_this_number stop_calling_here stop_calling_us stop_calling_my_phone
 don't_call don't_call_me don't_call_this_number don't_call_here do_not_call do_not_call_me do_not_call_this_number do_not_call_here
 dont_call dont_call_me dont_call_this_number dont_call_here never_call never_call_me never_call_this_number never_call_here
 quit_calling quit_calling_me no_more_calls take_me_off_your_list take_me_off_the_list take_me_off_your_call_list
 take_my_number_off_your_list remove_me remove_me_from_your_list remove_my_number remove_this_number lose_my_number stop_these_calls stop_the_calls
 no_me_llame no_me_llamen no_me_llames no_llame no_llamen no_llame_mas no_llamen_mas no_me_llame_mas no_me_llamen_mas no_llame_a_este_numero
 deje_de_llamar deje_de_llamarme dejen_de_llamar dejen_de_llamarme no_mas_llamadas quiteme_de_su_lista quiteme_de_la_lista`)

// RedactSpoken is [Redact] for words that were heard on a call. A ZIP code and a year of birth said in
// one breath, digit by digit, have as many digits as a social security number; the year is said as one,
// and is no part of it.
func RedactSpoken(text string, earlier []string) Redaction {
	whole := Redact(text, earlier)
	at := spokenYearAt(text)
	if at <= 0 || len(whole.Earlier) > 0 {
		return whole
	}
	head, tail := Redact(text[:at], nil), Redact(text[at:], nil)
	switch {
	case head.Found() || tail.Found(): // beside a year it may have been too long for what it is
		return Redaction{Text: head.Text + tail.Text, Kinds: append(head.Kinds, tail.Kinds...)}
	case digitWords(text[:at]) > 5 || digitWords(text[at:]) > 4:
		return whole
	}
	return Redaction{Text: text}
}

// spokenYearAt is where a year of birth that is said as one begins, -1 where there is none.
func spokenYearAt(text string) int {
	lower := strings.ToLower(text)
	for _, w := range []string{"nineteen", "two thousand", "mil novecientos", "dos mil"} {
		if i := strings.Index(lower, w); i >= 0 && len(lower) == len(text) {
			return i
		}
	}
	return -1
}

// digitWords counts the digits in a text, said or written.
func digitWords(text string) int {
	n := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' }) {
		switch {
		case strings.Trim(w, "0123456789") == "":
			n += len(w)
		case oneDigit[w]:
			n++
		case strings.HasSuffix(w, "ty") || strings.HasSuffix(w, "teen") || strings.HasSuffix(w, "enta"):
			n++
		}
	}
	return n
}

var oneDigit = wordSet(`zero oh one two three four five six seven eight nine cero uno dos tres cuatro cinco seis siete ocho nueve`)
