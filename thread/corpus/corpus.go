// Package corpus groups the comments of many threads that come mixed, in memory
// that does not grow with their number.
//
// What is learned goes, as records, into a window in memory. A corpus that fits
// there is grouped there. When the window is full it is written to a temporary
// file, each thread's records together, threads parted by a hash of their keys;
// no key stays in memory. In the end the parts are sorted one after the other,
// each by itself, and merged. The threads come out as they would have with
// unlimited memory: in the order in which they were first named, and each
// thread's records in the order in which they came.
//
// A thread must fit in memory, and so must the window; nothing else has to. The
// file takes about as much room as the records, twice that where they are more
// than 64 windows. It is gone when the program ends, however that comes about,
// where the system lets an open file have no name.
package corpus

import (
	"encoding/binary"
	"fmt"
	"iter"
	"slices"

	"threadheat/thread"
)

// DefaultMemory is how many bytes of records are held before they go to a file:
// the comments of about half a GiB of Reddit's dumps.
const DefaultMemory = 128 << 20

// Options of a Corpus. The zero Options are those of a program with a
// computer's usual memory.
type Options struct {
	// Memory is how many bytes of records are held, 0: DefaultMemory. With what
	// waits to be collected as garbage the process takes about three times that.
	Memory int64
	Dir    string        // where the temporary file stands, "": os.TempDir
	Source thread.Source // of threads whose description names none

	// Listed says that the input lists its threads, with comments or without.
	// A thread of which there is no more than its description is left out, and
	// one that has comments but no description is reported.
	Listed bool
	// ThreadParents says that a comment may name the thread itself as what it
	// answers: where no comment of the thread has that ID, it is at top level.
	ThreadParents bool
}

// Corpus collects comments, descriptions and diagnostics, and makes threads of
// them. Close it when done. It is not safe for concurrent use.
type Corpus struct {
	o       Options
	codec   codec
	scratch []byte
	window  window
	named   uint64 // groups so far; see group.first
	spill   *spill // nil while all is in memory
	err     error
}

// New starts a corpus.
func New(o Options) *Corpus {
	if o.Memory <= 0 {
		o.Memory = DefaultMemory
	}
	return &Corpus{o: o, window: window{byKey: map[string]int32{}}}
}

// What a group holds, a bit each.
const (
	hasComments = 1 << iota
	hasReports
	described
	hasOpening // a comment whose ID is the key of the thread
)

// Add takes a comment of the thread c.Thread. The error, which is that of the
// temporary file, comes again with all that follows.
func (c *Corpus) Add(x thread.Comment) error {
	has := byte(hasComments)
	if x.ID == x.Thread {
		has |= hasOpening
	}
	c.add(x.Thread, c.codec.appendComment(c.scratch[:0], &x), has)
	return c.err
}

// Describe says what is known of a thread as a whole. Said twice, the later
// adds what the earlier left open.
func (c *Corpus) Describe(key string, m thread.Meta) {
	c.add(key, appendMeta(c.scratch[:0], &m), described)
}

// Report adds a diagnostic to a thread.
func (c *Corpus) Report(key string, d thread.Diagnostic) {
	c.add(key, c.codec.appendReport(c.scratch[:0], &d), hasReports)
}

func (c *Corpus) add(key string, record []byte, has byte) {
	if c.scratch = record; c.err != nil {
		return
	}
	if c.window.add(key, record, has, c.named) {
		c.named++
	}
	if c.window.size >= c.o.Memory {
		c.err = c.flush()
	}
	if cap(c.scratch) > chunkSize {
		c.scratch = nil
	}
}

// Threads yields all threads, in the order in which they were first named, each
// with the diagnostics of last. Nothing can be added after it. An error is the
// last thing that is yielded. It can be called once.
func (c *Corpus) Threads(last ...thread.Diagnostic) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		all := c.window.groups()
		if c.spill != nil {
			if c.err == nil {
				c.err = c.flush()
			}
			c.window = window{} // sorting needs the room
			all = c.spill.groups(c.o.Memory, &c.err)
		}
		if c.err != nil {
			yield(nil, c.err)
			return
		}
		for g, records := range all {
			if c.o.Listed && g.has&^described == 0 {
				continue
			}
			t, err := c.build(g, records, last)
			if err == nil {
				err = c.err
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(t, nil) {
				return
			}
		}
		if c.err != nil {
			yield(nil, c.err)
		}
	}
}

// Close gives back memory and the temporary file.
func (c *Corpus) Close() {
	c.window = window{}
	if c.spill != nil {
		c.spill.close()
		c.spill = nil
	}
}

