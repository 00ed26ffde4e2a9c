package labels

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
)

func by(authors ...string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for _, a := range authors {
		b.Add(thread.Comment{Author: a, Text: "x"})
	}
	return b.Build()
}

func TestRead(t *testing.T) {
	th := by("Ada", "Bob", "Cyd", "", "Ada")
	for _, c := range []struct {
		name, in string
		o        Options
		column   string
		want     map[string]string
		problems []Problem
		empty    int
		unknown  []Problem
	}{
		{"plain", "author,label\nAda,red\nBob,blue\n", Options{}, "label", map[string]string{"Ada": "red", "Bob": "blue"}, nil, 0, nil},
		{"two columns, whatever the other is called", "Auteur;Couleur\nAda; red \n", Options{}, "Couleur", map[string]string{"Ada": "red"}, nil, 0, nil},
		{"by name", "author,party,team\nAda,p,q\n", Options{Column: "team"}, "team", map[string]string{"Ada": "q"}, nil, 0, nil},
		{"JSON lines", `{"author":"Ada","label":"red"}` + "\n" + `{"author":"Bob","label":3}`, Options{}, "label", map[string]string{"Ada": "red", "Bob": "3"}, nil, 0, nil},
		{"UTF-8 with its mark", "\uFEFFauthor\tlabel\nAda\trouge\n", Options{}, "label", map[string]string{"Ada": "rouge"}, nil, 0, nil},
		{"none", "author,label\nAda,\nBob,NA\nCyd,-\n", Options{}, "label", map[string]string{}, nil, 3, nil},
		{
			"odd rows", "author,label\n,red\nAda,red\nAda,blue\nAda,red\nEve,red\n", Options{}, "label", map[string]string{"Ada": "red"},
			[]Problem{{2, "no name of an author"}, {4, `the author Ada has a label in line 3 already: "red" there counts, and not "blue"`}}, 0,
			[]Problem{{6, "no author of the input is called Eve"}},
		},
	} {
		s, err := read(strings.NewReader(c.in), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := s.Of(th)
		unknown, all := s.Unknown(9)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: labels (-want +got):\n%s", c.name, d)
		}
		if d := cmp.Diff(c.problems, s.Problems); d != "" {
			t.Errorf("%s: problems (-want +got):\n%s", c.name, d)
		}
		if d := cmp.Diff(c.unknown, unknown); d != "" {
			t.Errorf("%s: unknown (-want +got):\n%s", c.name, d)
		}
		if s.Column != c.column || s.Empty != c.empty || all != len(c.unknown) || s.Len() != len(c.want)+all {
			t.Errorf("%s: column %q, %d empty, %d unknown, %d in all, want %q, %d, %d, %d", c.name, s.Column, s.Empty, all, s.Len(), c.column, c.empty, len(c.unknown), len(c.want)+len(c.unknown))
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		in   string
		o    Options
		want string
	}{
		{"", Options{}, "it is empty"},
		{"who,label\nAda,red\n", Options{}, "no column holds the names of the authors; call it author: there are who, label"},
		{"author,shirt,shoes\nAda,red,blue\n", Options{}, "which column holds the labels? Name it with --labels-column; there are author, shirt, shoes"},
		{"author,shirt\nAda,red\n", Options{Column: "shoes"}, `no column is called "shoes"; there are author, shirt`},
	} {
		if _, err := read(strings.NewReader(c.in), c.o); err == nil || err.Error() != c.want {
			t.Errorf("%q: %v, want %s", c.in, err, c.want)
		}
	}
	dir := t.TempDir()
	if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
	name := filepath.Join(dir, "labels.csv")
	if err := os.WriteFile(name, []byte("author,label\nAda,red\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(name, Options{}); err != nil || s.Name != name || s.Len() != 1 {
		t.Errorf("%+v, %v: want one label", s, err)
	}
}

// FuzzRead: whatever the file holds, each author of the thread has one label at most,
// and rows are named by lines that there are.
func FuzzRead(f *testing.F) {
	for _, in := range []string{"author,label\nAda,red\n", "author;label\n\"Ada\";", `[{"author":"Ada","label":{"a":1}}]`, "a", "\xff\xfea\x00,\x00", "author,label\n" + strings.Repeat("Ada,x\n", 9)} {
		f.Add([]byte(in))
	}
	th := by("Ada", "", "Bob")
	f.Fuzz(func(t *testing.T, in []byte) {
		s, err := read(strings.NewReader(string(in)), Options{})
		if err != nil {
			return
		}
		for name, label := range s.Of(th) {
			if name == "" || label == "" {
				t.Errorf("%q is labelled %q", name, label)
			}
		}
		for _, p := range s.Problems {
			if p.Line < 1 || p.What == "" {
				t.Errorf("problem %+v", p)
			}
		}
	})
}
