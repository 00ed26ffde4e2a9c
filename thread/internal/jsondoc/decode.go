package jsondoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/jsontree"
)

// Sniffer makes the Sniff of a format. An input is of the format if it is JSON,
// as far as the head goes, all marks stand in it, and test says why it thinks
// so; what names the format in a refusal. The marks are bytes that no input of
// the format lacks: they keep the cost low where the answer is no.
func Sniffer(what string, marks []string, test func(docs []Value) (why string)) func(format.Head) (format.Confidence, string) {
	return func(h format.Head) (format.Confidence, string) {
		b := h.Bytes
		if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
			text, _ := charset.UTF8(b, "")
			b = []byte(text)
		}
		b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n")
		if len(b) == 0 || b[0] != '{' && b[0] != '[' {
			return format.No, "not JSON"
		}
		for _, m := range marks {
			if !bytes.Contains(b, []byte(m)) {
				return format.No, "JSON, but not " + what
			}
		}
		docs, err := Parse(b)
		if err != nil && !errors.Is(err, jsontree.ErrCut) || len(docs) == 0 {
			return format.No, "not JSON"
		}
		if why := test(docs); why != "" {
			return format.Certain, why
		}
		return format.No, "JSON, but not " + what
	}
}

// Decoder makes the Decode of a format. read is given the documents of an input
// and files their comments with the Files; it sees what could be read of a
// broken one. what names the comments of the format in the diagnostic of an
// input without any.
func Decoder(what string, read func(docs []Value, f *Files)) func(format.Source, format.Sink) iter.Seq2[thread.Comment, error] {
	return func(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
		return func(yield func(thread.Comment, error) bool) {
			raw, err := io.ReadAll(io.LimitReader(src.Reader, MaxSize+1))
			if err != nil {
				err = fmt.Errorf("read: %w", err)
			}
			if len(raw) > MaxSize {
				raw, err = raw[:MaxSize], fmt.Errorf("longer than %d bytes, which is the most that is held in memory; it was read up to there", MaxSize)
			}
			text, guessed := decoded(raw)
			raw = nil
			docs, bad := Parse(text)
			if err == nil {
				err = bad
			}
			f := &Files{Source: src, byKey: map[string]*File{}}
			read(docs, f)
			if len(f.files) == 0 && (err == nil || len(docs) > 0) {
				f.File("")
			}
			if guessed != "" && len(f.files) > 0 {
				f.files[0].Report(thread.EncodingGuessed, "the input is not UTF-8; it was read as %s", guessed)
			}
			if !f.deliver(what, out, yield) {
				return
			}
			if err != nil {
				yield(thread.Comment{}, err)
			}
		}
	}
}

// decoded is b in UTF-8 without byte order mark, and the encoding where that
// had to be guessed. A file that breaks off in a character is no less UTF-8.
func decoded(b []byte) (text []byte, guessed string) {
	for i := len(b) - 1; i >= max(len(b)-utf8.UTFMax, 0); i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				b = b[:i]
			}
			break
		}
	}
	if utf8.Valid(b) { // not copied, for it may be long
		return bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), ""
	}
	s, guessed := charset.UTF8(b, "")
	return []byte(s), guessed
}

// Files collects the threads of an input, which may hold their comments mixed.
type Files struct {
	format.Source
	files []*File
	byKey map[string]*File
}

// File is a thread being collected.
type File struct {
	Meta     thread.Meta
	source   *format.Source
	key      string
	comments []thread.Comment
	reports  []thread.Diagnostic
}

// File is the thread with the given key, new where it was not asked for before.
// The key becomes its ID. Threads come out in the order in which they are first
// asked for.
func (f *Files) File(key string) *File {
	file, ok := f.byKey[key]
	if !ok {
		file = &File{Meta: thread.Meta{ID: key}, source: &f.Source, key: key}
		f.byKey[key] = file
		f.files = append(f.files, file)
	}
	return file
}

// deliver hands all threads on; false means that the receiver has had enough.
func (f *Files) deliver(what string, out format.Sink, yield func(thread.Comment, error) bool) bool {
	for _, file := range f.files {
		out.Describe(file.key, file.Meta)
		if len(file.comments) == 0 {
			file.Report(thread.NoComments, "the input holds no %s", what)
		}
		for _, d := range file.reports {
			out.Report(file.key, d)
		}
		for i := range file.comments {
			if !yield(file.comments[i], nil) {
				return false
			}
		}
		*file = File{} // so that threads are not kept twice
	}
	return true
}

// Len is the number of comments so far.
func (f *File) Len() int { return len(f.comments) }

// Report notes something about the thread as a whole.
func (f *File) Report(code thread.Code, format string, args ...any) {
	f.report(thread.Diagnostic{Code: code, Message: fmt.Sprintf(format, args...)})
}

func (f *File) report(d thread.Diagnostic) { f.reports = append(f.reports, d) }

// More notes that n comments of the thread are not in the input, unless n is 0
// or less. where tells in a few words how it is known.
func (f *File) More(n int, where string) {
	if n > 0 {
		f.Report(thread.MoreComments, "%d more comments are not in the input (%s)", n, where)
	}
}

// Record is access to the fields of v, an element of a list of records. ok is
// false, and the fact is noted, where v is no object.
func (f *File) Record(v Value) (r *Record, ok bool) {
	r = &Record{Value: v, file: f}
	if v.Kind() != jsontree.Object {
		f.report(thread.Diagnostic{
			Code: thread.BadRecord, Severity: thread.Repaired, Pos: r.pos(),
			Message: fmt.Sprintf("a record is %s, not an object; it is left out", v.Kind()),
		})
	}
	return r, v.Kind() == jsontree.Object
}

// Add adds the comment that was read from r, and what was odd about its fields.
func (f *File) Add(r *Record, c thread.Comment) {
	c.Thread, c.Pos = f.key, r.pos()
	if r.Broken() {
		if c.ID == "" {
			return // nobody can tell whose remains these are; the error says where
		}
		r.Note(thread.Truncated, "the input breaks off inside this record; what follows is not known")
	}
	for _, d := range r.problems {
		d.Comment, d.Pos = c.ID, c.Pos
		f.report(d)
	}
	f.comments = append(f.comments, c)
}

// Missing adds a comment that r answers or shows the place of, but that is not
// in the input.
func (f *File) Missing(r *Record, c thread.Comment) {
	c.Thread, c.State, c.Pos = f.key, thread.Missing, r.pos()
	f.report(thread.Diagnostic{
		Code: thread.MissingParent, Severity: thread.Repaired, Comment: c.ID, Pos: c.Pos,
		Message: fmt.Sprintf("the comment %q has its place, but is not in the input; a ghost stands in for it", c.ID),
	})
	f.comments = append(f.comments, c)
}

// PlainText is the text of a piece of HTML.
func PlainText(html string) string { return dom.Parse(html).Text(0, nil) }
