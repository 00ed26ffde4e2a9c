package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
)

// step is one thing that is told of a thread.
type step struct {
	key     string
	comment *thread.Comment
	meta    *thread.Meta
	report  *thread.Diagnostic
}

// random is a story of n steps about some threads. Parents may be missing, come
// late or go round in circles, IDs may stand twice, texts may be long.
func random(seed uint64, n, keys int) []step {
	r := rand.New(rand.NewPCG(seed, 1))
	word := func() string { return fmt.Sprint("w", r.IntN(30)) }
	steps := make([]step, n)
	for i := range steps {
		// Some threads are talked about much more than others.
		key := fmt.Sprint("k", min(r.IntN(keys), r.IntN(keys)))
		pos := thread.Pos{File: fmt.Sprint("f", r.IntN(2)), Line: r.IntN(3), Offset: int64(r.IntN(1000))}
		switch r.IntN(10) {
		case 0:
			steps[i] = step{key: key, meta: &thread.Meta{ID: key, Title: []string{"", word()}[r.IntN(2)], Declared: r.IntN(9), HasDeclared: r.IntN(3) == 0}}
		case 1:
			steps[i] = step{key: key, report: &thread.Diagnostic{Code: thread.BadRecord, Severity: thread.Severity(r.IntN(3)), Comment: word(), Pos: pos, Message: word()}}
		default:
			c := &thread.Comment{
				Thread: key, ID: fmt.Sprint(r.IntN(n)), Author: word(), Text: word(), Pos: pos,
				Score: r.IntN(9) - 4, HasScore: r.IntN(2) == 0, Kind: thread.Kind(r.IntN(5)), State: thread.State(r.IntN(5)),
			}
			if r.IntN(2) == 0 {
				c.Parent, c.Basis = fmt.Sprint(r.IntN(n)), thread.Inferred
				c.Certainty = r.Float32()
			}
			if r.IntN(20) == 0 {
				c.ID, c.Parent = key, ""
			} else if r.IntN(10) == 0 {
				c.Parent, c.Basis = key, thread.Declared
			}
			if r.IntN(n) < 2 {
				c.Text = strings.Repeat(word()+"\n", r.IntN(40_000))
			}
			if r.IntN(3) == 0 {
				c.AuthorKey = word()
			}
			c.Time, _ = thread.ParseStamp(fmt.Sprintf("2020-01-%02dT10:00:%02d+02:00", 1+r.IntN(28), r.IntN(60)), thread.Precision(r.IntN(7)))
			c.Edited, _ = thread.ParseStamp("2021-05-05T01:02:03", thread.Second)
			steps[i] = step{key: key, comment: c}
		}
	}
	return steps
}

// tell tells a corpus everything and gives what comes of it.
func tell(t testing.TB, o Options, steps []step, last ...thread.Diagnostic) []string {
	t.Helper()
	c := New(o)
	defer c.Close()
	for _, s := range steps {
		switch {
		case s.comment != nil:
			if err := c.Add(*s.comment); err != nil {
				t.Fatal(err)
			}
		case s.meta != nil:
			c.Describe(s.key, *s.meta)
		default:
			c.Report(s.key, *s.report)
		}
	}
	var got []string
	for th, err := range c.Threads(last...) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, dump(th))
	}
	return got
}

// dump is all there is to know of a thread.
func dump(t *thread.Thread) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n", t.Meta())
	for i := range t.Document() {
		fmt.Fprintf(&b, "%d %d %+v\n", i, t.Author(i), t.Comment(i))
	}
	fmt.Fprintf(&b, "%+v\n%+v", t.Quarantined(), t.Diagnostics())
	return b.String()
}

// plainly is what unlimited memory would give: a Builder for each thread.
func plainly(o Options, steps []step, last ...thread.Diagnostic) []string {
	type entry struct {
		*thread.Builder
		described, told, said, opening bool
	}
	byKey := map[string]*entry{}
	var order []string
	for _, s := range steps {
		e := byKey[s.key]
		if e == nil {
			e = &entry{Builder: thread.NewBuilder(thread.Meta{ID: s.key, Source: o.Source})}
			byKey[s.key] = e
			order = append(order, s.key)
		}
		if s.comment != nil && s.comment.ID == s.key {
			e.opening = true
		}
	}
	for _, s := range steps {
		e := byKey[s.key]
		switch {
		case s.comment != nil:
			c := *s.comment
			if o.ThreadParents && !e.opening && c.Parent == s.key {
				c.Parent, c.Basis = "", thread.NoBasis
			}
			e.Add(c)
			e.told, e.said = true, true
		case s.report != nil:
			e.Report(*s.report)
			e.told = true
		default:
			m := *s.meta
			m.Source = o.Source
			if e.described {
				m = e.Meta().Or(m)
			}
			e.SetMeta(m)
			e.described = true
		}
	}
	var got []string
	for _, key := range order {
		e := byKey[key]
		if o.Listed && !e.told {
			continue
		}
		if o.Listed && e.said && !e.described {
			e.Report(thread.Diagnostic{Code: thread.BadRecord, Message: fmt.Sprintf("the input holds comments of the thread %q, but not what it says of the thread itself", key)})
		}
		for _, d := range last {
			e.Report(d)
		}
		got = append(got, dump(e.Build()))
	}
	return got
}

