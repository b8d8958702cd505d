package gateway

import (
	"bufio"
	"net"
	"net/http"
)

// statusWriter remembers the status and lets a WebSocket take the connection.
type statusWriter struct {
	http.ResponseWriter
	status   int
	hijacked bool
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Hijack implements [http.Hijacker].
func (w *statusWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.hijacked = true
	return http.NewResponseController(w.ResponseWriter).Hijack()
}

// Unwrap lets [http.ResponseController] find the rest.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
