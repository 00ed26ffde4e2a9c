// Package ndjson reads and writes threads as JSON, one thread a line: what
// "threadheat parse" prints and every command reads. The schema is
// threadheat/thread/v1; readers ignore fields they do not know.
package ndjson

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Schema is the name and version of what Encode writes.
const Schema = "threadheat/thread/v1"

// schemaStem is what the schemas of all versions begin with.
const schemaStem = "threadheat/thread/"

// Format reads what Encode writes, back to an equal thread. It holds one
// thread in memory at a time.
var Format = &format.Format{
	Name:   "ndjson",
	Doc:    "threads as JSON, one a line, as written by threadheat parse",
	Sniff:  sniff,
	Decode: decode,
}

// document is one line. Comments stand in document order.
type document struct {
	Schema      string       `json:"schema"`
	Source      *source      `json:"source,omitempty"`
	ID          *string      `json:"id"`
	Title       *string      `json:"title"`
	URL         *string      `json:"url"`
	Lang        string       `json:"lang,omitempty"`
	Article     string       `json:"article,omitempty"`
	Declared    *int         `json:"declared_count,omitempty"`
	Comments    []comment    `json:"comments,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics,omitempty"`
	// Quarantined comments come again through the Builder, which sets them
	// aside for the reason it had the first time.
	Quarantined []comment `json:"quarantined,omitempty"`
}

type source struct {
	Name       string `json:"name"`
	Format     string `json:"format"`
	Confidence string `json:"confidence"`
	SHA256     string `json:"sha256,omitempty"`
	Captured   string `json:"captured,omitempty"`
}

type comment struct {
	ID              string  `json:"id"`
	Parent          *string `json:"parent"`
	Author          *string `json:"author"`
	AuthorKey       string  `json:"author_key,omitempty"`
	Time            *string `json:"time"`
	Precision       string  `json:"precision,omitempty"`
	Depth           *int    `json:"depth,omitempty"` // follows from the parents; not read
	Basis           string  `json:"basis,omitempty"`
	Certainty       float32 `json:"certainty,omitempty"`
	Text            string  `json:"text"`
	Score           *int    `json:"score"`
	Edited          *string `json:"edited"`
	EditedPrecision string  `json:"edited_precision,omitempty"`
	Kind            string  `json:"kind"`
	State           string  `json:"state"`
	place
}

type diagnostic struct {
	Code     thread.Code `json:"code"`
	Severity string      `json:"severity"`
	Comment  *string     `json:"comment"`
	place
	Message string `json:"message"`
}

// place is a thread.Pos. File is left out where it is that of the source.
type place struct {
	File   *string `json:"file,omitempty"`
	Line   int     `json:"line,omitempty"`
	Offset int64   `json:"offset,omitempty"`
}

func placeOf(p thread.Pos, sourceName string) place {
	to := place{Line: p.Line, Offset: p.Offset}
	if p.File != to.pos(sourceName).File {
		to.File = &p.File
	}
	return to
}

func (p place) pos(sourceName string) thread.Pos {
	to := thread.Pos{Line: p.Line, Offset: p.Offset}
	switch {
	case p.File != nil:
		to.File = *p.File
	case p.Line != 0 || p.Offset != 0:
		to.File = sourceName
	}
	return to
}

// Encode writes t as one line. The writer sees a few large writes, not one a
// comment.
func Encode(w io.Writer, t *thread.Thread) error {
	m := t.Meta()
	e := encoder{w: bufio.NewWriterSize(w, 1<<16), name: m.Source.Name}
	e.json = json.NewEncoder(&e.buf)
	e.json.SetEscapeHTML(false)
	head := document{
		Schema: Schema, ID: some(m.ID), Title: some(m.Title), URL: some(m.URL), Lang: m.Lang, Article: m.Article,
	}
	if m.Source != (thread.Source{}) {
		head.Source = &source{m.Source.Name, m.Source.Format, m.Source.Confidence, m.Source.SHA256, m.Source.Captured.String()}
	}
	if m.HasDeclared {
		head.Declared = &m.Declared
	}
	// The arrays are written element by element, so that a long thread is
	// never in memory twice.
	e.value(head)
	e.unclose()
	e.open(`,"comments":[`)
	for i := range t.Document() {
		c := commentOf(t.Comment(i), e.name)
		depth := t.Depth(i)
		c.Depth = &depth
		e.element(c)
	}
	e.open(`],"diagnostics":[`)
	for _, d := range t.Diagnostics() {
		e.element(diagnostic{d.Code, d.Severity.String(), some(d.Comment), placeOf(d.Pos, e.name), d.Message})
	}
	if len(t.Quarantined()) > 0 {
		e.open(`],"quarantined":[`)
		for _, c := range t.Quarantined() {
			e.element(commentOf(c, e.name))
		}
	}
	e.open("]}\n")
	if e.err == nil {
		e.err = e.w.Flush()
	}
	return e.err
}

