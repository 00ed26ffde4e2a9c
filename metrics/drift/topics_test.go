package drift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// strayed makes a thread about turbines with n replies about each of some other
// subjects, of eight words each, all answers to the first comment of its subject.
func strayed(n int, subjects ...string) *thread.Thread {
	rng := rand.New(rand.NewPCG(61, uint64(n)))
	b := thread.NewBuilder(thread.Meta{Title: invented("turbz", 5, 0)})
	b.Add(thread.Comment{ID: "top", Text: invented("turbz", 60, 0)})
	for _, s := range subjects {
		for k := range n {
			c := thread.Comment{ID: fmt.Sprint(s, k), Parent: "top"}
			if k > 0 {
				c.Parent = s + "0"
			}
			for range 8 {
				c.Text += invented(s, 1, rng.IntN(20))
			}
			if k == 0 {
				c.Text = invented(s, 20, 0)
			}
			b.Add(c)
		}
	}
	return b.Build()
}

func TestTopics(t *testing.T) {
	th := strayed(40, "soupz", "bikez", "tuliz")
	c := metrics.NewContext(th, metrics.Options{})
	x, err := DriftTopics.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	if x.Why != nil || x.N != 120 || len(x.List) != 3 {
		t.Fatalf("topics = %+v, want three of 120", x)
	}
	for _, topic := range x.List {
		subject := topic.Words[0][:5]
		if len(topic.Words) != topicWords || slices.ContainsFunc(topic.Words, func(w string) bool { return !strings.HasPrefix(w, subject) }) {
			t.Errorf("words %v, want six of one subject", topic.Words)
		}
		if len(topic.Comments) != 40 || slices.ContainsFunc(topic.Comments, func(i thread.Index) bool { return !strings.HasPrefix(th.ID(i), subject) }) {
			t.Errorf("%d comments of %s, want its 40", len(topic.Comments), subject)
		}
	}
	table, err := metrics.Run(c, []*metrics.Measure{TopicCount})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("drift-topics"); v.X != 3 || v.N != 120 {
		t.Errorf("drift-topics = %+v, want 3 of 120", v)
	}
	again, err := DriftTopics.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(x, again); d != "" {
		t.Errorf("not the same again:\n%s", d)
	}
}

func TestNoTopics(t *testing.T) {
	for _, c := range []struct {
		name string
		th   *thread.Thread
		want string
	}{
		{"nothing", thread.NewBuilder(thread.Meta{}).Build(), "needs at least 50 comments at or below a drift point with words enough, has 0"},
		{"too few", strayed(24, "soupz", "bikez"), "needs at least 50 comments at or below a drift point with words enough, has 48"},
		{"one subject", strayed(70, "soupz"), oneTopic.EN},
	} {
		x, err := DriftTopics.Of(metrics.NewContext(c.th, metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if x.Why == nil || x.Why.EN != c.want || len(x.List) > 0 {
			t.Errorf("%s: %+v, want %q", c.name, x, c.want)
		}
	}
}

// TestTopicsByChance checks that comments of words drawn by chance from one subject
// hardly ever have topics: beside 19 shuffles, one in twenty may.
func TestTopicsByChance(t *testing.T) {
	const threads = 40
	found := 0
	for n := range threads {
		x, err := DriftTopics.Of(metrics.NewContext(strayed(60+n, "soupz"), metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		found += min(len(x.List), 1)
	}
	if found > threads/5 { // of a binomial of 40 and 1/20, more than 8 is 1 in 4,000
		t.Errorf("%d of %d threads of one subject have topics", found, threads)
	}
}

func BenchmarkTopics(b *testing.B) {
	th := strayed(3000, "soupz", "bikez", "tuliz")
	bags := branchesOf(th).bags
	var docs []thread.Index
	for i := range th.All() {
		docs = append(docs, i)
	}
	for b.Loop() {
		topicsOf(bags, slices.Clone(docs), 1)
	}
}
