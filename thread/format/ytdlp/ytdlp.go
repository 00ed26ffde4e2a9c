// Package ytdlp reads comments on videos as yt-dlp saves them
// (--write-comments).
package ytdlp

import (
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads the .info.json files of yt-dlp, one or several one after the
// other. It serves other sites that yt-dlp takes comments from as well. YouTube
// tells the age of comments only ("4 years ago"); the times that yt-dlp makes
// of that are taken to be no finer than what they were made of. A file is held
// in memory as a whole.
var Format = &format.Format{
	Name:   "yt-dlp",
	Doc:    "comments on videos, saved by yt-dlp (.info.json)",
	URL:    "https://github.com/yt-dlp/yt-dlp",
	Sniff:  jsondoc.Sniffer("what yt-dlp saves", []string{`"id"`, `"title"`}, test),
	Decode: jsondoc.Decoder("comments; yt-dlp saves them with --write-comments", read),
}

// top is the parent of top-level comments.
const top = "root"

func test(docs []jsondoc.Value) string {
	d, first := docs[0], docs[0].Get("comments").First()
	switch {
	case first.Has("id", "text") && first.Get("parent").Text() == top:
		return `comments[].parent is "root", as yt-dlp saves them`
	case d.Has("id", "extractor_key", "webpage_url"):
		return "extractor_key and webpage_url, as yt-dlp saves them"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		f := files.File(doc.Get("id").ID())
		video, ok := f.Record(doc)
		if !ok {
			continue
		}
		f.Meta.Title, f.Meta.URL, f.Meta.Article = video.Str("title"), video.Str("webpage_url"), video.Str("description")
		f.Meta.Declared, f.Meta.HasDeclared = video.Int("comment_count")
		for v := range doc.Get("comments").Items() {
			if r, ok := f.Record(v); ok {
				f.Add(r, comment(r))
			}
		}
	}
}

// comment reads a comment as yt-dlp writes it.
func comment(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{
		ID:        r.Name("id"),
		Parent:    r.Name("parent"),
		Author:    r.Str("author"),
		AuthorKey: r.Name("author_id"),
		Time:      age(r.Unix("timestamp"), r.Str("_time_text")),
		Text:      r.Str("text"),
	}
	if c.Parent == top {
		c.Parent = ""
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if c.Text == "" {
		c.Text = r.HTML("html")
	}
	if likes, ok := r.Int("like_count"); ok {
		dislikes, _ := r.Int("dislike_count") // on other sites than YouTube
		c.Score, c.HasScore = likes-dislikes, true
	}
	return c
}

// units are the words in which YouTube tells ages, and how fine a time is that
// was made of them. Beside each stands to what yt-dlp rounds such a time, in
// milliseconds: one that is not so round was not made of the words.
var units = []struct {
	word  string
	fine  thread.Precision
	round int64
}{
	{"year", thread.Year, 86_400_000},
	{"month", thread.Month, 86_400_000},
	{"week", thread.Day, 86_400_000},
	{"day", thread.Day, 86_400_000},
	{"hour", thread.Hour, 3_600_000},
	{"minute", thread.Minute, 60_000},
}

func age(s thread.Stamp, text string) thread.Stamp {
	for _, u := range units {
		if strings.Contains(text, u.word) && s.UnixMilli()%u.round == 0 {
			return thread.At(s.Time(), u.fine)
		}
	}
	return s
}
