package convokit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/names"
)

// schema names what Encoder writes, in corpus.json.
const schema = "threadheat/convokit/v1"

// Encoder writes threads as a corpus that ConvoKit loads (Corpus(filename=…),
// version 3 and later) and that Format reads back to equal threads. Each thread
// is a conversation.
//
// ConvoKit wants one utterance at the root of each conversation. That is the
// opening post where the thread is one, else an utterance of the speaker
// "[article]" which holds the article and is written at the time of the earliest
// comment; its meta has the kind "article", and top-level comments answer it.
//
// The ID of an utterance is that of the comment; where another thread of the
// corpus has used one of them before, those of the whole thread are
// "THREAD/COMMENT". The meta of utterances and conversations say all else that
// threadheat knows, times as they were written among it; what is not there:
// diagnostics, quarantined comments, places in the input. Each author that is
// not known is a speaker of their own.
//
// Timestamps are seconds since 1970, of the wall clock where the zone is unknown.
// ConvoKit sorts replies by them and fails where one is null, so a comment
// without a time gets that of the comment before it, the first that of the
// earliest, and 0 where the thread has no time at all. The time in its meta is
// null.
//
// It keeps the speakers, and eight bytes for each utterance.
type Encoder struct {
	create        func(name string) (io.Writer, error)
	utterances    *jsonFile
	conversations *jsonFile
	used          map[uint64]struct{} // hashes of utterance IDs
	prefixes      names.Set
	speakers      speakers
	article       string // speaker of articles
}

// NewEncoder begins a corpus. create makes its files; they stay open.
func NewEncoder(create func(name string) (io.Writer, error)) (*Encoder, error) {
	e := &Encoder{create: create, used: map[uint64]struct{}{}, speakers: speakers{byAuthor: map[string]string{}}}
	e.article = e.speakers.add("[article]", person{})
	var errs [2]error
	e.utterances, errs[0] = e.file("utterances.jsonl")
	e.conversations, errs[1] = e.file("conversations.json")
	return e, errors.Join(errs[:]...)
}

func (e *Encoder) file(name string) (*jsonFile, error) {
	w, err := e.create(name)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return newJSONFile(w), nil
}

// component is what ConvoKit has of a conversation and of a speaker.
type component struct {
	Meta    any      `json:"meta"`
	Vectors []string `json:"vectors"`
}

// written is an utterance, its members in ConvoKit's order.
type written struct {
	ID           string   `json:"id"`
	Conversation string   `json:"conversation_id"`
	Text         string   `json:"text"`
	Speaker      string   `json:"speaker"`
	Meta         facts    `json:"meta"`
	ReplyTo      *string  `json:"reply-to"`
	Timestamp    int64    `json:"timestamp"`
	Vectors      []string `json:"vectors"`
}

// facts are the meta of an utterance. All members are always there, so that
// each makes a column of a data frame.
type facts struct {
	ID              *string  `json:"id"` // of the comment
	Author          *string  `json:"author"`
	AuthorKey       *string  `json:"author_key"`
	Time            *string  `json:"time"`
	Precision       *string  `json:"precision"`
	Depth           *int     `json:"depth"` // 0 at top level, also under the article
	Basis           *string  `json:"basis"`
	Certainty       *float32 `json:"certainty"`
	Score           *int     `json:"score"`
	Edited          *string  `json:"edited"`
	EditedPrecision *string  `json:"edited_precision"`
	Kind            string   `json:"kind"`
	State           *string  `json:"state"`
}

// kindArticle marks the utterance that is no comment.
const kindArticle = "article"

// about is the meta of a conversation.
type about struct {
	ID         string  `json:"id"` // of the thread
	Title      *string `json:"title"`
	URL        *string `json:"url"`
	Lang       *string `json:"lang"`
	Declared   *int    `json:"declared_count"`
	Source     *string `json:"source_name"`
	Format     *string `json:"source_format"`
	Confidence *string `json:"source_confidence"`
	SHA256     *string `json:"source_sha256"`
	Captured   *string `json:"source_captured"`
}

// person is the meta of a speaker.
type person struct {
	Name *string `json:"name"`
	Key  *string `json:"author_key"`
}

