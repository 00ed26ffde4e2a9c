package main

import (
	"bytes"
	"compress/gzip"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread/replies/internal/rank"
)

// log is a file of one log of our own: a question, its answer, a notice, a
// message that nobody annotated.
const log = `{"id": "one", "messages": [
	{"i": 0, "time": "23:58", "author": "mira", "text": "how do I mount a disk?", "replies_to": []},
	{"i": 1, "system": true, "text": "=== osso has joined", "replies_to": []},
	{"i": 2, "time": "23:59", "author": "osso", "text": "mira: mount /dev/sdb1", "replies_to": [0]},
	{"i": 3, "time": "00:01", "author": "mira", "text": "and then?", "replies_to": [0, 2]},
	{"i": 4, "time": "00:01", "author": "zeta", "text": "hello"}]}`

func writeLog(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "x.jsonl.gz")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestReadChats(t *testing.T) {
	chats, err := readChats(writeLog(t, log))
	if err != nil || len(chats) != 1 {
		t.Fatalf("%d logs, %v", len(chats), err)
	}
	c := chats[0]
	if diff := cmp.Diff([]int{0, 1, 2, 3}, c.annotated); diff != "" {
		t.Errorf("annotated (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[int][]int{0: {}, 1: {}, 2: {0}, 3: {0, 2}}, c.gold); diff != "" {
		t.Errorf("gold (-want +got):\n%s", diff)
	}
	if got := c.t.Time(3).UnixMilli() - c.t.Time(2).UnixMilli(); got != 2*60_000 {
		t.Errorf("from 23:59 to 00:01 pass %d ms, want 2 minutes", got)
	}
	if _, err := readChats(writeLog(t, `{"id": "x", "messages": [{"i": 1}]}`)); err == nil {
		t.Error("a log that begins with message 1 is taken")
	}
	if _, err := readChats(writeLog(t, `{"id":`)); err == nil {
		t.Error("a log cut short is taken")
	}
}

// Both definitions, counted by hand on the log above: 3 links; with starts 5.
func TestScore(t *testing.T) {
	chats, err := readChats(writeLog(t, log))
	if err != nil {
		t.Fatal(err)
	}
	c := &chats[0]
	for _, m := range []struct {
		name         string
		up           func(int) int
		links, graph counts
	}{
		{"nothing", func(int) int { return -1 }, counts{0, 0, 3}, counts{2, 4, 5}},
		{"the first", func(i int) int { return min(0, i-1) }, counts{2, 3, 3}, counts{3, 4, 5}},
		{"previous", previous(c), counts{2, 2, 3}, counts{4, 4, 5}}, // 2 answers 0, 3 answers 2; 0 and the notice nothing
		{"mention or own", mentionOrOwn(c), counts{2, 2, 3}, counts{4, 4, 5}},
	} {
		var r result
		r.score(c, m.up)
		if r.links != m.links || r.graph != m.graph {
			t.Errorf("%s: %v and %v, want %v and %v", m.name, r.links, r.graph, m.links, m.graph)
		}
	}
	if c := (counts{2, 3, 5}); c.precision() != 2.0/3 || c.recall() != 0.4 || c.f1() != 0.5 {
		t.Errorf("%v: want 2/3, 2/5 and 4/8", c)
	}
}

// toy is lines of five candidates, of which the one with the largest product of
// the first two columns is right.
func toy() *table {
	r := rand.New(rand.NewPCG(7, 7))
	t := &table{columns: 3}
	for range 2000 {
		t.groups = append(t.groups, int32(len(t.right)))
		best, at := -1, 0
		for range 5 {
			a, b := uint8(r.IntN(10)), uint8(r.IntN(10))
			t.bins = append(t.bins, a, b, uint8(r.IntN(10)))
			t.right = append(t.right, false)
			if int(a)*int(b) > best {
				best, at = int(a)*int(b), len(t.right)-1
			}
		}
		t.right[at] = true
	}
	t.groups = append(t.groups, int32(len(t.right)))
	return t
}

func TestBoost(t *testing.T) {
	edges := make([][]float32, 3)
	for c := range edges {
		for v := range 9 {
			edges[c] = append(edges[c], float32(v))
		}
	}
	train := func(seed uint64) *rank.Model {
		m := &rank.Model{Edges: edges}
		boost(toy(), m, options{trees: 60, leaves: 8, minRows: 10, rate: 0.3, lambda: 1, share: 0.7, seed: seed})
		return m
	}
	m := train(1)
	tab, hits := toy(), 0
	for g := range len(tab.groups) - 1 {
		lo, hi := tab.groups[g], tab.groups[g+1]
		best := lo
		for r := lo; r < hi; r++ {
			if m.Score(tab.row(r)) > m.Score(tab.row(best)) {
				best = r
			}
		}
		if tab.right[best] {
			hits++
		}
	}
	if hits < 1900 {
		t.Errorf("%d of 2,000 lines found, want 1,900: the sum of trees is no product, but near", hits)
	}
	if !bytes.Equal(m.Encode(), train(1).Encode()) {
		t.Error("the same table and seed give another model")
	}
	if bytes.Equal(m.Encode(), train(2).Encode()) {
		t.Error("another seed gives the same model")
	}
}

func TestEdges(t *testing.T) {
	var sample []float32
	for v := range 1000 {
		sample = append(sample, float32(v), float32(v%2), 7)
	}
	e := edgesOf(sample, 3, 9)
	if len(e[0]) != 9 || e[0][4] != 500 {
		t.Errorf("edges of 0 to 999 = %v, want 9 of which 500 is the middle", e[0])
	}
	if diff := cmp.Diff([]float32{0}, e[1]); diff != "" {
		t.Errorf("edges of a flag (-want +got):\n%s", diff)
	}
	if len(e[2]) != 0 {
		t.Errorf("edges of a constant = %v", e[2])
	}
}

func TestCalibration(t *testing.T) {
	var c calibration
	for i := range 10 {
		c.add(0.95, i < 9)
	}
	c.add(1, true)
	for _, want := range []string{"| 0.9 to 1.0 | 11 | 0.955 | 0.909 |", "over all 11 links (expected calibration error): 0.045."} {
		if !strings.Contains(c.table(), want) {
			t.Errorf("the table lacks %q:\n%s", want, c.table())
		}
	}
}

// shared is the folder of annotated logs, which are not ours to publish.
func shared(t *testing.T) string {
	dir := os.Getenv("THREADHEAT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared") // beside the checkout
	}
	dir = filepath.Join(dir, "data", "replies")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("THE FIGURES OF BENCHMARK.md WERE NOT CHECKED: %v", err)
	}
	return dir
}

