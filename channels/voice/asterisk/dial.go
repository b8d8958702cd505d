package asterisk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/voice"
)

// ringFor is how long a call we place rings, in seconds: about five rings.
const ringFor = 30

// placed is the id of the channel a message's call has: the same message asks for the
// same channel, which Asterisk makes once.
func placed(message string) string {
	sum := sha256.Sum256([]byte(message))
	return "parley-" + hex.EncodeToString(sum[:12])
}

// Dial places a call through ARI. Once somebody answers the dialplan goes on in
// [ARI.Context], with what it needs in channel variables.
func (k *Carrier) Dial(ctx context.Context, p voice.Placement) (string, error) {
	from := cmp.Or(p.From, k.cfg.From)
	switch {
	case k.ari == nil:
		return "", &channels.SendError{Kind: channels.Misconfigured, Reason: "no_ari"}
	case !k.ours[from]:
		return "", &channels.SendError{Kind: channels.Misconfigured, Reason: "unknown_sender"}
	case !e164.MatchString(p.To):
		return "", &channels.SendError{Kind: channels.Rejected, Reason: "invalid_to"}
	}
	id := placed(p.Message)
	body, err := json.Marshal(map[string]any{"variables": map[string]string{
		"__PARLEY_PERSON": p.To, "__PARLEY_OURS": from, "__PARLEY_MESSAGE": url.QueryEscape(p.Message), "__PARLEY_CALL": id,
	}})
	if err != nil {
		return "", &channels.SendError{Kind: channels.Rejected, Reason: "invalid_message", Err: err}
	}
	code, fail := k.request(ctx, http.MethodPost, "channels", url.Values{
		"endpoint": {strings.ReplaceAll(k.cfg.ARI.Endpoint, "{number}", p.To)}, "context": {k.cfg.ARI.Context}, "extension": {"s"},
		"priority": {"1"}, "callerId": {from}, "timeout": {strconv.Itoa(ringFor)}, "channelId": {id}, "otherChannelId": {id + ";2"},
	}, body)
	switch {
	case fail != nil:
		return "", fail
	case code == http.StatusConflict: // it was placed already
		return id, nil
	case code >= 300:
		return "", judge(code)
	}
	return id, nil
}

// judge says what an answer of ARI's means. What it refuses it has not done; what it
// fails at it may have.
func judge(code int) *channels.SendError {
	fail := &channels.SendError{Kind: channels.Rejected, Reason: status(code)}
	switch {
	case code >= 500, code == http.StatusRequestTimeout:
		fail.Kind = channels.Uncertain
	case code == http.StatusTooManyRequests:
		fail.Kind = channels.Retryable
	case code < 400, code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusNotFound, code == http.StatusMethodNotAllowed:
		fail.Kind = channels.Misconfigured
	}
	return fail
}

// Find tells whether the call a message asked for is still there. Asterisk keeps no
// list of those that are over: of one that isn't there it can't say.
func (k *Carrier) Find(ctx context.Context, p voice.Placement, _ time.Time, taken func(call string) bool) (string, bool, error) {
	if k.ari == nil {
		return "", false, &channels.SendError{Kind: channels.Misconfigured, Reason: "no_ari"}
	}
	id := placed(p.Message)
	code, fail := k.request(ctx, http.MethodGet, "channels/"+id, nil, nil)
	switch {
	case fail != nil:
		return "", false, fail
	case code == http.StatusOK:
		return id, taken == nil || !taken(id), nil
	}
	return "", false, &channels.SendError{Kind: channels.Uncertain, Reason: status(code)}
}

// request makes one call of ARI. An answer's body is of no use: the id is ours.
func (k *Carrier) request(ctx context.Context, method, path string, query url.Values, body []byte) (int, *channels.SendError) {
	ctx, cancel := context.WithTimeout(ctx, k.cfg.ARI.Timeout)
	defer cancel()
	u := k.ari.JoinPath(path)
	u.RawQuery = query.Encode()
	r, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return 0, &channels.SendError{Kind: channels.Misconfigured, Reason: "bad_request"}
	}
	r.SetBasicAuth(k.cfg.ARI.User, k.cfg.ARI.Password)
	r.Header.Set("Content-Type", "application/json")
	resp, err := k.http.Do(r)
	var dial *net.OpError
	switch {
	case err == nil:
	case errors.As(err, &dial) && dial.Op == "dial":
		return 0, &channels.SendError{Kind: channels.Retryable, Reason: "connect"}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return 0, &channels.SendError{Kind: channels.Uncertain, Reason: "timeout"}
	default:
		return 0, &channels.SendError{Kind: channels.Uncertain, Reason: "connection_lost"}
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	return resp.StatusCode, nil
}