// build makes the thread of a group.
func (c *Corpus) build(g *group, records iter.Seq[[]byte], last []thread.Diagnostic) (*thread.Thread, error) {
	b := thread.NewBuilder(thread.Meta{ID: g.key, Source: c.o.Source})
	known := false
	for record := range records {
		in := cursor{b: record}
		switch in.byte() {
		case isComment:
			x := c.codec.comment(&in)
			if c.o.ThreadParents && x.Parent == g.key && g.has&hasOpening == 0 {
				x.Parent, x.Basis = "", thread.NoBasis
			}
			if !in.bad {
				b.Add(x)
			}
		case isMeta:
			m := meta(&in)
			if m.Source == (thread.Source{}) {
				m.Source = c.o.Source
			}
			if known {
				m = b.Meta().Or(m)
			}
			known = true
			b.SetMeta(m)
		case isReport:
			b.Report(c.codec.report(&in))
		default:
			in.bad = true
		}
		if in.bad {
			return nil, errDamaged
		}
	}
	if c.o.Listed && !known && g.has&hasComments != 0 {
		b.Report(thread.Diagnostic{
			Code: thread.BadRecord, Message: fmt.Sprintf("the input holds comments of the thread %q, but not what it says of the thread itself", g.key),
		})
	}
	for _, d := range last {
		b.Report(d)
	}
	return b.Build(), nil
}

// group is what one window, or in the end all, has of a thread.
type group struct {
	key        string
	first      uint64 // its number among groups; that of a thread is that of its first
	has        byte
	size       int64 // of its records
	head, tail ref
}

// ref is a place in a window: the number of a chunk, from 1, and an offset. 0
// is none.
type ref uint64

// chunkSize is in how large pieces a window grows.
const chunkSize = 64 << 10

// overhead is what a group takes in memory beside its records and key: itself
// and its place in a map.
const overhead = 160

// window holds records in memory. Those of a thread are chained: each begins
// with the ref of the next, eight bytes, and its length.
type window struct {
	chunks [][]byte
	open   int // the chunk being filled; those after it are empty, to be used again
	list   []group
	byKey  map[string]int32
	size   int64
}

// add takes a record; true means that it is the first of its thread.
func (w *window) add(key string, record []byte, has byte, number uint64) (isNew bool) {
	at := w.store(record)
	i, ok := w.byKey[key]
	if !ok {
		i = int32(len(w.list))
		key = string([]byte(key)) // it may be part of something large
		w.list = append(w.list, group{key: key, first: number, head: at})
		w.byKey[key] = i
		w.size += overhead + int64(len(key))
	}
	g := &w.list[i]
	g.has |= has
	g.size += int64(sizeOf(len(record)) + len(record))
	if ok {
		binary.LittleEndian.PutUint64(w.at(g.tail), uint64(at))
	}
	g.tail = at
	return !ok
}

// store copies a record to the end of the window.
func (w *window) store(record []byte) ref {
	need := 8 + binary.MaxVarintLen32 + len(record)
	if w.open < len(w.chunks) && cap(w.chunks[w.open])-len(w.chunks[w.open]) < need {
		w.open++
	}
	if w.open == len(w.chunks) || need > chunkSize { // what comes behind is empty
		w.chunks = slices.Insert(w.chunks, w.open, make([]byte, 0, max(chunkSize, need)))
	}
	c := &w.chunks[w.open]
	at := ref(uint64(w.open+1)<<32 | uint64(len(*c)))
	*c = append(*c, 0, 0, 0, 0, 0, 0, 0, 0)
	*c = binary.AppendUvarint(*c, uint64(len(record)))
	*c = append(*c, record...)
	w.size += int64(need)
	return at
}

func (w *window) at(r ref) []byte { return w.chunks[r>>32-1][uint32(r):] }

// records walks those of a group.
func (w *window) records(g *group) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for r := g.head; r != 0; {
			b := w.at(r)
			r = ref(binary.LittleEndian.Uint64(b))
			n, k := binary.Uvarint(b[8:])
			if !yield(b[8+k:][:n]) {
				return
			}
		}
	}
}

// groups walks all, in the order in which they were named.
func (w *window) groups() iter.Seq2[*group, iter.Seq[[]byte]] {
	return func(yield func(*group, iter.Seq[[]byte]) bool) {
		for i := range w.list {
			if !yield(&w.list[i], w.records(&w.list[i])) {
				return
			}
		}
	}
}

// reset empties the window and keeps what it is made of.
func (w *window) reset() {
	kept := w.chunks[:0]
	for _, c := range w.chunks {
		if cap(c) == chunkSize {
			kept = append(kept, c[:0])
		}
	}
	clear(w.chunks[len(kept):])
	clear(w.byKey)
	clear(w.list)
	w.chunks, w.open, w.list, w.size = kept, 0, w.list[:0], 0
}

// sizeOf is the length of n as a uvarint.
func sizeOf(n int) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}
