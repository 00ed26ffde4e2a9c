// Package scored writes the heats of a plain list of comments.
package scored

import (
	"strconv"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/metrics/heat"
)

// Offsets is the unit in which evidence is placed in the text.
type Offsets string

// The units.
const (
	Bytes Offsets = "bytes" // of UTF-8, as `measure` has it
	Runes Offsets = "runes" // Unicode code points, as Python and R count
	UTF16 Offsets = "utf16" // as JavaScript and Java count
)

// AllOffsets lists the units.
var AllOffsets = []Offsets{Bytes, Runes, UTF16}

// Options are how heats are written. The zero Options will do.
type Options struct {
	Lang       metrics.Lang // of reasons; "" is English
	Offsets    Offsets      // "" is Bytes
	NoEvidence bool
}

// Append appends one line of JSON:
//
//	{"id":"a1","heat":{"value":0.41,"n":23,"language":"fr","target":"addressee",
//	  "confidence":"high","evidence":[{"start":4,"end":9,"cue":"shouting","share":1}]}}
//
// id is JSON already. n is the number of words; language and target, at whom most of
// the heat is aimed, are there where they are told; confidence is low, medium or high,
// see heat.Confidence. A heat that is not known has the
// value null and a reason. start and end are places in text, in the unit of the
// Options; shares add up to 1 where the value is not 0. It allocates nothing where to
// has room. O(len(text)).
func Append(to []byte, id, text string, s heat.Score, o Options) []byte {
	to = append(append(to, `{"id":`...), id...)
	to = append(to, `,"heat":{"value":`...)
	if s.Reason != nil {
		to = append(to, "null"...)
	} else {
		to = appendNumber(to, s.Value)
	}
	to = append(to, `,"n":`...)
	to = strconv.AppendInt(to, int64(s.Tokens), 10)
	to = appendMember(to, `,"language":`, s.Lang.String())
	if s.Reason != nil {
		to = appendMember(to, `,"reason":`, s.Reason.In(o.Lang))
		return append(to, "}}\n"...)
	}
	to = appendMember(to, `,"target":`, s.Target.String())
	to = appendMember(to, `,"confidence":`, s.Confidence().String())
	if !o.NoEvidence && len(s.Evidence) > 0 {
		to = append(to, `,"evidence":[`...)
		count := counter{text: text, unit: o.Offsets}
		for k, e := range s.Evidence {
			if k > 0 {
				to = append(to, ',')
			}
			to = append(to, `{"start":`...)
			to = strconv.AppendInt(to, int64(count.at(e.Start)), 10)
			to = append(to, `,"end":`...)
			to = strconv.AppendInt(to, int64(count.at(e.End)), 10)
			to = append(to, `,"cue":`...)
			to = appendString(to, e.Cue)
			to = append(to, `,"share":`...)
			to = appendNumber(to, e.Share)
			to = append(to, '}')
		}
		to = append(to, ']')
	}
	return append(to, "}}\n"...)
}

// appendMember appends a member, unless its value is empty.
func appendMember(to []byte, name, value string) []byte {
	if value == "" {
		return to
	}
	return appendString(append(to, name...), value)
}

// counter turns bytes into another unit, for places that rise.
type counter struct {
	text    string
	unit    Offsets
	from, n int // n units before byte from
}

func (c *counter) at(place int) int {
	if c.unit != Runes && c.unit != UTF16 {
		return place
	}
	if place < c.from { // evidence may overlap
		c.from, c.n = 0, 0
	}
	for c.from < min(place, len(c.text)) {
		r, size := utf8.DecodeRuneInString(c.text[c.from:])
		c.from += size
		c.n++
		if c.unit == UTF16 && r > 0xFFFF {
			c.n++
		}
	}
	return c.n
}

// appendNumber appends a finite number in the fewest digits that read back as it.
func appendNumber(to []byte, x float64) []byte {
	if x == 0 {
		return append(to, '0') // and not -0
	}
	return strconv.AppendFloat(to, x, 'g', -1, 64)
}

// appendString appends s, which is ours, as JSON.
func appendString(to []byte, s string) []byte {
	const hex = "0123456789abcdef"
	to = append(to, '"')
	for k := 0; k < len(s); k++ {
		switch c := s[k]; {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c < ' ':
			to = append(to, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}
