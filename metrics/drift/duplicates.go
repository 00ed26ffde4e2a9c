package drift

import (
	"cmp"
	"math/bits"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Duplicate is a comment that repeats another. Earlier stands before Later in
// the document; which of the two was written first, their times tell.
type Duplicate struct {
	Later, Earlier thread.Index
	Jaccard        float64 // shingles in both over shingles in either
	Containment    float64 // share of the shingles of Later that are in Earlier
	SameAuthor     bool
}

// A shingle is a run of shingleWords words. A comment repeats another if at
// least Repeated of its shingles, and it has minShingles of them, are in the
// other. Unrelated comments share a shingle in a hundred; the rewrite that the
// line was drawn for shares three in ten.
const (
	shingleWords = 3
	minShingles  = 8
	Repeated     = 0.2
)

// maxHolders is how many comments a shingle is looked up in, the first in the
// document: else a thousand copies of one text would be half a million pairs.
// Where that leaves somebody out, the best maxRecounts are counted again, whole.
const (
	maxHolders  = 64
	maxRecounts = 8
)

// NearDuplicates are the comments that repeat another, each with the one before
// it that holds most of its shingles, by place in the document. A reply that
// repeats words of somebody it answers, directly or further up, is quoting and
// is not looked at. O(words · log words).
var NearDuplicates = &metrics.Fact[[]Duplicate]{Name: "near-duplicates", Compute: func(c *metrics.Context) ([]Duplicate, error) {
	ms, err := matches.Of(c)
	if err != nil {
		return nil, err
	}
	var out []Duplicate
	for i := range c.Thread.Document() {
		if m := ms[i]; m.shingles >= minShingles && m.Containment >= Repeated {
			out = append(out, m.Duplicate)
		}
	}
	return out, nil
}}

// match is the nearest comment before another. Where there is none, Earlier is
// NoIndex.
type match struct {
	Duplicate
	shingles int // of Later, each counted once
	words    int
	compared int // comments before it that have shingles
	why      *metrics.Text
}

var matches = &metrics.Fact[[]match]{Name: "nearest-earlier", Compute: func(c *metrics.Context) ([]match, error) {
	return nearest(c.Thread, maxHolders), nil
}}

// nearest finds for every comment the one before it that holds most of its
// shingles, the first of equals.
func nearest(t *thread.Thread, holders int) []match {
	order := slices.Collect(t.Document())
	out := make([]match, len(order))
	ix := index{sizes: make([]int, len(order)), shared: make([][]int32, len(order))}
	var all []entry
	compared := 0
	for d, i := range order {
		m := &out[i]
		*m = match{Duplicate: Duplicate{Later: i, Earlier: thread.NoIndex}, compared: compared, why: words.Unread(t, i)}
		if m.why != nil {
			continue
		}
		var hashes []uint64
		hashes, m.words = shingles(t.Text(i))
		ix.sizes[d], m.shingles = len(hashes), len(hashes)
		for _, h := range hashes {
			all = append(all, entry{h, int32(d)})
		}
		if len(hashes) > 0 {
			compared++
		}
	}
	ix.build(all)
	counts := make([]int32, len(order))
	for d, i := range order {
		quoted := func(e int32) bool {
			j := order[e]
			return j < i && i < t.End(j) && t.Author(i) != t.Author(j)
		}
		if e, n := ix.best(int32(d), holders, counts, quoted); n > 0 {
			m := &out[i]
			m.Earlier = order[e]
			m.Containment = float64(n) / float64(ix.sizes[d])
			m.Jaccard = float64(n) / float64(ix.sizes[d]+ix.sizes[e]-n)
			m.SameAuthor = t.Author(i) == t.Author(m.Earlier)
		}
	}
	return out
}

// shingles are the different shingles of a text as hashes, ascending, and how
// many words it has. Two of 64 bits meet by chance once in some ten million
// texts of ten thousand words.
func shingles(text string) (hashes []uint64, n int) {
	toks := words.Tokens(text)
	var last [shingleWords]uint64
	for k, t := range toks {
		copy(last[:], last[1:])
		last[shingleWords-1] = hashWord(t.Text)
		if k < shingleWords-1 {
			continue
		}
		var h uint64
		for _, w := range last {
			h = mix(h ^ w)
		}
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	return slices.Compact(hashes), len(toks)
}

// hashWord is FNV-1a.
func hashWord(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix spreads every bit over all, and tells the order of words: mix(a)^b is not
// mix(b)^a.
func mix(x uint64) uint64 {
	hi, lo := bits.Mul64(x^0x9e3779b97f4a7c15, 0xd6e8feb86659fd93)
	return hi ^ lo
}

// entry says that document d has a shingle.
type entry struct {
	shingle uint64
	d       int32
}

// index knows which documents share a shingle. Documents are numbered in the
// order in which they stand.
type index struct {
	sizes   []int     // by document: its shingles
	shared  [][]int32 // by document: those that another has too, ascending
	holders [][]int32 // by shared shingle: the documents, ascending
}

// build sorts the entries, which brings equal shingles together; those of one
// document only, nearly all, are let go.
func (ix *index) build(all []entry) {
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.shingle, b.shingle), cmp.Compare(a.d, b.d))
	})
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j].shingle == all[i].shingle {
			j++
		}
		if j > i+1 {
			g := int32(len(ix.holders))
			ds := make([]int32, 0, j-i)
			for _, e := range all[i:j] {
				ds = append(ds, e.d)
				ix.shared[e.d] = append(ix.shared[e.d], g)
			}
			ix.holders = append(ix.holders, ds)
		}
		i = j
	}
}

// best is the document before d with the most shingles of d, the first of
// equals, of those that skip does not name, and how many. Each shingle is looked
// up in its first few holders only. counts is scratch, all 0 before and after.
func (ix *index) best(d int32, holders int, counts []int32, skip func(int32) bool) (e int32, n int) {
	var touched []int32
	cut := false
	for _, g := range ix.shared[d] {
		for k, h := range ix.holders[g] {
			if h >= d {
				break
			}
			if k >= holders {
				cut = true
				break
			}
			if counts[h] == 0 {
				touched = append(touched, h)
			}
			counts[h]++
		}
	}
	touched = slices.DeleteFunc(touched, func(h int32) bool {
		if skip(h) {
			counts[h] = 0
			return true
		}
		return false
	})
	slices.SortFunc(touched, func(a, b int32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for k, h := range touched {
		have := int(counts[h])
		counts[h] = 0
		if cut && k < maxRecounts {
			have = common(ix.shared[d], ix.shared[h])
		}
		if have > n || have == n && h < e {
			e, n = h, have
		}
	}
	return e, n
}

// common is how many numbers two ascending lists share. O(short · log long): a
// short comment must not pay for a long one.
func common[T cmp.Ordered](a, b []T) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for _, x := range a {
		k, found := slices.BinarySearch(b, x)
		if found {
			n++
		}
		b = b[k:]
	}
	return n
}
