package parley_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The way out is one: the guard makes a [guard.Cleared], the record keeps it, the
// courier asks the contact gate, opens it again and hands it to its channel.
// These tests read the sources, in this process, for any other.
const (
	courierFile = "gateway/courier.go"
	courierFunc = "send"
	guardDir    = "compliance/guard"
)

// kits are test equipment in packages of their own; nothing that runs may import them.
var kits = []string{"channels/channeltest", "channels/voice/linetest", "gateway/store/storetest"}

// contract are the methods of an adapter that are given a message: one sends it, the
// other asks the provider what became of it.
var contract = []string{"Send", "Find"}

// makers are the functions of the guard that make a Cleared with something in it.
var makers = []string{"Clear", "Reopen"}

func TestNothingIsSentPastTheGuardAndTheGate(t *testing.T) {
	t.Parallel()
	sends, reopens, files := 0, 0, 0
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || skip(name, d) {
			return skipDir(d, err)
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		files++
		found := wayOut(filepath.ToSlash(name), nil)
		sends += found.sends
		reopens += found.reopens
		for _, f := range found.faults {
			t.Error(f)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 200 || sends != 1 || reopens != 1 {
		t.Errorf("%d files, in which the courier sends %d times and reopens %d times: the test no longer sees what it is for", files, sends, reopens)
	}
}

// outward is what one file does on the way out.
type outward struct {
	sends, reopens int // of the courier
	faults         []string
}

// wayOut reads a file; src is its text, nil to read it from the disk.
func wayOut(name string, src any) outward {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return outward{faults: []string{err.Error()}}
	}
	w := &reader{name: name, dir: path.Dir(name), fset: fset, test: strings.HasSuffix(name, "_test.go")}
	for _, k := range kits {
		w.kit = w.kit || w.dir == k
	}
	w.imports(file)
	for _, d := range file.Decls {
		w.function = ""
		if f, ok := d.(*ast.FuncDecl); ok {
			w.function = f.Name.Name
			w.signature(f)
			if name == courierFile && w.function == courierFunc {
				w.courier(f)
			}
		}
		ast.Inspect(d, w.node)
	}
	return w.outward
}

type reader struct {
	outward
	name, dir, function string
	test, kit           bool
	guard               string // the name under which the file knows the guard; "" where it doesn't
	calls               map[ast.Expr]*ast.CallExpr
	blank               map[ast.Expr]bool
	fset                *token.FileSet
}

func (w *reader) fault(at token.Pos, what string) {
	w.faults = append(w.faults, fmt.Sprintf("%s:%d: %s", w.name, w.fset.Position(at).Line, what))
}

func (w *reader) imports(file *ast.File) {
	w.calls, w.blank = map[ast.Expr]*ast.CallExpr{}, map[ast.Expr]bool{}
	for _, spec := range file.Imports {
		imported := strings.TrimPrefix(strings.Trim(spec.Path.Value, `"`), "parley/")
		alias := path.Base(imported)
		if spec.Name != nil {
			alias = spec.Name.Name
		}
		switch {
		case imported == guardDir:
			w.guard = alias
			if alias == "." {
				w.fault(spec.Pos(), "imports the guard without a name")
			}
		case imported == "unsafe" && !w.test:
			w.fault(spec.Pos(), "imports unsafe, which can make what only the guard may make")
		case slices.Contains(kits, imported) && !w.test && !w.kit:
			w.fault(spec.Pos(), "imports "+imported+", which is for tests")
		}
	}
	if w.dir == guardDir {
		w.guard = "."
	}
}

// signature refuses a second way to hand an adapter a message.
func (w *reader) signature(f *ast.FuncDecl) {
	if w.test || w.kit || !strings.HasPrefix(w.dir, "channels/") || !f.Name.IsExported() || slices.Contains(contract, f.Name.Name) {
		return
	}
	for _, p := range f.Type.Params.List {
		if isSelector(p.Type, "channels", "Outbound") {
			w.fault(f.Pos(), f.Name.Name+" takes a message to send, and is not Send")
		}
	}
}

// node looks at every place where something is sent or made.
func (w *reader) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		w.calls[n.Fun] = n
	case *ast.AssignStmt:
		if len(n.Rhs) == 1 && isBlank(n.Lhs[0]) {
			if call, ok := n.Rhs[0].(*ast.CallExpr); ok {
				w.blank[call.Fun] = true
			}
		}
	case *ast.CompositeLit:
		if w.isCleared(n.Type) && len(n.Elts) > 0 && !(w.dir == guardDir && !w.test && slices.Contains(makers, w.function)) {
			w.fault(n.Pos(), "makes a Cleared; only the guard's "+strings.Join(makers, " and ")+" may")
		}
	case *ast.SelectorExpr:
		w.selector(n)
	}
	return true
}

