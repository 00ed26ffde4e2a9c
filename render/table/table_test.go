package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/render/internal/sample"
	"threadheat/render/table"
	"threadheat/thread"
	"threadheat/thread/parquet"
)

// fake is a measure with a fixed value for every place.
func fake(name string, s metrics.Scope, u metrics.Unit, v func(place int) metrics.Value) *metrics.Measure {
	return &metrics.Measure{Name: name, Group: "shape", Title: metrics.Text{EN: name, FR: name}, Scope: s, Unit: u, Range: metrics.AnyNumber,
		Run: func(c *metrics.Context) (metrics.Values, error) {
			n := 1
			switch s {
			case metrics.PerComment:
				n = c.Thread.Len()
			case metrics.PerAuthor:
				n = c.Thread.Authors()
			case metrics.PerPair:
				pairs, err := exchange.Pairs.Of(c)
				if err != nil {
					return nil, err
				}
				n = len(pairs)
			}
			vs := make(metrics.List, n)
			for k := range vs {
				vs[k] = v(k)
			}
			return vs, nil
		}}
}

func measures() []*metrics.Measure {
	p := 0.125
	return []*metrics.Measure{
		fake("comments", metrics.PerThread, metrics.Count, func(int) metrics.Value { return metrics.Of(7, 7) }),
		fake("slope", metrics.PerThread, metrics.Ratio, func(int) metrics.Value {
			return metrics.Value{X: -0.25, N: 4, More: &metrics.More{CI: &[2]float64{-0.5, 0.125}, P: &p}}
		}),
		fake("branching", metrics.PerThread, metrics.Ratio, func(int) metrics.Value { return metrics.TooFew(6, 20, metrics.TimedComments) }),
		fake("heat", metrics.PerComment, metrics.Heat, func(i int) metrics.Value {
			return metrics.Value{X: float64(i) / 8, N: 9, More: &metrics.More{Evidence: []metrics.Evidence{{Start: 0, End: 3, Cue: "shouting", Share: 1}}}}
		}),
		fake("comments", metrics.PerAuthor, metrics.Count, func(a int) metrics.Value { return metrics.Of(float64(a), 1) }),
		fake("turns", metrics.PerPair, metrics.Count, func(int) metrics.Value { return metrics.Of(4, 4) }),
	}
}

