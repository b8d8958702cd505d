package webchat

import (
	"io"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func (r *rig) get(path string, header http.Header) (*http.Response, string) {
	r.t.Helper()
	req, _ := http.NewRequest(http.MethodGet, r.srv.URL+path, nil)
	req.Header = header
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp, string(body)
}

func TestPages(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *Config) { c.Brand = `O'Brien & <Sons>` })

	t.Run("widget.js is under 20 kB as it is served, words and style included", func(t *testing.T) {
		resp, body := r.get("/widget.js", nil)
		if len(body) >= 20_000 {
			t.Errorf("it has %d bytes", len(body))
		}
		t.Logf("widget.js has %d bytes", len(body))
		if ct := resp.Header.Get("Content-Type"); !strings.HasPrefix(ct, "text/javascript") {
			t.Errorf("content type %q", ct)
		}
		for _, bad := range []string{"innerHTML", "eval(", "Function("} {
			if strings.Contains(body, bad) {
				t.Errorf("it uses %s", bad)
			}
		}
	})

	t.Run("it is answered by 304 while it is the same", func(t *testing.T) {
		resp, _ := r.get("/widget.js", nil)
		tag := resp.Header.Get("ETag")
		if tag == "" || !strings.Contains(resp.Header.Get("Cache-Control"), "max-age") {
			t.Fatalf("headers %v", resp.Header)
		}
		for _, match := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			if resp, body := r.get("/widget.js", http.Header{"If-None-Match": {match}}); resp.StatusCode != 304 || body != "" {
				t.Errorf("If-None-Match %s: %d", match, resp.StatusCode)
			}
		}
		if resp, _ := r.get("/widget.js", http.Header{"If-None-Match": {`"other"`}}); resp.StatusCode != 200 {
			t.Errorf("another tag: %d", resp.StatusCode)
		}
	})

	t.Run("the chat page has a strict policy, nothing inline, and its texts are escaped", func(t *testing.T) {
		resp, body := r.get("/chat", nil)
		policy := resp.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'self'", "base-uri 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy lacks %s", want)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Error("the policy allows something unsafe")
		}
		for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-cache"} {
			if got := resp.Header.Get(header); got != want {
				t.Errorf("%s is %q", header, got)
			}
		}
		if strings.Contains(body, "<Sons>") || !strings.Contains(body, "&lt;Sons&gt;") {
			t.Error("the brand is not escaped")
		}
		if regexp.MustCompile(`<script>|<style|style=|\son[a-z]+=`).MatchString(body) {
			t.Error("something is inline")
		}
		for _, path := range regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(body, -1) {
			if resp, _ := r.get(path[1], nil); resp.StatusCode != 200 {
				t.Errorf("%s: %d", path[1], resp.StatusCode)
			}
		}
	})
}

// Text and its ground, as the pages use them: a contrast of at least 4.5 in both
// themes (WCAG 2.2, 1.4.3); what draws a control's edge or state at least 3 (1.4.11).
func TestTokenContrast(t *testing.T) {
	t.Parallel()
	pairs := []struct {
		ground string
		inks   []string
		least  float64
	}{
		{"--page", []string{"--ink", "--ink-2", "--ink-3", "--accent-ink", "--ok", "--waiting", "--warning", "--stop"}, 4.5},
		{"--surface", []string{"--ink", "--ink-2", "--ink-3", "--accent", "--accent-ink", "--ok", "--waiting", "--warning", "--stop"}, 4.5},
		{"--sunken", []string{"--ink", "--ink-2", "--ink-3", "--accent-ink"}, 4.5},
		{"--accent", []string{"--on-accent"}, 4.5}, {"--accent-hover", []string{"--on-accent"}, 4.5},
		{"--accent-tint", []string{"--accent-ink", "--ink"}, 4.5},
		{"--ok-tint", []string{"--ok", "--ink"}, 4.5}, {"--waiting-tint", []string{"--waiting", "--ink"}, 4.5},
		{"--warning-tint", []string{"--warning", "--ink"}, 4.5}, {"--stop-tint", []string{"--stop", "--ink"}, 4.5},
		{"--stop", []string{"--surface"}, 4.5},
		{"--surface", []string{"--line-strong"}, 3}, {"--page", []string{"--line-strong", "--accent"}, 3},
	}
	themes := map[string]string{
		"light": between(TokensCSS, ":root, :host {"),
		"dark":  between(TokensCSS, `:root[data-theme="dark"], :host([data-theme="dark"]) {`),
	}
	system := between(TokensCSS, `:root:not([data-theme="light"]), :host(:not([data-theme="light"])) {`)
	if strings.Join(strings.Fields(system), " ") != strings.Join(strings.Fields(themes["dark"]), " ") {
		t.Error("the dark theme of the system and that of data-theme differ")
	}
	for theme, block := range themes {
		colour := map[string]string{}
		for _, m := range tokenPattern.FindAllStringSubmatch(block, -1) {
			colour[m[1]] = m[2]
		}
		for _, p := range pairs {
			for _, ink := range p.inks {
				if got := contrast(t, colour[p.ground], colour[ink]); got < p.least {
					t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", theme, ink, p.ground, got, p.least)
				}
			}
		}
	}
}

// contrast is the ratio of WCAG 2.2 of two colours written as #rrggbb.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(hex string) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			if len(hex) != 7 {
				t.Fatalf("%q is not a colour", hex)
			}
			n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}
