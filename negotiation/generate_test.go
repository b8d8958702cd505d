package negotiation

import (
	"math"

	"github.com/golang-sql/civil"
	"pgregory.net/rapid"
)

func paydays() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"", "friday", "monday", "1", "15", "31", "1,15", "15,last", "last", "nonsense", "-3"})
}

func civilDates() *rapid.Generator[civil.Date] {
	return rapid.Custom(func(t *rapid.T) civil.Date {
		return civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 2000).Draw(t, "days"))
	})
}

func policies() *rapid.Generator[Policy] {
	return rapid.Custom(func(t *rapid.T) Policy {
		p := Policy{
			Settlement: SettlementPolicy{
				Enabled:     rapid.Bool().Draw(t, "enabled"),
				Floor:       Bp(rapid.SampledFrom([]int{-5, 0, 1, 3000, 5000, 6000, 8333, 10_000, 20_000}).Draw(t, "floor")),
				Open:        Bp(rapid.SampledFrom([]int{-1, 0, 5000, 9000, 9999, 10_000, 30_000}).Draw(t, "open")),
				ExpiresDays: rapid.IntRange(-1, 40).Draw(t, "expires"),
			},
			Plan: PlanPolicy{
				MaxMonths:  rapid.SampledFrom([]int{-1, 0, 1, 2, 6, 12, 24, 36, 400}).Draw(t, "months"),
				MinPayment: USD(rapid.SampledFrom([]int64{0, 1, 2500, 5000, 100_000}).Draw(t, "minimum")),
			},
		}
		p.Value.Hazard = Bp(rapid.SampledFrom([]int{0, 1, 200, 1500, 10_000, 99_999}).Draw(t, "hazard"))
		return p
	})
}

func cases() *rapid.Generator[Case] {
	return rapid.Custom(func(t *rapid.T) Case {
		c := Case{
			Balance:  USD(rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(1000, 5_000_000), rapid.Just(MaxMinor)).Draw(t, "balance")),
			Today:    civilDates().Draw(t, "today"),
			Payday:   paydays().Draw(t, "payday"),
			Round:    rapid.IntRange(-1, 12).Draw(t, "round"),
			Hardship: rapid.Bool().Draw(t, "hardship"),
			Settle:   rapid.Bool().Draw(t, "settle"),
		}
		c.Behavior = Behavior{BrokenPromises: rapid.IntRange(-1, 5).Draw(t, "broken"), KeptPromises: rapid.IntRange(0, 9).Draw(t, "kept")}
		if rapid.Bool().Draw(t, "knows") {
			surplus := USD(rapid.OneOf(rapid.Int64Range(-100, 100_000), rapid.Just(int64(MaxMinor))).Draw(t, "surplus"))
			c.Surplus = &surplus
		}
		return c
	})
}

// hostile asks mix what people say with what nobody means.
func hostile(today civil.Date) *rapid.Generator[Ask] {
	amount := rapid.Custom(func(t *rapid.T) Money {
		m := USD(rapid.OneOf(rapid.Int64Range(0, 300_000),
			rapid.SampledFrom([]int64{0, 1, -1, -5000, math.MinInt64, math.MaxInt64, MaxMinor, MaxMinor + 1})).Draw(t, "minor"))
		m.Currency = rapid.SampledFrom([]string{"USD", "USD", "USD", "EUR", "", "usd"}).Draw(t, "currency")
		return m
	})
	date := rapid.Custom(func(t *rapid.T) civil.Date {
		return rapid.SampledFrom([]civil.Date{{}, {}, today, today.AddDays(-30), today.AddDays(9), today.AddDays(40), today.AddDays(4000),
			{Year: 2027, Month: 2, Day: 30}, {Year: -5, Month: 14, Day: 99}, {Year: 9999, Month: 12, Day: 31}}).Draw(t, "date")
	})
	return rapid.Custom(func(t *rapid.T) Ask {
		return Ask{
			Kind:      rapid.SampledFrom([]AskKind{AskOpen, AskPlan, AskPlan, AskSettlement, AskFull, AskPromise, AskLower, AskLater, "gift"}).Draw(t, "kind"),
			Amount:    amount.Draw(t, "amount"),
			Max:       amount.Draw(t, "max"),
			Share:     Bp(rapid.SampledFrom([]int{0, 0, 0, 5000, 10_000, -1, 1 << 40}).Draw(t, "share")),
			Cadence:   rapid.SampledFrom([]Cadence{"", Weekly, Biweekly, Monthly, "hourly"}).Draw(t, "cadence"),
			Count:     rapid.SampledFrom([]int{0, 0, 1, 2, 6, 400, -1, math.MaxInt}).Draw(t, "count"),
			Start:     date.Draw(t, "start"),
			By:        date.Draw(t, "by"),
			NotBefore: date.Draw(t, "not before"),
		}
	})
}
