package fourcat

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/columns"
	"threadheat/thread/internal/dom"
)

// source is a platform that 4CAT collects from, and what its columns mean. Most
// say in which thread a post stands and no more; the others say in ways of their
// own whom it answers (map_item of 4CAT's datasources).
type source struct {
	name string
	has  []string          // the columns by which it is known
	is   map[string]string // field → column, where the names do not tell
	read func(row) post    // what has to be worked out, nil: nothing
	html bool              // texts are HTML
	// quotes tells that a post answers the one whose number it writes after ">>".
	quotes bool
}

// post is what a source says otherwise than in a column; "" leaves the column.
type post struct{ id, parent, thread, author string }

// row is a row by the names of its columns.
type row func(column string) string

// sources are known by their columns, the more particular first. Raw items have
// the names that the platform gives.
var sources = []source{
	{
		name: "TikTok", has: []string{"is_comment_on_comment", "post_id"},
		// The thread of an answer is the comment it answers.
		read: func(r row) post {
			p := post{thread: r("post_id")}
			if r("is_comment_on_comment") == "yes" {
				p.parent = r("thread_id")
			}
			return p
		},
	},
	{
		name: "TikTok", has: []string{"cid", "aweme_id", "reply_id"},
		is: map[string]string{"id": "cid", "thread": "aweme_id", "author": "user.unique_id", "author_key": "user.uid", "time": "create_time", "score": "digg_count", "title": "share_info.title"},
		read: func(r row) post {
			return post{parent: some(r("reply_to_reply_id"), r("reply_id"))}
		},
	},
	{
		name: "Telegram", has: []string{"chat", "is_reply", "reply_to"},
		is: map[string]string{"author_key": "author"},
		read: func(r row) post {
			p := post{author: some(r("author_name"), r("author_username"), r("author"))}
			if to := r("reply_to"); to != "" {
				p.parent = r("thread_id") + "-" + to
			}
			return p
		},
	},
	{
		name: "Telegram", has: []string{"message", "date", "_chat.id"},
		is: map[string]string{"text": "message", "time": "date", "thread": "_chat.id", "parent": "reply_to.reply_to_msg_id", "author_key": "_sender.id"},
		read: func(r row) post {
			return post{author: some(strings.TrimSpace(r("_sender.first_name")+" "+r("_sender.last_name")), r("_sender.username"), r("_sender.title"))}
		},
	},
	{
		name: "Bluesky", has: []string{"replied_to_post", "replied_to_user"},
		is: map[string]string{"time": "created_at", "score": "like_count"},
		// Posts are addresses of their authors' repositories, answered ones links
		// with names of people; both end with the same key.
		read: func(r row) post {
			return post{id: last(r("id")), parent: last(r("replied_to_post")), thread: last(r("thread_id"))}
		},
	},
	{
		name: "Bluesky", has: []string{"uri", "record.text", "author.did"},
		is: map[string]string{"text": "record.text", "author": "author.handle", "author_key": "author.did", "time": "record.created_at", "score": "like_count"},
		read: func(r row) post {
			return post{id: last(r("uri")), parent: last(r("record.reply.parent.uri")), thread: last(some(r("record.reply.root.uri"), r("uri")))}
		},
	},
	{
		name: "X", has: []string{"legacy.full_text", "legacy.conversation_id_str"},
		is: map[string]string{"text": "legacy.full_text", "thread": "legacy.conversation_id_str", "parent": "legacy.in_reply_to_status_id_str", "time": "legacy.created_at",
			"author_key": "legacy.user_id_str", "score": "legacy.favorite_count"},
		read: func(r row) post {
			return post{id: some(r("rest_id"), r("legacy.id_str"), r("id")), author: some(r("core.user_results.result.legacy.screen_name"), r("core.user_results.result.core.screen_name"), r("user.screen_name"))}
		},
	},
	{
		name: "VK", has: []string{"in_reply_to_comment_id", "item_type"},
		is: map[string]string{"parent": "in_reply_to_comment_id", "author_key": "author_id"},
		read: func(r row) post {
			return post{author: some(r("author_name"), r("author_screen_name"))}
		},
	},
	{
		name: "Xiaohongshu", has: []string{"note_id", "user_info.nickname", "content"},
		is: map[string]string{"thread": "note_id", "parent": "target_comment.id", "author": "user_info.nickname", "author_key": "user_info.user_id", "time": "create_time"},
	},
	{
		name: "Truth Social", has: []string{"account_username", "reblogs_count"}, html: true,
		is: map[string]string{"author": "account_username", "author_key": "account_id", "time": "created_at"},
	},
	{
		name: "Truth Social", has: []string{"account.acct", "reblogs_count", "content"}, html: true,
		is: map[string]string{"author": "account.acct", "author_key": "account.id", "parent": "in_reply_to_id", "time": "created_at", "score": "favourites_count"},
	},
	{name: "4chan", has: []string{"board", "image_md5", "thread_id"}, quotes: true},
	{name: "4chan", has: []string{"board", "image_file", "thread_id"}, quotes: true},
}