func (w *reader) selector(n *ast.SelectorExpr) {
	switch {
	case n.Sel.Name == "Send":
		if call := w.calls[n]; call != nil && len(call.Args) != 2 {
			return // another kind of sending
		}
		switch {
		case w.name == courierFile && w.function == courierFunc && w.calls[n] != nil:
			w.sends++
		case w.kit || w.test && strings.HasPrefix(w.dir, "channels/"):
		default:
			w.fault(n.Pos(), "sends; only the courier may, and the adapters' own tests")
		}
	case w.guard != "" && w.guard != "." && isSelector(n, w.guard, "Reopen"):
		switch {
		case w.name == courierFile && w.function == courierFunc && w.calls[n] != nil:
			w.reopens++
		case w.kit || w.test || w.blank[n]: // one that keeps nothing only compares
		default:
			w.fault(n.Pos(), "reopens a Cleared and keeps it; only the courier may")
		}
	}
}

func (w *reader) isCleared(t ast.Expr) bool {
	if w.guard == "." {
		id, ok := t.(*ast.Ident)
		return ok && id.Name == "Cleared"
	}
	return w.guard != "" && isSelector(t, w.guard, "Cleared")
}

// courier checks that what is sent is what was reopened, and that nothing is sent where that failed:
//
//	x, err := guard.Reopen(...)
//	if err != nil || x.Zero() { ...; return ... }
//	...Send(ctx, x.Out())
func (w *reader) courier(f *ast.FuncDecl) {
	opened, checked := "", false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name == opened && opened != "" {
					w.fault(n.Pos(), "changes what was reopened")
				}
			}
			if call, ok := n.Rhs[0].(*ast.CallExpr); ok && w.guard != "" && isSelector(call.Fun, w.guard, "Reopen") {
				if id, ok := n.Lhs[0].(*ast.Ident); ok {
					opened, checked = id.Name, false
				}
			}
		case *ast.IfStmt:
			checked = checked || opened != "" && refuses(n, opened)
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Send" && len(n.Args) == 2 {
				out, _ := n.Args[1].(*ast.CallExpr)
				if opened == "" || !checked || out == nil || !isSelector(out.Fun, opened, "Out") {
					w.fault(n.Pos(), "sends what was not reopened, or without asking whether it could be")
				}
			}
		}
		return true
	})
}

// refuses reports whether an if leaves the function on an error or a zero Cleared.
func refuses(n *ast.IfStmt, opened string) bool {
	or, ok := n.Cond.(*ast.BinaryExpr)
	if !ok || or.Op != token.LOR || len(n.Body.List) == 0 {
		return false
	}
	failed, ok := or.X.(*ast.BinaryExpr)
	zero, isCall := or.Y.(*ast.CallExpr)
	_, leaves := n.Body.List[len(n.Body.List)-1].(*ast.ReturnStmt)
	return ok && failed.Op == token.NEQ && isCall && isSelector(zero.Fun, opened, "Zero") && leaves
}

func isSelector(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	id, ok := s.X.(*ast.Ident)
	return ok && id.Name == pkg
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

// A Cleared can't be filled from outside only while its fields have small letters.
func TestAClearedHasNoFieldThatOthersCanSet(t *testing.T) {
	t.Parallel()
	seen := 0
	all, err := filepath.Glob(guardDir + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range all {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || spec.Name.Name != "Cleared" {
				return true
			}
			seen++
			s, ok := spec.Type.(*ast.StructType)
			if !ok {
				t.Errorf("%s: Cleared is no struct", name)
				return true
			}
			for _, f := range s.Fields.List {
				if len(f.Names) == 0 || slices.ContainsFunc(f.Names, func(id *ast.Ident) bool { return id.IsExported() }) {
					t.Errorf("%s: Cleared has a field that others can set", name)
				}
			}
			return true
		})
	}
	if seen != 1 {
		t.Errorf("Cleared is declared %d times", seen)
	}
}

const goodCourier = `package gateway
import "parley/compliance/guard"
func (c *courier) send(ctx context.Context, d *store.Delivery) (channels.Sent, error) {
	cleared, err := guard.Reopen(d.Out, d.SHA256)
	if err != nil || cleared.Zero() { return channels.Sent{}, err }
	ctx, cancel := context.WithTimeout(ctx, sendDeadline)
	defer cancel()
	return c.channel.Send(ctx, cleared.Out())
}`

