// Package telegram reads chats exported from Telegram Desktop (result.json).
package telegram

import (
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads the export of one chat or of all, each chat a thread. People are
// told apart by their number. What the chat itself reports ("pin message") is
// of Kind System. The score is the thumbs up less the thumbs down, where there
// are any. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "telegram",
	Doc:    "Telegram chats, exported as JSON",
	URL:    "https://core.telegram.org/import-export",
	Sniff:  jsondoc.Sniffer("a Telegram export", []string{`"messages"`, `"from`}, test),
	Decode: jsondoc.Decoder("messages", read),
}

// lists are where the export of all chats keeps them.
var lists = [...]string{"chats", "left_chats"}

func test(docs []jsondoc.Value) string {
	d := docs[0]
	if isChat(d) {
		return "type and messages with from_id or text_entities, as Telegram exports a chat"
	}
	for _, list := range lists {
		for chat := range d.Get(list, "list").Items() {
			if isChat(chat) {
				return list + ".list of chats, as Telegram exports them"
			}
		}
	}
	return ""
}

func isChat(v jsondoc.Value) bool {
	if !v.Has("type", "messages") {
		return false
	}
	n := 0
	for m := range v.Get("messages").Items() {
		if m.Has("id", "type", "date") && (m.Has("from_id") || m.Has("text_entities") || m.Has("actor_id")) {
			return true
		}
		if n++; n == 10 { // the first messages may be of an odd kind
			break
		}
	}
	return false
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		if doc.Has("messages") {
			chat(doc, files)
		}
		for _, list := range lists {
			for v := range doc.Get(list, "list").Items() {
				chat(v, files)
			}
		}
	}
}

func chat(v jsondoc.Value, files *jsondoc.Files) {
	f := files.File(v.Get("id").ID())
	f.Meta.Title = v.Get("name").Text()
	for m := range v.Get("messages").Items() {
		r, ok := f.Record(m)
		if !ok {
			continue
		}
		if r.Str("type") == "service" {
			f.Add(r, service(r))
		} else {
			f.Add(r, message(r))
		}
	}
}

func message(r *jsondoc.Record) thread.Comment {
	c := common(r)
	c.Parent = r.Name("reply_to_message_id")
	if peer := r.Name("reply_to_peer_id"); peer != "" && c.Parent != "" {
		// An answer to another chat: the number means nothing here.
		r.Note(thread.MissingParent, "the message %q answers one of another chat; it stands at top level", c.ID)
		c.Parent = ""
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	c.Author, c.AuthorKey = r.Str("from"), r.Name("from_id")
	if c.Author == "" {
		c.AuthorKey = "" // a deleted account
	}
	if r.Has("edited_unixtime") {
		c.Edited = r.Unix("edited_unixtime")
	} else {
		c.Edited = r.Time(nil, "edited")
	}
	if c.Text = text(r.Get("text")); c.Text == "" {
		c.Text = r.Str("sticker_emoji")
	}
	c.Score, c.HasScore = r.Thumbs("emoji")
	return c
}

func service(r *jsondoc.Record) thread.Comment {
	c := common(r)
	c.Kind = thread.System
	c.Author, c.AuthorKey = r.Str("actor"), r.Name("actor_id")
	c.Text = strings.ReplaceAll(r.Str("action"), "_", " ")
	if said := text(r.Get("text")); said != "" {
		c.Text += ": " + said
	}
	return c
}

// common is what all messages have. "date" is in the zone of the computer that
// exported, "date_unixtime" is absent from older exports.
func common(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{ID: r.Name("id")}
	if r.Has("date_unixtime") {
		c.Time = r.Unix("date_unixtime")
	} else {
		c.Time = r.Time(nil, "date")
	}
	return c
}

// text is a text that is a string, or a list of strings and of objects that
// hold a formatted part each.
func text(v jsondoc.Value) string {
	var b strings.Builder
	b.WriteString(v.Text())
	for part := range v.Items() {
		b.WriteString(part.Text())
		b.WriteString(part.Get("text").Text())
	}
	return b.String()
}
