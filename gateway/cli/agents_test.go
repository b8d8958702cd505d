package cli_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"parley/gateway/cli"
	"parley/gateway/store/sqlite"
)

// agents runs parley agents in a directory of its own.
func agents(t *testing.T, dir, in string, args ...string) (code int, out, errOut string) {
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
	code = cli.Main(append(append([]string{"agents"}, args...), "--demo"), strings.NewReader(in), &o, &e, environ)
	return code, o.String(), e.String()
}

func TestAgents(t *testing.T) {
	t.Parallel()
	t.Run("somebody is added with a password that is shown once", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		code, out, errOut := agents(t, dir, "", "add", "Dana", "--role", "agent", "--display", "Dana W.", "--portfolio", "northwind-cards", "--language", "en", "--language", "es")
		made, ok := strings.CutPrefix(out, "dana is at the desk as agent.\nPassword, shown this once: ")
		if code != 0 || !ok || len(strings.TrimSpace(made)) != 19 {
			t.Fatalf("exit %d, %q, %q", code, out, errOut)
		}
		code, out, _ = agents(t, dir, "", "list")
		if code != 0 || !strings.Contains(out, "dana  agent  Dana W.  northwind-cards  en,es") || strings.Contains(out, strings.TrimSpace(made)) || strings.Contains(out, "argon2") {
			t.Errorf("exit %d, %s", code, out)
		}
		if code, out, errOut = agents(t, dir, "", "add", "dana", "--role", "auditor"); code != 2 || out != "" || !strings.Contains(errOut, "somebody named dana already") {
			t.Errorf("again: exit %d, %q, %q", code, out, errOut)
		}
	})
	t.Run("a role that isn't one is refused, and all of them are named", func(t *testing.T) {
		t.Parallel()
		code, out, errOut := agents(t, t.TempDir(), "", "add", "dana", "--role", "boss")
		if code != 2 || out != "" || !strings.Contains(errOut, "role must be one of agent, senior_agent, supervisor, compliance, admin, auditor") {
			t.Errorf("exit %d, %q, %q", code, out, errOut)
		}
	})
	t.Run("a portfolio that isn't one is refused", func(t *testing.T) {
		t.Parallel()
		if code, _, errOut := agents(t, t.TempDir(), "", "add", "dana", "--role", "agent", "--portfolio", "autos"); code != 2 || !strings.Contains(errOut, `"autos"`) {
			t.Errorf("exit %d, %q", code, errOut)
		}
	})
	t.Run("a password may be given, and a weak one is refused unquoted", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		code, out, errOut := agents(t, dir, "hunter2\n", "add", "dana", "--role", "agent", "--password-stdin")
		if code != 2 || !strings.Contains(errOut, "password must have at least 12 characters") || strings.Contains(out+errOut, "hunter2") {
			t.Errorf("exit %d, %q, %q", code, out, errOut)
		}
		if code, _, errOut = agents(t, dir, "", "add", "dana", "--role", "agent", "--password-stdin"); code != 2 {
			t.Errorf("none: exit %d, %q", code, errOut)
		}
		if code, out, errOut = agents(t, dir, "four unrelated words\n", "add", "dana", "--role", "agent", "--password-stdin"); code != 0 || out != "dana is at the desk as agent.\n" {
			t.Errorf("exit %d, %q, %q", code, out, errOut)
		}
	})
	t.Run("changes are made, and recorded under who made them", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		agents(t, dir, "", "add", "dana", "--role", "agent", "--portfolio", "northwind-cards")
		for _, c := range []struct{ want, args string }{
			{"dana is disabled.\n", "disable dana --by root"},
			{"dana is enabled.\n", "enable DANA"},
			{"dana has a new password.\nPassword, shown this once: ", "password dana"},
			{"dana sets up a second factor when they next sign in.\n", "totp-reset dana"},
			{"dana was changed.\n", "change dana --role supervisor --portfolio all --capacity 4"},
		} {
			if code, out, errOut := agents(t, dir, "", strings.Fields(c.args)...); code != 0 || !strings.HasPrefix(out, c.want) {
				t.Errorf("%s: exit %d, %q, %q", c.args, code, out, errOut)
			}
		}
		if _, out, _ := agents(t, dir, "", "list"); !strings.Contains(out, "dana  supervisor  -        all         -          -       password, code not set up yet  0         active") {
			t.Errorf("%s", out)
		}
		record, err := sqlite.Open(t.Context(), filepath.Join(dir, "parley.db"), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer record.Close()
		all, err := record.Ledger(t.Context(), "", 0, 100)
		if err != nil || len(all) < 5 || all[1].Who != "human:root" || all[0].Who != "human:operator" {
			t.Errorf("%v %+v", err, all)
		}
	})
	t.Run("somebody who isn't there is named", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		if code, _, errOut := agents(t, dir, "", "disable", "eve"); code != 2 || !strings.Contains(errOut, "no record") {
			t.Errorf("without a record: exit %d, %q", code, errOut)
		}
		agents(t, dir, "", "add", "dana", "--role", "agent")
		if code, _, errOut := agents(t, dir, "", "disable", "eve"); code != 2 || !strings.Contains(errOut, "nobody named eve") {
			t.Errorf("exit %d, %q", code, errOut)
		}
	})
}
