package asterisk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/channels/voice/speech"
)

// grammar is all that is understood in these tests. Grammar mode proves that audio
// arrives whole; it says nothing of how well free speech is understood.
const grammar = `#JSGF V1.0;
grammar call;
public <said> = i can pay ( five | fifteen | fifty | sixty ) dollars a ( week | month )
  | stop calling me please | wait a moment please | yes | no
  | this call is about your account | you may pay in three parts ;
`

// localSpeech is OpenAI's audio, served here by flite and PocketSphinx.
func localSpeech(t *testing.T) *speech.Client {
	t.Helper()
	for _, tool := range []string{"flite", "pocketsphinx_continuous", "sox"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing: tools/setup.sh installs it", tool)
			}
			t.Skipf("%s is missing: tools/setup.sh installs it on Debian", tool)
		}
	}
	dir := t.TempDir()
	rules := filepath.Join(dir, "call.gram")
	if err := os.WriteFile(rules, []byte(grammar), 0o600); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/audio/transcriptions", func(w http.ResponseWriter, r *http.Request) {
		file, _, err := r.FormFile("file")
		if err != nil {
			http.Error(w, "no file", http.StatusBadRequest)
			return
		}
		b, err := io.ReadAll(file)
		if err != nil {
			return
		}
		text, err := understandWAV(r.Context(), dir, rules, b)
		if err != nil {
			t.Error(err)
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"text": text})
	})
	mux.HandleFunc("POST /v1/audio/speech", func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Input string }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			http.Error(w, "no JSON", http.StatusBadRequest)
			return
		}
		wav, err := spokenWAV(r.Context(), dir, in.Input)
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(wav)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	at := speech.Endpoint{BaseURL: server.URL + "/v1", Model: "local"}
	c, err := speech.New(speech.Config{Hear: at, Speak: at, Voice: "slt", Timeout: 20 * time.Second, HTTPClient: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// understandWAV is PocketSphinx, held to the grammar.
func understandWAV(ctx context.Context, dir, rules string, wav []byte) (string, error) {
	f, err := os.CreateTemp(dir, "*.wav")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(wav); err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	out, err := exec.CommandContext(ctx, "pocketsphinx_continuous", "-infile", f.Name(), "-jsgf", rules, "-logfn", os.DevNull).Output()
	if err != nil && ctx.Err() == nil {
		return "", fmt.Errorf("pocketsphinx: %w", err)
	}
	return strings.Join(strings.Fields(string(out)), " "), nil
}

// spokenWAV is flite, brought to 24 kHz as OpenAI's voices are.
func spokenWAV(ctx context.Context, dir, text string) ([]byte, error) {
	f, err := os.CreateTemp(dir, "*.wav")
	if err != nil {
		return nil, err
	}
	_ = f.Close()
	defer os.Remove(f.Name())
	if err := exec.CommandContext(ctx, "flite", "-voice", "slt", "-t", text, "-o", f.Name()).Run(); err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("flite: %w", err)
	}
	wav, err := exec.CommandContext(ctx, "sox", f.Name(), "-r", "24000", "-t", "wav", "-").Output()
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("sox: %w", err)
	}
	return wav, nil
}
