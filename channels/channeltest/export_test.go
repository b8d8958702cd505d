package channeltest

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
)

// Try runs one case of the suite and gives what it found wrong.
func Try(t *testing.T, s Suite, name string) []string {
	t.Helper()
	for _, c := range cases(s) {
		if c.name == name {
			note := &notebook{TB: t}
			var done sync.WaitGroup
			done.Go(func() { c.run(note, open(note, s)) })
			done.Wait()
			return note.problems()
		}
	}
	t.Fatalf("there is no case %q", name)
	return nil
}

// Quoted reports whether the kit finds that sentence in the contract.
func Quoted(t *testing.T, sentence string) bool {
	t.Helper()
	note := &notebook{TB: t}
	contract(t).quoted(note, sentence)
	return len(note.problems()) == 0
}

// notebook is a test that writes its failures down instead of failing.
type notebook struct {
	testing.TB
	mu    sync.Mutex
	found []string
}

func (n *notebook) problems() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.found
}

func (n *notebook) note(s string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.found = append(n.found, s)
}

func (n *notebook) Helper()                   {}
func (n *notebook) Error(a ...any)            { n.note(fmt.Sprint(a...)) }
func (n *notebook) Errorf(f string, a ...any) { n.note(fmt.Sprintf(f, a...)) }
func (n *notebook) Fatal(a ...any)            { n.note(fmt.Sprint(a...)); runtime.Goexit() }
func (n *notebook) Fatalf(f string, a ...any) { n.note(fmt.Sprintf(f, a...)); runtime.Goexit() }
