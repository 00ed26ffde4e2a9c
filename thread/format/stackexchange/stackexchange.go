// Package stackexchange reads the data dumps of Stack Exchange.
package stackexchange

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/xmltok"
)

// Format reads Posts.xml, where a question is an article and its answers are
// the comments, and Comments.xml, where a thread is what was said below one
// post. Posts name their authors by number; names come from Users.xml where it
// stands beside. Questions without answers are no threads.
var Format = &format.Format{
	Name:        "stackexchange",
	Doc:         "data dumps of Stack Exchange: Posts.xml (answers to questions) or Comments.xml, with the names in Users.xml beside it",
	URL:         "https://meta.stackexchange.com/questions/2677/database-schema-documentation-for-the-public-data-dump-and-sede",
	Sniff:       sniff,
	Interleaved: true,
	Decode:      decode,
}

var (
	rows  = regexp.MustCompile(`^\s*(?:<\?xml[^>]*>\s*)?<(posts|comments)>\s*<row\s+Id="`)
	empty = regexp.MustCompile(`^\s*<\?xml[^>]*>\s*<(posts|comments)>\s*</`)
)

func sniff(h format.Head) (format.Confidence, string) {
	head := xmltok.Head(h.Bytes)
	m := rows.FindStringSubmatch(head)
	if m == nil {
		m = empty.FindStringSubmatch(head)
	}
	if m == nil {
		return format.No, "no XML with rows of posts or comments"
	}
	return format.Certain, "<" + m[1] + "> with rows"
}

// decoder reads one file.
type decoder struct {
	src       format.Source
	out       format.Sink
	users     map[string]string      // names by number
	questions map[string]thread.Meta // by number
	answered  map[string]bool        // threads that have comments
	order     []string               // the same, in order
	others    int                    // posts that are neither question nor answer
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		d := decoder{src: src, out: out, questions: map[string]thread.Meta{}, answered: map[string]bool{}}
		var trouble error
		d.users, trouble = users(src.Beside)
		x := xmltok.NewReader(src.Reader)
		root := ""
		for x.Next() {
			if x.Kind != xmltok.Start {
				continue
			}
			if x.Name != "row" {
				root = x.Name
				continue
			}
			row := x.Attributes()
			pos := thread.Pos{File: src.Name, Line: x.Line}
			take := d.post
			if root == "comments" {
				take = d.remark
			}
			if c, ok := take(row, pos); ok && !yield(c, nil) {
				return
			}
		}
		d.finish(x, root, trouble)
		if err := x.Err(); err != nil {
			yield(thread.Comment{}, fmt.Errorf("line %d: %w", x.Line, err))
		}
	}
}

// post takes a row of Posts.xml; false means that it is no answer.
func (d *decoder) post(row map[string]string, pos thread.Pos) (thread.Comment, bool) {
	switch row["posttypeid"] {
	case "1":
		id := row["id"]
		d.questions[id] = thread.Meta{ID: id, Title: row["title"], Article: dom.Parse(row["body"]).Text(0, nil)}
		if d.answered[id] {
			d.out.Describe(id, d.questions[id])
		}
		return thread.Comment{}, false
	case "2":
	default:
		d.others++
		return thread.Comment{}, false
	}
	key := row["parentid"]
	if !d.answered[key] {
		d.open(key)
		if m, ok := d.questions[key]; ok {
			d.out.Describe(key, m)
		}
	}
	c := d.comment(key, row, "owner", pos)
	c.Text = dom.Parse(row["body"]).Text(0, nil)
	c.Edited = d.stamp(row["lasteditdate"], &c)
	return c, true
}

// remark takes a row of Comments.xml.
func (d *decoder) remark(row map[string]string, pos thread.Pos) (thread.Comment, bool) {
	key := row["postid"]
	if !d.answered[key] {
		d.open(key)
	}
	c := d.comment(key, row, "", pos)
	c.Text = row["text"]
	return c, true
}

// open notes that a thread has comments.
func (d *decoder) open(key string) {
	d.answered[key] = true
	d.order = append(d.order, key)
}

// comment is what rows of both files tell; owner is what the attributes of the
// author begin with. One who has left has no number any more.
func (d *decoder) comment(key string, row map[string]string, owner string, pos thread.Pos) thread.Comment {
	c := thread.Comment{Thread: key, ID: row["id"], AuthorKey: row[owner+"userid"], Author: row[owner+"userdisplayname"], Pos: pos}
	if owner != "" {
		c.Author = row[owner+"displayname"]
	}
	if name, ok := d.users[c.AuthorKey]; ok {
		c.Author = name
	}
	c.Time = d.stamp(row["creationdate"], &c)
	if n, err := strconv.Atoi(row["score"]); err == nil {
		c.Score, c.HasScore = n, true
	}
	return c
}

// stamp reads a time, which is in UTC though it does not say so.
func (d *decoder) stamp(s string, c *thread.Comment) thread.Stamp {
	if s == "" {
		return thread.Stamp{}
	}
	t, err := time.Parse("2006-01-02T15:04:05", s)
	if err != nil || t.Year() < 1980 || t.Year() > 2100 {
		d.out.Report(c.Thread, thread.Diagnostic{Code: thread.UnknownDate, Comment: c.ID, Pos: c.Pos, Message: fmt.Sprintf("the date %.40q of %q is none; it was left out", s, c.ID)})
		return thread.Stamp{}
	}
	return thread.At(t, thread.Second)
}

// finish says what is to be said of the file as a whole: beside its last
// thread, or beside one without comments that stands for the file.
func (d *decoder) finish(x *xmltok.Reader, root string, trouble error) {
	key := ""
	for _, key = range d.order {
		if _, ok := d.questions[key]; !ok && root != "comments" {
			d.out.Report(key, thread.Diagnostic{Code: thread.BadRecord, Message: fmt.Sprintf("the file holds answers to the question %q, but not the question itself", key)})
		}
	}
	pos := thread.Pos{File: d.src.Name, Line: x.Line}
	note := func(code thread.Code, message string) {
		d.out.Report(key, thread.Diagnostic{Code: code, Pos: pos, Message: message})
	}
	if len(d.order) == 0 {
		d.out.Describe(key, thread.Meta{})
		note(thread.NoComments, fmt.Sprintf("none of the %d questions in the file has an answer there", len(d.questions)))
	}
	if d.others > 0 {
		note(thread.BadRecord, fmt.Sprintf("%d posts that are neither question nor answer were left out", d.others))
	}
	if trouble != nil {
		note(thread.BadRecord, "Users.xml could not be read as a whole: "+trouble.Error())
	}
	if g := x.Guessed(); g != "" {
		note(thread.EncodingGuessed, "the encoding is told wrongly; the file was read as "+g)
	}
	if cut := x.Cut(); cut != "" && x.Err() == nil {
		note(thread.Truncated, cut)
	}
}

// users are the names in Users.xml, by number.
func users(folder fs.FS) (map[string]string, error) {
	if folder == nil {
		return nil, nil
	}
	f, err := folder.Open("Users.xml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names := map[string]string{}
	x := xmltok.NewReader(f)
	for x.Next() {
		if x.Kind != xmltok.Start || x.Name != "row" {
			continue
		}
		row := x.Attributes()
		if name := strings.TrimSpace(row["displayname"]); name != "" {
			names[row["id"]] = name
		}
	}
	if cut := x.Cut(); x.Err() == nil && cut != "" {
		return names, errors.New(cut)
	}
	return names, x.Err()
}
