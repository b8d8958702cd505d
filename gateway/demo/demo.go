// Package demo is what `parley serve --demo` adds: a sample configuration, sample
// accounts of invented people, and a page to text from that shows each turn step by step.
package demo

import _ "embed"

// Config is the sample configuration.
//
//go:embed demo.yaml
var Config []byte

// Accounts are the sample accounts, in the form of the API.
//
//go:embed accounts.json
var Accounts []byte
