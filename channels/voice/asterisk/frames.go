package asterisk

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// event is a control message of Asterisk's. Source: "WebSocket" channel driver,
// https://docs.asterisk.org/Configuration/Channel-Drivers/WebSocket/. Events that are
// not here are ignored.
type event struct {
	Event     string `json:"event"`
	ID        string `json:"correlation_id"`
	Digit     string `json:"digit"`
	ChannelID string `json:"channel_id"`
	Format    string `json:"format"`
	FrameSize int    `json:"optimal_frame_size"`
}

// command is one of ours. Asterisk drops what is longer than 128 bytes.
type command struct {
	Command string `json:"command"`
	ID      string `json:"correlation_id,omitempty"`
}

func parse(b []byte) (event, bool) {
	var e event
	err := json.Unmarshal(b, &e)
	return e, err == nil && e.Event != ""
}

// upgrader takes any origin: a browser doesn't know the secret. "media" is what
// Asterisk's client asks for.
var upgrader = websocket.Upgrader{
	HandshakeTimeout: 5 * time.Second, ReadBufferSize: 4096, WriteBufferSize: 8192, Subprotocols: []string{"media"},
	CheckOrigin: func(*http.Request) bool { return true },
}
