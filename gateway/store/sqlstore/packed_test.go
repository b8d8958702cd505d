package sqlstore

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/compliance/inbound"
	"parley/dialog"
)

func TestPackedInput(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 30, 15, 0, 0, 123456789, time.UTC)
	step := func(name dialog.Step, after time.Duration, in, out any) dialog.StepTrace {
		return dialog.StepTrace{Name: name, Started: at.Add(after), MS: 0.041, Attempt: 1, Outcome: dialog.StepOK, Input: in, Output: out, Versions: map[string]string{"step": "1"}}
	}
	door := []dialog.StepTrace{
		step(dialog.StepReceive, -90*time.Microsecond, map[string]any{"channel": "sms"}, "signed, \"parsed\""),
		step(dialog.StepRedact, -40*time.Microsecond, nil, map[string]any{"removed": []any{"card"}, "parts": 2.5}),
	}
	refused := "refused"
	odd := append([]dialog.StepTrace{}, door...)
	odd[1].Attempt, odd[1].Error = 2, &refused
	bare := step(dialog.StepReceive, 0, nil, nil)
	bare.Versions = nil
	for _, c := range []struct {
		name   string
		in     dialog.Input
		packed bool
	}{
		{"steps that say the usual are packed", dialog.Input{At: at, Door: door}, true},
		{"all that was found at the door is kept", dialog.Input{At: at, Keyword: inbound.OptOut, ProviderHandled: true, Redacted: []string{"card", "ssn"}, Door: door}, true},
		{"no steps", dialog.Input{At: at}, true},
		{"a step without versions", dialog.Input{At: at, Door: []dialog.StepTrace{bare}}, true},
		{"a second attempt and an error are written in full", dialog.Input{At: at, Door: odd}, false},
		{"a version of its own is written in full", dialog.Input{At: at, Door: []dialog.StepTrace{door[0], bare}}, false},
		{"no time is written in full", dialog.Input{Door: door}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.in.Kind = dialog.InputMessage
			body, err := packInput(c.in)
			if err != nil || !json.Valid([]byte(body)) || strings.HasPrefix(body, packedHead) != c.packed {
				t.Fatalf("%s, %v", body, err)
			}
			got, err := decodeInput(body)
			if err != nil {
				t.Fatal(err)
			}
			got.Kind = dialog.InputMessage // its row says so
			if d := cmp.Diff(c.in, *got); d != "" {
				t.Error(d)
			}
		})
	}
	for _, body := range []string{`{"t":1,"d":[["receive",1]]}`, `{"t":1,"d":[["receive","x",0,null,null]]}`, `{"t":"x"}`} {
		if in, err := decodeInput(body); err == nil {
			t.Errorf("%s was read as %+v", body, in)
		}
	}
}
