package page_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"parley/channels/webchat"
	"parley/gateway/desk/page"
)

func get(t *testing.T, path string, header ...string) (*http.Response, string) {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	page.Handler().ServeHTTP(rec, req)
	res := rec.Result()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

var asset = regexp.MustCompile(`(?:src|href)="(/desk/[^"]+)"`)

func TestThePage(t *testing.T) {
	t.Parallel()
	res, html := get(t, "/desk")

	t.Run("the page is always asked for, the files it names never again", func(t *testing.T) {
		t.Parallel()
		if got := res.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("the page: Cache-Control %q", got)
		}
		names := asset.FindAllStringSubmatch(html, -1)
		if len(names) < 3 {
			t.Fatalf("the page names %d files, want a script, a style sheet and an icon:\n%s", len(names), html)
		}
		for _, n := range names {
			f, body := get(t, n[1])
			if f.StatusCode != http.StatusOK || body == "" {
				t.Errorf("%s: %d, %d bytes", n[1], f.StatusCode, len(body))
			}
			if hashed := strings.HasPrefix(n[1], "/desk/assets/"); hashed != strings.Contains(f.Header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: Cache-Control %q", n[1], f.Header.Get("Cache-Control"))
			}
			if again, _ := get(t, n[1], "If-None-Match", f.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
				t.Errorf("%s asked for again with its tag: %d, want 304", n[1], again.StatusCode)
			}
		}
	})
	t.Run("nothing inline is in it, so the policy can forbid it", func(t *testing.T) {
		t.Parallel()
		policy := res.Header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("policy: %s", policy)
		}
		for _, bad := range []*regexp.Regexp{regexp.MustCompile(`(?i)<style`), regexp.MustCompile(`(?i)<script[^>]*>\s*[^<\s]`), regexp.MustCompile(`(?i)\s(style|on[a-z]+)=`)} {
			if m := bad.FindString(html); m != "" {
				t.Errorf("the page holds %q", m)
			}
		}
	})
	t.Run("the tokens are those of every other page", func(t *testing.T) {
		t.Parallel()
		var sheet string
		for _, n := range asset.FindAllStringSubmatch(html, -1) {
			if strings.HasSuffix(n[1], ".css") {
				_, sheet = get(t, n[1])
			}
		}
		// A minifier writes values its own way, so names are compared, and there are many.
		names := regexp.MustCompile(`--[a-z0-9-]+:`).FindAllString(webchat.TokensCSS, -1)
		if len(names) < 30 {
			t.Fatalf("only %d tokens were found", len(names))
		}
		for _, name := range names {
			if !strings.Contains(sheet, name) {
				t.Errorf("the style sheet lacks %s: run make desk", name)
			}
		}
	})
	t.Run("other paths below it are left to others", func(t *testing.T) {
		t.Parallel()
		for _, p := range []string{"/desk/session", "/desk/nothing.js", "/desk/assets/", "/desk/../page.go"} {
			if res, _ := get(t, p); res.StatusCode == http.StatusOK {
				t.Errorf("%s: %d", p, res.StatusCode)
			}
		}
	})
}
