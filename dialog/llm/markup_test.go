package llm_test

import (
	"testing"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
)

func TestMarkupInAReplyIsRefused(t *testing.T) {
	t.Parallel()
	for _, reply := range []string{"<b>Act now</b>", "see <script>pay()</script>", "a > b"} {
		if _, err := llm.Parse([]byte(`{"commands":[],"move":"","reply":"`+reply+`"}`), llmtest.Brief()); llm.KindOf(err) != llm.Malformed {
			t.Errorf("%q: %v", reply, err)
		}
	}
}
