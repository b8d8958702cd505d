package llm_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialog/llm"
	"parley/dialog/llm/llmtest"
)

func TestAnAnswerIsReadWhileItIsWritten(t *testing.T) {
	t.Parallel()
	var r llm.Reader
	for _, c := range []struct {
		chunk, reply           string
		commands, move, finish bool
	}{
		{"```json\n{ \"comm", "", false, false, false},
		{`ands" : [{"name":"accept","reason":"a ] and a \" in it"}`, "", false, false, false},
		{`], "mo`, "", true, false, false},
		{`ve":"mv-1"`, "", true, true, false},
		{`,"reply":"Yes. {wor`, "Yes. {wor", true, true, false},
		{`ds} \u00`, "ds} ", true, true, false},
		{"e9\xc3", "é", true, true, false},
		{"\xa9 \\ud83d", "é ", true, true, false},
		{`\ude00`, "😀", true, true, false},
		{`."`, ".", true, true, true},
		{`,"confidence":0.9}` + "\n```", "", true, true, true},
	} {
		got, err := r.Feed(c.chunk)
		if err != nil || got != c.reply || r.HasCommands != c.commands || r.HasMove != c.move || r.ReplyDone != c.finish {
			t.Fatalf("after %q: %q, %v, commands %v, move %v, done %v", c.chunk, got, err, r.HasCommands, r.HasMove, r.ReplyDone)
		}
	}
	if r.Move != "mv-1" || len(r.Commands) != 1 || r.Commands[0].Name != llm.CmdAccept {
		t.Errorf("move %q, commands %v", r.Move, r.Commands)
	}
}

func TestWhatCanNotBecomeAnAnswerIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, reason string }{
		{"prose", `Sure`, "not a JSON object"},
		{"a list", `[`, "not a JSON object"},
		{"an endless fence", "```" + strings.Repeat("x", 100), "not a JSON object"},
		{"an unknown field", `{"floor"`, "unknown field"},
		{"a field twice", `{"move":"","move"`, `field "move" twice`},
		{"a nested reply", `{"reply":{`, "a field has the wrong type"},
		{"a null reply", `{"reply":n`, "a field has the wrong type"},
		{"a move that is a number", `{"move":7,`, "a field has the wrong type"},
		{"a move that is null", `{"move":null,`, "a field has the wrong type"},
		{"no move at all", `{"move":,`, "a field has the wrong type"},
		{"commands that are no list", `{"commands":{}`, "field \"commands\" is not a list"},
		{"a command of another shape", `{"commands":[{"pay":1}]`, "unknown field"},
		{"a bare line break in a reply", "{\"reply\":\"a\nb", "broken JSON"},
		{"an unknown escape", `{"reply":"\x`, "broken JSON"},
		{"an escape that is no number", `{"reply":"\u00g0`, "broken JSON"},
		{"broken UTF-8", "{\"reply\":\"\xff", "answer is not UTF-8"},
		{"no colon", `{"move"5`, "broken JSON"},
		{"a bracket too many", `{"commands":]`, "broken JSON"},
		{"a flood", `{"reply":"` + strings.Repeat("a", 17000), "answer is longer than 16384 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var r llm.Reader
			_, err := r.Feed(c.raw)
			if e, ok := err.(*llm.Error); !ok || e.Kind != llm.Malformed || e.Reason != c.reason {
				t.Fatalf("%v", err)
			}
			if _, again := r.Feed(`"`); again != err {
				t.Errorf("refused, and then %v", again)
			}
		})
	}
}

// TestTheReaderAgreesWithParse: whatever Parse takes, however it is cut, the
// reader takes too, and it reads the same.
func TestTheReaderAgreesWithParse(t *testing.T) {
	t.Parallel()
	b := llmtest.Brief()
	rapid.Check(t, func(t *rapid.T) {
		reply := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]string{"Hello. ", "é", "😀", "\n", `"`, `\`, "/", "{balance}", "\u2028", "\uFFFD"}), rapid.StringN(0, 5, -1)), 1, 20).Draw(t, "reply"), "")
		raw, err := json.Marshal(llm.Answer{Commands: []llm.Command{{Name: llm.CmdAnswer, Reason: reply}}, Reply: reply})
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "escaped") {
			raw = escapeAll(raw)
		}
		want, parseErr := llm.Parse(raw, b)
		var r llm.Reader
		var got strings.Builder
		for rest := string(raw); rest != ""; {
			n := rapid.IntRange(1, min(len(rest), 7)).Draw(t, "chunk")
			grown, err := r.Feed(rest[:n])
			if err != nil && parseErr == nil {
				t.Fatalf("Parse takes %q, the reader says %v", raw, err)
			}
			got.WriteString(grown)
			rest = rest[n:]
		}
		if parseErr != nil {
			return
		}
		if diff := cmp.Diff(want, llm.Answer{Commands: r.Commands, Move: r.Move, Reply: got.String()}); diff != "" || !r.ReplyDone {
			t.Fatalf("done %v: %s", r.ReplyDone, diff)
		}
	})
}

// escapeAll writes every character beyond ASCII as an escape.
func escapeAll(raw []byte) []byte {
	var out strings.Builder
	for _, r := range string(raw) {
		if r < 0x80 {
			out.WriteRune(r)
			continue
		}
		out.WriteString(strings.ToUpper(quoteASCII(r)))
	}
	return []byte(strings.ReplaceAll(out.String(), `\U`, `\u`))
}

func FuzzReader(f *testing.F) {
	f.Add(`{"commands":[],"move":"","reply":"Hello. You.","confidence":0.5}`, uint8(2))
	f.Add("```\n{\"reply\":\"\\ud83d\\u0041\\\\\",\"move\":\"mv-1\",\"commands\":[{\"name\":\"accept\"}]}\n```", uint8(0))
	b := llmtest.Brief()
	f.Fuzz(func(t *testing.T, raw string, step uint8) {
		want, parseErr := llm.Parse([]byte(raw), b)
		var r llm.Reader
		var got strings.Builder
		for rest := raw; rest != ""; {
			n := min(len(rest), int(step)+1)
			grown, err := r.Feed(rest[:n])
			if err != nil {
				if parseErr == nil {
					t.Fatalf("Parse takes it, the reader says %v", err)
				}
				return
			}
			got.WriteString(grown)
			rest = rest[n:]
		}
		if parseErr == nil && (got.String() != want.Reply || r.Move != want.Move || !r.ReplyDone || !r.HasCommands || !r.HasMove) {
			t.Fatalf("%q and %q", got.String(), want.Reply)
		}
	})
}
