package gateway

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"pgregory.net/rapid"

	"parley/dialog"
	"parley/gateway/config"
)

func TestAChatLinkOpensUntilItEnds(t *testing.T) {
	t.Parallel()
	links := newChatLinks("0123456789abcdef")
	rapid.Check(t, func(t *rapid.T) {
		account := rapid.String().Draw(t, "account")
		lasts := time.Duration(rapid.IntRange(1, 604800).Draw(t, "seconds")) * time.Second
		token := links.sign(account, linkTime.Add(lasts))
		if got, err := links.open(token, linkTime.Add(lasts-time.Nanosecond)); err != nil || got != account {
			t.Fatalf("%q %v", got, err)
		}
		if _, err := links.open(token, linkTime.Add(lasts)); !errors.Is(err, errChatLink) {
			t.Fatalf("at its end: %v", err)
		}
		if strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Fatalf("%q does not belong into a URL as it is", token)
		}
	})
}

func TestAChatLinkThatIsNotOursIsRefused(t *testing.T) {
	t.Parallel()
	links := newChatLinks("0123456789abcdef")
	until := linkTime.Add(time.Hour)
	token := links.sign("acct-1001", until)
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		forged := append([]byte(nil), raw...)
		forged[i] ^= 1
		if _, err := links.open(base64.RawURLEncoding.EncodeToString(forged), linkTime); !errors.Is(err, errChatLink) {
			t.Errorf("with byte %d changed: %v", i, err)
		}
	}
	if payments := newPaymentRefs("0123456789abcdef"); string(links.key) == string(payments.key) {
		t.Error("one key signs chat links and payment references")
	}
	later := append([]byte{chatLinkVersion + 1}, raw[1:len(raw)-macBytes]...)
	for name, bad := range map[string]string{"nothing": "", "no base64": "?!", "cut short": token[:len(token)-4], "with more after it": token + "AAAA",
		"of another key":        newChatLinks("another key of 16").sign("acct-1001", until),
		"a payment reference":   newPaymentRefs("0123456789abcdef").sign("acct-1001", "cv_1", until),
		"of another form":       base64.RawURLEncoding.EncodeToString(append(later, links.mac(later)...)),
		"of an end without end": base64.RawURLEncoding.EncodeToString(append([]byte{1, 0xff}, links.mac([]byte{1, 0xff})...)),
	} {
		if _, err := links.open(bad, linkTime); !errors.Is(err, errChatLink) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestATokenIdentifiesAConversation(t *testing.T) {
	t.Parallel()
	p := newPast(t)
	cfg, err := DemoConfig()
	p.ok(err)
	cfg.SecretKey, cfg.PublicURL = config.Secret("0123456789abcdef"), "https://chat.example.com/"
	now := linkTime
	g, err := New(cfg, p.record, Options{Log: zap.NewNop(), Now: func() time.Time { return now }})
	p.ok(err)
	p.ok(g.Seed(t.Context()))
	token := func(account string) string {
		t.Helper()
		link, ok := strings.CutPrefix(g.chatLink(account, now.Add(time.Minute)), "https://chat.example.com/chat#token=")
		if !ok {
			t.Fatal("not a link to the chat")
		}
		return link
	}
	const conv = "wc_0123456789abcdef"
	p.ok(g.openChat(t.Context(), conv, token("acct-1001")))
	p.ok(g.openChat(t.Context(), conv, token("acct-1001"))) // a socket that comes back
	identified := func() (n int, c dialog.Conversation) {
		t.Helper()
		snap, err := p.record.Snapshot(t.Context(), conv)
		p.ok(err)
		ledger, err := p.record.Ledger(t.Context(), conv, 0, 100)
		p.ok(err)
		for _, e := range ledger {
			if e.Type == "identity.verified" && strings.Contains(string(e.Body), `["signed_link"]`) {
				n++
			}
		}
		return n, snap.Conversation
	}
	if n, c := identified(); n != 1 || c.Account != "acct-1001" || !c.Identity.Verified || c.Channel != "webchat" || c.Address != conv {
		t.Fatalf("identified %d times: %+v", n, c)
	}
	if err := g.openChat(t.Context(), conv, token("acct-1002")); !errors.Is(err, dialog.ErrElsewhere) {
		t.Errorf("another person's link: %v", err)
	}
	if err := g.openChat(t.Context(), conv, token("acct-none")); !errors.Is(err, errChatLink) {
		t.Errorf("of an account that is gone: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := g.openChat(ctx, conv, token("acct-1001")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without the record: %v", err)
	}
	old := token("acct-1001")
	now = now.Add(time.Hour)
	if err := g.openChat(t.Context(), conv, old); !errors.Is(err, errChatLink) {
		t.Errorf("an hour later: %v", err)
	}
	p.ok(g.openChat(t.Context(), conv, token("acct-1001")))
	if n, c := identified(); n != 2 || !c.Identity.VerifiedAt.Equal(now) {
		t.Errorf("anew %d times: %+v", n, c.Identity)
	}
}
