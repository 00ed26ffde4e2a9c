// Package format reads threads from bytes: it knows what an input format is,
// which of several an input is written in, and how to turn decoded comments
// into threads. The formats themselves are in the packages below it, the list
// of all of them in package all.
package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/internal/charset"
)

// HeadSize is how much of an input detection may look at. Saved pages carry
// their comments late, so it is larger than most of them.
const HeadSize = 1 << 20

// Format is one way in which discussions are stored.
type Format struct {
	Name string // stable, as typed after --format
	Doc  string // one sentence: what it reads
	URL  string // where the format is described, "" where nowhere

	// Sniff tells how sure it is that an input with this head is of the format,
	// and why, in a few words ("li#comment-N inside ol.comment-list"). It cannot
	// fail and sees at most HeadSize bytes.
	Sniff func(Head) (Confidence, string)

	// SniffFolder tells the same of a folder, or of an archive of one, where the
	// format is spread over several files; nil where it is not. Decode then gets
	// a Source without a Reader, whose Beside is the folder.
	SniffFolder func(fs.FS) (Confidence, string)

	// Interleaved says that the comments of several threads come mixed. Threads
	// then keeps all of them until the input ends, and yields the threads in the
	// order in which they were first named: memory grows with the input.
	Interleaved bool

	// Decode yields the comments of src, those of one thread together unless
	// the format is Interleaved, and tells out what it learns beside them. It
	// streams where the format allows. An error is the last thing it yields; odd
	// data is no error but a diagnostic. Yielded comments belong to the receiver.
	Decode func(src Source, out Sink) iter.Seq2[thread.Comment, error]
}

// Sink receives what a decoder learns beside comments. A thread that was
// described exists, even when it has no comments.
type Sink interface {
	// Describe says what is known of the thread with the given key (the Thread
	// field of its comments) as a whole. Said twice, the later replaces the
	// earlier. It may come before, between or after the comments of the thread.
	// The key is the thread's ID until Describe says otherwise. A Source is
	// described by decoders of what another decoder has read before; for the
	// others Threads fills it in.
	Describe(key string, m thread.Meta)
	// Report adds a diagnostic to the thread with the given key.
	Report(key string, d thread.Diagnostic)
}

// Source is an input to decode.
type Source struct {
	Name   string    // for messages and positions: a file name, "-" for standard input
	Reader io.Reader // nil where the input is the folder Beside as a whole
	// Beside is the folder in which the input stands, for formats of several
	// files; nil where there is none, as for standard input.
	Beside fs.FS
	Options
}

// Options settle what an input leaves open. The zero Options leave it open.
type Options struct {
	Base      time.Time      // "2 hours ago" counts from here; zero: relative dates stay unknown
	DateOrder DateOrder      // of dates like 03/04/2020
	Zone      *time.Location // of times written without a zone; nil: unknown
	// Columns names the columns of a table by what they hold ("parent" →
	// "Réponse à"); what it leaves out is guessed.
	Columns map[string]string
}

// DateOrder is the order of the parts of an all-number date.
type DateOrder string

// The date orders. Auto settles it from the dates of the page themselves.
const (
	Auto DateOrder = ""
	DMY  DateOrder = "dmy"
	MDY  DateOrder = "mdy"
	YMD  DateOrder = "ymd"
)

// Head is what detection sees of an input.
type Head struct {
	Name  string
	Bytes []byte // the first HeadSize bytes, or all
}

// Confidence tells how sure a format is that an input is its own.
type Confidence uint8

// The confidences.
const (
	No       Confidence = iota
	Possible            // nothing speaks against it
	Likely              // several signs speak for it
	Certain             // a sign that no other format shows
)

// String is the name used in files: "no", "possible", "likely", "certain".
func (c Confidence) String() string {
	return [...]string{"no", "possible", "likely", "certain"}[c]
}

// Verdict is what one format says of an input.
type Verdict struct {
	Format     *Format
	Confidence Confidence
	Why        string
}

// ErrUnknown is the error of Detect for an input that is of no known format.
var ErrUnknown = errors.New("no known format")

// Detect asks every format and returns the surest. Of equally sure ones the
// earliest in the list wins. The error says why each refused.
func Detect(formats []*Format, head Head) (Verdict, error) {
	var best Verdict
	var refusals []string
	for _, f := range formats {
		c, why := f.Sniff(head)
		if c > best.Confidence {
			best = Verdict{f, c, why}
		}
		if c == No {
			refusals = append(refusals, fmt.Sprintf("%s: %s", f.Name, why))
		}
	}
	if best.Format == nil {
		return best, fmt.Errorf("%w (%s)", ErrUnknown, strings.Join(refusals, "; "))
	}
	return best, nil
}