func TestSameAsUnlimited(t *testing.T) {
	last := thread.Diagnostic{Code: thread.Truncated, Message: "cut"}
	r := rand.New(rand.NewPCG(7, 7))
	for seed := range uint64(60) {
		steps := random(seed, 1+r.IntN(400), 1+r.IntN(120))
		o := Options{Source: thread.Source{Name: "in", Format: "f"}, Listed: seed%2 == 0, ThreadParents: seed%3 == 0, Dir: t.TempDir()}
		want := plainly(o, steps, last)
		for _, o.Memory = range []int64{0, 1, 1 + r.Int64N(2000), 1 + r.Int64N(50_000)} {
			if diff := cmp.Diff(want, tell(t, o, steps, last)); diff != "" {
				t.Fatalf("story %d with %d bytes (-want +got):\n%s", seed, o.Memory, diff)
			}
		}
	}
}

// With one byte each thread is in a part of its own, some levels down.
func TestDivides(t *testing.T) {
	steps := random(3, 3000, 2500)
	o := Options{Memory: 1, Dir: t.TempDir()}
	c := New(o)
	defer c.Close()
	for _, s := range steps {
		c.Describe(s.key, thread.Meta{})
	}
	sorted, err := c.spill.sort(1)
	if err != nil {
		t.Fatal(err)
	}
	deepest := 0
	for _, p := range sorted {
		if p.many {
			t.Errorf("a part on level %d holds several threads", p.level)
		}
		deepest = max(deepest, p.level)
	}
	if deepest == 0 {
		t.Error("no part was divided")
	}
}

func TestNothing(t *testing.T) {
	for _, memory := range []int64{0, 1} {
		if got := tell(t, Options{Memory: memory, Dir: t.TempDir()}, nil); got != nil {
			t.Errorf("nothing told gives %q", got)
		}
	}
}

// What decoders say of the input as a whole they say of the thread "".
func TestListed(t *testing.T) {
	for _, memory := range []int64{0, 1} {
		c := New(Options{Memory: memory, Dir: t.TempDir(), Listed: true})
		c.Describe("asked", thread.Meta{ID: "asked", Article: "Why?"})
		c.Describe("answered", thread.Meta{ID: "answered"})
		c.Add(thread.Comment{Thread: "answered", ID: "1"})
		c.Add(thread.Comment{Thread: "lost", ID: "2"})
		c.Report("", thread.Diagnostic{Code: thread.NoComments})
		var got []string
		for th, err := range c.Threads() {
			if err != nil {
				t.Fatal(err)
			}
			s := fmt.Sprint(th.Meta().ID, " ", th.Len())
			for _, d := range th.Diagnostics() {
				s += " " + string(d.Code)
			}
			got = append(got, s)
		}
		c.Close()
		if diff := cmp.Diff([]string{"answered 1", "lost 1 bad-record", " 0 no-comments"}, got); diff != "" {
			t.Errorf("with %d bytes (-want +got):\n%s", memory, diff)
		}
	}
}

func TestThreadParents(t *testing.T) {
	for _, memory := range []int64{0, 1} {
		c := New(Options{Memory: memory, Dir: t.TempDir(), ThreadParents: true})
		answer := thread.Comment{ID: "1", Parent: "x", Basis: thread.Declared, Thread: "x"}
		c.Add(answer)
		answer.Thread = "y" // there x is a comment that is missing
		c.Add(answer)
		answer.Thread, answer.Parent = "z", "z"
		c.Add(answer)
		c.Add(thread.Comment{ID: "z", Thread: "z", Kind: thread.Post}) // though it comes late
		want := map[string]string{"x": "1<", "y": "x< 1<x", "z": "1<z z<"}
		for th := range c.Threads() {
			got := ""
			for i := range th.Document() {
				got += " " + th.ID(i) + "<" + th.Comment(i).Parent
			}
			if got = strings.TrimSpace(got); got != want[th.Meta().ID] {
				t.Errorf("with %d bytes thread %s is %q, want %q", memory, th.Meta().ID, got, want[th.Meta().ID])
			}
		}
		c.Close()
	}
}

func entries(t *testing.T, dir string) int {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	c := New(Options{Memory: 1, Dir: dir})
	for _, s := range random(1, 50, 20) {
		c.Describe(s.key, thread.Meta{Title: "T"})
	}
	if c.spill == nil {
		t.Fatal("nothing was written")
	}
	if n := entries(t, dir); n != 0 && runtime.GOOS != "windows" {
		t.Errorf("%d files have names while they are in use, want none", n)
	}
	for range c.Threads() {
		break
	}
	file := c.spill.file
	c.Close()
	c.Close()
	if n := entries(t, dir); n != 0 {
		t.Errorf("%d files are left", n)
	}
	if _, err := file.Stat(); err == nil {
		t.Error("the file is still open")
	}
}

