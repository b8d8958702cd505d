package speech

import "math"

// reach is how many zero crossings of the sinc a sample is made of on each side. With
// the window below it keeps aliases about 60 dB down, which a telephone can't tell.
const reach = 16

// passband is the share of the narrower band that is kept; the rest is the filter's slope.
const passband = 0.92

// Resample brings samples from one rate to another with a linear-phase low-pass: a
// sinc under a Blackman window, one set of weights for each phase between the two rates.
// See J. O. Smith, "Digital Audio Resampling", CCRMA, Stanford.
func Resample(pcm []int16, from, to int) []int16 {
	if from == to || len(pcm) == 0 {
		return pcm
	}
	common := gcd(from, to)
	up, down := to/common, from/common
	cutoff := passband * min(1, float64(to)/float64(from))
	half := int(math.Ceil(reach / cutoff))
	weights := make([][]float64, up)
	for phase := range weights {
		weights[phase] = window(float64(phase)/float64(up), cutoff, half)
	}
	out := make([]int16, len(pcm)*up/down)
	for i := range out {
		at := i * down
		first, w := at/up-half+1, weights[at%up]
		sum := 0.0
		for k, weight := range w {
			if j := first + k; j >= 0 && j < len(pcm) {
				sum += weight * float64(pcm[j])
			}
		}
		out[i] = int16(max(math.MinInt16, min(math.MaxInt16, math.Round(sum))))
	}
	return out
}

// window are the weights of the 2*half samples around a point that lies offset
// behind the half-th; they add up to 1.
func window(offset, cutoff float64, half int) []float64 {
	w := make([]float64, 2*half)
	total := 0.0
	for k := range w {
		x := float64(k-half+1) - offset
		a := math.Pi * x / float64(half)
		if math.Abs(x) < float64(half) {
			w[k] = sinc(cutoff*x) * (0.42 + 0.5*math.Cos(a) + 0.08*math.Cos(2*a))
		}
		total += w[k]
	}
	for k := range w {
		w[k] /= total
	}
	return w
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
