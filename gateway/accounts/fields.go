package accounts

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// node is one field of the API's account shape, read from its Go type.
type node struct {
	fields map[string]*node // an object's
	elem   *node            // a list's
	most   int              // elements of a list
	truth  bool             // a boolean
	// needed are the fields of an object without which it is no such object.
	needed []string
}

func shapeOf(t reflect.Type) *node {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return &node{}
	case t.Kind() == reflect.Slice:
		return &node{elem: shapeOf(t.Elem())}
	case t.Kind() != reflect.Struct:
		return &node{truth: t.Kind() == reflect.Bool}
	}
	n := &node{fields: map[string]*node{}}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		child := shapeOf(f.Type)
		if most, err := strconv.Atoi(f.Tag.Get("maxItems")); err == nil {
			child.most = most
		}
		n.fields[name] = child
		if !strings.Contains(options, "omitempty") {
			n.needed = append(n.needed, name)
		}
	}
	return n
}

// unknown names the fields of a tree that the shape does not have.
func (n *node) unknown(v any, path string) Faults {
	var faults Faults
	switch v := v.(type) {
	case map[string]any:
		if n.fields == nil {
			return nil // a fault of kind, which the schema reports
		}
		for _, name := range sortedKeys(v) {
			child, ok := n.fields[name]
			if !ok {
				faults = append(faults, Fault{join(path, printable(name)), "is no field of an account"})
				continue
			}
			faults = append(faults, child.unknown(v[name], join(path, name))...)
		}
	case []any:
		if n.elem == nil {
			return nil
		}
		for i, item := range v {
			faults = append(faults, n.elem.unknown(item, join(path, strconv.Itoa(i)))...)
		}
	}
	return faults
}

// find walks a dotted name; nil when it names no single value.
func (n *node) find(path []string) *node {
	for _, part := range path {
		switch {
		case n.fields != nil:
			n = n.fields[part]
		case n.elem != nil:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= n.most || strconv.Itoa(i) != part {
				return nil
			}
			n = n.elem
		default:
			return nil
		}
		if n == nil {
			return nil
		}
	}
	if n.fields != nil || n.elem != nil {
		return nil
	}
	return n
}

// must lists the dotted names no account can be without.
func (n *node) must(path string) []string {
	var names []string
	for _, name := range n.needed {
		child := n.fields[name]
		if child.fields != nil {
			names = append(names, child.must(join(path, name))...)
		} else if child.elem == nil {
			names = append(names, join(path, name))
		}
	}
	return names
}

// printable makes a name that came from outside fit for a message.
func printable(name string) string {
	if r := []rune(name); len(r) > 60 {
		name = string(r[:60]) + "…"
	}
	q := fmt.Sprintf("%q", name)
	if q == `"`+name+`"` && name != "" && !strings.ContainsAny(name, " ,;") {
		return name
	}
	return q
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