// A system that keeps the names of open files, as Windows does.
func TestRemovesByName(t *testing.T) {
	dir := t.TempDir()
	s, err := newSpill(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.name = dir + "/left"
	if err := os.WriteFile(s.name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s.close(); entries(t, dir) != 0 {
		t.Error("the file is left")
	}
}

func TestNoFolder(t *testing.T) {
	dir := t.TempDir() + "/none"
	c := New(Options{Memory: 1, Dir: dir})
	defer c.Close()
	c.Describe("a", thread.Meta{})
	err := c.Add(thread.Comment{Thread: "a"})
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "TMPDIR") {
		t.Errorf("Add = %v, want an error that names %s and TMPDIR", err, dir)
	}
	n := 0
	for th, again := range c.Threads() {
		if n++; th != nil || again != err {
			t.Errorf("Threads = %v, %v, want %v", th, again, err)
		}
	}
	if n != 1 {
		t.Errorf("Threads yields %d times, want once", n)
	}
}

// The file fails at each place where it is used.
func TestBrokenFile(t *testing.T) {
	for _, c := range []struct {
		name  string
		harm  func(s *spill)
		later bool // told after it, more is written
		want  string
	}{
		{"writing", func(s *spill) { s.file.Close() }, true, "file already closed"},
		{"reading", func(s *spill) { s.file.Close() }, false, "file already closed"},
		{"shrunk", func(s *spill) { s.file.Truncate(s.end / 2) }, false, "unexpected EOF"},
		{"overwritten", func(s *spill) { s.file.WriteAt([]byte(strings.Repeat("\x7f", int(s.end))), 0) }, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := New(Options{Memory: 1, Dir: t.TempDir()})
			defer all.Close()
			steps := random(5, 60, 10)
			for _, s := range steps {
				all.Describe(s.key, thread.Meta{Title: "T"})
			}
			c.harm(all.spill)
			all.o.Memory = 1 << 20 // each part is sorted at once
			if c.later {
				all.o.Memory = 1
				all.Describe("a", thread.Meta{})
				if err := all.Add(thread.Comment{}); err == nil {
					t.Error("Add tells nothing")
				}
			}
			var last error
			for _, last = range all.Threads() {
			}
			if last == nil || !strings.Contains(last.Error(), c.want) {
				t.Errorf("Threads ends with %v, want %q", last, c.want)
			}
		})
	}
}

// stream tells of n comments of about 300 bytes in threads of about 20, mixed
// as in a dump of a month: a thread is talked about for a while.
func stream(c *Corpus, n int, each func()) error {
	text := strings.Repeat("Words that somebody said. ", 9)
	for i := range n {
		key := fmt.Sprintf("t3_%07d", max(0, i/20-int(uint32(i*2654435761)%500)))
		err := c.Add(thread.Comment{Thread: key, ID: fmt.Sprint(i), Author: fmt.Sprint("user", i%977), Text: text})
		if err != nil {
			return err
		}
		if i%5000 == 0 {
			each()
		}
	}
	return nil
}

// peak is the most that was live in memory, in bytes, of a corpus of n
// comments.
func peak(t testing.TB, memory int64, n int) (most uint64, threads int) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	look := func() {
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc-min(before, m.HeapAlloc))
	}
	c := New(Options{Memory: memory, Dir: t.TempDir()})
	defer c.Close()
	if err := stream(c, n, look); err != nil {
		t.Fatal(err)
	}
	for _, err := range c.Threads() {
		if err != nil {
			t.Fatal(err)
		}
		if threads++; threads%1000 == 0 {
			look()
		}
	}
	return most, threads
}

func TestMemoryIsFlat(t *testing.T) {
	const memory = 2 << 20
	one, _ := peak(t, memory, 25_000)
	four, _ := peak(t, memory, 100_000)
	t.Logf("%d bytes live for 7 MB, %d for 30 MB", one, four)
	if four > one*5/4 || four > 2*memory {
		t.Errorf("%d bytes are live for 7 MB of comments, %d for 30 MB", one, four)
	}
}

// BenchmarkMemory shows what is live at most in corpora of 1, 4 and 16 times a
// size.
func BenchmarkMemory(b *testing.B) {
	const n = 100_000
	for _, times := range []int{1, 4, 16} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			for b.Loop() {
				most, _ := peak(b, 8<<20, times*n)
				b.ReportMetric(float64(most)/1e6, "peak-MB")
			}
			b.SetBytes(int64(times * n * 300))
		})
	}
}

// BenchmarkCorpus is the cost of grouping, in memory and through a file.
func BenchmarkCorpus(b *testing.B) {
	const n = 200_000
	for _, c := range []struct {
		name   string
		memory int64
	}{{"memory", 1 << 30}, {"file", 8 << 20}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(n * 300)
			b.ReportAllocs()
			for b.Loop() {
				all := New(Options{Memory: c.memory, Dir: b.TempDir()})
				if err := stream(all, n, func() {}); err != nil {
					b.Fatal(err)
				}
				for _, err := range all.Threads() {
					if err != nil {
						b.Fatal(err)
					}
				}
				all.Close()
			}
		})
	}
}
