package sensitivity

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/people"
	"threadheat/metrics/shape"
	"threadheat/thread"
)

const long = "The gate was open all night and nobody went to look who had left it so, which is why the sheep are in the lane today"

// rows make a thread from lines of ID, parent (- for none), author (- for unknown)
// and a sign: "~" the link was inferred, "=" the text repeats that of the other "=".
func build(lines ...string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for _, line := range lines {
		f := strings.Fields(line + " .")
		c := thread.Comment{ID: f[0], Text: "Words of " + f[0] + "."}
		if f[1] != "-" {
			c.Parent, c.Basis = f[1], thread.Declared
		}
		if f[2] != "-" {
			c.Author = f[2]
		}
		switch f[3] {
		case "~":
			c.Basis, c.Certainty = thread.Inferred, 0.5
		case "=":
			c.Text = long
		}
		b.Add(c)
	}
	return b.Build()
}

// say writes a thread as ID, parent and author.
func say(t *thread.Thread) []string {
	var out []string
	for i := range t.Document() {
		parent := "-"
		if p := t.Parent(i); p != thread.NoIndex {
			parent = t.ID(p)
		}
		out = append(out, fmt.Sprintf("%s %s %s", t.ID(i), parent, t.AuthorName(t.Author(i))))
	}
	return out
}

func TestReadings(t *testing.T) {
	for _, tt := range []struct {
		reading *Reading
		name    string
		t       *thread.Thread
		want    []string // nil: no difference
	}{
		{NoLinks, "facts", build("1 - a", "2 1 b"), nil},
		{NoLinks, "a guess", build("1 - a", "2 1 b ~"), []string{"1 - a", "2 - b"}},
		{AllLinks, "facts", build("1 - a", "2 1 b", "3 1 a"), nil},
		{Collapsed, "no repeats", build("1 - a", "2 1 b"), nil},
		{Collapsed, "a repeat with a reply", build("1 - a =", "2 - b =", "3 2 c"), []string{"1 - a", "3 1 c"}},
		{Collapsed, "a repeat of a repeat", build("1 - a =", "2 - b =", "3 - c =", "4 3 d", "5 4 e"), []string{"1 - a", "4 1 d", "5 4 e"}},
		{Collapsed, "a repeat of one's own reply", build("1 - a =", "2 1 a =", "3 2 b"), []string{"1 - a", "3 1 b"}},
		{Merged, "one unknown", build("1 - a", "2 1 -"), nil},
		{Merged, "two unknown", build("1 - -", "2 1 -", "3 1 a"), []string{"1 - ?", "2 1 ?", "3 1 a"}},
		{Merged, "two unknown and a ?", build("1 - -", "2 1 -", "3 1 ?"), []string{"1 - ??", "2 1 ??", "3 1 ?"}},
		{Merged, "ghosts are nobody", build("1 x -", "2 y a"), nil},
		{Ghostless, "no ghosts", build("1 - a", "2 1 b"), nil},
		{Ghostless, "a ghost", build("1 x a", "2 1 b"), []string{"1 - a", "2 1 b"}},
	} {
		got, err := tt.reading.Of(metrics.NewContext(tt.t, metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if tt.want == nil {
			if got != tt.t {
				t.Errorf("%s of %s changes the thread to %v", tt.reading.Name, tt.name, say(got))
			}
			continue
		}
		if d := cmp.Diff(tt.want, say(got)); d != "" {
			t.Errorf("%s of %s (-want +got):\n%s", tt.reading.Name, tt.name, d)
		}
	}
}

// A comment that repeats one below it, on a page with the newest first, must not
// hang below itself.
func TestCollapsedUpsideDown(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	b.Add(thread.Comment{ID: "below", Parent: "above", Author: "a", Text: long})
	b.Add(thread.Comment{ID: "above", Author: "a", Text: long})
	got, err := Collapsed.Of(metrics.NewContext(b.Build(), metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"below - a"}, say(got)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Two inferred links make a chain of three: depth 3, and 1 without them. Authors
// are two, reciprocity 1 with the links, undefined without.
func TestOf(t *testing.T) {
	ms := []*metrics.Measure{shape.MaxDepth, people.Reciprocity, shape.Comments, shape.Depth}
	table, err := metrics.Run(metrics.NewContext(build("1 - a", "2 1 b ~", "3 2 a ~"), metrics.Options{}), ms)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Of(table, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Ranges) != 3 || len(r.Readings) == 0 || r.Readings[0] != NoLinks {
		t.Fatalf("%d ranges, readings %v", len(r.Ranges), r.Readings)
	}
	if d := r.Ranges[0]; d.Value.X != 3 || d.Low != 1 || d.High != 3 || !d.Notable() {
		t.Errorf("depth %+v, want 3 in 1 to 3", d)
	}
	if d := r.Ranges[1]; d.Value.X != 1 || d.High != 1 || d.Others[0].Defined() || !d.Notable() {
		t.Errorf("reciprocity %+v, want 1, and none without links", d)
	}
	if d := r.Ranges[2]; d.Low != 3 || d.High != 3 || d.Notable() {
		t.Errorf("comments %+v, want 3 always", d)
	}
	few, err := Of(table, func(m *metrics.Measure) bool { return m == shape.Comments })
	if err != nil || len(few.Ranges) != 1 || few.Ranges[0].Measure != shape.Comments {
		t.Errorf("only comments: %+v, %v", few, err)
	}

	beside, err := Beside(table)
	if err != nil {
		t.Fatal(err)
	}
	if more := beside.Value("max-depth").More; more == nil || *more.Range != [2]float64{1, 3} {
		t.Errorf("depth has beside it %+v, want the range 1 to 3", more)
	}
	if v := table.Value("max-depth"); v.More != nil {
		t.Error("the table given was changed")
	}
	if c, ok := beside.Find(metrics.PerComment, "depth"); !ok || c.Values.At(0).More != nil {
		t.Error("the depth of comments is lost, or has a range")
	}
}

func TestNotable(t *testing.T) {
	at := func(x float64, others ...float64) Range {
		r := Range{Value: metrics.Of(x, 1)}
		for _, o := range others {
			r.Others = append(r.Others, metrics.Of(o, 1))
		}
		r.span()
		return r
	}
	for _, tt := range []struct {
		r    Range
		want bool
	}{
		{at(10), false}, {at(10, 10.9, 10), false}, {at(10, 11.1), true}, {at(10, 9.4, 10.6), true}, {at(0, 0), false}, {at(0, .01), true}, {at(-10, -9.5), false},
	} {
		if got := tt.r.Notable(); got != tt.want {
			t.Errorf("%v in %v to %v: notable %v", tt.r.Value.X, tt.r.Low, tt.r.High, got)
		}
	}
}

// No reading breaks on small or large threads of any form.
func TestReadingsOfAnything(t *testing.T) {
	for _, parents := range [][]int{{}, {-1}, testthread.Bushy(300, 2), testthread.Chain(2000)} {
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Text = strings.Repeat(long[:20*(k%6)], 1+k%2)
			if k%3 == 0 {
				rows[k].Author = ""
			}
			if k%7 == 3 {
				rows[k].State = thread.Missing
			}
		}
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), []*metrics.Measure{shape.MaxDepth, people.Authors})
		if err != nil {
			t.Fatal(err)
		}
		r, err := Of(table, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range r.Ranges {
			if v := span.Value; v.Defined() && (v.X < span.Low || v.X > span.High) {
				t.Errorf("%s = %v lies outside %v to %v", span.Measure.Name, v.X, span.Low, span.High)
			}
		}
	}
}
