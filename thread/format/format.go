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
	"slices"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/grams"
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

	// Any says that the inputs come from software of any make. Where no format
	// knows an input, what these say of it tells most.
	Any bool

	// SniffFolder tells the same of a folder, or of an archive of one, where the
	// format is spread over several files; nil where it is not. Decode then gets
	// a Source without a Reader, whose Beside is the folder.
	SniffFolder func(fs.FS) (Confidence, string)

	// Interleaved says that the comments of several threads come mixed. Threads
	// then keeps all of them until the input ends, in memory or in a temporary
	// file, and yields the threads in the order in which they were first named.
	Interleaved bool

	// Listed says that an Interleaved input lists its threads, with comments or
	// without: all questions of a site, all submissions of a month. Threads leaves
	// out those that were described and no more, and reports those that have
	// comments but were not described.
	Listed bool

	// ThreadParents says that comments of an Interleaved input may name the key
	// of their thread as their parent. That is the opening post where a comment of
	// the thread has this ID; elsewhere it means top level.
	ThreadParents bool

	// Decode yields the comments of src, those of one thread together unless
	// the format is Interleaved, and tells out what it learns beside them. It
	// streams where the format allows. An error is the last thing it yields; odd
	// data is no error but a diagnostic. Yielded comments belong to the receiver.
	Decode func(src Source, out Sink) iter.Seq2[thread.Comment, error]
}

// Sink receives what a decoder learns beside comments. A thread that was
// described exists, even when it has no comments, unless the format is Listed.
type Sink interface {
	// Describe says what is known of the thread with the given key (the Thread
	// field of its comments) as a whole. Said twice, the later adds what the
	// earlier left open. It may come before, between or after the comments of the thread.
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
	// Memory is how many bytes of the comments of mixed threads are held in memory
	// before they go to a temporary file in TempDir. 0 and "" leave it to package
	// corpus.
	Memory  int64
	TempDir string
}

// Columns are the fields that Options.Columns may settle.
var Columns = []string{"id", "parent", "thread", "author", "author_key", "time", "edited", "text", "score", "state", "title", "url"}

// DateOrder is the order of the parts of an all-number date.
type DateOrder string

// The date orders. Auto settles it from the dates of the page themselves.
const (
	Auto DateOrder = ""
	DMY  DateOrder = "dmy"
	MDY  DateOrder = "mdy"
	YMD  DateOrder = "ymd"
)

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

// Detect asks the formats in turn and returns the surest. Of equally sure ones
// the earliest in the list wins. The error says why those for inputs of any make
// refused, or all where there are none.
func Detect(formats []*Format, head Head) (Verdict, error) {
	head.grams = grams.Of(head.Bytes)
	var best Verdict
	refusals := make([]string, len(formats))
	for i, f := range formats {
		c, why := f.Sniff(head)
		if c > best.Confidence {
			best = Verdict{f, c, why}
		}
		if c == Certain {
			break // none can be surer
		}
		refusals[i] = why
	}
	if best.Format != nil {
		return best, nil
	}
	broad := slices.ContainsFunc(formats, func(f *Format) bool { return f.Any })
	var why []string
	for i, f := range formats {
		if f.Any || !broad {
			why = append(why, f.Name+": "+refusals[i])
		}
	}
	return best, fmt.Errorf("%w (%s)", ErrUnknown, strings.Join(why, "; "))
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
	head, err := readHead(r)
	memo := map[any]any{}
	var whole io.Reader
	switch {
	case err == nil:
		whole = io.MultiReader(bytes.NewReader(head), r)
	case err != io.EOF && len(head) == 0:
		return Head{}, nil, err
	default:
		whole = &short{head, err, memo}
	}
	if charset.IsUTF16(head) {
		return Peek(name, charset.NewReader(whole, "")) // which has no such mark
	}
	return Head{Name: name, Bytes: head, memo: memo}, whole, nil
}

// readHead reads HeadSize bytes, or as many as there are before the error.
func readHead(r io.Reader) ([]byte, error) {
	head := make([]byte, 0, 1<<14) // most pages are smaller than HeadSize by far
	for {
		n, err := r.Read(head[len(head):cap(head)])
		head = head[:len(head)+n]
		if err != nil || len(head) == HeadSize {
			return head[:len(head):len(head)], err
		}
		if len(head) == cap(head) {
			head = append(make([]byte, 0, min(4*cap(head), HeadSize)), head...)
		}
	}
}

// short is an input that ends within its head.
type short struct {
	rest []byte
	err  error       // at its end
	memo map[any]any // of its head
}

func (s *short) Read(b []byte) (int, error) {
	if len(s.rest) == 0 {
		return 0, s.err
	}
	n := copy(b, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// ReadAll reads an input for formats that need all of it, at most limit bytes
// and one more where there are more. Nobody may change what it gives: of an
// input that ends within its head it is the head, without another copy.
func ReadAll(src Source, limit int64) ([]byte, error) {
	s, ok := src.Reader.(*short)
	if !ok || int64(len(s.rest)) > limit {
		return io.ReadAll(io.LimitReader(src.Reader, limit+1))
	}
	b, err := s.rest, s.err
	s.rest = nil
	if err == io.EOF {
		err = nil
	}
	return b, err
}

// Between marks err as met between threads: the thread that was read last is
// whole. Threads takes any other error to cut it short.
func Between(err error) error { return betweenError{err} }

type betweenError struct{ error }

func (e betweenError) Unwrap() error { return e.error }
