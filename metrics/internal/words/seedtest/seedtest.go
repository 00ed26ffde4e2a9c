// Package seedtest reads, for tests only, the two real pages with comments that
// the published numbers were counted on. They are other people's words and no
// part of the project: where the folder with them is absent, tests skip.
package seedtest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
)

// Load reads the page with the given number ("000", "004") as its expected file
// says: the article is its lines as they stand, the comments come in document
// order, each checked against its SHA-256.
func Load(t testing.TB, page string) *thread.Thread {
	t.Helper()
	dir := filepath.Join(shared(t), "samples", "seeds")
	found, err := filepath.Glob(filepath.Join(dir, page+"_*.txt"))
	if err != nil || len(found) != 1 {
		t.Skipf("page %s is not in %s: the published numbers were not checked", page, dir)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	expected, err := os.ReadFile(filepath.Join(dir, page+".expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var e struct {
		Title    string
		Lines    [2]int `json:"article_lines"`
		Comments []struct {
			ID, Author        string
			Parent, Timestamp *string
			Lines             [2]int `json:"body_line_range"`
			SHA256            string `json:"body_sha256"`
		}
	}
	if err := json.Unmarshal(expected, &e); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	cut := func(r [2]int) []string { return lines[r[0]-1 : r[1]] }
	b := thread.NewBuilder(thread.Meta{Title: e.Title, Article: strings.Join(cut(e.Lines), "\n")})
	for _, c := range e.Comments {
		var body []string
		for _, l := range cut(c.Lines) {
			body = append(body, strings.TrimSpace(l))
		}
		in := thread.Comment{ID: c.ID, Author: c.Author, Text: strings.Join(body, "\n")}
		if sum := sha256.Sum256([]byte(in.Text)); hex.EncodeToString(sum[:]) != c.SHA256 {
			t.Fatalf("page %s: the text of comment %s is not what was counted", page, c.ID)
		}
		if c.Parent != nil {
			in.Parent, in.Basis = *c.Parent, thread.Nested
		}
		if c.Timestamp != nil {
			at, err := time.Parse("2006-01-02T15:04:05", *c.Timestamp)
			if err != nil {
				t.Fatal(err)
			}
			in.Time = thread.Local(at, thread.Minute)
		}
		b.Add(in)
	}
	return b.Build()
}

// shared is the folder with the real pages: $THREADHEAT_SHARED, or ../shared
// beside the repository.
func shared(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("THREADHEAT_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "..", "shared")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}
