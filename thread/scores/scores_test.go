package scores

import (
	"bytes"
	"compress/gzip"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/parquet"
)

// of reads a file given as text.
func of(in string, o Options) (*Set, error) {
	return read(strings.NewReader(in), int64(len(in)), o)
}

func build(id string, ids ...string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{ID: id, Source: thread.Source{Name: "file-" + id}})
	for _, c := range ids {
		b.Add(thread.Comment{ID: c, Author: "Ada", Text: "x"})
	}
	return b.Build()
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, in string
		o        Options
		column   string
		want     map[string]float64 // of the thread "t" with the comments a, b, c and 7
		problems []Problem
		empty    int
	}{
		{"nothing", "", Options{}, "", map[string]float64{}, nil, 0},
		{"nothing but space", "\uFEFF\n ", Options{}, "", map[string]float64{}, nil, 0},
		{"plain", "id,score\na,0.25\nb,1\n", Options{}, "score", map[string]float64{"a": .25, "b": 1}, nil, 0},
		{"two columns, whatever the other is called", "comment_id,hostile\na,.5\n", Options{}, "hostile", map[string]float64{"a": .5}, nil, 0},
		{"as Detoxify writes it", "comment_id,text,toxicity,insult\na,\"x, y\",7.5e-1,0\n", Options{}, "toxicity", map[string]float64{"a": .75}, nil, 0},
		{"a column by name", "ID;Text;Identity Attack\na;x;0,5\n", Options{Column: "identity_attack"}, "Identity Attack", map[string]float64{"a": .5}, nil, 0},
		{
			"our own", `{"id":"a","heat":{"value":0.4,"n":3}}` + "\n" + `{"id":7,"heat":{"value":null,"n":0,"reason":"none"}}`, Options{}, "heat.value",
			map[string]float64{"a": .4}, nil, 1,
		},
		{
			"as Perspective answers", `[{"id":"a","attributeScores":{"TOXICITY":{"summaryScore":{"value":0.9,"type":"PROBABILITY"}}}}]`, Options{}, "attributeScores.TOXICITY.summaryScore.value",
			map[string]float64{"a": .9}, nil, 0,
		},
		{"labels", "id,label\na,true\nb,False\nc,1\n7,0\n", Options{}, "label", map[string]float64{"a": 1, "b": 0, "c": 1, "7": 0}, nil, 0},
		{"none", "id,score\na,\nb,NaN\nc,null\n7,-\n", Options{}, "score", map[string]float64{}, nil, 4},
		{
			"what is no score", "id,score\na,hot\nb,-0.1\nc,1.0001\n7,Inf\n,0.5\n", Options{}, "score", map[string]float64{},
			[]Problem{
				{2, `"hot" is no number`}, {3, "-0.1 is not between 0 and 1"}, {4, "1.0001 is not between 0 and 1"}, {5, "Inf is not between 0 and 1"},
				{6, "no ID of a comment"},
			}, 0,
		},
		{
			"twice", "id,score\na,0.5\na,0.5\na,0.7\nb,x\nb,0.1\n", Options{}, "score", map[string]float64{"a": .5, "b": .1},
			[]Problem{
				{3, "the comment a has its score in line 2 already"}, {4, "the comment a has a score in line 2 already: 0.5 there counts, and not 0.7"},
				{5, `"x" is no number`},
			}, 0,
		},
		{
			"by thread", "thread,id,score\nt,a,0.1\nother,a,0.2\nother,b,0.3\n,c,0.4\nfile-t,7,0.5\n", Options{}, "score",
			map[string]float64{"a": .1, "c": .4, "7": .5}, nil, 0,
		},
		{"broken JSON", "{\"id\":\"a\",\"score\":0.5}\n{\"id\":\n{\"id\":\"b\",\"score\":1}\n", Options{}, "score", map[string]float64{"a": .5, "b": 1}, []Problem{{2, "the JSON is broken: it ends in the middle; what stands before was read"}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := of(c.in, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if s.Column != c.column || s.Empty != c.empty {
				t.Errorf("column %q and %d empty, want %q and %d", s.Column, s.Empty, c.column, c.empty)
			}
			if d := cmp.Diff(c.problems, s.Problems); d != "" {
				t.Errorf("problems (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.want, s.Of(build("t", "a", "b", "c", "7"))); d != "" {
				t.Errorf("scores (-want +got):\n%s", d)
			}
		})
	}
}

func TestNoScores(t *testing.T) {
	for _, c := range []struct{ name, in, column, want string }{
		{"no ID", "x,score\n1,0.5\n", "", "no column holds the ID of the comments; call it id. There are x, score"},
		{"which?", "id,a,b\n1,0.5,0.2\n", "", "which column holds the scores? Name it with --scores-column; there are id, a, b"},
		{"not there", "id,a\n1,0.5\n", "b", `no column is called "b"; there are id, a`},
		{"prose", "Nothing here.", "", "no column"},
	} {
		if _, err := of(c.in, Options{Column: c.column}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := Open(t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: error %v", err)
	}
}

// What was asked for in one thread and another, and what in none.
func TestUsed(t *testing.T) {
	s, err := of("thread,id,score\n,a,0.1\nt,b,0.2\n,b,0.3\nt,z,0.4\n,y,0.5\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Of(build("t", "a", "b"))
	s.Of(build("u", "a"))
	if s.Used() != 2 || s.Several() != 1 || s.Rows != 5 {
		t.Errorf("%d of %d used, %d several times; want 2 of 5, 1", s.Used(), s.Rows, s.Several())
	}
	want := []Problem{
		{4, "another row gives the comment b its score, and names the thread"},
		{5, "no comment of the thread t has the ID z"},
		{6, "no comment of the input has the ID y"},
	}
	if d := cmp.Diff(want, s.Unknown(9)); d != "" {
		t.Errorf("unknown (-want +got):\n%s", d)
	}
	if n := len(s.Unknown(2)); n != 2 {
		t.Errorf("%d unknown, want the first 2", n)
	}
}

func parquetFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewWriter(&b, []parquet.Column{{Name: "text", Type: parquet.Text}, {Name: "toxicity", Type: parquet.Float}, {Name: "id", Type: parquet.Text}}, nil)
	for _, r := range []struct {
		id    string
		score float32
	}{{"a", 0.5}, {"b", 0.25}, {"c", 2}} {
		w.Text(0, "never read")
		w.Float(1, r.score)
		w.Text(2, r.id)
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestParquet(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.parquet")
	if err := os.WriteFile(name, parquetFile(t), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Open(name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]float64{"a": .5, "b": .25}, s.Of(build("t", "a", "b", "c"))); d != "" {
		t.Errorf("scores (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]Problem{{3, "2 is not between 0 and 1"}}, s.Problems); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
}

func TestCompressed(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte("id,score\na,0.5\n"))
	w.Close()
	name := filepath.Join(t.TempDir(), "x.csv.gz")
	for _, c := range []struct {
		name string
		in   []byte
		ok   bool
	}{{"whole", b.Bytes(), true}, {"cut", b.Bytes()[:b.Len()-9], false}} {
		if err := os.WriteFile(name, c.in, 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Open(name, Options{})
		if (err == nil) != c.ok || c.ok && s.Rows != 1 {
			t.Errorf("%s: %+v, %v; want one row: %v", c.name, s, err, c.ok)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("id,score\na,0.5\na,2\n"), "")
	f.Add([]byte("{\"id\":1,\"x\":{\"y\":true}}\n{\"id\":null}"), "x.y")
	f.Add([]byte("\xff\xfei\x00d\x00"), "")
	f.Add(parquetFile(f), "")
	f.Fuzz(func(t *testing.T, in []byte, column string) {
		s, err := read(bytes.NewReader(in), int64(len(in)), Options{Column: column})
		if err != nil {
			return
		}
		if s.Rows != len(s.entries) {
			t.Errorf("%d rows, %d scores", s.Rows, len(s.entries))
		}
		for _, e := range s.entries {
			if e.id == "" || math.IsNaN(e.score) || e.score < 0 || e.score > 1 {
				t.Errorf("line %d: %q has the score %v", e.line, e.id, e.score)
			}
		}
		for id, x := range s.Of(build("t", "a", "1")) {
			if x < 0 || x > 1 {
				t.Errorf("%s has the score %v", id, x)
			}
		}
	})
}
