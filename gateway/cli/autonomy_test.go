package cli_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"parley/gateway/cli"
	"parley/gateway/store/sqlite"
)

func TestAutonomy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "parley.db")
	run := func(args ...string) (int, string, string) {
		var o, e bytes.Buffer
		code := cli.Main(append([]string{"autonomy"}, args...), strings.NewReader(""), &o, &e, func(name string) (string, bool) {
			v, ok := map[string]string{"PARLEY_DATABASE_URL": "sqlite:" + path, "PARLEY_SECRET_KEY": "0123456789abcdef"}[name]
			return v, ok
		})
		return code, o.String(), e.String()
	}
	if code, _, errOut := run("--demo"); code != 2 || !strings.Contains(errOut, "there is no record at") {
		t.Fatalf("without a record: exit %d, %q", code, errOut)
	}
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	row := func(capability string) string {
		t.Helper()
		code, out, errOut := run("--demo")
		if code != 0 {
			t.Fatalf("exit %d, %q", code, errOut)
		}
		for _, line := range strings.Split(out, "\n") {
			if f := strings.Fields(line); len(f) > 2 && f[0] == "northwind-cards" && f[1] == capability {
				return strings.Join(f, " ")
			}
		}
		t.Fatalf("no %s in %s", capability, out)
		return ""
	}
	if got := row("settlement"); got != "northwind-cards settlement approve approve 0/0 0.0000 0/0 0.0000 0 400 more needed" {
		t.Errorf("at first: %q", got)
	}
	decided := []string{"--by", "ada", "--reason", "it looks good", "--demo"}
	change := func(args ...string) (int, string, string) { return run(append(args, decided...)...) }
	if code, out, errOut := change("promote", "northwind-cards", "settlement", "--to", "auto"); code != 1 || out != "" ||
		!strings.Contains(errOut, "settlement of northwind-cards stays approve: only 0 conversations are measured, 400 are needed") {
		t.Errorf("promoted without evidence: exit %d, %q, %q", code, out, errOut)
	}
	if code, out, _ := change("demote", "northwind-cards", "promise", "--to", "draft"); code != 0 || out != "promise of northwind-cards: auto → draft. Running gateways follow within 30 seconds.\n" {
		t.Errorf("demote: exit %d, %q", code, out)
	}
	if got := row("promise"); !strings.HasPrefix(got, "northwind-cards promise draft auto ") {
		t.Errorf("then: %q", got)
	}
	if _, out, _ := run("--demo"); !strings.Contains(out, "northwind-cards promise: draft in place of auto, by human:ada at ") || !strings.Contains(out, ": it looks good\n") {
		t.Errorf("who and why are not told:\n%s", out)
	}
	for name, args := range map[string][]string{
		"an unknown portfolio":  {"demote", "southwind", "promise", "--to", "off"},
		"an unknown capability": {"demote", "northwind-cards", "fly", "--to", "off"},
		"an unknown level":      {"demote", "northwind-cards", "promise", "--to", "sometimes"},
	} {
		if code, out, errOut := change(args...); code != 2 || strings.Contains(out, "→") || errOut == "" {
			t.Errorf("%s: exit %d, %q, %q", name, code, out, errOut)
		}
	}
}
