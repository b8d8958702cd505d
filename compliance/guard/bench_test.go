package guard

import (
	"slices"
	"testing"
	"time"
)

// BenchmarkCheck is what one check of a draft costs on one core, over all drafts
// of testdata. p99 is over the drafts, each at the best of its runs, so that it
// measures the guard and not what else the machine does.
func BenchmarkCheck(b *testing.B) {
	g, all := New(), drafts(b)
	best := make([]time.Duration, len(all))
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		k := i % len(all)
		start := time.Now()
		g.Check(all[k].Text, all[k].facts)
		if took := time.Since(start); best[k] == 0 || took < best[k] {
			best[k] = took
		}
	}
	b.StopTimer()
	best = slices.DeleteFunc(best, func(d time.Duration) bool { return d == 0 })
	slices.Sort(best)
	b.ReportMetric(float64(best[len(best)*99/100].Microseconds()), "p99-us")
	b.ReportMetric(float64(best[len(best)-1].Microseconds()), "max-us")
}