func run(t testing.TB, th *thread.Thread) *metrics.Table {
	t.Helper()
	tab, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), measures())
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func write(t testing.TB, o *table.Output, opt table.Options, ths ...*thread.Thread) string {
	t.Helper()
	var b bytes.Buffer
	w := o.New(&b, opt)
	for _, th := range ths {
		if err := w.Write(run(t, th)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSON(t *testing.T) {
	got := write(t, table.JSON, table.Options{}, two(), two())
	const ev = `"evidence":[{"start":0,"end":3,"text":"%s","cue":"shouting","share":1}]`
	want := `{"schema":"threadheat/measures/v1","id":"two","title":"Two","source":"two.txt",` +
		`"thread":{"comments":{"value":7,"n":7},"slope":{"value":-0.25,"n":4,"ci":[-0.5,0.125],"p":0.125},"branching":{"value":null,"n":6,"reason":"needs at least 20 timed comments, has 6"}},` +
		`"comments":[{"id":"1","author":"ann","heat":{"value":0,"n":9,` + fmt.Sprintf(ev, "One") + `}},` +
		`{"id":"2","author":"bob","heat":{"value":0.125,"n":9,` + fmt.Sprintf(ev, "Two") + `}},` +
		`{"id":"3","author":null,"state":"removed","heat":{"value":0.25,"n":9}}],` +
		`"authors":[{"author":"ann","comments":{"value":0,"n":1}},{"author":"bob","comments":{"value":1,"n":1}},{"author":null,"comments":{"value":2,"n":1}}],` +
		`"pairs":[{"a":"ann","b":"bob","turns":{"value":4,"n":4}}]}` + "\n"
	if d := cmp.Diff(want+want, got); d != "" {
		t.Errorf("JSON (-want +got):\n%s", d)
	}
}

// two is two people of whom one answers the other, and a removed comment.
func two() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{ID: "two", Title: "Two", Source: thread.Source{Name: "two.txt"}})
	b.Add(thread.Comment{ID: "1", Author: "ann", Text: "One."})
	b.Add(thread.Comment{ID: "2", Parent: "1", Author: "bob", Text: "Two."})
	b.Add(thread.Comment{ID: "3", State: thread.Removed})
	return b.Build()
}

func TestJSONReasonInFrench(t *testing.T) {
	if got := write(t, table.JSON, table.Options{Lang: metrics.French}, two()); !strings.Contains(got, "demande au moins 20 commentaires datés") {
		t.Errorf("no French reason in %s", got)
	}
}

func TestCSV(t *testing.T) {
	const header = "thread,scope,id,author,a,b,measure,value,n,ci_low,ci_high,p,reason,q,interval,note,range_low,range_high,null,null_mean,null_sd,null_z,null_p,null_q,null_draws,null_reason\n"
	const none = ",,,,,,,,,,,,,\n" // what nobody asked for
	got := write(t, table.CSV, table.Options{}, two())
	want := header +
		"two,thread,,,,,comments,7,7,,,," + none +
		"two,thread,,,,,slope,-0.25,4,-0.5,0.125,0.125," + none +
		`two,thread,,,,,branching,,6,,,,"needs at least 20 timed comments, has 6"` + none +
		"two,comment,1,ann,,,heat,0,9,,,," + none +
		"two,comment,2,bob,,,heat,0.125,9,,,," + none +
		"two,comment,3,,,,heat,0.25,9,,,," + none +
		"two,author,,ann,,,comments,0,1,,,," + none +
		"two,author,,bob,,,comments,1,1,,,," + none +
		"two,author,,,,,comments,2,1,,,," + none +
		"two,pair,,,ann,bob,turns,4,4,,,," + none
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("CSV (-want +got):\n%s", d)
	}
	if got := write(t, table.CSV, table.Options{}); got != header {
		t.Errorf("CSV of no thread = %q, want the header", got)
	}
}

// All that can stand beside a value stands in its own column, in CSV as in Parquet.
func TestBesideInColumns(t *testing.T) {
	z := 1.5
	value := metrics.Of(2, 3).With(func(more *metrics.More) {
		more.NoCI = &metrics.Text{EN: "one case"}
		more.Note = &metrics.Text{EN: "on the edge"}
		more.Range = &[2]float64{1, 4}
		more.Null = &metrics.NullTest{Model: "arcs", Mean: 0.5, SD: 0.25, Z: &z, P: 0.04, Draws: 999}
	})
	p, q := 0.01, 0.02
	value.More.P, value.More.Q, value.More.Null.Q = &p, &q, 0.04
	c := metrics.NewContext(thread.NewBuilder(thread.Meta{ID: "two"}).Build(), metrics.Options{})
	all, err := metrics.Run(c, []*metrics.Measure{fake("m", metrics.PerThread, metrics.Count, func(int) metrics.Value { return value })})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"thread": "two", "scope": "thread", "measure": "m", "value": "2", "n": "3", "p": "0.01", "q": "0.02", "interval": "one case", "note": "on the edge", "range_low": "1", "range_high": "4",
		"null": "arcs", "null_mean": "0.5", "null_sd": "0.25", "null_z": "1.5", "null_p": "0.04", "null_q": "0.04", "null_draws": "999",
	}
	for _, o := range []*table.Output{table.CSV, table.Parquet} {
		var b bytes.Buffer
		w := o.New(&b, table.Options{})
		if err := w.Write(all); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		if o == table.CSV {
			records, err := csv.NewReader(&b).ReadAll()
			if err != nil || len(records) != 2 {
				t.Fatalf("%d records, %v, want 2", len(records), err)
			}
			for k, name := range records[0] {
				if records[1][k] != "" {
					got[name] = records[1][k]
				}
			}
		} else {
			got = parquetRow(t, b.Bytes())
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", o.Name, d)
		}
	}
}

