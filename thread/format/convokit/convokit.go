// Package convokit reads corpora of ConvoKit, the conversational analysis
// toolkit.
package convokit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/columns"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/jsontree"
)

// Format reads the utterances of a corpus, and the titles of its conversations
// where conversations.json stands beside them. The titles are in memory.
//
// The utterance that gives a conversation its ID is its opening post. Where the
// conversation has a title of its own, it is the article, and what answers it
// is top-level; elsewhere it stands among the comments.
var Format = &format.Format{
	Name:        "convokit",
	Doc:         "corpora of ConvoKit: a folder, or its utterances.jsonl; each conversation is a thread",
	URL:         "https://convokit.cornell.edu/documentation/data_format.html",
	Sniff:       sniff,
	SniffFolder: sniffFolder,
	Interleaved: true,
	Decode:      decode,
}

// files are the names under which a corpus keeps its utterances: a folder with
// one of them is a corpus.
var files = []string{"utterances.jsonl", "utterances.json"}

func sniffFolder(folder fs.FS) (format.Confidence, string) {
	for _, name := range files {
		if info, err := fs.Stat(folder, name); err == nil && info.Mode().IsRegular() {
			return format.Certain, "a folder with " + name
		}
	}
	return format.No, "a folder without utterances.jsonl"
}

// open opens the utterances of a folder.
func open(src format.Source) (format.Source, io.Closer, error) {
	var missing error
	for _, name := range files {
		f, err := src.Beside.Open(name)
		if err == nil {
			src.Name, src.Reader = src.Name+"/"+name, f
			return src, f, nil
		}
		missing = err
	}
	return src, nil, missing
}

func sniff(h format.Head) (format.Confidence, string) {
	head := bytes.TrimSpace(bytes.TrimPrefix(h.Bytes[:min(len(h.Bytes), 1<<16)], []byte("\uFEFF")))
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return format.No, "not JSON"
	}
	for record := range jsontree.Records(bytes.NewReader(head)) {
		u := utterance{Tree: &record.Tree}
		for u.node = range record.Each() {
			break
		}
		for _, names := range [][]string{{"id"}, {"text"}, speaker, conversation, replyTo} {
			if !u.has(names...) {
				return format.No, "JSON without " + strings.Join(names, " or ")
			}
		}
		return format.Certain, "JSON objects with speaker, conversation_id and reply-to"
	}
	return format.No, "JSON that cannot be read"
}

// The names of members, today's first.
var (
	speaker      = []string{"speaker", "user"}
	conversation = []string{"conversation_id", "root"}
	replyTo      = []string{"reply-to", "reply_to"}
)

// utterance is an object of the file.
type utterance struct {
	*jsontree.Tree
	node jsontree.Node
}

func (u utterance) has(names ...string) bool { return u.get(names...) != jsontree.None }

// get is the member with the first of names that is there.
func (u utterance) get(names ...string) jsontree.Node {
	for _, name := range names {
		if n := u.Get(u.node, name); n != jsontree.None {
			return n
		}
	}
	return jsontree.None
}

// id is a member that names something; what Python calls None is "".
func (u utterance) id(names ...string) string {
	s := strings.TrimSpace(u.Scalar(u.get(names...)))
	if s == "None" {
		return ""
	}
	return s
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		if src.Reader == nil {
			opened, f, err := open(src)
			if err != nil {
				yield(thread.Comment{}, err)
				return
			}
			defer f.Close()
			src = opened
		}
		d := decoder{src: src, out: out, known: map[string]*conversed{}}
		d.dates = dates.Options{Base: src.Base, Zone: src.Zone, Order: columns.Order(src.DateOrder)}
		var trouble error
		d.titles, trouble = titles(src.Beside)
		for record, err := range jsontree.Records(src.Reader) {
			if err != nil {
				yield(thread.Comment{}, err)
				return
			}
			for n := range record.Each() {
				pos := record.At(src.Name, n)
				if record.Kind(n) != jsontree.Object {
					if record.Err == nil {
						d.note(thread.BadRecord, "", pos, "%s stands where an utterance should; it was left out", record.Kind(n))
					}
					continue
				}
				u := utterance{&record.Tree, n}
				if !u.has("id") && !u.has("text") {
					if record.Err == nil {
						d.note(thread.BadRecord, "", pos, "an object has neither ID nor text; it was left out")
					}
					continue
				}
				if c, ok := d.comment(u, pos); ok && !yield(c, nil) {
					return
				}
			}
			if record.Err != nil {
				code := thread.BadRecord
				if errors.Is(record.Err, jsontree.ErrCut) {
					code = thread.Truncated
				}
				d.note(code, "", record.At(src.Name, jsontree.None), "the JSON is broken: %v; what stands before was read", record.Err)
			}
		}
		if len(d.known) == 0 {
			d.note(thread.NoComments, "", thread.Pos{}, "the corpus holds no utterances")
		}
		if trouble != nil {
			d.note(thread.BadRecord, "", thread.Pos{}, "conversations.json could not be read as a whole: %v", trouble)
		}
	}
}

