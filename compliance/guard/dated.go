package guard

import (
	"slices"
	"strings"
)

// datedTotal adds up amounts that each stand by a date, "Dec 1: $620.00" or
// "$620.00 on Dec 1", and holds them against the total the text states. Without
// a total the list may be a part of a plan, and is not judged. Amounts that make
// a total that is the balance or a permitted settlement are marked as done.
func (m *message) datedTotal(done []bool) []issue {
	days := dates(m.text, m.toks)
	if len(days) < 2 {
		return nil
	}
	total := m.totalStated()
	if total < 0 || slices.ContainsFunc(m.terms(), func(t term) bool { return t.n > 1 }) {
		return nil // counted payments are added up as a plan
	}
	var listed []int
	used := make([]bool, len(days))
	sum := Cents(0)
	for i := range m.toks {
		if m.toks[i].kind != kMoney || i == total {
			continue
		}
		if d := m.dayBeside(days, used, i); d >= 0 {
			listed = append(listed, i)
			sum += Cents(m.toks[i].amount) * m.run(days, used, d, i)
		}
	}
	if len(listed) < 2 {
		return nil
	}
	want := Cents(m.toks[total].amount)
	if sum != want {
		return []issue{{from: listed[0], to: total + 1, detail: "The dated amounts do not add up to the total."}}
	}
	if want == m.Balance || slices.Contains(m.Settlements, want) {
		for _, i := range append(listed, total) {
			done[i] = true
		}
	}
	return nil
}

// run takes the day d of the amount at token i and those that follow it at once,
// "$103.34 on Nov 27, Dec 27 and Jan 27", and counts them: the amount is due on each.
func (m *message) run(days []day, used []bool, d, i int) Cents {
	used[d] = true
	n := Cents(1)
	if days[d].from < i {
		return n // the date stands first, and is this amount's alone
	}
	for k := d + 1; k < len(days) && days[k].from-days[k-1].to <= 1 && !used[k]; k++ {
		if strings.Contains(m.text[m.toks[days[k-1].to-1].end:m.toks[days[k].from].start], "\n") ||
			days[k].from > days[k-1].to && m.toks[days[k-1].to].kind == kMoney {
			break
		}
		used[k] = true
		n++
	}
	return n
}

// dayBeside finds the unused date that stands on the line of the amount at token
// i, at most three words from it, or -1.
func (m *message) dayBeside(days []day, used []bool, i int) int {
	for k, d := range days {
		if used[k] {
			continue
		}
		from, to := d.to, i
		if d.from > i {
			from, to = i+1, d.from
		}
		if to < from || to-from > 3 || strings.Contains(m.text[m.toks[from-1].end:m.toks[to].start], "\n") {
			continue
		}
		clear := true
		for j := from; j < to; j++ {
			switch m.toks[j].s {
			case "until", "through", "till", "hasta", "open", "valid":
				clear = false
			}
			clear = clear && m.toks[j].kind != kMoney
		}
		if clear {
			return k
		}
	}
	return -1
}

// totalStated is the amount said to be the total: "Total: $1,240.00",
// "$1,240.00 in all". It is -1 if there is none.
func (m *message) totalStated() int {
	for i := range m.toks {
		switch m.toks[i].s {
		case "total", "totals", "totaling", "totalling", "sum", "suma":
			for k := i + 1; k < len(m.toks) && k < i+6; k++ {
				if m.toks[k].kind == kMoney {
					return k
				}
			}
			fallthrough
		case "all", "altogether":
			for k := i - 1; k >= 0 && k >= i-3; k-- {
				if m.toks[k].kind == kMoney && m.toks[k].sent == m.toks[i].sent {
					return k
				}
			}
		}
	}
	return -1
}
