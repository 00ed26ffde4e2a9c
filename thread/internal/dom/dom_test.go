package dom

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// outline writes the elements below n as "div(p(b) ul(li li))".
func outline(t *Tree, n Node) string {
	var b strings.Builder
	space := false
	var open []Node
	for c := range t.Below(n, nil) {
		for len(open) > 0 && t.End(open[len(open)-1]) <= c {
			b.WriteByte(')')
			open, space = open[:len(open)-1], true
		}
		if t.IsText(c) {
			continue
		}
		if space {
			b.WriteByte(' ')
		}
		b.WriteString(t.Tag(c))
		space = true
		if hasElement(t, c) {
			b.WriteByte('(')
			open, space = append(open, c), false
		}
	}
	return b.String() + strings.Repeat(")", len(open))
}

func hasElement(t *Tree, n Node) bool {
	for c := range t.Children(n) {
		if !t.IsText(c) {
			return true
		}
	}
	return false
}

func TestImpliedEndTags(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"paragraphs", "<p>a<p>b", "p p"},
		{"a block ends a paragraph", "<p>a<div>b</div>", "p div"},
		{"inline elements do not", "<p>a<b>b</b>c", "p(b)"},
		{"list items", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul(li li(ul(li)) li)"},
		{"list items through boxes", "<ul><li><div>a<li>b</ul>", "ul(li(div) li)"},
		{"an end tag of an item outside its list", "<li>a<ul></li><li>b</ul>", "li(ul(li))"},
		{"terms", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "dl(dt dd dt dd)"},
		{"cells and rows", "<table><tr><td>a<td>b<tr><th>c<td>d</table>", "table(tr(td td) tr(th td))"},
		{"a table in a cell", "<table><tr><td><table><tr><td>a</table>b<td>c</table>", "table(tr(td(table(tr(td))) td))"},
		{"cells outside tables are no elements", "<div><td>a</div>b", "div"},
		{"sections of tables", "<table><thead><tr><td>a<tbody><tr><td>b</table>", "table(thead(tr(td)) tbody(tr(td)))"},
		{"options", "<select><option>a<option>b</select>", "select(option option)"},
		{"void elements", "<div><br><img src=a><hr></div><p>", "div(br img hr) p"},
		{"void elements with a slash", "<p>a<br/>b", "p(br)"},
		{"others with a slash are open", "<div/><p>a", "div(p)"},
		{"but not in drawings", "<svg><path/><path/></svg><p>", "svg(path path) p"},
		{"end tags without a start", "</div></b><p>a</p></span>", "p"},
		{"an end tag does not reach past a cell", "<div><table><tr><td></div>a</td></tr></table></div><p>", "div(table(tr(td))) p"},
		{"inline end tags do not reach past a block", "<b><div></b>a</div>", "b(div)"},
		{"misnested blocks", "<div><section></div><p>", "div(section) p"},
		{"</br> is a break", "a</br>b", "br"},
		{"</p> alone is a paragraph", "a</p>b", "p"},
		{"headings end one another", "<h1>a<h2>b</h1>c", "h1 h2"},
		{"head ends where the text begins", "<head><title>a</title><p>b", "head(title) p"},
		{"scripts hold no elements", "<script>if (a<b) '<p>'</script><p>", "script p"},
		{"noscript does", "<noscript><p>a</noscript>", "noscript(p)"},
		{"upper case", "<DIV><P>a</DIV>", "div(p)"},
		{"unknown elements", "<x-card><x-card>a</x-card></x-card><i>", "x-card(x-card) i"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := outline(Parse(c.page), Root); got != c.want {
				t.Errorf("Parse(%q) = %s, want %s", c.page, got, c.want)
			}
		})
	}
}

// The parser of x/net/html is the slow twin, on soups of those elements for
// which it moves no nodes.
func TestAgreesWithParser(t *testing.T) {
	names := []string{"div", "p", "ul", "ol", "li", "span", "blockquote", "h2", "h3", "section", "dl", "dt", "dd", "article", "pre", "br", "img", "address", "x-y"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		b.WriteString("<!doctype html><html><head></head><body>")
		for range r.IntN(25) {
			name := names[r.IntN(len(names))]
			switch {
			case r.IntN(5) < 3:
				fmt.Fprintf(&b, "<%s>", name)
			case name != "br" && name != "img":
				fmt.Fprintf(&b, "</%s>", name)
			}
			if r.IntN(3) == 0 {
				b.WriteString("x")
			}
		}
		page := b.String()
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := outline(Parse(page), Root), slowOutline(doc); got != want {
			t.Fatalf("Parse(%s)\n got %s\nwant %s", page, got, want)
		}
	}
}