// index says of what type each member of a meta is, as ConvoKit wants to know.
var index = map[string]any{
	"utterances-index": typed("str", "id", "author", "author_key", "time", "precision", "basis", "edited", "edited_precision", "kind", "state").
		and("float", "certainty").and("int", "depth", "score"),
	"conversations-index": typed("str", "id", "title", "url", "lang", "source_name", "source_format", "source_confidence", "source_sha256", "source_captured").
		and("int", "declared_count"),
	"speakers-index": typed("str", "name", "author_key"),
	"overall-index":  typed("str", "schema"),
	"vectors":        []string{},
	"version":        1,
}

type types map[string][]string

func typed(kind string, members ...string) types { return types{}.and(kind, members...) }

func (t types) and(kind string, members ...string) types {
	for _, m := range members {
		t[m] = []string{"<class '" + kind + "'>"}
	}
	return t
}

// Encode writes t as a conversation.
func (e *Encoder) Encode(t *thread.Thread) error {
	m := t.Meta()
	prefix := e.prefix(t)
	post, one := openingPost(t)
	root := prefix
	if one {
		root += t.ID(post)
	} else {
		root = e.freeID(m.ID, prefix, t)
	}
	for i := range t.All() {
		e.used[hash(prefix+t.ID(i))] = struct{}{}
	}
	e.used[hash(root)] = struct{}{}

	of := about{
		ID: m.ID, Title: some(m.Title), URL: some(m.URL), Lang: some(m.Lang),
		Source: some(m.Source.Name), Format: some(m.Source.Format), Confidence: some(m.Source.Confidence), SHA256: some(m.Source.SHA256), Captured: some(m.Source.Captured.String()),
	}
	if m.HasDeclared {
		of.Declared = &m.Declared
	}
	e.conversations.member(root, component{of, []string{}})
	at := earliest(t)
	if !one {
		e.utterances.line(written{ID: root, Conversation: root, Text: m.Article, Speaker: e.article, Meta: facts{Kind: kindArticle}, Timestamp: at, Vectors: []string{}})
	}
	for i := range t.Document() {
		if s := t.Time(i); !s.IsZero() {
			at = s.Time().Unix()
		}
		to := e.utterance(t, i, prefix, root)
		to.Timestamp = at
		e.utterances.line(to)
	}
	return errors.Join(e.utterances.err, e.conversations.err)
}

// utterance is comment i but for its timestamp.
func (e *Encoder) utterance(t *thread.Thread, i thread.Index, prefix, root string) written {
	c := t.Comment(i)
	to := written{ID: prefix + c.ID, Conversation: root, Text: c.Text, Vectors: []string{}}
	to.Speaker = e.speakers.of(&c, to.ID)
	switch {
	case c.Parent != "":
		parent := prefix + c.Parent
		to.ReplyTo = &parent
	case to.ID != root:
		to.ReplyTo = &root
	}
	state, depth := c.State.String(), t.Depth(i)
	to.Meta = facts{ID: &c.ID, Depth: &depth, Author: some(c.Author), AuthorKey: some(c.AuthorKey), Basis: some(c.Basis.String()), Kind: c.Kind.String(), State: &state}
	if !c.Time.IsZero() {
		to.Meta.Time, to.Meta.Precision = some(c.Time.String()), some(c.Time.Precision().String())
	}
	if !c.Edited.IsZero() {
		to.Meta.Edited, to.Meta.EditedPrecision = some(c.Edited.String()), some(c.Edited.Precision().String())
	}
	if c.Certainty != 0 {
		to.Meta.Certainty = &c.Certainty
	}
	if c.HasScore {
		to.Meta.Score = &c.Score
	}
	return to
}

// openingPost is the post that all others answer, if t has one and no article.
func openingPost(t *thread.Thread) (post thread.Index, ok bool) {
	return 0, t.Len() > 0 && int(t.End(0)) == t.Len() && t.Kind(0) == thread.Post && t.Meta().Article == ""
}

// prefix is what goes before the IDs of comments to make those of utterances.
func (e *Encoder) prefix(t *thread.Thread) string {
	for prefix := ""; ; prefix = e.prefixes.Take(t.Meta().ID) + "/" {
		free := true
		for i := range t.All() {
			if _, used := e.used[hash(prefix+t.ID(i))]; used {
				free = false
				break
			}
		}
		if free {
			return prefix
		}
	}
}

// freeID is want, or want~2, want~3, … whichever no utterance has, those of t
// included.
func (e *Encoder) freeID(want, prefix string, t *thread.Thread) string {
	own := make(map[string]bool, t.Len())
	for i := range t.All() {
		own[prefix+t.ID(i)] = true
	}
	if want == "" {
		want = "thread"
	}
	var tried names.Set
	for {
		id := tried.Take(want)
		if _, used := e.used[hash(id)]; !used && !own[id] {
			return id
		}
	}
}

