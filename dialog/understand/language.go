package understand

import "strings"

// Words that tell one language from the other.
var (
	wordsES = set(`el la los las un una que de por para con no si es soy estoy tengo puedo quiero pagar debo cuanto mi su usted yo hola gracias pago deuda
saldo cuenta plan mes semana quincena dolares hoy manana cuando como donde quien pero tambien ahora favor bueno vale dale acepto esta eso esto todo nada
mas menos dinero trabajo ayuda persona hablar cual me le lo se al del y o muy ya aqui nos viernes lunes martes jueves sabado domingo miercoles enero
diciembre cien mil cincuenta quisiera gustaria podria necesito claro acuerdo buenos buenas dias tardes noches mensual semanal quincenal cada`)
	wordsEN = set(`the a an i im is are am was my me you your it to of for and or but on in at by can cant could would will wont dont do does did have has
had not pay owe much how what when where who why this that these those yes yeah ok okay please thanks thank hello hi hey want need start month week day
dollars bucks money settle payment payments balance plan friday monday tuesday wednesday thursday saturday sunday december january half every each with
just only about if so be get got ill ive afford sure sounds good deal`)
)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// language is the language of the words where they tell, else lang. "no" alone
// tells nothing; one word more on a side is enough.
func language(ts []token, lang string) string {
	en, es := 0, 0
	for _, t := range ts {
		if t.kind != word || t.text == "no" {
			continue
		}
		if wordsEN[t.text] {
			en++
		}
		if wordsES[t.text] {
			es++
		}
	}
	switch {
	case es > en:
		return "es"
	case en > es:
		return "en"
	case lang != "":
		return lang
	}
	return "en"
}
