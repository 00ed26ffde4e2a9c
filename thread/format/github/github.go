// Package github reads comments on issues and pull requests as the interface of
// GitHub gives them ("/repos/o/r/issues/1/comments").
package github

import (
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads lists of comments, also those of a whole repository and pages of
// a list one after the other. Comments on issues are flat; those on lines of a
// pull request name what they answer. The score is the thumbs up less the
// thumbs down. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "github",
	Doc:    "GitHub comments on issues and pull requests (JSON)",
	URL:    "https://docs.github.com/en/rest/issues/comments",
	Sniff:  jsondoc.Sniffer("GitHub comments", []string{`_url"`, `"user"`, `"created_at"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	first := docs[0].First()
	if !first.Has("user", "body", "created_at") {
		return ""
	}
	switch {
	case first.Has("issue_url"):
		return "issue_url and user, as GitHub lists comments"
	case first.Has("pull_request_url"):
		return "pull_request_url and user, as GitHub lists comments"
	}
	return ""
}

// gone is the account to which GitHub gives what deleted users wrote.
const gone = "ghost"

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		for v := range doc.Items() {
			page, _, _ := strings.Cut(v.Get("html_url").Text(), "#")
			f := files.File(name(v))
			if f.Meta.URL == "" {
				f.Meta.URL = page
			}
			if r, ok := f.Record(v); ok {
				f.Add(r, comment(r))
			}
		}
	}
}

// name is the issue that v belongs to, as people write it ("owner/name#1").
func name(v jsondoc.Value) string {
	u := v.Get("issue_url").Text()
	if u == "" {
		u = v.Get("pull_request_url").Text()
	}
	_, path, ok := strings.Cut(u, "/repos/")
	parts := strings.Split(path, "/")
	if !ok || len(parts) != 4 {
		return u
	}
	return parts[0] + "/" + parts[1] + "#" + parts[3]
}

func comment(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{
		ID:     r.Name("id"),
		Parent: r.Name("in_reply_to_id"),
		Author: r.Str("user", "login"),
		Time:   r.Time(time.UTC, "created_at"),
		Text:   r.Str("body"),
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if c.Author == gone {
		c.Author = ""
	}
	c.Edited = jsondoc.Edited(r.Time(time.UTC, "updated_at"), c.Time)
	if up, ok := r.Int("reactions", "+1"); ok {
		down, _ := r.Int("reactions", "-1")
		c.Score, c.HasScore = up-down, true
	}
	return c
}
