// Package live carries what is worth nothing a minute later between those who
// work at the desk: who is there, who looks at what, who types, and a word to one
// of them. What must last is in the record; whoever missed a notice sees there
// how things stand.
package live

import (
	"time"
)

// Kind is what a notice is about.
type Kind string

// The kinds.
const (
	// KindPresence: somebody came, went, or is busy now.
	KindPresence Kind = "presence"
	// KindViewing: who looks at a conversation, or types in it, has changed.
	KindViewing Kind = "viewing"
	// KindWhisper is a word to one agent, in Text.
	KindWhisper Kind = "whisper"
)

// Notice is one of them.
type Notice struct {
	Kind         Kind
	Conversation string
	// From and To are people's names; To is whom it is for alone, "" for everybody who may see the conversation.
	From, To string
	Text     string
}

// Bus carries notices to everybody in this desk, whatever process they are connected to.
type Bus interface {
	// Publish never blocks. A notice that can't be carried is lost.
	Publish(n Notice)
	// Subscribe has f called for each notice until stop is called. f must not block.
	Subscribe(f func(Notice)) (stop func())
}

// Seen is somebody who has a socket open.
type Seen struct {
	Name string
	// Viewing are the conversations they look at, Typing those they type in now; both sorted.
	Viewing, Typing []string
}

// Presence knows who has a socket open, and what they look at there.
type Presence interface {
	// Enter says that somebody has opened a socket. Each socket has an id of its own.
	Enter(socket, name string)
	// Leave says that it is closed.
	Leave(socket string)
	// View says what its owner looks at; "" nothing.
	View(socket, conversation string)
	// Type says that its owner types there now, which holds for [TypingFor].
	Type(socket, conversation string, at time.Time)
	// There lists who is there, by name.
	There(now time.Time) []Seen
}

// TypingFor is how long somebody is taken to type after they last did.
const TypingFor = 6 * time.Second

// Live is both.
type Live interface {
	Bus
	Presence
}
