package columns

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/names"
)

// Kind is what the values of a column are.
type Kind uint8

// The kinds. All are written as text, an absent value as "".
const (
	String Kind = iota
	Int
	Float
)

// Column is a column of a table that threadheat writes.
type Column struct {
	Name   string
	Kind   Kind
	Always bool // each row has a value, if only ""
}

// Own are the columns of a table as threadheat writes it: a row is a comment,
// those of a thread stand together, in document order.
//
// "thread" tells the threads of the table apart. It is the thread's ID; of two
// threads with one ID the later gets "~2" behind it, and its ID in "thread_id".
// (Of two threads without an ID, the later is called "~2" from then on.)
// "thread_title" and "thread_url" stand in each row, the columns after them in
// the first row of a thread only.
var Own = []Column{
	ownThread:    {"thread", String, true},
	ownID:        {"id", String, true},
	ownParent:    {"parent", String, false},
	ownAuthor:    {"author", String, false},
	ownAuthorKey: {"author_key", String, false},
	ownTime:      {"time", String, false},
	ownPrecision: {"precision", String, false},
	ownDepth:     {"depth", Int, true},
	ownBasis:     {"basis", String, false},
	ownCertainty: {"certainty", Float, false},
	ownText:      {"text", String, true},
	ownScore:     {"score", Int, false},
	ownEdited:    {"edited", String, false},
	ownEditedTo:  {"edited_precision", String, false},
	ownKind:      {"kind", String, true},
	ownState:     {"state", String, true},

	ownTitle:      {"thread_title", String, false},
	ownURL:        {"thread_url", String, false},
	ownThreadID:   {"thread_id", String, false},
	ownLang:       {"thread_lang", String, false},
	ownDeclared:   {"thread_declared_count", Int, false},
	ownArticle:    {"thread_article", String, false},
	ownSource:     {"source_name", String, false},
	ownFormat:     {"source_format", String, false},
	ownConfidence: {"source_confidence", String, false},
	ownSHA256:     {"source_sha256", String, false},
	ownCaptured:   {"source_captured", String, false},
}

const (
	ownThread = iota
	ownID
	ownParent
	ownAuthor
	ownAuthorKey
	ownTime
	ownPrecision
	ownDepth
	ownBasis
	ownCertainty
	ownText
	ownScore
	ownEdited
	ownEditedTo
	ownKind
	ownState

	ownTitle
	ownURL
	ownThreadID // from here on in the first row only
	ownLang
	ownDeclared
	ownArticle
	ownSource
	ownFormat
	ownConfidence
	ownSHA256
	ownCaptured

	ownColumns
)

// needed are the columns by which a table is known to be one of ours. A table
// that somebody added columns to, or took those of the thread from, still is.
var needed = []int{ownThread, ownID, ownParent, ownAuthor, ownAuthorKey, ownTime, ownPrecision, ownBasis, ownCertainty, ownText, ownKind, ownState}

// IsOwn tells that a table has the columns that threadheat writes, in any order.
func IsOwn(header []string) bool {
	for _, i := range needed {
		if !slices.Contains(header, Own[i].Name) {
			return false
		}
	}
	return true
}

// Rows makes the rows of a table of Own columns. The zero Rows begins one.
type Rows struct {
	names names.Set
}

// Of yields the comments of t in document order, each with its row. The row is
// valid until the next one.
func (r *Rows) Of(t *thread.Thread) iter.Seq2[thread.Index, []string] {
	return func(yield func(thread.Index, []string) bool) {
		if t.Len() == 0 {
			return
		}
		m := t.Meta()
		row := make([]string, ownColumns)
		row[ownThread], row[ownTitle], row[ownURL] = r.names.Take(m.ID), m.Title, m.URL
		if row[ownThread] != m.ID {
			row[ownThreadID] = m.ID
		}
		row[ownLang], row[ownArticle] = m.Lang, m.Article
		if m.HasDeclared {
			row[ownDeclared] = strconv.Itoa(m.Declared)
		}
		row[ownSource], row[ownFormat], row[ownConfidence] = m.Source.Name, m.Source.Format, m.Source.Confidence
		row[ownSHA256], row[ownCaptured] = m.Source.SHA256, m.Source.Captured.String()
		for i := range t.Document() {
			c := t.Comment(i)
			row[ownID], row[ownParent], row[ownAuthor], row[ownAuthorKey], row[ownText] = c.ID, c.Parent, c.Author, c.AuthorKey, c.Text
			row[ownTime], row[ownPrecision] = written(c.Time)
			row[ownEdited], row[ownEditedTo] = written(c.Edited)
			row[ownDepth], row[ownBasis] = strconv.Itoa(t.Depth(i)), c.Basis.String()
			row[ownKind], row[ownState] = c.Kind.String(), c.State.String()
			row[ownCertainty], row[ownScore] = "", ""
			if c.Certainty != 0 {
				row[ownCertainty] = strconv.FormatFloat(float64(c.Certainty), 'g', -1, 32)
			}
			if c.HasScore {
				row[ownScore] = strconv.Itoa(c.Score)
			}
			if !yield(i, row) {
				return
			}
			clear(row[ownThreadID:])
		}
	}
}

// written is a time and its precision as files hold them.
func written(s thread.Stamp) (time, precision string) {
	if s.IsZero() {
		return "", ""
	}
	return s.String(), s.Precision().String()
}

