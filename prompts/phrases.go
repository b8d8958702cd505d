package prompts

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

// Book is the built-in sentences of one language: key → variants that say the
// same, with placeholders for every figure.
type Book map[string][]string

// PhrasesVersion rises whenever a sentence changes.
const PhrasesVersion = "3"

//go:embed phrases.en.yaml
var phrasesEN []byte

//go:embed phrases.es.yaml
var phrasesES []byte

var books = sync.OnceValue(func() map[string]Book {
	return map[string]Book{"en": mustBook("en", phrasesEN), "es": mustBook("es", phrasesES)}
})

// Phrases is the book of a language: "es" for Spanish, English for all else.
func Phrases(lang string) Book {
	if lang == "es" {
		return books()["es"]
	}
	return books()["en"]
}

// Say is one of the key's sentences, chosen by seed: the same seed gives the
// same sentence. Neighbouring seeds give different ones. An unknown key gives "".
func (b Book) Say(key string, seed uint64) string {
	v := b[key]
	if len(v) == 0 {
		return ""
	}
	return v[seed%uint64(len(v))]
}

// Keys are the book's keys, sorted.
func (b Book) Keys() []string { return slices.Sorted(maps.Keys(b)) }

// mustBook reads an embedded book. A broken one can't be built: a test reads both.
func mustBook(lang string, raw []byte) Book {
	var b Book
	if err := yaml.UnmarshalWithOptions(raw, &b, yaml.Strict()); err != nil {
		panic(fmt.Sprintf("prompts: phrases.%s.yaml: %v", lang, err))
	}
	return b
}
