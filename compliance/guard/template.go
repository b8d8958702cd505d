package guard

import (
	"slices"
	"strings"

	"parley/compliance"
)

// Template is the fixed lawful text of a kind in lang ("en" or "es", else
// English), worded for actor, with data in its {placeholders}: brand, name,
// phone. It is "" when there is no such kind, or a placeholder stays unfilled:
// nothing is ever sent with a hole in it. Disclosures are not part of it; they
// are added by [Guard.Clear] where the facts ask for them.
func Template(kind, lang string, actor compliance.Actor, data map[string]string) string {
	s := fill(say("t:"+kind, lang, actor), data)
	if strings.ContainsAny(s, "{}") {
		return ""
	}
	return s
}

// Templates lists the kinds, sorted.
func Templates() []string {
	w, err := words()
	if err != nil {
		return nil
	}
	var out []string
	for kind := range w[langEN] {
		if name, ok := strings.CutPrefix(kind, "t:"); ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Wording lists every fixed sentence: language → name → actor → text, for the
// rulebook. The map is the caller's.
func Wording() map[string]map[string]map[string]string {
	out := map[string]map[string]map[string]string{}
	w, _ := words()
	for lang, kinds := range w {
		out[lang] = map[string]map[string]string{}
		for kind, by := range kinds {
			m := map[string]string{}
			for actor, s := range by {
				m[actor] = s
			}
			out[lang][kind] = m
		}
	}
	return out
}
