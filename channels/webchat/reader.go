package webchat

import (
	"context"
	"errors"
	"time"

	"github.com/gorilla/websocket"

	"parley/channels"
)

// read is the reader goroutine. It takes one frame at a time: while a message
// is being made durable the next waits in the network, which is the back
// pressure that a fast writer gets.
func (c *conn) read() {
	defer c.a.wg.Done()
	defer close(c.readerGone)
	l := c.a.cfg.Limits
	// Six bytes a character is what JSON's longest escape needs.
	c.ws.SetReadLimit(int64(l.MaxText)*6 + frameOverhead)
	c.ws.SetPongHandler(func(string) error { c.alive(2 * l.PingEvery); return nil })
	c.ws.SetPingHandler(func(data string) error {
		if c.allow() {
			c.ws.WriteControl(websocket.PongMessage, []byte(data), deadline(closeGrace))
		}
		return nil
	})
	c.alive(l.HelloWait)
	for {
		kind, data, err := c.ws.ReadMessage()
		if errors.Is(err, websocket.ErrReadLimit) {
			c.close(websocket.CloseMessageTooBig, "the frame is too long", false)
			return
		}
		if err != nil {
			c.close(0, "", false)
			return
		}
		if kind != websocket.TextMessage {
			c.refuse(&frameError{code: CodeBadFrame, detail: "frames are text, not binary", fatal: websocket.CloseUnsupportedData})
			return
		}
		if fe := c.handle(data); fe != nil {
			c.refuse(fe)
			if fe.fatal != 0 {
				return
			}
		}
		if c.over() {
			return
		}
		if c.conversation != "" {
			c.alive(2 * l.PingEvery)
		}
	}
}

func (c *conn) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ending
}

func (c *conn) refuse(fe *frameError) {
	c.enqueue(fe.frame())
	if fe.fatal != 0 {
		c.close(fe.fatal, fe.code, false)
	}
}

// allow takes a token for a frame. Whoever goes on after being refused is closed.
func (c *conn) allow() bool {
	if c.messages.AllowN(c.a.cfg.Now(), 1) {
		c.strikes = 0
		return true
	}
	if c.strikes++; c.strikes >= c.a.cfg.Limits.Strikes {
		if c.close(websocket.ClosePolicyViolation, "too many frames", false) {
			c.a.flooded.Add(1)
		}
	}
	return false
}

// handle takes one frame; the error is for the client.
func (c *conn) handle(data []byte) *frameError {
	f, fe := decode(data, c.a.cfg.Limits.MaxText)
	if fe == nil && f.Type == "typing" && c.conversation != "" {
		c.personTyping()
		return nil
	}
	if !c.allow() {
		return &frameError{id: f.ID, code: CodeRateLimited, detail: "too many messages at once; wait a few seconds and send it again"}
	}
	switch {
	case fe != nil:
		return fe
	case f.Type == "hello":
		return c.hello(f)
	case c.conversation == "":
		return &frameError{id: f.ID, code: CodeHelloFirst, detail: "the first frame must be hello"}
	default:
		return c.receive(f)
	}
}

func (c *conn) personTyping() {
	now := c.a.cfg.Now()
	if now.Sub(c.typedAt) < 2*time.Second && !c.typedAt.IsZero() {
		c.allowTyping()
		return
	}
	c.typedAt = now
	if c.a.cfg.PersonTyping != nil {
		c.a.cfg.PersonTyping(c.conversation)
	}
}

// allowTyping lets typing frames pass that come too often, but not without end.
func (c *conn) allowTyping() {
	if c.strikes++; c.strikes >= 10*c.a.cfg.Limits.Strikes {
		if c.close(websocket.ClosePolicyViolation, "too many frames", false) {
			c.a.flooded.Add(1)
		}
	}
}

// receive hands a message or a choice on, and acknowledges it when it is durable.
func (c *conn) receive(f clientFrame) *frameError {
	in := channels.Inbound{
		Channel: Name, ProviderID: c.conversation + "/" + f.ID, From: c.conversation, To: c.a.cfg.Site,
		Text: f.Text, Choice: f.Move, ReceivedAt: c.a.cfg.Now().UTC(),
	}
	ctx, cancel := context.WithTimeout(c.a.base, c.a.cfg.Limits.ReceiveWait)
	defer cancel()
	if f.Type == "choice" {
		in.Text = c.label(ctx, f.Move)
	}
	err := in.Validate()
	var accepted channels.Accepted
	if err == nil {
		accepted, err = c.a.to.Receive(ctx, in)
	}
	var bad *channels.InputError
	switch {
	case errors.As(err, &bad):
		return &frameError{id: f.ID, code: CodeInvalidField, field: bad.Field, detail: bad.Error()}
	case err != nil:
		c.a.fault("receive", err)
		return &frameError{id: f.ID, code: CodeTryAgain, detail: "the message could not be stored; send it again in a moment"}
	}
	c.stored = true
	c.enqueue(encode(serverFrame{Type: "ack", ID: f.ID, Seq: &accepted.Seq}))
	c.a.Wake(c.conversation)
	return nil
}

