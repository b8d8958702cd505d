package webchat

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strings"
)

// TokensCSS is the one file of design tokens (type, space, colours with their
// dark values) that the widget, the demo, the desk and the reports share. It
// sets custom properties on :root and on :host, so it works in a page and in a
// shadow root; data-theme="light" or "dark" on the element overrides the system.
//
//go:embed assets/tokens.css
var TokensCSS string

var (
	//go:embed assets/widget.js
	widgetJS string
	//go:embed assets/widget.css
	widgetCSS string
	//go:embed assets/chat.html
	chatHTML string
	//go:embed assets/chat.js
	chatJS string
	//go:embed assets/chat.css
	chatCSS string
	//go:embed assets/favicon.svg
	faviconSVG string
)

// pages are the files the channel serves, made once.
type pages struct {
	files map[string]*file
}

// file is a body in memory with its headers.
type file struct {
	body   []byte
	etag   string
	header http.Header
}

func newFile(contentType, cache, body string) *file {
	sum := sha256.Sum256([]byte(body))
	f := &file{body: []byte(body), etag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, header: http.Header{}}
	f.header.Set("Content-Type", contentType)
	f.header.Set("Cache-Control", cache)
	f.header.Set("X-Content-Type-Options", "nosniff")
	f.header.Set("Referrer-Policy", "no-referrer")
	return f
}

func (f *file) with(key, value string) *file {
	f.header.Set(key, value)
	return f
}

// ServeHTTP implements [http.Handler].
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for k, v := range f.header {
		h[k] = v
	}
	h.Set("ETag", f.etag)
	for _, tag := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == f.etag || tag == "*" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(f.body)))
	if r.Method != http.MethodHead {
		w.Write(f.body)
	}
}

// chatPolicy lets the page run its own script and open its own socket, nothing
// else. The widget needs no inline style: its style sheet is a constructed one.
const chatPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

func buildPages(cfg Config) (*pages, error) {
	script, err := widgetScript(cfg)
	if err != nil {
		return nil, err
	}
	page, err := template.New("chat").Parse(chatHTML)
	if err != nil {
		return nil, fmt.Errorf("webchat: chat page: %w", err)
	}
	var html bytes.Buffer
	if err := page.Execute(&html, cfg); err != nil {
		return nil, fmt.Errorf("webchat: chat page: %w", err)
	}
	const brief = "public, max-age=300, stale-while-revalidate=86400"
	return &pages{files: map[string]*file{
		"/widget.js": newFile("text/javascript; charset=utf-8", brief, script).
			with("Cross-Origin-Resource-Policy", "cross-origin").with("Access-Control-Allow-Origin", "*"),
		"/chat": newFile("text/html; charset=utf-8", "no-cache", html.String()).
			with("Content-Security-Policy", chatPolicy).
			with("Cross-Origin-Opener-Policy", "same-origin").
			with("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()").
			with("X-Frame-Options", "SAMEORIGIN"),
		"/channels/webchat/chat.js":     newFile("text/javascript; charset=utf-8", brief, chatJS),
		"/channels/webchat/chat.css":    newFile("text/css; charset=utf-8", brief, TokensCSS+chatCSS),
		"/channels/webchat/favicon.svg": newFile("image/svg+xml", brief, faviconSVG),
	}}, nil
}
