package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// parser builds a Tree from tokens.
type parser struct {
	t     *Tree
	vals  strings.Builder
	stack []open
	last  []int32 // by tag: position in stack of the innermost open element, -1 for none

	inHead, seenHead, seenBody bool
	ended                      bool // </body> or </html> was met
}

// open is an open element. Searches for an open element of a name, up to a
// fence, compare two numbers kept here, so that no page makes them slow.
type open struct {
	node  Node
	tag   int32
	outer int32         // position of the next outer open element of the same tag, -1 for none
	fence [scopes]int32 // position of the nearest fence, this element included, -1 for none
}

// tagID is the number of the name of an element. A known name costs no memory.
func (p *parser) tagID(name []byte) int32 {
	id := p.t.tagNames.id(name)
	if int(id) == len(p.t.tags) {
		name := p.t.tagNames.names[id]
		r := rules[name]
		p.t.tags = append(p.t.tags, tag{name, r, fences(name, r), endScope(name, r)})
		p.last = append(p.last, -1)
	}
	return id
}

// lastOpen is the position of the innermost open element of a name, -1 where
// none is open.
func (p *parser) lastOpen(name string) int32 {
	if id := p.t.tagNames.find(name); id >= 0 {
		return p.last[id]
	}
	return -1
}

func (p *parser) fence(s scope) int32 { return p.stack[len(p.stack)-1].fence[s] }

// add appends a node below the innermost open element.
func (p *parser) add(tag int32, lo, hi int) Node {
	n, parent := Node(len(p.t.nodes)), None
	if len(p.stack) > 0 {
		parent = p.stack[len(p.stack)-1].node
	}
	p.t.nodes = append(p.t.nodes, node{parent: parent, end: n + 1, tag: tag, lo: int32(lo), hi: int32(hi), attr: int32(len(p.t.attrs))})
	return n
}

// push appends an element and opens it.
func (p *parser) push(tag int32, lo, hi int) {
	o := open{node: p.add(tag, lo, hi), tag: tag, outer: p.last[tag]}
	at := int32(len(p.stack))
	for s := range o.fence {
		switch {
		case p.t.tags[tag].fences[s]:
			o.fence[s] = at
		case at > 0:
			o.fence[s] = p.stack[at-1].fence[s]
		default:
			o.fence[s] = -1
		}
	}
	p.last[tag] = at
	p.stack = append(p.stack, o)
}

// popTo closes the open elements from position at inwards.
func (p *parser) popTo(at int32) {
	for i := len(p.stack) - 1; i >= int(at); i-- {
		o := p.stack[i]
		p.t.nodes[o.node].end = Node(len(p.t.nodes))
		p.last[o.tag] = o.outer
	}
	p.stack = p.stack[:at]
}

// close closes the innermost open element of the name if no fence of the scope
// stands before it.
func (p *parser) close(name string, s scope) bool {
	at := p.lastOpen(name)
	// An element can be its own fence (</table> ends at a table).
	if at < 0 || at < p.fence(s) {
		return false
	}
	p.popTo(at)
	return true
}

func (p *parser) run(z *html.Tokenizer) {
	z.SetMaxBuf(maxToken)
	t := p.t
	end := 0
	for {
		kind := z.Next()
		lo := end
		end += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			if z.Err() == html.ErrBufferExceeded {
				t.cut = "a single tag or text is longer than 64 MiB; the page was read up to there"
			} else if end < len(t.src) || end > lo {
				t.cut = "the page ends inside a tag"
			} else {
				p.checkEnd()
			}
			return
		case html.TextToken:
			p.text(lo, end)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if !p.start(p.tagID(name), lo, end, kind == html.SelfClosingTagToken) {
				continue
			}
			if string(name) == "noscript" || p.foreign() {
				z.NextIsNotRawText()
			}
			for more {
				var key, val []byte
				key, val, more = z.TagAttr()
				p.attr(key, val)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(p.tagID(name), lo, end)
		}
		if len(t.nodes) >= MaxNodes || len(t.attrs) >= maxAttrs {
			t.cut = "the page has more elements than are kept of one page; it was read up to there"
			return
		}
	}
}

