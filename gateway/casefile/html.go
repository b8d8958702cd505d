package casefile

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"time"

	"parley/channels/webchat"
)

//go:embed page.html.tmpl
var pageSource string

//go:embed page.css
var pageCSS string

var style = webchat.TokensCSS + pageCSS

// styleHash lets the page's policy admit its one style sheet and nothing else.
var styleHash = func() string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}()

// HTML writes the file as one page to read and print: no scripts, nothing loaded from elsewhere.
func (f File) HTML(w io.Writer) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"utc":   func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") },
		"local": func(v any) string { return f.localOf(v) },
		"join":  func(all []string) string { return strings.Join(all, ", ") },
		"disclosure": func(kind string) string {
			if name := disclosureNames[kind]; name != "" {
				return name
			}
			return kind
		},
	}).Parse(pageSource)
	if err != nil {
		return err
	}
	return page.Execute(w, map[string]any{
		"File": f, "Timeline": f.timeline(), "Style": template.CSS(style), "StyleHash": styleHash,
	})
}

// localOf is a time, or a pointer to one, on the consumer's clock.
func (f File) localOf(v any) string {
	switch t := v.(type) {
	case time.Time:
		return f.local(t)
	case *time.Time:
		if t != nil {
			return f.local(*t)
		}
	}
	return ""
}
