package staff_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"parley/gateway/desk/staff"
)

var update = flag.Bool("update", false, "write the table in docs/sign-in.md")

const (
	page  = "../../../docs/sign-in.md"
	begin = "<!-- roles: written by go test ./gateway/desk/staff -run Page -update -->\n"
	end   = "<!-- /roles -->\n"
)

// TestThePageSaysWhatTheCodeHas keeps the table of docs/sign-in.md equal to the code's.
func TestThePageSaysWhatTheCodeHas(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("the page has no place for the table")
	}
	want := before + begin + table() + end + after
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(text) != want {
		t.Error("docs/sign-in.md is not what the code has: go test ./gateway/desk/staff -run Page -update")
	}
}

// table has a row a permission and a column a role.
func table() string {
	roles := append(append([]staff.Role{}, staff.PeopleRoles...), staff.Viewer, staff.Integrator)
	var b strings.Builder
	b.WriteString("| |")
	for _, r := range roles {
		fmt.Fprintf(&b, " %s |", r)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(roles)) + "\n")
	for _, p := range staff.Unlimited.Permissions() {
		fmt.Fprintf(&b, "| `%s` |", p)
		for _, r := range roles {
			if r.May(p) {
				b.WriteString(" yes |")
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
