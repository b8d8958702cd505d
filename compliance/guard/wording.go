package guard

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"parley/compliance"
)

//go:embed wording.json
var wordingFile []byte

// wording is every fixed sentence: language → name → actor ("*": any) → text.
type wording map[string]map[string]map[string]string

var words = sync.OnceValues(func() (wording, error) {
	var w wording
	if err := json.Unmarshal(wordingFile, &w); err != nil {
		return nil, err
	}
	return w, w.validate()
})

// validate reports a sentence that one language has and the other lacks, an
// empty text, or an actor that doesn't exist.
func (w wording) validate() error {
	actors := []string{"*", string(compliance.CreditorOwed), string(compliance.DebtBuyerOwner), string(compliance.ThirdParty)}
	for lang, kinds := range w {
		for kind, byActor := range kinds {
			if w["en"][kind] == nil || w["es"][kind] == nil {
				return fmt.Errorf("guard: wording %s/%s exists in one language only", lang, kind)
			}
			for actor, text := range byActor {
				if text == "" || !slices.Contains(actors, actor) {
					return fmt.Errorf("guard: wording %s/%s/%s is empty or for no known actor", lang, kind, actor)
				}
			}
			if byActor["*"] == "" && len(byActor) != 3 {
				return fmt.Errorf("guard: wording %s/%s does not cover every actor", lang, kind)
			}
		}
	}
	return nil
}

// say is the sentence kind in lang as actor must word it; "" if there is none.
func say(kind, lang string, actor compliance.Actor) string {
	w, err := words()
	if err != nil {
		return ""
	}
	if lang != "es" {
		lang = "en"
	}
	by := w[lang][kind]
	if s := by[string(actor)]; s != "" {
		return s
	}
	return by["*"]
}

// fill puts data into the {placeholders} of s.
func fill(s string, data map[string]string) string {
	for k, v := range data {
		s = strings.ReplaceAll(s, "{"+k+"}", v)
	}
	return s
}