// Find is the format of the given name.
func Find(formats []*Format, name string) (*Format, error) {
	names := make([]string, 0, len(formats))
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return nil, fmt.Errorf("unknown format %q: known are %s", name, strings.Join(names, ", "))
}

// Peek reads the head of r and returns it with a reader that still gives the
// whole of r. An r that breaks off within its head is one that breaks off there;
// only one that gives nothing at all is an error. An r in UTF-16, which its byte
// order mark tells, is one in UTF-8 from here on.
func Peek(name string, r io.Reader) (Head, io.Reader, error) {
	buf := make([]byte, HeadSize)
	n, err := io.ReadFull(r, buf)
	head := buf[:n:n]
	whole := io.MultiReader(bytes.NewReader(head), r)
	if charset.IsUTF16(head) && (err == nil || err == io.EOF || err == io.ErrUnexpectedEOF) {
		return Peek(name, charset.NewReader(whole, "")) // which has no such mark
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		if n == 0 {
			return Head{}, nil, err
		}
		whole = io.MultiReader(bytes.NewReader(head), broken{err})
	}
	return Head{Name: name, Bytes: head}, whole, nil
}

// broken is a reader that fails.
type broken struct{ error }

func (b broken) Read([]byte) (int, error) { return 0, b.error }

// Between marks err as met between threads: the thread that was read last is
// whole. Threads takes any other error to cut it short.
func Between(err error) error { return betweenError{err} }

type betweenError struct{ error }

func (e betweenError) Unwrap() error { return e.error }

// Threads decodes src with f and yields its threads, each as soon as it is
// whole, or at the end where f is Interleaved. source is where they are read
// from, for those whose decoder does not describe another. An error ends the
// sequence, after the threads that came before it; the comments of threads cut
// short are yielded, with a truncated diagnostic.
func Threads(f *Format, src Source, source thread.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		g := grouper{source: source}
		if f.Interleaved {
			g.all = map[string]*thread.Builder{}
		}
		for c, err := range f.Decode(src, &g) {
			if err != nil {
				cut := err
				if between := (betweenError{}); errors.As(err, &between) {
					cut = nil
				}
				if g.finish(cut, yield) {
					yield(nil, fmt.Errorf("%s: %w", src.Name, err))
				}
				return
			}
			g.start(c.Thread)
			g.b.Add(c)
			if !g.drain(yield) {
				return
			}
		}
		g.finish(nil, yield)
	}
}

// grouper builds one thread after the other, or all at once.
type grouper struct {
	source thread.Source
	b      *thread.Builder            // of the thread that was named last, nil at first
	key    string                     // its key
	all    map[string]*thread.Builder // by key, where threads come mixed, else nil
	whole  []*thread.Builder          // to be yielded, in order
}

// start makes the thread with the given key the current one.
func (g *grouper) start(key string) {
	if g.b != nil && g.key == key {
		return
	}
	g.b, g.key = g.all[key], key
	if g.b != nil {
		return
	}
	g.b = thread.NewBuilder(thread.Meta{ID: key, Source: g.source})
	g.whole = append(g.whole, g.b)
	if g.all != nil {
		g.all[key] = g.b
	}
}

// drain yields the threads to which nothing more can come; false means that the
// receiver has had enough.
func (g *grouper) drain(yield func(*thread.Thread, error) bool) bool {
	if g.all != nil || len(g.whole) < 2 {
		return true
	}
	for _, b := range g.whole[:len(g.whole)-1] {
		if !yield(b.Build(), nil) {
			return false
		}
	}
	g.whole = append(g.whole[:0], g.b)
	return true
}

// finish yields all that is left, cut short by the error cut where there is one.
func (g *grouper) finish(cut error, yield func(*thread.Thread, error) bool) bool {
	mixed := g.all != nil
	g.all = nil
	for i, b := range g.whole {
		g.whole[i] = nil // so that it is not kept beside the thread
		if cut != nil && (mixed || b == g.b) {
			b.Report(thread.Diagnostic{Code: thread.Truncated, Message: "reading stopped here: " + cut.Error()})
		}
		if !yield(b.Build(), nil) {
			return false
		}
	}
	return true
}

// Describe implements Sink.
func (g *grouper) Describe(key string, m thread.Meta) {
	g.start(key)
	if m.Source == (thread.Source{}) {
		m.Source = g.source
	}
	g.b.SetMeta(m)
}

// Report implements Sink.
func (g *grouper) Report(key string, d thread.Diagnostic) {
	g.start(key)
	g.b.Report(d)
}
