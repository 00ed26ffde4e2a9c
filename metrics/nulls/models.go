package nulls

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/internal/words"
	"threadheat/metrics/pace"
	"threadheat/metrics/replygraph"
	"threadheat/thread"
)

// RecursiveTree gives every comment, in the order of time, the article or one of
// the comments before it for a parent, each with the same chance: the random
// recursive tree with as many nodes.
var RecursiveTree = &Model{
	Name: "recursive-tree",
	Doc: metrics.Text{
		EN: "Each comment answers the article or any comment before it, with the same chance. Kept: comments, authors, times, texts.",
		FR: "Chaque commentaire répond à l’article ou à l’un des commentaires qui le précèdent, avec la même chance. Conservés : commentaires, auteurs, dates, textes.",
	},
	Prepare: func(c *metrics.Context) (func(*rand.Rand) *thread.Thread, *metrics.Text, error) {
		t := c.Thread
		if t.Len() < 2 {
			return nil, tooFew, nil
		}
		order := pace.ByTime(t)
		return func(r *rand.Rand) *thread.Thread {
			return reparent(t, order, func(k int) int { return r.IntN(k+1) - 1 })
		}, nil, nil
	},
}

// Parents gives every reply another comment before it for a parent, each with the
// same chance. What stands at top level stays there.
var Parents = &Model{
	Name: "parents",
	Doc: metrics.Text{
		EN: "Each reply answers any comment before it, with the same chance. Kept: which comments are replies, authors, times, texts.",
		FR: "Chaque réponse répond à l’un des commentaires qui la précèdent, avec la même chance. Conservés : quels commentaires sont des réponses, auteurs, dates, textes.",
	},
	Prepare: func(c *metrics.Context) (func(*rand.Rand) *thread.Thread, *metrics.Text, error) {
		t := c.Thread
		if t.Len() < 2 {
			return nil, tooFew, nil
		}
		order := pace.ByTime(t)
		return func(r *rand.Rand) *thread.Thread {
			return reparent(t, order, func(k int) int {
				// A reply before all others has nobody to answer but the article.
				if k == 0 || t.Parent(order[k]) == thread.NoIndex {
					return -1
				}
				return r.IntN(k)
			})
		}, nil, nil
	},
}

// Authors deals the names anew: who wrote as many comments as before, but other
// ones.
var Authors = &Model{
	Name: "authors",
	Doc: metrics.Text{
		EN: "The comments change their authors among themselves. Kept: the tree, times, texts, and how many comments each author wrote.",
		FR: "Les commentaires échangent leurs auteurs. Conservés : l’arbre, les dates, les textes et le nombre de commentaires de chacun.",
	},
	Prepare: func(c *metrics.Context) (func(*rand.Rand) *thread.Thread, *metrics.Text, error) {
		t := c.Thread
		spoken := spokenOf(t)
		if len(spoken) < 2 {
			return nil, tooFew, nil
		}
		place := make([]int, t.Len())
		for k, i := range spoken {
			place[i] = k
		}
		return func(r *rand.Rand) *thread.Thread {
			dealt := r.Perm(len(spoken))
			return t.Change(func(i thread.Index, c *thread.Comment) {
				if metrics.Spoken(t, i) {
					a := t.Author(spoken[dealt[place[i]]])
					c.Author, c.AuthorKey = t.AuthorName(a), t.AuthorKey(a)
				}
			})
		}, nil, nil
	},
}

// Arcs rewires who answers whom: two arcs of the reply graph change their ends
// again and again, and keep their weights. Whom everybody answers, and how many
// answer them, stays; only who that is changes. What it draws are threads that have
// this graph and nothing else: no times, no texts, no tree.
var Arcs = &Model{
	Name: "arcs",
	Doc: metrics.Text{
		EN: "Who answers whom is rewired. Kept: how many people each one answers and how often in all, how many people answer each one, how often each of the pairs answered. For measures of the reply graph only: the drawn threads have no tree, times or texts to speak of.",
		FR: "Qui répond à qui est recâblé. Conservés : à combien de gens chacun répond et combien de fois en tout, combien de gens répondent à chacun, le nombre de réponses de chaque couple. Pour les mesures du graphe des réponses seulement : les fils tirés n’ont pas d’arbre, de dates ni de textes qui vaillent.",
	},
	Prepare: func(c *metrics.Context) (func(*rand.Rand) *thread.Thread, *metrics.Text, error) {
		g, err := replygraph.Replies.Of(c)
		if err != nil {
			return nil, nil, err
		}
		arcs := arcsOf(g)
		if len(arcs) < 2 {
			return nil, &metrics.Text{EN: "fewer than two pairs of whom one answers the other", FR: "moins de deux couples dont l’un répond à l’autre"}, nil
		}
		return func(r *rand.Rand) *thread.Thread { return graphThread(g.Authors(), rewire(arcs, r)) }, nil, nil
	},
	Bare: func(c *metrics.Context) (*thread.Thread, error) {
		g, err := replygraph.Replies.Of(c)
		if err != nil {
			return nil, err
		}
		return graphThread(g.Authors(), arcsOf(g)), nil
	},
}

