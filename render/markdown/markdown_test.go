package markdown_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/render/internal/sample"
	"threadheat/render/markdown"
)

func write(t testing.TB, r *render.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := markdown.Render(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	ownTags = regexp.MustCompile(`<a id="[a-z0-9-]*"></a>|</?details>|</?summary>`)
	summary = regexp.MustCompile(`<summary>[^<]*</summary>`)
	ref     = regexp.MustCompile(`[^\\]\]\(#([a-z0-9-]+)\)`)
	escaped = regexp.MustCompile(`\\[!-/:-@\[-` + "`" + `{-~]`)
)

// check tells what must hold of any output: the only markup is our own, rows of
// a table have as many cells as its head, links lead somewhere inside.
func check(t testing.TB, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Error("not UTF-8")
	}
	for _, r := range s {
		if r != '\n' && unicode.IsControl(r) {
			t.Fatalf("the control character %U is written", r)
		}
	}
	// What stands in a summary is HTML, where a backslash escapes nothing and
	// < is written &lt;.
	bare := escaped.ReplaceAllString(summary.ReplaceAllString(s, ""), "")
	for line := range strings.Lines(bare) {
		if left := ownTags.ReplaceAllString(line, ""); strings.ContainsAny(strings.TrimLeft(left, " >"), "<`") {
			t.Errorf("markup of a stranger: %q", line)
		}
	}
	cells := 0
	for line := range strings.Lines(bare) {
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := strings.Count(line, "|")
		if cells != 0 && n != cells {
			t.Errorf("a row has %d borders, the one before %d: %q", n, cells, line)
		}
		cells = n
	}
	for _, m := range ref.FindAllStringSubmatch(s, -1) {
		if n := strings.Count(s, `<a id="`+m[1]+`"></a>`); n != 1 {
			t.Errorf("#%s is there %d times, want once", m[1], n)
		}
	}
}

func TestReport(t *testing.T) {
	got := write(t, sample.Report(metrics.English))
	sample.Golden(t, "report.md", []byte(got))
	check(t, got)
	for _, want := range []string{
		"> You will be the FIRST to complain!!!\n",
		"There are [5 comments](#tree) by 3 people.",
		"  - <a id=\"c-2\"></a>**old miller** · 1 Feb 2023, 09:40 · heat 0.62 · drift 0.80\n",
		"|---|--:|--:|\n",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q stands %d times, want once", want, strings.Count(got, want))
		}
	}
}

func TestHostile(t *testing.T) {
	for _, l := range metrics.Langs {
		check(t, write(t, sample.HostileReport(l)))
	}
}

// A text must not turn into a list, a heading, a rule or code.
func TestLineStarts(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"1. one", `1\. one`},
		{"23) one", `23\) one`},
		{"- one", `\- one`},
		{"+ one", `\+ one`},
		{"* one", `\* one`},
		{"# one", `\# one`},
		{"===", `\===`},
		{"> one", `\> one`},
		{"    one", `one`},
		{"2.5 is a number", `2\.5 is a number`},
		{"12 things", `12 things`},
	} {
		r := sample.Chain(1)
		sample.Nodes(r)[0].Text = c.in
		want := strings.TrimRight("\n  > "+c.want, " ") + "\n"
		if got := write(t, r); !strings.Contains(got, want) {
			t.Errorf("%q is not written as %q:\n%s", c.in, want, got)
		}
	}
}

func TestDeep(t *testing.T) {
	got := write(t, sample.Chain(10_000))
	check(t, got)
	if per := len(got) / 10_000; per > 300 {
		t.Errorf("%d bytes a comment, want at most 300", per)
	}
	if !strings.Contains(got, "level 10000") {
		t.Error("a deep comment does not tell its level")
	}
	check(t, write(t, sample.Chain(0)))
	check(t, write(t, &render.Report{}))
}

func FuzzRender(f *testing.F) {
	for _, s := range []string{"", sample.Hostile, "\xff", "|", "\\", "```", "1.", "    code", "a\n\n# b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		check(t, write(t, sample.Spoil(sample.Report(metrics.English), s)))
	})
}
