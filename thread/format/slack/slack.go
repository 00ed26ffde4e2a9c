// Package slack reads the exports of Slack: a folder for each channel, with a
// file for each day.
package slack

import (
	"html"
	"iter"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads the folder of an export, in which each channel is a thread, or
// days, one or several one after the other, as one thread. Slack keeps two
// levels: all answers are to the message that started a thread, which may stand
// in the file of another day. A message's ID is its "ts". The names of people
// stand in users.json, and in newer exports beside their messages; elsewhere
// their number is shown. What the channel itself reports is of Kind System. The
// score is the thumbs up less the thumbs down, where there are any. A file is
// held in memory as a whole.
var Format = &format.Format{
	Name:        "slack",
	Doc:         "Slack exports: the folder, or the file of a day of a channel (JSON)",
	URL:         "https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports",
	Sniff:       sniff,
	SniffFolder: sniffFolder,
	Decode:      decode,
}

var sniff = jsondoc.Sniffer("a day of a Slack channel", []string{`"ts"`, `"message"`}, test)

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	if src.Reader == nil {
		return decodeFolder(src, out)
	}
	return decodeDay(map[string]string{})(src, out)
}

// decodeDay reads files of a day. names are those of people by number, to which
// it adds.
func decodeDay(names map[string]string) func(format.Source, format.Sink) iter.Seq2[thread.Comment, error] {
	return jsondoc.Decoder("messages", func(docs []jsondoc.Value, files *jsondoc.Files) { read(docs, files, names) })
}

func test(docs []jsondoc.Value) string {
	if first := docs[0].First(); first.Has("ts") && first.Get("type").Text() == "message" {
		return "a list of messages with ts, as Slack exports a day"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files, names map[string]string) {
	for _, doc := range docs {
		for v := range doc.Items() {
			s := name(func(path ...string) string { return v.Get(path...).Text() })
			if user := v.Get("user").ID(); s != "" && user != "" {
				names[user] = s
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

// shown are where the name beside a message stands, the best first.
var shown = [][]string{{"user_profile", "display_name"}, {"user_profile", "real_name"}, {"user_profile", "name"}, {"username"}, {"bot_profile", "name"}}

// name is the name beside a message, "" where there is none.
func name(text func(path ...string) string) string {
	for _, path := range shown {
		if s := text(path...); s != "" {
			return s
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
		Author:    name(r.Str),
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
		sign, id := "", target
		if target != "" && strings.Contains("@#!", target[:1]) {
			sign, id = target[:1], target[1:]
		}
		switch {
		case labelled && sign == "!":
			b.WriteString(label) // with its own "@"
		case labelled:
			b.WriteString(sign + label)
		case sign == "@" && names[id] != "":
			b.WriteString("@" + names[id])
		case sign == "!":
			b.WriteString("@" + id)
		default:
			b.WriteString(sign + id)
		}
	}
}
