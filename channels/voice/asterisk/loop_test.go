package asterisk

import (
	"testing"

	"parley/channels"
	"parley/channels/voice/speech"
)

// TestWordsGoRoundTheAudioPath has a voice speak on the line and a recogniser hear it, in
// both directions, over the stand-in. Everything but the telephone network is real.
func TestWordsGoRoundTheAudioPath(t *testing.T) {
	t.Parallel()
	local := localSpeech(t)
	says := func(text string) []int16 {
		t.Helper()
		pcm, err := local.Speak(t.Context(), text, "en-US")
		if err != nil {
			t.Fatal(err)
		}
		return pcm
	}
	h := build(t, Config{Speech: local})
	p := h.call(t)
	h.await(t, "started")

	t.Log("our words reach the person")
	h.send(t, "m1", "This call is about your account.", channels.Spoken{Whole: true})
	p.playOn()
	h.await(t, "receipt delivered  This call is about your account.")
	p.mu.Lock()
	played := speech.Samples(p.played)
	p.mu.Unlock()
	if text, _, err := local.Hear(t.Context(), played); text != "this call is about your account" || err != nil {
		t.Errorf("the person heard %q, %v", text, err)
	}

	t.Log("the person's words reach us")
	p.silence(25)
	p.sound(says("I can pay fifty dollars a month"))
	p.silence(endsAfter + 5)
	h.await(t, "speech  i can pay fifty dollars a month")

	t.Log("they may break in")
	p.mu.Lock()
	p.on = false
	p.mu.Unlock()
	h.send(t, "m2", "You may pay in three parts. Or you may pay all of it in one part, and be done with it.", channels.Spoken{})
	p.until("it", func() bool { return p.marked > 8 })
	p.play(20)
	p.sound(says("Wait a moment please"))
	p.silence(endsAfter + 5)
	h.await(t, "speech  wait a moment please")
	p.until("the rest being taken back", func() bool { return p.flushes == 1 })
	receipts := h.Confirmed()
	if last := receipts[len(receipts)-1]; last.Status != channels.StatusUndelivered || last.Reason != channels.InterruptedReason || last.MessageID != "m2" {
		t.Errorf("the receipt is %v", last)
	}

	t.Log("and press keys")
	p.press("78#")
	h.await(t, "digits  78")
}