// hash is 64 bits of an ID. Two IDs of one hash cost a prefix that was not
// needed, and nothing else.
func hash(id string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, id)
	return h.Sum64()
}

// earliest is the first of all times, in seconds; 0 where there is none.
func earliest(t *thread.Thread) int64 {
	first := int64(math.MaxInt64)
	for i := range t.All() {
		if s := t.Time(i); !s.IsZero() {
			first = min(first, s.Time().Unix())
		}
	}
	if first == math.MaxInt64 {
		return 0
	}
	return first
}

// some is nil, JSON's null, for "".
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// speakers are those of the corpus.
type speakers struct {
	names    names.Set
	byAuthor map[string]string // ID by what identifies an author
	all      []speakerOf
}

type speakerOf struct {
	id string
	person
}

func (s *speakers) add(want string, p person) string {
	id := s.names.Take(want)
	s.all = append(s.all, speakerOf{id, p})
	return id
}

// of is the ID of the speaker of a comment. Authors are one where name or key
// say so, as in a thread; the unknown are many.
func (s *speakers) of(c *thread.Comment, utterance string) string {
	author, want := c.Author, c.Author
	if c.AuthorKey != "" {
		author, want = "\x00"+c.AuthorKey, c.Author+" ("+c.AuthorKey+")"
	}
	switch id, known := s.byAuthor[author]; {
	case author == "":
		return s.add("[unknown] "+utterance, person{})
	case known:
		return id
	}
	s.byAuthor[author] = s.add(want, person{some(c.Author), some(c.AuthorKey)})
	return s.byAuthor[author]
}

// Close writes what can only be told of the whole.
func (e *Encoder) Close() error {
	errs := []error{e.utterances.close(""), e.conversations.close("{}")}
	for _, name := range []string{"speakers.json", "corpus.json", "index.json"} {
		f, err := e.file(name)
		if err != nil {
			return err
		}
		switch name {
		case "speakers.json":
			for _, s := range e.speakers.all {
				f.member(s.id, component{s.person, []string{}})
			}
			err = f.close("{}")
		case "corpus.json":
			f.line(map[string]string{"schema": schema})
			err = f.close("")
		case "index.json":
			f.line(index)
			err = f.close("")
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// jsonFile is a file of JSON that is written in parts. It is ASCII: ConvoKit
// opens files in the encoding of the place, which may be any. The first error
// stays.
type jsonFile struct {
	w    *bufio.Writer
	buf  bytes.Buffer
	json *json.Encoder // into buf
	more bool          // a member was written
	err  error
}

func newJSONFile(w io.Writer) *jsonFile {
	f := &jsonFile{w: bufio.NewWriterSize(w, 1<<16)}
	f.json = json.NewEncoder(&f.buf)
	f.json.SetEscapeHTML(false)
	return f
}

// line writes v on a line of its own.
func (f *jsonFile) line(v any) {
	f.value(v)
	f.w.WriteByte('\n')
}

// member writes a member of the one object in the file.
func (f *jsonFile) member(name string, v any) {
	open := ",\n"
	if !f.more {
		open = "{"
	}
	f.more = true
	f.w.WriteString(open)
	f.value(name)
	f.w.WriteString(": ")
	f.value(v)
}

func (f *jsonFile) value(v any) {
	f.buf.Reset()
	if err := f.json.Encode(v); err != nil && f.err == nil {
		f.err = err
	}
	for b := bytes.TrimSuffix(f.buf.Bytes(), []byte("\n")); len(b) > 0; {
		ascii := bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
		if ascii < 0 {
			f.w.Write(b)
			return
		}
		f.w.Write(b[:ascii])
		r, n := utf8.DecodeRune(b[ascii:])
		if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
			fmt.Fprintf(f.w, `\u%04x\u%04x`, high, low)
		} else {
			fmt.Fprintf(f.w, `\u%04x`, r)
		}
		b = b[ascii+n:]
	}
}

// close ends the file; none is what stands there where no member was written.
func (f *jsonFile) close(none string) error {
	switch {
	case f.more:
		f.w.WriteString("}\n")
	case none != "":
		f.w.WriteString(none + "\n")
	}
	return errors.Join(f.err, f.w.Flush())
}
