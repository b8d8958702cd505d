package voice_test

import (
	"strings"
	"testing"
	"time"

	"parley/channels/voice"
)

func TestConfig(t *testing.T) {
	t.Parallel()
	_, err := voice.New(voice.Config{Silence: -time.Second, Silences: -1})
	for _, field := range []string{"Carrier is missing", "Silence is negative", "Silences is negative"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("error %v does not say: %s", err, field)
		}
	}
}
