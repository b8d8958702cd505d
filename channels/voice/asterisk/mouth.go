package asterisk

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"parley/channels/voice"
	"parley/channels/voice/speech"
)

// How audio is handed to Asterisk. It plays what it is sent in its own time and keeps
// at most 1,000 frames; we stay far below, so that little is in its hands.
const (
	chunkFrames = 10  // between two marks: 200 ms
	ahead       = 15  // chunks that may be out: 3 s
	pause       = 10  // frames of silence after a sentence; the mark of its end comes after them
	maxWaiting  = 100 // sentences
)

// sentence is one on its way to the ear.
type sentence struct {
	voice.Sentence
	talk   int
	chunks [][]byte // its audio; nil until it was made
	made   bool
	sent   int // chunks handed to Asterisk
	played int // chunks that were played
}

// mouth is what is being said, sentence by sentence, in order. The marks are numbered
// through the connection: mark n means that everything before it has been played.
type mouth struct {
	queue  []*sentence
	marks  []mark // out, oldest first
	next   int
	talk   int    // of the sentence that comes next
	told   string // what was heard of the talk that is being played
	toldOf int
	sounds bool // we told that our voice is on
}

// mark stands for one that Asterisk will report.
type mark struct {
	id int
	of *sentence
}

// add takes a sentence, and reports whether there was room.
func (m *mouth) add(s voice.Sentence) bool {
	if len(m.queue) >= maxWaiting {
		return false
	}
	q := &sentence{Sentence: s, talk: m.talk}
	if s.Last {
		m.talk++
	}
	if strings.TrimSpace(s.Text) == "" {
		return true
	}
	m.queue = append(m.queue, q)
	return true
}

// unmade is the first sentence whose audio is still to be made, nil if there is none
// or enough are ready.
func (m *mouth) unmade() *sentence {
	for i, q := range m.queue {
		if !q.made && i < 3 {
			return q
		}
	}
	return nil
}

// cut audio into what lies between two marks, with the pause after it.
func chunks(pcm []int16) [][]byte {
	b := speech.Bytes(pcm)
	if odd := len(b) % frameBytes; odd != 0 { // Asterisk drops what fills no frame
		b = append(b, make([]byte, frameBytes-odd)...)
	}
	b = append(b, make([]byte, pause*frameBytes)...)
	var out [][]byte
	for len(b) > 0 {
		n := min(len(b), chunkFrames*frameBytes)
		out, b = append(out, b[:n]), b[n:]
	}
	return out
}

// wire is where audio and marks go.
type wire interface {
	audio(b []byte) error
	command(c command) error
}

// push hands over as much as may be out.
func (m *mouth) push(w wire) error {
	for _, q := range m.queue {
		if !q.made {
			return nil
		}
		for q.sent < len(q.chunks) {
			if len(m.marks) >= ahead {
				return nil
			}
			if q.sent == 0 { // it reports that the voice begins
				if err := m.mark(w, nil); err != nil {
					return err
				}
			}
			if err := w.audio(q.chunks[q.sent]); err != nil {
				return err
			}
			q.sent++
			if err := m.mark(w, q); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *mouth) mark(w wire, of *sentence) error {
	m.next++
	m.marks = append(m.marks, mark{m.next, of})
	return w.command(command{Command: "MARK_MEDIA", ID: strconv.Itoa(m.next)})
}

// played takes the report of a mark: it and those before it have been played. Reports
// of marks that are no longer out are of what was cut.
func (m *mouth) played(id int, ear voice.Ear) {
	for len(m.marks) > 0 && m.marks[0].id <= id {
		q := m.marks[0].of
		m.marks = m.marks[1:]
		m.sound(ear, true)
		if q == nil {
			continue
		}
		q.played++
		if q.played < len(q.chunks) {
			continue
		}
		m.queue = m.queue[1:] // it is the first: marks are in order
		m.tell(q, q.Text)
		ear.Played(q.Text)
	}
	if len(m.queue) == 0 {
		m.sound(ear, false)
	}
}

// tell adds to what was heard of a talk.
func (m *mouth) tell(q *sentence, text string) {
	if m.toldOf != q.talk {
		m.told, m.toldOf = "", q.talk
	}
	m.told += text
}

func (m *mouth) sound(ear voice.Ear, on bool) {
	if m.sounds != on {
		m.sounds = on
		ear.Speaking(voice.Ours, on)
	}
}

// cuttable reports whether the person may now break in: something is being said, or
// about to be, and it may be cut.
func (m *mouth) cuttable() bool { return len(m.queue) > 0 && !m.queue[0].Whole }

// cut takes back all that may be cut. What must be heard whole is handed over anew.
func (m *mouth) cut(w wire, ear voice.Ear) error {
	q := m.queue[0]
	m.tell(q, q.heard())
	heard := m.told
	m.told = ""
	var rest []*sentence
	for _, q := range m.queue {
		if q.Whole {
			q.sent, q.played = 0, 0
			rest = append(rest, q)
		}
	}
	m.queue, m.marks = rest, nil
	err := w.command(command{Command: "FLUSH_MEDIA"})
	ear.Interrupted(heard)
	m.sound(ear, false)
	return err
}

// heard is how much of a sentence was surely said: the words that end before the share
// of its audio that was played. The last word is never among them, for the end of the
// audio was not reached. It is an estimate: nobody tells where in the audio a word is.
func (q *sentence) heard() string {
	if q.played == 0 {
		return ""
	}
	audio := 0
	for _, c := range q.chunks {
		audio += len(c)
	}
	audio -= pause * frameBytes
	share := min(1, float64(q.played*chunkFrames*frameBytes)/float64(max(1, audio)))
	runes := []rune(q.Text)
	end := int(share * float64(len(runes)))
	for end > 0 && (end >= len(runes) || runes[end] != ' ') {
		end--
	}
	return string(runes[:end])
}

// speak makes a sentence's audio.
func speak(ctx context.Context, s Speech, q *sentence) ([][]byte, error) {
	text := q.Text
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, " ")
	}
	pcm, err := s.Speak(ctx, text, q.Language)
	if err != nil {
		return nil, err
	}
	return chunks(pcm), nil
}
