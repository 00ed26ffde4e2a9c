package exchange

import (
	"cmp"
	"fmt"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

// Chain is a run of comments each of which answers the one before.
type Chain struct {
	People   []thread.AuthorID // all who take part, ascending
	Last     thread.Index      // the last comment
	Comments int               // how many there are, up from Last
}

// Chains are the conversations of a number of people.
type Chains struct {
	// Longest is the longest run of consecutive replies with exactly so many people;
	// of equally long ones that whose last comment comes first in reading order.
	// Comments is 0 where there is none.
	Longest Chain
	// Groups are, for each group of so many people who had a run of at least two
	// comments a head, its longest: the longest first, ties by the last comment.
	Groups  []Chain
	Replies int // replies between people with names
}

// chainsFrom and chainsTo are the numbers of people looked at; two are a Pair.
const chainsFrom, chainsTo = 3, 4

// speaker is somebody on the way up from a comment.
type speaker struct {
	who   thread.AuthorID
	depth int32 // of their latest comment
}

// step is a comment on the path to the one at hand.
type step struct {
	latest [chainsTo + 1]speaker // the last ones who spoke up to here, the latest first
	n      int32                 // how many are known
	start  int32                 // depth at which the run begins
}

// add puts somebody at the end of the list, unless that is full.
func (s *step) add(x speaker) {
	if int(s.n) < len(s.latest) {
		s.latest[s.n] = x
		s.n++
	}
}

// AllChains are the Chains of three people and of four, in this order. Comments
// of unknown authors, ghosts and pingbacks interrupt a run. O(n).
var AllChains = &metrics.Fact[[]Chains]{Name: "chains", Compute: func(c *metrics.Context) ([]Chains, error) {
	t := c.Thread
	out := make([]Chains, chainsTo-chainsFrom+1)
	best := make([]map[[chainsTo]thread.AuthorID]Chain, len(out))
	for n := range best {
		best[n] = map[[chainsTo]thread.AuthorID]Chain{}
	}
	replies := 0
	var path []step // by depth
	for i := range t.All() {
		d := t.Depth(i)
		if d == len(path) {
			path = append(path, step{})
		}
		now := &path[d]
		*now = step{start: int32(d)}
		if !named(t, i) {
			continue
		}
		now.add(speaker{t.Author(i), int32(d)})
		if d > 0 && path[d-1].n > 0 {
			before := &path[d-1]
			now.start = before.start
			for _, s := range before.latest[:before.n] {
				if s.who != t.Author(i) {
					now.add(s)
				}
			}
			replies += one(before.latest[0].who != t.Author(i))
		}
		for n := range out {
			k := chainsFrom + n
			if int(now.n) < k {
				break
			}
			from := now.start
			if int(now.n) > k {
				from = now.latest[k].depth + 1
			}
			run := Chain{Last: i, Comments: d - int(from) + 1}
			if run.Comments <= out[n].Longest.Comments && run.Comments < 2*k {
				continue
			}
			var key [chainsTo]thread.AuthorID
			for j, s := range now.latest[:k] {
				key[j] = s.who
			}
			slices.Sort(key[:k])
			if run.Comments > out[n].Longest.Comments {
				run.People = slices.Clone(key[:k])
				out[n].Longest = run
			}
			if run.Comments >= 2*k && run.Comments > best[n][key].Comments {
				run.People = slices.Clone(key[:k])
				best[n][key] = run
			}
		}
	}
	for n := range out {
		out[n].Replies = replies
		for _, run := range best[n] {
			out[n].Groups = append(out[n].Groups, run)
		}
		slices.SortFunc(out[n].Groups, func(a, b Chain) int {
			return cmp.Or(cmp.Compare(b.Comments, a.Comments), cmp.Compare(a.Last, b.Last), slices.Compare(a.People, b.People))
		})
	}
	return out, nil
}}

// How long three or four talk among themselves, and how many such groups there
// are. N is the number of replies between people with names.
var (
	LongestOfThree, GroupsOfThree = ofChains(3, "three", "trois")
	LongestOfFour, GroupsOfFour   = ofChains(4, "four", "quatre")
)

func ofChains(k int, en, fr string) (longest, groups *metrics.Measure) {
	measure := func(m metrics.Measure, value func(*Chains) int) *metrics.Measure {
		m.Group, m.Scope, m.Unit, m.Range, m.Needs = group, metrics.PerThread, metrics.Count, metrics.NonNegative, metrics.NeedReplies
		m.Source, m.Interval = []metrics.Citation{cite.Own}, metrics.Counted
		m.Run = metrics.From(AllChains, func(cs []Chains) metrics.Value {
			c := &cs[k-chainsFrom]
			return metrics.Of(float64(value(c)), c.Replies)
		})
		return &m
	}
	longest = measure(metrics.Measure{
		Name:  "longest-run-of-" + en,
		Title: metrics.Text{EN: "Longest run of replies among " + en, FR: "Plus longue suite de réponses à " + fr},
		Doc: metrics.Text{
			EN: "The largest number of comments in a row, each answering the one before, that exactly " + en + " people wrote. 0 where no such run is there. One of them may have said a single word.",
			FR: "Plus grand nombre de commentaires à la suite, chacun répondant au précédent, qu’ont écrits exactement " + fr + " personnes. 0 s’il n’y en a pas. L’une d’elles peut n’avoir dit qu’un mot.",
		},
		Math:   fmt.Sprintf("max n : v₁ ← … ← vₙ, |{author(vᵢ)}| = %d", k),
		MathFR: fmt.Sprintf("max n : v₁ ← … ← vₙ, |{auteur(vᵢ)}| = %d", k),
	}, func(c *Chains) int { return c.Longest.Comments })
	groups = measure(metrics.Measure{
		Name:  "groups-of-" + en,
		Title: metrics.Text{EN: "Conversations of " + en, FR: "Conversations à " + fr},
		Doc: metrics.Text{
			EN: fmt.Sprintf("How many groups of exactly %s people wrote at least %d comments in a row, each answering the one before: two a head.", en, 2*k),
			FR: fmt.Sprintf("Nombre de groupes d’exactement %s personnes qui ont écrit au moins %d commentaires à la suite, chacun répondant au précédent : deux par tête.", fr, 2*k),
		},
		Math:   fmt.Sprintf("|{ {author(vᵢ)} : v₁ ← … ← vₙ, n ≥ %d, |{author(vᵢ)}| = %d }|", 2*k, k),
		MathFR: fmt.Sprintf("|{ {auteur(vᵢ)} : v₁ ← … ← vₙ, n ≥ %d, |{auteur(vᵢ)}| = %d }|", 2*k, k),
	}, func(c *Chains) int { return len(c.Groups) })
	return longest, groups
}
