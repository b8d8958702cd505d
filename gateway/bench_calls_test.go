package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/channels/voice/voicetest"
	"parley/gateway/api"
	"parley/gateway/demo"
)

const (
	callsAtOnce = 200
	// speakEvery is how often somebody on one of the calls says something: people on 200
	// telephones who each speak every five seconds.
	speakEvery = 25 * time.Millisecond
)

// callers puts people who owe into the record, each with a number of their own.
func (p *phone) callers(n int) []string {
	p.Helper()
	var accounts []api.AccountIn
	p.ok(json.Unmarshal(demo.Accounts, &accounts))
	numbers := make([]string, n)
	for i := range numbers {
		in := accounts[0]
		in.ID, in.Person.ID = fmt.Sprintf("acct-b%03d", i), fmt.Sprintf("p-b%03d", i)
		numbers[i] = fmt.Sprintf("+15125558%03d", i)
		in.Person.Addresses = slices.Clone(in.Person.Addresses)
		for k := range in.Person.Addresses {
			in.Person.Addresses[k].Value = numbers[i]
		}
		acc, err := in.Account(p.g.Engine, p.g.env.Now())
		p.ok(err)
		_, err = p.g.Record.PutAccount(p.ctx, acc, p.g.env.Now())
		p.ok(err)
	}
	return numbers
}

func (p *phone) identified(number string) *voicetest.Peer {
	call, err := p.twilio.Call(p.ctx, number)
	p.ok(err)
	p.hears(call, "Am I speaking with Angela Torres?")
	p.ok(call.Speak(p.ctx, "Yes, this is she."))
	p.hears(call, "ZIP code")
	p.ok(call.Press("78701"))
	p.hears(call, "you were born")
	p.ok(call.Press("1986"))
	p.hears(call, "Your balance")
	return call
}

// From a person's words to the first checked sentence on the wire while 200 calls go on, with
// the built-in responder. The telephones and their network share the processors.
func BenchmarkFirstCheckedSentenceOf200Calls(b *testing.B) {
	p := newPhone(b, false)
	calls := make(chan *voicetest.Peer, callsAtOnce)
	for numbers := range slices.Chunk(p.callers(callsAtOnce), 8) {
		var ringing sync.WaitGroup
		for _, number := range numbers {
			ringing.Go(func() { calls <- p.identified(number) })
		}
		ringing.Wait()
	}
	var mu sync.Mutex
	var took []time.Duration
	var speaking sync.WaitGroup
	tick := time.NewTicker(speakEvery)
	defer tick.Stop()
	for b.Loop() {
		<-tick.C
		call := <-calls
		speaking.Go(func() {
			began := time.Now()
			err := call.Speak(p.ctx, "How much do I owe?")
			if err == nil {
				_, err = call.Listen(p.ctx)
			}
			d := time.Since(began)
			if err = errors.Join(err, call.PlayAll()); err != nil {
				b.Error(err)
			}
			mu.Lock()
			took = append(took, d)
			mu.Unlock()
			calls <- call
		})
	}
	speaking.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(0, "ns/op")
}
