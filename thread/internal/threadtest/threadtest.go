// Package threadtest makes threads for tests of formats, and tells them apart.
package threadtest

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Dump is all that can be asked of a thread.
type Dump struct {
	Meta        thread.Meta
	Comments    []thread.Comment
	Indexes     [][4]int
	Names, Keys []string
	Document    []thread.Index
	Diagnostics []thread.Diagnostic
	Quarantined []thread.Comment
}

// DumpOf asks t for all.
func DumpOf(t *thread.Thread) Dump {
	d := Dump{Meta: t.Meta(), Diagnostics: t.Diagnostics(), Quarantined: t.Quarantined()}
	for i := range t.All() {
		d.Comments = append(d.Comments, t.Comment(i))
		d.Indexes = append(d.Indexes, [4]int{int(t.Parent(i)), int(t.End(i)), t.Depth(i), int(t.Author(i))})
	}
	for i := range t.Document() {
		d.Document = append(d.Document, i)
	}
	for a := range t.Authors() {
		d.Names, d.Keys = append(d.Names, t.AuthorName(thread.AuthorID(a))), append(d.Keys, t.AuthorKey(thread.AuthorID(a)))
	}
	return d
}

// Carried is d without what a table of comments does not carry: diagnostics,
// quarantined comments, and where in the input each comment stood.
func (d Dump) Carried() Dump {
	d.Diagnostics, d.Quarantined = nil, nil
	for i := range d.Comments {
		d.Comments[i].Pos = thread.Pos{}
	}
	return d
}

// Random is a thread of odd comments with ghosts, duplicates and
// pingbacks among them.
func Random(r *rand.Rand) *thread.Thread {
	odd := []string{"", "a", "é", "e\u0301", "日本", "a\x00b", "\xff", "x y", "\u202eabc", "line\nline\n\nline", "tab\tq", `"\/`, "<b>&amp;</b>", "👩\u200d👩\u200d👧", "\u2028\u2029", "null", "None", "NaN", "0", "-1", "[deleted]", "{}", "=1+1", "a;b,c", "a\"b", " ", "\uFEFF", "\u00a0"}
	pick := func() string { return odd[r.IntN(len(odd))] }
	n := r.IntN(25)
	id := func() string {
		if r.IntN(6) == 0 {
			return pick()
		}
		return strconv.Itoa(r.IntN(n*3/2 + 1))
	}
	stamp := func() thread.Stamp {
		p := thread.Precision(r.IntN(7))
		at := time.Date(1960+r.IntN(80), 1, 1, 0, r.IntN(100000), r.IntN(60), r.IntN(1e9), time.FixedZone("", 60*(r.IntN(1600)-800)))
		if r.IntN(2) == 0 {
			return thread.At(at, p)
		}
		return thread.Local(at, p)
	}
	// Nothing says how precise the time is, so its text must.
	captured := func() thread.Stamp {
		s, _ := thread.ReadStamp(stamp().String(), "")
		return s
	}
	pos := func() thread.Pos {
		return thread.Pos{File: []string{"", "page", "other"}[r.IntN(3)], Line: r.IntN(3), Offset: int64(r.IntN(3))}
	}
	m := thread.Meta{ID: pick(), Title: pick(), URL: pick(), Article: pick() + pick(), Lang: pick(), Source: thread.Source{Name: "page", Format: "text", Confidence: "likely", SHA256: pick(), Captured: captured()}}
	if r.IntN(2) == 0 {
		m.Declared, m.HasDeclared = r.IntN(n+2), true
	}
	b := thread.NewBuilder(m)
	var cs []thread.Comment
	for i := range n {
		c := thread.Comment{
			ID: id(), Parent: id(), Author: pick(), Time: stamp(), Edited: stamp(), Text: pick() + pick(),
			Kind: thread.Kind(r.IntN(5)), Basis: thread.Basis(r.IntN(6)), Certainty: float32(r.IntN(5)) * r.Float32() / 2, Pos: pos(),
		}
		switch r.IntN(6) {
		case 0:
			c.AuthorKey = pick()
		case 1:
			c.State = thread.State(r.IntN(6))
		case 2:
			c.Parent = ""
		case 3:
			if i > 0 {
				c = cs[r.IntN(i)]
			}
		case 4:
			c.Score, c.HasScore = []int{r.IntN(20) - 10, math.MaxInt32, math.MinInt32}[r.IntN(3)], true
		}
		cs = append(cs, c)
		b.Add(c)
		if r.IntN(10) == 0 {
			b.Report(thread.Diagnostic{Code: thread.Code(pick()), Severity: thread.Severity(r.IntN(3)), Comment: pick(), Pos: pos(), Message: pick()})
		}
	}
	return b.Build()
}

// ReadBack is the threads that f reads in what its encoder wrote.
func ReadBack(t testing.TB, f *format.Format, in string) (threads []*thread.Thread) {
	t.Helper()
	name := "in." + f.Name
	for th, err := range format.Threads(f, format.Source{Name: name, Reader: strings.NewReader(in)}, thread.Source{Name: name, Format: f.Name}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	return threads
}
