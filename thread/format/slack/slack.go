// Package slack reads the files of a Slack export, which hold a day of a
// channel each.
package slack

import (
	"html"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads days, one or several one after the other, as one thread. Slack
// keeps two levels: all answers are to the message that started a thread, which
// may stand in the file of another day. A message's ID is its "ts". The names of
// people stand beside their messages in newer exports only; elsewhere their
// number is shown. What the channel itself reports is of Kind System. The score
// is the thumbs up less the thumbs down, where there are any. A file is held in
// memory as a whole.
var Format = &format.Format{
	Name:   "slack",
	Doc:    "Slack exports: the file of a day of a channel (JSON)",
	URL:    "https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports",
	Sniff:  jsondoc.Sniffer("a day of a Slack channel", []string{`"ts"`, `"message"`}, test),
	Decode: jsondoc.Decoder("messages", read),
}

func test(docs []jsondoc.Value) string {
	if first := docs[0].First(); first.Has("ts") && first.Get("type").Text() == "message" {
		return "a list of messages with ts, as Slack exports a day"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	names := map[string]string{}
	for _, doc := range docs {
		for v := range doc.Items() {
			if name := shown(v); name != "" {
				names[v.Get("user").ID()] = name
			}
		}
	}
	for _, doc := range docs {
		for v := range doc.Items() {
			f := files.File("")
			if r, ok := f.Record(v); ok {
				f.Add(r, message(r, names))
			}
		}
	}
}

// shown is the name beside a message, "" where there is none.
func shown(v jsondoc.Value) string {
	for _, path := range [][]string{{"user_profile", "display_name"}, {"user_profile", "real_name"}, {"user_profile", "name"}, {"username"}, {"bot_profile", "name"}} {
		if name := v.Get(path...).Text(); name != "" {
			return name
		}
	}
	return ""
}

// ordinary are the subtypes of messages that people and their programs write.
// All others are what the channel reports ("channel_join").
var ordinary = map[string]bool{
	"": true, "bot_message": true, "me_message": true, "thread_broadcast": true, "reply_broadcast": true,
	"file_share": true, "file_comment": true, "tombstone": true,
}

func message(r *jsondoc.Record, names map[string]string) thread.Comment {
	c := thread.Comment{
		ID:        r.Name("ts"),
		Parent:    r.Name("thread_ts"),
		Author:    shown(r.Value),
		AuthorKey: r.Name("user"),
		Time:      r.Unix("ts"),
		Edited:    r.Unix("edited", "ts"),
		Text:      text(r.Str("text"), names),
	}
	if c.Parent == c.ID { // the message that started the thread
		c.Parent = ""
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if c.AuthorKey == "" {
		c.AuthorKey = r.Name("bot_id")
	}
	if c.Author == "" {
		c.Author = names[c.AuthorKey]
	}
	if c.Author == "" {
		c.Author = c.AuthorKey
	}
	subtype := r.Str("subtype")
	if subtype == "tombstone" { // what is left of a deleted message that was answered
		c.State, c.Text, c.Author, c.AuthorKey = thread.Deleted, "", "", ""
	}
	if !ordinary[subtype] {
		c.Kind = thread.System
	}
	c.Score, c.HasScore = r.Thumbs("name")
	return c
}

// text is a message as it is shown: "<@U1>" is a name, "<#C1|general>" a
// channel, "<https://example.org|label>" a label, "<!here>" a call.
func text(s string, names map[string]string) string {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "<")
		inside, rest, closed := strings.Cut(after, ">")
		b.WriteString(before)
		if !ok || !closed {
			if ok {
				b.WriteString("<" + after)
			}
			return html.UnescapeString(b.String())
		}
		s = rest
		target, label, labelled := strings.Cut(inside, "|")
		sign, name := "", target
		if target != "" && strings.Contains("@#!", target[:1]) {
			sign, name = target[:1], target[1:]
		}
		switch {
		case labelled && sign == "!":
			b.WriteString(label) // with its own "@"
		case labelled:
			b.WriteString(sign + label)
		case sign == "@" && names[name] != "":
			b.WriteString("@" + names[name])
		case sign == "!":
			b.WriteString("@" + name)
		default:
			b.WriteString(sign + name)
		}
	}
}
