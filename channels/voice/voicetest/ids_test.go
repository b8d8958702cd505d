package voicetest

import (
	"strings"
	"testing"
)

func TestTwoStandInsOfOneRecordGiveNoIDTwice(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, first := range []int{0, 1000} {
		twilio := New(Config{AccountSID: "AC" + strings.Repeat("0", 32), AuthToken: "t", Number: "+15125550100", PublicURL: "https://gateway.example", First: first})
		for range 10 {
			id := twilio.sid("CA")
			if seen[id] || len(id) != 34 {
				t.Fatalf("%s, %v", id, seen)
			}
			seen[id] = true
		}
	}
}
