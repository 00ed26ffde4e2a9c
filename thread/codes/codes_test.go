package codes

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readAll reads files given as name, content, name, content, …
func readAll(t testing.TB, o Options, files ...string) (*Table, error) {
	t.Helper()
	dir := t.TempDir()
	var names []string
	for k := 0; k < len(files); k += 2 {
		name := filepath.Join(dir, files[k])
		if err := os.WriteFile(name, []byte(files[k+1]), 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	table, err := Read(names, o)
	if table != nil {
		for k := range table.Problems {
			table.Problems[k].File = filepath.Base(table.Problems[k].File)
			table.Problems[k].What = strings.ReplaceAll(table.Problems[k].What, dir+string(filepath.Separator), "")
		}
	}
	return table, err
}

// said lists the answers as "label coder unit value".
func said(t *Table) []string {
	var out []string
	for _, a := range t.Answers {
		u := t.Units[a.Unit]
		out = append(out, fmt.Sprintf("%s %s %s%s %s", t.Labels[a.Label], t.Coders[a.Coder], u.Thread, u.ID, a.Value))
	}
	return out
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		name     string
		o        Options
		files    []string
		want     []string
		problems []Problem
	}{
		{
			"wide", Options{}, []string{"w.csv", "id;Ada;Ben\na;1;2\nb;;x\n"},
			[]string{"code Ada a 1", "code Ben a 2", "code Ben b x"}, nil,
		},
		{
			"wide, with labels", Options{Labels: []string{"heat", "irony"}}, []string{"w.csv", "id,heat_Ada,heat_Ben,irony.Ada,other_Ada,heat\na,1,2,0,9,0.5\n"},
			[]string{"heat Ada a 1", "heat Ben a 2", "irony Ada a 0"}, nil,
		},
		{
			"long", Options{}, []string{"l.csv", "thread,id,coder,hostility,irony,note\nt,a,Ada,1,0,why?\nt,a,Ben,2,NA,\nu,a,Ada,3,-,\n"},
			[]string{"hostility Ada ta 1", "irony Ada ta 0", "hostility Ben ta 2", "hostility Ada ua 3"}, nil,
		},
		{
			"long, one label", Options{Labels: []string{"irony"}}, []string{"l.csv", "id,annotator,hostility,irony\na,Ada,1,0\n"},
			[]string{"irony Ada a 0"}, nil,
		},
		{
			"a sheet for each, coder left empty", Options{}, []string{"Ada.csv", "\uFEFFunit,id,text,hostility,coder\n1,a,x,1,\n2,b,y,2,\n", "Ben.csv", "unit,id,text,hostility,coder\n1,a,x,0,\n2,b,y,,\n"},
			[]string{"hostility Ada a 1", "hostility Ada b 2", "hostility Ben a 0"}, nil,
		},
		{
			"files without a column for the coder", Options{}, []string{"Ada.csv", "id,h\na,1\n", "Ben.jsonl", `{"id":"a","h":0}`},
			[]string{"h Ada a 1", "h Ben a 0"}, nil,
		},
		{
			"what is odd", Options{}, []string{"l.csv", "unit,id,coder,h\n1,a,Ada,1\n1,a,Ada,2\n,b,Ada,1\n1,z,Ben,3\n2,c\n"},
			[]string{"h Ada a 1", "h Ben a 3"},
			[]Problem{
				{"l.csv", 3, "Ada has judged 1 already, in line 2, which counts"},
				{"l.csv", 4, "it does not say what was judged"},
				{"l.csv", 5, "unit 1 is the comment z here, and a before: are these sheets of one sample?"},
				{"l.csv", 6, "the row has 2 columns where the header has 4"},
			},
		},
		{
			"judged in two files", Options{}, []string{"1.csv", "id,coder,h\na,Ada,1\n", "2.csv", "id,coder,h\na,Ada,0\n"},
			[]string{"h Ada a 1"}, []Problem{{"2.csv", 2, "Ada has judged a already, in 1.csv, line 2, which counts"}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := readAll(t, c.o, c.files...)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, said(table)); d != "" {
				t.Errorf("answers (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.problems, table.Problems); d != "" {
				t.Errorf("problems (-want +got):\n%s", d)
			}
		})
	}
}

func TestTextOfAUnit(t *testing.T) {
	table, err := readAll(t, Options{}, "s.csv", "unit,text,parent_text,h,coder\n1,'=1+1,'-- no,2,Ada\n")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]Unit{{ID: "1", Text: "=1+1", Parent: "-- no", HasText: true}}, table.Units); d != "" {
		t.Errorf("units (-want +got):\n%s", d)
	}
}

func TestNoCodes(t *testing.T) {
	many := "id,coder,h\n"
	for k := range maxCoders + 1 {
		many += fmt.Sprintf("a,c%d,1\n", k)
	}
	for _, c := range []struct {
		name, in, want string
		o              Options
	}{
		{"empty", " \n", "it is empty", Options{}},
		{"prose", "Nothing at all", "no table", Options{}},
		{"no unit", "x,y\n1,2\n", "no column says what was judged; call it id or unit. There are x, y", Options{}},
		{"no answers", "id,text\n1,2\n", "no column holds answers; there are id, text", Options{}},
		{"no such label", "id,coder,h\n1,Ada,2\n", "no column holds answers", Options{Labels: []string{"g"}}},
		{"one label too many", "id,coder,h\n1,Ada,2\n", `no column is called "g"`, Options{Labels: []string{"h", "g"}}},
		{"coders beyond reason", many, "more than 1000 coders", Options{}},
	} {
		if _, err := readAll(t, c.o, "x.csv", c.in); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id;Ada;Ben\na;1;2\nb;;x\n", true, "")
	f.Add("unit,id,coder,h\n1,a,Ada,1\n1,a,Ada,2\n,b", false, "h")
	f.Add("[{\"id\":1,\"Ada\":true},{\"id\":1,\"Ada\":0}]", true, "")
	f.Add("id,h_Ada,h_\n1,2,3\n", true, "h")
	f.Fuzz(func(t *testing.T, in string, alone bool, label string) {
		o := Options{}
		if label != "" {
			o.Labels = []string{label}
		}
		b := &builder{o: o, units: map[unitKey]int{}, coders: map[string]int{}, labels: map[string]int{}, answered: map[[3]int]place{}}
		if b.read("x.csv", strings.NewReader(in), alone) != nil {
			return
		}
		seen := map[[3]int]bool{}
		for _, a := range b.t.Answers {
			at := [3]int{a.Label, a.Coder, a.Unit}
			if seen[at] || a.Value == "" || a.Label >= len(b.t.Labels) || a.Coder >= len(b.t.Coders) || a.Unit >= len(b.t.Units) || a.Line < 1 {
				t.Errorf("answer %+v", a)
			}
			seen[at] = true
		}
	})
}
