package unpack

import (
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
)

// members reads gzip data: one member, or several one after the other, as one
// stream. Unlike gzip.Reader it can go on behind a member that is broken, as
// web archives allow: they have a member for each record.
type members struct {
	in    rewinder
	z     gzip.Reader
	start int64 // where the member begins that is being read
	err   error
}

func newMembers(r io.Reader) (*members, error) {
	m := &members{in: rewinder{r: r}}
	m.err = m.open()
	return m, m.err
}

func (m *members) open() error {
	m.start = m.in.at()
	if err := m.z.Reset(&m.in); err != nil {
		return err // io.EOF where there is no more
	}
	m.z.Multistream(false)
	return nil
}

func (m *members) Read(b []byte) (int, error) {
	for m.err == nil {
		n, err := m.z.Read(b)
		switch {
		case n > 0 && err == io.EOF:
			return n, nil
		case err != io.EOF:
			m.err = err
			return n, err
		}
		m.err = m.open()
	}
	return 0, m.err
}

// resume goes on, after an error, with the next member whose contents begin as
// they should. It tells where that is, and whether there is one.
//
// A member that was cut off has often been read some way into the next before
// it shows, so the search begins a little before the error.
func (m *members) resume(begins func([]byte) bool) (at int64, ok bool) {
	m.in.rewind(m.start + 1)
	var z gzip.Reader // one for all: false beginnings may be many
	for {
		ahead := m.in.peek(trial)
		i := bytes.Index(ahead, gzipMagic)
		switch {
		case i > 0:
			m.in.i += i
		case i == 0:
			if begins(firstBytes(&z, ahead)) {
				m.err = m.open()
				return m.start, m.err == nil
			}
			m.in.i++
		case len(ahead) < trial:
			m.err = io.EOF
			return 0, false
		default:
			m.in.i += len(ahead) - len(gzipMagic) + 1
		}
	}
}

var gzipMagic = []byte("\x1f\x8b\x08")

// trial is how much of a member is looked at to see how its contents begin.
const trial = 4096

// firstBytes is the beginning of what a gzip member holds, "" where b is none.
func firstBytes(z *gzip.Reader, b []byte) []byte {
	if err := z.Reset(bytes.NewReader(b)); err != nil {
		return nil
	}
	out := make([]byte, 512)
	n, _ := io.ReadFull(z, out)
	return out[:n]
}

// rewinder is a buffered reader that knows where it stands and can step back.
type rewinder struct {
	r    io.Reader
	buf  []byte
	i, n int   // buf[i:n] is yet to be read
	base int64 // where buf[0] stands in r
	err  error
}

const (
	rewindSize = 1 << 17
	rewindKeep = 1 << 15 // how far back it can step at least
)

// fill reads once. It returns the error where nothing more comes.
func (w *rewinder) fill() error {
	if w.buf == nil {
		w.buf = make([]byte, rewindSize)
	}
	if drop := w.i - rewindKeep; drop > 0 && w.n > rewindSize/2 {
		copy(w.buf, w.buf[drop:w.n])
		w.i, w.n, w.base = w.i-drop, w.n-drop, w.base+int64(drop)
	}
	before := w.n
	for tries := 0; w.n == before && w.err == nil; tries++ {
		var n int
		n, w.err = w.r.Read(w.buf[w.n:])
		w.n += n
		if n == 0 && tries == 100 {
			w.err = io.ErrNoProgress
		}
	}
	if w.n == before {
		return w.err
	}
	return nil
}

func (w *rewinder) Read(b []byte) (int, error) {
	if w.i == w.n {
		if err := w.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(b, w.buf[w.i:w.n])
	w.i += n
	return n, nil
}

// ReadByte makes gzip read no further than the end of a member.
func (w *rewinder) ReadByte() (byte, error) {
	if w.i == w.n {
		if err := w.fill(); err != nil {
			return 0, err
		}
	}
	w.i++
	return w.buf[w.i-1], nil
}

// peek is the next n bytes, fewer only at the end.
func (w *rewinder) peek(n int) []byte {
	for w.n-w.i < n && w.fill() == nil {
	}
	return w.buf[w.i:min(w.n, w.i+n)]
}

func (w *rewinder) at() int64 { return w.base + int64(w.i) }

// rewind steps back to where at stands, or as near to it as possible.
func (w *rewinder) rewind(at int64) {
	w.i = min(w.i, max(int(at-w.base), w.i-rewindKeep, 0))
}
