package columns

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/byline"
	"threadheat/thread/internal/dates"
)

// Comments reads the comments of a table; given settles which column is what,
// as Guess takes it. Threads come mixed, and comments may name their thread as
// their parent: the format says Interleaved and ThreadParents. A table that
// threadheat wrote is read as what it is, unless something is given. In others,
//
//   - Without a column of IDs, a comment has the number of its row.
//   - A parent that is empty, 0, -1, null or the comment itself is none, and so
//     is the ID of the thread, unless there is a row of that ID: that is the
//     opening post.
//   - "t1_" and "t3_", as Reddit marks IDs, and ".0", as pandas does, are dropped.
//   - Times are read as Stamp does. Which of 3/4/2020 is the month is settled by
//     the first 1,000 rows.
//   - Of an author who is an e-mail address, what stands before the @ is kept.
//   - Authors and texts like "[deleted]" are none. A comment of nobody that says
//     nothing is deleted.
func Comments(table *Table, src format.Source, given map[string]string, out format.Sink) iter.Seq2[thread.Comment, error] {
	if len(given) == 0 && IsOwn(table.Header) {
		return ownComments(table, src, out)
	}
	return func(yield func(thread.Comment, error) bool) {
		m, err := Guess(table.Header, given)
		if err != nil {
			table.Close()
			yield(thread.Comment{}, err)
			return
		}
		c := converter{m: m, src: src, out: out, described: map[string]bool{}, utc: utc(table.Header, m)}
		var ahead []Row
		settled := false
		flush := func() bool {
			if !settled {
				c.settle(ahead)
				settled = true
			}
			for _, row := range ahead {
				if comment, ok := c.comment(row); ok && !yield(comment, nil) {
					return false
				}
			}
			ahead = nil
			return true
		}
		size := 0
		for row, err := range table.Rows {
			if err != nil {
				if flush() {
					yield(thread.Comment{}, err)
				}
				return
			}
			if settled {
				if comment, ok := c.comment(row); ok && !yield(comment, nil) {
					return
				}
				continue
			}
			row.Fields = append([]string(nil), row.Fields...)
			ahead = append(ahead, row)
			for _, f := range row.Fields {
				size += len(f)
			}
			if (len(ahead) == 1000 || size > 1<<20) && !flush() {
				return
			}
		}
		if !flush() {
			return
		}
		if c.rows == 0 {
			noComments(out)
		}
		if g := table.Guessed(); g != "" {
			out.Report(c.last, thread.Diagnostic{Code: thread.EncodingGuessed, Message: "the encoding is not told; the table was read as " + g})
		}
	}
}

// noComments says that there are none.
func noComments(out format.Sink) {
	out.Describe("", thread.Meta{})
	out.Report("", thread.Diagnostic{Code: thread.NoComments, Message: "the table has a header, but no comments"})
}

type converter struct {
	m         Map
	src       format.Source
	out       format.Sink
	described map[string]bool // threads, of late: to describe one again does no harm
	last      string          // key of the thread read last
	rows      int
	dates     dates.Options
	unsure    bool // an ambiguous date was reported
	utc       bool // the name of the column of times says so
}

// maxDescribed is how many threads are remembered as described.
const maxDescribed = 1 << 16

// utc tells that times are in UTC by the name of their column.
func utc(header []string, m Map) bool {
	if m[Time] < 0 {
		return false
	}
	name := fold(header[m[Time]])
	return strings.HasSuffix(name, "utc") || strings.HasSuffix(name, "gmt")
}

// settle finds out how dates are written.
func (c *converter) settle(rows []Row) {
	c.dates = dates.Options{Base: c.src.Base, Zone: c.src.Zone, Order: Order(c.src.DateOrder)}
	if c.utc {
		c.dates.Zone = time.UTC
	}
	if c.dates.Order == dates.Auto {
		var texts []string
		for _, row := range rows {
			texts = append(texts, c.field(row, Time))
		}
		c.dates.Order = dates.InferOrder(texts)
	}
}

// Order is the order of dates that the user gave.
func Order(o format.DateOrder) dates.Order {
	switch o {
	case format.DMY:
		return dates.DMY
	case format.MDY:
		return dates.MDY
	case format.YMD:
		return dates.YMD
	}
	return dates.Auto
}

func (c *converter) field(row Row, f Field) string {
	if i := c.m[f]; i >= 0 && i < len(row.Fields) {
		return row.Fields[i]
	}
	return ""
}

// value is a field without white space around it, "" where it says that there
// is none.
func (c *converter) value(row Row, f Field) string {
	s := strings.TrimSpace(c.field(row, f))
	switch strings.ToLower(s) {
	case "null", "none", "nan", "n/a", "<na>":
		return ""
	}
	return s
}

