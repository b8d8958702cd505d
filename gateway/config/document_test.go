package config

import (
	"encoding"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/configuration.md")

const page = "../../docs/configuration.md"

// TestTheConfigurationPageIsWhatTheCodeHas keeps docs/configuration.md equal to the
// comments, types and defaults of the structs in this package.
func TestTheConfigurationPageIsWhatTheCodeHas(t *testing.T) {
	t.Parallel()
	text := document(t)
	if *update {
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	committed, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != text {
		t.Error("docs/configuration.md is not what the code has: go test ./gateway/config -run Page -update")
	}
}

const intro = `# Configuration

Generated from the comments, types and defaults in gateway/config; a test keeps this page equal to them.

One YAML file, given with ` + "`--config FILE`" + ` or ` + "`PARLEY_CONFIG`" + `. It is strict: an unknown key, or a value of the wrong kind, is an
error with its line, and every mistake is reported at once (` + "`parley config check FILE`" + `). Every value outside a map with
names of your own can also be set in the environment, which wins over the file; an empty variable counts as not set. A secret may also be given as
a file: the variable's name with ` + "`_FILE`" + ` holds its path. Secrets are never printed or logged.

` + "`parley serve --demo --print-config`" + ` writes a sample to begin with.
`

// document renders the page.
func document(t *testing.T) string {
	d := documenter{t: t, docs: comments(t)}
	cfg := Default()
	cfg.Portfolios = map[string]Portfolio{"NAME": {}}
	cfg.fill()
	d.b.WriteString(intro)
	d.section("", "At the top", "PARLEY", reflect.ValueOf(cfg))
	return d.b.String()
}

type documenter struct {
	t     *testing.T
	b     strings.Builder
	docs  map[string]string // Type and Type.Field → comment
	later []func()          // the sections of this one
}

// section writes the table of one struct; its structs follow in sections of their own.
func (d *documenter) section(key, title, prefix string, v reflect.Value) {
	fmt.Fprintf(&d.b, "\n## %s\n\n", title)
	if key != "" {
		fmt.Fprintf(&d.b, "%s\n\n", d.comment(v.Type(), v.Type().Name()))
	}
	d.b.WriteString("| key | kind | default | environment | meaning |\n|---|---|---|---|---|\n")
	before := d.later
	d.later = nil
	for i := range v.NumField() {
		f, value := v.Type().Field(i), v.Field(i)
		if name := yamlName(f); name != "" {
			d.field(join(key, name), prefix, v.Type(), f, value)
		}
	}
	inner := d.later
	d.later = before
	for _, render := range inner {
		render()
	}
}

func (d *documenter) field(key, prefix string, owner reflect.Type, f reflect.StructField, v reflect.Value) {
	names := []string{}
	if prefix != "" {
		names = envNames(f, prefix)
	}
	isText := reflect.PointerTo(f.Type).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	switch {
	case v.Kind() == reflect.Struct && !isText:
		under := ""
		if prefix != "" {
			under = names[0]
		}
		d.later = append(d.later, func() { d.section(key, "`"+key+"`", under, v) })
		return
	case v.Kind() == reflect.Map && v.Type().Elem().Kind() == reflect.Struct:
		d.later = append(d.later, func() { d.section(key+".NAME", "`"+key+".NAME`", "", v.MapIndex(reflect.ValueOf("NAME"))) })
	}
	meaning := d.comment(owner, owner.Name()+"."+f.Name)
	var shown string
	if v.Kind() == reflect.Map {
		names = nil
		shown = entries(v)
	} else if shown = defaultOf(v); shown != "" && strings.Contains(meaning, "Defaults to") && !strings.Contains(meaning, "Defaults to `"+shown+"`") {
		d.t.Errorf("%s: the comment does not say the default, which is %s: %s", key, shown, meaning)
	}
	if shown != "" && v.Kind() != reflect.Map {
		shown = "`" + shown + "`"
	}
	for i := range names {
		names[i] = "`" + names[i] + "`"
	}
	fmt.Fprintf(&d.b, "| `%s` | %s | %s | %s | %s |\n", key, kindOf(f.Type), shown, strings.Join(names, ", else "), strings.ReplaceAll(meaning, "|", "\\|"))
}

// entries lists what a map holds before the file; maps of structs have a section.
func entries(v reflect.Value) string {
	if v.Type().Elem().Kind() == reflect.Struct {
		return ""
	}
	var out []string
	byName := map[string]string{}
	for it := v.MapRange(); it.Next(); {
		byName[it.Key().String()] = defaultOf(it.Value())
	}
	for _, name := range sortedKeys(byName) {
		out = append(out, fmt.Sprintf("`%s: %s`", name, byName[name]))
	}
	return strings.Join(out, ", ")
}

// defaultOf is a value as the file would say it, "" for none.
func defaultOf(v reflect.Value) string {
	if v.IsZero() {
		if v.Kind() == reflect.Bool {
			return "false"
		}
		return ""
	}
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		if err != nil {
			return err.Error()
		}
		if v.Type() == reflect.TypeFor[Duration]() {
			return strings.Replace(strings.Replace(string(text), "m0s", "m", 1), "h0m", "h", 1)
		}
		return string(text)
	}
	return fmt.Sprint(v.Interface())
}

func kindOf(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[Secret]():
		return "secret"
	case reflect.TypeFor[Percent]():
		return "percentage"
	case reflect.TypeFor[Amount]():
		return "amount"
	case reflect.TypeFor[Duration]():
		return "duration"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "whole number"
	case reflect.Slice:
		return "list; in the environment separated by commas"
	case reflect.Map:
		return "map"
	}
	return "text"
}

