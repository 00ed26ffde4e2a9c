package schemaorg

import (
	"encoding/json"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// object is a JSON object.
type object = map[string]any

// linked is what the scripts of a page tell.
type linked struct {
	comments []thread.Comment
	root     object // what the comments are about, nil where nothing says
	nodes    map[string]object
	parents  []string // what a comment itself says it answers, by comment
	taken    map[string]bool
}

var ldScript = dom.Select(`script[type^="application/ld+json"]`)

// readScripts reads the JSON-LD of a page.
func readScripts(p *page.Page) linked {
	l := linked{nodes: map[string]object{}, taken: map[string]bool{}}
	var all []visit
	for n := range p.Tree.All(dom.Root, ldScript, nil) {
		v, err := parse(p.Tree.Content(n))
		if err != nil {
			p.Note(thread.BadRecord, "a script of linked data is no JSON: %v", err)
			continue
		}
		all = append(all, visit{value: v, pos: p.Pos(n)})
	}
	l.index(all)
	l.walk(all)
	l.settle()
	return l
}

// parse reads the content of a script. Line breaks inside strings, which JSON
// forbids, are common.
func parse(s string) (v any, err error) {
	s = strings.TrimSpace(s)
	for _, wrap := range [...][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
	}
	if err = json.Unmarshal([]byte(s), &v); err == nil {
		return v, nil
	}
	plain := strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.TrimRight(s, "; \n"))
	if json.Unmarshal([]byte(plain), &v) == nil {
		return v, nil
	}
	return nil, err
}

// visit is a value to walk over, and where it was met.
type visit struct {
	value  any
	parent string // the comment it stands in
	reply  bool   // it stands where comments do
	pos    thread.Pos
}

// index notes the fullest object of each ID: elsewhere only its ID may stand.
func (l *linked) index(all []visit) {
	stack := make([]any, 0, len(all))
	for _, v := range all {
		stack = append(stack, v.value)
	}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch v := v.(type) {
		case []any:
			stack = append(stack, v...)
		case object:
			if id := text(v["@id"]); id != "" && len(v) > len(l.nodes[id]) {
				l.nodes[id] = v
			}
			for _, key := range inside {
				if x, ok := v[key]; ok {
					stack = append(stack, x)
				}
			}
		}
	}
}

// inside are the properties in which comments stand, in order of reading.
var inside = [...]string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item", "acceptedAnswer", "suggestedAnswer", "comment"}

// walk meets all objects in order, parents before their replies.
func (l *linked) walk(all []visit) {
	var stack []visit
	for i := len(all) - 1; i >= 0; i-- {
		stack = append(stack, all[i])
	}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch x := v.value.(type) {
		case []any:
			for i := len(x) - 1; i >= 0; i-- {
				stack = append(stack, visit{x[i], v.parent, v.reply, v.pos})
			}
		case object:
			id := text(x["@id"])
			if full := l.nodes[id]; id != "" && len(full) > len(x) {
				x = full
			}
			if id != "" && l.taken[id] || is(x, "FAQPage") {
				continue
			}
			switch {
			case is(x, "Comment", "UserComments", "Answer") || v.reply && is(x, "DiscussionForumPosting", "SocialMediaPosting"):
				l.taken[id] = id != ""
				v.parent = l.add(x, v)
			case l.root == nil && (is(x, "DiscussionForumPosting", "SocialMediaPosting", "Question") || x["comment"] != nil):
				l.root = x
			}
			for i := len(inside) - 1; i >= 0; i-- {
				if y, ok := x[inside[i]]; ok {
					reply := inside[i] == "comment" || strings.HasSuffix(inside[i], "Answer")
					stack = append(stack, visit{y, v.parent, reply, v.pos})
				}
			}
		}
	}
}

// add makes the comment of x and returns its ID.
func (l *linked) add(x object, v visit) string {
	c := thread.Comment{ID: number(x), Parent: v.parent, Text: body(x), Pos: v.pos}
	if c.ID == "" {
		c.ID = "n" + strconv.Itoa(len(l.comments)+1)
	}
	if c.Parent != "" {
		c.Basis = thread.Nested
	}
	c.Author, c.AuthorKey = l.author(x)
	c.Time = page.MachineTime(first(x, "datePublished", "dateCreated", "commentTime"), false)
	if edited := page.MachineTime(first(x, "dateModified"), false); edited != c.Time {
		c.Edited = edited
	}
	c.Score, c.HasScore = score(x)
	if strings.EqualFold(first(x, "creativeWorkStatus"), "Deleted") || c.Author == "" && c.Text == "" {
		c.State = thread.Deleted
	}
	l.comments = append(l.comments, c)
	l.parents = append(l.parents, parent(x))
	return c.ID
}

// parent is the ID of what x says it answers: an object, or an address alone.
func parent(x object) string {
	v := x["parentItem"]
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	switch up := v.(type) {
	case object:
		return number(up)
	case string:
		return number(object{"@id": strings.TrimSpace(up)})
	}
	return number(object{"@id": x["replyToUrl"]}) // of UserComments
}

