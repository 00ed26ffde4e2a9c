package dom

// rule is what the HTML standard says of an element as far as it matters here:
// which open elements its tags close, and how its text is set.
type rule uint16

const (
	void     rule = 1 << iota // has no end tag
	special                   // end tags of inline elements do not reach past it
	endsPara                  // its start tag closes an open <p>
	heading                   // h1 to h6: each closes any other
	part                      // td, tr, tbody, …: nothing outside a table
	inHead                    // may stand in <head>
	hidden                    // its text is never shown
	line                      // starts on a line of its own
	para                      // set off by blank lines
)

var rules = map[string]rule{
	"address": special | endsPara | line, "article": special | endsPara | line, "aside": special | endsPara | line,
	"blockquote": special | endsPara | para, "body": special | line, "button": special | hidden,
	"center": special | endsPara | line, "dd": special | line, "details": special | endsPara | line, "dialog": special | endsPara | line,
	"dir": special | endsPara | para, "div": special | endsPara | line, "dl": special | endsPara | para, "dt": special | line,
	"fieldset": special | endsPara | line, "figcaption": special | endsPara | line, "figure": special | endsPara | para,
	"footer": special | endsPara | line, "form": special | endsPara | line, "head": special, "header": special | endsPara | line,
	"hgroup": special | endsPara | line, "html": special, "iframe": special | hidden, "li": special | line, "listing": special | endsPara | para,
	"main": special | endsPara | line, "marquee": special, "menu": special | endsPara | para, "nav": special | endsPara | line,
	"noembed": special | hidden, "noframes": special | inHead | hidden, "noscript": special | inHead | hidden, "object": special | hidden,
	"ol": special | endsPara | para, "p": special | endsPara | para, "plaintext": special | endsPara | para, "pre": special | endsPara | para,
	"search": special | endsPara | line, "section": special | endsPara | line, "select": special | hidden,
	"summary": special | endsPara | line, "template": special | inHead | hidden, "textarea": special | hidden,
	"ul": special | endsPara | para, "xmp": special | endsPara | hidden, "applet": special | hidden,
	"option": line, "optgroup": line, "audio": hidden, "video": hidden, "svg": hidden, "math": hidden, "canvas": hidden,

	"h1": special | endsPara | heading | para, "h2": special | endsPara | heading | para, "h3": special | endsPara | heading | para,
	"h4": special | endsPara | heading | para, "h5": special | endsPara | heading | para, "h6": special | endsPara | heading | para,

	"table": special | endsPara | para, "caption": special | part | line, "colgroup": special | part | hidden,
	"tbody": special | part, "thead": special | part, "tfoot": special | part, "tr": special | part | line, "td": special | part, "th": special | part,

	"area": void, "base": void | inHead, "basefont": void | inHead, "bgsound": void | inHead, "br": void, "col": void, "embed": void,
	"frame": void, "hr": void | endsPara | para, "image": void, "img": void, "input": void, "keygen": void | hidden, "link": void | inHead,
	"meta": void | inHead, "param": void, "source": void, "track": void, "wbr": void,

	"script": special | inHead | hidden, "style": special | inHead | hidden, "title": special | inHead | hidden,
}

// The names that the parser asks for have the same number in every tree.
const (
	textTag int32 = iota
	pageTag
	htmlTag
	headTag
	bodyTag
	pTag
	liTag
	dtTag
	ddTag
	optionTag
	optgroupTag
	tableTag
	tbodyTag
	theadTag
	tfootTag
	captionTag
	colgroupTag
	trTag
	tdTag
	thTag
	svgTag
	mathTag
	h1Tag
	h2Tag
	h3Tag
	h4Tag
	h5Tag
	h6Tag
)

var knownTags = newKnown("#text", "#page", "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "table", "tbody", "thead", "tfoot", "caption", "colgroup",
	"tr", "td", "th", "svg", "math", "h1", "h2", "h3", "h4", "h5", "h6")

// startTags are the tags of those.
var startTags = func() (tags []tag) {
	for _, name := range knownTags.names {
		tags = append(tags, newTag(name))
	}
	return tags
}()

func newTag(name string) tag {
	r := rules[name]
	return tag{name, r, fences(name, r), endScope(name, r)}
}

// scope is a kind of fence in the stack of open elements: a search for an open
// element does not go past the nearest fence of its kind (section 13.2.4.2 of
// the HTML standard, "has an element in scope").
type scope uint8

const (
	inlineScope scope = iota // up to any special element
	blockScope               // "in scope"
	paraScope                // "in button scope"
	listScope                // "in list item scope"
	itemScope                // what <li>, <dt> and <dd> look through: special elements but address, div and p
	tableScope
	scopes
)

// fences tells at which scopes an element of the given name and rule is one.
func fences(name string, r rule) (f [scopes]bool) {
	f[inlineScope] = r&special != 0
	f[itemScope] = r&special != 0 && name != "address" && name != "div" && name != "p"
	switch name {
	case "html", "table", "template":
		f[tableScope] = true
		fallthrough
	case "applet", "caption", "td", "th", "marquee", "object":
		f[blockScope], f[paraScope], f[listScope] = true, true, true
	case "button":
		f[paraScope] = true
	case "ol", "ul":
		f[listScope] = true
	}
	return f
}

// endScope is how far an end tag looks for its start tag.
func endScope(name string, r rule) scope {
	switch {
	case name == "p":
		return paraScope
	case name == "li":
		return listScope
	case r&part != 0 || name == "table":
		return tableScope
	case r&special != 0:
		return blockScope
	}
	return inlineScope
}