var (
	defaultsTo = regexp.MustCompile(`Defaults to "?([^\s"]+?)"?([.:](?:\s|$))`)
	isAre      = regexp.MustCompile("^`[a-z0-9_]+` (is|are) ")
	quoted     = regexp.MustCompile(`"([^"\n]+)"`)
)

// comment is what the source says of a type or field, in the words of the file.
func (d *documenter) comment(owner reflect.Type, name string) string {
	text := strings.Join(strings.Fields(d.docs[name]), " ")
	if text == "" {
		d.t.Errorf("%s has no comment: say its meaning, its special values and its default", name)
		return ""
	}
	text = defaultsTo.ReplaceAllString(text, "Defaults to `$1`$2")
	text = quoted.ReplaceAllString(text, "`$1`")
	for i := range owner.NumField() {
		f := owner.Field(i)
		if f.Type.Kind() == reflect.Struct || yamlName(f) == "" {
			continue // its name is a word of the prose as well
		}
		text = regexp.MustCompile(`(^|[ (])`+f.Name+`($|[ ,.;:)])`).ReplaceAllString(text, "${1}`"+yamlName(f)+"`$2")
	}
	if name := strings.TrimPrefix(name, owner.Name()+"."); name != owner.Name() {
		if rest := isAre.ReplaceAllString(text, ""); rest != text {
			text = strings.ToUpper(rest[:1]) + rest[1:]
		}
	}
	return text
}

// comments reads the package's sources in this process.
func comments(t *testing.T) map[string]string {
	t.Helper()
	docs := map[string]string{}
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		src, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range src.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				if ts, ok := spec.(*ast.TypeSpec); ok {
					note(docs, g, ts)
				}
			}
		}
	}
	return docs
}

func note(docs map[string]string, g *ast.GenDecl, ts *ast.TypeSpec) {
	s, ok := ts.Type.(*ast.StructType)
	if !ok {
		return
	}
	docs[ts.Name.Name] = ts.Doc.Text() + g.Doc.Text()
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			docs[ts.Name.Name+"."+name.Name] = f.Doc.Text() + f.Comment.Text()
		}
	}
}
