// Package convokit reads and writes corpora of ConvoKit, the conversational
// analysis toolkit.
package convokit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strconv"
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
// is top-level; elsewhere it stands among the comments. What Encoder wrote, and
// ConvoKit may have loaded and dumped since, is read as what it was.
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
		d.about, trouble = conversations(src.Beside)
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
	src   format.Source
	out   format.Sink
	dates dates.Options
	about map[string]about      // by conversation
	known map[string]*conversed // conversations, of late: to describe one again does no harm
	last  string                // conversation read last
}

// conversed is what was said of a conversation.
type conversed struct {
	undated bool // that a time is none
}

// maxKnown is how many conversations are remembered.
const maxKnown = 1 << 16

// converse is what was said of a conversation; first tells that it was nothing.
func (d *decoder) converse(key string) (said *conversed, first bool) {
	if said := d.known[key]; said != nil {
		return said, false
	}
	if len(d.known) == maxKnown {
		clear(d.known)
	}
	said = &conversed{}
	d.known[key] = said
	return said, true
}

func (d *decoder) note(code thread.Code, id string, pos thread.Pos, format string, args ...any) {
	d.out.Report(d.last, thread.Diagnostic{Code: code, Comment: id, Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// comment takes an utterance; false means that it is the article.
func (d *decoder) comment(u utterance, pos thread.Pos) (thread.Comment, bool) {
	if meta := u.get("meta"); u.Get(meta, "basis") != jsontree.None && u.Get(meta, "kind") != jsontree.None && u.Get(meta, "state") != jsontree.None {
		return d.own(u, meta, pos)
	}
	id, key, parent := u.id("id"), u.id(conversation...), u.id(replyTo...)
	d.last = key
	var title string
	if t := d.about[key].Title; t != nil {
		title = strings.TrimSpace(*t)
	}
	said, first := d.converse(key)
	if first {
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
	if at := u.id("timestamp"); at != "" {
		c.Time, _ = columns.Stamp(at, d.dates)
		// Corpora without times often count utterances there.
		if c.Time.IsZero() && !said.undated {
			said.undated = true
			d.note(thread.UnknownDate, id, pos, "the timestamp %.40q of the utterance %q is no time that is known; it and others like it were left out", at, id)
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

// own takes an utterance that Encoder wrote; false means that it is the article.
// Nothing in it is guessed at, and what is odd counts as not said.
func (d *decoder) own(u utterance, meta jsontree.Node, pos thread.Pos) (thread.Comment, bool) {
	get := func(name string) string { return u.Text(u.Get(meta, name)) }
	key := u.Text(u.get(conversation...))
	d.last = key
	var errs []error
	odd := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	article := get("kind") == kindArticle
	if _, first := d.converse(key); first || article {
		m, err := d.about[key].meta(key)
		odd(err)
		if article {
			m.Article = u.Text(u.get("text"))
		}
		d.out.Describe(key, m)
	}
	if article {
		return thread.Comment{}, false
	}
	c := thread.Comment{Thread: key, ID: get("id"), Author: get("author"), AuthorKey: get("author_key"), Text: u.Text(u.get("text")), Pos: pos}
	prefix, _ := strings.CutSuffix(u.Text(u.get("id")), c.ID)
	if depth, ok := u.Int(u.Get(meta, "depth")); !ok || depth != 0 { // else it answers the article, if anything
		c.Parent = strings.TrimPrefix(u.Text(u.get(replyTo...)), prefix)
	}
	var err error
	c.Time, err = thread.ReadStamp(get("time"), get("precision"))
	odd(err)
	c.Edited, err = thread.ReadStamp(get("edited"), get("edited_precision"))
	odd(err)
	c.Basis, err = thread.ParseBasis(get("basis"))
	odd(err)
	c.Kind, err = thread.ParseKind(get("kind"))
	odd(err)
	c.State, err = thread.ParseState(get("state"))
	odd(err)
	if certainty := u.Scalar(u.Get(meta, "certainty")); certainty != "" {
		var f float64
		f, err = strconv.ParseFloat(certainty, 32)
		odd(err)
		c.Certainty = float32(f)
	}
	if n, ok := u.Int(u.Get(meta, "score")); ok {
		c.Score, c.HasScore = int(n), true
	}
	for _, err := range errs {
		d.note(thread.BadRecord, c.ID, pos, "%v; it is left out", err)
	}
	return c, true
}

// meta is what Encoder wrote of a thread; key is its ID where nothing else says.
func (a about) meta(key string) (thread.Meta, error) {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	m := thread.Meta{ID: a.ID, Title: text(a.Title), URL: text(a.URL), Lang: text(a.Lang)}
	if m.ID == "" {
		m.ID = key
	}
	if a.Declared != nil {
		m.Declared, m.HasDeclared = *a.Declared, true
	}
	m.Source = thread.Source{Name: text(a.Source), Format: text(a.Format), Confidence: text(a.Confidence), SHA256: text(a.SHA256)}
	var err error
	m.Source.Captured, err = thread.ReadStamp(text(a.Captured), "")
	return m, err
}

// maxConversations is how much of conversations.json is read: that of the
// largest corpora has some hundred megabytes.
const maxConversations = 512 << 20

// conversations are the meta of those that have a title, or that Encoder wrote.
func conversations(folder fs.FS) (map[string]about, error) {
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
	raw, err := io.ReadAll(io.LimitReader(f, maxConversations))
	if err != nil {
		return nil, err
	}
	var t jsontree.Tree
	err = t.Parse(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	found := map[string]about{}
	for id, n := range t.Members(0) {
		meta := t.Get(n, "meta")
		if meta == jsontree.None {
			meta = n // older corpora
		}
		get := func(name string) *string { return some(t.Text(t.Get(meta, name))) }
		a := about{
			Title: get("title"), URL: get("url"), Lang: get("lang"),
			Source: get("source_name"), Format: get("source_format"), Confidence: get("source_confidence"), SHA256: get("source_sha256"), Captured: get("source_captured"),
		}
		if id := get("id"); id != nil {
			a.ID = *id
		}
		if n, ok := t.Int(t.Get(meta, "declared_count")); ok {
			declared := int(n)
			a.Declared = &declared
		}
		if a != (about{}) {
			found[string(id)] = a
		}
	}
	return found, err
}