// comment reads a row; false means that it holds no comment.
func (c *converter) comment(row Row) (thread.Comment, bool) {
	pos := thread.Pos{File: c.src.Name, Line: row.Line}
	note := func(key string, code thread.Code, id, message string) {
		c.out.Report(key, thread.Diagnostic{Code: code, Comment: id, Pos: pos, Message: message})
	}
	if !c.holds(row) {
		if row.Odd != "" {
			note(c.last, row.Code, "", row.Odd)
		}
		return thread.Comment{}, false
	}
	c.rows++
	id := bare(c.value(row, ID))
	if c.m[ID] < 0 {
		id = strconv.Itoa(c.rows)
	}
	key := bare(c.value(row, Thread))
	c.last = key
	if title, url := c.value(row, Title), c.value(row, URL); (title != "" || url != "") && !c.described[key] {
		if len(c.described) == maxDescribed {
			clear(c.described)
		}
		c.described[strings.Clone(key)] = true
		c.out.Describe(key, thread.Meta{ID: key, Title: title, URL: url})
	}
	to := thread.Comment{Thread: key, ID: id, AuthorKey: byline.Public(c.value(row, AuthorKey)), Pos: pos}
	to.Author, to.Text, to.State = Deleted(strings.TrimSpace(c.field(row, Author)), c.field(row, Text))
	if row.Odd == "" && to.State == thread.Visible && c.m[Author] >= 0 && to.Author == "" && strings.TrimSpace(to.Text) == "" {
		to.State = thread.Deleted
	}
	to.Author = byline.Public(to.Author)
	if to.State != thread.Visible && to.Author == "" {
		to.AuthorKey = ""
	}
	if s, err := thread.ParseState(c.value(row, State)); err == nil && s != thread.Visible {
		to.State = s
	}
	parent := bare(c.value(row, Parent))
	if parent != "" && parent != "0" && parent != "-1" && parent != id {
		to.Parent, to.Basis = parent, thread.Declared
	}
	if id != "" && id == key && to.Parent == "" {
		to.Kind = thread.Post
	}
	if row.Odd != "" {
		note(key, row.Code, id, row.Odd)
	}
	to.Time = c.stamp(row, Time, key, id, note)
	if edited := c.value(row, Edited); edited != "" && !strings.EqualFold(edited, "false") && !strings.EqualFold(edited, "true") {
		to.Edited = c.stamp(row, Edited, key, id, note)
	}
	if n, err := strconv.ParseFloat(c.value(row, Score), 64); err == nil && n > -1e9 && n < 1e9 {
		to.Score, to.HasScore = int(n), true
	}
	return to, true
}

// holds tells that a row says something in a column that is known.
func (c *converter) holds(row Row) bool {
	for f := range c.m {
		if c.field(row, Field(f)) != "" {
			return true
		}
	}
	return false
}

func (c *converter) stamp(row Row, f Field, key, id string, note func(key string, code thread.Code, id, message string)) thread.Stamp {
	s := c.value(row, f)
	if s == "" {
		return thread.Stamp{}
	}
	stamp, ambiguous := Stamp(s, c.dates)
	switch {
	case stamp.IsZero():
		note(key, thread.UnknownDate, id, fmt.Sprintf("the date %.60q of the comment %q is none that is known; it was left out", s, id))
	case ambiguous && !c.unsure:
		c.unsure = true
		note(key, thread.AmbiguousDate, id, fmt.Sprintf("day and month of %q and the like could be swapped; --date-order settles it", s))
	}
	return stamp
}

// bare is an ID without what some writers add to it.
func bare(s string) string {
	if len(s) > 3 && s[0] == 't' && s[1] >= '1' && s[1] <= '6' && s[2] == '_' {
		return s[3:]
	}
	if n, ok := strings.CutSuffix(s, ".0"); ok && n != "" && strings.Trim(n, "0123456789") == "" {
		return n
	}
	return s
}

// Stamp reads a time as tables write it: seconds, milliseconds or microseconds
// since 1970, RFC 3339 and its like, or a date as people write it. It is zero
// for what is no date of the years 1980 to 2100. ambiguous tells that day and
// month could be swapped.
func Stamp(s string, o dates.Options) (_ thread.Stamp, ambiguous bool) {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		for _, perSecond := range []float64{1, 1e3, 1e6} {
			// 1980 to 2100 in one unit is no year of the others.
			if sec := n / perSecond; sec >= 315_532_800 && sec < 4_102_444_800 {
				return thread.At(time.UnixMilli(int64(sec*1e3)).UTC(), thread.Second), false
			}
		}
		return thread.Stamp{}, false
	}
	if t, err := time.Parse(time.RFC3339, strings.Replace(s, " ", "T", 1)); err == nil && t.Year() >= 1980 && t.Year() <= 2100 {
		return thread.At(t, thread.Second), false
	}
	m, _ := dates.Parse(s, o)
	return m.Stamp, m.Ambiguous
}

// Deleted takes the words by which exports mark what is gone from author and
// text, and tells what became of the comment.
func Deleted(author, text string) (string, string, thread.State) {
	state := thread.Visible
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "[deleted]", "[supprimé]", "[gelöscht]", "[deleted by user]":
		text, state = "", thread.Deleted
	case "[removed]", "[removed by reddit]", "[ removed by reddit ]", "[removed by moderator]", "[modéré]":
		text, state = "", thread.Removed
	}
	switch strings.ToLower(author) {
	case "[deleted]", "[removed]", "[supprimé]", "[gelöscht]", "none", "null", "nan":
		author = ""
	}
	return author, text, state
}
