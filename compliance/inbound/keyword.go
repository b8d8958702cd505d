package inbound

import "strings"

// optOutWords stop all messages when they are the whole message. Source: 47 CFR
// 64.1200(a)(10) for the first line, the carriers' lists and their Spanish and
// French equivalents for the others.
var optOutWords = wordSet(`stop quit end revoke optout cancel unsubscribe
 stopall unsub alto parar cancelar arret pare paren parada detener detengan deten desuscribir desuscribirme
 desinscribir basta baja dnc cease desist unsubscribeme removeme optmeout stopit stoptext stoptexts stoptexting arreter
 cancelen cancele cancela terminar fin salir`)

// optOutPhrases are the same in several words.
var optOutPhrases = wordSet(`stop_all opt_out opt_me_out all_stop stop_it stop_this stop_that stop_now stop_already
 opt_out_all stop_text stop_texts stop_texting stop_msg stop_msgs stop_message stop_messages stop_messaging stop_them
 dar_de_baja darme_de_baja de_baja baja_ya no_mas stop_every stop_everything just_stop please_end end_this end_all cancel_all cancel_texts
 cancel_messages unsubscribe_all unsubscribe_me unsub_me remove_me quit_it quit_texting cancel_subscription stop_contact stop_contacting
 ya_basta ya_no_mas para_ya ya_para pare_ya paren_ya stop_stop`)

var optInWords = wordSet(`start unstop optin opt_in resubscribe subscribe opt_me_in opt_me_back_in opt_back_in start_texts
 start_texting start_again unstop_all resume_texts iniciar reanudar comenzar suscribir suscribirme`)

var helpWords = wordSet(`help info ayuda informacion information helpme help_me aide `)

// polite are the words that add nothing to a keyword.
var polite = wordSet(`please pls plz thanks thank thx ty you now ok okay okey okie just por favor porfavor porfa gracias ya hey hi hello
 hola sir maam mam im immediately already yall u today asap dear bro man guys everyone right reply text msg kindly thankyou bye
 yes no si well so`)

// Keyword reads the whole message as one of the carriers' keywords: STOP and its
// family (also with a typing slip, in disguise, as 🛑 or in Spanish) is [OptOut],
// START and UNSTOP are [OptIn], HELP and INFO are [Help].
//
// A slip counts for opting out only: doubt must end messages, never start them.
// YES is not an opt-in by itself; see [Context.LastPromptAskedOptIn].
func Keyword(text string) (Label, bool) {
	if len(text) > 400 {
		return "", false
	}
	return keywordOf(Normalise(text))
}

func keywordOf(normal string) (Label, bool) {
	all := plainWords(normal)
	if len(all) == 0 || len(all) > 12 {
		return "", false
	}
	if onlyHands(all) {
		return OptOut, true
	}
	words := distinct(all)
	if l, ok := exactKeyword(words); ok {
		return l, true
	}
	// "please" is all that may stand beside START and HELP; "ok start" is about a plan.
	if bare := without(words, pleases); len(bare) < len(words) && len(bare) > 0 {
		if l, ok := exactKeyword(bare); ok {
			return l, true
		}
	}
	core := without(words, polite)
	if len(core) == 0 {
		return "", false
	}
	if l, ok := exactKeyword(core); ok && l == OptOut {
		return l, true
	}
	// "sto p", "un subscribe": a keyword with a stray space.
	if j := strings.Join(all, ""); len(all) <= 3 && len(j) >= 4 && slipSet[j] {
		return OptOut, true
	}
	if len(all) == 1 && nearKeyword(all[0]) {
		return OptOut, true
	}
	// Several keywords in a row, "stop end quit", "STOP HELP": the opt-out wins.
	found := false
	for _, w := range core {
		if !optOutWords[w] && !helpWords[w] {
			return "", false
		}
		found = found || optOutWords[w]
	}
	if found {
		return OptOut, true
	}
	return "", false
}

var pleases = wordSet(`please pls plz porfavor gracias`)

func without(words []string, drop map[string]bool) []string {
	kept := make([]string, 0, len(words))
	for _, w := range words {
		if !drop[w] {
			kept = append(kept, w)
		}
	}
	return kept
}

// plainWords are the words of a normalised text without its marks; "opt-out" has
// already become two words.
func plainWords(normal string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(normal, func(r rune) bool { return r == ' ' || mark(r) }) {
		out = append(out, w)
	}
	return out
}

// distinct drops immediate repetitions: "stop stop stop" is "stop".
func distinct(words []string) []string {
	out := words[:0:0]
	for _, w := range words {
		if len(out) == 0 || out[len(out)-1] != w {
			out = append(out, w)
		}
	}
	return out
}

func exactKeyword(words []string) (Label, bool) {
	if len(words) > 4 {
		return "", false
	}
	joined := strings.Join(words, "_")
	switch {
	case optOutWords[joined], optOutPhrases[joined]:
		return OptOut, true
	case optInWords[joined]:
		return OptIn, true
	case helpWords[joined]:
		return Help, true
	}
	return "", false
}

// onlyHands reports a message of nothing but stop signs: 🚫, ✋ and the like.
func onlyHands(words []string) bool {
	for _, w := range words {
		if strings.Trim(w, "🚫✋🖕") != "" && w != "stop" {
			return false
		}
	}
	return true
}

// slipWords are the keywords a single mistyped word is compared with.
var (
	slipWords = strings.Fields(slipList)
	slipSet   = wordSet(slipList)
)

const slipList = `stop stopall quit end revoke optout cancel unsubscribe unsub alto parar cancelar arret`

// notSlips are words one step from a keyword that people mean as written.
var notSlips = wordSet(`top tops step shop slop stow stoop strop stomp swop atop stops stopped stob stoup scop stopy
 quite quiet suit quid quilt quip quits quoit unit edit
 and send bend lend mend tend fend vend rend ends en ed eng ned ens enc ent endo wend nd ad add una uno un eso esa esta
 cancer cancels chancel canceled cancela parcel
 evoke revoked revokes
 algo auto also alta altos salto ato aldo aloe halt halo tall alo all talo asno acto apto alt alts aleto alco
 pagar para pasar parlar parara parear paran pares parer parra pajar tapar sarar radar papar param
 cancelara cancelan cancelas
 unsure unsubs onsub ansub sub stub
 caret arrest arete
 spot post tops sop pots hop op bop cop mop pop shot soap slap`)

// nearKeyword reports a word one slip away from an opt-out keyword: a letter
// missing, added, wrong, or swapped with its neighbour.
func nearKeyword(w string) bool {
	if notSlips[w] || len(w) < 3 {
		return false
	}
	for _, k := range slipWords {
		if len(k) == 3 && (len(w) < 3 || w[0] != k[0] && len(w) == 3 && !swapped(w, k)) {
			continue
		}
		if oneSlip(w, k) {
			return true
		}
	}
	return false
}

// swapped reports that a and b differ by two neighbouring letters in each other's place.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// oneSlip reports that a and b are at most one edit apart, an edit being a letter
// added, dropped, changed, or two neighbours swapped.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i >= len(a) {
		return true
	}
	return a[i+1:] == b[i+1:] || swapped(a, b)
}
