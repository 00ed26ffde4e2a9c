package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/input"
	"threadheat/thread/replies"
)

// inputFlags are the flags of every command that reads.
type inputFlags struct {
	format, baseTime, dateOrder, timeZone, infer string
	strict, progress                             bool
	columns                                      map[string]string
}

func (f *inputFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVar(&f.format, "format", "", "read the input as format `NAME` instead of detecting it; the command formats lists them")
	flags.StringVar(&f.baseTime, "base-time", "", "`TIME` that \"2 hours ago\" counts from, as RFC 3339")
	flags.StringVar(&f.dateOrder, "date-order", "", "`ORDER` of all-number dates: dmy, mdy or ymd (default: from the page itself)")
	flags.StringVar(&f.timeZone, "time-zone", "", "`ZONE` of times written without one, like Europe/Paris (default: unknown)")
	flags.StringToStringVar(&f.columns, "columns", nil, "which column of a table holds what, as `FIELD=NAME` like id=Nr,text=Body (default: by their names); the fields are "+strings.Join(format.Columns, ", "))
	flags.StringVar(&f.infer, "infer", string(replies.Mentions), "`WHICH` replies to read out of the words where the source does not tell who answers whom: none, mentions or all")
	flags.BoolVar(&f.strict, "strict", false, "exit with 3 when a comment had to be quarantined")
	flags.BoolVar(&f.progress, "progress", false, "say how far reading is, even when standard error is no terminal")
	c.RegisterFlagCompletionFunc("infer", cobra.FixedCompletions([]string{string(replies.None), string(replies.Mentions), string(replies.All)}, cobra.ShellCompDirectiveNoFileComp))
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
	for _, field := range slices.Sorted(maps.Keys(f.columns)) {
		if !slices.Contains(format.Columns, field) {
			return o, misusef("--columns knows no %q; it knows %s", field, strings.Join(format.Columns, ", "))
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

// reader is what reads the inputs under the flags.
func (a *app) reader() (*input.Reader, error) {
	options, err := a.in.options()
	if err != nil {
		return nil, err
	}
	r := &input.Reader{Options: options, Stdin: a.stdin, Watch: a.watch, Note: func(n input.Note) {
		a.say("%s", n.Message)
		a.quarantined = a.quarantined || n.Lost
	}}
	if a.in.format != "" {
		if r.Format, err = format.Find(all.Formats, a.in.format); err != nil {
			return nil, misuse{err}
		}
	}
	return r, nil
}

// threads reads all inputs in turn. It says on standard error what the reader
// should know: an input without comments, what was set aside.
func (a *app) threads(names []string) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		r, err := a.reader()
		if err != nil {
			yield(nil, err)
			return
		}
		mode, err := replies.ParseMode(a.in.infer)
		if err != nil {
			yield(nil, misuse{fmt.Errorf("--infer: %w", err)})
			return
		}
		silent := 0           // threads without comments
		spoiled, lost := 0, 0 // threads of which comments were set aside, and the comments that no message counts
		for t, err := range r.Threads(names...) {
			if errors.Is(err, format.ErrUnknown) {
				err = fmt.Errorf("%w; if you know better, name the format with --format", err)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			name := t.Meta().Source.Name
			if n := setAside(t); n > 0 {
				a.quarantined = true
				if spoiled++; spoiled <= silentNamed {
					a.say("%s: %d of the comments could not be placed and were set aside", place(t), n)
				} else {
					lost += n
				}
			}
			if t.Len() == 0 {
				if silent++; silent <= silentNamed {
					a.say("%s: no comments found%s", name, whyNone(t))
				}
			}
			if mode == replies.None {
				t = t.Explicit() // a thread that is read back may hold inferred links
			} else {
				t = replies.Infer(t, mode)
			}
			if !yield(t, nil) {
				return
			}
		}
		if spoiled > silentNamed {
			a.say("%d more threads have comments that could not be placed, %d in all, and were set aside; parse lists them under diagnostics", spoiled-silentNamed, lost)
		}
		if silent > silentNamed {
			a.say("%d more threads are without comments", silent-silentNamed)
		}
	}
}

// place is the file of a thread, and which of the threads in it.
func place(t *thread.Thread) string {
	m := t.Meta()
	if m.ID == "" || m.ID == m.Source.Name {
		return m.Source.Name
	}
	return m.Source.Name + ", thread " + m.ID
}

// silentNamed is how many threads without comments are named, and how many of
// which comments were set aside.
const silentNamed = 20

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

// fingerprint is the SHA-256 of an input's bytes; "" for standard input, which
// cannot be read twice, and for a folder.
func fingerprint(name string) (string, error) {
	if name == "-" {
		return "", nil
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return "", err
	}
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
