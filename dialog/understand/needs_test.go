package understand

import (
	"bufio"
	"os"
	"testing"
)

func TestSkippingACueNeverChangesWhatItSays(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/heard.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	skipping := 0
	for _, c := range cues {
		if c.re.needs != nil {
			skipping++
		}
	}
	if skipping < len(cues)/2 {
		t.Errorf("only %d of %d cues can be skipped", skipping, len(cues))
	}
	for s := bufio.NewScanner(f); s.Scan(); {
		text := plainText(spell(lex(fold(s.Text()), "en")))
		for _, c := range cues {
			for _, p := range []*pattern{c.re, c.not} {
				if p != nil && p.match(text) != p.re.MatchString(text) {
					t.Errorf("%s is skipped on %q, which it matches", c.name, text)
				}
			}
		}
	}
}
