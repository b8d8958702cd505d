package asterisk

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// sound is that many frames at a level.
func sound(r *rand.Rand, frames int, level float64) []int16 {
	pcm := make([]int16, frames*frameSamples)
	for i := range pcm {
		pcm[i] = int16(max(math.MinInt16, min(math.MaxInt16, r.NormFloat64()*level)))
	}
	return pcm
}

// listen hears everything and returns how long each utterance was, in frames.
func listen(u *utterances, pcm []int16) (lengths []int, began int) {
	for len(pcm) >= frameSamples {
		b, _, done := u.hear(pcm[:frameSamples])
		if b {
			began++
		}
		if done != nil {
			lengths = append(lengths, len(done)/frameSamples)
		}
		pcm = pcm[frameSamples:]
	}
	return lengths, began
}

func TestUtterances(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		parts []float64 // frames and level, in turn
		want  int       // utterances
	}{
		{"silence is nothing", []float64{500, 0}, 0},
		{"the noise of a line is nothing", []float64{1000, 150}, 0},
		{"words are one utterance", []float64{50, 20, 60, 3000, 50, 20}, 1},
		{"words from the first frame on are heard", []float64{60, 3000, 50, 0}, 1},
		{"a short gap does not divide them", []float64{50, 20, 60, 3000, 20, 20, 60, 3000, 50, 20}, 1},
		{"a long one does", []float64{50, 20, 60, 3000, 50, 20, 60, 3000, 50, 20}, 2},
		{"a click is nothing", []float64{50, 20, 3, 9000, 100, 20}, 0},
		{"a cough is no utterance", []float64{50, 20, 7, 9000, 100, 20}, 0},
		{"words above a loud line are heard", []float64{600, 150, 60, 3000, 50, 150}, 1},
		{"whoever never stops is passed on in pieces", []float64{3200, 3000}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, 2))
			var pcm []int16
			for i := 0; i < len(c.parts); i += 2 {
				pcm = append(pcm, sound(r, int(c.parts[i]), c.parts[i+1])...)
			}
			if got, _ := listen(&utterances{}, pcm); len(got) != c.want {
				t.Errorf("utterances of %v frames, want %d", got, c.want)
			}
		})
	}
	t.Run("what came before the first loud frame is kept", func(t *testing.T) {
		t.Parallel()
		r := rand.New(rand.NewPCG(1, 2))
		pcm := append(sound(r, 50, 20), append(sound(r, 60, 3000), sound(r, 50, 20)...)...)
		if got, _ := listen(&utterances{}, pcm); len(got) != 1 || got[0] < 60+before || got[0] > 60+hoarded+endsAfter {
			t.Errorf("an utterance of %v frames", got)
		}
	})
}

func TestNoSoundMakesAnUtteranceTooLong(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		u := &utterances{}
		for range rapid.IntRange(1, 6).Draw(t, "parts") {
			lengths, _ := listen(u, sound(r, rapid.IntRange(1, 400).Draw(t, "frames"), rapid.Float64Range(0, 20000).Draw(t, "level")))
			for _, n := range lengths {
				if n > longest || n < shortest {
					t.Fatalf("an utterance of %d frames", n)
				}
			}
		}
		if len(u.kept) > longest*frameSamples {
			t.Fatalf("%d samples are kept", len(u.kept))
		}
	})
}