type decoder struct {
	src    format.Source
	out    format.Sink
	dates  dates.Options
	titles map[string]string     // by conversation
	known  map[string]*conversed // conversations, of late: to describe one again does no harm
	last   string                // conversation read last
}

// conversed is what was said of a conversation.
type conversed struct {
	undated bool // that a time is none
}

// maxKnown is how many conversations are remembered.
const maxKnown = 1 << 16

func (d *decoder) note(code thread.Code, id string, pos thread.Pos, format string, args ...any) {
	d.out.Report(d.last, thread.Diagnostic{Code: code, Comment: id, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// comment takes an utterance; false means that it is the article.
func (d *decoder) comment(u utterance, pos thread.Pos) (thread.Comment, bool) {
	id, key, parent := u.id("id"), u.id(conversation...), u.id(replyTo...)
	d.last = key
	title := d.titles[key]
	said := d.known[key]
	if said == nil {
		if len(d.known) == maxKnown {
			clear(d.known)
		}
		said = &conversed{}
		d.known[key] = said
		d.out.Describe(key, thread.Meta{ID: key, Title: title})
	}
	text := u.Text(u.get("text"))
	opening := id != "" && id == key && parent == ""
	if opening && title != "" {
		m := thread.Meta{ID: key, Title: title}
		if text != title {
			m.Article = text
		}
		d.out.Describe(key, m)
		return thread.Comment{}, false
	}
	c := thread.Comment{Thread: key, ID: id, Pos: pos}
	c.Author, c.Text, c.State = columns.Deleted(u.author(), text)
	if opening {
		c.Kind = thread.Post
	}
	if parent != "" && !(parent == key && title != "") {
		c.Parent, c.Basis = parent, thread.Declared
	}
	if s := u.id("timestamp"); s != "" {
		c.Time, _ = columns.Stamp(s, d.dates)
		// Corpora without times often count utterances there.
		if c.Time.IsZero() && !said.undated {
			said.undated = true
			d.note(thread.UnknownDate, id, pos, "the timestamp %.40q of the utterance %q is no time that is known; it and others like it were left out", s, id)
		}
	}
	if n, ok := u.Int(u.Get(u.get("meta"), "score")); ok && n > -1e9 && n < 1e9 {
		c.Score, c.HasScore = int(n), true
	}
	return c, true
}

// author is the ID of the speaker, which older corpora write as an object.
func (u utterance) author() string {
	n := u.get(speaker...)
	if u.Kind(n) != jsontree.Object {
		return strings.TrimSpace(u.Scalar(n))
	}
	for _, name := range []string{"id", "name"} {
		if s := u.Scalar(u.Get(n, name)); s != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

// maxTitles is how much of conversations.json is read: that of the largest
// corpora has some hundred megabytes.
const maxTitles = 512 << 20

// titles are those of the conversations that have one.
func titles(folder fs.FS) (map[string]string, error) {
	if folder == nil {
		return nil, nil
	}
	f, err := folder.Open("conversations.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxTitles))
	if err != nil {
		return nil, err
	}
	var t jsontree.Tree
	err = t.Parse(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	found := map[string]string{}
	for id, n := range t.Members(0) {
		meta := t.Get(n, "meta")
		if meta == jsontree.None {
			meta = n // older corpora
		}
		if title := strings.TrimSpace(t.Text(t.Get(meta, "title"))); title != "" {
			found[string(id)] = title
		}
	}
	return found, err
}