func TestABypassIsFound(t *testing.T) {
	t.Parallel()
	in := func(body string) string { return "package x\nimport \"parley/compliance/guard\"\n" + body }
	instead := func(old, new string) string { return strings.Replace(goodCourier, old, new, 1) }
	for _, c := range []struct {
		name, file, src, want string
	}{
		{"the courier as it is", courierFile, goodCourier, ""},
		{"a call from elsewhere in the gateway", "gateway/worker.go", "package gateway\nfunc f() { ch.Send(ctx, out) }", "only the courier may"},
		{"a second function of the courier's file", courierFile, goodCourier + "\nfunc hurry() { ch.Send(ctx, out) }", "only the courier may"},
		{"the method taken as a value", "gateway/worker.go", "package gateway\nvar f = line.Send", "only the courier may"},
		{"the method of a type", "gateway/worker.go", "package gateway\nvar f = channels.Channel.Send", "only the courier may"},
		{"a call through a field, in a literal", "gateway/desk/x.go", "package desk\nfunc f() { go func() { a.b.ch.Send(ctx, o) }() }", "only the courier may"},
		{"a test outside of the adapters", "gateway/worker_test.go", "package gateway\nfunc f() { ch.Send(ctx, out) }", "only the courier may"},
		{"an adapter's own test", "channels/sms/send_test.go", "package sms\nfunc f() { l.Send(ctx, out) }", ""},
		{"an adapter that calls itself", "channels/sms/more.go", "package sms\nfunc f() { l.Send(ctx, out) }", "only the courier may"},
		{"another kind of sending", "gateway/live/bus.go", "package live\nfunc f() { bus.Send(x) }", ""},
		{"a second door into an adapter", "channels/sms/more.go", "package sms\nfunc (l *Line) Blast(o channels.Outbound) {}", "is not Send"},
		{"the courier without opening", courierFile, instead("cleared, err := guard.Reopen(d.Out, d.SHA256)", "cleared, err := d.Trust()"), "was not reopened"},
		{"the courier without asking", courierFile, instead("if err != nil || cleared.Zero() { return channels.Sent{}, err }", ""), "was not reopened"},
		{"the courier going on after a refusal", courierFile, instead("{ return channels.Sent{}, err }", "{ log(err) }"), "was not reopened"},
		{"the courier sending what was not opened", courierFile, instead("cleared.Out())", "d.Out)"), "was not reopened"},
		{"the courier sending another one", courierFile, instead("	ctx, cancel", "	cleared = other\n	ctx, cancel"), "changes what was reopened"},
		{"a Cleared made elsewhere", "dialog/send.go", in(`var x = guard.Cleared{Text: "hi"}`), "makes a Cleared"},
		{"a Cleared made under another name", "dialog/send.go", strings.Replace(in(`var x = g.Cleared{Text: "hi"}`), `"parley/c`, `g "parley/c`, 1), "makes a Cleared"},
		{"a Cleared made by a third function of the guard", "compliance/guard/more.go", "package guard\nfunc Trust(o channels.Outbound) Cleared { return Cleared{out: o} }", "makes a Cleared"},
		{"a Cleared made by the guard", "compliance/guard/clear.go", "package guard\nfunc Reopen() Cleared { return Cleared{out: o, sha256: s} }", ""},
		{"an empty Cleared", "dialog/send.go", in("var x = guard.Cleared{}"), ""},
		{"one that is reopened and kept", "gateway/worker.go", in("func f() { c, err := guard.Reopen(o, s); _, _ = c, err }"), "only the courier may"},
		{"one that is reopened to compare", "gateway/store/sqlstore/audit.go", in("func f() { _, err := guard.Reopen(o, s); _ = err }"), ""},
		{"the function taken as a value", "gateway/worker.go", in("var open = guard.Reopen"), "only the courier may"},
		{"the guard without its name", "dialog/x.go", strings.Replace(in(""), `"parley/c`, `. "parley/c`, 1), "without a name"},
		{"what goes around the language", "dialog/x.go", "package x\nimport _ \"unsafe\"", "unsafe"},
		{"test equipment in what runs", "gateway/worker.go", "package gateway\nimport _ \"parley/gateway/store/storetest\"", "for tests"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			faults := strings.Join(wayOut(c.file, c.src).faults, "\n")
			if (c.want == "") != (faults == "") || !strings.Contains(faults, c.want) {
				t.Errorf("found %q, want %q", faults, c.want)
			}
		})
	}
}
