// Package discord reads channels of Discord as DiscordChatExporter saves them.
package discord

import (
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads channels. People are told apart by their number. What the
// channel itself reports ("pinned a message") is of Kind System; it and
// forwarded messages refer to others without answering them. The score is the
// thumbs up less the thumbs down, where there are any. A file is held in memory
// as a whole.
var Format = &format.Format{
	Name:   "discord",
	Doc:    "Discord channels, saved by DiscordChatExporter as JSON",
	URL:    "https://github.com/Tyrrrz/DiscordChatExporter",
	Sniff:  jsondoc.Sniffer("a DiscordChatExporter file", []string{`"guild"`, `"channel"`, `"messages"`}, test),
	Decode: jsondoc.Decoder("messages", read),
}

func test(docs []jsondoc.Value) string {
	if docs[0].Has("guild", "channel", "messages") {
		return "guild, channel and messages, as DiscordChatExporter saves them"
	}
	return ""
}

// gone is the account to which Discord gives what deleted users wrote.
const gone = "456226577798135808"

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		f := files.File(doc.Get("channel", "id").ID())
		r, ok := f.Record(doc)
		if !ok {
			continue
		}
		f.Meta.Title, f.Meta.Article = r.Str("channel", "name"), r.Str("channel", "topic")
		if guild := r.Str("guild", "name"); guild != "" {
			f.Meta.Title = guild + " #" + f.Meta.Title
		}
		if n, ok := r.Int("messageCount"); ok { // of this part of the channel
			f.Meta.Declared, f.Meta.HasDeclared = f.Meta.Declared+n, true
		}
		for v := range doc.Get("messages").Items() {
			r, ok := f.Record(v)
			if !ok {
				continue
			}
			c := message(r)
			if c.Kind == thread.System && f.Meta.HasDeclared {
				f.Meta.Declared-- // only what people wrote counts
			}
			f.Add(r, c)
		}
	}
}

func message(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{
		ID:        r.Name("id"),
		Author:    r.Str("author", "nickname"),
		AuthorKey: r.Name("author", "id"),
		Time:      r.Time(time.UTC, "timestamp"),
		Edited:    r.Time(time.UTC, "timestampEdited"),
		Text:      r.Str("content"),
	}
	if forwarded := r.Str("forwardedMessage", "content"); forwarded != "" { // somebody else's words
		c.Text = strings.TrimSpace(c.Text + "\n\n> " + strings.ReplaceAll(forwarded, "\n", "\n> "))
	}
	if c.Author == "" {
		c.Author = r.Str("author", "name")
	}
	if c.AuthorKey == gone {
		c.Author, c.AuthorKey = "", ""
	}
	switch kind := r.Name("type"); {
	case kind == "Reply" || kind == "19":
		if c.Parent = r.Name("reference", "messageId"); c.Parent != "" {
			c.Basis = thread.Declared
		}
	case isSystem(kind):
		c.Kind = thread.System
	}
	c.Score, c.HasScore = r.Thumbs("emoji", "name")
	return c
}

// isSystem tells whether Discord wrote a message of the type itself. The
// exporter names the types it knows and writes the numbers of the others, of
// which 20, 21 and 23 (commands and the start of a thread) are people's own.
func isSystem(kind string) bool {
	if n, err := strconv.Atoi(kind); err == nil {
		return n != 0 && n != 20 && n != 21 && n != 23
	}
	return kind != "" && kind != "Default"
}
