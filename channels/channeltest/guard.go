package channeltest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// ErrBeyond is why a guarded connection was refused.
var ErrBeyond = errors.New("channeltest: the network beyond this machine is not for tests")

// Guard is a transport that connects to loopback addresses only. A host name
// other than "localhost" is refused before it is looked up.
func Guard() *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: onlyLoopback}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			if _, err := netip.ParseAddr(host); err != nil && host != "localhost" {
				return nil, &net.OpError{Op: "dial", Net: network, Err: ErrBeyond}
			}
			return dialer.DialContext(ctx, network, address)
		},
		MaxIdleConnsPerHost: 32,
	}
}

// onlyLoopback looks at the address itself, after any look-up, just before the connection.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBeyond, err)
	}
	if !at.Addr().Unmap().IsLoopback() {
		return ErrBeyond
	}
	return nil
}

// A program that imports this package, which only a test should, has a guard in
// place of [http.DefaultTransport]: a client made without a transport of its own
// is held too. It is put there before any test runs, since tests that run at the
// same time share the variable.
func init() { http.DefaultTransport = Guard() }
