package channeltest_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
)

func fakeSuite(broken string) channeltest.Suite {
	return channeltest.Suite{
		Open:     openFake(broken),
		Message:  channeltest.Message{ID: "M1", From: "+15125550123", To: "+15125550100", Text: "  hello there "},
		Out:      channels.Outbound{ID: "out-1", To: "+15125550123", Text: "good morning"},
		Secrets:  []string{fakeKey},
		Statuses: map[string]channels.Status{"ok": channels.StatusDelivered, "bad": channels.StatusFailed},
		Refusals: []channeltest.Refusal{{Name: "a sender that is no number is named", Fields: map[string]string{"To": "x"}, Field: "from"}},
		Sends: []channeltest.SendCase{{Name: "429 is to be retried", Fault: channeltest.Fault{Status: 429, RetryAfter: 2 * time.Second},
			Kind: channels.Retryable, Reason: "429", RetryAfter: 2 * time.Second}},
		OptOutCode: "stop",
	}
}

func TestAChannelThatKeepsItsPromisesPasses(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, fakeSuite(""))
}

func TestABrokenChannelIsCaught(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"no signature":      "a forged message is refused before it reaches anyone",
		"no validation":     "a NUL in the text is refused",
		"quotes values":     "text over the limit is refused",
		"trims text":        "an ordinary message reaches the receiver",
		"local time":        "an ordinary message reaches the receiver",
		"fresh ids":         "the same message again is handed on under the same id and acknowledged",
		"swallows errors":   "a receiver that fails makes the provider try again",
		"maps wrongly":      "bad is passed on as failed",
		"passes unknown":    "a status nobody knows is acknowledged and ignored",
		"loses parts":       "a receipt finds its message and its part",
		"too long":          "a text too long is refused whole",
		"drops words":       "the longest text keeps its words",
		"sends parts again": "a message that failed between its parts goes on where it stopped",
		"forgets parts":     "a message that failed between its parts goes on where it stopped",
		"late":              "a message whose time is already up is not sent, and known not to be",
		"retries":           "it does not try again by itself",
		"plain errors":      "it does not try again by itself",
		"certain":           "a send to a provider that never answers ends with its context",
		"leaks":             "it does not try again by itself",
		"no kinds":          "429 is to be retried",
		"believes anything": "a nonsense answer leaves it uncertain",
		"typing":            "it shows typing exactly if it says so",
	}
	for broken, name := range cases {
		t.Run("a channel that "+broken+" fails the case: "+name, func(t *testing.T) {
			t.Parallel()
			if problems := channeltest.Try(t, fakeSuite(broken), name); len(problems) == 0 {
				t.Error("it passes")
			}
			if problems := channeltest.Try(t, fakeSuite(""), name); len(problems) != 0 {
				t.Errorf("so does the whole one fail: %v", problems)
			}
		})
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	t.Run("a sentence that is not in the contract is noticed", func(t *testing.T) {
		t.Parallel()
		if channeltest.Quoted(t, "It retries for ever.") {
			t.Error("the contract is said to promise it")
		}
		if channeltest.Quoted(t, "") {
			t.Error("nothing counts as a promise")
		}
		if !channeltest.Quoted(t, "It does not retry.") {
			t.Error("a promise is not found")
		}
	})
}

func TestGuard(t *testing.T) {
	t.Parallel()
	client := &http.Client{Transport: channeltest.Guard()}
	for _, address := range []string{"http://192.0.2.1/", "http://api.twilio.com/", "http://[2001:db8::1]/", "http://0.0.0.0:1/"} {
		t.Run("nothing connects to "+address, func(t *testing.T) {
			t.Parallel()
			res, err := client.Get(address)
			if err == nil {
				res.Body.Close()
			}
			if !errors.Is(err, channeltest.ErrBeyond) {
				t.Errorf("the error is %v", err)
			}
		})
	}
	t.Run("the default transport is held too", func(t *testing.T) {
		t.Parallel()
		res, err := http.Get("http://192.0.2.1/")
		if err == nil {
			res.Body.Close()
		}
		if !errors.Is(err, channeltest.ErrBeyond) {
			t.Errorf("the error is %v", err)
		}
	})
}
