// Package page serves the desk's page: one HTML file, one script, one style sheet and
// two icons, built from gateway/desk/web and embedded. Running Parley needs Go alone;
// "make desk" builds dist anew, "make desk-check" proves that it is what the sources give.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed all:dist
var dist embed.FS

// Policy is the page's Content-Security-Policy: its own script, style sheet and pictures,
// its own server and socket, nothing else and nothing inline. The picture of a second
// factor comes as a data: URL.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// types are the content types of what a build may hold. They are not taken from the
// machine: its table may say that a script is text.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".svg":  "image/svg+xml",
	".md":   "text/markdown; charset=utf-8",
}

// Register puts the page on the paths it has: /desk and /desk/, the files of the build
// below /desk/. Other paths below /desk/ are left to whoever registers them.
func Register(mux *http.ServeMux) {
	for name, f := range files() {
		if name == "index.html" {
			mux.Handle("GET /desk", f)
			mux.Handle("GET /desk/{$}", f)
			continue
		}
		mux.Handle("GET /desk/"+name, f)
	}
}

// Handler is [Register] on a mux of its own.
func Handler() http.Handler {
	mux := http.NewServeMux()
	Register(mux)
	return mux
}

// file is one file of the build with its headers.
type file struct {
	name, kind, cache, etag string
	body                    []byte
}

// files reads the build once. A file whose name carries its hash never changes; the page
// that names them is always asked for.
func files() map[string]*file {
	out := map[string]*file{}
	err := fs.WalkDir(dist, "dist", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := dist.ReadFile(p)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(p, "dist/")
		kind, known := types[path.Ext(name)]
		if !known {
			panic("desk page: the build holds a file of an unknown type: " + name) // embedded: found by the first test
		}
		sum := sha256.Sum256(body)
		f := &file{name: name, kind: kind, cache: "no-cache", etag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, body: body}
		switch {
		case strings.HasPrefix(name, "assets/"):
			f.cache = "public, max-age=31536000, immutable"
		case name == "index.html":
			f.cache = "no-store"
		}
		out[name] = f
		return nil
	})
	if err != nil {
		panic("desk page: the build can't be read: " + err.Error()) // embedded: it can't happen in a built program
	}
	return out
}

// ServeHTTP implements [http.Handler].
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", f.cache)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if f.name == "index.html" {
		h.Set("Content-Security-Policy", Policy)
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		h.Set("X-Frame-Options", "DENY")
	} else {
		h.Set("ETag", f.etag)
	}
	http.ServeContent(w, r, f.name, time.Time{}, bytes.NewReader(f.body))
}
