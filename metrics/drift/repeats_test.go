package drift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// The published pair is found by its sketch, also where the two are in different
// threads.
func TestAcrossRealPage(t *testing.T) {
	th := seedtest.Load(t, "004")
	var c Corpus
	c.Add(th)
	got := c.Reposts()
	if len(got) != 1 || th.ID(got[0].Later.Comment) != "3" || th.ID(got[0].Earlier.Comment) != "2" ||
		math.Abs(got[0].Jaccard-.132934) > 5e-7 || math.Abs(got[0].Containment-.297587) > 5e-7 || !got[0].SameAuthor {
		t.Errorf("reposts = %+v; want 3 of 2 with .132934 and .297587", got)
	}
	c.Add(th)
	n := 0
	for _, r := range c.Reposts() {
		if r.Later.Thread == 1 && r.Earlier.Thread == 0 && r.Later.Comment == r.Earlier.Comment && r.Containment == 1 {
			n++
		}
	}
	if n != th.Len() {
		t.Errorf("%d of %d comments of the same page again are reposts of themselves", n, th.Len())
	}
}

// TestCorpusSlowTwin compares with all pairs: what is found is the best there is
// wherever a third of the shingles of the two is common.
func TestCorpusSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	found := 0
	for range 60 {
		var c Corpus
		type doc struct {
			place  Place
			hashes []uint64
		}
		var docs []doc
		var texts []string
		for k := range 1 + rng.IntN(3) {
			var rows []testthread.Row
			for range rng.IntN(12) {
				var text []string
				for range 8 + rng.IntN(20) {
					text = append(text, fmt.Sprint("w", rng.IntN(400)))
				}
				if len(texts) > 0 && rng.IntN(2) == 0 { // a rewrite
					text = append(text[:rng.IntN(8)], texts[rng.IntN(len(texts))])
				}
				texts = append(texts, strings.Join(text, " "))
				rows = append(rows, testthread.Row{Parent: -1, Author: "Ann", Text: texts[len(texts)-1]})
			}
			th := testthread.Build(rows)
			c.Add(th)
			for i := range th.Document() {
				if h, _ := shingles(th.Text(i)); len(h) >= minShingles {
					docs = append(docs, doc{Place{k, i}, h})
				}
			}
		}
		got := map[Place]Repost{}
		for _, r := range c.Reposts() {
			got[r.Later] = r
		}
		for d, x := range docs {
			var best Repost
			for _, y := range docs[:d] {
				both := 0
				for _, h := range x.hashes {
					if slices.Contains(y.hashes, h) {
						both++
					}
				}
				share := float64(both) / float64(len(x.hashes))
				jaccard := float64(both) / float64(len(x.hashes)+len(y.hashes)-both)
				if share > best.Containment {
					best = Repost{Later: x.place, Earlier: y.place, Jaccard: jaccard, Containment: share, SameAuthor: true}
				}
			}
			r, ok := got[x.place]
			if ok && r.Containment > best.Containment || best.Jaccard > 1./3 && r != best {
				t.Fatalf("repost %+v, want %+v", r, best)
			}
			if best.Jaccard > 1./3 {
				found++
			}
		}
	}
	if found < 100 {
		t.Errorf("%d reposts were looked for, want at least 100", found)
	}
}

// Each number of two sketches is the same with the probability of the Jaccard
// index: .5 here, so that of 48 × 200 about half are, give or take 1 %.
func TestSketch(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	same := 0
	for range 200 {
		var a, b []uint64
		for k := range 90 {
			h := mix(rng.Uint64())
			if k < 60 {
				a = append(a, h)
			}
			if k >= 30 {
				b = append(b, h)
			}
		}
		x, y := sketchOf(a), sketchOf(b) // 30 of 90 in common
		for k := range x {
			if x[k] == y[k] {
				same++
			}
		}
	}
	if share := float64(same) / (200 * sketchSize); math.Abs(share-1./3) > .03 {
		t.Errorf("%.3f of the sketches is the same, want %.3f", share, 1./3)
	}
}

// Copies of one text, and short comments that begin like one of a megabyte, take
// neither the square of their number nor that of their length.
func TestManyReposts(t *testing.T) {
	rows := []testthread.Row{{Parent: -1, Text: strings.Repeat("the old canal bridge was closed again today because of some flood ", 15_000) + bulkText(100_000)}}
	for k := range 6000 {
		rows = append(rows, testthread.Row{Parent: -1, Text: "the old canal bridge was closed again today because of some flood " + []string{"", bulkText(k % 7)}[k%2]})
	}
	var c Corpus
	c.Add(testthread.Build(rows))
	if got := len(c.Reposts()); got < 6000-8 {
		t.Errorf("%d reposts, want all but the first of each kind", got)
	}
}

func bulkText(n int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, "w%d ", k)
	}
	return b.String()
}

