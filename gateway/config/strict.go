package config

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Fault is one mistake in a configuration.
type Fault struct {
	// Where is the line in the file, or the environment variable.
	Where string
	// Key is the dotted path, such as "portfolios.cards.plan.max_months".
	Key string
	// What is wrong, and what would be right.
	What string
}

func (f Fault) String() string {
	if f.Key == "" {
		return f.Where + ": " + f.What
	}
	return f.Where + ": " + f.Key + ": " + f.What
}

// Faults is every mistake found, as one error.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// decodeStrict fills dst from YAML and reports every unknown key and every
// value of the wrong kind with its line, not just the first.
func decodeStrict(src []byte, dst any) (faults Faults, lines map[string]int) {
	lines = map[string]int{}
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return Faults{{Where: "file", What: yaml.FormatError(err, false, false)}}, lines
	}
	d := decoder{lines: lines}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			d.node(doc.Body, reflect.ValueOf(dst).Elem(), "")
		}
	}
	return d.faults, lines
}

type decoder struct {
	faults Faults
	lines  map[string]int
}

func (d *decoder) fault(n ast.Node, key, what string) {
	d.faults = append(d.faults, Fault{Where: fmt.Sprintf("line %d", n.GetToken().Position.Line), Key: key, What: what})
}

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

func (d *decoder) node(n ast.Node, v reflect.Value, key string) {
	if key != "" {
		d.lines[key] = n.GetToken().Position.Line
	}
	if n.Type() == ast.NullType {
		return
	}
	isText := reflect.PointerTo(v.Type()).Implements(textUnmarshaler)
	switch {
	case v.Kind() == reflect.Struct && !isText:
		d.mapping(n, key, func(name string, value ast.Node, at ast.Node) {
			field, ok := fieldByName(v, name)
			if !ok {
				d.fault(at, join(key, name), "unknown key; "+known(v.Type()))
				return
			}
			d.node(value, field, join(key, name))
		})
	case v.Kind() == reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		d.mapping(n, key, func(name string, value ast.Node, _ ast.Node) {
			elem := reflect.New(v.Type().Elem()).Elem()
			d.node(value, elem, join(key, name))
			v.SetMapIndex(reflect.ValueOf(name), elem)
		})
	default:
		d.scalar(n, v, key, isText)
	}
}

func (d *decoder) mapping(n ast.Node, key string, each func(name string, value, at ast.Node)) {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		d.fault(n, key, "must be a mapping of keys to values")
		return
	}
	for _, mv := range values {
		each(mv.Key.GetToken().Value, mv.Value, mv.Key)
	}
}

func (d *decoder) scalar(n ast.Node, v reflect.Value, key string, isText bool) {
	if isText {
		if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.GetToken().Value)); err != nil {
			d.fault(n, key, err.Error())
		}
		return
	}
	if err := yaml.NodeToValue(n, v.Addr().Interface()); err != nil {
		d.fault(n, key, "must be "+kindWord(v.Type()))
	}
}

func kindWord(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Slice:
		return "a list"
	}
	return "text"
}

func join(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}

func yamlName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return name
}

func fieldByName(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if yamlName(v.Type().Field(i)) == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

func known(t reflect.Type) string {
	var names []string
	for i := range t.NumField() {
		if n := yamlName(t.Field(i)); n != "" {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return "known here: " + strings.Join(names, ", ")
}
