package asterisk

import (
	"math"
	"time"

	"parley/channels/voice/speech"
)

// Frames. Asterisk sends one every 20 ms: time on a line is counted in them, so what
// is heard doesn't depend on when it was read.
const (
	frameFor     = 20 * time.Millisecond
	frameSamples = speech.Rate / 50
	frameBytes   = 2 * frameSamples
)

// When somebody is taken to speak, and to have ended, in frames.
const (
	begins     = 4               // loud frames of the last window that begin an utterance
	window     = 6               // frames looked back on for that
	breaksIn   = 15              // loud frames that break into what we say: 300 ms; a cough is shorter
	shortest   = 10              // loud frames below which it was a noise
	endsAfter  = 35              // quiet frames that end an utterance: 700 ms
	longest    = 30 * 50         // frames after which an utterance is passed on as it is
	before     = 15              // frames kept from before it began: the first consonant is quiet
	hoarded    = before + window // frames kept while nobody speaks
	quietest   = 180.0           // level below which nothing is speech: about -45 dBFS
	aboveNoise = 3.0             // how far above the noise speech is: about 9.5 dB
	faintest   = 30.0            // level the noise is never taken to be below
	noiseRises = 1.02            // a frame; it falls at once
)

// utterances finds out when the person speaks, by how loud they are against the noise
// of their line. It is not safe for concurrent use.
type utterances struct {
	noise    float64
	kept     []int16 // of the utterance, or the last frames before one
	recent   [window]bool
	at       int
	speaking bool
	loud     int // frames of the utterance
	quiet    int // frames since the last loud one
}

// hear takes one frame and tells whether an utterance began or ended with it. done is
// the whole of one that ended; it is nil for a noise.
func (u *utterances) hear(frame []int16) (began, ended bool, done []int16) {
	loud := u.isLoud(frame)
	u.recent[u.at%window] = loud
	u.at++
	u.kept = append(u.kept, frame...)
	if !u.speaking {
		if extra := len(u.kept) - hoarded*frameSamples; extra > 0 {
			u.kept = append(u.kept[:0], u.kept[extra:]...)
		}
		n := 0
		for _, l := range u.recent {
			if l {
				n++
			}
		}
		if n < begins {
			return false, false, nil
		}
		u.speaking, u.loud, u.quiet = true, n, 0
		return true, false, nil
	}
	if loud {
		u.loud++
		u.quiet = 0
	} else {
		u.quiet++
	}
	if u.quiet < endsAfter && len(u.kept) < longest*frameSamples {
		return false, false, nil
	}
	return false, true, u.end()
}

// end ends the utterance that is being heard.
func (u *utterances) end() (done []int16) {
	if u.speaking && u.loud >= shortest {
		done = u.kept
	}
	*u = utterances{noise: u.noise}
	return done
}

// breaking reports whether what is being said is long enough to break in with.
func (u *utterances) breaking() bool { return u.speaking && u.loud >= breaksIn }

// isLoud compares a frame with the noise, which follows the quietest frames.
func (u *utterances) isLoud(frame []int16) bool {
	sum := 0.0
	for _, s := range frame {
		sum += float64(s) * float64(s)
	}
	level := math.Sqrt(sum / float64(max(1, len(frame))))
	u.noise = max(u.noise, faintest)
	loud := level > max(quietest, u.noise*aboveNoise)
	switch {
	case level < u.noise:
		u.noise = level
	case !loud:
		u.noise = min(level, u.noise*noiseRises)
	case u.speaking && u.quiet == 0: // a fan that was switched on must not be speech for ever
		u.noise *= 1.001
	}
	return loud
}
