// Package reddit turns Reddit's own records of comments and submissions, as its
// API, the monthly dumps and Arctic Shift give them out, into comments and
// descriptions of threads. Field types of all years are read: times as number,
// string or fraction, "edited" as a time or a mere yes, scores that are null.
package reddit

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsontree"
)

// Reader reads records and passes on what it learns of their threads. A thread
// is described with its first record, now and then with others, and with its
// submission.
type Reader struct {
	Comments, Submissions int // read so far

	out     format.Sink
	threads map[string]string // keys of threads described of late, by themselves
	key     string            // of the thread of the last record
	begun   bool              // there was one
	slab    strings.Builder   // names and IDs, which are too small to be allocated each
	text    []byte
	waiting []thread.Diagnostic // for the first thread
}

// NewReader reports to out.
func NewReader(out format.Sink) *Reader {
	return &Reader{out: out, threads: map[string]string{}}
}

// Close says what no thread has come for.
func (r *Reader) Close() { r.begin("") }

// maxThreads is how many threads are remembered as described. A month has
// millions, of which few are talked about at a time.
const maxThreads = 1 << 16

// begin makes a thread that of the last record.
func (r *Reader) begin(key string) {
	r.key, r.begun = key, true
	for _, d := range r.waiting {
		r.out.Report(key, d)
	}
	r.waiting = nil
}

// report is for the thread of the last record, or the first to come.
func (r *Reader) report(d thread.Diagnostic) {
	if !r.begun {
		r.waiting = append(r.waiting, d)
	} else {
		r.out.Report(r.key, d)
	}
}

// record is where the fields of a record stand.
type record struct {
	id, name, parent, link, author, body, html, created, edited, score, hidden, meta,
	title, linkTitle, selftext, count, subreddit jsontree.Node
}

func fields(t *jsontree.Tree, n jsontree.Node) record {
	const no = jsontree.None
	r := record{no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no}
	for name, v := range t.Members(n) {
		switch string(name) {
		case "id":
			r.id = v
		case "name":
			r.name = v
		case "parent_id":
			r.parent = v
		case "link_id":
			r.link = v
		case "author":
			r.author = v
		case "body":
			r.body = v
		case "body_html":
			r.html = v
		case "created_utc":
			r.created = v
		case "edited":
			r.edited = v
		case "score":
			r.score = v
		case "score_hidden":
			r.hidden = v
		case "_meta":
			r.meta = v
		case "title":
			r.title = v
		case "selftext":
			r.selftext = v
		case "link_title": // where comments stand by themselves, as on a user's page
			r.linkTitle = v
		case "num_comments":
			r.count = v
		case "subreddit":
			r.subreddit = v
		}
	}
	return r
}

// IsComment tells that the object n has what every comment has.
func IsComment(t *jsontree.Tree, n jsontree.Node) bool {
	r := fields(t, n)
	return strings.HasPrefix(t.Text(r.link), "t3_") && t.Kind(r.parent) == jsontree.String && (r.body != jsontree.None || r.author != jsontree.None)
}

// IsSubmission tells that the object n has what every submission has.
func IsSubmission(t *jsontree.Tree, n jsontree.Node) bool {
	r := fields(t, n)
	return t.Kind(r.title) == jsontree.String && t.Kind(r.subreddit) == jsontree.String && r.count != jsontree.None && r.created != jsontree.None && r.parent == jsontree.None
}

