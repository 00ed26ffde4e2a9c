package heat

import (
	"math/rand/v2"
	"slices"
	"testing"

	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// What chance may not touch: how often each comment is answered, at which depth, that
// nobody answers the future or oneself. What it must reach: every allowed state, as
// often as any other.
func TestRewiring(t *testing.T) {
	rows := testthread.Shape(-1, -1, -1, 0, 1, 2, 3, 4)
	for k := range rows {
		rows[k].Author = []string{"Ada", "Bob", "Cyd", "Bob", "Cyd", "Ada", "Dee", "Dee"}[k]
	}
	rows[2].Minute = 4 // after 3 was written, with 4
	rows[4].Minute = 5
	th := testthread.Build(rows)
	var comments []thread.Index
	place := make([]int32, th.Len())
	for i := range th.All() {
		place[i] = int32(len(comments))
		comments = append(comments, i)
	}
	when := make([]int32, th.Len())
	order := slices.Collect(th.All())
	slices.SortStableFunc(order, func(a, b thread.Index) int { return int(th.Time(a).UnixMilli() - th.Time(b).UnixMilli()) })
	for k, i := range order {
		when[i] = int32(k)
	}
	var child, up []int32
	for i := range th.All() {
		if p := th.Parent(i); p != thread.NoIndex {
			child, up = append(child, place[i]), append(up, place[p])
		}
	}
	w := newRewiring(th, comments, when, child, up)
	r := rand.New(rand.NewPCG(1, 1))
	answered := func(up []int32) []int32 { return slices.Sorted(slices.Values(up)) }
	before := answered(up)
	seen := map[string]int{}
	for range 4000 {
		w.walk(r, up)
		key := ""
		for k, p := range up {
			i, q := comments[child[k]], comments[p]
			if th.Depth(i) != th.Depth(q)+1 || when[q] >= when[i] || th.Author(i) == th.Author(q) {
				t.Fatalf("%s answers %s", th.ID(i), th.ID(q))
			}
			key += th.ID(q)
		}
		if !slices.Equal(before, answered(up)) {
			t.Fatal("comments are answered more or less often")
		}
		seen[key]++
	}
	// By hand: of the answers 3 (Bob), 4 (Cyd) and 5 (Ada) to 0 (Ada), 1 (Bob) and 2 (Cyd,
	// later than 3), 3 can only take 0, so that 4 takes 1 and 5 takes 2. Dee's 6 and 7 take
	// 3 and 4 either way.
	if len(seen) != 2 {
		t.Errorf("states %v, want 2", seen)
	}
	for key, n := range seen {
		if n < 1850 || n > 2150 {
			t.Errorf("state %s came %d times of 4000, want about 2000", key, n)
		}
	}
}
