package guard

import "testing"

// Messages as a careful negotiator writes them, long and of several sentences,
// are let out.
func TestLongNegotiatorMessagesPass(t *testing.T) {
	t.Parallel()
	g := New()
	f := consumer()
	f.Channel, f.Banner = "webchat", true
	for _, text := range []string{
		"Hi Angela, thanks for getting back to me, and I'm sorry this has been a hard year. Your balance with Northwind Bank is $1,240.00, and nothing is being added to it. There are a few ways to go about it: all at once, 4 monthly payments of $310.00, or a settlement of $744.00 that's open through December 15, 2026. None of these is a must. Which one sounds closest to what you can manage?",
		"I understand, and thank you for being open about your hours being cut. I can't go as low as the amount you mentioned, but a longer plan may help: 12 payments, 11 of $103.33 and a last one of $103.37, which makes $1,240.00. If that's still too much, a person on our team can take a look with you. There's no rush.",
		"You asked a few things, so let me take them one by one. No, nobody can arrest you over this. No, we are not planning to sue, and I can't give legal advice. We don't report this account to the credit bureaus. And yes, I'm an AI assistant; a person can join whenever you like.",
		"Great, then let's put it together: 5 payments of $206.67 and a last one of $206.65, the first on December 1, 2026. That is $1,240.00 in all. Before anything is taken from your bank you'd sign a form, and you'd get a copy. You can cancel at any time by telling us or your bank at least 3 business days before a payment.",
		"I've noted that you don't recognise this account. You have the right to dispute it, here or by mail, and you don't need to prove anything to do so. If you dispute it, we stop collecting until we have sent you verification. Would you like me to mark it as disputed?",
		"Thank you, Angela. Here is where we are: you chose the settlement of $744.00, and you'd like to pay it on December 15, 2026. I'll send a secure link; please don't type card details in this chat. Once the payment clears, we'll send you a letter saying that the account is settled.",
		"Please put rent, food and medicine first. If this month doesn't work, that's all right, and no fee will be added because of it. We can look at a smaller amount, or talk again when things are steadier. What would be most helpful to you right now?",
		"Hola Angela, gracias por escribir. Su saldo con Northwind Bank es $1,240.00 y no se le agregan intereses ni cargos. Puede pagar en 4 pagos de $310.00 o liquidar la cuenta con $744.00 hasta el 15 de diciembre de 2026. No hay prisa: tómese su tiempo y dígame qué le conviene.",
	} {
		if got := g.Check(text, f); len(got) > 0 {
			t.Errorf("%q: %v", text, got)
		}
	}
}
