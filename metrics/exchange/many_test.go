package exchange

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

func tableOf(t *testing.T, rows []testthread.Row, ms ...*metrics.Measure) *metrics.Table {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), ms)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// answers is an exchange of two people whose answers take the given minutes.
func answers(took ...int) []testthread.Row {
	rows := []testthread.Row{{Parent: -1, Author: "Ada"}}
	for k, m := range took {
		rows = append(rows, testthread.Row{Parent: k, Author: []string{"Bob", "Ada"}[k%2], Minute: rows[k].Minute + m})
	}
	return rows
}

// Delays one less than a power of two halve exactly. 25 h 32, 5 h 33 and 4 h 02 are
// the delays of a real exchange: log₂ of 1533, 334 and 243 fall by 2.657 in two
// steps.
func TestAcceleration(t *testing.T) {
	for _, tt := range []struct {
		name string
		took []int
		want float64
		p    float64 // 0 for none
	}{
		{"halving", []int{15, 7, 3}, 1, 1. / 6},
		{"doubling", []int{3, 7, 15}, -1, 1},
		{"even", []int{5, 5, 5, 5}, 0, 1},
		{"at once", []int{0, 0, 0}, 0, 1},
		{"a real one", []int{1532, 333, 242}, (math.Log2(1533) - math.Log2(243)) / 2, 1. / 6},
		{"nine answers", []int{511, 255, 127, 63, 31, 15, 7, 3, 1}, 1, 0},
	} {
		v := value(t, tableOf(t, answers(tt.took...), Acceleration), "acceleration", 0)
		if math.Abs(v.X-tt.want) > 1e-9 || v.N != len(tt.took) || (v.More.P != nil) != (tt.p > 0) || tt.p > 0 && math.Abs(*v.More.P-tt.p) > 1e-9 {
			t.Errorf("%s: acceleration = %+v, %+v, want %v with p %v", tt.name, v, v.More, tt.want, tt.p)
		}
	}
	table := tableOf(t, answers(15, 1000, 7, 100, 3, 10), AccelerationA, AccelerationB)
	a, b := value(t, table, "acceleration-a", 0), value(t, table, "acceleration-b", 0)
	if want := (math.Log2(1001) - math.Log2(11)) / 2; math.Abs(a.X-want) > 1e-9 || a.N != 3 || math.Abs(b.X-1) > 1e-9 || b.N != 3 {
		t.Errorf("accelerations of the two = %v and %v, want %v and 1", a, b, want)
	}
	if v := value(t, tableOf(t, answers(1, 2), Acceleration), "acceleration", 0); v.Defined() {
		t.Errorf("acceleration of two answers = %v, want none", v.X)
	}
}

// deep are random parents, more often the comment before than another one.
func deep(r *rand.Rand, n int) []int {
	parents := make([]int, n)
	for k := range parents {
		if parents[k] = k - 1; r.IntN(3) == 0 {
			parents[k] = r.IntN(k+1) - 1
		}
	}
	return parents
}

// slowChains looks at every run: from each comment up to each of its ancestors.
func slowChains(th *thread.Thread, k int) (longest int, groups map[string]int) {
	groups = map[string]int{}
	for i := range th.All() {
		var people []thread.AuthorID
		n := 0
		for up := i; up != thread.NoIndex && named(th, up); up = th.Parent(up) {
			n++
			if !slices.Contains(people, th.Author(up)) {
				people = append(people, th.Author(up))
			}
			if len(people) != k {
				continue
			}
			longest = max(longest, n)
			if n >= 2*k {
				key := fmt.Sprint(slices.Sorted(slices.Values(people)))
				groups[key] = max(groups[key], n)
			}
		}
	}
	return longest, groups
}