// settle follows what comments say themselves of whom they answer. Most name
// the article, which is no comment.
func (l *linked) settle() {
	known := make(map[string]bool, len(l.comments))
	for i := range l.comments {
		known[l.comments[i].ID] = true
	}
	for i := range l.comments {
		if c := &l.comments[i]; known[l.parents[i]] && l.parents[i] != c.ID {
			c.Parent, c.Basis = l.parents[i], thread.Declared
		}
	}
}

// meta is what the scripts tell of the thread, and the page where they do not.
func (l *linked) meta(p *page.Page) thread.Meta {
	m := thread.Meta{Title: first(l.root, "headline", "name"), Article: first(l.root, "text", "articleBody"), URL: first(l.root, "url"), Lang: first(l.root, "inLanguage")}
	if m.Title == "" {
		m.Title = p.Title(nil)
	}
	if !strings.HasPrefix(m.URL, "http") {
		if m.URL = text(l.root["@id"]); !strings.HasPrefix(m.URL, "http") {
			m.URL = p.Address()
		}
	}
	if m.Lang == "" {
		m.Lang = p.Lang()
	}
	if n, ok := whole(l.root["commentCount"]); ok {
		m.Declared, m.HasDeclared = n, true
	}
	return m
}

// is tells whether x is of one of the types.
func is(x object, types ...string) bool {
	switch t := x["@type"].(type) {
	case string:
		t = t[strings.LastIndexByte(t, '/')+1:]
		for _, want := range types {
			if t == want {
				return true
			}
		}
	case []any:
		for _, one := range t {
			if s, ok := one.(string); ok && is(object{"@type": s}, types...) {
				return true
			}
		}
	}
	return false
}

// text is a value as a string: of lists the first, of objects the name.
func text(v any) string {
	for range 4 {
		switch x := v.(type) {
		case string:
			return strings.TrimSpace(x)
		case float64:
			return strconv.FormatFloat(x, 'f', -1, 64)
		case []any:
			if len(x) == 0 {
				return ""
			}
			v = x[0]
		case object:
			if v = x["@value"]; v == nil {
				v = x["name"]
			}
		default:
			return ""
		}
	}
	return ""
}

// first is the first of the properties that has a value.
func first(x object, keys ...string) string {
	for _, k := range keys {
		if s := text(x[k]); s != "" {
			return s
		}
	}
	return ""
}

// number is the ID of a comment: the fragment of its address, where it has one.
func number(x object) string {
	id := first(x, "@id", "url", "identifier")
	if _, frag, ok := strings.Cut(id, "#"); ok && frag != "" {
		return frag
	}
	return id
}

// author is the name of an author and what tells him from others of that name. He
// may be described elsewhere.
func (l *linked) author(x object) (name, key string) {
	v := x["author"]
	if v == nil {
		v = x["creator"]
	}
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	if o, ok := v.(object); ok {
		if full := l.nodes[text(o["@id"])]; len(full) > len(o) {
			v = full
		}
	}
	name = html.UnescapeString(text(v))
	if page.IsDeletedUser(name) {
		return "", ""
	}
	if o, ok := v.(object); ok {
		key = first(o, "@id", "url", "identifier")
	}
	return name, key
}

var tags = regexp.MustCompile(`(?i)<(?:p|br|div|blockquote|ul|ol)(?:\s[^<>]*)?/?>`)

// body is the text of a comment. It should be plain; where it holds paragraphs
// of HTML it is not.
func body(x object) string {
	s := first(x, "text", "commentText", "articleBody", "description")
	if tags.MatchString(s) {
		return dom.Parse(s).Text(dom.Root, nil)
	}
	return html.UnescapeString(s)
}

// score is the votes for a comment, less those against it.
func score(x object) (int, bool) {
	sum, has := 0, false
	count := func(v any, sign int) {
		if n, ok := whole(v); ok {
			sum, has = sum+sign*n, true
		}
	}
	count(x["upvoteCount"], 1)
	count(x["downvoteCount"], -1)
	list, ok := x["interactionStatistic"].([]any)
	if !ok {
		list = []any{x["interactionStatistic"]}
	}
	for _, v := range list {
		o, _ := v.(object)
		kind := text(o["interactionType"])
		if t, ok := o["interactionType"].(object); ok {
			kind = text(t["@type"])
		}
		switch kind[strings.LastIndexByte(kind, '/')+1:] {
		case "LikeAction":
			count(o["userInteractionCount"], 1)
		case "DislikeAction":
			count(o["userInteractionCount"], -1)
		}
	}
	return sum, has && sum >= math.MinInt32 && sum <= math.MaxInt32
}

// whole is a count, written as a number or in a string.
func whole(v any) (int, bool) {
	n, err := strconv.ParseInt(text(v), 10, 32)
	return int(n), err == nil
}
