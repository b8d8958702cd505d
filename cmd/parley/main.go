// Command parley is the conversational gateway: flags to library calls, nothing else.
package main

import (
	"os"

	"parley/gateway/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.LookupEnv)) }