func BenchmarkCorpus(b *testing.B) {
	th := bulk(100_000)
	for b.Loop() {
		var c Corpus
		c.Add(th)
		c.Reposts()
	}
}

func BenchmarkQuotes(b *testing.B) {
	th := bulk(100_000)
	for b.Loop() {
		quotesOf(th)
	}
}

// bulk is a thread of n comments of some forty words, of which a tenth repeat.
func bulk(n int) *thread.Thread {
	rng := rand.New(rand.NewPCG(15, 16))
	rows := make([]testthread.Row, n)
	for k := range rows {
		var text []string
		for range 40 {
			text = append(text, fmt.Sprint("w", int(math.Exp(rng.Float64()*10))))
		}
		rows[k] = testthread.Row{Parent: rng.IntN(k+1) - 1, Author: fmt.Sprint(rng.IntN(1000)), Text: strings.Join(text, " ")}
		if k > 0 && rng.IntN(10) == 0 {
			rows[k].Text = rows[rng.IntN(k)].Text + " again"
		}
	}
	return testthread.Build(rows)
}

func TestQuotes(t *testing.T) {
	const first = "The bridge over the old canal was closed again this morning."
	rows := []testthread.Row{
		{Parent: -1, Author: "Ann", Text: first},
		{Parent: 0, Author: "Bob", Text: "> over the old canal was closed\nWho says so?"},
		{Parent: 1, Author: "Cyd", Text: "You wrote “the old canal was closed”, Bob."},
		{Parent: -1, Author: "Dan", Text: "over the old canal was nothing"},                        // not above, not marked, four words
		{Parent: -1, Author: "Dan", Text: "It said \"the old canal was closed\" there."},           // marked
		{Parent: 0, Author: "Ann", Text: first},                                                    // her own
		{Parent: -1, Author: "Dan", Text: "bridge over the old canal was closed again, they said"}, // eight words
		{Parent: 0, Author: "Eva", Text: "It was this, and it was that, at the end of it."},
	}
	th := testthread.Build(rows)
	type quote struct {
		by, of, origin, words, text string
	}
	var got []quote
	for _, q := range quotesOf(th) {
		text, of := th.Text(q.By)[q.Start:q.End], th.Text(q.Of)[q.From:q.To]
		if text != of {
			t.Errorf("%q quotes %q", text, of)
		}
		got = append(got, quote{th.ID(q.By), th.ID(q.Of), th.ID(q.Origin), fmt.Sprint(q.Words, q.Marked), text})
	}
	want := []quote{
		{"c1", "c0", "c0", "6 true", "over the old canal was closed"},
		{"c2", "c1", "c0", "5 true", "the old canal was closed"}, // of equals the nearest; Bob took it from Ann
		{"c4", "c0", "c0", "5 true", "the old canal was closed"},
		{"c6", "c0", "c0", "8 false", "bridge over the old canal was closed again"},
	}
	slices.SortFunc(got, func(a, b quote) int { return strings.Compare(a.by, b.by) })
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(quote{})); diff != "" {
		t.Errorf("quotes (-want +got):\n%s", diff)
	}
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), []*metrics.Measure{QuoteCount, Quoting})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("quotations"); v.X != 4 || v.N != 8 {
		t.Errorf("quotations = %+v, want 4 of 8", v)
	}
	by, _ := table.Find(metrics.PerComment, "quoted-share")
	if i, _ := th.Find("c1"); by.Values.At(int(i)).X != 6./9 {
		t.Errorf("quoted-share of c1 = %+v, want 6/9", by.Values.At(int(i)))
	}
}