// Comment reads the object n, which stands at pos. ok is false for what is not
// a comment: a submission, which describes its thread, or something else, which
// is reported.
func (r *Reader) Comment(t *jsontree.Tree, n jsontree.Node, pos thread.Pos) (c thread.Comment, ok bool) {
	f := fields(t, n)
	if !t.Whole(n) && (f.id == jsontree.None || f.body == jsontree.None || f.parent == jsontree.None) {
		r.Bad(pos, jsontree.ErrCut.Error())
		return c, false
	}
	if f.parent == jsontree.None && f.link == jsontree.None {
		if IsSubmission(t, n) {
			r.submission(t, f)
		} else {
			r.Bad(pos, "it is neither a comment nor a submission of Reddit")
		}
		return c, false
	}
	r.Comments++
	c.Pos = pos
	c.ID = r.bare(t, f.id)
	if c.ID == "" {
		c.ID = r.bare(t, f.name)
	}
	c.Thread = r.thread(t, f)
	if raw := t.Raw(f.parent); len(raw) > 3 && string(raw[:3]) == "t1_" {
		c.Parent, c.Basis = r.keep(raw[3:]), thread.Declared
	} else if len(raw) < 3 || string(raw[:3]) != "t3_" {
		r.odd(&c, t, "parent_id", f.parent, "the comment is taken to be at top level")
	}
	if t.Kind(f.author) != jsontree.String && t.Kind(f.author) != jsontree.Null {
		r.odd(&c, t, "author", f.author, "the author stays unknown")
	}
	r.text = t.AppendText(r.text[:0], f.author)
	if !isGone(r.text) {
		c.Author = r.keep(r.text)
	}
	r.words(&c, t, f)
	r.fate(&c, t, f.meta)
	if !t.Whole(n) {
		r.out.Report(c.Thread, thread.Diagnostic{Code: thread.Truncated, Severity: thread.Repaired, Comment: c.ID, Pos: pos, Message: "the input ends inside the record of this comment; what there is of it is kept"})
	}
	r.times(&c, t, f)
	if score, isInt := t.Int(f.score); isInt {
		c.Score, c.HasScore = int(score), !t.True(f.hidden) // a hidden score is always given as 1
	} else if t.Kind(f.score) != jsontree.Null {
		r.odd(&c, t, "score", f.score, "the score stays unknown")
	}
	return c, true
}

// bare is an ID without its prefix for the type. Old IDs may be numbers.
func (r *Reader) bare(t *jsontree.Tree, n jsontree.Node) string {
	if k := t.Kind(n); k != jsontree.String && k != jsontree.Number {
		return ""
	}
	raw := t.Raw(n)
	if len(raw) > 3 && raw[0] == 't' && raw[2] == '_' {
		raw = raw[3:]
	}
	return r.keep(raw)
}

// keep is b as a string. Many share one allocation: a comment's ID, parent and
// author are a few bytes each.
func (r *Reader) keep(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > r.slab.Cap()-r.slab.Len() {
		r.slab = strings.Builder{}
		r.slab.Grow(max(slabSize, len(b)))
	}
	from := r.slab.Len()
	r.slab.Write(b)
	return r.slab.String()[from:]
}

const slabSize = 4096

// thread is the key of the thread of a comment, which is described when it is
// new.
func (r *Reader) thread(t *jsontree.Tree, f record) string {
	raw := t.Raw(f.link)
	if len(raw) < 4 || t.Kind(f.link) != jsontree.String {
		raw = nil
		if parent := t.Raw(f.parent); len(parent) > 3 && string(parent[:3]) == "t3_" {
			raw = parent
		}
	}
	if len(raw) > 3 && raw[0] == 't' && raw[2] == '_' {
		raw = raw[3:]
	}
	key, known := r.threads[string(raw)]
	if !known {
		key = r.remember(string(raw))
		r.out.Describe(key, thread.Meta{ID: key, Title: string(unescape(t.AppendText(nil, f.linkTitle))), URL: address(t.Text(f.subreddit), key)})
	}
	r.begin(key)
	return key
}

// remember notes that a thread was described.
func (r *Reader) remember(key string) string {
	if len(r.threads) == maxThreads {
		clear(r.threads)
	}
	r.threads[key] = key
	return key
}

