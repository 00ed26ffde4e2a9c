package wordpress

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"threadheat/thread"
)

// shared is the folder of real pages beside the repository, which are not ours
// to keep in it. The test is skipped where it is missing.
func shared(t *testing.T, path string) string {
	t.Helper()
	root := os.Getenv("THREADHEAT_SHARED")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for dir != filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(dir, "..", "shared")
	}
	root = filepath.Join(root, path)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("NOT CHECKED against real saved pages: %v", err)
	}
	return root
}

// gold is what a person found on a page.
type gold struct {
	Family   string
	Comments []struct {
		ID, Text, Author, Time string
		Parent                 string
		Optional               bool
	}
}

func readPage(t *testing.T, page string) *thread.Thread {
	t.Helper()
	f, err := os.Open(page)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return readFrom(t, f)
}

// letters is what is left of a text where white space, marks and case do not
// count.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// sameTime compares as far as both sides tell: to the minute, wall clock.
func sameTime(gold, got string) bool {
	n := min(len(gold), len("2006-01-02T15:04"))
	return len(got) >= n && got[:n] == gold[:n]
}

// The floors are what was reached (everything) less a small margin.
func TestRealPages(t *testing.T) {
	dir := shared(t, "data/pages-dev/tierA")
	files, err := filepath.Glob(filepath.Join(dir, "*.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	type tally struct{ pages, want, got, found, parents, authors, times, timed int }
	var sum tally
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var g gold
		if err := json.Unmarshal(b, &g); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(g.Family, "wp") {
			continue
		}
		sum.pages++
		th := readPage(t, strings.TrimSuffix(file, ".gold.json"))
		byID, optional := map[string]thread.Index{}, map[string]bool{}
		for _, c := range g.Comments {
			optional[c.ID] = c.Optional
		}
		for i := range th.All() {
			byID[th.ID(i)] = i
			if !optional[th.ID(i)] {
				sum.got++
			}
		}
		for _, c := range g.Comments {
			if c.Optional {
				continue
			}
			sum.want++
			i, ok := byID[c.ID]
			if !ok || !strings.HasPrefix(letters(th.Text(i)), letters(c.Text)) {
				t.Logf("%s: comment %s is missing or has another text", filepath.Base(file), c.ID)
				continue
			}
			sum.found++
			if th.Comment(i).Parent == c.Parent {
				sum.parents++
			}
			if strings.EqualFold(letters(th.AuthorName(th.Author(i))), letters(c.Author)) {
				sum.authors++
			}
			if c.Time != "" {
				sum.timed++
				if sameTime(c.Time, th.Time(i).String()) {
					sum.times++
				}
			}
		}
	}
	t.Logf("%+v", sum)
	if sum.pages == 0 {
		t.Fatal("no WordPress pages among the real ones")
	}
	for _, c := range []struct {
		name    string
		got, of int
		atLeast float64
	}{
		{"recall", sum.found, sum.want, 0.98},
		{"precision", sum.found, sum.got, 0.98},
		{"parents", sum.parents, sum.found, 0.99},
		{"authors", sum.authors, sum.found, 0.99},
		{"times", sum.times, sum.timed, 0.98},
	} {
		if share := float64(c.got) / float64(c.of); !(share >= c.atLeast) {
			t.Errorf("%s: %d of %d = %.3f, want at least %.2f", c.name, c.got, c.of, share, c.atLeast)
		}
	}
}

func TestRealPagesWithoutComments(t *testing.T) {
	dir := shared(t, "data/pages-dev/none")
	pages, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, page := range pages {
		if th := readPage(t, page); th.Len() > 0 {
			t.Errorf("%s: %d comments, want none; the first is %q", filepath.Base(page), th.Len(), th.ID(0))
		}
	}
}
