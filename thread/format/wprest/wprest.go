// Package wprest reads what the REST API of WordPress answers when asked for
// comments.
package wprest

import (
	"errors"
	"fmt"
	"html"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/jsontree"
	"threadheat/thread/internal/wp"
)

// Format reads answers of wp-json/wp/v2/comments, also several in one file, one a line.
// The API answers newest first; comments are put in order of time. All are in
// memory at once. E-mail and IP addresses, which administrators are shown, are
// not read.
var Format = &format.Format{
	Name:   "wprest",
	Doc:    "comments from the REST API of WordPress (JSON), one page of them or several; each post is a thread",
	URL:    "https://developer.wordpress.org/rest-api/reference/comments/",
	Sniff:  sniff,
	Decode: decode,
}

var keys = []*regexp.Regexp{
	regexp.MustCompile(`"author_name"\s*:`),
	regexp.MustCompile(`"content"\s*:\s*\{[^{}]{0,200}"rendered"\s*:`),
	regexp.MustCompile(`"post"\s*:\s*\d`),
	regexp.MustCompile(`"parent"\s*:\s*\d`),
}

func sniff(h format.Head) (format.Confidence, string) {
	head := strings.TrimSpace(strings.TrimPrefix(string(h.Bytes[:min(len(h.Bytes), 1<<16)]), "\uFEFF"))
	if !strings.HasPrefix(head, "[") && !strings.HasPrefix(head, "{") {
		return format.No, "not JSON"
	}
	for _, k := range keys {
		if !k.MatchString(head) {
			return format.No, "JSON without the fields of WordPress comments"
		}
	}
	return format.Certain, "JSON objects with author_name, content.rendered, post and parent"
}

// post is the thread of a post.
type post struct {
	id, url     string
	comments    []thread.Comment
	diagnostics []thread.Diagnostic
}

var anchor = regexp.MustCompile(`(?:comment-page-\d+/)?(?:#.*)?$`)

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		posts, err := readAll(src)
		if len(posts) == 0 && err == nil {
			posts = []*post{{diagnostics: []thread.Diagnostic{{Code: thread.NoComments, Message: "the answer is empty"}}}}
		}
		for _, p := range posts {
			out.Describe(p.id, thread.Meta{ID: p.id, URL: p.url})
			for _, d := range p.diagnostics {
				out.Report(p.id, d)
			}
			for _, c := range p.comments {
				if !yield(c, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(thread.Comment{}, err)
		}
	}
}

// reader sorts comments by post.
type reader struct {
	src   format.Source
	posts []*post
	byID  map[string]*post
	last  *post // that of the comment read last
}

// readAll reads answer after answer, up to the end or an error of the reader.
func readAll(src format.Source) ([]*post, error) {
	r := reader{src: src, byID: map[string]*post{}}
	var failure error
	for record, err := range jsontree.Records(src.Reader) {
		if err != nil {
			failure = err
			break
		}
		for n := range record.Each() {
			r.comment(&record.Tree, n, record.At(src.Name, n))
		}
		if record.Err != nil {
			code := thread.BadRecord
			if errors.Is(record.Err, jsontree.ErrCut) {
				code = thread.Truncated
			}
			r.note(code, "", record.At(src.Name, jsontree.None), "the JSON is broken: %v; what stands before was read", record.Err)
		}
	}
	return order(r.posts), failure
}

func (r *reader) note(code thread.Code, id string, at thread.Pos, format string, args ...any) {
	if r.last == nil {
		r.of("")
	}
	r.last.diagnostics = append(r.last.diagnostics, thread.Diagnostic{Code: code, Comment: id, Pos: at, Message: fmt.Sprintf(format, args...)})
}

// of makes the post of the given number the current one.
func (r *reader) of(id string) {
	r.last = r.byID[id]
	if r.last == nil {
		r.last = &post{id: id}
		r.byID[id] = r.last
		r.posts = append(r.posts, r.last)
	}
}

func (r *reader) comment(t *jsontree.Tree, n jsontree.Node, at thread.Pos) {
	if t.Kind(n) != jsontree.Object {
		r.note(thread.BadRecord, "", at, "%s stands where a comment should; it was left out", t.Kind(n))
		return
	}
	field := func(name string) string { return t.Scalar(t.Get(n, name)) }
	r.of(field("post"))
	if link := field("link"); r.last.url == "" && link != "" {
		r.last.url = anchor.ReplaceAllString(link, "")
	}
	c := thread.Comment{
		Thread: r.last.id, ID: field("id"), Author: html.UnescapeString(field("author_name")),
		Kind: wp.Kind(field("type")), State: wp.State(field("status")), Pos: at,
	}
	content := t.Get(n, "content")
	if rendered := t.Get(content, "rendered"); rendered != jsontree.None {
		content = rendered
	}
	c.Text = dom.Parse(t.Scalar(content)).Text(0, nil)
	if content != jsontree.None && t.Kind(content) != jsontree.String {
		r.note(thread.BadRecord, c.ID, at, "the comment %q has %s for a text", c.ID, t.Kind(content))
	}
	if parent := field("parent"); parent != "" && parent != "0" {
		c.Parent, c.Basis = parent, thread.Declared
	}
	if author := field("author"); author != "0" {
		c.AuthorKey = author
	}
	var odd string
	c.Time, odd = wp.Time(field("date"), field("date_gmt"), r.src.Zone)
	if odd != "" {
		r.note(thread.UnknownDate, c.ID, at, "the date %q of the comment %q is none; it was left out", odd, c.ID)
	}
	r.last.comments = append(r.last.comments, c)
}

// order turns round what is answered newest first. A comment has a higher
// number than those before it, also where its date is unknown.
func order(posts []*post) []*post {
	falls := func(a, b string) bool {
		x, err1 := strconv.ParseUint(a, 10, 64)
		y, err2 := strconv.ParseUint(b, 10, 64)
		return err1 == nil && err2 == nil && x > y
	}
	for _, p := range posts {
		if n := len(p.comments); n > 0 && falls(p.comments[0].ID, p.comments[n-1].ID) {
			slices.Reverse(p.comments)
		}
	}
	if n := len(posts); n > 0 && falls(posts[0].id, posts[n-1].id) {
		slices.Reverse(posts)
	}
	return posts
}
