package webchat

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// widgetScript is /widget.js: the source with the brand, its words and the style
// sheet in it, made small. An embedding site needs this one file, and can't
// forget the disclosure.
func widgetScript(cfg Config) (string, error) {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	sheet, err := m.String("text/css", widgetSheet(TokensCSS, widgetCSS))
	if err != nil {
		return "", fmt.Errorf("webchat: widget style: %w", err)
	}
	words := map[string]map[string]string{}
	for lang, w := range cfg.Words {
		words[lang] = map[string]string{"greeting": w.Greeting, "banner": w.Banner}
	}
	settings, err := json.Marshal(map[string]any{
		"brand": cfg.Brand, "assistant": cfg.Assistant, "phone": cfg.Phone,
		"words": words, "max": cfg.Limits.MaxText, "css": sheet,
	})
	if err != nil {
		return "", fmt.Errorf("webchat: widget settings: %w", err)
	}
	const slot = "/*settings*/ {}"
	if strings.Count(widgetJS, slot) != 1 {
		return "", fmt.Errorf("webchat: the widget has no place for its settings")
	}
	script, err := m.String("text/javascript", strings.Replace(widgetJS, slot, string(settings), 1))
	if err != nil {
		return "", fmt.Errorf("webchat: widget: %w", err)
	}
	return script, nil
}

var (
	tokenPattern = regexp.MustCompile(`(--[a-z0-9-]+):\s*([^;]+);`)
)

// widgetSheet is the style sheet with the tokens it uses. Tokens that are the
// same in both themes become plain values, colours get short names; those of the
// accent keep theirs, so that an embedding page may set its own on the element.
// The widget asks the browser for the theme itself, hence two blocks and not the
// three of the shared file.
func widgetSheet(tokens, sheet string) string {
	light := tokenPattern.FindAllStringSubmatch(between(tokens, ":root, :host {"), -1)
	darkText := between(tokens, `:root[data-theme="dark"], :host([data-theme="dark"]) {`)
	dark := map[string]string{}
	for _, t := range tokenPattern.FindAllStringSubmatch(darkText, -1) {
		dark[t[1]] = t[2]
	}
	var day, night strings.Builder
	letter := 0
	for _, t := range light {
		name, value := t[1], t[2]
		use := "var(" + name + ")"
		switch {
		case !strings.Contains(sheet, use):
		case dark[name] == "":
			sheet = strings.ReplaceAll(sheet, use, value)
		default:
			short := name
			if !strings.Contains(name, "accent") {
				short = fmt.Sprintf("--%x", 10+letter)
				letter++
			}
			sheet = strings.ReplaceAll(sheet, use, "var("+short+")")
			fmt.Fprintf(&day, "%s:%s;", short, value)
			fmt.Fprintf(&night, "%s:%s;", short, dark[name])
		}
	}
	return sheet + ":host{color-scheme:light;" + day.String() + "}" +
		":host([data-theme=dark]){color-scheme:dark;" + night.String() + "}"
}

// between is the text of the block that opens with head.
func between(text, head string) string {
	_, rest, _ := strings.Cut(text, head)
	block, _, _ := strings.Cut(rest, "}")
	return block
}
