package check

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"parley/compliance"
	"parley/compliance/guard"
)

// Rulebook writes all that "parley rules" shows, as Markdown: the rulebook itself,
// what the guard says would be lawful instead, and the disclosures as they stand in
// messages, worded for each actor. docs/rulebook.md is this text.
func Rulebook(w io.Writer) error {
	if err := compliance.RenderRulebook(w); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	renderLawful(out)
	renderWording(out, guard.New())
	return out.Flush()
}

func renderLawful(w io.Writer) {
	fmt.Fprint(w, "\n## What the guard asks for instead\n\n| id | what is wrong | what would be lawful |\n|---|---|---|\n")
	for _, r := range guard.Rules() {
		fmt.Fprintf(w, "| %s | %s | %s |\n", r.ID, r.Wrong, r.Lawful)
	}
}

// wordingText is the draft the guard completes to show its wording.
var wordingText = map[string]string{"en": "Thank you for your message.", "es": "Gracias por su mensaje."}

// renderWording shows what the guard itself adds to a plain draft, so that the page
// has the words that really go out and not a copy of them.
func renderWording(w io.Writer, g *guard.Guard) {
	fmt.Fprint(w, "\n## Wording per actor\n\nThe creditor says that it is attempting to collect a debt and never calls itself a debt collector;\n",
		"a debt buyer and a third party do. The draft \"", wordingText["en"], "\" goes out as:\n\n| actor | language | message | text |\n|---|---|---|---|\n")
	for _, actor := range []compliance.Actor{compliance.CreditorOwed, compliance.DebtBuyerOwner, compliance.ThirdParty} {
		for _, lang := range []string{"en", "es"} {
			for _, first := range []bool{true, false} {
				message := "later"
				if first {
					message = "first"
				}
				fmt.Fprintf(w, "| %s | %s | %s | %s |\n", actor, lang, message, worded(g, actor, lang, first))
			}
		}
	}
}

func worded(g *guard.Guard, actor compliance.Actor, lang string, first bool) string {
	final, ok := g.Final(wordingText[lang], guard.Facts{
		Actor: actor, Brand: "Example", Collector: "Example", Creditor: "Example", Original: "Example", Consumer: "Sam Roe", Assistant: "Ava", Agent: "ai",
		AIDisclosed: !first, FirstMessage: first, IdentityVerified: true, Channel: "sms", Lang: lang, State: "TX", Today: "2026-11-23",
	})
	if !ok {
		return "the guard refuses this draft"
	}
	return strings.ReplaceAll(final, "\n", " ")
}
