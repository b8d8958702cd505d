package twiliotest

import (
	"io"
	"net/http"
	"strconv"
	"time"
)

// Fault is how the stand-in misbehaves at one request to create a message. The
// zero Fault is good behaviour.
type Fault struct {
	// Status is the HTTP status of the answer; Code the error code in it. A
	// Status without a Code has no error document but an HTML page, as a proxy's.
	Status, Code int
	// RetryAfter is announced with it, in whole seconds.
	RetryAfter time.Duration
	// Hang keeps the request without an answer until the caller or the server gives up.
	Hang bool
	// Drop closes the connection without an answer.
	Drop bool
	// Garbage answers 201 with something that is not JSON.
	Garbage bool
	// Accept takes the message before it strikes: it goes out, and the caller
	// does not learn of it.
	Accept bool
	// Reached, where set, is called once the request is here, before the fault.
	Reached func()
}

// Fail has the next requests to create a message meet these faults, one each,
// after those already waiting.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// nextFault counts a request and takes its fault.
func (s *Server) nextFault() Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	if len(s.faults) == 0 {
		return Fault{}
	}
	f := s.faults[0]
	s.faults = s.faults[1:]
	return f
}

// strike does what the fault says and reports whether the request has met its end.
func (f *Fault) strike(s *Server, w http.ResponseWriter, r *http.Request) bool {
	if f.Reached != nil {
		f.Reached()
		f.Reached = nil
	}
	switch {
	case f.Accept:
		return false // once the message is in the log
	case f.Hang:
		select {
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		panic(http.ErrAbortHandler)
	case f.Drop:
		panic(http.ErrAbortHandler)
	case f.Garbage:
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, "<html>created</html>")
		return true
	case f.Status != 0:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter/time.Second)))
		}
		if f.Code == 0 {
			w.WriteHeader(f.Status)
			_, _ = io.WriteString(w, "<html>error</html>")
			return true
		}
		refuse(w, f.Status, f.Code, "scripted error about "+r.PostForm.Get("To"))
		return true
	}
	return false
}