func commentOf(c thread.Comment, sourceName string) comment {
	to := comment{
		ID: c.ID, Parent: some(c.Parent), Author: some(c.Author), AuthorKey: c.AuthorKey, Basis: c.Basis.String(), Certainty: c.Certainty, Text: c.Text,
		Kind: c.Kind.String(), State: c.State.String(), place: placeOf(c.Pos, sourceName),
	}
	to.Time, to.Precision = stamp(c.Time)
	to.Edited, to.EditedPrecision = stamp(c.Edited)
	if c.HasScore {
		to.Score = &c.Score
	}
	return to
}

func stamp(s thread.Stamp) (time *string, precision string) {
	if s.IsZero() {
		return nil, ""
	}
	return some(s.String()), s.Precision().String()
}

// some is nil, JSON's null, for "".
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// encoder writes JSON in parts. The first error stays.
type encoder struct {
	w    *bufio.Writer
	name string // of the source
	buf  bytes.Buffer
	json *json.Encoder // into buf
	more bool          // an element stands in the array
	err  error
}

// value leaves the JSON of v in buf.
func (e *encoder) value(v any) {
	e.buf.Reset()
	if err := e.json.Encode(v); err != nil && e.err == nil {
		e.err = err
	}
	e.buf.Truncate(max(e.buf.Len()-1, 0)) // the line feed
}

// unclose writes buf without its last brace.
func (e *encoder) unclose() {
	e.buf.Truncate(max(e.buf.Len()-1, 0))
	e.flush()
}

func (e *encoder) open(s string) {
	e.more = false
	e.buf.Reset()
	e.buf.WriteString(s)
	e.flush()
}

func (e *encoder) element(v any) {
	e.value(v)
	if e.more {
		e.w.WriteByte(',') // its error comes again on Flush
	}
	e.more = true
	e.flush()
}

func (e *encoder) flush() {
	if e.err == nil {
		_, e.err = e.w.Write(e.buf.Bytes())
	}
}

func sniff(h format.Head) (format.Confidence, string) {
	line := bytes.TrimLeft(bytes.TrimPrefix(h.Bytes, bom), " \t\r\n")
	line, _, _ = bytes.Cut(line, []byte("\n"))
	if !bytes.HasPrefix(line, []byte("{")) {
		return format.No, "the first line is no JSON object"
	}
	for rest := line; ; {
		_, after, found := bytes.Cut(rest, []byte(`"schema"`))
		if !found {
			return format.No, "the first line names no " + schemaStem + " schema"
		}
		rest = after
		after = bytes.TrimLeft(after, " \t")
		after, colon := bytes.CutPrefix(after, []byte(":"))
		if colon && bytes.HasPrefix(bytes.TrimLeft(after, " \t"), []byte(`"`+schemaStem)) {
			return format.Certain, `"schema" names ` + schemaStem + "…"
		}
	}
}

var bom = []byte("\uFEFF")

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		r := bufio.NewReaderSize(src.Reader, 1<<16)
		var line []byte
		for number := 1; ; number++ {
			var err error
			line, err = readLine(r, line[:0])
			if err != nil && err != io.EOF {
				yield(thread.Comment{}, format.Between(fmt.Errorf("line %d: %w", number, err)))
				return
			}
			last := err == io.EOF
			if number == 1 {
				line = bytes.TrimPrefix(line, bom)
			}
			if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
				d, err := parse(trimmed, last)
				if err != nil {
					yield(thread.Comment{}, format.Between(fmt.Errorf("line %d: %w", number, err)))
					return
				}
				if !d.deliver(fmt.Sprint("line ", number), out, yield) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}

