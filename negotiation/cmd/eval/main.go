// Command eval measures the negotiation engine against simulated debtors and a
// brute-force oracle, and prints docs/negotiation-evaluation.md. It exits with
// 1 when it can't write.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"

	"parley/negotiation/oracle"
)

func main() {
	n := flag.Int("n", 12_000, "negotiations to simulate")
	seed := flag.Uint64("seed", 1001, "seed of the simulation; the same seed prints the same page")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	err := oracle.Report(out, *seed, *n)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}
