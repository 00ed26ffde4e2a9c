package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"io/fs"
	"iter"
	"math"
	"os"
	"slices"
)

// A part holds the groups of threads whose hashes agree in 6 bits a level.
const (
	fanBits  = 6
	fan      = 1 << fanBits
	maxLevel = 64 / fanBits
)

// partOf is the part of a thread among those of a level.
func (s *spill) partOf(key string, level int) int {
	return int(maphash.String(s.seed, key) >> (level * fanBits) % fan)
}

// spill is the temporary file. Groups stand in it as
//
//	first, what they hold, length of key, key, length of records, records
//
// with all numbers as uvarints, and each record after its length.
type spill struct {
	dir   string
	file  *os.File
	name  string // to be removed in the end; "" where the system let us do so at once
	end   int64
	seed  maphash.Seed
	parts []part
}

// span is a stretch of the file.
type span struct{ at, size int64 }

// part is all groups of some threads, in the order in which they were written.
type part struct {
	level  int // of the parts it was divided from
	spans  []span
	size   int64
	groups int64
	key    string // of its first group
	many   bool   // there are other keys than that
	has    byte   // what its groups hold together
}

func newSpill(o Options) (*spill, error) {
	dir := cmp.Or(o.Dir, os.TempDir())
	// The seed decides who shares a part, and so nothing of what comes out.
	s := &spill{dir: dir, seed: maphash.MakeSeed(), parts: make([]part, fan)}
	file, err := os.CreateTemp(dir, "threadheat-*")
	if err != nil {
		return nil, s.wrap(err)
	}
	s.file = file
	// Where the system keeps the data of an open file that has no name, nothing
	// can be left behind, whatever happens.
	if os.Remove(file.Name()) != nil {
		s.name = file.Name()
	}
	return s, nil
}

func (s *spill) close() {
	s.file.Close()
	if s.name != "" {
		os.Remove(s.name)
	}
}

// wrap says what to do about an error of the file.
func (s *spill) wrap(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("the comments do not fit in memory, and the temporary file for them in %s failed after %d MB: %w; it takes about as much room as their texts: set TMPDIR to a folder that has it", s.dir, s.end/1e6, err)
}

// flush moves the window to the file.
func (c *Corpus) flush() (err error) {
	if c.spill == nil {
		if c.spill, err = newSpill(c.o); err != nil {
			return err
		}
	}
	s, w := c.spill, &c.window
	members := make([][]*group, fan)
	for i := range w.list {
		g := &w.list[i]
		p := s.partOf(g.key, 0)
		members[p] = append(members[p], g)
	}
	for p, list := range members {
		if len(list) == 0 {
			continue
		}
		out := s.append()
		for _, g := range list {
			s.parts[p].note(g.key, g.has, 1)
			out.header(g)
			for record := range w.records(g) {
				out.uvarint(uint64(len(record)))
				out.Write(record)
			}
		}
		if err := s.appended(out, &s.parts[p]); err != nil {
			return err
		}
	}
	w.reset()
	return nil
}

// note adds to what is known of a part.
func (p *part) note(key string, has byte, groups int64) {
	if p.groups == 0 {
		p.key = key
	}
	p.many = p.many || key != p.key
	p.groups += groups
	p.has |= has
}

// weight is how many bytes a part takes to be sorted.
func (p *part) weight() int64 { return p.size + p.groups*overhead }

// stretches reads and writes spans of a file one after the other.
type stretches struct {
	file  *os.File
	spans []span
}

func (s *stretches) Read(b []byte) (int, error) {
	if len(s.spans) == 0 {
		return 0, io.EOF
	}
	first := &s.spans[0]
	n, err := s.file.ReadAt(b[:min(int64(len(b)), first.size)], first.at)
	s.took(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // the file has shrunk
	}
	if n > 0 {
		err = nil
	}
	return n, err
}

func (s *stretches) Write(b []byte) (n int, err error) {
	for n < len(b) {
		if len(s.spans) == 0 {
			return n, io.ErrShortWrite
		}
		first := &s.spans[0]
		k, err := s.file.WriteAt(b[n:n+int(min(int64(len(b)-n), first.size))], first.at)
		n += k
		if s.took(k); err != nil {
			return n, err
		}
	}
	return n, nil
}

// took steps over n bytes of the first span.
func (s *stretches) took(n int) {
	first := &s.spans[0]
	first.at += int64(n)
	if first.size -= int64(n); first.size == 0 {
		s.spans = s.spans[1:]
	}
}

func (s *spill) stretches(spans []span) *stretches {
	return &stretches{s.file, slices.Clone(spans)}
}

