package compliance

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed keywords.yaml
var keywordsYAML []byte

// KeywordList is whole messages that a source names as keywords for one event.
type KeywordList struct {
	Event      string   `yaml:"event"` // a label of package inbound
	Cite       string   `yaml:"cite"`
	Confidence string   `yaml:"confidence"`
	Words      []string `yaml:"words"`
}

// Keywords is the keyword lists the rulebook names. The slice is the caller's.
func Keywords() []KeywordList { return slices.Clone(keywords()) }

var keywords = sync.OnceValue(func() []KeywordList {
	all, err := parseKeywords(keywordsYAML)
	if err != nil {
		panic(err)
	}
	return all
})

func parseKeywords(data []byte) ([]KeywordList, error) {
	var all []KeywordList
	if err := yaml.UnmarshalWithOptions(data, &all, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("keywords: %w", err)
	}
	for _, k := range all {
		if !slices.Contains([]string{"opt_out", "opt_in", "help"}, k.Event) || k.Cite == "" || len(k.Words) == 0 || !slices.Contains(Confidences, k.Confidence) {
			return nil, fmt.Errorf("keywords: a list needs a known event, a citation, a mark and words")
		}
	}
	return all, nil
}