// submission describes the thread that a submission opens.
func (r *Reader) submission(t *jsontree.Tree, f record) {
	key := r.bare(t, f.id)
	if key == "" {
		key = r.bare(t, f.name)
	}
	r.Submissions++
	r.remember(key)
	m := thread.Meta{ID: key, Title: string(unescape(t.AppendText(nil, f.title))), URL: address(t.Text(f.subreddit), key)}
	if article := t.AppendText(nil, f.selftext); !isGone(article) {
		m.Article = string(unescape(article))
	}
	if n, ok := t.Int(f.count); ok && 0 <= n && n < 1<<31 {
		m.Declared, m.HasDeclared = int(n), true
	}
	r.out.Describe(key, m)
	r.begin(key)
}

// address is where a thread stands on the web, "" where a part is no plain
// word.
func address(subreddit, id string) string {
	for _, s := range []string{subreddit, id} {
		if s == "" || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			return ""
		}
	}
	return "https://www.reddit.com/r/" + subreddit + "/comments/" + id + "/"
}

// words sets the text and what it tells of the comment's fate.
func (r *Reader) words(c *thread.Comment, t *jsontree.Tree, f record) {
	switch t.Kind(f.body) {
	case jsontree.String:
		r.text = t.AppendText(r.text[:0], f.body)
	case jsontree.Null:
		r.text = r.text[:0]
	default:
		r.text = r.text[:0]
		r.odd(c, t, "body", f.body, "the text is left out")
	}
	switch state := gone(r.text); {
	case state != thread.Visible:
		c.State = state
	case len(r.text) == 0 && c.Author == "":
		c.State = thread.Deleted
	default:
		// body_html tells whether the source escapes, where it is there.
		if html := t.Raw(f.html); len(html) == 0 || html[0] != '<' {
			r.text = unescape(r.text)
		}
		c.Text = string(r.text)
	}
}

// unescape turns &amp;, &lt; and &gt; back in place. Reddit escapes these three
// characters and no others, unless asked for raw_json=1; so a text with one of
// them left, or with other entities, was not escaped, and stays.
func unescape(b []byte) []byte {
	first := bytes.IndexByte(b, '&')
	if first < 0 || bytes.ContainsAny(b, "<>") {
		return b
	}
	for i := first; i < len(b); i++ {
		if b[i] == '&' {
			if _, n := entity(b[i:]); n == 0 {
				return b
			}
		}
	}
	to := b[:first]
	for i := first; i < len(b); {
		c, n := b[i], 1
		if c == '&' {
			c, n = entity(b[i:])
		}
		to = append(to, c)
		i += n
	}
	return to
}

// entity is what b begins with and its length, 0 where it is none of Reddit's.
func entity(b []byte) (byte, int) {
	switch {
	case len(b) >= 4 && string(b[:4]) == "&lt;":
		return '<', 4
	case len(b) >= 4 && string(b[:4]) == "&gt;":
		return '>', 4
	case len(b) >= 5 && string(b[:5]) == "&amp;":
		return '&', 5
	}
	return 0, 0
}

// isGone tells that b stands where an author or text was.
func isGone(b []byte) bool { return gone(b) != thread.Visible }

// gone is what the words that Reddit puts in the place of a text tell.
func gone(b []byte) thread.State {
	if len(b) < 2 || len(b) > 40 || b[0] != '[' || b[len(b)-1] != ']' {
		return thread.Visible
	}
	switch word := strings.ToLower(strings.TrimSpace(string(b[1 : len(b)-1]))); word {
	case "deleted", "deleted by user":
		return thread.Deleted
	case "removed", "removed by reddit", "removed by moderator":
		return thread.Removed
	}
	return thread.Visible
}

