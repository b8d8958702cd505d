package understand

import "strings"

// vocabulary is the words misspelt ones are brought back to.
var vocabulary = strings.Fields(`balance payment payments monthly weekly biweekly settle settlement afford agree agreed accept options option
dollars person human agent representative friday monday tuesday wednesday thursday saturday sunday january february september october november
december christmas thanksgiving tomorrow today validate validation dispute installment installments supervisor hundred thousand fifty
sounds struggling unemployed hardship please thanks appreciate discount address company birthday starting
saldo pagar mensual semanal quincenal quincena cuotas acuerdo acepto persona humano agente viernes martes miercoles jueves sabado domingo
diciembre enero febrero noviembre octubre septiembre cincuenta doscientos gracias disputa descuento trabajo`)

var vocabularySet = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range vocabulary {
		m[w] = true
	}
	return m
}()

// soundWords are right as they stand, though near a word of the vocabulary.
var soundWords = set(`perdon semanas semana mensualidad mensualidades mes meses agrees agreeing accepts acceptor except afforded personal persons personas humans agents settled settles settling settlements payment
balances balanced validated validates disputed disputes address addressed option optional company companies thank thanked address dollar hundreds thousands
starting stating staring please pleased sounds sound sounded today todays friday fridays mondays tuesdays thursdays saturdays sundays weekly week monthly
month months aceptar acepta aceptan acepte acuerdos agentes humana humanas personales pagare pagara pagado pagada pagas pagan pagar saldos saldar trabajar
trabajos trabaja mensuales mensualmente semanales semanal quincenales quincenas descuentos gracia disputar disputo enero enera martes marte birthdays
saturday affords fifth fifty fifties tuesday sunday sundae unemployment`)

// correct brings a misspelt word back when exactly one word of the vocabulary,
// beginning with the same letter, is one slip away (two for long words).
func correct(w string) string {
	if len(w) < 5 || len(w) > 16 || vocabularySet[w] || soundWords[w] || wordsEN[w] || wordsES[w] {
		return w
	}
	if _, ok := units[w]; ok {
		return w
	}
	if tens[w] > 0 || hundreds[w] > 0 || months[w] > 0 || ordinals[w] > 0 {
		return w
	}
	if _, ok := weekdays[w]; ok {
		return w
	}
	found := ""
	for _, v := range vocabulary {
		if v[0] != w[0] {
			continue
		}
		slips := 1
		if len(v) >= 9 {
			slips = 2
		}
		if len(v)-len(w) > slips || len(w)-len(v) > slips || distance(w, v) > slips {
			continue
		}
		if found != "" {
			return w
		}
		found = v
	}
	if found == "" {
		return w
	}
	return found
}

// distance is the number of slips (wrong, missing, extra or swapped letters)
// between two words, Damerau's in its restricted form.
func distance(a, b string) int {
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

// shorthand is how people write on a telephone.
var shorthand = map[string]string{
	"u": "you", "ur": "your", "pls": "please", "plz": "please", "pymt": "payment", "pymts": "payments", "pmt": "payment", "pmts": "payments", "paymt": "payment",
	"thx": "thanks", "ty": "thanks", "tks": "thanks", "cud": "could", "wat": "what", "wut": "what", "hw": "how", "mch": "much", "gonna": "going to", "wanna": "want to",
	"bal": "balance", "q": "que", "xq": "porque", "pq": "porque", "tmb": "tambien", "grax": "gracias", "x": "x", "evry": "every", "evrey": "every", "biwkly": "biweekly",
	"wks": "weeks", "mos": "months", "mths": "months", "mnth": "month", "mth": "month", "mont": "month", "dllrs": "dollars", "dolars": "dollars", "dolers": "dollars", "dllr": "dollars",
	"cannt": "cant", "cuz": "because", "rn": "now", "abt": "about", "i'll": "ill", "setle": "settle", "xmass": "xmas", "frieday": "friday", "persn": "person",
}

func spell(ts []token) []token {
	for i := range ts {
		if ts[i].kind != word {
			continue
		}
		if s, ok := shorthand[ts[i].text]; ok {
			ts[i].text = s
			continue
		}
		ts[i].text = correct(ts[i].text)
	}
	return ts
}
