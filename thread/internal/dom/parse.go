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
		p.t.tags = append(p.t.tags, newTag(p.t.tagNames.names[id]))
		p.last = append(p.last, -1)
	}
	return id
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
func (p *parser) close(tag int32, s scope) bool {
	at := p.last[tag]
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
	if p.inHead && p.stack[len(p.stack)-1].tag == headTag && !blank(p.t.src[lo:hi]) {
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
	p.close(headTag, blockScope)
	p.inHead = false
}

// start takes a start tag; false means that it is left out.
func (p *parser) start(id int32, lo, hi int, selfClosing bool) bool {
	tag := &p.t.tags[id]
	switch id {
	case htmlTag:
		if p.last[htmlTag] >= 0 {
			return false
		}
	case headTag:
		if p.seenHead || p.seenBody {
			return false
		}
		p.seenHead, p.inHead = true, true
		p.push(id, lo, hi)
		return true
	case bodyTag:
		if p.seenBody {
			return false
		}
		p.seenBody = true
	}
	if p.inHead && tag.rule&inHead == 0 {
		p.leaveHead()
	}
	if tag.rule&part != 0 && p.last[tableTag] < 0 {
		return false
	}
	p.imply(id)
	if tag.rule&void != 0 || selfClosing && p.foreign() {
		p.add(id, lo, hi)
	} else {
		p.push(id, lo, hi)
	}
	return true
}

// foreign tells that the page is inside a drawing or formula, where <title/> is
// a whole element and <style> holds markup.
func (p *parser) foreign() bool { return p.last[svgTag] >= 0 || p.last[mathTag] >= 0 }

// imply closes what the start of an element closes.
func (p *parser) imply(id int32) {
	tag := &p.t.tags[id]
	if tag.rule&endsPara != 0 {
		p.close(pTag, paraScope)
	}
	if tag.rule&heading != 0 {
		if top := p.stack[len(p.stack)-1]; p.t.tags[top.tag].rule&heading != 0 {
			p.popTo(int32(len(p.stack)) - 1)
		}
	}
	switch id {
	case liTag:
		p.close(liTag, itemScope)
		p.close(pTag, paraScope)
	case dtTag, ddTag:
		if !p.close(dtTag, itemScope) {
			p.close(ddTag, itemScope)
		}
		p.close(pTag, paraScope)
	case optionTag:
		p.close(optionTag, inlineScope)
	case optgroupTag:
		p.close(optgroupTag, inlineScope)
	case tbodyTag, theadTag, tfootTag, colgroupTag:
		for _, part := range [...]int32{tbodyTag, theadTag, tfootTag, captionTag, colgroupTag} {
			p.close(part, tableScope)
		}
	case trTag:
		p.close(trTag, tableScope)
	case tdTag, thTag:
		if !p.close(tdTag, tableScope) {
			p.close(thTag, tableScope)
		}
	}
}

// end takes an end tag.
func (p *parser) end(id int32, lo, hi int) {
	tag := &p.t.tags[id]
	switch {
	case id == bodyTag || id == htmlTag:
		p.ended = true // what follows belongs to the body all the same
	case id == headTag:
		if p.inHead {
			p.leaveHead()
		}
	case tag.name == "br":
		p.add(id, lo, hi)
	case tag.rule&heading != 0:
		p.endHeading()
	case !p.close(id, tag.end) && id == pTag:
		p.imply(id)
		p.add(id, lo, hi) // </p> alone is an empty paragraph
	}
}

// endHeading closes the innermost open heading, whatever its level.
func (p *parser) endHeading() {
	at := int32(-1)
	for h := h1Tag; h <= h6Tag; h++ {
		at = max(at, p.last[h])
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
