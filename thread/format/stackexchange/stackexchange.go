// Package stackexchange reads the data dumps of Stack Exchange.
package stackexchange

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
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
// post. A folder with both is read as one: what was said below a question stands
// beside its answers, what was said below an answer answers that. There the IDs
// of remarks begin with "c", for posts and remarks are counted apart.
//
// Rows name their authors by number; names come from Users.xml where it stands
// beside. Questions that nobody answered are no threads. In memory are 16 bytes
// and the name of each user and, of a folder, 16 bytes for each answer.
var Format = &format.Format{
	Name:        "stackexchange",
	Doc:         "data dumps of Stack Exchange: a folder, or its Posts.xml (answers to questions) or Comments.xml, with the names in Users.xml beside it",
	URL:         "https://meta.stackexchange.com/questions/2677/database-schema-documentation-for-the-public-data-dump-and-sede",
	Sniff:       sniff,
	SniffFolder: sniffFolder,
	Interleaved: true,
	Listed:      true,
	Decode:      decode,
}

// The files of a dump that are read.
const (
	postsFile    = "Posts.xml"
	commentsFile = "Comments.xml"
	usersFile    = "Users.xml"
)

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

func sniffFolder(folder fs.FS) (format.Confidence, string) {
	for _, name := range []string{postsFile, commentsFile} {
		f, err := folder.Open(name)
		if err != nil {
			return format.No, "no " + name
		}
		head, _, err := format.Peek(name, f)
		f.Close()
		if c, why := sniff(head); err != nil || c == format.No {
			return format.No, name + " is " + why
		}
	}
	return format.Certain, postsFile + " and " + commentsFile + " with rows"
}

// decoder reads the files of a dump.
type decoder struct {
	src     format.Source
	out     format.Sink
	users   names
	joined  bool            // posts and remarks are read together
	answers table           // the question of each answer, where joined
	known   map[string]bool // threads of remarks that were described, of late

	questions, comments int
	others              int    // posts that are neither question nor answer
	last                string // the thread of the last comment
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		d := decoder{src: src, out: out, known: map[string]bool{}}
		var trouble error
		d.users, trouble = users(src.Beside)
		if src.Reader != nil {
			if !d.file(src.Name, src.Reader, yield) {
				return
			}
		} else {
			d.joined = true
			for _, name := range []string{postsFile, commentsFile} {
				f, err := src.Beside.Open(name)
				if err != nil {
					yield(thread.Comment{}, err)
					return
				}
				goOn := d.file(path.Join(src.Name, name), f, yield)
				if f.Close(); !goOn {
					return
				}
				d.answers.sort()
			}
		}
		d.finish(trouble)
	}
}

// file reads one of the files; false means that it is the last to be read.
func (d *decoder) file(name string, r io.Reader, yield func(thread.Comment, error) bool) bool {
	x := xmltok.NewReader(r)
	take := d.post
	for x.Next() {
		if x.Kind != xmltok.Start {
			continue
		}
		if x.Name != "row" {
			if x.Name == "comments" {
				take = d.remark
			}
			continue
		}
		c, ok := take(x.Attributes(), thread.Pos{File: name, Line: x.Line})
		if !ok {
			continue
		}
		d.comments++
		d.last = c.Thread
		if !yield(c, nil) {
			return false
		}
	}
	pos := thread.Pos{File: name, Line: x.Line}
	if g := x.Guessed(); g != "" {
		d.note(thread.EncodingGuessed, pos, "the encoding is told wrongly; the file was read as "+g)
	}
	if err := x.Err(); err != nil {
		yield(thread.Comment{}, fmt.Errorf("line %d: %w", x.Line, err))
		return false
	}
	if cut := x.Cut(); cut != "" {
		d.note(thread.Truncated, pos, cut)
	}
	return true
}

