package all_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/unpack"
)

// account is a thread in words: its comments and what they answer.
func account(t *thread.Thread) (said []string) {
	for i := range t.All() {
		c := t.Comment(i)
		said = append(said, fmt.Sprintf("%s→%s %s %s %s %q", c.ID, c.Parent, c.Author, c.Time, c.State, c.Text))
	}
	return said
}

// decoded is the thread of a page and what it was read as.
func decoded(t *testing.T, m unpack.Member) (name string, got *thread.Thread, err error) {
	t.Helper()
	head, r, err := format.Peek(m.Name, m.Reader)
	if err != nil {
		return "", nil, err
	}
	v, err := format.Detect(all.Formats, head)
	if err != nil {
		t.Fatal(err)
	}
	var failure error
	for th, err := range format.Threads(v.Format, format.Source{Name: m.Name, Reader: r}, thread.Source{Name: m.Name}) {
		if err != nil {
			failure = err
		} else if got == nil {
			got = th
		}
	}
	return v.Format.Name, got, failure
}

// A page in a web archive gives the thread that it gives as a file.
func TestPagesInArchives(t *testing.T) {
	read := func(file string) string {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	pages := []struct {
		url, kind, content, format string
		comments                   int // counted by hand, see fixtures and the samples' notes
	}{
		{"https://plotseven.example/2023/06/slugs/", "text/html; charset=UTF-8", string(fixtures.Bytes("garden.html")), "wordpress", 12},
		{"https://news.example/item?id=1", "text/html", read("../hackernewspage/testdata/rosetta.html"), "hackernewspage", 5},
		{"https://www.reddit.example/comments/rofix1.json", "application/json", read("../redditlisting/testdata/rosetta.json"), "redditlisting", 5},
		{"https://wolke.example/", "text/plain", string(fixtures.Bytes("cloud.txt")), "text", 7},
	}
	var archive bytes.Buffer
	record := func(s string) {
		w := gzip.NewWriter(&archive)
		io.WriteString(w, s)
		w.Close()
	}
	record("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
	for _, p := range pages {
		block := "HTTP/1.1 200 OK\r\nContent-Type: " + p.kind + "\r\nTransfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(p.content), p.content)
		kind := "response"
		if p.format == "text" { // as in a WET file
			kind, block = "conversion", p.content
		}
		record(fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2023-06-05T08:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			kind, p.url, map[string]string{"response": "application/http; msgtype=response", "conversion": p.kind}[kind], len(block), block))
	}
	n := 0
	for m, err := range unpack.Open("crawl.warc.gz", &archive, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if n == len(pages) {
			t.Fatalf("a page too many: %s", m.Name)
		}
		p := pages[n]
		n++
		name, got, err := decoded(t, m)
		if err != nil || name != p.format || m.URL != p.url || m.Captured.String() != "2023-06-05T08:00:00Z" {
			t.Errorf("%s: read as %s at %s, %v, want %s", m.URL, name, m.Captured, err, p.format)
			continue
		}
		_, alone, _ := decoded(t, unpack.Member{Name: m.Name, Reader: strings.NewReader(p.content)})
		if diff := cmp.Diff(account(alone), account(got)); diff != "" {
			t.Errorf("%s (-as a file +in the archive):\n%s", m.URL, diff)
		}
		if got.Len() != p.comments {
			t.Errorf("%s: %d comments, want %d", m.URL, got.Len(), p.comments)
		}
	}
	if n != len(pages) {
		t.Errorf("%d pages, want %d", n, len(pages))
	}
}

// A page that was cut short gives the comments before the cut, and says so.
func TestCutPageInArchive(t *testing.T) {
	content := string(fixtures.Bytes("garden.html"))
	content = content[:strings.Index(content, `id="comment-505"`)]
	in := fmt.Sprintf("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Truncated: length\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(content), content)
	for m, err := range unpack.Open("crawl.warc", strings.NewReader(in), nil) {
		if err != nil {
			t.Fatal(err)
		}
		_, got, err := decoded(t, m)
		if !errors.Is(err, unpack.ErrCut) || got.Len() != 2 {
			t.Fatalf("%d comments, %v, want the two comments before the cut and ErrCut", got.Len(), err)
		}
		for _, d := range got.Diagnostics() {
			if d.Code == thread.Truncated {
				return
			}
		}
		t.Errorf("no truncated diagnostic among %v", got.Diagnostics())
	}
}
