package gate

import (
	"time"

	"parley/compliance"
)

// Furnishing is what BC-FURNISH-01 asks before a debt is reported. Zero times:
// it did not happen.
type Furnishing struct {
	Spoke         bool      // in person or by telephone, about the debt
	Sent          time.Time // civil date a letter or electronic message went out
	Undeliverable time.Time // civil date notice came that it did not arrive
	On            time.Time // civil date of the intended report
}

func (fn Furnishing) check() compliance.Finding {
	const wait = 14
	if fn.Spoke {
		return pass()
	}
	if fn.Sent.IsZero() || fn.On.IsZero() {
		return block("they were neither spoken to nor written to about the debt")
	}
	ends := civil(fn.Sent).AddDate(0, 0, wait)
	if !fn.Undeliverable.IsZero() && !civil(fn.Undeliverable).After(ends) && !civil(fn.On).Before(civil(fn.Undeliverable)) {
		return block("the letter came back within fourteen days")
	}
	if civil(fn.On).Before(ends) {
		return delay(ends, "fourteen days have not passed since the letter")
	}
	return pass()
}