// readLine appends the next line, of any length, to buf. The error is io.EOF
// when no line feed ended it.
func readLine(r *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := r.ReadSlice('\n')
		buf = append(buf, part...)
		if err != bufio.ErrBufferFull {
			return buf, err
		}
	}
}

func parse(line []byte, last bool) (*document, error) {
	if line[0] != '{' {
		return nil, errors.New("the line holds no JSON object; each line must hold one whole thread")
	}
	var d document
	err := json.Unmarshal(line, &d)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		if last && syntax.Offset >= int64(len(line)) {
			return nil, errors.New("the last line breaks off in the middle; was the file copied as a whole?")
		}
		return nil, fmt.Errorf("not JSON at byte %d of the line: %w; each line must hold one whole thread", syntax.Offset, err)
	}
	switch {
	case d.Schema == Schema:
	case strings.HasPrefix(d.Schema, schemaStem):
		return nil, fmt.Errorf("the schema is %q, but only %s is known; try a newer threadheat", d.Schema, Schema)
	default:
		return nil, fmt.Errorf("the schema is %q, not %s; write the file with threadheat parse, or say what it is with --format", d.Schema, Schema)
	}
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) {
		return nil, fmt.Errorf("field %q holds a %s where %s has a %s", typ.Field, typ.Value, Schema, typ.Type)
	}
	return &d, err
}

// deliver hands a thread on; false means that the receiver has had enough.
func (d *document) deliver(key string, out format.Sink, yield func(thread.Comment, error) bool) bool {
	m := thread.Meta{ID: text(d.ID), Title: text(d.Title), URL: text(d.URL), Lang: d.Lang, Article: d.Article}
	if s := d.Source; s != nil {
		m.Source = thread.Source{Name: s.Name, Format: s.Format, Confidence: s.Confidence, SHA256: s.SHA256}
		m.Source.Captured, _ = thread.ReadStamp(s.Captured, "")
	}
	if d.Declared != nil {
		m.Declared, m.HasDeclared = *d.Declared, true
	}
	out.Describe(key, m)
	for _, g := range d.Diagnostics {
		severity, err := thread.ParseSeverity(g.Severity)
		if err != nil {
			severity = thread.Note
		}
		out.Report(key, thread.Diagnostic{
			Code: g.Code, Severity: severity, Comment: text(g.Comment), Pos: g.pos(m.Source.Name), Message: g.Message,
		})
	}
	for _, list := range [][]comment{d.Comments, d.Quarantined} {
		for i := range list {
			c, problems := list[i].comment(m.Source.Name)
			c.Thread = key
			for _, err := range problems {
				out.Report(key, thread.Diagnostic{Code: thread.BadRecord, Severity: thread.Repaired, Comment: c.ID, Pos: c.Pos, Message: err.Error() + "; it is left out"})
			}
			if !yield(c, nil) {
				return false
			}
			list[i] = comment{} // so that a long thread is not kept twice
		}
	}
	return true
}

// comment is c as the Builder takes it. A field with an unknown value counts
// as not given.
func (c *comment) comment(sourceName string) (thread.Comment, []error) {
	to := thread.Comment{
		ID: c.ID, Parent: text(c.Parent), Author: text(c.Author), AuthorKey: c.AuthorKey, Certainty: c.Certainty, Text: c.Text, Pos: c.pos(sourceName),
	}
	if c.Score != nil {
		to.Score, to.HasScore = *c.Score, true
	}
	var errs [5]error
	to.Basis, errs[0] = thread.ParseBasis(c.Basis)
	to.Kind, errs[1] = thread.ParseKind(c.Kind)
	to.State, errs[2] = thread.ParseState(c.State)
	to.Time, errs[3] = thread.ReadStamp(text(c.Time), c.Precision)
	to.Edited, errs[4] = thread.ReadStamp(text(c.Edited), c.EditedPrecision)
	var problems []error
	for _, err := range errs {
		if err != nil {
			problems = append(problems, err)
		}
	}
	return to, problems
}
