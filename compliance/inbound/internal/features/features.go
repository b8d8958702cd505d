// Package features turns a normalised text into the hashed features that the
// inbound classifier is trained on and judges by.
package features

import "strings"

// Dim is the size of the hashed feature space.
const Dim = 3 << 15

// most bounds the features of one text, and so the time one message can take.
const most = 1200

// Extract returns the distinct features of a normalised text: words, pairs and
// triples of words and of what kinds of word they are, and runs of three to five
// characters within words.
func Extract(normal string, into []uint32) []uint32 {
	into = into[:0]
	words := words(normal)
	kinds := make([]string, len(words))
	var seen [Dim / 64]uint64
	add := func(h uint32) {
		h ^= h >> 15
		h *= 2246822519
		h ^= h >> 13
		h %= Dim
		if seen[h>>6]&(1<<(h&63)) == 0 && len(into) < most {
			seen[h>>6] |= 1 << (h & 63)
			into = append(into, h)
		}
	}
	for i, w := range words {
		kinds[i] = kind(w)
		if i > 0 {
			add(hash("B", kinds[i-1], kinds[i]))
		}
		if i > 1 {
			add(hash("T", kinds[i-2], kinds[i-1], kinds[i]))
			add(hash("S", kinds[i-2], kinds[i]))
		}
		if kinds[i] != w {
			add(hash("k", kinds[i]))
		}
		add(hash("w", w))
		if i > 0 {
			add(hash("b", words[i-1], w))
		}
		if i > 1 {
			add(hash("t", words[i-2], words[i-1], w))
			add(hash("s", words[i-2], w))
		}
		if w == "^" || w == "$" || w == "?" {
			continue
		}
		p := "_" + w + "_"
		for n := 3; n <= 5; n++ {
			for j := 0; j+n <= len(p); j++ {
				add(hash("c", p[j:j+n]))
			}
		}
	}
	return into
}

// words splits a text; numbers become their length, sentence marks but the
// question mark vanish, and the ends are marked.
func words(normal string) []string {
	out := append(make([]string, 0, 24), "^")
	for _, w := range strings.Fields(normal) {
		switch {
		case w == "?":
			out = append(out, "?")
		case len(w) == 1 && strings.Contains(".,!", w):
		case w[0] >= '0' && w[0] <= '9' || w[0] == '$':
			out = append(out, "#"+"000000000"[:min(len(w), 9)])
		default:
			out = append(out, w)
		}
	}
	return append(out, "$")
}

func hash(parts ...string) uint32 {
	h := uint32(2166136261)
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint32(p[i])) * 16777619
		}
		h = (h ^ 0x1f) * 16777619
	}
	return h
}
