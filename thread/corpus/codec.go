package corpus

import (
	"encoding/binary"
	"errors"
	"math"

	"threadheat/thread"
)

// What a record holds, its first byte.
const (
	isComment = iota
	isMeta
	isReport
)

// What is given of a comment or description, a bit each.
const (
	hasScore = 1 << iota
	hasTime
	hasEdited
	hasCertainty
)

var errDamaged = errors.New("a record in the temporary file is damaged")

// codec writes and reads records: what was learned of a thread at one place.
// The key of the thread is not in them.
type codec struct {
	files []string // names in positions, each once: inputs have few
	index map[string]int
}

func (c *codec) file(name string) uint64 {
	i, ok := c.index[name]
	if !ok {
		if c.index == nil {
			c.index = map[string]int{}
		}
		i = len(c.files)
		c.files = append(c.files, name)
		c.index[name] = i
	}
	return uint64(i)
}

func (c *codec) appendPos(b []byte, p thread.Pos) []byte {
	b = binary.AppendUvarint(b, c.file(p.File))
	b = binary.AppendVarint(b, int64(p.Line))
	return binary.AppendVarint(b, p.Offset)
}

// appendStrings appends the lengths of all strings, then the strings.
func appendStrings(b []byte, list ...string) []byte {
	for _, s := range list {
		b = binary.AppendUvarint(b, uint64(len(s)))
	}
	for _, s := range list {
		b = append(b, s...)
	}
	return b
}

func appendStamp(b []byte, s thread.Stamp) []byte {
	at := len(b)
	b, _ = s.AppendBinary(append(b, 0)) // it never fails
	b[at] = byte(len(b) - at - 1)
	return b
}

func (c *codec) appendComment(b []byte, x *thread.Comment) []byte {
	given := byte(0)
	if x.HasScore || x.Score != 0 {
		given |= hasScore
	}
	if x.Time != (thread.Stamp{}) {
		given |= hasTime
	}
	if x.Edited != (thread.Stamp{}) {
		given |= hasEdited
	}
	if x.Certainty != 0 {
		given |= hasCertainty
	}
	b = append(b, isComment, given, byte(x.Kind), byte(x.State), byte(x.Basis))
	if given&hasScore != 0 {
		b = appendBool(b, x.HasScore)
		b = binary.AppendVarint(b, int64(x.Score))
	}
	if given&hasTime != 0 {
		b = appendStamp(b, x.Time)
	}
	if given&hasEdited != 0 {
		b = appendStamp(b, x.Edited)
	}
	if given&hasCertainty != 0 {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x.Certainty))
	}
	b = c.appendPos(b, x.Pos)
	b = appendStrings(b, x.ID, x.Parent, x.Author, x.AuthorKey)
	return append(b, x.Text...)
}

func appendMeta(b []byte, m *thread.Meta) []byte {
	b = appendBool(append(b, isMeta), m.HasDeclared)
	b = binary.AppendVarint(b, int64(m.Declared))
	b = appendStamp(b, m.Source.Captured)
	s := &m.Source
	return appendStrings(b, m.ID, m.Title, m.URL, m.Article, m.Lang, s.Name, s.Format, s.Confidence, s.SHA256)
}

func (c *codec) appendReport(b []byte, d *thread.Diagnostic) []byte {
	b = c.appendPos(append(b, isReport, byte(d.Severity)), d.Pos)
	return appendStrings(b, string(d.Code), d.Comment, d.Message)
}

func appendBool(b []byte, yes bool) []byte {
	if yes {
		return append(b, 1)
	}
	return append(b, 0)
}

// cursor reads what the functions above write. Of a damaged record it reads
// zeros and notes that it is bad.
type cursor struct {
	b   []byte
	bad bool
}

func (c *cursor) take(n uint64) []byte {
	if n > uint64(len(c.b)) {
		c.b, c.bad = nil, true
		return nil
	}
	taken := c.b[:n]
	c.b = c.b[n:]
	return taken
}

func (c *cursor) byte() byte {
	if b := c.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (c *cursor) uvarint() uint64 {
	v, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.b, c.bad = nil, true
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *cursor) varint() int64 {
	v, n := binary.Varint(c.b)
	if n <= 0 {
		c.b, c.bad = nil, true
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *cursor) stamp() (s thread.Stamp) {
	if err := s.UnmarshalBinary(c.take(uint64(c.byte()))); err != nil {
		c.bad = true
	}
	return s
}

// strings reads what appendStrings wrote into list. They share an allocation.
func (c *cursor) strings(list ...*string) {
	var lengths [9]uint64
	total := uint64(0)
	for i := range list {
		lengths[i] = c.uvarint()
		if total += lengths[i]; lengths[i] > uint64(len(c.b)) {
			c.b, c.bad = nil, true
			return
		}
	}
	all := string(c.take(total))
	if c.bad {
		return
	}
	for i, s := range list {
		*s, all = all[:lengths[i]], all[lengths[i]:]
	}
}

func (c *codec) pos(in *cursor) thread.Pos {
	file := in.uvarint()
	p := thread.Pos{Line: int(in.varint()), Offset: in.varint()}
	if file < uint64(len(c.files)) {
		p.File = c.files[file]
	} else {
		in.bad = true
	}
	return p
}

func (c *codec) comment(in *cursor) (x thread.Comment) {
	given := in.byte()
	x.Kind, x.State, x.Basis = thread.Kind(in.byte()), thread.State(in.byte()), thread.Basis(in.byte())
	if given&hasScore != 0 {
		x.HasScore = in.byte() != 0
		x.Score = int(in.varint())
	}
	if given&hasTime != 0 {
		x.Time = in.stamp()
	}
	if given&hasEdited != 0 {
		x.Edited = in.stamp()
	}
	if given&hasCertainty != 0 {
		if bits := in.take(4); bits != nil {
			x.Certainty = math.Float32frombits(binary.LittleEndian.Uint32(bits))
		}
	}
	x.Pos = c.pos(in)
	in.strings(&x.ID, &x.Parent, &x.Author, &x.AuthorKey)
	x.Text = string(in.b) // apart, so that an ID does not keep it in memory
	return x
}

func meta(in *cursor) (m thread.Meta) {
	m.HasDeclared = in.byte() != 0
	m.Declared = int(in.varint())
	s := &m.Source
	s.Captured = in.stamp()
	in.strings(&m.ID, &m.Title, &m.URL, &m.Article, &m.Lang, &s.Name, &s.Format, &s.Confidence, &s.SHA256)
	return m
}

func (c *codec) report(in *cursor) (d thread.Diagnostic) {
	d.Severity = thread.Severity(in.byte())
	d.Pos = c.pos(in)
	in.strings((*string)(&d.Code), &d.Comment, &d.Message)
	return d
}
