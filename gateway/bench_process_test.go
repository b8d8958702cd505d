package gateway

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkProcess builds the binary, stripped as make build does, starts parley serve
// --demo, and reports its size, how long it takes until it is ready, and its resident
// memory when it has had nothing to do for a while.
func BenchmarkProcess(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "parley")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", binary, "parley/cmd/parley")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.Command(binary, "serve", "--demo")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PARLEY_LISTEN=127.0.0.1:0", "PARLEY_ADMIN_LISTEN=127.0.0.1:0")
		out, err := cmd.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		ready := time.Since(start)
		_, rest, _ := strings.Cut(line, "http://")
		address, _, _ := strings.Cut(rest, " ")
		res, err := http.Get("http://" + address + "/readyz")
		if err != nil || res.StatusCode != http.StatusOK {
			b.Fatal("not ready", err)
		}
		res.Body.Close()
		time.Sleep(2 * time.Second)
		rss := resident(b, cmd.Process.Pid)
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			b.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(ms(ready), "start-ms")
		b.ReportMetric(float64(rss)/1e6, "rss-MB")
	}
	b.ReportMetric(float64(info.Size())/1e6, "binary-MB")
	b.ReportMetric(0, "ns/op")
}

// resident is a process's resident memory in bytes, as the kernel counts it.
func resident(b *testing.B, pid int) int64 {
	b.Helper()
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