func TestCSVRunsNoFormula(t *testing.T) {
	for _, name := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")"} {
		b := thread.NewBuilder(thread.Meta{ID: name})
		b.Add(thread.Comment{ID: name, Author: name, Text: "One."})
		b.Add(thread.Comment{ID: "2", Parent: name, Author: "@" + name, Text: "Two."})
		records, err := csv.NewReader(strings.NewReader(write(t, table.CSV, table.Options{}, b.Build()))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, rec := range records {
			for k, field := range rec {
				number := k >= 7 && k <= 11
				if !number && field != "" && strings.ContainsRune("=+-@\t\r", rune(field[0])) {
					t.Errorf("%q: field %d is %q", name, k, field)
				}
			}
		}
		if rec := records[4]; rec[2] != "'"+name || rec[3] != "'"+name || rec[0] != "'"+name {
			t.Errorf("%q: record %q", name, rec)
		}
	}
}

func TestTerminal(t *testing.T) {
	got := write(t, table.Terminal, table.Options{}, two())
	want := `two
measure    value  n  note
────────────────────────────────────────────────────────────
comments       7  7
slope      −0.25  4  −0.50 … 0.12, p = 0.125
branching      –  6  needs at least 20 timed comments, has 6

Comments
comment  author  heat
─────────────────────
1        ann     0.00
2        bob     0.12
3        –       0.25

Authors
author  comments
────────────────
ann            0
bob            1
–              2

Pairs
pair       turns
────────────────
ann ↔ bob      4

`
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("table (-want +got):\n%s", d)
	}
}

func TestSmall(t *testing.T) {
	empty := thread.NewBuilder(thread.Meta{}).Build()
	for _, o := range table.Outputs {
		t.Run(o.Name, func(t *testing.T) {
			got := write(t, o, table.Options{}, empty)
			if o == table.JSON && !strings.HasSuffix(got, `"comments":[],"authors":[],"pairs":[]}`+"\n") {
				t.Errorf("an empty thread is %s", got)
			}
		})
	}
}

func TestFind(t *testing.T) {
	for _, o := range table.Outputs {
		if got, err := table.Find(o.Name); got != o || err != nil {
			t.Errorf("Find(%q) = %v, %v", o.Name, got, err)
		}
	}
	if _, err := table.Find("xml"); err == nil || !strings.Contains(err.Error(), "json, csv, parquet, table") {
		t.Errorf("Find(xml): error %v should list what is known", err)
	}
}

func FuzzWrite(f *testing.F) {
	for _, s := range []string{"", sample.Hostile, "=1", "\xff", "a\nb"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, id, name string) {
		b := thread.NewBuilder(thread.Meta{ID: id, Title: name, Source: thread.Source{Name: name}})
		b.Add(thread.Comment{ID: id, Author: name, Text: name})
		b.Add(thread.Comment{ID: "x", Parent: id, Author: id, Text: id})
		th := b.Build()
		if got := write(t, table.JSON, table.Options{}, th); !json.Valid([]byte(got)) || strings.Count(got, "\n") != 1 {
			t.Errorf("not one line of JSON: %q", got)
		}
		if _, err := csv.NewReader(strings.NewReader(write(t, table.CSV, table.Options{}, th))).ReadAll(); err != nil {
			t.Error(err)
		}
		for _, r := range write(t, table.Terminal, table.Options{}, th) {
			if r != '\n' && unicode.IsControl(r) {
				t.Fatalf("the control character %U is written to the terminal", r)
			}
		}
	})
}

// parquetRow is the only row of a table, by the names of its columns.
func parquetRow(t *testing.T, b []byte) map[string]string {
	t.Helper()
	f, err := parquet.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var columns []int
	for k := range f.Leaves {
		columns = append(columns, k)
	}
	out := map[string]string{}
	n := 0
	for row, err := range f.Rows(columns) {
		if err != nil {
			t.Fatal(err)
		}
		for k, s := range row {
			if s != "" {
				out[f.Leaves[k].Path] = s
			}
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
	return out
}
