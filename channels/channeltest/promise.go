package channeltest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
	"testing"

	"parley/channels"
)

// doc is the text of the contract: all comments of package channels, with its
// line breaks made into spaces.
type doc string

// contract reads the comments of package channels from its source.
func contract(tb testing.TB) doc {
	tb.Helper()
	var text strings.Builder
	names, err := fs.Glob(channels.Source, "*.go")
	if err != nil || len(names) == 0 {
		tb.Fatalf("the contract's source is not there: %v", err)
	}
	for _, name := range names {
		source, err := channels.Source.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
		if err != nil {
			tb.Fatal(err)
		}
		for _, group := range file.Comments {
			text.WriteString(plain(group) + " ")
		}
	}
	return doc(text.String())
}

func plain(group *ast.CommentGroup) string {
	return strings.Join(strings.Fields(group.Text()), " ")
}

// quoted fails unless the contract still has that sentence, word for word.
func (d doc) quoted(tb testing.TB, sentence string) {
	tb.Helper()
	if sentence == "" {
		tb.Error("the case quotes no promise")
	}
	if !strings.Contains(string(d), sentence) {
		tb.Errorf("package channels no longer promises: %q", sentence)
	}
}
