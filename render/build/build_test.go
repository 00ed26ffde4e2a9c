package build_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/metrics/heat"
	"threadheat/render"
	"threadheat/render/all"
	"threadheat/render/build"
	"threadheat/render/chart"
	"threadheat/render/internal/sample"
	"threadheat/render/text"
	"threadheat/thread"
)

func run(t testing.TB, th *thread.Thread, ms []*metrics.Measure) *metrics.Table {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{Seed: 7}), ms)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func report(t testing.TB, l metrics.Lang, th ...*thread.Thread) *render.Report {
	t.Helper()
	in := build.Input{Lang: l, Version: "v0-test"}
	for _, th := range th {
		in.Tables = append(in.Tables, run(t, th, catalogue.Default))
	}
	r, err := build.Report(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// check tells what must hold of any report: IDs are unique and lead, every
// reference leads to one, no text is missing and no placeholder is left.
func check(t testing.TB, r *render.Report) {
	t.Helper()
	ids := map[string]bool{}
	var refs []string
	walk(r, func(id string) {
		if ids[id] {
			t.Errorf("the ID %q stands twice", id)
		}
		ids[id] = true
	}, func(ref string) { refs = append(refs, ref) })
	for _, ref := range refs {
		if !ids[ref] {
			t.Errorf("a reference leads to %q, which is not there", ref)
		}
	}
	var b bytes.Buffer
	for _, out := range all.Renderers {
		if err := out.Render(&b, r); err != nil {
			t.Errorf("%s: %v", out.Name, err)
		}
	}
	said := script.ReplaceAllString(b.String(), "")
	for _, bad := range []string{"NaN", "Inf ", "%!", "<nil>"} {
		if strings.Contains(said, bad) {
			t.Errorf("the report says %q", bad)
		}
	}
}

// script is that of the page, which has words of its own.
var script = regexp.MustCompile(`(?s)<script>.*?</script>`)

// walk visits every ID and every reference of a report and of its parts.
func walk(r *render.Report, id, ref func(string)) {
	point := func(s string) {
		if s != "" {
			ref(s)
		}
	}
	line := func(l render.Line) {
		for _, s := range l {
			point(s.Ref)
		}
	}
	table := func(t *render.Table) {
		id(t.ID)
		for _, row := range t.Rows {
			for _, c := range row {
				point(c.Ref)
			}
		}
	}
	id(r.Prefix + "top")
	for _, k := range r.Keys {
		point(k.Ref)
	}
	for _, l := range r.Summary {
		line(l)
	}
	for _, s := range r.Sections {
		id(s.ID)
		for _, block := range s.Blocks {
			switch b := block.(type) {
			case render.Heading:
				id(b.ID)
			case render.Paragraph:
				line(b.Line)
			case *render.Table:
				table(b)
			case *render.Figure:
				for f := b; f != nil; f = f.Other {
					id(f.ID)
					if f.Numbers != nil {
						table(f.Numbers)
					}
				}
			case *render.Tree:
				id(b.ID)
				for _, n := range b.Nodes {
					id(n.ID)
				}
			}
		}
	}
	for _, p := range r.Parts {
		walk(p, id, ref)
	}
}

func sections(r *render.Report) []string {
	var out []string
	for _, s := range r.Sections {
		out = append(out, s.ID)
	}
	return out
}

func words(r *render.Report) string {
	var b bytes.Buffer
	if err := text.Render(&b, r, text.Options{Width: 1000}); err != nil {
		panic(err)
	}
	return b.String()
}

func TestReport(t *testing.T) {
	for _, l := range metrics.Langs {
		r := report(t, l, sample.Thread())
		check(t, r)
		want := []string{"reading", "tree", "exchanges", "heat", "drift", "replies", "pace", "people", "measures", "methods"}
		if d := cmp.Diff(want, sections(r)); d != "" {
			t.Errorf("%s: sections (-want +got):\n%s", l, d)
		}
		if n := len(r.Summary); n < 3 || n > 5 {
			t.Errorf("%s: %d sentences, want three to five", l, n)
		}
		th := sample.Thread()
		nodes := sample.Nodes(r)
		for i := range th.All() {
			if n := nodes[i]; n.Text != th.Text(i) || n.Label != th.ID(i) || n.Parent != int(th.Parent(i)) || n.Depth != th.Depth(i) || n.End != int(th.End(i)) || n.Author == "" {
				t.Errorf("%s: comment %d = %+v", l, i, n)
			}
		}
	}
}

// What the sample thread holds, counted by hand.
// A report says which heat it tells, and where it is written how good that is.
func TestModelCard(t *testing.T) {
	const card = "metrics/heat/MODEL.md"
	if _, err := os.Stat("../../" + card); err != nil {
		t.Error(err)
	}
	th := sample.Thread()
	for _, l := range metrics.Langs {
		said := words(report(t, l, th))
		for _, want := range []string{card, heat.Version} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: the report does not name %q", l, want)
			}
		}
	}
}

