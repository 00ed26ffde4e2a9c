package text

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/format"
)

// parse reads a page and fails the test on an error.
func parse(t testing.TB, name, page string, o format.Options) *thread.Thread {
	t.Helper()
	var all []*thread.Thread
	for th, err := range format.Threads(Format, format.Source{Name: name, Reader: strings.NewReader(page), Options: o}, thread.Source{Name: name, Format: "text"}) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, th)
	}
	if len(all) != 1 {
		t.Fatalf("%s: %d threads, want 1", name, len(all))
	}
	return all[0]
}

// shared is a folder of real pages that is not part of this repository. It
// skips the test where the folder is absent.
func shared(t *testing.T, path string) string {
	t.Helper()
	root := os.Getenv("THREADHEAT_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			up := filepath.Dir(dir)
			if up == dir {
				t.Fatal("no go.mod above the working directory")
			}
			dir = up
		}
		root = filepath.Join(filepath.Dir(dir), "shared")
	}
	full := filepath.Join(root, path)
	if _, err := os.Stat(full); err != nil {
		t.Skipf("NOT CHECKED: %s is absent, so the five real pages were not read (%v)", full, err)
	}
	return full
}

// The expectations were written by hand beside the pages.
type expectedPage struct {
	HasComments   bool    `json:"has_comments"`
	Title         *string `json:"title"`
	ArticleLines  []int   `json:"article_lines"`
	DeclaredCount *int    `json:"declared_count"`
	Comments      []struct {
		ID         string  `json:"id"`
		Parent     *string `json:"parent"`
		Author     string  `json:"author"`
		Timestamp  *string `json:"timestamp"`
		Depth      int     `json:"depth"`
		First      string  `json:"body_first40"`
		Last       string  `json:"body_last40"`
		Chars      int     `json:"body_chars"`
		Bytes      int     `json:"body_bytes"`
		SHA256     string  `json:"body_sha256"`
		HeaderLine int     `json:"header_line"`
	} `json:"comments"`
}

func TestRealPages(t *testing.T) {
	dir := shared(t, filepath.Join("samples", "seeds"))
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pages map[string]expectedPage
	if err := json.Unmarshal(b, &pages); err != nil {
		t.Fatal(err)
	}
	if len(pages) != 5 {
		t.Fatalf("expected.json describes %d pages, want 5", len(pages))
	}
	for name, want := range pages {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			checkPage(t, name, string(b), want)
		})
	}
}

func checkPage(t *testing.T, name, page string, want expectedPage) {
	th := parse(t, name, page, format.Options{})
	if th.Len() != len(want.Comments) {
		t.Fatalf("%d comments, want %d", th.Len(), len(want.Comments))
	}
	confidence, why := Format.Sniff(format.Head{Name: name, Bytes: []byte(page)})
	if likely := confidence >= format.Likely; likely != want.HasComments || confidence == format.No {
		t.Errorf("Sniff = %v (%s), has comments: %v", confidence, why, want.HasComments)
	}
	meta := th.Meta()
	if want.DeclaredCount != nil && (!meta.HasDeclared || meta.Declared != *want.DeclaredCount) {
		t.Errorf("declared = %d, %v, want %d", meta.Declared, meta.HasDeclared, *want.DeclaredCount)
	}
	if want.DeclaredCount == nil && meta.HasDeclared {
		t.Errorf("declared = %d, want none", meta.Declared)
	}
	if want.HasComments {
		title := ""
		if want.Title != nil {
			title = *want.Title
		}
		if meta.Title != title {
			t.Errorf("title = %q, want %q", meta.Title, title)
		}
		var article []string
		for i, l := range strings.Split(page, "\n") {
			if i+1 >= want.ArticleLines[0] && i+1 <= want.ArticleLines[1] && !(title != "" && l == title) {
				article = append(article, l)
			}
		}
		if w := strings.Trim(strings.Join(article, "\n"), "\n"); meta.Article != w {
			t.Errorf("article has %d bytes, want %d", len(meta.Article), len(w))
		}
		if n := len(th.Diagnostics()); name[:3] == "000" && n != 0 {
			t.Errorf("diagnostics: %v", th.Diagnostics())
		}
	}
	k := 0
	for i := range th.Document() {
		w := want.Comments[k]
		k++
		c := th.Comment(i)
		parent, stamp := "", ""
		if w.Parent != nil {
			parent = *w.Parent
		}
		if w.Timestamp != nil {
			stamp = *w.Timestamp
		}
		if c.ID != w.ID || c.Parent != parent || c.Author != w.Author || th.Depth(i) != w.Depth || c.Pos.Line != w.HeaderLine {
			t.Errorf("comment %d = %s under %q by %q, depth %d, line %d; want %s under %q by %q, depth %d, line %d",
				k, c.ID, c.Parent, c.Author, th.Depth(i), c.Pos.Line, w.ID, parent, w.Author, w.Depth, w.HeaderLine)
		}
		if c.Time.String() != stamp || stamp != "" && (c.Time.Precision() != thread.Minute || c.Time.ZoneKnown()) {
			t.Errorf("%s: time = %q (%v, zone known: %v), want %q to the minute without zone", c.ID, c.Time, c.Time.Precision(), c.Time.ZoneKnown(), stamp)
		}
		sum := sha256.Sum256([]byte(c.Text))
		if hex.EncodeToString(sum[:]) != w.SHA256 || len(c.Text) != w.Bytes || utf8.RuneCountInString(c.Text) != w.Chars {
			t.Errorf("%s: the text has %d bytes, %d letters, and sum %x; want %d, %d, %s", c.ID, len(c.Text), utf8.RuneCountInString(c.Text), sum, w.Bytes, w.Chars, w.SHA256)
		}
		if !strings.HasPrefix(c.Text, w.First) || !strings.HasSuffix(c.Text, w.Last) {
			t.Errorf("%s: the text does not start and end as expected", c.ID)
		}
		if basis := map[bool]thread.Basis{true: thread.Nested, false: thread.NoBasis}[parent != ""]; c.Basis != basis {
			t.Errorf("%s: basis = %q, want %q", c.ID, c.Basis, basis)
		}
	}
}
