// Package githubgraph reads discussions, issues and pull requests as GitHub's
// GraphQL interface gives them, and as "gh issue view --json" writes them.
package githubgraph

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads whatever of a query's result has comments: one discussion or
// many, one result or several one after the other. Discussions have two levels;
// issues are flat. The score is the upvotes, else the thumbs up less the thumbs
// down. What is minimized is hidden. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "githubgraph",
	Doc:    "GitHub Discussions, issues and pull requests from the GraphQL interface or gh (JSON)",
	URL:    "https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions",
	Sniff:  jsondoc.Sniffer("GitHub's GraphQL interface", []string{`"comments"`, `"author"`, `"createdAt"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	for topic := range topics(docs[:1]) {
		list := topic.Get("comments")
		first := list.First()
		if list.Kind() == jsontree.Object {
			first = list.Get("nodes").First()
		}
		if !first.Has("createdAt", "author") || !(first.Has("body") || first.Has("bodyText")) {
			continue
		}
		if list.Kind() == jsontree.Object {
			return "comments.nodes with createdAt, as GitHub's GraphQL interface gives them"
		}
		if first.Has("authorAssociation") {
			return "comments with authorAssociation, as gh writes them"
		}
	}
	return ""
}

// around are the fields in which what has comments stands.
var around = []string{"data", "node", "nodes", "repository", "organization", "search", "discussions", "discussion", "issues", "issue", "pullRequests", "pullRequest", "edges"}

// topics walks what has comments, in order.
func topics(docs []jsondoc.Value) iter.Seq[jsondoc.Value] {
	return func(yield func(jsondoc.Value) bool) {
		for _, doc := range docs {
			for stack := []jsondoc.Value{doc}; len(stack) > 0; {
				v := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				var inside []jsondoc.Value
				switch {
				case v.Kind() == jsontree.Array:
					for item := range v.Items() {
						inside = append(inside, item)
					}
				case v.Has("comments"):
					if !yield(v) {
						return
					}
				default:
					for _, name := range around {
						if x := v.Get(name); x.Kind() != jsontree.Null {
							inside = append(inside, x)
						}
					}
				}
				for i := len(inside) - 1; i >= 0; i-- {
					stack = append(stack, inside[i])
				}
			}
		}
	}
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for v := range topics(docs) {
		f := files.File(name(v))
		m := &f.Meta
		m.URL = v.Get("url").Text()
		if title := v.Get("title").Text(); title != "" {
			m.Title = title
		}
		if r, ok := f.Record(v); ok {
			if s := body(r); s != "" {
				m.Article = s
			}
		}
		list := v.Get("comments")
		if list.Kind() == jsontree.Array {
			for c := range list.Items() {
				add(f, c, "")
			}
			continue
		}
		for c := range f.List(list.Get("nodes"), "comments.nodes") {
			id := add(f, c, "")
			replies := c.Get("replies")
			if replies.Kind() != jsontree.Null {
				f.Record(replies) // which notes what is no object
			}
			for reply := range f.List(replies.Get("nodes"), "replies.nodes") {
				add(f, reply, id)
			}
			more(f, replies, "replies to "+id)
		}
		more(f, list, "the query asked for no more")
	}
}

// name is what v is called, as people write it ("owner/name#1").
func name(v jsondoc.Value) string {
	u := v.Get("url").Text()
	_, path, _ := strings.Cut(u, "://")
	if parts := strings.Split(path, "/"); len(parts) == 5 {
		return parts[1] + "/" + parts[2] + "#" + parts[4]
	}
	if u != "" {
		return u
	}
	return v.Get("id").ID()
}

// more notes that a connection has more than its nodes.
func more(f *jsondoc.File, connection jsondoc.Value, where string) {
	have := connection.Get("nodes").Len()
	if total, ok := count(connection.Get("totalCount")); ok {
		f.More(total-have, where)
	} else if connection.Get("pageInfo", "hasNextPage").True() {
		f.Report(thread.MoreComments, "there are more comments after the first %d (%s)", have, where)
	}
}

func body(r *jsondoc.Record) string {
	if s := r.Str("body"); s != "" {
		return s
	}
	if s := r.Str("bodyText"); s != "" {
		return s
	}
	return r.HTML("bodyHTML")
}

// add adds the comment v, which stands under another, and returns its ID.
func add(f *jsondoc.File, v jsondoc.Value, under string) string {
	r, ok := f.Record(v)
	if !ok {
		return ""
	}
	c := thread.Comment{
		ID:     r.Name("id"),
		Parent: r.Name("replyTo", "id"),
		Author: r.Str("author", "login"),
		Time:   r.Time(time.UTC, "createdAt"),
		Text:   body(r),
	}
	switch {
	case c.Parent != "":
		c.Basis = thread.Declared
	case under != "":
		c.Parent, c.Basis = under, thread.Nested
	}
	if c.Edited = r.Time(time.UTC, "lastEditedAt"); c.Edited.IsZero() && r.Flag("includesCreatedEdit") {
		c.Edited = jsondoc.Edited(r.Time(time.UTC, "updatedAt"), c.Time)
	}
	switch {
	case r.Str("deletedAt") != "":
		c.State = thread.Deleted
	case r.Flag("isMinimized"):
		c.State = thread.Hidden
	}
	if c.Score, c.HasScore = r.Int("upvoteCount"); !c.HasScore {
		c.Score, c.HasScore = r.Votes("reactionGroups", []string{"content"}, []string{"users", "totalCount"})
	}
	f.Add(r, c)
	return c.ID
}

// count is a whole number that fits.
func count(v jsondoc.Value) (int, bool) {
	n, err := strconv.ParseInt(v.ID(), 10, 32)
	return int(n), err == nil
}