func TestSentences(t *testing.T) {
	got := strings.ReplaceAll(words(report(t, metrics.English, sample.Thread())), "\u00a0", " ")
	for _, want := range []string{
		"7 comments by 3 people in 2 d 22 h: 3 to the article, 4 to another comment.",
		"The longest exchange is Marguerite ↔ old miller: 4 turns in 27 h 25 min. Marguerite opened it",
		"old miller had the last word.",
		"the page declares 8 comments (found: 7)",
		"text (likely: several signs speak for it)",
		"7 of 7 comments, 7 of them to the minute; zone unknown",
		"3; comments without a name, each counted as a person of its own: 1",
		"4 (from nesting: 4)",
		"Not counted: 1 reply in which one side has no name.",
		"Without a name, and not in the table: 1 comment.",
		"25 h 32 min", // from 1 February 11:05 to 2 February 12:37
		strings.Repeat("0123456789abcdef", 4),
		"threadheat v0-test",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	fr := strings.NewReplacer("\u00a0", " ", "\u202f", "_").Replace(words(report(t, metrics.French, sample.Thread())))
	for _, want := range []string{
		"7 commentaires de 3 personnes en 2 j 22 h_: 3 à l’article, 4 à un autre commentaire.",
		"L’échange le plus long est Marguerite ↔ old miller_: 4 tours en 27 h 25.",
		"la page annonce 8 commentaires (trouvés_: 7)",
		"1er–4 février 2023",
		"25 h 32",
	} {
		if !strings.Contains(fr, want) {
			t.Errorf("the French report does not say %q", want)
		}
	}
}

// French prose has no ordinary space before double punctuation, and no English
// is left in it.
func TestFrenchIsFrench(t *testing.T) {
	r := report(t, metrics.French, sample.Thread())
	var own []string
	for _, s := range r.Sections {
		own = append(own, s.Title)
		for _, block := range s.Blocks {
			switch b := block.(type) {
			case render.Paragraph:
				own = append(own, b.Line.String())
			case *render.Table:
				own = append(own, b.Caption)
				for _, c := range b.Columns {
					own = append(own, c.Title)
				}
			}
		}
	}
	for _, s := range own {
		for _, bad := range []string{" :", " ;", " !", " ?", " %", "« ", " »", " the ", " of "} {
			if strings.Contains(s, bad) {
				t.Errorf("%q holds %q", s, bad)
			}
		}
	}
}

func fake(name string, v metrics.Value) *metrics.Measure {
	return &metrics.Measure{
		Name: name, Group: "heat", Title: metrics.Text{EN: "The " + name, FR: "La " + name}, Doc: metrics.Text{EN: "What it is.", FR: "Ce que c’est."},
		Scope: metrics.PerThread, Unit: metrics.Heat, Range: metrics.AnyNumber, Source: []metrics.Citation{{Authors: "Doe", Title: "On heat", Venue: "Journal", Year: 2020}},
		Run: func(*metrics.Context) (metrics.Values, error) { return metrics.One(v), nil },
	}
}

// A measure that was not run, or has no value, costs its sentence and nothing
// else.
func TestMeasuresMayBeMissing(t *testing.T) {
	for _, c := range []struct {
		name    string
		ms      []*metrics.Measure
		has     []string
		hasNone []string
	}{
		{"none", nil, []string{"No measure was computed."}, []string{"mean heat (n", "pour une moyenne"}},
		{"undefined", []*metrics.Measure{fake("heat-mean", metrics.TooFew(1, 3, metrics.Comments))}, []string{"needs at least 3 comments, has 1"}, []string{"mean heat (n"}},
		{"there", []*metrics.Measure{fake("heat-mean", metrics.Of(0.25, 7))}, []string{"0.25 mean heat (n = 7)", "The heat-mean", "Doe (2020). On heat. Journal"}, nil},
	} {
		r, err := build.Report(build.Input{Tables: []*metrics.Table{run(t, sample.Thread(), c.ms)}})
		if err != nil {
			t.Fatal(err)
		}
		check(t, r)
		got := strings.ReplaceAll(words(r), "\u00a0", " ")
		for _, want := range c.has {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the report does not say %q", c.name, want)
			}
		}
		for _, bad := range c.hasNone {
			if strings.Contains(got, bad) {
				t.Errorf("%s: the report says %q", c.name, bad)
			}
		}
	}
}

