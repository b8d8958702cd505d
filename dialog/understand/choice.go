package understand

import "regexp"

var (
	reChoiceN    = regexp.MustCompile(`\b(?:option|number|choice|offer|plan|opcion|numero|oferta|#|no\.?|num|pick|choose|the number|la|el numero|take|with) ?#? ?([1-9])\b(?:$|[^\d.,/%])`)
	reChoiceBare = regexp.MustCompile(`^(?:yes|yeah|ok|okay|si|sure|i want|i pick|ill take|i choose|lets do|go with|quiero|prefiero|elijo|escojo|deal)?[ ,]*#?\(?([1-9])\)?[ .!]*(?:please|pls|por favor|works|sounds good|is good|is fine|works for me|thanks|gracias|esta bien)?[ .!]*$`)
	reChoiceWord = regexp.MustCompile(`\b(?:the |la |el )?(first|second|third|fourth|1 ?st|2 ?nd|3 ?rd|last|primera?|primero|segund[ao]|tercer[ao]?|ultim[ao]) (?:one|option|offer|choice|plan|opcion|oferta|deal)\b`)
	reChoiceSole = regexp.MustCompile(`^(?:yes |ok |si |i (?:want|pick|choose|prefer|like) |ill (?:take|do|go with) |lets (?:do|go with) |quiero |prefiero |elijo )*(?:the|la|el) (first|second|third|last|primera|primero|segund[ao]|tercera|ultim[ao])(?: please| por favor| works)?$`)
	reChoiceABC  = regexp.MustCompile(`\b(?:option|choice|opcion) ([abc])\b`)
	reFormer     = regexp.MustCompile(`\bthe (former|latter)\b`)
)

var choiceWords = map[string]int{
	"first": 1, "1st": 1, "1 st": 1, "primer": 1, "primera": 1, "primero": 1, "second": 2, "2nd": 2, "2 nd": 2, "segunda": 2, "segundo": 2,
	"third": 3, "3rd": 3, "3 rd": 3, "tercer": 3, "tercera": 3, "tercero": 3, "fourth": 4, "last": -1, "ultima": -1, "ultimo": -1,
	"a": 1, "b": 2, "c": 3, "former": 1, "latter": -1,
}

// choice reads which numbered offer is meant: from 1, -1 for the last, 0 for none.
func choice(folded, plain string) int {
	if m := reChoiceBare.FindStringSubmatch(folded); m != nil {
		return int(m[1][0] - '0')
	}
	if m := reChoiceN.FindStringSubmatch(plain + " "); m != nil {
		return int(m[1][0] - '0')
	}
	for _, re := range []*regexp.Regexp{reChoiceWord, reChoiceSole, reChoiceABC, reFormer} {
		if m := re.FindStringSubmatch(plain); m != nil {
			return choiceWords[m[1]]
		}
	}
	return 0
}
