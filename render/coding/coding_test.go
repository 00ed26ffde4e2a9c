package coding

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/sampling"
	"threadheat/render"
	"threadheat/render/all"
	"threadheat/thread"
)

func sheet(t testing.TB, units []sampling.Unit, open bool) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := Sheet(&b, units, open); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(b.String(), "\uFEFF")
	if !ok || !utf8.ValidString(text) {
		t.Errorf("no byte order mark, or not UTF-8: %q", b.String())
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

var units = []sampling.Unit{
	{
		Thread: "t", Title: "=HYPERLINK(1)", ID: "2.1", Author: "@ada", Text: "-1 \x00for\u202e you\r\nall", Depth: 2,
		Parent: &sampling.Said{Author: "Ben", Text: "+1"}, Above: []sampling.Said{{Author: "Cyd", Text: "first"}, {Author: "Ada", Text: "second"}},
		Stratum: "heat 0", Weight: 2.5, Heat: metrics.Of(0.25, 3),
	},
	{Thread: "t", ID: "3", Text: "plain", Time: thread.Stamp{}, Heat: metrics.Undefined(0, metrics.NotComputed)},
}

func TestSheet(t *testing.T) {
	want := [][]string{
		{"unit", "thread", "id", "title", "author", "time", "depth", "above", "parent_author", "parent_text", "text", "hostility", "target", "irony", "note", "coder"},
		{"1", "t", "2.1", "'=HYPERLINK(1)", "'@ada", "", "2", "Cyd: first\n\nAda: second", "Ben", "'+1", "'-1 for\u202e you\nall", "", "", "", "", ""},
		{"2", "t", "3", "", "", "", "0", "", "", "", "plain", "", "", "", "", ""},
	}
	if d := cmp.Diff(want, sheet(t, units, false)); d != "" {
		t.Errorf("sheet (-want +got):\n%s", d)
	}
	open := sheet(t, units, true)
	if d := cmp.Diff([]string{"heat 0", "2.5"}, open[1][len(open[1])-2:]); d != "" {
		t.Errorf("stratum and weight (-want +got):\n%s", d)
	}
}

func TestKey(t *testing.T) {
	var b bytes.Buffer
	if err := Key(&b, units); err != nil {
		t.Fatal(err)
	}
	want := "unit,thread,id,stratum,weight,heat\n1,t,2.1,heat 0,2.5,0.25\n2,t,3,,0,\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("key (-want +got):\n%s", d)
	}
}

func TestClipEnd(t *testing.T) {
	for _, c := range []struct{ in, want string }{{"", ""}, {"été", "été"}, {"un été", "…été"}} {
		if got := clipEnd(c.in, 3); got != c.want {
			t.Errorf("clipEnd(%q, 3) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzSheet(f *testing.F) {
	f.Add("=1+1", "\xff\x00\r\n", "\"a\",b")
	f.Fuzz(func(t *testing.T, title, text, id string) {
		rows := sheet(t, []sampling.Unit{{Title: title, Text: text, ID: id, Parent: &sampling.Said{Text: text}}}, true)
		if len(rows) != 2 || len(rows[1]) != len(rows[0]) {
			t.Fatalf("%d rows, want 2 of %d cells", len(rows), len(rows[0]))
		}
		for _, cell := range rows[1] {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet takes %q for a formula", cell)
			}
		}
	})
}

// The codebook can be written in both languages by every renderer, and explains each
// column that coders fill in.
func TestCodebook(t *testing.T) {
	d := Drawn{Seed: 7, Left: 2, Strata: []sampling.Stratum{{Name: "heat 0", Of: 10, Drawn: 4, Weight: 2.5}, {Name: "heat unknown", Of: 3}}}
	words := map[metrics.Lang]string{}
	for _, l := range metrics.Langs {
		for _, r := range all.Renderers {
			var b bytes.Buffer
			if err := r.Render(&b, Codebook(d, l, "0")); err != nil {
				t.Fatal(err)
			}
			for _, label := range append(Labels, "threadheat agree") {
				if !strings.Contains(b.String(), label) {
					t.Errorf("%s, %s: no word of %s", r.Name, l, label)
				}
			}
			if r.Name == "text" {
				words[l] = b.String()
			}
		}
	}
	if words[metrics.English] == words[metrics.French] {
		t.Error("the French codebook is the English one")
	}
	if !strings.Contains(words[metrics.French], "2,500") || !strings.Contains(words[metrics.English], "2.500") {
		t.Error("the weight 2.5 is not there as people write it")
	}
	en, fr := Codebook(d, metrics.English, "0"), Codebook(d, metrics.French, "0")
	for k, s := range en.Sections {
		other := fr.Sections[k]
		if s.ID != other.ID || s.Title == other.Title || len(s.Blocks) != len(other.Blocks) {
			t.Errorf("section %s is another in French: %s", s.ID, other.ID)
		}
		for i, block := range s.Blocks {
			if table, ok := block.(*render.Table); ok && len(table.Rows) != len(other.Blocks[i].(*render.Table).Rows) {
				t.Errorf("section %s: table %s has other rows in French", s.ID, table.ID)
			}
		}
	}
}