func TestOddThreads(t *testing.T) {
	for _, c := range []struct {
		name     string
		comments []thread.Comment
		meta     thread.Meta
		says     []string
	}{
		{name: "no comments", says: []string{"No comment was found here", "There is no comment to show."}},
		{name: "one comment", comments: []thread.Comment{{ID: "1", Author: "ann", Text: "One."}}, says: []string{"There is 1 comment: what follows can describe it, not compare it."}},
		{name: "no times", comments: []thread.Comment{{ID: "1", Author: "ann", Text: "One."}, {ID: "2", Author: "bob", Text: "Two."}},
			says: []string{"2 comments by 2 people; none answers another", "No comment has a time, so nothing can be said about pace.", "no dates"}},
		{name: "nobody has a name", comments: []thread.Comment{{ID: "1", Text: "One."}, {ID: "2", Parent: "1", Text: "Two."}},
			says: []string{"2 comments by unnamed people", "No author is known.", "No known person answers another."}},
		{name: "a ghost and a pingback", comments: []thread.Comment{{ID: "1", Parent: "gone", Author: "ann", Text: "One."}, {ID: "2", Author: "blog", Kind: thread.Pingback, Text: "Linked."}},
			says: []string{"not on the page", "link from another page", "answered but not on the page"}},
		{name: "a repost, and an article of one word", meta: thread.Meta{Article: "Lane."}, comments: []thread.Comment{
			{ID: "1", Author: "ann", Text: "The council should have asked the shops on Mill Road before it painted anything at all."},
			{ID: "2", Author: "ann", Text: "The council should have asked the shops on Mill Road before it painted anything, full stop."}},
			says: []string{"of its three-word runs with ann", "Comments that repeat another"}},
		{name: "no text", comments: []thread.Comment{{ID: "1", Author: "ann"}, {ID: "2", Parent: "1", Author: "bob"}}},
		{name: "markup in names", meta: thread.Meta{ID: "<b>", Title: "<script>alert(1)</script>", URL: "javascript:alert(1)"},
			comments: []thread.Comment{{ID: "<i>", Author: "<script>alert(1)</script>", Text: "{1} {99} <b>"}, {ID: "2", Parent: "<i>", Author: "{2}", Text: "Two."}},
			says:     []string{"<script>alert(1)</script>", "{1} {99} <b>"}},
		{name: "only a year", comments: []thread.Comment{{ID: "1", Author: "ann", Text: "One comment with a year.", Time: thread.Local(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), thread.Year)}}, says: []string{"ann  2020 ·"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := thread.NewBuilder(c.meta)
			for _, k := range c.comments {
				b.Add(k)
			}
			th := b.Build()
			for _, l := range metrics.Langs {
				r := report(t, l, th)
				check(t, r)
				if l != metrics.English {
					continue
				}
				got := strings.ReplaceAll(words(r), "\u00a0", " ")
				for _, want := range c.says {
					if !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
						t.Errorf("the report does not say %q", want)
					}
				}
			}
		})
	}
}

