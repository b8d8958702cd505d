package gateway

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/webchat"
	"parley/dialog"
	"parley/gateway/config"
	"parley/gateway/store"
)

// chatLinkVersion begins every token; it rises when their form changes.
const chatLinkVersion = 1

// errChatLink is for every token that doesn't open a chat: none of ours, over, or
// for an account that is gone. It doesn't say which, nor quote the token.
var errChatLink = errors.New("gateway: not a chat link of ours, or over")

// chatLinks makes and reads the tokens in links to the web chat: account and
// end, signed with HMAC-SHA256, in URL-safe base64. Whoever has one is taken for the
// person of the account until it ends, so it goes only to them, and in the fragment of the URL, which
// browsers send to nobody.
type chatLinks struct{ key []byte }

// newChatLinks derives the key from the process's secret, so that no other use of
// the secret can make a token.
func newChatLinks(secret config.Secret) chatLinks {
	m := hmac.New(sha256.New, []byte(secret.Reveal()))
	m.Write([]byte("parley chat link"))
	return chatLinks{key: m.Sum(nil)}
}

// sign makes a token that is good until an instant, in whole seconds.
func (l chatLinks) sign(account string, until time.Time) string {
	b := []byte{chatLinkVersion}
	b = binary.AppendUvarint(b, uint64(max(until.Unix(), 0)))
	b = append(b, account...)
	return base64.RawURLEncoding.EncodeToString(append(b, l.mac(b)...))
}

// open reads a token as of an instant. The error is errChatLink.
func (l chatLinks) open(token string, at time.Time) (account string, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(b) <= macBytes {
		return "", errChatLink
	}
	b, mac := b[:len(b)-macBytes], b[len(b)-macBytes:]
	if !hmac.Equal(mac, l.mac(b)) || b[0] != chatLinkVersion {
		return "", errChatLink
	}
	until, n := binary.Uvarint(b[1:])
	if n <= 0 || at.Unix() >= int64(until) {
		return "", errChatLink
	}
	return string(b[1+n:]), nil
}

func (l chatLinks) mac(b []byte) []byte {
	m := hmac.New(sha256.New, l.key)
	m.Write(b)
	return m.Sum(nil)[:macBytes]
}

// chatLink is the URL that opens the web chat for an account; "" while it is not
// known where people reach us.
func (g *Gateway) chatLink(account string, until time.Time) string {
	base := strings.TrimSuffix(g.Config.PublicURL, "/")
	if base == "" && g.demo != nil && g.PublicAddr != "" {
		base = "http://" + g.PublicAddr
	}
	if base == "" {
		return ""
	}
	return base + "/chat#token=" + newChatLinks(g.Config.SecretKey).sign(account, until)
}

// openChat is the web chat's word on a token: the conversation, which is opened where
// it has no message yet, is identified by it. A record that does not answer is not
// the token's fault: that error wraps a context's, on which the widget tries again.
func (g *Gateway) openChat(ctx context.Context, conversation, token string) error {
	now := g.env.Now().UTC()
	id, err := newChatLinks(g.Config.SecretKey).open(token, now)
	if err != nil {
		return err
	}
	account, err := g.Record.Account(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return errChatLink
	}
	if err == nil {
		opened := g.intake.newConversation(channels.Inbound{Channel: webchat.Name, From: conversation, To: webchat.Name}, now)
		err = g.Record.Update(ctx, conversation, &opened, now, func(snap dialog.Snapshot) (dialog.Effects, error) {
			return g.Engine.VerifyByLink(snap, account, g.env)
		})
	}
	switch {
	case err == nil, errors.Is(err, dialog.ErrKnown):
		return nil
	case errors.Is(err, dialog.ErrElsewhere):
		return err
	}
	return fmt.Errorf("%w: the record: %w", context.DeadlineExceeded, err)
}