// writer writes groups. Its error comes with Flush.
type writer struct {
	*bufio.Writer
	n int64
}

func (w *writer) Write(b []byte) (int, error) {
	w.n += int64(len(b))
	return w.Writer.Write(b)
}

func (w *writer) uvarint(v uint64) {
	var b [binary.MaxVarintLen64]byte
	w.Write(b[:binary.PutUvarint(b[:], v)])
}

func (w *writer) header(g *group) {
	w.uvarint(g.first)
	w.uvarint(uint64(g.has))
	w.uvarint(uint64(len(g.key)))
	w.n += int64(len(g.key))
	w.WriteString(g.key)
	w.uvarint(uint64(g.size))
}

const bufferSize = 64 << 10

// append writes at the end of the file; appended must follow.
func (s *spill) append() *writer {
	return &writer{Writer: bufio.NewWriterSize(s.stretches([]span{{s.end, math.MaxInt64 - s.end}}), bufferSize)}
}

// appended gives a part what was written.
func (s *spill) appended(w *writer, p *part) error {
	if err := w.Flush(); err != nil {
		return s.wrap(err)
	}
	p.spans = append(p.spans, span{s.end, w.n})
	p.size += w.n
	s.end += w.n
	return nil
}

// readHeader reads what writer.header writes.
func readHeader(r *bufio.Reader) (g group, err error) {
	if g.first, err = binary.ReadUvarint(r); err != nil {
		return g, err
	}
	has, err := binary.ReadUvarint(r)
	g.has = byte(has)
	if err != nil {
		return g, err
	}
	n, err := binary.ReadUvarint(r)
	if err == nil && n > math.MaxInt32 {
		err = errDamaged
	}
	if err != nil {
		return g, err
	}
	key := make([]byte, n)
	if _, err = io.ReadFull(r, key); err != nil {
		return g, err
	}
	g.key = string(key)
	size, err := binary.ReadUvarint(r)
	g.size = int64(size)
	return g, err
}

// groups walks all threads in the file, in the order in which they were first
// named. trouble is set, and ends the walk, when the file fails.
func (s *spill) groups(memory int64, trouble *error) iter.Seq2[*group, iter.Seq[[]byte]] {
	return func(yield func(*group, iter.Seq[[]byte]) bool) {
		sorted, err := s.sort(memory)
		if err != nil {
			*trouble = err
			return
		}
		size := int(min(max(memory/4/int64(len(sorted)+1), 512), bufferSize))
		var open runs
		for i := range sorted {
			r := &run{part: &sorted[i], in: bufio.NewReaderSize(s.stretches(sorted[i].spans), size)}
			if *trouble = r.next(s); *trouble != nil {
				return
			}
			open = append(open, r)
		}
		heap.Init(&open)
		for len(open) > 0 {
			r := open[0]
			if !yield(&r.head, r.records(s, trouble)) || *trouble != nil {
				return
			}
			if *trouble = r.next(s); *trouble != nil {
				return
			}
			if r.done {
				heap.Pop(&open)
			} else {
				heap.Fix(&open, 0)
			}
		}
	}
}

// sort makes parts of which each is sorted: a thread stands in it once, and
// threads stand in order. Those too large to be sorted at once are divided.
func (s *spill) sort(memory int64) (sorted []part, err error) {
	todo := s.parts
	s.parts = nil
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch {
		case p.groups == 0:
			continue
		case !p.many: // a thread by itself: it can be read as it stands
		case p.weight() > memory && p.level+1 < maxLevel:
			divided, err := s.divide(&p, memory)
			if err != nil {
				return nil, err
			}
			todo = append(todo, divided...)
			continue
		default:
			if err := s.arrange(&p); err != nil {
				return nil, err
			}
		}
		sorted = append(sorted, p)
	}
	return sorted, nil
}