// All forests of up to 8 comments by up to four people, and larger ones by chance.
func TestChainsTwin(t *testing.T) {
	names := []string{"Ada", "Bob", "Cyd", "Dan", "Eve", ""}
	check := func(rows []testthread.Row) {
		th := testthread.Build(rows)
		cs, err := AllChains.Of(metrics.NewContext(th, metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		for n, c := range cs {
			longest, groups := slowChains(th, chainsFrom+n)
			got := map[string]int{}
			for _, g := range c.Groups {
				got[fmt.Sprint(g.People)] = g.Comments
			}
			if d := cmp.Diff(groups, got); d != "" || c.Longest.Comments != longest || longest > 0 && len(c.Longest.People) != chainsFrom+n {
				t.Fatalf("of %d people: longest %+v, want %d; groups (-want +got):\n%s\nrows %+v", chainsFrom+n, c.Longest, longest, d, rows)
			}
		}
	}
	for parents, who := range testthread.Labelled(4, 3) {
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Author = names[who[k]]
		}
		check(rows)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		rows := testthread.Shape(deep(r, r.IntN(16))...)
		known := names[:3+r.IntN(4)]
		for k := range rows {
			rows[k].Author = known[r.IntN(len(known))]
		}
		check(rows)
	}
}

// Three take turns for 100,000 comments.
func TestLongChain(t *testing.T) {
	rows := testthread.Shape(testthread.Chain(100_000)...)
	for k := range rows {
		rows[k].Author = []string{"Ada", "Bob", "Cyd"}[k%3]
	}
	table := tableOf(t, rows, LongestOfThree, GroupsOfThree, LongestOfFour)
	if l, g, four := table.Value("longest-run-of-three").X, table.Value("groups-of-three").X, table.Value("longest-run-of-four").X; l != 100_000 || g != 1 || four != 0 {
		t.Errorf("longest of three %v, groups %v, longest of four %v, want 100000, 1, 0", l, g, four)
	}
}

// slowPileOns looks at the window that ends with each reply to each author, and
// joins those that share a reply.
func slowPileOns(th *thread.Thread) (atOnce map[string]int, all []string) {
	atOnce = map[string]int{}
	for a := range th.Authors() {
		var replies []thread.Index
		for i := range th.All() {
			if p := th.Parent(i); p != thread.NoIndex && named(th, p) && named(th, i) && th.Author(p) == thread.AuthorID(a) && th.Author(i) != th.Author(p) {
				replies = append(replies, i)
			}
		}
		slices.SortFunc(replies, func(i, j thread.Index) int { return int(th.Time(i).UnixMilli() - th.Time(j).UnixMilli()) })
		var now []thread.Index
		flush := func() {
			if len(now) > 0 {
				all = append(all, fmt.Sprint(th.AuthorName(thread.AuthorID(a)), now))
			}
			now = nil
		}
		for last, j := range replies {
			var window []thread.Index
			people := map[thread.AuthorID]bool{}
			for _, i := range replies[:last+1] {
				if th.Time(j).UnixMilli()-th.Time(i).UnixMilli() < PileOnMinutes*60_000 {
					window = append(window, i)
					people[th.Author(i)] = true
				}
			}
			name := th.AuthorName(thread.AuthorID(a))
			atOnce[name] = max(atOnce[name], len(people))
			if len(people) < PileOnPeople {
				continue
			}
			if len(now) > 0 && !slices.Contains(now, window[0]) {
				flush()
			}
			for _, i := range window {
				if !slices.Contains(now, i) {
					now = append(now, i)
				}
			}
		}
		flush()
	}
	slices.Sort(all)
	return atOnce, all
}

func TestPileOnsTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	found := 0
	for range 400 {
		rows := []testthread.Row{{Parent: -1, Author: "author 0"}, {Parent: -1, Author: "author 1", Minute: 1}}
		minute := 1
		for k := range r.IntN(60) {
			minute += 1 + r.IntN(25) // no two alike, so that there is one order
			author := fmt.Sprint("author ", r.IntN(9))
			if r.IntN(9) == 0 {
				author = ""
			}
			rows = append(rows, testthread.Row{Parent: max(0, r.IntN(k+2)-r.IntN(40)), Author: author, Minute: minute})
		}
		th := testthread.Build(rows)
		p, err := ManyToOne.Of(metrics.NewContext(th, metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		atOnce, all := slowPileOns(th)
		gotAtOnce := map[string]int{}
		for a, n := range p.AtOnce {
			if n > 0 {
				gotAtOnce[th.AuthorName(thread.AuthorID(a))] = int(n)
			}
		}
		var got []string
		for _, x := range p.All {
			got = append(got, fmt.Sprint(th.AuthorName(x.Target), x.Replies))
			if want := float64(th.Time(x.Replies[len(x.Replies)-1]).UnixMilli()-th.Time(x.Replies[0]).UnixMilli()) / 60_000; x.Minutes != want || len(x.People) < x.AtOnce {
				t.Errorf("pile-on %+v, want %v minutes", x, want)
			}
		}
		slices.Sort(got)
		if d := cmp.Diff(atOnce, gotAtOnce); d != "" {
			t.Fatalf("at once (-want +got):\n%s", d)
		}
		if d := cmp.Diff(all, got); d != "" {
			t.Fatalf("pile-ons (-want +got):\n%s", d)
		}
		if (p.P != nil) != (len(all) > 0) {
			t.Errorf("p = %v of %d pile-ons", p.P, len(all))
		}
		found += len(all)
	}
	if found < 100 {
		t.Errorf("%d pile-ons in 400 threads: too few to tell", found)
	}
}

// Six people on Ada within ten minutes, while 60 other replies come over days: no
// accident. The same six among 60 that all come in that hour: Ada is one of many.
func TestPileOnAgainstChance(t *testing.T) {
	build := func(step int) *metrics.Table {
		rows := []testthread.Row{{Parent: -1, Author: "Ada"}}
		for k := range 6 {
			rows = append(rows, testthread.Row{Parent: 0, Author: fmt.Sprint("someone ", k), Minute: 2 * k})
		}
		for k := range 60 {
			rows = append(rows, testthread.Row{Parent: 1 + k%6, Author: fmt.Sprint("other ", k), Minute: step * k})
		}
		return tableOf(t, rows, PileOnCount, PileOnLargest, PileOnSpan, AnsweredAtOnce)
	}
	table := build(100)
	most := table.Value("pile-on-people")
	if most.X != 6 || most.N != 66 || most.More == nil || *most.More.P > .05 || table.Value("pile-ons").X != 1 || table.Value("pile-on-span").X != 10 {
		t.Errorf("over days: %+v %+v, %v pile-ons of %v minutes, want 6 of 66 by no chance, 1, 10", most, most.More, table.Value("pile-ons").X, table.Value("pile-on-span").X)
	}
	if c := table.Columns[3].Values.At(0); c.X != 6 || c.N != 6 {
		t.Errorf("Ada answered by %+v at once, want 6 of 6", c)
	}
	if most = build(0).Value("pile-on-people"); most.X < 10 || *most.More.P < .9 {
		t.Errorf("in one hour: %+v with p %v, want one of many", most, *most.More.P)
	}
	table = tableOf(t, answers(1, 2, 3), PileOnCount, PileOnLargest, PileOnSpan)
	if v := table.Value("pile-on-people"); v.X != 1 || v.More != nil || table.Value("pile-ons").X != 0 || table.Value("pile-on-span").Defined() {
		t.Errorf("of two: %+v, %+v, want 1 person and no pile-on", v, table)
	}
}

// Ada is answered by Bob after 5 minutes, by Cyd before that in the document but
// later; Bob by Ada after 10; Cyd by nobody but himself; Dan opened the thread; the
// unknown are nobody's newcomers.
func TestNewcomers(t *testing.T) {
	rows := []testthread.Row{
		{Parent: -1, Author: "Dan", Minute: 0, Kind: thread.Post, Text: "An opening."},
		{Parent: -1, Author: "Ada", Minute: 1, Text: "Some thoughts on this matter."},
		{Parent: 1, Author: "Cyd", Minute: 30, Text: "I do not think so, not at all."},
		{Parent: 1, Author: "Bob", Minute: 6, Text: "You are an IDIOT and a LIAR!!!"},
		{Parent: 3, Author: "Ada", Minute: 16, Text: "Thank you for that, it was kind."},
		{Parent: 2, Author: "Cyd", Minute: 40, Text: "I should have said more of it."},
		{Parent: 4, Author: "", Minute: 50, Text: "Who is to say what it was."},
		{Parent: 6, Author: "Bob", Minute: 60, Text: "Everybody is to say what it was."},
	}
	table := tableOf(t, rows, WelcomedShare, WelcomeDelay, WelcomeHeat, WelcomeDelayOf, WelcomeHeatOf)
	if v := table.Value("first-comment-answered"); v.N != 3 || math.Abs(v.X-2./3) > 1e-12 {
		t.Errorf("share = %v of %d, want 2/3 of 3", v.X, v.N)
	}
	if v := table.Value("first-comment-latency"); v.X != 7.5 || v.N != 2 {
		t.Errorf("median delay = %v of %d, want 7.5 of 2", v.X, v.N)
	}
	delays, _ := table.Find(metrics.PerAuthor, "first-comment-latency")
	heats, _ := table.Find(metrics.PerAuthor, "first-comment-heat")
	th := table.Context.Thread
	at := func(vs metrics.Values, name string) metrics.Value {
		a, ok := th.FindAuthor(name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		return vs.At(int(a))
	}
	if a, b, c, d := at(delays.Values, "Ada"), at(delays.Values, "Bob"), at(delays.Values, "Cyd"), at(delays.Values, "Dan"); a.X != 5 || b.X != 10 || c.Defined() || d.Defined() {
		t.Errorf("delays %v %v %v %v, want 5, 10, none, none", a, b, c, d)
	}
	ada, bob := at(heats.Values, "Ada"), at(heats.Values, "Bob")
	if !(ada.X > .3 && bob.X < .1) || math.Abs(table.Value("first-comment-heat").X-(ada.X+bob.X)/2) > 1e-12 {
		t.Errorf("heat of the first answers: to Ada %v, to Bob %v, mean %v", ada.X, bob.X, table.Value("first-comment-heat").X)
	}
	if v := tableOf(t, nil, WelcomedShare).Value("first-comment-answered"); v.Defined() {
		t.Errorf("of nothing = %v", v.X)
	}
}

// 20,000 replies of 5,000 people, the most that are tested.
func BenchmarkPileOns(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	rows := testthread.Shape(testthread.Bushy(pileOnTested, 1)...)
	for k := range rows {
		rows[k].Author, rows[k].Minute = fmt.Sprint("author ", r.IntN(5000)), k/3
	}
	th := testthread.Build(rows)
	for b.Loop() {
		if _, err := ManyToOne.Of(metrics.NewContext(th, metrics.Options{})); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChainsMillion(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	rows := testthread.Shape(deep(r, 1_000_000)...)
	for k := range rows {
		rows[k].Author = fmt.Sprint("author ", r.IntN(50_000))
	}
	th := testthread.Build(rows)
	for b.Loop() {
		if _, err := AllChains.Of(metrics.NewContext(th, metrics.Options{})); err != nil {
			b.Fatal(err)
		}
	}
}
