package corpus

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"

	"threadheat/thread"
)

// Tape keeps comments, descriptions and diagnostics in the order in which they
// came, for a decoder that must have seen the whole input before it can tell
// which thread they belong to. What does not fit in memory goes to a temporary
// file. Close it when done.
type Tape struct {
	o       Options
	codec   codec
	held    bytes.Buffer
	scratch []byte
	file    *spill // nil while all is held
	written part
	err     error
}

// Listener is told what is on a Tape.
type Listener interface {
	Comment(c thread.Comment) (more bool)
	Describe(key string, m thread.Meta)
	Report(key string, d thread.Diagnostic)
}

// NewTape starts a tape. Of the options Memory and Dir count; the tape takes
// half of that memory, so that it can be played to a Corpus with the other.
func NewTape(o Options) *Tape {
	if o.Memory <= 0 {
		o.Memory = DefaultMemory
	}
	return &Tape{o: o}
}

// Add keeps a comment. The error, which is that of the temporary file, comes
// again with all that follows.
func (t *Tape) Add(c thread.Comment) error {
	t.keep(c.Thread, t.codec.appendComment(t.scratch[:0], &c))
	return t.err
}

// Describe keeps what is known of a thread.
func (t *Tape) Describe(key string, m thread.Meta) { t.keep(key, appendMeta(t.scratch[:0], &m)) }

// Report keeps a diagnostic.
func (t *Tape) Report(key string, d thread.Diagnostic) {
	t.keep(key, t.codec.appendReport(t.scratch[:0], &d))
}

func (t *Tape) keep(key string, record []byte) {
	if t.scratch = record; t.err != nil {
		return
	}
	var size [binary.MaxVarintLen64]byte
	t.held.Write(size[:binary.PutUvarint(size[:], uint64(len(key)))])
	t.held.WriteString(key)
	t.held.Write(size[:binary.PutUvarint(size[:], uint64(len(record)))])
	t.held.Write(record)
	if int64(t.held.Len()) >= t.o.Memory/2 {
		t.err = t.flush()
	}
}

func (t *Tape) flush() (err error) {
	if t.file == nil {
		if t.file, err = newSpill(t.o); err != nil {
			return err
		}
	}
	out := t.file.append()
	out.Write(t.held.Bytes())
	t.held.Reset()
	return t.file.appended(out, &t.written)
}

// Play tells l all that is on the tape, until it has had enough.
func (t *Tape) Play(l Listener) error {
	if t.err != nil {
		return t.err
	}
	var r io.Reader = &t.held
	if t.file != nil {
		r = io.MultiReader(t.file.stretches(t.written.spans), r)
	}
	in := bufio.NewReaderSize(r, bufferSize)
	for {
		key, err := t.next(in)
		if err == io.EOF {
			return nil
		}
		var record []byte
		if err == nil {
			record, err = t.next(in)
		}
		if err != nil {
			return t.file.wrap(err) // memory does not fail
		}
		if more, err := t.tell(string(key), record, l); err != nil || !more {
			return err
		}
	}
}

func (t *Tape) tell(key string, record []byte, l Listener) (more bool, err error) {
	in := cursor{b: record}
	more = true
	switch in.byte() {
	case isComment:
		c := t.codec.comment(&in)
		if c.Thread = key; !in.bad {
			more = l.Comment(c)
		}
	case isMeta:
		if m := meta(&in); !in.bad {
			l.Describe(key, m)
		}
	case isReport:
		if d := t.codec.report(&in); !in.bad {
			l.Report(key, d)
		}
	default:
		in.bad = true
	}
	if in.bad {
		return false, errDamaged
	}
	return more, nil
}

// next reads what stands after its length.
func (t *Tape) next(in *bufio.Reader) ([]byte, error) {
	n, err := binary.ReadUvarint(in)
	if err != nil {
		return nil, err
	}
	if n > uint64(t.written.size)+uint64(t.held.Cap()) {
		return nil, errDamaged
	}
	b := make([]byte, n)
	if _, err = io.ReadFull(in, b); err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}

// Close gives back memory and the temporary file.
func (t *Tape) Close() {
	t.held = bytes.Buffer{}
	if t.file != nil {
		t.file.close()
		t.file = nil
	}
}