// The development logs give the figures of the document, and those are good
// enough.
func TestBenchmark(t *testing.T) {
	if testing.Short() {
		t.Skip("the figures of BENCHMARK.md were not checked: short tests only")
	}
	t.Parallel()
	chats, err := readChats(filepath.Join(shared(t), devFile))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../BENCHMARK.md")
	if err != nil {
		t.Fatal(err)
	}
	lo, hi, ok := block(string(doc), "development")
	if !ok {
		t.Fatal("BENCHMARK.md has no table of development logs")
	}
	r := scoreAll(chats)
	if diff := cmp.Diff(string(doc)[lo:hi], devTable(chats, r)); diff != "" {
		t.Errorf("BENCHMARK.md says otherwise; go run ./thread/replies/train -data DIR -report (-document +measured):\n%s", diff)
	}
	if p := r[2].links.precision(); p < 0.95 {
		t.Errorf("precision of mentions = %.3f, want 0.950", p)
	}
	if f := min(r[3].links.f1(), r[3].graph.f1()); f < 0.70 {
		t.Errorf("F1 of all = %.3f, want 0.700", f)
	}
}

func TestRunWithoutData(t *testing.T) {
	for _, report := range []bool{false, true} {
		if run(t.TempDir(), "", "", report) == nil {
			t.Error("no logs make no error")
		}
	}
}
