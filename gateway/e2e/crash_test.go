package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels/sms/twiliotest"
)

// Twenty people write while the process is killed three times. Like Twilio, the
// sender tries a message again, under the same id, until it is acknowledged.
func TestNothingAcknowledgedIsLostDoubledOrStuckByKillNine(t *testing.T) {
	t.Parallel()
	const people, each, kills = 20, 12, 3
	p := start(t)
	var acked atomic.Int64
	var senders sync.WaitGroup
	for i := range people {
		senders.Go(func() {
			for k := range each {
				p.insist(phone(i), words(k), fmt.Sprintf("SM%016d%016d", i, k))
				acked.Add(1)
			}
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range kills {
		at := int64((n + 1) * people * each / (kills + 1))
		p.wait("traffic", func() bool { return acked.Load() >= at-random.Int64N(20) })
		p.kill()
		p.launch()
	}
	senders.Wait()

	var all []conversation
	deadline := time.Now().Add(1 * time.Minute)
	for {
		all = p.conversations(people)
		if settled(all, each) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("some messages are stuck: %s\n%s", stuck(all, each), p.logged())
		}
		time.Sleep(200 * time.Millisecond)
	}
	for _, c := range all {
		inOrder(t, c, each)
	}
	sent := map[string]int{}
	for _, m := range p.twilio.Log() {
		if m.Direction == twiliotest.Outbound {
			sent[m.StatusCallback]++
		}
	}
	for callback, n := range sent {
		if n != 1 {
			t.Errorf("%s went out %d times", callback, n)
		}
	}
	if len(sent) != people*each {
		t.Errorf("%d replies went out, want %d", len(sent), people*each)
	}
}

func phone(i int) string { return fmt.Sprintf("+15125557%03d", i) }

func words(k int) string {
	return "hello there " + strings.Repeat("again ", k) + "my friend"
}

// insist posts until the gateway acknowledges, as a provider does.
func (p *parley) insist(from, body, sid string) {
	for {
		a, err := p.twilio.SendInbound(context.Background(), publicURL+"/channels/sms/messages", from, body, twiliotest.WithSID(sid))
		if err == nil && a.Code == http.StatusOK {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// conversations reads all of them with their messages, when there are as many as expected.
func (p *parley) conversations(want int) []conversation {
	p.t.Helper()
	var list struct{ Conversations []conversation }
	p.get("/conversations?limit=200", &list)
	if len(list.Conversations) != want {
		return nil
	}
	for i := range list.Conversations {
		p.get("/conversations/"+list.Conversations[i].ID, &list.Conversations[i])
	}
	return list.Conversations
}

// settled reports whether every message has its answer out.
func settled(all []conversation, each int) bool {
	return len(all) > 0 && stuck(all, each) == ""
}

func stuck(all []conversation, each int) string {
	var what []string
	for _, c := range all {
		in, out, waiting := 0, 0, map[string]int{}
		for _, m := range c.Messages {
			switch {
			case m.Direction == "in":
				in++
			case m.Status == "sent" || m.Status == "delivered":
				out++
			default:
				waiting[m.Status]++
			}
		}
		if in != each || out != each || len(waiting) != 0 {
			what = append(what, fmt.Sprintf("%s: %d in, %d out, %v waiting, %s", c.Address, in, out, waiting, c.Control))
		}
	}
	return strings.Join(what, "; ")
}

// inOrder checks that each message is there once and in the order it was sent.
func inOrder(t *testing.T, c conversation, each int) {
	t.Helper()
	var texts []string
	for _, m := range c.Messages {
		if m.Direction == "in" {
			texts = append(texts, m.Text)
		}
	}
	var want []string
	for k := range each {
		want = append(want, words(k))
	}
	if !slices.Equal(texts, want) {
		t.Errorf("%s: the messages are %q", c.Address, texts)
	}
}
