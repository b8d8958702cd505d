package inbound

import (
	"strconv"
	"strings"
)

// token is one word of a normalised text.
type token struct {
	text       string
	start, end int // in the normalised text
	sentence   int
	num        int     // its value if it is a number, else -1
	atoms      []int32 // what patterns know it as; filled by the matcher
}

// sentence tells what ends it.
type sentence struct{ question bool }

// parsed is a normalised text taken apart for matching.
type parsed struct {
	normal    string
	tokens    []token
	sentences []sentence
}

// parse splits a normalised text into words and sentences, and gives
// abbreviations and contractions one spelling.
func parse(normal string) parsed {
	p := parsed{normal: normal, sentences: make([]sentence, 1, 4), tokens: make([]token, 0, len(normal)/5+2)}
	for i := 0; i < len(normal); {
		if normal[i] == ' ' {
			i++
			continue
		}
		j := i
		for j < len(normal) && normal[j] != ' ' {
			j++
		}
		p.add(normal[i:j], i, j)
		i = j
	}
	return p
}

func (p *parsed) add(w string, start, end int) {
	last := len(p.sentences) - 1
	if len(w) == 1 && mark(rune(w[0])) {
		switch w[0] {
		case '?':
			p.sentences[last].question = true
			p.sentences = append(p.sentences, sentence{})
		case '.', '!':
			p.sentences = append(p.sentences, sentence{})
		}
		return
	}
	if s, ok := shortForms[w]; ok {
		w = s
		if head, tail, two := strings.Cut(s, " "); two {
			p.append(head, start, end, last)
			w = tail
		}
	}
	p.append(w, start, end, last)
}

func (p *parsed) append(w string, start, end, last int) {
	if n := len(p.tokens); n > 0 && p.tokens[n-1].sentence == last {
		if w == "i" && p.tokens[n-1].text == "am" {
			p.sentences[last].question = true
		}
		if joined, ok := joinedForms[p.tokens[n-1].text+" "+w]; ok {
			p.tokens[n-1].text, p.tokens[n-1].end = joined, end
			return
		}
	}
	if (len(p.tokens) == 0 || p.tokens[len(p.tokens)-1].sentence != last) && asking[w] {
		p.sentences[last].question = true
	}
	p.tokens = append(p.tokens, token{text: w, start: start, end: end, sentence: last, num: numberOf(w)})
}

// canonical gives a word of a pattern, or several in a row, the spelling that
// parse gives them in messages.
func canonical(phrase string) []string {
	var p parsed
	p.sentences = make([]sentence, 1)
	for _, w := range strings.Split(phrase, "_") {
		p.add(w, 0, 0)
	}
	out := make([]string, len(p.tokens))
	for i, t := range p.tokens {
		out[i] = t.text
	}
	return out
}

// numberOf reads a whole number in digits or words; -1 if w is none.
func numberOf(w string) int {
	if w[0] >= '0' && w[0] <= '9' {
		n := strings.TrimRight(w, "abcdehimnoprsty.")
		if v, err := strconv.Atoi(n); err == nil && len(n) < 7 {
			return v
		}
		return -1
	}
	if d, ok := units[w]; ok && w != "un" && w != "una" && w != "oh" && w != "once" {
		v, _ := strconv.Atoi(d)
		return v
	}
	if d, ok := tens[w]; ok {
		v, _ := strconv.Atoi(d)
		return v
	}
	return -1
}

// shortForms spells out text-speak and contractions written without apostrophe.
var shortForms = pairs(`u you
 ive i_have
 weve we_have
 hes he_is
 shes she_is
 whos who_is
 thats that_is
 whats what_is
 theyre they_are
 youre you_are
 r are
 ur your
 yr your
 yall you
 txt text
 txts texts
 txting texting
 txtin texting
 textin texting
 texing texting
 msg message
 msgs messages
 msging messaging
 messagin messaging
 callin calling
 botherin bothering
 pls please
 plz please
 plse please
 w with
 wit with
 b be
 b4 before
 dnt dont
 dun dont
 cannot cant
 cannt cant
 coudnt couldnt
 didn didnt
 wnt wont
 wanna want_to
 gonna going_to
 gunna going_to
 gotta got_to
 lemme let_me
 gimme give_me
 tryna trying_to
 finna going_to
 cuz because
 cause because
 bc because
 coz because
 bcuz because
 ima im
 imma im
 ppl people
 sumone someone
 sum1 someone
 some1 someone
 somebody someone
 any1 anyone
 anybody anyone
 every1 everyone
 noone nobody
 num number
 nbr number
 numba number
 ph phone
 fone phone
 acct account
 acc account
 pymt payment
 pmt payment
 pmts payments
 rn now
 rite right
 thru through
 tho though
 til until
 till until
 atty attorney
 attny attorney
 bk bankruptcy
 idk dont_know
 wrk work
 hosp hospital
 mins minutes
 wk week
 wks weeks
 yrs years
 mo month
 mos months
 tmrw tomorrow
 tomorow tomorrow
 tmr tomorrow
 2day today
 2nite tonight
 tonite tonight
 luv love
 thx thanks
 ty thanks
 okay ok
 oky ok
 da the
 tha the
 dis this
 dat that
 q que
 k que
 xq porque
 pq porque
 porfa por_favor
 porfavor por_favor
 tb tambien
 msj mensaje
 msjs mensajes
 mjs mensajes
 sr senor
 sra senora`)

// joinedForms are pairs of words with one spelling.
var joinedForms = pairs(`i_am im
 do_not dont
 does_not doesnt
 did_not didnt
 is_not isnt
 are_not arent
 was_not wasnt
 has_not hasnt
 have_not havent
 can_not cant
 could_not couldnt
 would_not wouldnt
 should_not shouldnt
 will_not wont
 it_is its
 no_one nobody
 some_one someone
 any_one anyone
 i_would id
 going_2 going_to
 any_more anymore
 opt_out optout
 opt_in optin
 auto_pay autopay`)

// pairs reads lines of two words; an underscore in them is a space.
func pairs(list string) map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(list) {
		if f := strings.Fields(line); len(f) == 2 {
			m[strings.ReplaceAll(f[0], "_", " ")] = strings.ReplaceAll(f[1], "_", " ")
		}
	}
	return m
}

// asking are the words a sentence that begins with them asks with; people leave
// the question mark out.
var asking = wordSet(`should do does did can could will would is are what how why when where who which whose may shall
 debo deberia puedo como cuando cual cuanto quien donde podria`)