// ownComments reads a table that Rows made.
func ownComments(table *Table, src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		r := ownReader{src: src, out: out, described: map[string]bool{}}
		for i, c := range Own {
			r.at[i] = slices.Index(table.Header, c.Name)
		}
		for row, err := range table.Rows {
			if err != nil {
				yield(thread.Comment{}, err)
				return
			}
			if !yield(r.comment(row), nil) {
				return
			}
		}
		if len(r.described) == 0 {
			noComments(out)
		}
	}
}

// ownReader reads the rows of a table of Own columns.
type ownReader struct {
	src       format.Source
	out       format.Sink
	at        [ownColumns]int // where each column stands, -1 nowhere
	described map[string]bool // threads, of late: to describe one again does no harm
}

func (r *ownReader) field(row Row, column int) string {
	if i := r.at[column]; i >= 0 && i < len(row.Fields) {
		return row.Fields[i]
	}
	return ""
}

// comment reads a row. What its values say wrongly counts as not said.
func (r *ownReader) comment(row Row) thread.Comment {
	get := func(column int) string { return r.field(row, column) }
	c := thread.Comment{
		Thread: get(ownThread), ID: get(ownID), Parent: get(ownParent), Author: get(ownAuthor), AuthorKey: get(ownAuthorKey), Text: get(ownText),
		Pos: thread.Pos{File: r.src.Name, Line: row.Line},
	}
	var errs []error
	if row.Odd != "" {
		errs = append(errs, errors.New(row.Odd))
	}
	odd := func(err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%w; it is left out", err))
		}
	}
	var err error
	c.Time, err = r.stamp(get(ownTime), get(ownPrecision))
	odd(err)
	c.Edited, err = r.stamp(get(ownEdited), get(ownEditedTo))
	odd(err)
	c.Basis, err = thread.ParseBasis(get(ownBasis))
	odd(err)
	c.Kind, err = thread.ParseKind(get(ownKind))
	odd(err)
	c.State, err = thread.ParseState(get(ownState))
	odd(err)
	certainty, _, err := number(get(ownCertainty), 32)
	odd(err)
	c.Certainty = float32(certainty)
	score, ok, err := number(get(ownScore), 64)
	odd(err)
	c.Score, c.HasScore = int(score), ok
	odd(r.describe(c.Thread, row))
	for _, err := range errs {
		r.out.Report(c.Thread, thread.Diagnostic{Code: thread.BadRecord, Severity: thread.Repaired, Comment: c.ID, Pos: c.Pos, Message: err.Error()})
	}
	return c
}

// stamp reads a time. Programs that know times write them in their own way, with
// an hour where there was none: the precision holds.
func (r *ownReader) stamp(s, precision string) (thread.Stamp, error) {
	stamp, err := thread.ReadStamp(s, precision)
	if err == nil {
		return stamp, nil
	}
	at, _ := Stamp(s, dates.Options{Zone: r.src.Zone, Order: Order(r.src.DateOrder)})
	p, unknown := thread.ParsePrecision(precision)
	switch {
	case at.IsZero() || unknown != nil && precision != "":
		return thread.Stamp{}, err
	case unknown != nil || p >= at.Precision():
		return at, nil
	case at.ZoneKnown():
		return thread.At(at.Time(), p), nil
	}
	return thread.Local(at.Time(), p), nil
}

// number reads what is no text. Programs that know no empty integers write them
// with a point: "3.0".
func number(s string, bits int) (value float64, ok bool, err error) {
	if s == "" {
		return 0, false, nil
	}
	value, err = strconv.ParseFloat(s, bits)
	if err != nil || !(value > -1e18 && value < 1e18) {
		return 0, false, fmt.Errorf("%.60q is not a number", s)
	}
	return value, true, nil
}

// describe says what a row tells of its thread. The first row of a thread need
// not come first: somebody may have sorted the table.
func (r *ownReader) describe(key string, row Row) error {
	get := func(column int) string { return r.field(row, column) }
	first := false
	for column := ownThreadID; column < ownColumns; column++ {
		first = first || get(column) != ""
	}
	if r.described[key] && !first {
		return nil
	}
	if len(r.described) == maxDescribed {
		clear(r.described)
	}
	r.described[strings.Clone(key)] = true
	m := thread.Meta{
		ID: cmp.Or(get(ownThreadID), key), Title: get(ownTitle), URL: get(ownURL), Lang: get(ownLang), Article: get(ownArticle),
		Source: thread.Source{Name: get(ownSource), Format: get(ownFormat), Confidence: get(ownConfidence), SHA256: get(ownSHA256)},
	}
	declared, has, wrong := number(get(ownDeclared), 64)
	m.Declared, m.HasDeclared = int(declared), has
	var odd error
	m.Source.Captured, odd = thread.ReadStamp(get(ownCaptured), "")
	r.out.Describe(key, m)
	return errors.Join(wrong, odd)
}

// Wanted are the columns that Comments reads, for tables in which a column can
// be left unread, in the order of the header.
func Wanted(header []string, given map[string]string) ([]int, error) {
	var wanted []int
	if len(given) == 0 && IsOwn(header) {
		for i, name := range header {
			if slices.ContainsFunc(Own, func(c Column) bool { return c.Name == name }) {
				wanted = append(wanted, i)
			}
		}
		return wanted, nil
	}
	m, err := Guess(header, given)
	for i := range header {
		if slices.Contains(m[:], i) {
			wanted = append(wanted, i)
		}
	}
	return wanted, err
}
