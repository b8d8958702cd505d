package gateway

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/channels"
	"parley/compliance"
	"parley/compliance/guard"
	"parley/gateway/config"
)

var linkTime = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

func TestAReferenceComesBackAsItWasSigned(t *testing.T) {
	t.Parallel()
	refs := newPaymentRefs("0123456789abcdef")
	rapid.Check(t, func(t *rapid.T) {
		account, conversation := rapid.String().Draw(t, "account"), rapid.String().Draw(t, "conversation")
		ref := refs.sign(account, conversation, linkTime)
		a, c, err := refs.open(ref, linkTime.Add(time.Hour))
		if err != nil || a != account || c != conversation {
			t.Fatalf("%q %q %v", a, c, err)
		}
		if strings.Trim(ref, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			t.Fatalf("%q does not belong into a URL as it is", ref)
		}
	})
}

func TestAReferenceThatIsNotOursIsRefused(t *testing.T) {
	t.Parallel()
	refs := newPaymentRefs("0123456789abcdef")
	ref := refs.sign("acct-1001", "cv_1", linkTime)
	raw, err := refText.DecodeString(ref)
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		forged := append([]byte(nil), raw...)
		forged[i] ^= 1
		if _, _, err := refs.open(refText.EncodeToString(forged), linkTime); !errors.Is(err, errReference) {
			t.Errorf("with byte %d changed: %v", i, err)
		}
	}
	for name, bad := range map[string]string{"nothing": "", "no base32": "?!", "cut short": ref[:len(ref)-4], "with more after it": ref + "aaaa",
		"of another key": newPaymentRefs("another key of 16").sign("acct-1001", "cv_1", linkTime), "a bare hash": strings.Repeat("a", 32), "in capitals": strings.ToUpper(ref)} {
		if _, _, err := refs.open(bad, linkTime); !errors.Is(err, errReference) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if strings.Contains(errReference.Error(), ref) {
		t.Error("the error quotes the reference")
	}
}

func TestAReferenceIsGoodUntilTheEndOfItsLastDay(t *testing.T) {
	t.Parallel()
	refs := newPaymentRefs("0123456789abcdef")
	ref := refs.sign("a", "c", linkTime)
	last := linkTime.AddDate(0, 0, linkDays)
	if _, _, err := refs.open(ref, last.Add(7*time.Hour)); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	if _, _, err := refs.open(ref, last.Add(8*time.Hour)); !errors.Is(err, errReferenceExpired) {
		t.Errorf("on the day after: %v", err)
	}
	if refs.sign("a", "c", linkTime.Add(5*time.Hour)) != ref {
		t.Error("the same day gives two references")
	}
}

func TestLinksFollowTheTemplateAndPassTheGuard(t *testing.T) {
	t.Parallel()
	if paymentLink(config.Config{}) != nil {
		t.Error("a link without a template")
	}
	for template, tail := range map[string]string{"https://pay.example.com/{ref}?from=parley": "?from=parley", "https://pay.example.com/{ref}": ""} {
		link := paymentLink(config.Config{SecretKey: "0123456789abcdef", Payments: config.Payments{LinkTemplate: template}})
		g := guard.New()
		ids := newIDs()
		for range 150 {
			url := link("acct-1001", "cv_"+ids(), linkTime)
			if !strings.HasPrefix(url, "https://pay.example.com/") || !strings.HasSuffix(url, tail) {
				t.Fatal(url)
			}
			_, found, err := g.Clear(channels.Outbound{ID: "m", Channel: "sms", To: "+15125550123", Text: "You can pay safely here: " + url}, guard.Facts{
				Actor: compliance.CreditorOwed, Brand: "Northwind Bank", Collector: "Northwind Bank N.A.", Channel: "sms", Lang: "en", Today: "2026-11-23",
				IdentityVerified: true, Links: []string{url}, AIDisclosed: true, Agent: "ai", Balance: 124000})
			if err != nil || len(found) > 0 {
				t.Fatalf("%s: %v %v", url, found, err)
			}
		}
	}
}
