package wordpress

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/thread"
)

var (
	word       = regexp.MustCompile(`[\p{L}\p{N}]+`)
	listNumber = regexp.MustCompile(`(?m)^ *\d+\. `) // the page holds <ol>, not the numbers
)

// The facts were found by a person, not by this package.
func TestFixtures(t *testing.T) {
	checked := 0
	for _, page := range fixtures.Pages {
		if filepath.Ext(page.File) != ".html" {
			continue
		}
		checked++
		t.Run(page.File, func(t *testing.T) {
			th := readFrom(t, bytes.NewReader(fixtures.Bytes(page.File)))
			m := th.Meta()
			if m.Title != page.Title || m.Declared != page.Declared {
				t.Errorf("title %q, %d comments declared, want %q, %d", m.Title, m.Declared, page.Title, page.Declared)
			}
			for _, s := range page.Article {
				if !strings.Contains(m.Article, s) {
					t.Errorf("the article lacks %q", s)
				}
			}
			if th.Len() != len(page.Facts) {
				t.Fatalf("%d comments, want %d", th.Len(), len(page.Facts))
			}
			k := 0
			for i := range th.Document() {
				f, c := page.Facts[k], th.Comment(i)
				k++
				got := fixtures.Fact{ID: c.ID, Parent: c.Parent, Author: c.Author, Time: c.Time.String(), Depth: th.Depth(i), First: f.First, Last: f.Last, Words: f.Words}
				if c.Kind != thread.Ordinary {
					got = fixtures.Fact{ID: c.ID, Parent: c.Parent, Depth: th.Depth(i), Kind: c.Kind.String()}
				}
				if c.State != thread.Visible {
					got.State = c.State.String()
				}
				if d := cmp.Diff(f, got); d != "" {
					t.Errorf("comment %s (-want +got):\n%s", f.ID, d)
				}
				if f.Kind != "" {
					continue
				}
				flat := strings.Join(strings.FieldsFunc(c.Text, func(r rune) bool { return r == ' ' || r == '\n' }), " ")
				if !strings.HasPrefix(flat, f.First) || !strings.HasSuffix(flat, f.Last) {
					t.Errorf("comment %s is %.40q … %q, want %q … %q", f.ID, flat, flat[max(0, len(flat)-40):], f.First, f.Last)
				}
				for _, s := range page.Decoys {
					if strings.Contains(flat, s) {
						t.Errorf("comment %s holds %q", f.ID, s)
					}
				}
				if got := len(word.FindAllString(listNumber.ReplaceAllString(c.Text, ""), -1)); got != f.Words {
					t.Errorf("comment %s has %d words, want %d", f.ID, got, f.Words)
				}
			}
		})
	}
	if checked == 0 {
		t.Fatal("no HTML page among the fixtures")
	}
}

// What is drawn as a page is read back as it was.
func TestRoundTrip(t *testing.T) {
	want := fixtures.Build(fixtures.Bushy(500, 7))
	got := readFrom(t, bytes.NewReader(fixtures.HTMLPage(want)))
	if d := cmp.Diff(tree(want), tree(got)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// tree writes parents, authors and texts in reading order.
func tree(th *thread.Thread) []string {
	var out []string
	for i := range th.All() {
		c := th.Comment(i)
		out = append(out, c.ID+" < "+c.Parent+" "+c.Author+": "+c.Text)
	}
	return out
}

func TestBadInputs(t *testing.T) {
	for _, in := range fixtures.Bad {
		if filepath.Ext(in.Name) != ".html" {
			continue
		}
		if got := readFrom(t, bytes.NewReader(in.Bytes())).Len(); got != in.Comments {
			t.Errorf("%s: %d comments, want %d (%s)", in.Name, got, in.Comments, in.Want)
		}
	}
}