// TestQuotesSlowTwin looks for every quotation from its definition: longest runs
// from each word on, tried against every word before.
func TestQuotesSlowTwin(t *testing.T) {
	vocabulary := strings.Fields("the of canal bridge bakery soup")
	rng := rand.New(rand.NewPCG(17, 18))
	total := 0
	for range 300 {
		rows := make([]testthread.Row, 1+rng.IntN(7))
		for k := range rows {
			var text []string
			for range rng.IntN(14) {
				text = append(text, vocabulary[rng.IntN(len(vocabulary))])
			}
			if k > 0 && rng.IntN(2) == 0 {
				other := strings.Fields(strings.TrimPrefix(rows[rng.IntN(k)].Text, "> "))
				text = append(text, other[rng.IntN(len(other)+1):]...)
			}
			if rng.IntN(4) == 0 {
				text = append([]string{">"}, text...)
			}
			rows[k] = testthread.Row{Parent: rng.IntN(k+1) - 1, Author: string(rune('a' + rng.IntN(3))), Text: strings.Join(text, " ")}
		}
		th := testthread.Build(rows)
		var order []thread.Index
		for i := range th.Document() {
			order = append(order, i)
		}
		var want []Quote
		origins := map[thread.Index][]Quote{}
		for d, i := range order {
			mine := words.Tokens(th.Text(i))
			for at := 0; at < len(mine); {
				var best Quote
				for _, j := range order[:d] {
					theirs := words.Tokens(th.Text(j))
					for h := range theirs {
						n, telling := 0, 0
						for at+n < len(mine) && h+n < len(theirs) && mine[at+n].Text == theirs[h+n].Text {
							if words.ClassOf(mine[at+n].Text)&words.Function == 0 {
								telling++
							}
							n++
						}
						above := slices.Contains(slices.Collect(th.Ancestors(i)), j)
						marked := strings.HasPrefix(th.Text(i), ">")
						if th.Author(i) == th.Author(j) || n < 4 || telling < 2 || !above && !marked && n < 8 {
							continue
						}
						bestAbove := best.Words > 0 && slices.Contains(slices.Collect(th.Ancestors(i)), best.Of)
						if n > best.Words || n == best.Words && above && (!bestAbove || th.Depth(j) > th.Depth(best.Of)) {
							best = Quote{By: i, Of: j, Start: mine[at].Start, End: mine[at+n-1].End, From: theirs[h].Start, To: theirs[h+n-1].End, Words: n, Marked: marked, Origin: j}
						}
					}
				}
				if best.Words == 0 {
					at++
					continue
				}
				for _, o := range origins[best.Of] {
					if o.Start <= best.From && best.To <= o.End {
						best.Origin = o.Origin
						break
					}
				}
				origins[i] = append(origins[i], best)
				at += best.Words
			}
		}
		for i := range th.All() {
			want = append(want, origins[i]...)
		}
		got := quotesOf(th)
		total += len(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("quotes (-want +got):\n%s", diff)
		}
	}
	if total < 50 {
		t.Errorf("%d quotations, want at least 50", total)
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.Example.org/a/":                   "example.org/a",
		"http://example.org:80/a?utm_source=x&b=2&a=1": "example.org/a?a=1&b=2",
		"www.example.org/a#part":                       "example.org/a",
		"https://example.org:8080/?fbclid=1":           "example.org:8080",
		"ftp://example.org/a":                          "",
		"https://localhost/a":                          "",
	} {
		if got, ok := Address(in); got != want || ok != (want != "") {
			t.Errorf("Address(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestSharedLinks(t *testing.T) {
	th := testthread.Build([]testthread.Row{
		{Parent: -1, Text: "See https://example.org/a, and (www.example.org/b_(c))."},
		{Parent: -1, Text: "<http://www.example.org/a/> again: http://example.org/a?utm_medium=x"},
		{Parent: -1, Text: "https://example.org/b_(c) and shttp nothing://else"},
		{Parent: -1, Text: "https://example.org/d https://example.org/d"},
		{Parent: -1, Text: "https://example.org/a", Kind: thread.System},
	})
	c := metrics.NewContext(th, metrics.Options{})
	got, err := SharedLinks.Of(c)
	want := []SharedLink{{"example.org/a", []thread.Index{0, 1}}, {"example.org/b_(c)", []thread.Index{0, 2}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("SharedLinks (-want +got):\n%s", diff)
	}
	table, err := metrics.Run(c, []*metrics.Measure{LinkCount})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("shared-links"); v.X != 2 || v.N != 4 {
		t.Errorf("shared-links = %+v, want 2 of 4", v)
	}
}

func FuzzQuotesAndLinks(f *testing.F) {
	f.Add("the old canal bridge was closed", "> the old canal bridge\nhttps://example.org/a).")
	f.Add("www.", "://http://\xffhttps://[::1]:99999")
	f.Add("« the old canal bridge »", "“the old canal bridge")
	f.Fuzz(func(t *testing.T, a, b string) {
		th := testthread.Build([]testthread.Row{{Parent: -1, Author: "Ann", Text: a}, {Parent: 0, Author: "Bob", Text: b}, {Parent: 1, Author: "Cyd", Text: a + "\n" + b}})
		for _, q := range quotesOf(th) {
			if x, y := words.Tokens(th.Text(q.By)[q.Start:q.End]), words.Tokens(th.Text(q.Of)[q.From:q.To]); len(x) != q.Words || len(y) != q.Words || q.Of == q.By {
				t.Fatalf("%+v has %d and %d words", q, len(x), len(y))
			}
		}
		all, _ := linksOf(th)
		for _, l := range all {
			if again, ok := Address(l.Address); !ok || again != l.Address {
				t.Fatalf("Address(%q) = %q, %v", l.Address, again, ok)
			}
		}
		var c Corpus
		c.Add(th)
		for _, r := range c.Reposts() {
			if r.Containment < Repeated || r.Containment > 1 || r.Jaccard > r.Containment {
				t.Fatalf("%+v", r)
			}
		}
	})
}
