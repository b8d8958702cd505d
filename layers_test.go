package parley_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says which of Parley's own packages each folder may import. Imports go
// down only. The longest matching folder counts; a folder may always import what is below itself.
var layers = map[string][]string{
	"channels":             {},
	"channels/channeltest": {"channels"},
	"channels/sms":         {"channels", "channels/twilioapi"},
	"channels/twilioapi":   {"channels"},
	"channels/webchat":     {"channels"},
	"channels/voice":       {"channels", "channels/twilioapi"},
	"channels/webhook":     {"channels"},
	"prompts":              {},
	"negotiation":          {},
	"compliance":           {"channels"},
	"dialog":               {"channels", "prompts", "negotiation", "compliance"},
	"gateway":              {"channels", "prompts", "negotiation", "compliance", "dialog"},
	"cmd":                  {"gateway"},
}

// sdks are providers' libraries, each with the folders that may import it, divided by commas.
var sdks = map[string]string{
	"github.com/twilio/twilio-go":       "channels",
	"github.com/sashabaranov/go-openai": "dialog/llm/openai,channels/voice/speech",
	"github.com/gorilla/websocket":      "channels,gateway/api,gateway/demo",
	"modernc.org/sqlite":                "gateway/store/sqlite",
	"github.com/jackc/pgx":              "gateway/store/postgres",
	"github.com/redis/go-redis":         "gateway/live",
	"github.com/coreos/go-oidc":         "gateway/desk/staff",
	"github.com/alexedwards/scs":        "gateway/desk/staff",
	"github.com/pquerna/otp":            "gateway/desk/staff",
}

// The sources are parsed here, in the test's own process: what a child process
// reads is invisible to the test cache, and a violation would stay green.
func TestImportsGoDownOnly(t *testing.T) {
	t.Parallel()
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || skip(path, d) {
			return skipDir(d, err)
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		files++
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := forbidden(filepath.ToSlash(filepath.Dir(path)), imported, strings.HasSuffix(path, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", path, imported, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("only %d files were read: the test looks in the wrong place", files)
	}
}

func TestTheLayeringTestCanFail(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ dir, imported string }{
		{"negotiation", "parley/compliance"}, {"channels/sms", "parley/channels/webchat"}, {"channels/webchat", "parley/channels/twilioapi"}, {"compliance/guard", "parley/dialog"},
		{"dialog", "parley/gateway/store"}, {"dialog", "github.com/twilio/twilio-go/client"}, {"cmd/parley", "parley/dialog"},
		{"gateway", "github.com/sashabaranov/go-openai"},
	} {
		if forbidden(c.dir, c.imported, false) == "" {
			t.Errorf("%s may import %s", c.dir, c.imported)
		}
	}
}

func skip(path string, d fs.DirEntry) bool {
	name := d.Name()
	return d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "tools" || name == "testdata")
}

func skipDir(d fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	if d.IsDir() {
		return filepath.SkipDir
	}
	return nil
}

// forbidden says why dir may not import a path, "" if it may.
func forbidden(dir, imported string, test bool) string {
	for sdk, homes := range sdks {
		at := slices.ContainsFunc(strings.Split(homes, ","), func(home string) bool { return within(dir, home) })
		if (imported == sdk || strings.HasPrefix(imported, sdk+"/")) && !at && !test {
			return "only " + homes + " may import it"
		}
	}
	own, ok := strings.CutPrefix(imported, "parley/")
	if !ok || dir == "." {
		return ""
	}
	layer := layerOf(dir)
	if layer == "" {
		return "the folder has no layer: add it to the list"
	}
	if within(own, layer) || (test && within(own, "channels/channeltest")) {
		return ""
	}
	if strings.HasPrefix(layer, "channels/") && within(own, "channels/") {
		if slices.Contains(layers[layer], own) { // the contract, and what adapters of one provider share
			return ""
		}
		return "adapters never import each other"
	}
	if slices.ContainsFunc(layers[layer], func(allowed string) bool {
		return within(own, allowed) && (allowed != "channels" || layer == "gateway" || own == "channels")
	}) {
		return ""
	}
	return layer + " may import only " + strings.Join(layers[layer], ", ")
}

func layerOf(dir string) string {
	best := ""
	for layer := range layers {
		if within(dir, layer) && len(layer) > len(best) {
			best = layer
		}
	}
	return best
}

func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, "/")+"/")
}
