package rank

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"testing"

	"threadheat/thread"
	"threadheat/thread/replies/internal/talk"
)

// stump is a pair of models of one split each: the newest candidate wins, None
// only where there is no other.
func stump() *Pair {
	edges := func(columns int) [][]float32 {
		e := make([][]float32, columns)
		for c := range e {
			e[c] = []float32{0.5, 1.5, 30}
		}
		return e
	}
	trees := func() []Tree {
		return []Tree{{
			Nodes:  []Node{{Column: 0, Bin: 0, Left: 1, Right: -1}, {Column: pairs, Bin: 1, Left: -2, Right: -3}},
			Leaves: []float32{-2, 1, -1}, // None; one line before; farther
		}}
	}
	return &Pair{&Model{edges(len(Features)), trees()}, &Model{edges(len(Features) + len(SecondFeatures)), trees()}}
}

// said is a line of a test: who says what, a minute after the line before.
type said struct{ author, text string }

func read(lines ...said) *talk.Talk {
	b := thread.NewBuilder(thread.Meta{})
	for i, l := range lines {
		b.Add(thread.Comment{ID: strconv.Itoa(i), Author: l.author, Text: l.text})
	}
	t := b.Build()
	return talk.Read(t, talk.NewNames(t), talk.Content)
}

func many(n, authors int) *talk.Talk {
	lines := make([]said, n)
	for i := range lines {
		lines[i] = said{"a" + strconv.Itoa(i*7%authors), "a" + strconv.Itoa(i*i%authors) + ": word" + strconv.Itoa(i%5) + " word"}
	}
	return read(lines...)
}

func TestCandidates(t *testing.T) {
	for _, k := range []*talk.Talk{read(), read(said{"a", "x"}), many(300, 1), many(300, 3), many(300, 40)} {
		w := NewWalker(k)
		for range k.Lines {
			i, cands, rows := w.Next()
			if len(rows) != len(cands)*len(Features) {
				t.Fatalf("line %d: %d values for %d candidates", i, len(rows), len(cands))
			}
			if len(cands) > MaxCandidates || cands[len(cands)-1] != None {
				t.Fatalf("line %d: candidates %v, want at most %d and None last", i, cands, MaxCandidates)
			}
			for c, j := range cands[:len(cands)-1] {
				if j < 0 || int(j) >= i || c > 0 && j >= cands[c-1] {
					t.Fatalf("line %d: candidates %v, want earlier lines, the newest first", i, cands)
				}
			}
			for j := i - 1; j >= max(0, i-recent); j-- {
				if !slices.Contains(cands, int32(j)) {
					t.Fatalf("line %d: %d is no candidate", i, j)
				}
			}
			if slices.ContainsFunc(rows, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }) {
				t.Fatalf("line %d: rows %v", i, rows)
			}
		}
	}
}

// Old lines are candidates where the writer, whom it addresses, or somebody who
// addresses the writer said them.
func TestOldCandidates(t *testing.T) {
	lines := []said{{"ann", "how do I mount a disk?"}, {"bo", "ann: which one?"}, {"cy", "hello"}, {"di", "bye"}}
	for range 40 {
		lines = append(lines, said{"zed", "spam"})
	}
	for _, c := range []struct {
		line said
		old  []int32
	}{{said{"ann", "the second"}, []int32{1, 0}}, {said{"eve", "cy: hello"}, []int32{2}}, {said{"eve", "hello"}, nil}} {
		k := read(append(slices.Clone(lines), c.line)...)
		w := NewWalker(k)
		var cands []int32
		for range k.Lines {
			_, cands, _ = w.Next()
		}
		if got := cands[recent : len(cands)-1]; !slices.Equal(got, c.old) {
			t.Errorf("%v: old candidates %v, want %v", c.line, got, c.old)
		}
	}
}