// divide makes of a part those of the next level.
func (s *spill) divide(p *part, memory int64) ([]part, error) {
	parts := make([]part, fan)
	for i := range parts {
		parts[i].level = p.level + 1
	}
	held := make([]bytes.Buffer, fan)
	total := int64(0)
	flush := func() error {
		for i := range held {
			if held[i].Len() == 0 {
				continue
			}
			out := s.append()
			out.Write(held[i].Bytes())
			if err := s.appended(out, &parts[i]); err != nil {
				return err
			}
			held[i] = bytes.Buffer{}
		}
		total = 0
		return nil
	}
	in := bufio.NewReaderSize(s.stretches(p.spans), bufferSize)
	for range p.groups {
		g, err := readHeader(in)
		if err != nil {
			return nil, s.wrap(err)
		}
		i := s.partOf(g.key, p.level+1)
		parts[i].note(g.key, g.has, 1)
		out := writer{Writer: bufio.NewWriterSize(&held[i], 64)}
		out.header(&g)
		out.Flush() // to memory: it cannot fail
		if _, err := io.CopyN(&held[i], in, g.size); err != nil {
			return nil, s.wrap(err)
		}
		if total += out.n + g.size; total > memory/2 {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return parts, flush()
}

// arrange sorts a part, in its place.
func (s *spill) arrange(p *part) error {
	all := make([]byte, p.size)
	if _, err := io.ReadFull(s.stretches(p.spans), all); err != nil {
		return s.wrap(err)
	}
	// Groups come in the order of their numbers, so that of the threads is the
	// order of their first groups.
	type piece struct {
		records []byte
		next    int32
	}
	var pieces []piece
	var threads []group // head and tail are pieces
	byKey := map[string]int32{}
	in := bytes.NewReader(all)
	header := bufio.NewReaderSize(in, 16)
	for range p.groups {
		header.Reset(in)
		g, err := readHeader(header)
		if err != nil {
			return s.wrap(err)
		}
		at := len(all) - in.Len() - header.Buffered()
		if g.size > int64(len(all)-at) {
			return s.wrap(errDamaged)
		}
		n := int32(len(pieces))
		pieces = append(pieces, piece{all[at : at+int(g.size)], -1})
		in.Seek(int64(at)+g.size, io.SeekStart)
		i, ok := byKey[g.key]
		if !ok {
			g.head, g.tail = ref(n), ref(n)
			byKey[g.key] = int32(len(threads))
			threads = append(threads, g)
			continue
		}
		t := &threads[i]
		pieces[t.tail].next = n
		t.tail = ref(n)
		t.has |= g.has
		t.size += g.size
	}
	out := writer{Writer: bufio.NewWriterSize(s.stretches(p.spans), bufferSize)}
	for i := range threads {
		out.header(&threads[i])
		for n := int32(threads[i].head); n >= 0; n = pieces[n].next {
			out.Write(pieces[n].records)
		}
	}
	// One header takes no more room than those it stands for.
	if err := out.Flush(); err != nil {
		return s.wrap(err)
	}
	p.groups = int64(len(threads))
	return nil
}

// run reads a sorted part.
type run struct {
	part *part
	in   *bufio.Reader
	head group // the thread to be read
	left int64 // bytes of its records not yet read, of the group that is open
	open int64 // groups of it not yet opened: one thread may be the whole of a part
	read int64 // groups opened so far
	done bool
	buf  []byte
}

// next goes to the next thread.
func (r *run) next(s *spill) error {
	for r.left > 0 || r.open > 0 {
		if r.left == 0 {
			if err := r.group(s); err != nil {
				return err
			}
			continue
		}
		n, err := r.in.Discard(int(min(r.left, 1<<30)))
		if r.left -= int64(n); err != nil {
			return s.wrap(err)
		}
	}
	if r.done = r.read == r.part.groups; r.done {
		return nil
	}
	r.open = 1
	if !r.part.many {
		r.open = r.part.groups
	}
	return r.group(s)
}

// group opens the next group. The first of a thread is its head.
func (r *run) group(s *spill) error {
	g, err := readHeader(r.in)
	if err != nil {
		return s.wrap(err)
	}
	if r.read == 0 || r.part.many {
		r.head = g
		if !r.part.many {
			r.head.has = r.part.has
		}
	}
	r.left = g.size
	r.open--
	r.read++
	return nil
}

// records walks those of the thread, each valid until the next.
func (r *run) records(s *spill, trouble *error) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for r.left > 0 || r.open > 0 {
			if r.left == 0 {
				if *trouble = r.group(s); *trouble != nil {
					return
				}
				continue
			}
			n, err := binary.ReadUvarint(r.in)
			if err == nil && int64(n) > r.left {
				err = errDamaged
			}
			if err == nil {
				r.left -= int64(sizeOf(int(n))) + int64(n)
				if int(n) > cap(r.buf) {
					r.buf = make([]byte, n, n+n/4)
				}
				_, err = io.ReadFull(r.in, r.buf[:n])
			}
			if err != nil {
				*trouble = s.wrap(err)
				return
			}
			if !yield(r.buf[:n]) {
				return
			}
		}
	}
}

// runs is a heap: the thread that was named first is on top.
type runs []*run

func (r runs) Len() int           { return len(r) }
func (r runs) Less(i, j int) bool { return r[i].head.first < r[j].head.first }
func (r runs) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *runs) Push(x any)        { *r = append(*r, x.(*run)) }
func (r *runs) Pop() any {
	old := *r
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*r = old[:len(old)-1]
	return last
}