func TestSeveral(t *testing.T) {
	r := report(t, metrics.English, sample.Thread(), sample.Thread(), thread.NewBuilder(thread.Meta{}).Build())
	check(t, r)
	if len(r.Parts) != 3 || r.Parts[1].Prefix != "t2-" {
		t.Errorf("%d parts", len(r.Parts))
	}
	if got := words(r); !strings.Contains(got, "3\u00a0threads") {
		t.Error("the overview does not say how many threads there are")
	}
	none := report(t, metrics.French)
	check(t, none)
	if none.Title != "Pas de commentaires" {
		t.Errorf("title of nothing = %q", none.Title)
	}
}

func TestSeveralIsCapped(t *testing.T) {
	one := run(t, sample.Thread(), nil)
	in := build.Input{Kinds: []*chart.Kind{}}
	for range build.MaxParts + 3 {
		in.Tables = append(in.Tables, one)
	}
	r, err := build.Report(in)
	if err != nil {
		t.Fatal(err)
	}
	check(t, r)
	if len(r.Parts) != build.MaxParts {
		t.Errorf("%d parts, want %d", len(r.Parts), build.MaxParts)
	}
	if !strings.Contains(words(r), fmt.Sprintf("the first %d of %d", build.MaxParts, build.MaxParts+3)) {
		t.Error("the overview does not say what it leaves out")
	}
}

func TestFigures(t *testing.T) {
	failing := errors.New("no ink")
	in := build.Input{Tables: []*metrics.Table{run(t, sample.Thread(), nil)}, Kinds: []*chart.Kind{{Name: "heat", Draw: func(*metrics.Context, chart.Options) (*chart.Drawing, error) { return nil, failing }}}}
	if _, err := build.Report(in); !errors.Is(err, failing) {
		t.Errorf("error = %v, want that of the figure", err)
	}
	r := report(t, metrics.English, sample.Thread())
	drawn := 0
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if f, ok := b.(*render.Figure); ok {
				drawn++
				if f.Title == "" || f.Alt == "" {
					t.Errorf("figure %s has no title or no words", f.ID)
				}
				if (f.SVG == nil) == (f.Empty == "") {
					t.Errorf("figure %s has a drawing and an excuse, or neither", f.ID)
				}
			}
		}
	}
	if drawn < len(chart.Kinds) {
		t.Errorf("%d figures, want one at least of each of %d kinds", drawn, len(chart.Kinds))
	}
}

func TestTree(t *testing.T) {
	tree, err := build.Tree(run(t, sample.Thread(), nil), metrics.English)
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Nodes) != 7 {
		t.Errorf("%d comments, want 7", len(tree.Nodes))
	}
	for _, n := range tree.Nodes {
		sum := 0.0
		at := 0
		for _, m := range n.Marks {
			if m.Start < at || m.End <= m.Start || m.End > len(n.Text) {
				t.Errorf("comment %s: mark %+v does not fit", n.Label, m)
			}
			at = m.End
			sum += m.Share
		}
		if sum > 1+1e-9 || math.IsNaN(sum) {
			t.Errorf("comment %s: the shares of its marks add up to %v", n.Label, sum)
		}
	}
}