// The columns of one line, counted by hand.
func TestFeatures(t *testing.T) {
	k := read(
		said{"ann", "how do I mount a disk?"},       // 0
		said{"cy", "what a day"},                    // 1
		said{"bo", "ann: which disk, usb or sata?"}, // 2
		said{"ann", "bo: a usb disk"},               // 3
		said{"bo", "ann: thanks"},                   // 4
	)
	w := NewWalker(k)
	var cands []int32
	var rows []float32
	for range 4 {
		_, cands, rows = w.Next()
	}
	if want := []int32{2, 1, 0, None}; !slices.Equal(cands, want) {
		t.Fatalf("candidates of line 3 = %v, want %v", cands, want)
	}
	value := func(candidate int32, column string) float32 {
		c, f := slices.Index(cands, candidate), slices.Index(Features, column)
		if c < 0 || f < 0 {
			t.Fatalf("no candidate %d or no column %q", candidate, column)
		}
		return rows[c*len(Features)+f]
	}
	for _, v := range []struct {
		candidate int32
		column    string
		want      float32
	}{
		{2, "none", 0}, {None, "none", 1}, {None, "dist", absent},
		{2, "form", float32(talk.Colon)}, {2, "named", 1}, {2, "question", 0}, {2, "words", 4},
		{2, "own_dist", 3}, {2, "own_count", 1}, {2, "to_dist", 1}, {2, "tome_dist", 1}, {2, "tome_since_own", 1}, {2, "authors", 3}, {2, "next_own_dist", far},
		{2, "dist", 1}, {0, "dist", 3}, {2, "same", 0}, {0, "same", 1}, {2, "j_is_to", 1}, {1, "j_is_to", 0},
		{2, "j_to_me", 1}, {1, "j_to_me", 0}, {2, "same_to", 3}, {1, "same_to", 0}, {2, "j_question", 1}, {2, "j_asks", 1}, {0, "j_asks", 1},
		{2, "j_since", 0}, {0, "me_since", 0}, {1, "tome_after", 1}, {0, "to_j_other", 1}, {0, "to_j_author", 0},
		{2, "shared", 2}, {0, "shared", 1}, {1, "shared", 0}, {2, "shared_best", 0},
		{2, "j_next_to_me", 2}, {1, "j_next_dist", far}, {2, "next_tome_j", 19}, {1, "next_tome_j", -1},
		{0, "between", 2}, {1, "between", 1}, {0, "turn_dist", 3}, {2, "turn_dist", 1}, {2, "last_to", 1}, {0, "j_first", 1},
	} {
		if got := value(v.candidate, v.column); got != v.want {
			t.Errorf("%s of candidate %d = %v, want %v", v.column, v.candidate, got, v.want)
		}
	}
}

func TestSoftmax(t *testing.T) {
	for _, s := range [][]float32{{0}, {1, 1, 1, 1}, {-1000, 1000, 3}, {5, -2, 0.5}} {
		p := slices.Clone(s)
		Softmax(p)
		sum := float32(0)
		for i, v := range p {
			sum += v
			if v < 0 || v > 1 || s[i] == slices.Max(s) && v != slices.Max(p) {
				t.Errorf("Softmax(%v) = %v", s, p)
			}
		}
		if math.Abs(float64(sum)-1) > 1e-6 {
			t.Errorf("Softmax(%v) sums to %v, want 1", s, sum)
		}
	}
}

func TestKeepOf(t *testing.T) {
	k := keepOf([]int32{9, 8, 7, 6, 5, 4, 3, 2, 1, None}, []float32{.1, .05, .002, .2, .11, .12, .13, .14, .09, .15})
	if want := [keep]int32{6, None, 2, 3, 4, 5, 9}; k.Line != want || k.N != keep {
		t.Errorf("kept %v (%d), want the %d likeliest in order, %v", k.Line, k.N, keep, want)
	}
	if k = keepOf([]int32{1, None}, []float32{.999, .001}); k.N != 1 {
		t.Errorf("kept %d, want what is too improbable to go", k.N)
	}
}

func TestChoose(t *testing.T) {
	for i, c := range stump().Choose(many(50, 5)) {
		if want := int32(i) - 1; c.Line != want { // -1 is None
			t.Errorf("line %d answers %d, want %d", i, c.Line, want)
		}
		if c.P <= 0 || c.P > 1 {
			t.Errorf("line %d: probability %v", i, c.P)
		}
	}
}

func TestShipped(t *testing.T) {
	p := Shipped()
	if len(modelBytes) > 300_000 {
		t.Errorf("the model has %d bytes, want at most 300,000", len(modelBytes))
	}
	if !bytes.Equal(p.Encode(), modelBytes) {
		t.Error("the shipped model is not what Encode writes of it")
	}
	if got := p.Choose(read()); len(got) != 0 {
		t.Errorf("choices of no lines = %v", got)
	}
}

func TestDecode(t *testing.T) {
	whole := stump().Encode()
	p, err := DecodePair(whole)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(p.Encode(), whole) {
		t.Error("a pair that was written and read is another")
	}
	for n := range whole {
		if _, err := DecodePair(whole[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are taken for a model", n, len(whole))
		}
	}
	if _, err := DecodePair(append(whole, 0)); err == nil {
		t.Error("a byte too many is taken")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(stump().Encode())
	f.Add([]byte{})
	k := many(20, 3)
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := DecodePair(b); err == nil {
			p.Choose(k) // must not panic
		}
	})
}

func BenchmarkChoose(b *testing.B) {
	k := many(5000, 40)
	Shipped()
	for b.Loop() {
		Shipped().Choose(k)
	}
	b.ReportMetric(float64(b.N*len(k.Lines))/b.Elapsed().Seconds(), "lines/s")
}
