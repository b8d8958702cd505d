package check

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"parley/compliance"
	"parley/compliance/guard"
	"parley/compliance/inbound"
)

var update = flag.Bool("update", false, "write docs/rulebook.md")

const page = "../../docs/rulebook.md"

func TestTheRulebookPageIsUpToDate(t *testing.T) {
	t.Parallel()
	var want bytes.Buffer
	if err := Rulebook(&want); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/rulebook.md is not what the code has: go test ./compliance/check -run Rulebook -update")
	}
}

func TestTheGuardHasWordingForEveryActor(t *testing.T) {
	t.Parallel()
	g := guard.New()
	for _, actor := range []compliance.Actor{compliance.CreditorOwed, compliance.DebtBuyerOwner, compliance.ThirdParty} {
		for lang := range wordingText {
			for _, first := range []bool{true, false} {
				text := worded(g, actor, lang, first)
				if strings.HasPrefix(text, "the guard refuses") {
					t.Errorf("%s, %s, first %v: %s", actor, lang, first, text)
				}
				if called := strings.Contains(text, "debt collector") || strings.Contains(text, "cobrador"); called != (actor != compliance.CreditorOwed) && !first {
					t.Errorf("%s, %s: %q", actor, lang, text)
				}
			}
		}
	}
}

func TestEveryRuleOfTheGuardIsInTheRulebook(t *testing.T) {
	t.Parallel()
	for _, r := range guard.Rules() {
		if _, ok := compliance.Lookup(r.ID); !ok {
			t.Errorf("the rulebook lacks %s", r.ID)
		}
	}
}

func TestTheFilesTheRulebookNamesExist(t *testing.T) {
	t.Parallel()
	for _, r := range compliance.Rules() {
		for place := range strings.SplitSeq(r.EnforcedIn, ";") {
			path, _, _ := strings.Cut(strings.TrimSpace(place), " ")
			if !strings.HasPrefix(path, "compliance/") {
				continue // the rooms above are built apart
			}
			if _, err := os.Stat("../../" + path); err != nil {
				t.Errorf("%s: %v", r.ID, err)
			}
		}
	}
}

func TestEveryOutboundRuleOfTheRulebookIsInTheGuard(t *testing.T) {
	t.Parallel()
	inGuard := map[string]bool{}
	for _, r := range guard.Rules() {
		inGuard[r.ID] = true
	}
	for _, r := range compliance.Rules() {
		if r.Section() == "OD" && r.NotEnforced == "" && !inGuard[r.ID] {
			t.Errorf("%s is said to be enforced, and the guard has no such rule", r.ID)
		}
	}
}

func TestEveryKeywordOfTheRulebookIsHeard(t *testing.T) {
	t.Parallel()
	for _, list := range compliance.Keywords() {
		for _, word := range list.Words {
			if got, ok := inbound.Keyword(word); !ok || string(got) != list.Event {
				t.Errorf("%q is heard as %q, not as %s", word, got, list.Event)
			}
		}
	}
}
