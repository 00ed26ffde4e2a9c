package graft

import (
	"fmt"
	"testing"

	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// source is a source of pages with two threads each; every comment says where
// it comes from.
func source(pages, comments int) *Source {
	s := &Source{Name: "invented", Lang: "en"}
	for p := range pages {
		for k := range 2 {
			t := Thread{Page: fmt.Sprintf("page %02d", p), ID: fmt.Sprintf("thread %02d-%d", p, k)}
			for i := range comments {
				parent := -1
				if i > 0 {
					parent = (i - 1) / 2
				}
				t.Comments = append(t.Comments, Comment{Parent: parent, Text: fmt.Sprintf("%d %d %d", p, k, i), Content: true})
			}
			s.Threads = append(s.Threads, t)
		}
	}
	return s
}

// TestSplitMix checks the generator against the published output for the seed
// 1234567.
func TestSplitMix(t *testing.T) {
	s := splitMix(1234567)
	want := []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821}
	for i, w := range want {
		if got := s.next(); got != w {
			t.Errorf("number %d = %d, want %d", i, got, w)
		}
	}
}

func TestPlanter(t *testing.T) {
	p := NewPlanter(source(12, 15), 7)
	if p.Hosts() != 24 {
		t.Fatalf("%d hosts, want 24", p.Hosts())
	}
	sizes, hard := map[int]int{}, 0
	for range 300 {
		in, ok := p.Next()
		if !ok {
			t.Fatal("no graft fits")
		}
		th := in.Thread
		var host, donor [3]int
		if _, err := fmt.Sscan(th.Text(0), &host[0], &host[1], &host[2]); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscan(th.Text(in.Root), &donor[0], &donor[1], &donor[2]); err != nil {
			t.Fatal(err)
		}
		if same := host[0] == donor[0]; same != in.Hard || host == donor {
			t.Errorf("a graft of %v in %v, hard = %v", donor, host, in.Hard)
		}
		n := 0
		for i := range th.All() {
			if in.Grafted[i] {
				n++
			}
			if inside := i >= in.Root && i < th.End(in.Root); inside != in.Grafted[i] {
				t.Errorf("comment %d: grafted = %v", i, in.Grafted[i])
			}
		}
		if n != in.Size || n > 7 {
			t.Errorf("%d comments grafted, size %d, want at most half of 15", n, in.Size)
		}
		depth := 0
		for d := donor[2]; d > 0; d = (d - 1) / 2 {
			depth++
		}
		if d := th.Depth(in.Root) - depth; d < -1 || d > 1 || th.Parent(in.Root) == thread.NoIndex {
			t.Errorf("a comment of depth %d is planted at %d", depth, th.Depth(in.Root))
		}
		sizes[n]++
		if in.Hard {
			hard++
		}
	}
	if hard < 120 || hard > 180 {
		t.Errorf("%d of 300 grafts are hard, want about half", hard)
	}
	// In a tree of 15 the branches have 1, 3, 7 and 15 comments.
	if sizes[1] < 70 || sizes[3] < 70 || sizes[7] < 70 || len(sizes) != 3 {
		t.Errorf("sizes of grafts %v, want a third each of 1, 3 and 7", sizes)
	}
}

func TestSameSeedSameGrafts(t *testing.T) {
	draw := func(seed uint64) (out []string) {
		p := NewPlanter(source(4, 8), seed)
		for range 50 {
			in, _ := p.Next()
			out = append(out, fmt.Sprint(in.Host, in.Root, in.Size, in.Hard, in.Thread.Text(in.Root)))
		}
		return out
	}
	if d := cmp.Diff(draw(3), draw(3)); d != "" {
		t.Errorf("the same seed draws otherwise:\n%s", d)
	}
	if cmp.Equal(draw(3), draw(4)) {
		t.Error("another seed draws the same")
	}
}

// TestOwnBranch checks that a page of one thread gives hard grafts of its own:
// out of one branch, into another, and gone from where they stood.
func TestOwnBranch(t *testing.T) {
	s := &Source{Name: "one thread a page"}
	for p := range 3 {
		t := Thread{Page: fmt.Sprint(p), ID: fmt.Sprint(p)}
		for r := range 4 {
			for i := range 5 {
				parent := 5*r + i - 1
				if i == 0 {
					parent = -1
				}
				t.Comments = append(t.Comments, Comment{Parent: parent, Text: fmt.Sprint(p, r, i), Content: true})
			}
		}
		s.Threads = append(s.Threads, t)
	}
	p := NewPlanter(s, 1)
	seen := 0
	for range 100 {
		in, ok := p.Next()
		if !ok {
			t.Fatal("no graft fits")
		}
		if !in.Hard {
			continue
		}
		seen++
		var at, from [3]int
		fmt.Sscan(in.Thread.Text(in.Thread.Parent(in.Root)), &at[0], &at[1], &at[2])
		fmt.Sscan(in.Thread.Text(in.Root), &from[0], &from[1], &from[2])
		if at[0] != from[0] || at[1] == from[1] {
			t.Errorf("%v is planted below %v", from, at)
		}
		if in.Thread.Len() != 20 {
			t.Errorf("%d comments, want 20: the branch is taken from where it stood", in.Thread.Len())
		}
	}
	if seen == 0 {
		t.Error("no hard graft")
	}
}

func TestPruning(t *testing.T) {
	s := &Source{Name: "large"}
	for p := range 2 {
		t := Thread{Page: fmt.Sprint(p), ID: fmt.Sprint(p)}
		for r := range 5 {
			for i := range 100 {
				parent := 100 * r
				if i == 0 {
					parent = -1
				}
				t.Comments = append(t.Comments, Comment{Parent: parent, Text: fmt.Sprint(p, r, i), Content: true})
			}
		}
		s.Threads = append(s.Threads, t)
	}
	for _, h := range NewPlanter(s, 5).hosts {
		by := map[string]int{}
		for _, c := range h.Comments {
			by[c.Text[2:3]]++
		}
		if len(h.Comments) != 120 || len(by) != 2 {
			t.Errorf("%d comments of branches %v, want two branches of 60", len(h.Comments), by)
		}
	}
}

func TestNothingToPlant(t *testing.T) {
	for _, s := range []*Source{{}, {Threads: []Thread{{}}}, source(1, 2), {Threads: []Thread{{Comments: []Comment{{Parent: -1}, {Parent: 0}, {Parent: 0}}}}}} {
		p := NewPlanter(s, 1)
		if in, ok := p.Next(); ok {
			t.Errorf("a graft of %d comments out of nothing", in.Size)
		}
	}
}
