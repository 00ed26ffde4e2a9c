package html_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	nethtml "golang.org/x/net/html"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/render/chart"
	"threadheat/render/html"
	"threadheat/render/internal/sample"
)

func page(t testing.TB, r *render.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := html.Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// seen is what a reader of the markup finds.
type seen struct {
	depth int      // of the deepest element
	texts []string // of the comments, in order
	marks int
	ids   map[string]bool
	refs  []string
	flow  []string // element names in order of opening
}

var void = []string{"meta", "input", "br", "hr", "img", "link", "area", "base", "col", "embed", "source", "track", "wbr"}

// read goes over a page tag by tag and checks what must hold of any: it is
// balanced, IDs are unique, links lead somewhere inside, nothing is loaded and
// nothing runs but the page's own script.
func read(t testing.TB, page []byte) seen {
	t.Helper()
	if !utf8.Valid(page) {
		t.Error("the page is not UTF-8")
	}
	s := seen{ids: map[string]bool{}}
	var open []string
	text := 0 // depth at which the text of a comment began
	scripts := 0
	z := nethtml.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			break
		}
		raw := string(z.Raw())
		token := z.Token()
		switch kind {
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			s.flow = append(s.flow, token.Data)
			class := attribute(token, "class")
			checkTag(t, &s, token)
			if token.Data == "script" {
				scripts++
			}
			if token.Data == "mark" {
				s.marks++
			}
			if slices.Contains(void, token.Data) || strings.HasSuffix(raw, "/>") {
				continue
			}
			open = append(open, token.Data)
			s.depth = max(s.depth, len(open))
			if token.Data == "div" && class == "text" {
				text = len(open)
				s.texts = append(s.texts, "")
			}
		case nethtml.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v", token.Data, open[max(0, len(open)-5):])
			}
			if len(open) == text {
				text = 0
			}
			open = open[:len(open)-1]
		case nethtml.TextToken:
			if text > 0 {
				s.texts[len(s.texts)-1] += token.Data
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("left open: %v", open)
	}
	if scripts != 1 {
		t.Errorf("%d scripts, want the page's own", scripts)
	}
	for _, ref := range s.refs {
		if !s.ids[ref] {
			t.Errorf("a link leads to #%s, which is not on the page", ref)
		}
	}
	return s
}

func attribute(t nethtml.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func checkTag(t testing.TB, s *seen, token nethtml.Token) {
	t.Helper()
	if slices.Contains([]string{"link", "iframe", "object", "embed", "img", "base", "image", "use", "animate", "foreignobject"}, token.Data) {
		t.Errorf("the page holds a <%s>", token.Data)
	}
	for _, a := range token.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"):
			t.Errorf("<%s> has the handler %s", token.Data, a.Key)
		case a.Key == "src" || a.Key == "srcset" || a.Key == "action" || a.Key == "formaction":
			t.Errorf("<%s> loads %s=%q", token.Data, a.Key, a.Val)
		case a.Key == "href" || a.Key == "xlink:href":
			if !strings.HasPrefix(a.Val, "#") {
				t.Errorf("<%s> links outside: %q", token.Data, a.Val)
			}
			s.refs = append(s.refs, strings.TrimPrefix(a.Val, "#"))
		case a.Key == "id":
			if s.ids[a.Val] {
				t.Errorf("the id %q stands twice", a.Val)
			}
			s.ids[a.Val] = true
		case a.Key == "style" && strings.Contains(a.Val, "url("):
			t.Errorf("<%s> loads by style %q", token.Data, a.Val)
		}
	}
}

func texts(r *render.Report) []string {
	var out []string
	for _, n := range sample.Nodes(r) {
		out = append(out, n.Text)
	}
	return out
}

