package channeltest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync"
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
		return fmt.Errorf("%w: %v", ErrBeyond, err)
	}
	if !at.Addr().Unmap().IsLoopback() {
		return ErrBeyond
	}
	return nil
}

var install sync.Once

// Install puts a guard in place of [http.DefaultTransport] for the rest of the
// process, so that a client made without a transport of its own is held too.
// [Run] calls it; a package's TestMain may.
func Install() {
	install.Do(func() { http.DefaultTransport = Guard() })
}