func slowOutline(n *html.Node) string {
	var parts []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			s := c.Data
			if in := slowOutline(c); in != "" {
				s += "(" + in + ")"
			}
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func TestAttributes(t *testing.T) {
	p := Parse(`<p ID=a class="x  y&amp;z" hidden data-n='1 "2"' class="late">t</p><b>`)
	n := p.First(Root, Select("p"), nil)
	for key, want := range map[string]string{"id": "a", "class": "x  y&z", "hidden": "", "data-n": `1 "2"`} {
		if got, ok := p.Attr(n, key); !ok || got != want {
			t.Errorf("Attr(%s) = %q, %v, want %q", key, got, ok, want)
		}
	}
	if _, ok := p.Attr(n, "title"); ok {
		t.Error("Attr(title) is there, want none")
	}
	if _, ok := p.Attr(p.First(Root, Select("b"), nil), "id"); ok {
		t.Error("the last element has an attribute of the first")
	}
	for class, want := range map[string]bool{"x": true, "y&z": true, "y": false, "z": false, "": false, "late": false} {
		if got := p.HasClass(n, class); got != want {
			t.Errorf("HasClass(%q) = %v, want %v", class, got, want)
		}
	}
}

func TestHasField(t *testing.T) {
	for _, c := range []struct {
		s, field string
		want     bool
	}{{"xx", "x", false}, {"xx x", "x", true}, {"x-y x", "x", true}, {"ax", "x", false}, {"a\tx\n", "x", true}, {"", "x", false}, {"xxx", "xx", false}} {
		if got := hasField(c.s, c.field); got != c.want {
			t.Errorf("hasField(%q, %q) = %v, want %v", c.s, c.field, got, c.want)
		}
	}
}

func TestSelect(t *testing.T) {
	page := Parse(`<div id=a class="comment depth-1"><footer><b class=fn><a rel="external nofollow" href="/x#c-1">A</a></b><time datetime=2020>d</time></footer>` +
		`<section class="content"><p>one<p><a href=y>two</a></section></div><div id=b><time>e</time></div>`)
	for _, c := range []struct {
		selector string
		want     []string // tag, and #id where there is one
	}{
		{"div", []string{"div#a", "div#b"}},
		{"#b", []string{"div#b"}},
		{".fn", []string{"b"}},
		{"div.comment.depth-1", []string{"div#a"}},
		{"div.comment.depth-2", nil},
		{"[datetime]", []string{"time"}},
		{"time, b", []string{"b", "time", "time"}},
		{"footer a", []string{"a"}},
		{"div a", []string{"a", "a"}},
		{"footer > a", nil},
		{"b.fn > a", []string{"a"}},
		{"div > footer > b a", []string{"a"}},
		{"[rel~=nofollow]", []string{"a"}},
		{"[rel=nofollow]", nil},
		{"[href*=#c-]", []string{"a"}},
		{"[href^=/x]", []string{"a"}},
		{"[href$=-1]", []string{"a"}},
		{"[class*=depth]", []string{"div#a"}},
		{"p a", []string{"a"}},
	} {
		t.Run(c.selector, func(t *testing.T) {
			var got []string
			for n := range page.All(Root, Select(c.selector), nil) {
				s := page.Tag(n)
				if id := page.Get(n, "id"); id != "" {
					s += "#" + id
				}
				got = append(got, s)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSelectMalformed(t *testing.T) {
	for _, s := range []string{"", "a,", "> a", "a >", "[x", "a..b", "#", "[=x]", "[x=]", `[rel="a b"]`} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Select(%q) does not panic", s)
				}
			}()
			Select(s)
		}()
	}
}

func TestBest(t *testing.T) {
	p := Parse(`<i>1</i><b>2</b><u class=skip><s>3</s></u><b>4</b>`)
	prefer := []*Selector{Select("s"), Select("b"), Select("i")}
	if n, rank := p.Best(Root, prefer, nil); p.Line(n, nil) != "3" || rank != 0 {
		t.Errorf("Best = %q, %d, want 3, 0", p.Line(n, nil), rank)
	}
	skip := func(n Node) bool { return p.HasClass(n, "skip") }
	if n, rank := p.Best(Root, prefer, skip); p.Line(n, nil) != "2" || rank != 1 {
		t.Errorf("Best without .skip = %q, %d, want 2, 1", p.Line(n, nil), rank)
	}
	if n, rank := p.Best(Root, []*Selector{Select("q")}, nil); n != None || rank != -1 {
		t.Errorf("Best of nothing = %d, %d, want None, -1", n, rank)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"empty", "", ""},
		{"white space only", " <p> \n </p> &nbsp;", ""},
		{"white space is folded", " a \n\t b<b> c</b>d ", "a b cd"},
		{"no-break spaces are kept", "a&nbsp;: b", "a\u00a0: b"},
		{"entities", "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#8217;", "<script>alert(1)</script> &amp; ’"},
		{"paragraphs", "<p>a</p>\n<p>b</p>c", "a\n\nb\n\nc"},
		{"empty paragraphs", "<p>a</p><p></p><p>&nbsp;</p><p>b</p>", "a\n\n\u00a0\n\nb"},
		{"boxes", "<div>a</div><div>b<div>c</div></div>d", "a\nb\nc\nd"},
		{"breaks", "a<br>b<br/>\nc<br><br>d<br><br><br>e<br>", "a\nb\nc\n\nd\n\ne"},
		{"bullets", "a<ul><li>b<li>c<ul><li>d</ul></ul>e", "a\n\n- b\n- c\n  - d\n\ne"},
		{"numbers", "<ol><li>a<p>b</p><li>c</ol><ol start=4><li>d</ol>", "1. a\n\n  b\n\n2. c\n\n4. d"},
		{"quotation", "a<blockquote><p>b</p><p>c<br>d</p></blockquote>e", "a\n\n> b\n>\n> c\n> d\n\ne"},
		{"quotation in quotation", "<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"},
		{"list in quotation", "<blockquote><ul><li>a<li>b</ul></blockquote>", "> - a\n> - b"},
		{"preformatted", "a<pre>  b\n\n\n c</pre>d", "a\n\n  b\n\n\n c\n\nd"},
		{"tables", "<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"},
		{"headings", "<h2>a</h2>b", "a\n\nb"},
		{"hidden things", `a<script>b</script><style>c</style><p hidden>d</p><i style="color:red;display : none">e</i><span class="x screen-reader-text">f</span><textarea>g</textarea><noscript>h</noscript><svg><title>i</title></svg><!-- j -->k`, "ak"},
		{"images", `a<img src=x.png alt="a cat">b <img class="wp-smiley" alt=":-)" src=x> <img src="https://s.w.org/images/core/emoji/13/svg/1f600.svg" alt="😀">`, "ab :-) 😀"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Parse(c.page).Text(Root, nil); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.page, got, c.want)
			}
		})
	}
}

