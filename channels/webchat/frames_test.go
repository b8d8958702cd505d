package webchat

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	ok := []struct {
		in   string
		want clientFrame
	}{
		{`{"type":"hello"}`, clientFrame{Type: "hello"}},
		{`{"type":"hello","token":null,"conversation":null,"since":null}`, clientFrame{Type: "hello"}},
		{`{"type":"hello","token":"t","conversation":"wc_x","since":7}`, clientFrame{Type: "hello", Token: "t", Conversation: "wc_x", Since: 7}},
		{`{"type":"message","id":"a-1_B","text":"¿qué?\r\n\ttal"}`, clientFrame{Type: "message", ID: "a-1_B", Text: "¿qué?\n\ttal"}},
		{`{"type":"typing"}`, clientFrame{Type: "typing"}},
		{`{"type":"choice","id":"c","move":"mv:1/2"}`, clientFrame{Type: "choice", ID: "c", Move: "mv:1/2"}},
	}
	for _, tc := range ok {
		got, err := decode([]byte(tc.in), 100)
		if err != nil {
			t.Errorf("%s: %v", tc.in, err)
		} else if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s", tc.in, diff)
		}
	}
	bad := []struct{ name, in, code, field, id string }{
		{"not JSON", `hello`, CodeBadFrame, "", ""},
		{"an array", `[]`, CodeBadFrame, "", ""},
		{"null", `null`, CodeBadFrame, "", ""},
		{"two values", `{"type":"typing"}{"type":"typing"}`, CodeBadFrame, "", ""},
		{"broken UTF-8", "{\"type\":\"message\",\"id\":\"a\",\"text\":\"\xff\"}", CodeBadFrame, "", ""},
		{"no type", `{}`, CodeInvalidField, "type", ""},
		{"a type that is a number", `{"type":1}`, CodeInvalidField, "type", ""},
		{"an unknown type", `{"type":"admin"}`, CodeUnknownType, "type", ""},
		{"a type in capitals", `{"type":"HELLO"}`, CodeUnknownType, "type", ""},
		{"an unknown field", `{"type":"message","id":"a","text":"x","from":"bot"}`, CodeUnknownField, "from", "a"},
		{"a field in capitals", `{"type":"message","id":"a","Text":"x"}`, CodeUnknownField, "Text", "a"},
		{"a field of another type", `{"type":"typing","text":"x"}`, CodeUnknownField, "text", ""},
		{"a very long unknown field", `{"type":"typing","` + strings.Repeat("y", 300) + `":1}`, CodeUnknownField, strings.Repeat("y", 40) + "…", ""},
		{"no id", `{"type":"message","text":"x"}`, CodeInvalidField, "id", ""},
		{"an id with a slash", `{"type":"message","id":"a/b","text":"x"}`, CodeInvalidField, "id", "a/b"},
		{"an id that is too long", `{"type":"message","id":"` + strings.Repeat("i", 65) + `","text":"x"}`, CodeInvalidField, "id", strings.Repeat("i", 65)},
		{"no text", `{"type":"message","id":"a"}`, CodeInvalidField, "text", "a"},
		{"text null", `{"type":"message","id":"a","text":null}`, CodeInvalidField, "text", "a"},
		{"text that is too long", `{"type":"message","id":"a","text":"` + strings.Repeat("é", 51) + `"}`, CodeInvalidField, "text", "a"},
		{"no move", `{"type":"choice","id":"a"}`, CodeInvalidField, "move", "a"},
		{"an empty move", `{"type":"choice","id":"a","move":""}`, CodeInvalidField, "move", "a"},
		{"a move with a space", `{"type":"choice","id":"a","move":"a b"}`, CodeInvalidField, "move", "a"},
		{"a negative since", `{"type":"hello","since":-1}`, CodeInvalidField, "since", ""},
		{"a since with a fraction", `{"type":"hello","since":1.5}`, CodeInvalidField, "since", ""},
		{"a since that is too big", `{"type":"hello","since":9223372036854775808}`, CodeInvalidField, "since", ""},
		{"a token that is too long", `{"type":"hello","token":"` + strings.Repeat("t", maxToken+1) + `"}`, CodeInvalidField, "token", ""},
	}
	for _, tc := range bad {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f, err := decode([]byte(tc.in), 100)
			if err == nil {
				t.Fatalf("accepted as %+v", f)
			}
			if err.code != tc.code || err.field != tc.field {
				t.Errorf("got %s on %q, want %s on %q", err.code, err.field, tc.code, tc.field)
			}
			if tc.code == CodeUnknownField && !strings.Contains(err.detail, tc.field) {
				t.Errorf("detail %q does not name %q", err.detail, tc.field)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		`{"type":"hello","token":"t","conversation":"wc_x","since":7}`, `{"type":"message","id":"a","text":"x"}`,
		`{"type":"choice","id":"c","move":"m"}`, `{"type":"typing","\u0000":1}`, `[[[[`, "\xff", `{"type":"message","id":"a","text":"\ud800"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 64
		got, err := decode(data, most)
		if err != nil {
			if frame := err.frame(); !utf8.Valid(frame) || len(err.detail) > 300 {
				t.Errorf("error frame %q", frame)
			}
			return
		}
		known, ok := frameFields[got.Type]
		if !ok || got.Since < 0 || len(got.Text) > most || !utf8.ValidString(got.Text) || strings.Contains(got.Text, "\r\n") {
			t.Errorf("accepted %+v", got)
		}
		if len(known) > 0 && known[0] == "id" && !validID(got.ID, 1, 64) {
			t.Errorf("accepted the id %q", got.ID)
		}
	})
}
