package drift

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Place is a comment of one of several threads.
type Place struct {
	Thread  int // in the order in which they were added
	Comment thread.Index
}

// Repost is a comment that repeats another, of the same thread or of one added
// before.
type Repost struct {
	Later, Earlier Place
	Jaccard        float64 // shingles in both over shingles in either
	Containment    float64 // share of the shingles of Later that are in Earlier
	SameAuthor     bool    // by name, which must be known
}

// Corpus finds comments that repeat another, within and across threads. It keeps
// eight bytes for each word and no text; its zero value is empty.
//
// Comments whose sketches (Broder 1997) meet are compared shingle by shingle. A
// sketch has the least of the shingles under each of sketchSize orders by chance,
// which two texts share with the probability of their Jaccard index: one pair in
// 800 with an index of .13 is missed, one in 30 million with .3. A short comment
// within one many times as long may be missed; NearDuplicates, which holds one
// thread, misses none.
type Corpus struct {
	places  []Place
	names   []string
	hashes  [][]uint64           // by document: its shingles, ascending
	end     []thread.Index       // by document: the end of what is below it in its thread
	sketch  [][sketchSize]uint64 // by document
	threads int
}

// sketchSize is how many numbers a sketch has.
const sketchSize = 48

// Add adds the comments of a thread, in the order of the document. Those with
// fewer than eight shingles are passed over, as by NearDuplicates.
// O(words · sketchSize).
func (c *Corpus) Add(t *thread.Thread) {
	for i := range t.Document() {
		if words.Unread(t, i) != nil {
			continue
		}
		hashes, _ := shingles(t.Text(i))
		if len(hashes) < minShingles {
			continue
		}
		c.places = append(c.places, Place{c.threads, i})
		c.names = append(c.names, t.AuthorName(t.Author(i)))
		c.end = append(c.end, t.End(i))
		c.hashes = append(c.hashes, slices.Clip(hashes))
		c.sketch = append(c.sketch, sketchOf(hashes))
	}
	c.threads++
}

func sketchOf(hashes []uint64) (s [sketchSize]uint64) {
	for k := range s {
		// A product with an odd number is an order as good as any of hashes that are
		// spread already; the high bits decide it.
		by := orders[k]
		least := uint64(math.MaxUint64)
		for _, h := range hashes {
			least = min(least, h*by)
		}
		s[k] = least
	}
	return s
}

var orders = func() (out [sketchSize]uint64) {
	x := uint64(1)
	for k := range out {
		x = mix(x + uint64(k))
		out[k] = x | 1
	}
	return out
}()

// maxCompared is how many of those that meet the sketch of a comment are compared
// with it, those that meet it most often.
const maxCompared = 16

// Reposts are the comments that repeat one before them, each with the one that
// holds most of it, the first of equals. A reply that repeats what it answers is
// quoting and is not looked at. Of more than maxHolders comments with one number of
// the sketch, the last are looked at. O(n · sketchSize) beside the comparisons.
func (c *Corpus) Reposts() []Repost {
	n := len(c.places)
	// prev has, for each number of the sketch, one more than the last document before
	// with the same; latest, in the slot of a number or one of those behind it, one more
	// than the last with it so far.
	var prev [sketchSize][]int32
	latest := make([]int32, 1<<bits.Len(uint(2*n)))
	for k := range prev {
		clear(latest)
		prev[k] = make([]int32, n)
		for d := range n {
			value := c.sketch[d][k]
			slot := int(value>>20) & (len(latest) - 1)
			for latest[slot] != 0 && c.sketch[latest[slot]-1][k] != value {
				slot = (slot + 1) & (len(latest) - 1)
			}
			prev[k][d] = latest[slot]
			latest[slot] = int32(d + 1)
		}
	}
	var met []int32 // by d, once for each number in common
	var out []Repost
	for d := range n {
		best := Repost{Later: c.places[d]}
		met = met[:0]
		for k := range prev {
			for e, looked := prev[k][d], 0; e != 0 && looked < maxHolders; e, looked = prev[k][e-1], looked+1 {
				met = append(met, e-1)
			}
		}
		for _, e := range c.mostMet(d, met) {
			both := sharedHashes(c.hashes[d], c.hashes[e])
			if x := float64(both) / float64(len(c.hashes[d])); x > best.Containment || x == best.Containment && x > 0 && stands(c.places[e], best.Earlier) {
				best.Containment, best.Earlier = x, c.places[e]
				best.Jaccard = float64(both) / float64(len(c.hashes[d])+len(c.hashes[e])-both)
				best.SameAuthor = c.names[d] != "" && c.names[d] == c.names[e]
			}
		}
		if best.Containment >= Repeated {
			out = append(out, best)
		}
	}
	return out
}

// mostMet are the documents of a list that d does not answer, those that stand in it
// most often first, and not all where there are many.
func (c *Corpus) mostMet(d int, met []int32) []int32 {
	slices.Sort(met)
	type times struct {
		e int32
		n int
	}
	var all []times
	for _, e := range met {
		if n := len(all); n > 0 && all[n-1].e == e {
			all[n-1].n++
			continue
		}
		if !c.quotes(d, int(e)) {
			all = append(all, times{e, 1})
		}
	}
	slices.SortStableFunc(all, func(a, b times) int { return cmp.Compare(b.n, a.n) })
	var out []int32
	for _, x := range all[:min(len(all), maxCompared)] {
		out = append(out, x.e)
	}
	return out
}

// quotes tells whether d answers e, directly or further up, and somebody else wrote
// it.
func (c *Corpus) quotes(d, e int) bool {
	a, b := c.places[d], c.places[e]
	return a.Thread == b.Thread && b.Comment < a.Comment && a.Comment < c.end[e] && (c.names[d] == "" || c.names[d] != c.names[e])
}

// stands tells whether a stands before b.
func stands(a, b Place) bool {
	return a.Thread < b.Thread || a.Thread == b.Thread && a.Comment < b.Comment
}

// sharedHashes is how many numbers two ascending lists have in common.
func sharedHashes(a, b []uint64) (n int) {
	if len(a) > 16*len(b) || len(b) > 16*len(a) {
		return common(a, b)
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}
