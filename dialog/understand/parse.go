package understand

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"parley/negotiation"
)

var (
	reZip    = regexp.MustCompile(`\b\d{5}\b`)
	reYear   = regexp.MustCompile(`\b(19\d\d|200\d)\b`)
	reDollar = regexp.MustCompile(`\$\s?(\d+)(?:\.(\d\d))?`)
	simple   = []struct {
		name Name
		re   *regexp.Regexp
	}{
		{Accept, regexp.MustCompile(`^(yes|ok|okay|deal|sounds good|si|dale|de acuerdo)\b`)},
		{AskBalance, regexp.MustCompile(`balance|how much do i owe|cuanto debo|saldo`)},
		{AskHuman, regexp.MustCompile(`\b(human|agent|person|representative)\b`)},
		{MakePlan, regexp.MustCompile(`\b(plan|monthly|payments|a month)\b`)},
		{Settle, regexp.MustCompile(`\bsettle`)},
		{Greeting, regexp.MustCompile(`^(hi|hello|hey|hola)\b`)},
	}
)

// Parse hears one message.
func Parse(text, lang string, _ civil.Date) Understanding {
	u := Understanding{Language: lang}
	t := strings.ToLower(text)
	u.Factors.ZIPs = reZip.FindAllString(t, -1)
	for _, y := range reYear.FindAllString(t, -1) {
		n, _ := strconv.Atoi(y)
		u.Factors.BirthYears = append(u.Factors.BirthYears, n)
	}
	if !u.Factors.Empty() {
		u.Intents = append(u.Intents, Intent{Identify, 0.9})
	}
	for _, m := range reDollar.FindAllStringSubmatch(t, -1) {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		c, _ := strconv.ParseInt("0"+m[2], 10, 64)
		u.Amounts = append(u.Amounts, Mention{Words: m[0], Money: negotiation.Money{Minor: n*100 + c, Currency: "USD"}})
	}
	for _, s := range simple {
		if s.re.MatchString(t) {
			u.Intents = append(u.Intents, Intent{s.name, 0.8})
		}
	}
	u.Affirm = u.Has(Accept)
	u.Unclear = len(u.Intents) == 0 && u.Factors.Empty()
	return u
}
