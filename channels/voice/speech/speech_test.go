package speech

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func tone(hz float64, rate, n int) []int16 {
	pcm := make([]int16, n)
	for i := range pcm {
		pcm[i] = int16(10000 * math.Sin(2*math.Pi*hz*float64(i)/float64(rate)))
	}
	return pcm
}

// level is the root mean square, without the ends, where the filter begins and ends.
func level(pcm []int16) float64 {
	pcm = pcm[len(pcm)/4 : 3*len(pcm)/4]
	sum := 0.0
	for _, s := range pcm {
		sum += float64(s) * float64(s)
	}
	return math.Sqrt(sum / float64(len(pcm)))
}

func TestResampling(t *testing.T) {
	t.Parallel()
	for _, from := range []int{8000, 22050, 24000, 44100, 48000} {
		got := Resample(tone(1000, from, from), from, Rate)
		want := tone(1000, Rate, Rate)
		worst := 0.0
		for i := Rate / 4; i < Rate/2; i++ {
			worst = max(worst, math.Abs(float64(got[i])-float64(want[i])))
		}
		if len(got) != Rate || worst > 60 {
			t.Errorf("from %d Hz: %d samples, a tone is off by up to %.0f of 10000", from, len(got), worst)
		}
	}
	t.Run("what the narrower band can't hold is taken out, not folded back", func(t *testing.T) {
		t.Parallel()
		if got := level(Resample(tone(11000, 24000, 24000), 24000, Rate)); got > 20 {
			t.Errorf("a tone of 11 kHz is still there at level %.0f of 7071", got)
		}
	})
}

func TestWAV(t *testing.T) {
	t.Parallel()
	t.Run("what is written is read back", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			pcm := rapid.SliceOf(rapid.Int16()).Draw(t, "pcm")
			got, rate, err := ParseWAV(WAV(pcm, 24000))
			if err != nil || rate != 24000 || len(got) != len(pcm) || len(pcm) > 0 && cmp.Diff(pcm, got) != "" {
				t.Fatalf("read %d of %d samples at %d Hz, %v", len(got), len(pcm), rate, err)
			}
		})
	})
	t.Run("a stream's length is taken to reach to the end", func(t *testing.T) {
		t.Parallel()
		b := WAV([]int16{1, 2, 3}, 24000)
		copy(b[40:], "\xff\xff\xff\xff")
		if got, _, err := ParseWAV(b); err != nil || len(got) != 3 {
			t.Errorf("read %v, %v", got, err)
		}
	})
	t.Run("nothing makes it panic", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			b := WAV([]int16{1, 2}, 16000)
			for range rapid.IntRange(0, 5).Draw(t, "changes") {
				b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			}
			_, _, _ = ParseWAV(b[:rapid.IntRange(0, len(b)).Draw(t, "length")])
		})
	})
}

// endpoint answers as told; calls counts.
func endpoint(t *testing.T, answers ...http.HandlerFunc) (c *Client, calls *int) {
	t.Helper()
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := answers[min(n, len(answers)-1)]
		n++
		h(w, r)
	}))
	t.Cleanup(server.Close)
	at := Endpoint{BaseURL: server.URL + "/v1", APIKey: "k", Model: "m"}
	c, err := New(Config{Hear: at, Speak: at, Voice: "anna", Voices: map[string]string{"es": "berta"}, Language: "en", Hints: []string{"Acme"}, Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c, &n
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, `{"error":{"message":"you said: i owe money"}}`)
	}
}

func TestHear(t *testing.T) {
	t.Parallel()
	heard := func(w http.ResponseWriter, r *http.Request) {
		file, _, err := r.FormFile("file")
		if err != nil {
			t.Error(err)
			return
		}
		b, _ := io.ReadAll(file)
		pcm, rate, err := ParseWAV(b)
		if err != nil || rate != Rate || len(pcm) != 320 || r.URL.Path != "/v1/audio/transcriptions" ||
			r.FormValue("model") != "m" || r.FormValue("language") != "en" || r.FormValue("prompt") != "Acme" {
			t.Errorf("it was sent %d samples at %d Hz to %s, %v", len(pcm), rate, r.URL.Path, err)
		}
		_, _ = io.WriteString(w, `{"text":" i can pay "}`)
	}
	t.Run("words come back", func(t *testing.T) {
		t.Parallel()
		c, _ := endpoint(t, heard)
		if text, language, err := c.Hear(t.Context(), make([]int16, 320)); text != "i can pay" || language != "en" || err != nil {
			t.Errorf("heard %q in %q, %v", text, language, err)
		}
	})
	t.Run("a failure is tried once more", func(t *testing.T) {
		t.Parallel()
		c, calls := endpoint(t, status(503), heard)
		if text, _, err := c.Hear(t.Context(), make([]int16, 320)); text != "i can pay" || err != nil || *calls != 2 {
			t.Errorf("heard %q, %v, after %d calls", text, err, *calls)
		}
	})
	for code, want := range map[int]int{503: 2, 429: 2, 401: 1, 400: 1, 302: 1} {
		c, calls := endpoint(t, status(code))
		_, _, err := c.Hear(t.Context(), make([]int16, 320))
		var fail *Error
		if !errors.As(err, &fail) || *calls != want || strings.Contains(err.Error(), "owe") {
			t.Errorf("status %d: %v after %d calls, want %d, and nobody's words", code, err, *calls, want)
		}
	}
}

func TestSpeak(t *testing.T) {
	t.Parallel()
	spoken := func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(b), `"voice":"berta"`) || !strings.Contains(string(b), `"response_format":"wav"`) {
			t.Errorf("it was sent %s", b)
		}
		_, _ = w.Write(WAV(tone(500, 24000, 24000), 24000))
	}
	t.Run("audio comes back at our rate, in the language's voice", func(t *testing.T) {
		t.Parallel()
		c, _ := endpoint(t, spoken)
		if pcm, err := c.Speak(t.Context(), "Hola.", "es-US"); err != nil || len(pcm) != Rate {
			t.Errorf("%d samples, %v", len(pcm), err)
		}
	})
	t.Run("what is no audio is refused, and not asked for again", func(t *testing.T) {
		t.Parallel()
		c, calls := endpoint(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ID3 an mp3") })
		if _, err := c.Speak(t.Context(), "Hello.", ""); err == nil || *calls != 1 {
			t.Errorf("%v after %d calls", err, *calls)
		}
	})
	t.Run("a caller that has gone ends it", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		c, calls := endpoint(t, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // or the server does not see that the caller has gone
			cancel()
			<-r.Context().Done()
		})
		if _, err := c.Speak(ctx, "Hello.", ""); err == nil || *calls != 1 {
			t.Errorf("%v after %d calls", err, *calls)
		}
	})
}

func TestNewNamesEveryMistake(t *testing.T) {
	t.Parallel()
	_, err := New(Config{Hear: Endpoint{BaseURL: "nowhere"}, Timeout: -1})
	for _, want := range []string{"Hear.Model", "Hear.BaseURL", "Speak.Model", "Speak.APIKey", "Timeout"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}
