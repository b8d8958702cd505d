package channels

import "embed"

// Source is this package's own source. Package channeltest reads it to prove
// that every sentence its cases quote is still promised here; nothing else
// needs it, and the linker drops it from a program that does not ask.
//
//go:embed channels.go errors.go validate.go
var Source embed.FS