// checkEnd tells a page that was cut in half from one that leaves out end tags
// as the standard allows.
func (p *parser) checkEnd() {
	if p.ended {
		return
	}
	for i := len(p.stack) - 1; i > 0; i-- {
		switch name := p.t.tags[p.stack[i].tag].name; name {
		case "html", "body", "head", "p", "li", "dt", "dd", "td", "th", "tr", "tbody":
		default:
			p.t.cut = "the page ends before <" + name + "> is closed"
			return
		}
	}
}

func (p *parser) text(lo, hi int) {
	if p.inHead && p.t.tags[p.stack[len(p.stack)-1].tag].name == "head" && !blank(p.t.src[lo:hi]) {
		p.leaveHead()
	}
	p.add(0, lo, hi)
}

func blank(s string) bool {
	for i := range len(s) {
		if !isSpace(s[i]) {
			return false
		}
	}
	return true
}

func (p *parser) leaveHead() {
	p.close("head", blockScope)
	p.inHead = false
}

// start takes a start tag; false means that it is left out.
func (p *parser) start(id int32, lo, hi int, selfClosing bool) bool {
	tag := &p.t.tags[id]
	switch tag.name {
	case "html":
		if p.lastOpen("html") >= 0 {
			return false
		}
	case "head":
		if p.seenHead || p.seenBody {
			return false
		}
		p.seenHead, p.inHead = true, true
		p.push(id, lo, hi)
		return true
	case "body":
		if p.seenBody {
			return false
		}
		p.seenBody = true
	}
	if p.inHead && tag.rule&inHead == 0 {
		p.leaveHead()
	}
	if tag.rule&part != 0 && p.lastOpen("table") < 0 {
		return false
	}
	p.imply(tag)
	if tag.rule&void != 0 || selfClosing && p.foreign() {
		p.add(id, lo, hi)
	} else {
		p.push(id, lo, hi)
	}
	return true
}

// foreign tells that the page is inside a drawing or formula, where <title/> is
// a whole element and <style> holds markup.
func (p *parser) foreign() bool { return p.lastOpen("svg") >= 0 || p.lastOpen("math") >= 0 }

// imply closes what the start of an element closes.
func (p *parser) imply(tag *tag) {
	if tag.rule&endsPara != 0 {
		p.close("p", paraScope)
	}
	if tag.rule&heading != 0 {
		if top := p.stack[len(p.stack)-1]; p.t.tags[top.tag].rule&heading != 0 {
			p.popTo(int32(len(p.stack)) - 1)
		}
	}
	switch tag.name {
	case "li":
		p.close("li", itemScope)
		p.close("p", paraScope)
	case "dt", "dd":
		if !p.close("dt", itemScope) {
			p.close("dd", itemScope)
		}
		p.close("p", paraScope)
	case "option":
		p.close("option", inlineScope)
	case "optgroup":
		p.close("optgroup", inlineScope)
	case "tbody", "thead", "tfoot", "colgroup":
		for _, name := range [...]string{"tbody", "thead", "tfoot", "caption", "colgroup"} {
			p.close(name, tableScope)
		}
	case "tr":
		p.close("tr", tableScope)
	case "td", "th":
		if !p.close("td", tableScope) {
			p.close("th", tableScope)
		}
	}
}

// end takes an end tag.
func (p *parser) end(id int32, lo, hi int) {
	tag := &p.t.tags[id]
	switch {
	case tag.name == "body" || tag.name == "html":
		p.ended = true // what follows belongs to the body all the same
	case tag.name == "head":
		if p.inHead {
			p.leaveHead()
		}
	case tag.name == "br":
		p.add(id, lo, hi)
	case tag.rule&heading != 0:
		p.endHeading()
	case !p.close(tag.name, tag.end) && tag.name == "p":
		p.imply(tag)
		p.add(id, lo, hi) // </p> alone is an empty paragraph
	}
}

// endHeading closes the innermost open heading, whatever its level.
func (p *parser) endHeading() {
	at := int32(-1)
	for _, name := range [...]string{"h1", "h2", "h3", "h4", "h5", "h6"} {
		at = max(at, p.lastOpen(name))
	}
	if at >= 0 && at > p.fence(blockScope) {
		p.popTo(at)
	}
}

// attr adds an attribute to the newest node. Of two of a name the first counts,
// by position.
func (p *parser) attr(key, val []byte) {
	lo := p.vals.Len()
	p.vals.Write(val)
	p.t.attrs = append(p.t.attrs, attr{p.t.keys.id(key), int32(lo), int32(p.vals.Len())})
}
