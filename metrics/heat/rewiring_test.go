package heat

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// What chance may not touch: how often each comment is answered, at which depth, by
// whom at about which time, and that nobody answers oneself. What it must reach: every
// allowed state, as often as any other.
func TestRewiring(t *testing.T) {
	rows := testthread.Shape(-1, -1, -1, 0, 1, 2, 3, 4)
	for k := range rows {
		rows[k].Author = []string{"Ada", "Bob", "Cyd", "Bob", "Cyd", "Ada", "Dee", "Dee"}[k]
	}
	seen := walked(t, rows, 6000)
	// By hand: 3 (Bob), 4 (Cyd) and 5 (Ada) answer 0 (Ada), 1 (Bob) and 2 (Cyd), none the
	// own: Bob Ada and Cyd Bob and Ada Cyd, or Bob Cyd and Cyd Ada and Ada Bob; from one to
	// the other no single exchange leads, so that only the first is reached. Dee's 6 and 7
	// take 3 and 4 either way.
	if len(seen) != 2 {
		t.Errorf("states %v, want 2", seen)
	}
	for key, n := range seen {
		if n < 2800 || n > 3200 {
			t.Errorf("state %s came %d times of 6000, want about 3000", key, n)
		}
	}
	// Of four authors who are answered once each by four others, all 24 ways.
	rows = testthread.Shape(-1, -1, -1, -1, 0, 1, 2, 3)
	seen = walked(t, rows, 24_000)
	if len(seen) != 24 {
		t.Errorf("%d states, want 24", len(seen))
	}
	for key, n := range seen {
		if n < 850 || n > 1150 { // 1000 ± 31
			t.Errorf("state %s came %d times of 24000, want about 1000", key, n)
		}
	}
	// Fifty answers at one depth go in five runs of 10, by time.
	parents := slices.Repeat([]int{-1}, 50)
	for k := range 50 {
		parents = append(parents, k)
	}
	walked(t, testthread.Shape(parents...), 50)
}

// walked counts the states that a walk reaches.
func walked(t *testing.T, rows []testthread.Row, steps int) map[string]int {
	th := testthread.Build(rows)
	comments := slices.Collect(th.All())
	when := make([]int32, th.Len())
	order := slices.Clone(comments)
	slices.SortStableFunc(order, func(a, b thread.Index) int { return int(th.Time(a).UnixMilli() - th.Time(b).UnixMilli()) })
	for k, i := range order {
		when[i] = int32(k)
	}
	var child, up []int32
	for i := range th.All() {
		if p := th.Parent(i); p != thread.NoIndex {
			child, up = append(child, int32(i)), append(up, int32(p))
		}
	}
	w := newRewiring(th, comments, when, child)
	r := rand.New(rand.NewPCG(1, 1))
	answered := func(up []int32) []int32 { return slices.Sorted(slices.Values(up)) }
	before := slices.Clone(up)
	seen := map[string]int{}
	for range steps {
		w.walk(r, up)
		key := ""
		for k, p := range up {
			i, q := comments[child[k]], comments[p]
			if th.Depth(i) != th.Depth(q)+1 || th.Author(i) == th.Author(q) {
				t.Fatalf("%s answers %s", th.ID(i), th.ID(q))
			}
			if far := when[q] - when[comments[before[k]]]; far >= run || far <= -run {
				t.Fatalf("%s answers %s, %d comments from what it answered", th.ID(i), th.ID(q), far)
			}
			key += fmt.Sprint(q, " ")
		}
		if !slices.Equal(answered(before), answered(up)) {
			t.Fatal("comments are answered more or less often")
		}
		seen[key]++
	}
	return seen
}

func TestDepthClass(t *testing.T) {
	for _, c := range []struct{ depth, want int }{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {7, 4}, {8, 5}, {15, 5}, {16, 6}} {
		if got := depthClass(c.depth); got != c.want {
			t.Errorf("depthClass(%d) = %d, want %d", c.depth, got, c.want)
		}
	}
}
