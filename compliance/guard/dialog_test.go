package guard

import (
	"testing"

	"parley/compliance"
)

// What the dialog says every day clears without a human, for the creditor itself
// and in every channel.
func TestEverydayMessagesClear(t *testing.T) {
	t.Parallel()
	g := New()
	for _, text := range []string{
		"Thanks, Angela. Your balance with Northwind Bank is $1,240.00 on the account ending in 4421.",
		"You could pay it in 12 months: 11 payments of $103.33 and a last one of $103.37, starting December 1, 2026. Would that work?",
		"I can offer 4 monthly payments of $310.00, the first on December 1. Shall I set that up?",
		"Great. Your plan is set: 4 payments of $310.00, the first due December 1, 2026. You will get it in writing.",
		"I can settle the account for $992.00 if it is paid by December 15, 2026. Would you like that?",
		"You said $300.00 works for you. I can do $310.00 a month for 4 months.",
		"How much could you pay each month?",
		"When do you get paid?",
		"What day of the month is best for a payment?",
		"Thank you. I've noted your promise to pay $310.00 on December 1, 2026.",
		"Here is your secure payment link: https://pay.northwind.example/x1",
		"A person on our team will call you at 5:30 p.m. on December 1.",
		"I understand. Losing a job is hard. Would a smaller monthly payment help?",
		"I couldn't take that, but $868.00 would settle the account in full.",
		"Your payment of $310.00 on November 20 was received. Thank you.",
		"Would you rather pay $310.00 on December 1 or on December 15?",
		"Su saldo con Northwind Bank es $1,240.00. ¿Cuánto podría pagar cada mes?",
		"Puedo ofrecerle 4 pagos de $310.00, el primero el 1 de diciembre de 2026. ¿Le parece bien?",
		"Listo. Su plan queda así: 4 pagos de $310.00, el primero el 1 de diciembre. Lo recibirá por escrito.",
		"Podemos cerrar la cuenta por $992.00 si paga a más tardar el 15 de diciembre de 2026.",
	} {
		for _, actor := range []compliance.Actor{compliance.CreditorOwed, compliance.ThirdParty} {
			for _, channel := range []string{"sms", "webchat", "voice"} {
				f := consumer()
				f.Actor, f.Channel, f.Theirs = actor, channel, []Cents{30000}
				f.Links = []string{"https://pay.northwind.example/"}
				f.NewSession, f.NewCall = true, true
				if actor == compliance.CreditorOwed {
					f.Brand, f.Collector = "Northwind Bank", "Northwind Bank N.A."
				}
				if final, _, left := g.mend(text, &f); len(left) > 0 {
					t.Errorf("%s/%s %q: %v", actor, channel, final, left)
				}
			}
		}
	}
}