// some is the first that says anything; 0 is no post.
func some(values ...string) string {
	for _, s := range values {
		if s != "" && s != "0" {
			return s
		}
	}
	return ""
}

// last is what follows the last slash.
func last(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// sourceOf is the source that has such columns, nil where none is known.
func sourceOf(header []string) *source {
	for i := range sources {
		if !slices.ContainsFunc(sources[i].has, func(name string) bool { return !slices.Contains(header, name) }) {
			return &sources[i]
		}
	}
	return nil
}

// made are the columns that a source fills itself.
var made = [...]string{"4cat id", "4cat parent", "4cat thread", "4cat author"}

// explain makes of a table of this source one whose columns say what they mean,
// and tells which is what. What is given stays.
func (s *source) explain(table *columns.Table, given map[string]string) (*columns.Table, map[string]string) {
	is := maps.Clone(s.is)
	if is == nil {
		is = map[string]string{}
	}
	for field, column := range is {
		if !slices.Contains(table.Header, column) {
			delete(is, field)
		}
	}
	if s.read != nil {
		table = s.fill(table)
		for i, field := range [...]string{"id", "parent", "thread", "author"} {
			is[field] = made[i]
		}
	}
	maps.Copy(is, given)
	return table, is
}

// fill adds the made columns to a table.
func (s *source) fill(table *columns.Table) *columns.Table {
	at := make(map[string]int, len(table.Header))
	for i, name := range table.Header {
		if _, twice := at[name]; !twice {
			at[name] = i
		}
	}
	column := func(field string) string { // where a source leaves one as it is
		if name, ok := s.is[field]; ok {
			return name
		}
		return map[string]string{"id": "id", "parent": "reply_to", "thread": "thread_id", "author": "author"}[field]
	}
	wide := *table
	wide.Header = append(slices.Clone(table.Header), made[:]...)
	wide.Rows = func(yield func(columns.Row, error) bool) {
		var fields []string
		for r, err := range table.Rows {
			get := func(name string) string {
				if i, ok := at[name]; ok && i < len(r.Fields) {
					return strings.TrimSpace(r.Fields[i])
				}
				return ""
			}
			fields = append(fields[:0], r.Fields[:min(len(r.Fields), len(table.Header))]...)
			for len(fields) < len(table.Header) {
				fields = append(fields, "")
			}
			p := s.read(get)
			parent := p.parent
			if _, ok := s.is["parent"]; ok {
				parent = some(parent, get(column("parent")))
			}
			fields = append(fields, some(p.id, get(column("id"))), parent, some(p.thread, get(column("thread"))), some(p.author, get(column("author"))))
			r.Fields = fields
			if !yield(r, err) {
				return
			}
		}
	}
	return &wide
}

// quoted is the number of a post as boards link it; ">>>/b/123" leads elsewhere.
var quoted = regexp.MustCompile(`(?:^|[^>])>>(\d{1,18})\b`)

// settle makes of a comment as the table has it what the source means.
func (s *source) settle(c *thread.Comment) {
	if s.html && strings.Contains(c.Text, "<") {
		c.Text = dom.Parse(c.Text).Text(dom.Root, nil)
	}
	if !s.quotes {
		return
	}
	if c.Author == "Anonymous" && c.AuthorKey == "" {
		c.AuthorKey = "anonymous " + c.ID // two of them are two people
	}
	own, err := strconv.ParseInt(c.ID, 10, 64)
	first, err2 := strconv.ParseInt(c.Thread, 10, 64)
	if c.Parent != "" || err != nil || err2 != nil {
		return
	}
	for _, m := range quoted.FindAllStringSubmatch(c.Text, 20) {
		// Only numbers from the opening post on can be of this thread.
		if n, err := strconv.ParseInt(m[1], 10, 64); err == nil && n >= first && n < own {
			c.Parent, c.Basis = m[1], thread.Quoted
			return
		}
	}
}
