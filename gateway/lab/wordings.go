package lab

import "slices"

// side says for what a wording is kept: weights of confidence are fitted on some,
// and held against others that they have never seen.
type side int

const (
	either  side = iota // a run that fits nothing: the wordings of wordsOf alone
	toFit               // to fit the weights
	heldOut             // to measure them
)

// textsOf are a kind of line in a language, in plain words or slang, on a side.
func textsOf(kind, lang string, slang bool, on side) []string {
	l, m := wordsOf[kind], moreWords[kind]
	var texts []string
	switch {
	case slang && on == either:
		return l.slang
	case slang:
		texts = slices.Concat(l.slang, m.slang)
	case lang == "es" && on == either:
		return l.es
	case lang == "es":
		texts = slices.Concat(l.es, m.es)
	case on == either:
		return l.en
	default:
		texts = slices.Concat(l.en, m.en)
	}
	var kept []string
	for i, t := range texts { // every other one
		if (i%2 == 0) == (on == toFit) {
			kept = append(kept, t)
		}
	}
	if len(kept) == 0 { // a kind said in one way only
		return l.en
	}
	return kept
}

// moreWords are said in calibration besides wordsOf, by other pens: what the rules
// were written against says little of how sure they may be of what they weren't.
var moreWords = map[string]line{
	"hello": {
		en:    []string{"hello", "hi there", "good afternoon", "hey, someone messaged me from this number", "hi, is anybody there", "good evening to you", "hi I'm replying to your message"},
		es:    []string{"buenas tardes", "qué tal", "hola, buenas", "hola, recibí un texto suyo", "buenas noches"},
		slang: []string{"heyyy", "yo", "wassup", "hola hola", "hiya"},
	},
	"balance": {
		en: []string{"how much is left on it?", "what is the amount due", "remind me what I owe you", "what's the total at now", "could you give me the current balance please",
			"how big is the debt", "I don't remember how much it was, can you check", "what do you show that I owe", "tell me how much we're talking about"},
		es:    []string{"¿cuánto es lo que debo?", "dígame el saldo por favor", "¿de cuánto es la deuda?", "quiero saber cuánto me falta", "¿cuánto queda por pagar?", "¿me dice el total?"},
		slang: []string{"hm i owe", "how much u want from me", "gimme the number", "whats left on this thing", "bal?", "how bad is it lol"},
	},
	"plan": {
		en: []string{"can we work out a schedule", "would you let me pay a bit each month", "I need installments", "is it possible to pay in parts", "I could pay if it was spread out over a year",
			"monthly would be easier for me", "can I make smaller payments", "I don't have it all now but I can pay some every month", "do you do payment arrangements", "I want to set up payments",
			"could I pay half now and the rest later", "how can I pay this a little at a time"},
		es: []string{"¿se puede pagar por partes?", "necesito pagar en cuotas", "quisiera un arreglo de pagos", "¿me dejan pagar cada mes un poco?", "prefiero pagos mensuales", "¿puedo dividirlo en varios pagos?",
			"no tengo todo ahora, pero puedo ir pagando"},
		slang: []string{"split it up for me", "can yall do payments", "lil bit every month cool?", "stretch it out maybe", "bite size pieces pls", "gotta be monthly for me", "do u do afterpay type stuff"},
	},
	"counter": {
		en: []string{"would {amount} a month work", "my limit is {amount} monthly", "I can only pay {amount} each month", "let's say ${amount} per month", "I'd be comfortable with {amount} a month",
			"could we make it ${amount} every month instead", "{amount} a month is all I have", "I was thinking more like {amount} a month", "what if I paid {amount} monthly", "can you bring it down to {amount} a month",
			"${amount} monthly and not a penny more", "if you can do {amount} a month I'm in"},
		es: []string{"solo puedo {amount} al mes", "¿aceptan {amount} mensuales?", "podría dar {amount} cada mes", "mi límite son ${amount} por mes", "que sean {amount} al mes", "¿qué tal {amount} dólares mensuales?",
			"me alcanza para {amount} al mes"},
		slang: []string{"{amount} a month take it or leave it", "gonna have to be {amount} a mo", "i got {amount} monthly for ya", "{amount} per mo is my max", "lets do {amount}/month", "{amount} monthly n were good", "all i can spare is {amount} a month fr"},
	},
	"surplus": {
		en: []string{"roughly {surplus}", "I'd say {surplus}", "there's {surplus} left when everything is paid", "probably {surplus} at the end of the month", "{surplus} dollars more or less", "we end up with about ${surplus}",
			"after rent and food it's {surplus}", "it comes to {surplus}"},
		es:    []string{"más o menos {surplus}", "me sobran {surplus}", "alrededor de ${surplus} al mes", "después de todo quedan {surplus}", "serán {surplus} dólares"},
		slang: []string{"like {surplus} tops", "bout {surplus}", "{surplus} on a good month", "eh {surplus}", "prolly {surplus}"},
	},
	"accept": {
		en: []string{"that's fine with me", "okay, I agree", "yes, let's go with that", "I can live with that", "alright, do it", "that would work", "perfect, thank you, yes", "I accept your offer", "yes that's good",
			"ok I'm fine with it", "go ahead and set that up", "you have a deal", "works for me", "yes I can do that", "fine by me, let's start"},
		es:    []string{"sí, está bien", "acepto el plan", "me sirve", "trato hecho", "vale, hágalo", "sí, por favor", "estoy de acuerdo con eso", "claro que sí", "ok, adelante"},
		slang: []string{"bet", "yup", "sounds gucci", "ok ok fine", "yeah sure why not", "lock it in", "down", "sold", "thats wassup", "ight do it"},
	},
	"number": {
		en: []string{"let's go with {n}", "{n} please", "the {nth} option works", "I pick {n}", "number {n}", "I choose option {n}", "can we do {n}"},
		es: []string{"la {n}", "prefiero la opción {n}", "elijo la {n}", "quiero el {n}", "me quedo con la {n}"},
	},
	"lower": {
		en: []string{"I don't have that kind of money", "that won't work for me", "there's no way I can pay that", "it has to be less than that", "is that the best you can do?", "can't swing that", "that's more than I can handle",
			"I need a smaller payment", "no, that's too high", "it's out of my budget", "that is still too much money", "could it be less"},
		es:    []string{"no me alcanza", "es muy alto", "no tengo tanto dinero", "¿no puede ser menos?", "está muy caro para mí", "eso no lo puedo pagar", "tiene que ser menos"},
		slang: []string{"lol no", "cant do that", "too rich for my blood", "broke over here", "nope too much", "thats wild", "not happenin"},
	},
	"leave": {
		en:    []string{"I have to go now", "I'll get back to you", "let me sleep on it", "I need some time to decide", "can't talk right now", "I'll let you know tomorrow"},
		es:    []string{"le aviso mañana", "déjeme pensarlo", "ahora no puedo, luego hablamos", "tengo que irme"},
		slang: []string{"brb", "ttyl", "peace", "later", "hmu another time"},
	},
	"thanks": {
		en:    []string{"thank you very much", "great, thanks", "thanks for your help", "I appreciate your help", "many thanks"},
		es:    []string{"se lo agradezco", "mil gracias", "gracias por su ayuda"},
		slang: []string{"thx", "tysm", "tnx", "thanks a ton fam"},
	},
	"settle": {
		en: []string{"can you reduce it if I pay today", "what would you take to close this out", "is there a lower amount you'd accept", "do you offer settlements", "would you forgive part of it if I pay the rest now",
			"could I pay a portion and be finished", "any discount for paying in one go", "I heard you can settle debts for less"},
		es:    []string{"¿me hacen un descuento si pago ya?", "¿cuánto aceptan para cerrar la cuenta?", "¿se puede pagar menos y terminar con esto?", "quiero llegar a un arreglo por menos", "¿hay alguna rebaja?"},
		slang: []string{"whats the lowest u take to end this", "half off if i pay now?", "gimme a discount n im done", "any deals going", "can i pay less n be done w it"},
	},
	"settle_at": {
		en: []string{"I can pay ${amount} right now if that settles it", "my offer is {amount} to close the account", "would {amount} settle this today?", "take ${amount} and we call it even", "I have {amount} saved, take it as full payment",
			"how about ${amount} one time and it's over"},
		es:    []string{"tengo ${amount} para cerrar esto", "le ofrezco {amount} y queda saldada", "¿con {amount} queda liquidado?", "pago ${amount} de una vez y terminamos"},
		slang: []string{"{amount} n we done forever", "i got {amount} cash rn to kill this", "{amount} final offer to end it", "lump of {amount} n its over ok"},
	},
	"gibberish": {
		en: []string{"blue forty window", "hjkl hjkl", "the cat of the yes no", "qqqq wwww", "mmm potato wheel", "???", "fghj", "up the which"},
		es: []string{"perro verde lunes", "jajaja qwerty", "la cosa esa de allá"},
	},
}
