package webchat

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

const benchServer = "PARLEY_WEBCHAT_BENCH_SERVER"

// serveBench is the process that BenchmarkIdleSockets measures: it prints its
// address and lives until its input ends.
func serveBench() {
	cfg := testConfig()
	cfg.Limits.SocketsPerIP, cfg.Limits.NewBurst = 1<<20, 1<<20
	house := newHouse()
	a, err := New(cfg, house)
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	a.Routes(mux, house)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(ln, mux)
	fmt.Println(ln.Addr())
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// BenchmarkIdleSockets opens 10,000 sockets that said hello and then keep still,
// and reports what the serving process grew by, as the kernel counts it.
func BenchmarkIdleSockets(b *testing.B) {
	const sockets = 10_000
	for b.Loop() {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), benchServer+"=1")
		in, _ := cmd.StdinPipe()
		out, _ := cmd.StdoutPipe()
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		addr, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		before := residentBytes(b, cmd.Process.Pid)
		var open []net.Conn
		for range sockets {
			open = append(open, rawHello(b, strings.TrimSpace(addr)))
		}
		after := residentBytes(b, cmd.Process.Pid)
		b.ReportMetric(float64(after-before)/sockets, "B/connection")
		b.ReportMetric(float64(after)/1e6, "MB-total")
		for _, c := range open {
			c.Close()
		}
		in.Close()
		cmd.Wait()
	}
}

// rawHello is a client that costs next to nothing: a bare TCP connection.
func rawHello(b *testing.B, addr string) net.Conn {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	frame := `{"type":"hello"}`
	fmt.Fprintf(c, "GET /channels/webchat/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
	c.SetReadDeadline(time.Now().Add(10 * time.Second))
	var buf [1024]byte
	if _, err := c.Read(buf[:]); err != nil { // the upgrade's answer
		b.Fatal(err)
	}
	c.Write(append([]byte{0x81, 0x80 | byte(len(frame)), 0, 0, 0, 0}, frame...)) // masked with zeros
	if n, err := c.Read(buf[:]); err != nil || !strings.Contains(string(buf[:n]), "welcome") {
		b.Fatalf("no welcome: %q, %v", buf[:n], err)
	}
	return c
}

func residentBytes(b *testing.B, pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("needs /proc to read a process's memory")
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			if err != nil {
				b.Fatal(err)
			}
			return kb << 10
		}
	}
	b.Fatal("no VmRSS")
	return 0
}

// BenchmarkRoundTrip is a message from the socket to its ack and its echo, with
// a record that costs nothing: what the channel itself takes.
func BenchmarkRoundTrip(b *testing.B) {
	cfg := testConfig()
	cfg.Limits.MessageRate, cfg.Limits.MessageBurst = 1e9, 1e9
	r := benchRig(b, cfg)
	c := r.hello("", 0)
	n := 0
	for b.Loop() {
		n++
		c.send(map[string]any{"type": "message", "id": strconv.Itoa(n), "text": "I can pay 100 a month"})
		c.want("message")
	}
}