// post takes a row of Posts.xml; false means that it is no answer.
func (d *decoder) post(row map[string]string, pos thread.Pos) (thread.Comment, bool) {
	switch row["posttypeid"] {
	case "1":
		d.questions++
		id := row["id"]
		d.out.Describe(id, thread.Meta{ID: id, Title: row["title"], Article: dom.Parse(row["body"]).Text(0, nil)})
		return thread.Comment{}, false
	case "2":
	default:
		d.others++
		return thread.Comment{}, false
	}
	c := d.comment(row["parentid"], row, "owner", pos)
	c.Text = dom.Parse(row["body"]).Text(0, nil)
	c.Edited = d.stamp(row["lasteditdate"], &c)
	if question, err := strconv.ParseInt(row["parentid"], 10, 64); err == nil && d.joined {
		d.answers.add(row["id"], question)
	}
	return c, true
}

// remark takes a row of Comments.xml.
func (d *decoder) remark(row map[string]string, pos thread.Pos) (thread.Comment, bool) {
	key := row["postid"]
	question, isAnswer := d.answers.get(key)
	if isAnswer {
		key = strconv.FormatInt(question, 10)
	}
	c := d.comment(key, row, "", pos)
	c.Text = row["text"]
	if d.joined {
		c.ID = "c" + c.ID
	} else {
		d.describe(key)
	}
	if isAnswer {
		c.Parent, c.Basis = row["postid"], thread.Declared
	}
	return c, true
}

// maxKnown is how many threads are remembered as described.
const maxKnown = 1 << 16

// describe says that there is a thread of which Comments.xml alone tells no
// more.
func (d *decoder) describe(key string) {
	if d.known[key] {
		return // twice would do no harm
	}
	if len(d.known) == maxKnown {
		clear(d.known)
	}
	d.known[key] = true
	d.out.Describe(key, thread.Meta{ID: key})
}

// comment is what rows of both files tell; owner is what the attributes of the
// author begin with. One who has left has no number any more.
func (d *decoder) comment(key string, row map[string]string, owner string, pos thread.Pos) thread.Comment {
	c := thread.Comment{Thread: key, ID: row["id"], AuthorKey: row[owner+"userid"], Author: row[owner+"userdisplayname"], Pos: pos}
	if owner != "" {
		c.Author = row[owner+"displayname"]
	}
	if name := d.users.get(c.AuthorKey); name != "" {
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

// note says something of the input as a whole: beside its last thread.
func (d *decoder) note(code thread.Code, pos thread.Pos, message string) {
	d.out.Report(d.last, thread.Diagnostic{Code: code, Pos: pos, Message: message})
}

// finish says what is known in the end. Where there are no comments, a thread
// without any stands for the input.
func (d *decoder) finish(trouble error) {
	pos := thread.Pos{File: d.src.Name}
	if d.comments == 0 {
		d.out.Describe("", thread.Meta{})
		d.note(thread.NoComments, pos, fmt.Sprintf("none of the %d questions in the file has an answer there", d.questions))
	}
	if d.others > 0 {
		d.note(thread.BadRecord, pos, fmt.Sprintf("%d posts that are neither question nor answer were left out", d.others))
	}
	if trouble != nil {
		d.note(thread.BadRecord, pos, "Users.xml could not be read as a whole: "+trouble.Error())
	}
}

// users are the names in Users.xml.
func users(folder fs.FS) (n names, err error) {
	if folder == nil {
		return n, nil
	}
	f, err := folder.Open(usersFile)
	if errors.Is(err, fs.ErrNotExist) {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	defer f.Close()
	x := xmltok.NewReader(f)
	for x.Next() {
		if x.Kind != xmltok.Start || x.Name != "row" {
			continue
		}
		row := x.Attributes()
		n.add(row["id"], strings.TrimSpace(row["displayname"]))
	}
	n.table.sort()
	if cut := x.Cut(); x.Err() == nil && cut != "" {
		return n, errors.New(cut)
	}
	return n, x.Err()
}
