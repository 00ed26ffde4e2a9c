package all_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/net/html"

	"threadheat/fixtures"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
	"threadheat/thread/format/redditdump"
	"threadheat/thread/internal/dom"
)

// What reading costs, from bytes to trees: BENCHMARK.md says how to run these
// and what came out.

// page is an input of a benchmark.
type page struct {
	name  string
	bytes []byte
}

// read is all that happens between the bytes of a page and its threads.
func (p page) read(b *testing.B) {
	b.Helper()
	head, r, err := format.Peek(p.name, bytes.NewReader(p.bytes))
	if err != nil {
		b.Fatal(err)
	}
	v, err := format.Detect(all.Formats, head)
	if err != nil {
		return // pages of no format cost their detection
	}
	for _, err := range format.Threads(v.Format, format.Source{Name: p.name, Reader: r}, thread.Source{}) {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// stage measures what each does to all of the pages. Beside the average it tells
// the speed of all pages and of the median page when each is read as fast as it
// ever was, which other work on the machine disturbs little.
func stage(b *testing.B, name string, pages []page, each func(*testing.B, page)) {
	b.Run(name, func(b *testing.B) {
		total := 0
		for _, p := range pages {
			total += len(p.bytes)
		}
		b.SetBytes(int64(total))
		b.ReportAllocs()
		fastest := make([]time.Duration, len(pages))
		for b.Loop() {
			for i, p := range pages {
				start := time.Now()
				each(b, p)
				if d := time.Since(start); fastest[i] == 0 || d < fastest[i] {
					fastest[i] = d
				}
			}
		}
		var sum time.Duration
		speeds := make([]float64, len(pages))
		for i, d := range fastest {
			sum += d
			speeds[i] = float64(len(pages[i].bytes)) / 1e6 / d.Seconds()
		}
		slices.Sort(speeds)
		b.ReportMetric(float64(total)/1e6/sum.Seconds(), "best-MB/s")
		b.ReportMetric(speeds[len(speeds)/2], "median-MB/s")
	})
}

// measure runs the stages of reading pages: the bare tokenizer, which nothing can
// outrun here; trees of nodes; detection; and everything.
func measure(b *testing.B, pages []page) {
	stage(b, "tokens", pages, func(b *testing.B, p page) {
		for z := html.NewTokenizer(bytes.NewReader(p.bytes)); z.Next() != html.ErrorToken; {
			for _, more := z.TagName(); more; {
				_, _, more = z.TagAttr()
			}
		}
	})
	stage(b, "tree", pages, func(b *testing.B, p page) { dom.Parse(string(p.bytes)) })
	stage(b, "detect", pages, func(b *testing.B, p page) {
		format.Detect(all.Formats, format.Head{Name: p.name, Bytes: p.bytes[:min(len(p.bytes), format.HeadSize)]})
	})
	stage(b, "threads", pages, func(b *testing.B, p page) { p.read(b) })
}

// BenchmarkSaved reads saved pages of the web, where they are at hand: blogs
// twice, Hacker News, talk pages of Wikipedia, and pages without comments.
func BenchmarkSaved(b *testing.B) {
	for _, folder := range []string{"tierA", "snippets", "hn", "wiki", "none"} {
		b.Run(folder, func(b *testing.B) {
			measure(b, load(b, filepath.Join(shared(b, "data/pages-dev"), folder, "*.html")))
		})
	}
}

// BenchmarkDrawn reads pages of our own: eight of 150 short comments each as the
// software of several sites draws them. Nothing stands around them, so they are
// harder than pages of the web.
func BenchmarkDrawn(b *testing.B) {
	for _, d := range drawn {
		b.Run(d.format, func(b *testing.B) {
			var pages []page
			for seed := range uint64(8) {
				pages = append(pages, page{d.format + ".html", []byte(d.draw(fixtures.Build(fixtures.Bushy(150, seed))))})
			}
			measure(b, pages)
		})
	}
}

func load(b *testing.B, pattern string) []page {
	b.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		b.Fatalf("no pages match %s (%v)", pattern, err)
	}
	var pages []page
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, page{filepath.Base(file), data})
	}
	return pages
}

// BenchmarkDump reads records of Reddit's dumps, of which eight fields of 50
// matter, a MiB at a time: the standard library's check that they are JSON, and
// comments.
func BenchmarkDump(b *testing.B) {
	var pages []page
	for n, i := 0, 0; n < 8; n++ {
		var p bytes.Buffer
		for ; p.Len() < 1<<20; i++ {
			p.WriteString(dumped(i))
		}
		pages = append(pages, page{"RC", p.Bytes()})
	}
	stage(b, "json.Valid", pages, func(b *testing.B, p page) {
		for line := range bytes.Lines(p.bytes) {
			if !json.Valid(line) {
				b.Fatalf("no JSON: %s", line)
			}
		}
	})
	stage(b, "comments", pages, func(b *testing.B, p page) {
		for _, err := range redditdump.Format.Decode(format.Source{Reader: bytes.NewReader(p.bytes)}, nowhere{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
