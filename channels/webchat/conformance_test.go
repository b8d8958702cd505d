package webchat

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels"
	"parley/channels/channeltest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	handle := handlePrefix + strings.Repeat("K", 26)
	channeltest.Run(t, channeltest.Suite{
		Open:    func(tb testing.TB, env channeltest.Env) channeltest.Rig { return openKit(tb, env, handle) },
		Message: channeltest.Message{ID: handle + "/m1", From: handle, To: "webchat", Text: "Can I pay 100 a month?"},
		Out:     channels.Outbound{ID: "out-1", Channel: Name, To: handle, Text: "Yes. 12 payments of $103.34.", Speaker: "bot", Name: "Ava"},
		Translations: []channeltest.Translation{
			{Name: "a pressed button arrives as its choice", Message: channeltest.Message{ID: handle + "/c1", From: handle, Choice: "mv-1"},
				Want: channels.Inbound{ProviderID: handle + "/c1", From: handle, To: "webchat", Choice: "mv-1"}},
		},
		Refusals: []channeltest.Refusal{
			{Name: "an unknown field is refused by name", Fields: map[string]string{"sender": "bot"}, Field: "sender"},
			{Name: "an unknown type is refused", Fields: map[string]string{"type": "admin"}, Field: "type"},
			{Name: "an id with a slash is refused", Fields: map[string]string{"id": "../m2"}, Field: "id"},
			{Name: "a frame without its text is refused", Fields: map[string]string{"text": "-"}, Field: "text"},
		},
	})
}

// shown is the adapter as the gateway uses it: a message is in the feed when it
// is sent, and is not visible when it could not be.
type shown struct {
	*Adapter
	house *house
}

func (s shown) Send(ctx context.Context, out channels.Outbound) (channels.Sent, error) {
	s.house.mu.Lock()
	defer s.house.mu.Unlock()
	before := s.house.feeds[out.To]
	if len(out.Done) > 0 { // visible since an earlier attempt
		return s.Adapter.Send(ctx, out)
	}
	s.house.append(out.To, Item{ID: out.ID, From: out.Speaker, Name: out.Name, Text: out.Text, Choices: out.Choices})
	sent, err := s.Adapter.Send(ctx, out)
	if err != nil {
		s.house.feeds[out.To] = before
	}
	return sent, err
}

func openKit(tb testing.TB, env channeltest.Env, handle string) channeltest.Rig {
	cfg := testConfig()
	cfg.Now = env.Now
	cfg.Limits.SocketsPerConversation = 64
	h := newHouse()
	a, err := New(cfg, h)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := a.Shutdown(ctx); err != nil {
			tb.Errorf("shutdown: %v", err)
		}
	})
	a.fresh.add(handle, env.Now())
	return channeltest.Rig{
		Channel: shown{a, h},
		Post:    func(m channeltest.Message) channeltest.Answer { return post(tb, env, m) },
		Taken:   func() []channeltest.Delivery { return taken(tb, env, handle) },
	}
}

// post delivers a message as a widget does and says in HTTP's terms what came of it.
func post(tb testing.TB, env channeltest.Env, m channeltest.Message) channeltest.Answer {
	origin := env.URL
	if m.Forged {
		origin = "https://evil.example"
	}
	c, resp, err := kitDial(tb, env, origin)
	if err != nil {
		return channeltest.Answer{Code: resp.StatusCode}
	}
	defer c.ws.Close()
	c.send(map[string]any{"type": "hello", "conversation": m.From})
	c.want("welcome")
	fields := map[string]string{"type": "message", "id": strings.TrimPrefix(m.ID, m.From+"/"), "text": m.Text}
	if m.Choice != "" {
		fields["type"], fields["move"] = "choice", m.Choice
		delete(fields, "text")
	}
	for k, v := range m.Fields {
		if fields[k] = v; v == "-" {
			delete(fields, k)
		}
	}
	c.raw(rawJSON(fields))
	for {
		f, err := c.next()
		switch {
		case err != nil:
			return channeltest.Answer{Code: 400, Body: err.Error()}
		case f.Type == "ack":
			return channeltest.Answer{Code: 200}
		case f.Type == "error" && f.Code == CodeTryAgain:
			return channeltest.Answer{Code: 503, Body: f.Detail}
		case f.Type == "error" && f.Code == CodeRateLimited:
			return channeltest.Answer{Code: 429, Body: f.Detail}
		case f.Type == "error":
			return channeltest.Answer{Code: 400, Body: f.Detail}
		}
	}
}

// rawJSON keeps broken bytes as they are, which encoding/json would mend.
func rawJSON(fields map[string]string) string {
	var parts []string
	for k, v := range fields {
		var b strings.Builder
		for _, c := range []byte(v) {
			if c < ' ' || c == '"' || c == '\\' {
				fmt.Fprintf(&b, `\u%04x`, c)
			} else {
				b.WriteByte(c)
			}
		}
		parts = append(parts, fmt.Sprintf(`"%s":"%s"`, k, b.String()))
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// taken is what a person sees who opens the chat.
func taken(tb testing.TB, env channeltest.Env, handle string) []channeltest.Delivery {
	c, _, err := kitDial(tb, env, env.URL)
	if err != nil {
		tb.Fatal(err)
	}
	defer c.ws.Close()
	c.send(map[string]any{"type": "hello", "conversation": handle})
	var seen []channeltest.Delivery
	for last := *c.want("welcome").Seq; int64(len(seen)) < last; {
		m := c.want("message")
		seen = append(seen, channeltest.Delivery{ProviderID: m.ID, To: handle, Text: m.Text})
	}
	return seen
}

func kitDial(tb testing.TB, env channeltest.Env, origin string) (*client, *http.Response, error) {
	url := "ws" + strings.TrimPrefix(env.URL, "http") + "/channels/webchat/socket"
	ws, resp, err := websocket.DefaultDialer.Dial(url, http.Header{"Origin": {origin}})
	return &client{t: tb, ws: ws}, resp, err
}