func TestSameTwice(t *testing.T) {
	var got [2]bytes.Buffer
	for k := range got {
		for _, out := range all.Renderers {
			if err := out.Render(&got[k], report(t, metrics.French, sample.Thread())); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !bytes.Equal(got[0].Bytes(), got[1].Bytes()) {
		t.Error("two runs differ")
	}
}

func TestLarge(t *testing.T) {
	for _, c := range []struct {
		name   string
		n      int
		parent func(int) int
		shown  int
	}{
		{"10,000 levels", 10_000, func(i int) int { return i - 1 }, 10_000},
		{"20,000 answers", 20_000, func(int) int { return 0 }, 20_000},
		{"more than are shown", 20_010, func(int) int { return 0 }, 20_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := thread.NewBuilder(thread.Meta{Title: c.name})
			for i := range c.n {
				k := thread.Comment{ID: fmt.Sprint(i), Author: fmt.Sprint("p", i%997), Text: "You said so!", Basis: thread.Declared}
				if i > 0 {
					k.Parent = fmt.Sprint(c.parent(i))
				}
				b.Add(k)
			}
			// Without figures and measures, whose cost is their own. A loop over all
			// pairs would run into the time limit of go test.
			r, err := build.Report(build.Input{Tables: []*metrics.Table{run(t, b.Build(), nil)}, Kinds: []*chart.Kind{}})
			if err != nil {
				t.Fatal(err)
			}
			nodes := sample.Nodes(r)
			if len(nodes) != c.shown {
				t.Errorf("%d comments are shown, want %d", len(nodes), c.shown)
			}
			if end := nodes[0].End; end != c.shown {
				t.Errorf("the first branch ends at %d, want %d", end, c.shown)
			}
		})
	}
}

// What a page itself marks as quoted or addressed is not called a guess, and
// --infer none does not take it away.
func TestLinksOfTheSource(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Title: "Forum"})
	b.Add(thread.Comment{ID: "1", Author: "Ann", Text: "The gate was open."})
	b.Add(thread.Comment{ID: "2", Parent: "1", Author: "Bo", Text: "It was not.", Basis: thread.Quoted})
	b.Add(thread.Comment{ID: "3", Parent: "2", Author: "Ann", Text: "It was.", Basis: thread.Mentioned})
	th := b.Build()
	for lang, want := range map[metrics.Lang][]string{
		metrics.English: {"answers what it quotes", "answers whom it names", "by a quotation: 1"},
		metrics.French:  {"répond à ce qu’il cite", "répond à qui il nomme", "d’après une citation"},
	} {
		all := strings.ReplaceAll(words(report(t, lang, th)), "\u00a0", " ")
		for _, w := range want {
			if !strings.Contains(all, w) {
				t.Errorf("the report does not say %q", w)
			}
		}
		for _, w := range []string{"guess", "devin"} {
			if strings.Contains(all, w) {
				t.Errorf("the report says %q of a link that the page gives", w)
			}
		}
	}
}

// TestInferredLinks: three flat comments, of which two were linked by guessing.
// Without them nothing is deep.
func TestInferredLinks(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Title: "Flat"})
	b.Add(thread.Comment{ID: "1", Author: "Ann", Text: "The gate was open."})
	b.Add(thread.Comment{ID: "2", Parent: "1", Author: "Bo", Text: "@Ann it was not.", Basis: thread.Mentioned, Certainty: 0.9})
	b.Add(thread.Comment{ID: "3", Parent: "2", Author: "Ann", Text: "It was, I saw it.", Basis: thread.Inferred, Certainty: 0.5})
	th := b.Build()
	find := func(r *render.Report) *render.Table {
		for _, s := range r.Sections {
			for _, block := range s.Blocks {
				if table, ok := block.(*render.Table); ok && strings.HasSuffix(table.ID, "sensitivity") {
					return table
				}
			}
		}
		return nil
	}
	r := report(t, metrics.English, th)
	table := find(r)
	if table == nil {
		t.Fatal("the report does not tell what other readings change")
	}
	if got := table.Columns[4].Title; got != "Without inferred links" {
		t.Fatalf("the first reading is %q", got)
	}
	got := map[string][2]string{}
	for _, row := range table.Rows {
		got[row[0].Text] = [2]string{row[1].Text, row[4].Text}
	}
	want, ok := [2]string{"2", "0"}, false
	for title, values := range got {
		if strings.Contains(strings.ToLower(title), "depth") && values == want {
			ok = true
		}
	}
	if !ok {
		t.Errorf("no depth goes from %s with them to %s without: %v", want[0], want[1], got)
	}
	all := strings.ReplaceAll(words(r), "\u00a0", " ")
	for _, want := range []string{"2 of 2 replies are no facts of the page", "a certainty of 70%", "certainty 90%"} {
		if !strings.Contains(all, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	// Facts that can be read one way only leave nothing to tell.
	one := th.Change(func(_ thread.Index, c *thread.Comment) {
		if c.Parent != "" {
			c.Basis, c.Certainty = thread.Declared, 0
		}
	})
	if find(report(t, metrics.English, one)) != nil {
		t.Error("a thread of facts has a table of other readings")
	}
	if said := words(report(t, metrics.English, one)); strings.Contains(said, "no facts of the page") {
		t.Error("a thread of facts is said to have inferred links")
	}
}
