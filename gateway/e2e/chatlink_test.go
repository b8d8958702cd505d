package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// chat is a widget's socket.
type chat struct {
	p  *parley
	ws *websocket.Conn
}

type frame struct {
	Type, Conversation, Code, From, Text, ID string
	Seq                                      int64
}

// opens says hello over a socket of its own and reads the welcome.
func (p *parley) opens(hello map[string]any) (*chat, frame) {
	p.t.Helper()
	ws, res, err := websocket.DefaultDialer.Dial("ws://"+p.public+"/channels/webchat/socket", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	_ = res.Body.Close()
	p.t.Cleanup(func() { _ = ws.Close() })
	c := &chat{p: p, ws: ws}
	hello["type"] = "hello"
	c.send(hello)
	return c, c.next("welcome")
}

func (c *chat) send(f map[string]any) {
	c.p.t.Helper()
	if err := c.ws.WriteJSON(f); err != nil {
		c.p.t.Fatal(err)
	}
}

// next reads until a frame of a type comes.
func (c *chat) next(kind string) frame {
	c.p.t.Helper()
	_ = c.ws.SetReadDeadline(time.Now().Add(patience))
	for {
		var f frame
		if err := c.ws.ReadJSON(&f); err != nil {
			c.p.t.Fatalf("no %s: %v", kind, err)
		}
		if f.Type == kind {
			return f
		}
	}
}

// asks sends a message and reads what the bot says to it.
func (c *chat) asks(id, text string) string {
	c.p.t.Helper()
	c.send(map[string]any{"type": "message", "id": id, "text": text})
	for mine := false; ; {
		f := c.next("message")
		mine = mine || f.From == "you" && f.ID == id
		if mine && f.From == "bot" {
			return f.Text
		}
	}
}

// chatLink has the API make a link, and returns its token.
func (p *parley) chatLink(account string) string {
	p.t.Helper()
	var made struct{ URL string }
	if code := p.call(http.MethodPost, "/accounts/"+account+"/chat-link", map[string]any{"expires_in": 600}, &made); code != http.StatusCreated {
		p.t.Fatalf("the API answered %d", code)
	}
	u, err := url.Parse(made.URL)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != publicURL+"/chat" {
		p.t.Fatalf("the link %q %v", made.URL, err)
	}
	token, ok := strings.CutPrefix(u.Fragment, "token=")
	if !ok {
		p.t.Fatalf("the link %q has no token", made.URL)
	}
	return token
}

func TestASignedLinkOpensTheChatForOnePerson(t *testing.T) {
	t.Parallel()
	p := start(t)
	token := p.chatLink("acct-1001")
	c, welcome := p.opens(map[string]any{"token": token})
	contains(t, c.asks("m1", "how much do I owe?"), "$1,240.00")
	if got := p.about("acct-1001"); got.ID != welcome.Conversation || !got.Verified {
		t.Errorf("the conversation %+v", got)
	}

	// Another person's link does not open it, and leaves it as it was.
	other, again := p.opens(map[string]any{"conversation": welcome.Conversation, "token": p.chatLink("acct-1002")})
	if f := other.next("error"); f.Code != "bad_token" || again.Conversation != welcome.Conversation {
		t.Errorf("another's link: %+v in %s", f, again.Conversation)
	}
	if got := p.about("acct-1001"); got.ID != welcome.Conversation || !got.Verified {
		t.Errorf("then the conversation %+v", got)
	}

	// A forged token is refused, and who came with it is a stranger.
	forged := []byte(token)
	forged[len(forged)/2] ^= 1
	stranger, fresh := p.opens(map[string]any{"token": string(forged)})
	if f := stranger.next("error"); f.Code != "bad_token" || fresh.Conversation == welcome.Conversation {
		t.Errorf("forged: %+v in %s", f, fresh.Conversation)
	}
	if text := stranger.asks("m1", "how much do I owe?"); strings.Contains(text, "1,240") || !strings.Contains(text, "ZIP") {
		t.Errorf("a stranger is told %q", text)
	}

	// A link that is over is refused, also to who came by it before.
	p.stop()
	p.env = append(p.env, "PARLEY_DEV_CLOCK=2026-11-23T17:00:00Z")
	p.launch()
	late, _ := p.opens(map[string]any{"conversation": welcome.Conversation, "since": 0, "token": token})
	if f := late.next("error"); f.Code != "bad_token" {
		t.Errorf("over: %+v", f)
	}
	if text := late.asks("m2", "how much do I owe?"); strings.Contains(text, "1,240") {
		t.Errorf("after the session has ended: %q", text)
	}
}
