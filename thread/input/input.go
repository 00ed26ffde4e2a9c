// Package input reads threads from files, folders and standard input: it takes
// the wrapping off, tells the format of each file and decodes it.
package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/unpack"
)

// Reader reads inputs. The zero Reader detects formats and says nothing. It may
// be used again, but not by several goroutines at once where Note or Watch may
// not.
type Reader struct {
	Options format.Options
	// Format is what the inputs are in; nil: detected, for each file anew.
	Format *format.Format
	// Stdin is what the input "-" stands for; nil: the standard input of the process.
	Stdin io.Reader
	// Note is told what a person should know beside the threads; nil: nobody is.
	Note func(Note)
	// Watch wraps what is read of each file, to say how far it is. size is in
	// bytes, -1 where it is not known. nil: nobody watches.
	Watch func(name string, r io.Reader, size int64) io.Reader
}

// Note is something to know about an input.
type Note struct {
	Message string // one sentence that names the file
	Lost    bool   // something that belongs to the input could not be read
}

// Threads yields the threads of the named inputs, one input after the other,
// each thread as soon as it is whole.
//
// An input is a file, in whatever wrapping; "-" for standard input; or a folder,
// or an archive of one, which is either of a format that is spread over several
// files or stands for all files in it and below it, in the order of their names.
// There, files of no known format are passed over, as are hidden ones and what
// browsers save beside a page ("page_files"), and a file that cannot be read is
// said and the next one tried. Of a single file, what cannot be read is an error,
// and the last thing to be yielded.
//
// The ID of a thread without one is the name of its file. Memory is that of the
// largest thread: threads that come mixed are sorted in a temporary file (see
// package corpus).
func (r *Reader) Threads(names ...string) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		for _, name := range names {
			in := reading{Reader: r, name: name, yield: yield}
			if err := in.read(); err != nil && !errors.Is(err, errEnough) {
				yield(nil, err)
				return
			}
			if in.enough {
				return
			}
			in.summary()
		}
	}
}

// errEnough ends all reading: the receiver has had enough.
var errEnough = errors.New("enough")

// reading is the reading of one input.
type reading struct {
	*Reader
	name   string // of the input as given
	yield  func(*thread.Thread, error) bool
	enough bool // the receiver has had enough
	many   bool // the input holds files of its own: one that fails is not all

	known, failed int
	unknown       passed // files of no known format
	plain         passed // files that may be any text, and hold no comments
	empty         passed // files of an archive or folder without a byte
	why           error  // of the last of unknown format
}

func (in *reading) say(lost bool, format string, args ...any) {
	if in.Note != nil {
		in.Note(Note{fmt.Sprintf(format, args...), lost})
	}
}

func (in *reading) read() error {
	if in.name == "-" {
		stdin := in.Stdin
		if stdin == nil {
			stdin = os.Stdin
		}
		return in.pipe("-", stdin, nil)
	}
	info, err := os.Stat(in.name)
	if err != nil {
		return cannotOpen(in.name, err)
	}
	if info.IsDir() {
		return in.folder(filepath.ToSlash(in.name), os.DirFS(in.name))
	}
	return in.file(in.name, info)
}

func cannotOpen(name string, err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("cannot open %s: %w", name, err)
}

// file reads a file of the file system.
func (in *reading) file(name string, info fs.FileInfo) error {
	f, err := os.Open(name)
	if err != nil {
		return cannotOpen(name, err)
	}
	defer f.Close()
	beside := os.DirFS(filepath.Dir(name))
	if !info.Mode().IsRegular() {
		return in.pipe(name, f, beside)
	}
	if v, folder, ok := in.archive(f, info.Size()); ok {
		return in.whole(name, folder, v)
	}
	return in.stream(name, f, info.Size(), beside)
}

// pipe reads what may not be read from the middle.
func (in *reading) pipe(name string, r io.Reader, beside fs.FS) error {
	r, at, size := unpack.Spool(r)
	if at != nil {
		if v, folder, ok := in.archive(at, size); ok {
			return in.whole(name, folder, v)
		}
	}
	return in.stream(name, r, -1, beside)
}

