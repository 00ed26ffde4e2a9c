// Package wprest reads what the REST API of WordPress answers when asked for
// comments.
package wprest

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/lenient"
	"threadheat/thread/internal/wp"
)

// Format reads answers of wp-json/wp/v2/comments, also several in one file.
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

// comment is one as the API writes it.
type comment struct {
	ID      lenient.Text `json:"id"`
	Post    lenient.Text `json:"post"`
	Parent  lenient.Text `json:"parent"`
	Author  lenient.Text `json:"author"`
	Name    lenient.Text `json:"author_name"`
	Date    lenient.Text `json:"date"`
	GMT     lenient.Text `json:"date_gmt"`
	Content struct {
		Rendered lenient.Text `json:"rendered"`
	} `json:"content"`
	Link   lenient.Text `json:"link"`
	Status lenient.Text `json:"status"`
	Type   lenient.Text `json:"type"`
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
		text := charset.NewReader(src.Reader, "")
		posts, err := readAll(text, src)
		if g := text.Guessed(); g != "" && len(posts) > 0 {
			p := posts[len(posts)-1]
			p.diagnostics = append(p.diagnostics, thread.Diagnostic{Code: thread.EncodingGuessed, Message: "the file is not UTF-8; it was read as " + g})
		}
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

// readAll reads answer after answer, up to the end or an error.
func readAll(r io.Reader, src format.Source) ([]*post, error) {
	var posts []*post
	byID := map[string]*post{}
	for raw, err := range lenient.Objects(r) {
		if err != nil {
			return order(posts), err
		}
		var j comment
		wrong := json.Unmarshal(raw.JSON, &j)
		id := string(j.Post)
		p := byID[id]
		if p == nil {
			p = &post{id: id}
			byID[id] = p
			posts = append(posts, p)
		}
		pos := thread.Pos{File: src.Name, Offset: raw.Offset}
		if wrong != nil {
			p.diagnostics = append(p.diagnostics, thread.Diagnostic{Code: thread.BadRecord, Severity: thread.Repaired, Comment: string(j.ID), Pos: pos, Message: fmt.Sprintf("%v; what could be read of the comment was kept", wrong)})
		}
		if p.url == "" && j.Link != "" {
			p.url = anchor.ReplaceAllString(string(j.Link), "")
		}
		c := thread.Comment{
			Thread: id, ID: string(j.ID), Author: html.UnescapeString(string(j.Name)), Text: dom.Parse(string(j.Content.Rendered)).Text(0, nil),
			Kind: wp.Kind(string(j.Type)), State: wp.State(string(j.Status)), Pos: pos,
		}
		if j.Parent != "" && j.Parent != "0" {
			c.Parent, c.Basis = string(j.Parent), thread.Declared
		}
		if j.Author != "0" {
			c.AuthorKey = string(j.Author)
		}
		var odd string
		c.Time, odd = wp.Time(string(j.Date), string(j.GMT), src.Zone)
		if odd != "" {
			p.diagnostics = append(p.diagnostics, thread.Diagnostic{Code: thread.UnknownDate, Comment: c.ID, Pos: pos, Message: fmt.Sprintf("the date %q of the comment %q is none; it was left out", odd, c.ID)})
		}
		p.comments = append(p.comments, c)
	}
	return order(posts), nil
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