func arcsOf(g *replygraph.Graph) (arcs []arc) {
	for _, a := range g.Authors() {
		for _, to := range g.Out(a) {
			arcs = append(arcs, arc{a, to.Author, to.Replies})
		}
	}
	return arcs
}

// Words deals the words of all comments anew, so that each comment is as long as
// before.
var Words = &Model{
	Name: "words",
	Doc: metrics.Text{
		EN: "The words of all comments are mixed and dealt anew. Kept: the tree, authors, times, and how many words each comment has.",
		FR: "Les mots de tous les commentaires sont mélangés et redistribués. Conservés : l’arbre, les auteurs, les dates et le nombre de mots de chaque commentaire.",
	},
	Prepare: func(c *metrics.Context) (func(*rand.Rand) *thread.Thread, *metrics.Text, error) {
		t := c.Thread
		var pool []string
		counts := make([]int, t.Len())
		for i := range t.Document() {
			for w := range words.All(t.Text(i)) {
				pool = append(pool, w.Text)
				counts[i]++
			}
		}
		if len(pool) < 2 {
			return nil, &metrics.Text{EN: "fewer than two words", FR: "moins de deux mots"}, nil
		}
		return func(r *rand.Rand) *thread.Thread {
			dealt := slices.Clone(pool)
			r.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
			return t.Change(func(i thread.Index, c *thread.Comment) {
				c.Text = strings.Join(dealt[:counts[i]], " ")
				dealt = dealt[counts[i]:]
			})
		}, nil, nil
	},
}

var tooFew = &metrics.Text{EN: "fewer than two comments", FR: "moins de deux commentaires"}

// reparent is the thread in which comment k of the order answers the one that
// parent names by its place before k, -1 for the article.
func reparent(t *thread.Thread, order []thread.Index, parent func(k int) int) *thread.Thread {
	parents := make([]thread.Index, t.Len())
	for k, i := range order {
		if p := parent(k); p >= 0 {
			parents[i] = order[p]
		} else {
			parents[i] = thread.NoIndex
		}
	}
	return t.Change(func(i thread.Index, c *thread.Comment) {
		c.Parent, c.Basis, c.Certainty = "", thread.NoBasis, 0
		if p := parents[i]; p != thread.NoIndex {
			c.Parent, c.Basis = t.ID(p), thread.Declared
		}
	})
}

func spokenOf(t *thread.Thread) []thread.Index {
	var out []thread.Index
	for i := range t.All() {
		if metrics.Spoken(t, i) {
			out = append(out, i)
		}
	}
	return out
}

// arc says how often from answered to.
type arc struct {
	from, to thread.AuthorID
	weight   int32
}

// swapsPerArc is how many exchanges of ends are tried for each arc: ten are usual
// (Milo et al. 2003, arXiv cond-mat/0312028).
const swapsPerArc = 10

// rewire lets pairs of arcs exchange their ends, where that makes neither a loop
// nor an arc that is there. Tries that fail count: only so does each graph come with
// the same chance.
func rewire(arcs []arc, r *rand.Rand) []arc {
	arcs = slices.Clone(arcs)
	there := make(map[[2]thread.AuthorID]bool, len(arcs))
	for _, a := range arcs {
		there[[2]thread.AuthorID{a.from, a.to}] = true
	}
	for range swapsPerArc * len(arcs) {
		a, b := &arcs[r.IntN(len(arcs))], &arcs[r.IntN(len(arcs))]
		x, y := [2]thread.AuthorID{a.from, b.to}, [2]thread.AuthorID{b.from, a.to}
		if a == b || x[0] == x[1] || y[0] == y[1] || there[x] || there[y] {
			continue
		}
		delete(there, [2]thread.AuthorID{a.from, a.to})
		delete(there, [2]thread.AuthorID{b.from, b.to})
		there[x], there[y] = true, true
		a.to, b.to = b.to, a.to
	}
	return arcs
}

// graphThread is a thread whose reply graph has the given authors and arcs: one
// comment of each author, below which stand the answers to them.
func graphThread(authors []thread.AuthorID, arcs []arc) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	name := func(a thread.AuthorID) string { return fmt.Sprintf("author %d", a) }
	for _, a := range authors {
		b.Add(thread.Comment{ID: name(a), Author: name(a)})
	}
	n := 0
	for _, a := range arcs {
		for range a.weight {
			n++
			b.Add(thread.Comment{ID: fmt.Sprint(n), Parent: name(a.to), Basis: thread.Declared, Author: name(a.from)})
		}
	}
	return b.Build()
}
