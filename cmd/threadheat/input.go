package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/format/convokit"
	"threadheat/thread/unpack"
)

// inputFlags are the flags of every command that reads.
type inputFlags struct {
	format, baseTime, dateOrder, timeZone string
	strict, progress                      bool
	columns                               map[string]string
}

func (f *inputFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "read the input as format `NAME` instead of detecting it; the command formats lists them")
	flags.StringVar(&f.baseTime, "base-time", "", "`TIME` that \"2 hours ago\" counts from, as RFC 3339")
	flags.StringVar(&f.dateOrder, "date-order", "", "`ORDER` of all-number dates: dmy, mdy or ymd (default: from the page itself)")
	flags.StringVar(&f.timeZone, "time-zone", "", "`ZONE` of times written without one, like Europe/Paris (default: unknown)")
	flags.StringToStringVar(&f.columns, "columns", nil, "which column of a table holds what, as `FIELD=NAME` like id=Nr,text=Body (default: by their names)")
	flags.BoolVar(&f.strict, "strict", false, "exit with 3 when a comment had to be quarantined")
	flags.BoolVar(&f.progress, "progress", false, "say how far reading is, even when standard error is no terminal")
	c.RegisterFlagCompletionFunc("format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return formatNames(), cobra.ShellCompDirectiveNoFileComp
	})
}

func formatNames() []string {
	var names []string
	for _, f := range all.Formats {
		names = append(names, f.Name)
	}
	return names
}

// options turns the flags into what decoders understand.
func (f *inputFlags) options() (format.Options, error) {
	var o format.Options
	var err error
	if f.baseTime != "" {
		if o.Base, err = time.Parse(time.RFC3339, f.baseTime); err != nil {
			return o, misusef("--base-time %q is not like 2021-12-26T09:44:00+01:00", f.baseTime)
		}
	}
	o.Columns = f.columns
	switch o.DateOrder = format.DateOrder(f.dateOrder); o.DateOrder {
	case format.Auto, format.DMY, format.MDY, format.YMD:
	default:
		return o, misusef("--date-order %q is none of dmy, mdy, ymd", f.dateOrder)
	}
	if f.timeZone != "" {
		if o.Zone, err = time.LoadLocation(f.timeZone); err != nil {
			return o, misusef("--time-zone %q is unknown: name one like Europe/Paris", f.timeZone)
		}
	}
	return o, nil
}

// threads reads all inputs in turn. It says on standard error what the reader
// should know: an input without comments, what was set aside.
func (a *app) threads(names []string) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		for _, name := range names {
			for t, err := range a.read(name) {
				if err != nil {
					yield(nil, err)
					return
				}
				if n := setAside(t); n > 0 {
					a.quarantined = true
					a.say("%s: %d of the comments could not be placed and were set aside", name, n)
				}
				if t.Len() == 0 {
					a.say("%s: no comments found%s", name, whyNone(t))
				}
				if !yield(t, nil) {
					return
				}
			}
		}
	}
}

// setAside is how many comments, or records that could not be read as one, are
// not in the thread.
func setAside(t *thread.Thread) int {
	n := 0
	for _, d := range t.Diagnostics() {
		if d.Severity == thread.Quarantined {
			n++
		}
	}
	return n
}

// whyNone is what the decoder says of a page without comments.
func whyNone(t *thread.Thread) string {
	for _, d := range t.Diagnostics() {
		if d.Code == thread.NoComments {
			return ": " + d.Message
		}
	}
	return ""
}

// read yields the threads of one input, or of all files in it where it is an
// archive. There, files of no known format are passed over.
func (a *app) read(name string) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		options, err := a.in.options()
		if err != nil {
			yield(nil, err)
			return
		}
		r, size, closeInput, err := a.open(name)
		if err != nil {
			yield(nil, err)
			return
		}
		defer closeInput()
		known, unknown := 0, error(nil)
		for m, err := range unpack.Open(name, a.watch(name, r, size), func(note string) { a.say("%s", note) }) {
			if err == nil {
				var more bool
				if more, err = a.readMember(m, options, yield); err == nil && !more {
					return
				}
			}
			switch {
			case err == nil:
				known++
			case errors.Is(err, unpack.ErrCut): // what could be read of it has been yielded
				a.say("%v", err)
				known++
			case errors.Is(err, format.ErrUnknown) && m.Name != name:
				a.say("%s is passed over: it is of no known format", m.Name)
				unknown = err
			default:
				yield(nil, err)
				return
			}
		}
		if known == 0 && unknown != nil {
			yield(nil, fmt.Errorf("nothing in %s is of a known format; the last file: %w", name, unknown))
		}
	}
}