// fate reads what Arctic Shift found at its second visit, a day and a half
// after the first. Text and author are those of the first visit where they were
// there.
func (r *Reader) fate(c *thread.Comment, t *jsontree.Tree, meta jsontree.Node) {
	if t.Kind(meta) != jsontree.Object {
		return
	}
	if t.True(t.Get(meta, "was_initially_deleted")) && c.Text != "" {
		return // it came back
	}
	switch kind := t.Text(t.Get(meta, "removal_type")); {
	case kind == "deleted":
		c.State = thread.Deleted
	case kind != "": // "removed", "removed by reddit", "moderator", …
		c.State = thread.Removed
	case t.True(t.Get(meta, "was_deleted_later")) && c.State == thread.Visible:
		c.State = thread.Deleted
	}
}

// Nothing on Reddit is older than its first day; dumps give 999999999 where the
// time was lost.
var (
	firstDay = time.Date(2005, 6, 23, 0, 0, 0, 0, time.UTC).Unix()
	lastDay  = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
)

func (r *Reader) times(c *thread.Comment, t *jsontree.Tree, f record) {
	if s, ok := t.Int(f.created); ok && firstDay <= s && s < lastDay {
		c.Time = thread.At(time.Unix(s, 0).UTC(), thread.Second)
	} else {
		r.out.Report(c.Thread, thread.Diagnostic{
			Code: thread.UnknownDate, Comment: c.ID, Pos: c.Pos,
			Message: fmt.Sprintf("created_utc is %s, which is no time since Reddit began; the time stays unknown", quote(t, f.created)),
		})
	}
	// true says that it was edited, but not when.
	if s, ok := t.Int(f.edited); ok && firstDay <= s && s < lastDay {
		c.Edited = thread.At(time.Unix(s, 0).UTC(), thread.Second)
	} else if k := t.Kind(f.edited); k != jsontree.Bool && k != jsontree.Null {
		r.odd(c, t, "edited", f.edited, "the time of the change stays unknown")
	}
}

func (r *Reader) odd(c *thread.Comment, t *jsontree.Tree, name string, n jsontree.Node, done string) {
	r.out.Report(c.Thread, thread.Diagnostic{
		Code: thread.BadRecord, Severity: thread.Repaired, Comment: c.ID, Pos: c.Pos,
		Message: fmt.Sprintf("%s is %s; %s", name, quote(t, n), done),
	})
}

// quote is n for a message.
func quote(t *jsontree.Tree, n jsontree.Node) string {
	switch raw := t.Raw(n); t.Kind(n) {
	case jsontree.Null:
		return "not given"
	case jsontree.Object, jsontree.Array:
		return t.Kind(n).String()
	default:
		return fmt.Sprintf("%.40q", raw)
	}
}

// Bad reports a record that cannot be read. What thread it belongs to nobody
// knows: it is said of the one before.
func (r *Reader) Bad(pos thread.Pos, why string) {
	r.report(thread.Diagnostic{
		Code: thread.BadRecord, Severity: thread.Quarantined, Pos: pos, Message: "a record is left out: " + why,
	})
}

// Cut reports that a text of several records cannot be read from pos on.
func (r *Reader) Cut(pos thread.Pos, why error) {
	r.report(thread.Diagnostic{Code: thread.Truncated, Pos: pos, Message: "reading stopped here: " + why.Error()})
}

// More reads an object n that stands in the place of replies which the source
// gives out only when asked for them.
func (r *Reader) More(t *jsontree.Tree, n jsontree.Node, pos thread.Pos) {
	count, ok := t.Int(t.Get(n, "count"))
	parent := t.Text(t.Get(n, "parent_id"))
	to := "the submission"
	id := ""
	if strings.HasPrefix(parent, "t1_") {
		id = parent[3:]
		to = fmt.Sprintf("the comment %q", id)
	}
	message := fmt.Sprintf("%d more comments below %s are not in the input", count, to)
	switch {
	case !ok || count <= 0:
		message = fmt.Sprintf("the replies below %s go on on another page", to)
	case count == 1:
		message = fmt.Sprintf("1 more comment below %s is not in the input", to)
	}
	r.report(thread.Diagnostic{Code: thread.MoreComments, Comment: id, Pos: pos, Message: message})
}