func TestTextSkips(t *testing.T) {
	p := Parse("<div>a<p class=reply>Reply</p>b</div>")
	if got, want := p.Text(Root, func(n Node) bool { return p.HasClass(n, "reply") }), "ab"; got != want {
		t.Errorf("Text without .reply = %q, want %q", got, want)
	}
}

func TestTextQuoting(t *testing.T) {
	p := Parse("<div>a<div class=quote>b<ul><li>c</ul><blockquote>d</blockquote></div>e</div>")
	cited := func(n Node) bool { return p.HasClass(n, "quote") }
	if got, want := p.TextQuoting(Root, nil, cited), "a\n\n> b\n>\n> - c\n>\n> > d\n\ne"; got != want {
		t.Errorf("TextQuoting = %q, want %q", got, want)
	}
}

func TestLine(t *testing.T) {
	p := Parse("<h2> 3\n thoughts<br>on <i>“A”</i> <script>x</script><p>b</p>c<img class=emoji alt=☂></h2>")
	if got, want := p.Line(Root, nil), "3 thoughts on “A” b c☂"; got != want {
		t.Errorf("Line = %q, want %q", got, want)
	}
}

func TestContent(t *testing.T) {
	p := Parse(`<title>a &amp; b</title><script type="application/ld+json">{"a":"&amp;<p>"}</script><p>c</p>`)
	for sel, want := range map[string]string{"title": "a & b", "script": `{"a":"&amp;<p>"}`} {
		if got := p.Content(p.First(Root, Select(sel), nil)); got != want {
			t.Errorf("Content(%s) = %q, want %q", sel, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for page, want := range map[string]string{
		"<html><body><div><p>a</div></body></html>": "",
		"<body><p>a<ul><li>b</ul>":                  "",
		"<div>a</div><p>b":                          "",
		"<div><p>a":                                 "the page ends before <div> is closed",
		"<p>a<a href=\"x":                           "the page ends inside a tag",
		"<div>a</body>":                             "",
		"":                                          "",
	} {
		if got := Parse(page).Cut(); got != want {
			t.Errorf("Cut(%q) = %q, want %q", page, got, want)
		}
	}
}

func TestCharset(t *testing.T) {
	for page, want := range map[string]string{
		`<head><meta charset="ISO-8859-1">`:                                          "iso-8859-1",
		`<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">`: "windows-1251",
		`<META content='text/html; charset=EUC-JP' http-equiv=x>`:                    "euc-jp",
		`<meta charset="utf-16">`:                                                    "",
		`<meta name="description" content="no charset here">`:                        "",
		strings.Repeat(" ", 5000) + `<meta charset="koi8-r">`:                        "",
		`<meta name=viewport content="width=1"><meta charset=utf-8>`:                 "utf-8",
		`<link href="a" charset="big5"><p>meta charset=big5</p>`:                     "",
	} {
		if got := Charset([]byte(page)); got != want {
			t.Errorf("Charset(%.60q) = %q, want %q", page, got, want)
		}
	}
}

func TestMeta(t *testing.T) {
	p := Parse(`<meta property="og:title" content=""><meta name="twitter:title" content=" b "><meta property=og:title content=c>`)
	for _, c := range []struct {
		keys []string
		want string
	}{{[]string{"og:title", "twitter:title"}, "c"}, {[]string{"twitter:title", "og:title"}, "b"}, {[]string{"x"}, ""}} {
		if got := p.Meta(c.keys...); got != c.want {
			t.Errorf("Meta(%v) = %q, want %q", c.keys, got, c.want)
		}
	}
}

// Attacks on the stack: each would take hours if a tag cost a walk.
func TestLinear(t *testing.T) {
	const n = 200_000
	for name, page := range map[string]string{
		"deep":                     strings.Repeat("<div>", n) + "x" + strings.Repeat("</div>", n),
		"end tags without a start": strings.Repeat("<span>", n) + strings.Repeat("</b>", n),
		"out of reach":             "<b><div>" + strings.Repeat("<span>", n) + strings.Repeat("</b>", n),
		"paragraphs in buttons":    "<p>" + strings.Repeat("<button>", n) + strings.Repeat("<p>", n),
		"quotations":               strings.Repeat("<blockquote>a", n),
		"lists":                    strings.Repeat("<ul><li>a", n),
		"tables":                   strings.Repeat("<table><tr><td>", n),
		"classes":                  strings.Repeat("<a class=x>", n),
		"attributes":               "<a " + strings.Repeat("b ", n) + ">",
		"open tag":                 strings.Repeat("<a ", n),
		"less than":                strings.Repeat("<", n),
		"open comments":            strings.Repeat("<!--", n),
		"open scripts":             strings.Repeat("<script><!--<script>", n/10),
	} {
		t.Run(name, func(t *testing.T) {
			p := Parse(page)
			check(t, p)
			if got := p.Text(Root, nil); len(got) > 20*len(page) {
				t.Errorf("Text is %d bytes long, the page %d", len(got), len(page))
			}
			for range p.All(Root, Select("a a a.x, ul ul li"), nil) {
			}
		})
	}
}

func TestDeep(t *testing.T) {
	const n = 100_000
	p := Parse(strings.Repeat("<ol><li>a", n))
	deepest, depth := Node(p.Len()-1), 0
	for range p.Ancestors(deepest) {
		depth++
	}
	if want := 2*n + 1; depth != want {
		t.Errorf("the last text stands %d deep, want %d", depth, want)
	}
}

// check tells of a tree whose arrays do not fit together.
func check(t *testing.T, p *Tree) {
	t.Helper()
	if p.Len() == 0 || p.Parent(Root) != None || int(p.End(Root)) != p.Len() {
		t.Fatalf("the root spans %d of %d nodes", p.End(Root), p.Len())
	}
	for n := Node(1); int(n) < p.Len(); n++ {
		up := p.Parent(n)
		if up < 0 || up >= n || p.End(n) <= n || p.End(n) > p.End(up) {
			t.Fatalf("node %d: parent %d (to %d), end %d", n, up, p.End(up), p.End(n))
		}
		if p.IsText(up) {
			t.Fatalf("node %d stands below text", n)
		}
		if p.Offset(n) < p.Offset(n-1) {
			t.Fatalf("node %d starts at %d, before the one before it at %d", n, p.Offset(n), p.Offset(n-1))
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "<", "</", "<!--", "<p>a<p>b", "<table><td><table></td>", "<svg><style><a></svg>", "<title>&amp", "<plaintext><p>", "a\x00b", "\xff<\xfe>",
		"<ol start=9999999999><li>a<blockquote><pre>\n\n", "<img alt=x class=emoji>", "<li><dd><li><dt>", "<h1><h2></h1>", "<template><tr></template>", "<br/></br></p>",
		"<noscript><noscript>", "<a b='c' d=\"e\" f=g h>", "<head><head><body><html></html>x",
	} {
		f.Add(s)
	}
	sel := []*Selector{Select("div p, li > a"), Select("[class~=x]")}
	f.Fuzz(func(t *testing.T, page string) {
		p := Parse(page)
		check(t, p)
		for n := range p.Below(Root, nil) {
			if n > 50 {
				break
			}
			p.Text(n, nil)
			p.Line(n, nil)
			p.Content(n)
			p.Closest(n, sel[0])
		}
		p.Best(Root, sel, p.Hidden)
		if s := p.Text(Root, nil); strings.TrimSpace(s) != "" && (strings.HasPrefix(s, "\n") || strings.HasSuffix(s, "\n")) {
			t.Errorf("Text has blank lines at its ends: %q", s)
		}
		Charset([]byte(page))
	})
}