// readMember yields the threads of one input without its wrapping. more is
// false when the receiver has had enough.
func (a *app) readMember(in unpack.Member, options format.Options, yield func(*thread.Thread, error) bool) (more bool, err error) {
	head, r, err := format.Peek(in.Name, in.Reader)
	if err != nil {
		return true, fmt.Errorf("reading %s: %w", in.Name, err)
	}
	if len(head.Bytes) == 0 {
		a.say("%s is empty", in.Name)
		return true, nil
	}
	verdict, err := a.detect(head)
	if err != nil {
		return true, err
	}
	source := thread.Source{Name: in.Name, Format: verdict.Format.Name, Confidence: verdict.Confidence.String(), Captured: in.Captured}
	if options.Base.IsZero() && !in.Captured.IsZero() {
		options.Base = in.Captured.Time()
	}
	if a.in.format != "" {
		source.Confidence = "given"
	}
	src := format.Source{Name: in.Name, Reader: r, Beside: beside(in.Name), Options: options}
	for t, err := range format.Threads(verdict.Format, src, source) {
		if errors.Is(err, unpack.ErrCut) {
			return true, err
		}
		if err == nil {
			m := t.Meta()
			m.ID = cmp.Or(m.ID, in.Name) // a page is known by its file
			m.URL = cmp.Or(m.URL, in.URL)
			t = t.WithMeta(m)
		}
		if !yield(t, err) || err != nil {
			return false, nil
		}
	}
	return true, nil
}

func (a *app) detect(head format.Head) (format.Verdict, error) {
	if a.in.format != "" {
		f, err := format.Find(all.Formats, a.in.format)
		if err != nil {
			return format.Verdict{}, misuse{err}
		}
		return format.Verdict{Format: f}, nil
	}
	v, err := format.Detect(all.Formats, head)
	if err != nil {
		return v, fmt.Errorf("%s: %w; if you know better, name the format with --format", head.Name, err)
	}
	return v, nil
}

// open opens an input. size is -1 where it is not known.
func (a *app) open(name string) (r io.Reader, size int64, closeInput func(), err error) {
	if name == "-" {
		return a.stdin, -1, func() {}, nil
	}
	f, err := os.Open(locate(name))
	if err != nil {
		var pathErr *os.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err
		}
		return nil, 0, nil, fmt.Errorf("cannot open %s: %w", name, err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, nil, fmt.Errorf("cannot open %s: %w", name, err)
	}
	if info.IsDir() {
		f.Close()
		return nil, 0, nil, fmt.Errorf("%s is a directory: name the files in it", name)
	}
	size = -1
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return f, size, func() { f.Close() }, nil
}

// locate is the file to read for an input: in a folder that is one, that which
// holds the comments.
func locate(name string) string {
	for _, main := range convokit.Files {
		path := filepath.Join(name, main)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return name
}

// beside is the folder in which an input stands, nil where it is none: for
// standard input and what is inside of an archive.
func beside(name string) fs.FS {
	folder := filepath.Dir(locate(name))
	if info, err := os.Stat(folder); name == "-" || err != nil || !info.IsDir() {
		return nil
	}
	return os.DirFS(folder)
}

// fingerprint is the SHA-256 of an input's bytes; "" for standard input, which
// cannot be read twice.
func fingerprint(name string) (string, error) {
	if name == "-" {
		return "", nil
	}
	f, err := os.Open(locate(name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// one is the thread of an input with the given ID, or its first where key is
// "".
func (a *app) one(name, key string) (*thread.Thread, error) {
	var first *thread.Thread
	others := 0
	for t, err := range a.threads([]string{name}) {
		if err != nil {
			return nil, err
		}
		switch {
		case key != "" && t.Meta().ID == key:
			return t, nil
		case first == nil:
			first = t
		default:
			others++
		}
	}
	switch {
	case key != "":
		return nil, misusef("%s holds no thread with the ID %q", name, key)
	case first == nil:
		return thread.NewBuilder(thread.Meta{Source: thread.Source{Name: name}}).Build(), nil
	case others > 0:
		a.say("%s holds %d threads; this is the first, --thread ID chooses another", name, others+1)
	}
	return first, nil
}
