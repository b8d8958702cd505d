package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/gateway/cli"
)

const accountsHead = "id,portfolio,person.id,person.name,creditor.current,account_last4,balance.amount,balance.currency\n"

// importFile runs parley accounts import in a directory of its own.
func importFile(t *testing.T, dir, file string, flags ...string) (code int, out, errOut string) {
	t.Helper()
	environ := func(name string) (string, bool) {
		switch name {
		case "PARLEY_DATABASE_URL":
			return "sqlite:" + filepath.Join(dir, "parley.db"), true
		case "PARLEY_SECRET_KEY":
			return "0123456789abcdef", true
		}
		return "", false
	}
	var o, e bytes.Buffer
	args := append([]string{"accounts", "import", "-", "--demo"}, flags...)
	code = cli.Main(args, strings.NewReader(file), &o, &e, environ)
	return code, o.String(), e.String()
}

func TestAccountsImport(t *testing.T) {
	t.Parallel()
	good := "a,northwind-cards,p-a,Ann,Northwind Bank,4421,12.00,USD\n"
	t.Run("good rows go in, bad ones are listed, and the code says so", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		code, out, errOut := importFile(t, dir, accountsHead+good+"b,northwind-cards,p-b,Secret Name,Northwind Bank,44,12.00,USD\n")
		if want := "line 3: account_last4: expected string to be four digits\nimported 1, updated 0, refused 1\n"; code != 1 || out != want {
			t.Errorf("exit %d, %q, %q", code, out, errOut)
		}
		if strings.Contains(out+errOut, "Secret") {
			t.Error("a value shows")
		}
		if code, out, _ := importFile(t, dir, accountsHead+good); code != 0 || out != "imported 0, updated 1, refused 0\n" {
			t.Errorf("again: exit %d, %q", code, out)
		}
	})
	t.Run("an unknown column stops it before anything is written", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		code, out, errOut := importFile(t, dir, strings.TrimSpace(accountsHead)+",nickname\n"+good)
		if code != 2 || out != "" || !strings.Contains(errOut, "line 1: nickname: is no field of an account") {
			t.Errorf("exit %d, %q, %q", code, out, errOut)
		}
		if code, out, _ := importFile(t, dir, accountsHead+good); code != 0 || out != "imported 1, updated 0, refused 0\n" {
			t.Errorf("then: exit %d, %q", code, out)
		}
	})
	t.Run("a dry run makes no record", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		code, out, errOut := importFile(t, dir, accountsHead+good, "--dry-run")
		if code != 0 || out != "would import 1, update 0, refuse 0\n" {
			t.Errorf("exit %d, %q, %q", code, out, errOut)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	t.Run("a file that isn't there is named", func(t *testing.T) {
		t.Parallel()
		var o, e bytes.Buffer
		environ := func(name string) (string, bool) { return "0123456789abcdef", name == "PARLEY_SECRET_KEY" }
		if code := cli.Main([]string{"accounts", "import", "missing.csv", "--demo"}, nil, &o, &e, environ); code != 2 || !strings.Contains(e.String(), "missing.csv") {
			t.Errorf("exit %d, %q", code, e.String())
		}
	})
}
