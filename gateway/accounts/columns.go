package accounts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// column is one column of a CSV file: the field it fills.
type column struct {
	name  string
	path  []string
	truth bool
}

// header reads the first line. Every column that is unknown, doubled or missing is
// named: nothing may be written from a file that is understood by half.
func (s *Shape) header(names []string) ([]column, error) {
	var faults Faults
	seen := map[string]bool{}
	var columns []column
	for i, name := range names {
		name = strings.TrimSpace(name)
		path := strings.Split(name, ".")
		leaf := s.root.find(path)
		switch {
		case name == "":
			faults = append(faults, Fault{What: fmt.Sprintf("column %d has no name", i+1)})
		case !utf8.ValidString(name):
			faults = append(faults, Fault{What: fmt.Sprintf("column %d: its name is not UTF-8", i+1)})
		case leaf == nil:
			faults = append(faults, Fault{printable(name), "is no field of an account"})
		case seen[name]:
			faults = append(faults, Fault{name, "is there twice"})
		default:
			columns = append(columns, column{name, path, leaf.truth})
		}
		seen[name] = true
	}
	if len(names) == 1 && strings.ContainsAny(names[0], ";\t") {
		return nil, HeaderError{Faults{{What: "columns must be separated by commas"}}}
	}
	for _, name := range append([]string{"id"}, s.root.must("")...) {
		if !seen[name] {
			faults = append(faults, Fault{name, "is missing: every account needs it"})
		}
	}
	if len(faults) > 0 {
		return nil, HeaderError{faults}
	}
	return columns, nil
}

// HeaderError is a first line that can't be used; nothing was written.
type HeaderError struct{ Faults }

func (e HeaderError) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = "line 1: " + f.String()
	}
	return strings.Join(lines, "\n")
}

// tree makes the JSON object of a row. An empty cell is a field that is not
// there. back leads from the positions in its lists to those of the columns, which may have gaps.
func tree(columns []column, cells []string) (t map[string]any, back map[string]string, faults Faults) {
	t, back = map[string]any{}, map[string]string{}
	b := builder{back: back, at: map[string]int{}}
	for i, c := range columns {
		cell := strings.TrimSpace(cells[i])
		if cell == "" {
			continue
		}
		var v any = cell
		if c.truth {
			truth, ok := truths[strings.ToLower(cell)]
			if !ok {
				faults = append(faults, Fault{c.name, "must be true or false"})
				continue
			}
			v = truth
		} else if !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) {
			faults = append(faults, Fault{c.name, "is not UTF-8 text"})
			continue
		}
		b.put(t, c.path, "", "", v)
	}
	return t, back, faults
}

var truths = map[string]bool{"true": true, "yes": true, "1": true, "false": false, "no": false, "0": false}

// builder fills an object from dotted names; lists are closed up.
type builder struct {
	back map[string]string // made name → column's name
	at   map[string]int    // column's name of an element → its position
}

func (b builder) put(into map[string]any, path []string, made, given string, v any) {
	made, given = join(made, path[0]), join(given, path[0])
	if len(path) == 1 {
		into[path[0]] = v
		return
	}
	if _, err := strconv.Atoi(path[1]); err != nil {
		child, ok := into[path[0]].(map[string]any)
		if !ok {
			child = map[string]any{}
			into[path[0]] = child
		}
		b.put(child, path[1:], made, given, v)
		return
	}
	list, _ := into[path[0]].([]any)
	given = join(given, path[1])
	i, ok := b.at[given]
	if !ok {
		i = len(list)
		b.at[given] = i
		list = append(list, map[string]any{})
		into[path[0]] = list
	}
	made = join(made, strconv.Itoa(i))
	b.back[made] = given
	if child, ok := list[i].(map[string]any); ok {
		b.put(child, path[2:], made, given, v)
	}
}

// asGiven puts the names of the file's columns in place of the row's own.
func asGiven(faults Faults, back map[string]string) Faults {
	made := sortedKeys(back)
	slices.SortFunc(made, func(a, b string) int { return len(b) - len(a) }) // the longest is the most exact
	for i, f := range faults {
		for _, m := range made {
			if f.Field == m || strings.HasPrefix(f.Field, m+".") {
				faults[i].Field = back[m] + strings.TrimPrefix(f.Field, m)
				break
			}
		}
	}
	return faults
}
