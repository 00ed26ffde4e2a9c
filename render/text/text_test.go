package text_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/render/internal/sample"
	"threadheat/render/text"
)

func report(t testing.TB, r *render.Report, o text.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := text.Render(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// check tells what must hold of anything that goes to a terminal.
func check(t testing.TB, s string, width int) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Error("not UTF-8")
	}
	for _, r := range s {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029') {
			t.Fatalf("the control character %U is written to the terminal", r)
		}
	}
	for line := range strings.Lines(s) {
		if w := text.Width(strings.TrimSuffix(line, "\n")); w > width {
			t.Errorf("a line is %d columns wide, want at most %d: %q", w, width, line)
		}
	}
}

func TestReport(t *testing.T) {
	r := sample.Report(metrics.English)
	got := report(t, r, text.Options{})
	sample.Golden(t, "report.txt", []byte(got))
	check(t, got, 80)
	for _, want := range []string{
		"You will be the FIRST to complain!!!",
		"└ old miller  1 Feb 2023, 09:40 · ▆ 0.62",
		"▸ Hot for second person 50% (“You”).",
		"A line that rises from 0 to 0.62.",
		"Too few comments have a time.",
	} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q stands %d times, want once", want, strings.Count(got, want))
		}
	}
	check(t, report(t, r, text.Options{Width: 100}), 100)
	check(t, report(t, r, text.Options{Width: 1}), 40)
}

func TestHostile(t *testing.T) {
	got := report(t, sample.HostileReport(metrics.French), text.Options{})
	check(t, got, 80)
	if !strings.Contains(got, "␛[31mred") {
		t.Error("an escape sequence should stay visible")
	}
}

func TestColourIsTheOnlyEscape(t *testing.T) {
	r := sample.Report(metrics.English)
	sample.Spoil(r, sample.Hostile)
	for i := range sample.Nodes(r) {
		sample.Nodes(r)[i].Heat = 0.9
	}
	got := report(t, r, text.Options{Colour: true})
	if n := strings.Count(got, "\x1b[38;5;160m"); n == 0 || n != strings.Count(got, "\x1b[0m") {
		t.Errorf("%d colours are begun, %d ended", n, strings.Count(got, "\x1b[0m"))
	}
	check(t, strings.NewReplacer("\x1b[38;5;160m", "", "\x1b[0m", "").Replace(got), 80)
	if strings.Contains(report(t, r, text.Options{}), "\x1b") {
		t.Error("an escape code without being asked for")
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "abc é 漢", "abc é 漢"},
		{"escape", "\x1b[2J", "␛[2J"},
		{"bell, delete", "\a\x7f", "␇␡"},
		{"C1", "\u009b2J", "\uFFFD2J"},
		{"tab, return", "a\tb\r\nc", "a b \nc"},
		{"direction", "a\u202eb\u2066c\u200fd", "abcd"},
		{"line separators", "a\u2028b\u0085c", "a b c"},
		{"emoji joined", "👩\u200d💻", "👩\u200d💻"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
	} {
		if got := text.Plain(c.in); got != c.want {
			t.Errorf("%s: Plain(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		s    string
		want int
	}{{"", 0}, {"abc", 3}, {"é", 1}, {"e\u0301", 1}, {"漢字", 4}, {"ａ", 2}, {"😀", 2}, {"a\u200db", 2}, {"ابن", 3}} {
		if got := text.Width(c.s); got != c.want {
			t.Errorf("Width(%q) = %d, want %d", c.s, got, c.want)
		}
	}
}

func TestTree(t *testing.T) {
	// depth: 0 1 2 1 0, and a title that is too long for its line
	tree := &render.Tree{Nodes: []render.Node{
		{Author: "ann", Parent: -1, End: 4, Text: "the first"},
		{Author: "bob", Parent: 0, Depth: 1, End: 3, HasHeat: true, Heat: 0.5, HeatText: "0.50", Text: "an answer\nof two lines"},
		{Author: "cid", Parent: 1, Depth: 2, End: 3, Time: "2023", Flags: []string{"edited"}, Text: strings.Repeat("long ", 40)},
		{Author: "dee", Parent: 0, Depth: 1, End: 4, Text: "another"},
		{Author: strings.Repeat("e", 60), Parent: -1, End: 5, Text: "the last"},
	}}
	var b bytes.Buffer
	if err := text.Tree(&b, tree, text.Options{Width: 60}); err != nil {
		t.Fatal(err)
	}
	want := `ann    the first
├ bob  ▄ 0.50  an answer of two lines
│ └ cid  2023 · edited  long long long long long long long…
└ dee    another
eeeeeeeeeeeeeeeeeeeeeee…    the last
`
	if got := b.String(); got != want {
		t.Errorf("Tree =\n%s\nwant\n%s", got, want)
	}
}

func TestDeepTree(t *testing.T) {
	var b bytes.Buffer
	if err := text.Tree(&b, sample.Tree(sample.Chain(10_000)), text.Options{}); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	check(t, got, 80)
	if n := strings.Count(got, "\n"); n != 10_000 {
		t.Errorf("%d lines, want one for each of 10,000 comments", n)
	}
	if !strings.Contains(got, "(10000) person") {
		t.Error("a deep comment does not tell its level")
	}
}

func TestTables(t *testing.T) {
	wide := &render.Table{Caption: "Wide", Columns: []render.ColumnHead{{Title: "name"}}, Rows: [][]render.Cell{{{Text: "漢字"}}, {{Text: "Zoë"}, {Text: "1"}}, {}}}
	for range 30 {
		wide.Columns = append(wide.Columns, render.ColumnHead{Title: "measure", Numeric: true})
	}
	for _, c := range []struct {
		name string
		t    *render.Table
	}{
		{"no columns", &render.Table{}},
		{"no rows", &render.Table{Columns: []render.ColumnHead{{Title: "a"}}}},
		{"thirty columns, ragged rows", wide},
		{"one endless word", &render.Table{Columns: []render.ColumnHead{{Title: "a"}, {Title: "b", Numeric: true}}, Rows: [][]render.Cell{{{Text: strings.Repeat("x", 500)}, {Text: strings.Repeat("9", 500)}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := text.Tables(&b, []*render.Table{c.t}, text.Options{Width: 60}); err != nil {
				t.Fatal(err)
			}
			check(t, b.String(), 60)
			if n := strings.Count(b.String(), "x"); n != 0 && n != 500 {
				t.Errorf("%d of 500 letters are left", n)
			}
		})
	}
	var b bytes.Buffer
	if err := text.Tables(&b, []*render.Table{{Caption: "Aligned", Columns: []render.ColumnHead{{Title: "who"}, {Title: "n", Numeric: true}},
		Rows: [][]render.Cell{{{Text: "漢字"}, {Text: "7"}}, {{Text: "Zoë"}, {Text: "1,234"}}}}}, text.Options{}); err != nil {
		t.Fatal(err)
	}
	want := "Aligned\nwho       n\n───────────\n漢字      7\nZoë   1,234\n\n"
	if got := b.String(); got != want {
		t.Errorf("Tables =\n%s\nwant\n%s", got, want)
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range []string{"", sample.Hostile, "\xff", "\x1b]0;title\a", strings.Repeat("漢", 90), "a\u0301\u0301"} {
		f.Add(s, 80)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 40 + (width%100+100)%100
		check(t, report(t, sample.Spoil(sample.Report(metrics.English), s), text.Options{Width: width}), width)
	})
}
