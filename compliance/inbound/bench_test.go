package inbound

import (
	"strings"
	"testing"
)

// A text of ordinary length with several things in it.
const usual = "I lost my job last month and honestly I can't pay this right now, please stop texting me before noon or I will get fired"

func BenchmarkDetect(b *testing.B) {
	d := NewDetector()
	for name, text := range map[string]string{
		"short": "what's my balance?",
		"usual": usual,
		"long":  strings.Repeat(usual+". ", 13), // the longest a text message may be
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Detect(text, Context{})
			}
		})
	}
}

func BenchmarkRedact(b *testing.B) {
	earlier := []string{"my card is 4111 1111", "hold on", "1111"}
	b.ReportAllocs()
	for b.Loop() {
		Redact("and 1111 is the rest, zip 78701", earlier)
	}
}

func BenchmarkKeyword(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Keyword("ST0P please")
	}
}