func TestPage(t *testing.T) {
	r := sample.Report(metrics.English)
	got := page(t, r)
	sample.Golden(t, "report.html", got)
	s := read(t, got)
	if d := cmp.Diff(texts(r), s.texts); d != "" {
		t.Errorf("texts of the comments (-want +got):\n%s", d)
	}
	if s.marks != 3 {
		t.Errorf("%d marked words, want 3", s.marks)
	}
	for _, want := range []string{
		`<mark class="m3" title="second person: 50%">You</mark>`,
		`<time datetime="2023-02-01T09:40:00">1 Feb 2023, 09:40</time>`,
		`<path d="M0 20L60 0" style="stroke:#000"/>`, // the figure, as it is
		`<path d="M0 20L60 0" style="stroke:#fff"/>`, // by night
		`Too few comments have a time.`,
		`<bdi class="who">Zoë 漢字 ابن</bdi>`,
		`<a class="up" href="#c-1">`,
		"<summary>3\u00a0replies</summary>",
		`<html lang="en">`,
	} {
		if n := bytes.Count(got, []byte(want)); n != 1 {
			t.Errorf("%s stands %d times, want once", want, n)
		}
	}
}

func TestNothingIsLoaded(t *testing.T) {
	got := string(page(t, sample.Report(metrics.French)))
	for _, bad := range []string{"@import", "url(", "<link", "src=", "http://", "https://", "fetch(", "XMLHttpRequest", "eval("} {
		// The namespace of SVG is a name, not an address.
		if strings.Contains(strings.ReplaceAll(got, `xmlns="http://www.w3.org/2000/svg"`, ""), bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestPolicyAllowsTheScript(t *testing.T) {
	got := page(t, sample.Report(metrics.English))
	m := regexp.MustCompile(`(?s)<script>(.*)</script>`).FindSubmatch(got)
	if m == nil {
		t.Fatal("no script")
	}
	sum := sha256.Sum256(m[1])
	want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
	z := nethtml.NewTokenizer(bytes.NewReader(got))
	for {
		if z.Next() == nethtml.ErrorToken {
			t.Fatal("no content policy")
		}
		token := z.Token()
		if attribute(token, "http-equiv") != "Content-Security-Policy" {
			continue
		}
		if policy := attribute(token, "content"); !strings.Contains(policy, want) || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("the policy %q does not allow %s alone", policy, want)
		}
		return
	}
}

func TestHostile(t *testing.T) {
	for _, l := range metrics.Langs {
		r := sample.HostileReport(l)
		got := page(t, r)
		s := read(t, got)
		if bytes.Contains(got, []byte("<script>alert")) {
			t.Errorf("%s: a stranger's script stands in the page", l)
		}
		if len(s.texts) != 5 {
			t.Errorf("%s: %d texts, want 5", l, len(s.texts))
		}
		for _, text := range s.texts {
			if !strings.HasPrefix(text, "<script>alert(1)</script>\"'`&amp; ]]> --> {{.}}") {
				t.Errorf("%s: a text reads %q", l, text)
			}
		}
	}
}

func TestSameBytesTwice(t *testing.T) {
	if !bytes.Equal(page(t, sample.Report(metrics.English)), page(t, sample.Report(metrics.English))) {
		t.Error("two runs differ")
	}
}

func TestWords(t *testing.T) {
	en, fr := page(t, sample.Report(metrics.English)), page(t, sample.Report(metrics.French))
	for _, want := range []string{"hottest first", "Skip to the content", "3\u00a0replies"} {
		if !bytes.Contains(en, []byte(want)) || bytes.Contains(fr, []byte(want)) {
			t.Errorf("%q should stand in the English page and not in the French one", want)
		}
	}
	for _, want := range []string{"les plus chauds d’abord", "Aller au contenu", "3\u00a0réponses", "second person\u202f: 50\u202f%"} {
		if !bytes.Contains(fr, []byte(want)) || bytes.Contains(en, []byte(want)) {
			t.Errorf("%q should stand in the French page and not in the English one", want)
		}
	}
}

// Two drawings that say the same have the same IDs in them.
func TestFiguresAlike(t *testing.T) {
	const svg = `<?xml version="1.0"?><svg aria-labelledby="heat-0123-title heat-0123-desc"><title id="heat-0123-title">a</title><desc id="heat-0123-desc">b</desc></svg>`
	r := &render.Report{Sections: []render.Section{{ID: "a", Title: "A", Blocks: []render.Block{
		&render.Figure{ID: "figure-1", SVG: []byte(svg), Dark: []byte(svg)},
		&render.Figure{ID: "figure-2", SVG: []byte(svg), Dark: []byte(svg)},
	}}}}
	got := page(t, r)
	s := read(t, got)
	for _, id := range []string{"figure-1-title", "figure-1-dark-desc", "figure-2-title", "figure-2-dark-desc"} {
		if !s.ids[id] {
			t.Errorf("no element has the id %s", id)
		}
	}
	if bytes.Contains(got, []byte("heat-0123")) || bytes.Contains(got, []byte("<?xml")) {
		t.Error("what stands before the drawing, or its old IDs, are left")
	}
}

func TestSmall(t *testing.T) {
	for _, c := range []struct {
		name string
		r    *render.Report
	}{
		{"nothing at all", &render.Report{}},
		{"empty tree", sample.Chain(0)},
		{"one comment", sample.Chain(1)},
		{"empty table", &render.Report{Sections: []render.Section{{ID: "a", Title: "A", Blocks: []render.Block{&render.Table{ID: "t"}}}}}},
		{"parts", &render.Report{Parts: []*render.Report{part("t1-"), part("t2-")}}},
	} {
		t.Run(c.name, func(t *testing.T) { read(t, page(t, c.r)) })
	}
}

// part is Chain(2) with a prefix to its IDs.
func part(prefix string) *render.Report {
	r := sample.Chain(2)
	r.Prefix = prefix
	r.Sections[0].ID = prefix + r.Sections[0].ID
	tree := r.Sections[0].Blocks[0].(*render.Tree)
	tree.ID = prefix + tree.ID
	for i := range tree.Nodes {
		tree.Nodes[i].ID = prefix + tree.Nodes[i].ID
	}
	return r
}

// Chromium's parser flattens beyond 512 open elements, and every level of
// nesting costs layout time.
const maxElements = 150

func TestDeepAndWide(t *testing.T) {
	for _, c := range []struct {
		name string
		r    *render.Report
		n    int
	}{
		{"10,000 levels", sample.Chain(10_000), 10_000},
		{"20,000 answers", sample.Star(20_000), 20_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := page(t, c.r)
			s := read(t, got)
			if s.depth > maxElements {
				t.Errorf("%d elements are open at once, want at most %d", s.depth, maxElements)
			}
			if !slices.Equal(texts(c.r), s.texts) {
				t.Error("not every text stands once, in order")
			}
			if per := len(got) / c.n; per > 1200 {
				t.Errorf("%d bytes a comment, want at most 1200", per)
			}
		})
	}
	if deep := page(t, sample.Chain(40)); !bytes.Contains(deep, []byte(`aria-level="40"`)) {
		t.Error("a comment beyond the nested levels does not tell its level")
	}
}

// The tree's markup must be balanced whatever the depths are.
func TestAnyDepths(t *testing.T) {
	for a := range 4 {
		for b := range 4 {
			for c := range 4 {
				for d := range 4 {
					r := sample.Chain(4)
					for i, depth := range []int{a, b, c, d} {
						sample.Nodes(r)[i].Depth = depth - 1
					}
					if got := read(t, page(t, r)); len(got.texts) != 4 {
						t.Fatalf("depths %d %d %d %d: %d texts", a, b, c, d, len(got.texts))
					}
				}
			}
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range []string{"", "plain", sample.Hostile, "\xff\xfe", "</style></script><svg onload=1>", "--><!--", "\u2028\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := sample.Spoil(sample.Report(metrics.English), s)
		got := read(t, page(t, r))
		if len(got.texts) != 5 {
			t.Errorf("%d texts, want 5", len(got.texts))
		}
	})
}

func BenchmarkRender(b *testing.B) {
	r := sample.Star(20_000)
	for b.Loop() {
		var out bytes.Buffer
		if err := html.Render(&out, r); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(out.Len()))
	}
	b.ReportMetric(float64(len(sample.Nodes(r))), "comments")
}

// The swatches of the page have the colours of its figures, light and dark.
func TestSwatchesAreColouredAsFigures(t *testing.T) {
	css, err := os.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, dark := range []bool{false, true} {
		var want strings.Builder
		for k := range 11 {
			fmt.Fprintf(&want, "--h%d:%s;", k, chart.HeatColour(float64(k)/10, dark))
		}
		if !strings.Contains(string(css), strings.TrimSuffix(want.String(), ";")) {
			t.Errorf("style.css (dark %v) has other colours than %s", dark, want.String())
		}
	}
}