// label finds the words on the button the person pressed, so that the record
// says what they saw. It is empty when the choice was never offered here, or long
// ago: then the choice alone is handed on, for the dialogue to judge.
func (c *conn) label(ctx context.Context, move string) string {
	for since, more := int64(0), true; more; since += feedPage {
		items, err := c.a.feed.Since(ctx, c.conversation, since, feedPage)
		if err != nil {
			return ""
		}
		more = len(items) == feedPage
		for _, it := range items {
			for _, ch := range it.Choices {
				if ch.ID == move {
					return ch.Label
				}
			}
		}
	}
	return ""
}

// hello begins or resumes a conversation. The welcome's seq is the highest that
// was visible when hello was answered, 0 in a new conversation: after the welcome
// come the messages after since up to seq, then, without a seam, the newer ones.
// A seq below the client's own since says that everything is shown anew.
func (c *conn) hello(f clientFrame) *frameError {
	if c.conversation != "" {
		return &frameError{code: CodeAlreadyHere, detail: "hello was said already"}
	}
	ctx, cancel := context.WithTimeout(c.a.base, c.a.cfg.Limits.ReceiveWait)
	defer cancel()
	handle, fe := c.resume(ctx, f.Conversation)
	if fe != nil {
		return fe
	}
	since := f.Since
	if handle != f.Conversation {
		since = 0
	}
	// Join first: what becomes visible from here on wakes this socket.
	if !c.a.hub.join(handle, c, c.a.cfg.Limits.SocketsPerConversation) {
		return &frameError{code: CodeTooManySocket, detail: "this conversation is open in too many places", fatal: websocket.CloseTryAgainLater}
	}
	since, head, err := c.locate(ctx, handle, since)
	state := ""
	if err == nil && c.stored { // only now: a change since then reaches this socket by Control
		state, _, err = c.a.feed.Exists(ctx, handle)
	}
	if err != nil {
		c.a.hub.leave(handle, c)
		return c.unavailable(err)
	}
	var refused *frameError
	if f.Token != "" {
		refused = c.checkToken(ctx, handle, f.Token)
	}
	frames := [][]byte{encode(serverFrame{Type: "welcome", Conversation: handle, Seq: &head})}
	if state != "" {
		frames = append(frames, encode(serverFrame{Type: "control", State: state}))
	}
	c.greet(handle, since, frames...)
	return refused
}

// resume decides which conversation a hello is for: the one asked for when it
// is in the record, or was given out and has no message yet, else a new one.
func (c *conn) resume(ctx context.Context, asked string) (handle string, fe *frameError) {
	if validHandle(asked) {
		_, ok, err := c.a.feed.Exists(ctx, asked)
		if err != nil {
			return "", c.unavailable(err)
		}
		c.stored = ok
		if ok || c.a.fresh.has(asked, c.a.cfg.Now()) {
			return asked, nil
		}
	}
	now := c.a.cfg.Now()
	if !c.a.ips.begin(c.ip, now) {
		return "", &frameError{code: CodeTooManySocket, detail: "too many new conversations; try again in a minute", fatal: websocket.CloseTryAgainLater}
	}
	handle = handlePrefix + c.a.cfg.NewID()
	c.a.fresh.add(handle, now)
	return handle, nil
}

func (c *conn) unavailable(err error) *frameError {
	c.a.fault("feed", err)
	return &frameError{code: CodeTryAgain, detail: "the conversation can't be read just now; try again in a moment", fatal: websocket.CloseTryAgainLater}
}

// locate finds the feed's head, and where to start: a since the feed never
// reached belongs to something else, and everything is shown from the beginning.
func (c *conn) locate(ctx context.Context, handle string, since int64) (start, head int64, err error) {
	if since > 0 {
		items, err := c.a.feed.Since(ctx, handle, since-1, 1)
		if err != nil {
			return 0, 0, err
		}
		if len(items) == 0 || items[0].Seq != since {
			since = 0
		}
	}
	for head = since; ; {
		items, err := c.a.feed.Since(ctx, handle, head, feedPage)
		if err != nil {
			return 0, 0, err
		}
		if len(items) > 0 {
			head = items[len(items)-1].Seq
		}
		if len(items) < feedPage {
			return since, head, nil
		}
	}
}

func (c *conn) checkToken(ctx context.Context, handle, token string) *frameError {
	if c.a.cfg.Token == nil {
		return &frameError{code: CodeBadToken, detail: "signed links are not in use here"}
	}
	err := c.a.cfg.Token(ctx, handle, token)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		c.a.fault("token", err)
		return &frameError{code: CodeTryAgain, detail: "the link could not be checked; try again in a moment", fatal: websocket.CloseTryAgainLater}
	default:
		return &frameError{code: CodeBadToken, detail: "the link is not valid any more"}
	}
}