// archive is the zip archive in r as a folder, where a format takes it as a whole.
func (in *reading) archive(r io.ReaderAt, size int64) (format.Verdict, fs.FS, bool) {
	folder := unpack.Folder(r, size)
	if folder == nil {
		return format.Verdict{}, nil, false
	}
	v, ok := in.claim(folder)
	return v, folder, ok
}

// claim is the format that takes a folder as a whole.
func (in *reading) claim(folder fs.FS) (format.Verdict, bool) {
	var best format.Verdict
	for _, f := range all.Formats {
		if f.SniffFolder == nil || in.Format != nil && in.Format != f {
			continue
		}
		if c, why := f.SniffFolder(folder); c > best.Confidence {
			best = format.Verdict{Format: f, Confidence: c, Why: why}
		}
	}
	return best, best.Format != nil
}

// folder reads a folder: as a whole where a format claims it, else file by file.
func (in *reading) folder(name string, root fs.FS) error {
	in.many = true
	err := fs.WalkDir(root, ".", func(at string, entry fs.DirEntry, err error) error {
		full := path.Join(name, at)
		switch {
		case err != nil && at == ".":
			return cannotOpen(name, err)
		case err != nil:
			in.lose(cannotOpen(full, err))
			return fs.SkipDir
		case entry.IsDir():
			if at != "." && (hidden(entry) || companion(root, at)) {
				return fs.SkipDir
			}
			folder, err := fs.Sub(root, at)
			if err != nil {
				return err
			}
			v, ok := in.claim(folder)
			if !ok {
				return nil
			}
			if err := in.attempt(in.whole(full, folder, v)); err != nil {
				return err
			}
			return fs.SkipDir
		case hidden(entry):
			return nil
		}
		info, err := fs.Stat(root, at) // of what a link leads to
		if err != nil {
			in.lose(cannotOpen(full, err))
			return nil
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		return in.attempt(in.file(filepath.FromSlash(full), info))
	})
	switch {
	case err != nil:
	case in.known == 0 && (in.why != nil || in.failed > 0):
		err = in.nothing()
	case in.known == 0:
		in.say(false, "%s holds no files to read", name)
	}
	return err
}

// nothing is the error of an input in which nothing could be read.
func (in *reading) nothing() error {
	if in.why == nil {
		return fmt.Errorf("nothing in %s could be read: %d files are broken", in.name, in.failed)
	}
	return fmt.Errorf("nothing in %s is of a known format; the last file: %w", in.name, in.why)
}

func hidden(entry fs.DirEntry) bool { return strings.HasPrefix(entry.Name(), ".") }

// companion tells the folder of pictures and scripts that a browser saves beside
// a page: "page_files" beside "page.html".
func companion(root fs.FS, at string) bool {
	page, ok := strings.CutSuffix(at, "_files")
	if !ok {
		return false
	}
	for _, ext := range []string{".html", ".htm"} {
		if _, err := fs.Stat(root, page+ext); err == nil {
			return true
		}
	}
	return false
}

// attempt notes what came of one of many files; only what ends all reading is
// returned.
func (in *reading) attempt(err error) error {
	switch {
	case err == nil || errors.Is(err, errEnough):
		return err
	case errors.Is(err, format.ErrUnknown):
		return nil // counted where it was met
	}
	in.lose(err)
	return nil
}

// lose notes a file that could not be read, or not to its end. Of a large archive
// there may be any number: the first are named, and all counted in the summary.
func (in *reading) lose(err error) {
	if in.failed++; in.failed <= lost {
		in.say(true, "%v", err)
	}
}

// lost is how many of the files that could not be read are named.
const lost = 20

// stream reads what may be wrapped. Beside is the folder in which it stands, nil
// where it stands in none.
func (in *reading) stream(name string, r io.Reader, size int64, beside fs.FS) error {
	if in.Watch != nil {
		r = in.Watch(name, r, size)
	}
	outer := in.many
	defer func() { in.many = outer }()
	known := in.known
	for m, err := range unpack.Open(name, r, func(note string) { in.say(false, "%s", note) }) {
		if m.Name != name { // an archive, be it that its first file is broken
			in.many, beside = true, nil
		}
		if err == nil {
			err = in.member(m, beside)
		}
		if errors.Is(err, unpack.ErrCut) { // what could be read of it has been yielded
			in.lose(err)
			continue
		}
		if !in.many && err != nil {
			return err
		}
		if err := in.attempt(err); err != nil {
			return err
		}
	}
	if !outer && in.known == known && (in.why != nil || in.failed > 0) {
		return in.nothing()
	}
	return nil
}

// member reads an input without its wrapping.
func (in *reading) member(m unpack.Member, beside fs.FS) error {
	head, r, err := format.Peek(m.Name, m.Reader)
	if err != nil {
		return fmt.Errorf("reading %s: %w", m.Name, err)
	}
	head.Columns = in.Options.Columns
	if len(head.Bytes) == 0 {
		if in.many {
			in.empty.add(m.Name)
		} else {
			in.say(false, "%s is empty", m.Name)
		}
		return nil
	}
	verdict := format.Verdict{Format: in.Format}
	if in.Format == nil {
		if verdict, err = format.Detect(all.Formats, head); err != nil {
			in.unknown.add(m.Name)
			in.why = fmt.Errorf("%s: %w", m.Name, err)
			return in.why
		}
	}
	src := format.Source{Name: m.Name, Reader: r, Beside: beside, Options: in.Options}
	if src.Base.IsZero() && !m.Captured.IsZero() {
		src.Base = m.Captured.Time() // what a page calls "2 hours ago" was so when it was saved
	}
	return in.decode(src, verdict, m)
}

// whole reads a folder that is one input.
func (in *reading) whole(name string, folder fs.FS, v format.Verdict) error {
	return in.decode(format.Source{Name: name, Beside: folder, Options: in.Options}, v, unpack.Member{Name: name})
}

func (in *reading) decode(src format.Source, v format.Verdict, m unpack.Member) error {
	in.known++
	source := thread.Source{Name: m.Name, Format: v.Format.Name, Confidence: v.Confidence.String(), Captured: m.Captured}
	if in.Format != nil {
		source.Confidence = "given"
	}
	for t, err := range format.Threads(v.Format, src, source) {
		if err != nil {
			return err
		}
		if in.many && in.Format == nil && v.Confidence == format.Possible && t.Len() == 0 && len(t.Quarantined()) == 0 {
			in.plain.add(m.Name) // a script, a style sheet, a list: no discussion of anything
			continue
		}
		meta := t.Meta()
		if meta.URL == "" {
			meta.URL = m.URL
		}
		if meta.ID == "" {
			meta.ID = m.Name // a page is known by its file
		}
		if meta != t.Meta() {
			t = t.WithMeta(meta)
		}
		if !in.yield(t, nil) {
			in.enough = true
			return errEnough
		}
	}
	return nil
}

// named is how many of the files that were passed over are named.
const named = 5

// passed are files that were passed over.
type passed struct {
	n     int
	first []string
}

func (p *passed) add(name string) {
	if p.n++; p.n <= named {
		p.first = append(p.first, name)
	}
}

// say tells which, and why: "a.css, b.js are passed over: they are …".
func (p *passed) say(in *reading, why string) {
	list := strings.Join(p.first, ", ")
	switch {
	case p.n == 0:
	case p.n == 1:
		in.say(false, "%s is passed over: it is %s", list, why)
	case p.n <= named:
		in.say(false, "%s are passed over: they are %s", list, why)
	default:
		in.say(false, "%s and %d more files are passed over: they are %s", list, p.n-named, why)
	}
}

// summary says what was left out.
func (in *reading) summary() {
	in.unknown.say(in, "of no known format")
	in.plain.say(in, "text without comments")
	in.empty.say(in, "empty")
	switch {
	case in.failed == 1:
		in.say(true, "1 file of %s could not be read, or not to its end", in.name)
	case in.failed > 1:
		in.say(true, "%d files of %s could not be read, or not to their ends", in.failed, in.name)
	}
}
