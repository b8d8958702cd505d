package lab

import (
	"math"

	"parley/dialog"
)

// ridge is what a weight costs, per sample: it keeps finite what the samples leave open.
const ridge = 1e-4

// logistic fits weights to the log loss with a little L2, by Newton's method: what is
// rare but certain is fitted as well as what is common. Samples that look alike are
// counted once, by their number.
func logistic(samples []Sample) dialog.Logistic {
	names, rows := compact(samples)
	w := make([]float64, len(names)+1) // the last is the bias
	total := 0.0
	for i, r := range rows {
		rows[i].x = append(r.x, 1)
		total += r.right + r.wrong
	}
	for range 50 {
		step := newton(rows, w, ridge*max(total, 1))
		longest := 0.0
		for _, s := range step {
			longest = max(longest, math.Abs(s))
		}
		scale := min(1, 4/max(longest, 1e-12)) // far from the end its steps are too bold
		for i := range w {
			w[i] -= scale * step[i]
		}
		if longest < 1e-9 {
			break
		}
	}
	l := dialog.Logistic{Bias: milli(w[len(names)]), Weights: map[string]float64{}}
	for i, n := range names {
		if v := milli(w[i]); v != 0 {
			l.Weights[n] = v
		}
	}
	return l
}

// newton is the step from w: the gradient over the curvature.
func newton(rows []counted, w []float64, cost float64) []float64 {
	d := len(w)
	m := make([][]float64, d) // the curvature, with the gradient as its last column
	for i := range m {
		m[i] = make([]float64, d+1)
		m[i][i], m[i][d] = cost, cost*w[i]
	}
	m[d-1][d-1], m[d-1][d] = 1e-9, 0 // the bias costs nothing
	for _, r := range rows {
		z := 0.0
		for i, x := range r.x {
			z += w[i] * x
		}
		p, n := 1/(1+math.Exp(-z)), r.right+r.wrong
		for i, x := range r.x {
			if x == 0 {
				continue
			}
			m[i][d] += (p*n - r.right) * x
			for j, y := range r.x {
				m[i][j] += p * (1 - p) * n * x * y
			}
		}
	}
	return solve(m)
}

// solve solves linear equations by elimination; the last column is the right side.
func solve(m [][]float64) []float64 {
	d := len(m)
	for i := range d {
		best := i
		for j := i + 1; j < d; j++ {
			if math.Abs(m[j][i]) > math.Abs(m[best][i]) {
				best = j
			}
		}
		m[i], m[best] = m[best], m[i]
		for j := i + 1; j < d; j++ {
			f := m[j][i] / m[i][i]
			for c := i; c <= d; c++ {
				m[j][c] -= f * m[i][c]
			}
		}
	}
	x := make([]float64, d)
	for i := d - 1; i >= 0; i-- {
		x[i] = m[i][d]
		for j := i + 1; j < d; j++ {
			x[i] -= m[i][j] * x[j]
		}
		x[i] /= m[i][i]
	}
	return x
}
