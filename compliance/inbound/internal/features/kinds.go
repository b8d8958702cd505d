package features

import "strings"

// kinds are words that say the same thing in law; the classifier sees pairs and
// triples of kinds as well as of words, so that what it learnt of a sister it
// knows of a cousin.
var kinds = kindOf(map[string]string{
	"@kin": `husband wife hubby mother mom mama mum mommy father dad daddy papa brother bro sister sis son daughter spouse partner boyfriend
 girlfriend bf gf fiance fiancee grandmother grandma grandfather grandpa aunt uncle cousin niece nephew roommate neighbor stepmom
 stepdad stepson stepdaughter caregiver babysitter grandson granddaughter ex landlord`,
	"@familia": `esposo esposa marido mujer mama papa padre madre hermano hermana hijo hija primo prima tio tia abuelo abuela suegra suegro
 cunado novio novia companero companera vecino vecina yerno nuera sobrino nieto nieta pareja`,
	"@lawyer":  `lawyer lawyers attorney attorneys counsel atty attny lawer laywer abogado abogada licenciado licenciada bufete`,
	"@human":   `human person agent representative rep operator supervisor manager someone somebody humano persona supervisor gerente agente asesor alguien representante`,
	"@robot":   `bot robot machine ai computer chatbot automated program maquina automatico computadora grabadora chatgpt ia`,
	"@day":     `monday tuesday wednesday thursday friday saturday sunday mondays tuesdays saturdays sundays weekend weekends weekdays lunes martes miercoles jueves viernes sabado sabados domingo domingos`,
	"@daytime": `morning mornings night nights evening evenings afternoon noon midnight dinner lunch noche tarde manana tardes noches mediodia`,
	"@message": `text texts message messages sms notification notifications alert alerts reminders mensaje mensajes texto textos mensajito mensajitos`,
	"@sending": `texting messaging sending spamming pinging`,
	"@pester":  `harassing bothering bugging pestering hounding annoying stalking molestar molestarme acosar acosarme fastidiar`,
	"@stop":    `stop quit cease halt discontinue end paren pare dejen deje cesen cese basta`,
	"@job":     `job work office workplace employer shop store warehouse plant trabajo chamba oficina empleo fabrica`,
	"@chief":   `boss manager supervisor foreman employer hr jefe patron gerente`,
	"@debt":    `debt bill balance account loan charge amount deuda cuenta saldo monto prestamo`,
	"@agency":  `cfpb ftc bbb fcc ag regulators authorities government congressman senator procuraduria fiscal gobierno profeco`,
	"@ill":     `cancer dementia alzheimers alzheimer stroke dialysis chemo depression anxiety ptsd bipolar schizophrenia leukemia lupus derrame depresion ansiedad demencia quimioterapia dialisis parkinson parkinsons`,
	"@forces":  `army navy marines marine military ejercito marina soldier soldado guard`,
	"@dead":    `dead deceased died passed murio fallecio muerto muerta fallecido difunto difunta`,
	"@tongue":  `spanish english french chinese vietnamese korean arabic russian portuguese creole tagalog mandarin cantonese polish hindi espanol ingles castellano`,
	"@child":   `kid child minor nino nina menor underage`,
	"@paper":   `proof evidence documentation documents paperwork verification validation contract pruebas prueba comprobante documentos contrato`,
	"@name":    `angela marcus torres diaz`,
	"@not":     `dont never not no wont cant nunca jamas didnt doesnt isnt arent aint wouldnt cannot`,
	"@house":   `house home apartment landline casa`,
})

func kindOf(lists map[string]string) map[string]string {
	out := make(map[string]string)
	for kind, list := range lists {
		for _, w := range strings.Fields(list) {
			// A word in two lists takes the one that comes first, whatever the map's order.
			if was, ok := out[w]; !ok || kind < was {
				out[w] = kind
			}
		}
	}
	return out
}

// kind is the kind of a word, or else its stem.
func kind(w string) string {
	if k, ok := kinds[w]; ok {
		return k
	}
	if w[0] == '#' {
		return "#"
	}
	return stem(w)
}

var endings = []string{"iendo", "ando", "mente", "aron", "ieron", "ing", "ed", "es", "s", "o", "a", "e"}

// stem takes a common ending off a word of English or Spanish.
func stem(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, e := range endings {
		if s, ok := strings.CutSuffix(w, e); ok && len(s) >= 4 {
			return s
		}
	}
	return w
}
