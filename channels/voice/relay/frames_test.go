package relay

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/channels/voice"
	"parley/channels/voice/voicetest"
)

// ear writes down what it is told.
type ear struct{ told []string }

func (e *ear) note(parts ...string) { e.told = append(e.told, strings.Join(parts, "|")) }
func (e *ear) Prompt(text string, final bool, language string) {
	kind := "partial"
	if final {
		kind = "prompt"
	}
	e.note(kind, text, language)
}
func (e *ear) Digits(keys string)       { e.note("digits", keys) }
func (e *ear) Played(text string)       { e.note("played", text) }
func (e *ear) Interrupted(heard string) { e.note("interrupted", heard) }
func (e *ear) Speaking(side voice.Side, on bool) {
	who, what := "person", "off"
	if side == voice.Ours {
		who = "ours"
	}
	if on {
		what = "on"
	}
	e.note(who, what)
}

func TestFramesFromTwilio(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, frame, want string }{
		{"a prompt", `{"type":"prompt","voicePrompt":"Hi! Can you tell me about life?","lang":"en-US","last":true}`, "prompt|Hi! Can you tell me about life?|en-US"},
		{"a prompt that does not say whether it is the last", `{"type":"prompt","voicePrompt":"Hi","lang":"en"}`, "prompt|Hi|en"},
		{"a partial prompt", `{"type":"prompt","voicePrompt":"Hi! Can","lang":"en-US","last":false}`, "partial|Hi! Can|en-US"},
		{"a key", `{"type":"dtmf","digit":"1"}`, "digits|1"},
		{"an interruption", `{"type":"interrupt","utteranceUntilInterrupt":"Life is a complex set of","durationUntilInterruptMs":460}`, "interrupted|Life is a complex set of"},
		{"an interruption whose duration is a string", `{"type":"interrupt","utteranceUntilInterrupt":"Life","durationUntilInterruptMs":"460"}`, "interrupted|Life"},
		{"an interruption whose duration is nonsense", `{"type":"interrupt","utteranceUntilInterrupt":"Life","durationUntilInterruptMs":{}}`, "interrupted|Life"},
		{"our voice begins", `{"type":"info","name":"agentSpeaking","value":"on","ts":1752091234567}`, "ours|on"},
		{"our voice ends", `{"type":"info","name":"agentSpeaking","value":"off","ts":1752091238901}`, "ours|off"},
		{"the person begins", `{"type":"info","name":"clientSpeaking","value":"on","ts":1752091240110}`, "person|on"},
		{"words were played", `{"type":"info","name":"tokensPlayed","value":"Hi, this is Jace,"}`, "played|Hi, this is Jace,"},
		{"an error", `{"type":"error","description":"Invalid message received: { \"foo\" : \"bar\" }"}`, ""},
		{"a second setup", `{"type":"setup","sessionId":"VX00","callSid":"CA00"}`, ""},
		{"information nobody knows", `{"type":"info","name":"roundTripDelay","value":12}`, ""},
		{"a type nobody knows", `{"type":"weather","value":"sun"}`, ""},
		{"a field of the wrong kind spoils only itself", `{"type":"prompt","voicePrompt":"Hi","lang":7,"last":"yes"}`, "prompt|Hi|"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var e ear
			f, ok := parse([]byte(c.frame))
			if !ok {
				t.Fatal("it was not read")
			}
			hear(&e, f)
			if got := strings.Join(e.told, " "); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
	t.Run("the duration is read as a number and as a string", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{`460`, `"460"`, `460.4`} {
			f, _ := parse([]byte(`{"type":"interrupt","durationUntilInterruptMs":` + s + `}`))
			if f.DurationUntilInterruptMS != 460 {
				t.Errorf("%s is %d", s, f.DurationUntilInterruptMS)
			}
		}
	})
	t.Run("what is no frame is none", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{``, `{}`, `[]`, `null`, `"prompt"`, `{"type":""}`, `{"type":"prompt"`} {
			if _, ok := parse([]byte(s)); ok {
				t.Errorf("%s was read", s)
			}
		}
	})
	t.Run("a setup may lack all but the call", func(t *testing.T) {
		t.Parallel()
		f, ok := parse([]byte(`{"type":"setup","sessionId":"VX1","callSid":"CA1","from":null,"callControlId":"v3:x","customParameters":{"token":"t"}}`))
		if !ok || f.SessionID != "VX1" || f.CallSID != "CA1" || f.From != "" || f.Parameters["token"] != "t" {
			t.Errorf("%+v %v", f, ok)
		}
	})
}

// Twilio refuses what its schema does not have, and drops it (error 64107): the person
// would not hear it.
func TestFramesToTwilio(t *testing.T) {
	t.Parallel()
	no := false
	for _, c := range []struct {
		name  string
		frame any
		want  string
	}{
		{"a sentence", textFrame{Type: "text", Token: "Hello. "}, `{"type":"text","token":"Hello. ","last":false}`},
		{"the last one, whole, in Spanish", textFrame{Type: "text", Token: "Adiós.", Last: true, Lang: "es-US", Interruptible: &no, Preemptible: &no},
			`{"type":"text","token":"Adiós.","last":true,"lang":"es-US","interruptible":false,"preemptible":false}`},
		{"a talk that is closed without words", textFrame{Type: "text", Last: true}, `{"type":"text","token":"","last":true}`},
		{"the end", endFrame{Type: "end"}, `{"type":"end"}`},
		{"the end, with what a human must know", endFrame{Type: "end", HandoffData: `{"reason":"x"}`}, `{"type":"end","handoffData":"{\"reason\":\"x\"}"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(c.frame)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			if _, err := voicetest.ParseFrame(got); err != nil {
				t.Errorf("Twilio would refuse it: %v", err)
			}
		})
	}
}

func TestLanguageCode(t *testing.T) {
	t.Parallel()
	codes := Speech{Language: "en-US", Languages: []Language{{Code: "en-US"}, {Code: "es-US"}}}.codes()
	for tag, want := range map[string]string{"": "", "en": "en-US", "es": "es-US", "ES-us": "es-US", "es-MX": "es-US", "en-GB": "en-US", "fr": ""} {
		if got := languageCode(codes, tag); got != want {
			t.Errorf("%q is said as %q, want %q", tag, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{"type":"prompt","voicePrompt":"Hi","lang":"en-US","last":true}`, `{"type":"interrupt","durationUntilInterruptMs":"1e400"}`,
		`{"type":"info","name":"tokensPlayed","value":[]}`, `{"type":"setup","customParameters":{"token":1}}`, `{`, "\xff",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, ok := parse(b)
		if ok && frame.Type == "" {
			t.Fatal("a frame without a type was read")
		}
		var e ear
		hear(&e, frame)
		if len(e.told) > 1 {
			t.Fatalf("one frame told %q", e.told)
		}
	})
}
