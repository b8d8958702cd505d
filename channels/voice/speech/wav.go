package speech

import (
	"encoding/binary"
	"errors"
)

// errAudio says that an answer holds no audio that can be played.
var errAudio = errors.New("speech: not a WAV file of 16-bit samples")

// Fields of a WAV file's "fmt " chunk. Source: RFC 2361 and Microsoft's "Multimedia
// Programming Interface and Data Specifications 1.0".
const (
	formatPCM        = 1
	formatExtensible = 0xFFFE
)

// WAV is samples as a file.
func WAV(pcm []int16, rate int) []byte {
	le := binary.LittleEndian
	size := uint32(2 * len(pcm))
	b := make([]byte, 0, 44+len(pcm)*2)
	b = append(b, "RIFF"...)
	b = le.AppendUint32(b, 36+size)
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, formatPCM)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint32(b, uint32(rate))
	b = le.AppendUint32(b, uint32(2*rate))
	b = le.AppendUint16(b, 2)
	b = le.AppendUint16(b, 16)
	b = append(b, "data"...)
	b = le.AppendUint32(b, size)
	return append(b, Bytes(pcm)...)
}

// ParseWAV reads a file of 16-bit samples, of which several channels become one. A
// length that a stream didn't know when it began (0, or more than there is) is taken
// to reach to the end.
func ParseWAV(b []byte) (pcm []int16, rate int, err error) {
	le := binary.LittleEndian
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WAVE" {
		return nil, 0, errAudio
	}
	channels := 0
	for b = b[12:]; len(b) >= 8; {
		name, size := string(b[:4]), int(le.Uint32(b[4:]))
		b = b[8:]
		if size > len(b) || name == "data" && size == 0 {
			size = len(b)
		}
		switch body := b[:size]; name {
		case "fmt ":
			if size < 16 {
				return nil, 0, errAudio
			}
			format := le.Uint16(body)
			channels, rate = int(le.Uint16(body[2:])), int(le.Uint32(body[4:]))
			if format != formatPCM && format != formatExtensible || le.Uint16(body[14:]) != 16 ||
				channels < 1 || channels > 8 || rate < 8000 || rate > 48000 {
				return nil, 0, errAudio
			}
		case "data":
			if channels == 0 {
				return nil, 0, errAudio
			}
			return mono(Samples(body), channels), rate, nil
		}
		b = b[min(size+size%2, len(b)):]
	}
	return nil, 0, errAudio
}

func mono(pcm []int16, channels int) []int16 {
	if channels == 1 {
		return pcm
	}
	out := make([]int16, len(pcm)/channels)
	for i := range out {
		sum := 0
		for _, s := range pcm[i*channels : (i+1)*channels] {
			sum += int(s)
		}
		out[i] = int16(sum / channels)
	}
	return out
}

// Bytes are samples in little-endian order, as Asterisk's slin16 has them.
func Bytes(pcm []int16) []byte {
	b := make([]byte, 0, 2*len(pcm))
	for _, s := range pcm {
		b = binary.LittleEndian.AppendUint16(b, uint16(s))
	}
	return b
}

// Samples reads what [Bytes] writes; half a sample at the end is left out.
func Samples(b []byte) []int16 {
	pcm := make([]int16, len(b)/2)
	for i := range pcm {
		pcm[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return pcm
}
