// Package drift measures how far the words of a comment have left those of the
// article, of its parent and of the branch so far. Drift is not derailment: it
// sees other words, not whether they are out of place.
//
// There are three views. Branches (measure "drift") asks of every edge of the
// tree whether the words below it and those above it are one bag of words or two,
// in stems, with the words of everywhere tying least; DRIFT.md counts how well it
// finds branches planted in other threads. Distances weigh words by TF-IDF and
// leave function words out. The Raw comparisons keep every word and look at no
// other document: they are for comparison with published numbers.
package drift

import (
	"threadheat/metrics"
	"threadheat/thread"
)

// Distances are the topic distances of a thread's comments, by thread.Index,
// each from 0 (same words) to 1 (no word in common). N is the number of words
// of the comment, function words left out. FromPath is from all comments above
// together, FromThread from all others together, for threads whose article is
// not known.
type Distances struct {
	FromArticle []metrics.Value
	FromParent  []metrics.Value
	FromPath    []metrics.Value
	FromThread  []metrics.Value
	Raw         Raw
}

// Raw are comparisons of word counts, function words included: cosines, 1 where
// the proportions are the same, and Jensen-Shannon divergences in bits, 0 where
// they are. N is the number of words of the comment.
type Raw struct {
	CosineArticle, CosineParent, CosinePath []metrics.Value
	JSDArticle, JSDParent                   []metrics.Value
}

// MinWords is how many words a text must have to be compared, function words
// left out for TF-IDF: with one or two, a single word decides everything.
const MinWords = 3

// All are the distances of a thread. O(words), however deep or wide the tree.
var All = &metrics.Fact[*Distances]{Name: "drift", Compute: distances}

var (
	noArticle    = &metrics.Text{EN: "the article’s text is not in the input", FR: "le texte de l’article n’est pas dans l’entrée"}
	noParent     = &metrics.Text{EN: "it answers no other comment", FR: "il ne répond à aucun autre commentaire"}
	shortArticle = &metrics.Text{EN: "the article has too few words", FR: "l’article a trop peu de mots"}
	shortParent  = &metrics.Text{EN: "the comment it answers has too few words", FR: "le commentaire auquel il répond a trop peu de mots"}
	shortPath    = &metrics.Text{EN: "the branch above it has too few words", FR: "la branche au-dessus a trop peu de mots"}
	shortThread  = &metrics.Text{EN: "the other comments have too few words", FR: "les autres commentaires ont trop peu de mots"}
)

func distances(c *metrics.Context) (*Distances, error) {
	t := c.Thread
	b := bagsOf(t)
	n := t.Len()
	d := &Distances{}
	unused := make([]metrics.Value, n)
	article := columns{&d.FromArticle, &d.Raw.CosineArticle, &d.Raw.JSDArticle}
	parent := columns{&d.FromParent, &d.Raw.CosineParent, &d.Raw.JSDParent}
	path := columns{&d.FromPath, &d.Raw.CosinePath, &unused}
	whole := columns{&d.FromThread, &unused, &unused}
	for _, cols := range []columns{article, parent, path, whole} {
		for _, col := range cols {
			*col = make([]metrics.Value, n)
		}
	}

	ref := b.newReference()
	b.add(ref, n)
	for i := range n {
		if b.tokens[n] == 0 {
			article.set(i, b.undefined(i, noArticle))
		} else {
			article.set(i, b.against(i, ref, shortArticle, false))
		}
	}

	// One reference is loaded per parent, not per reply: a megabyte answered by
	// a hundred thousand words must not be read a hundred thousand times.
	ref = b.newReference()
	for p := range t.All() {
		if t.Parent(p) == thread.NoIndex {
			parent.set(int(p), b.undefined(int(p), noParent))
		}
		if t.End(p) == p+1 {
			continue
		}
		before := *ref
		b.add(ref, int(p))
		for i := range t.Replies(p) {
			parent.set(int(i), b.against(int(i), ref, shortParent, false))
		}
		b.remove(ref, int(p), before)
	}

	type step struct {
		at     thread.Index
		before reference
	}
	var above []step
	ref = b.newReference()
	for i := range t.All() {
		for len(above) > t.Depth(i) {
			last := above[len(above)-1]
			above = above[:len(above)-1]
			b.remove(ref, int(last.at), last.before)
		}
		if len(above) == 0 {
			path.set(int(i), b.undefined(int(i), noParent))
		} else {
			path.set(int(i), b.against(int(i), ref, shortPath, false))
		}
		if t.End(i) > i+1 {
			above = append(above, step{i, *ref})
			b.add(ref, int(i))
		}
	}

	ref = b.newReference()
	for i := range n {
		b.add(ref, i)
	}
	for i := range n {
		whole.set(i, b.against(i, ref, shortThread, true))
	}
	return d, nil
}

// columns are where the three results of a comparison go: distance, cosine of
// raw counts, divergence of raw counts.
type columns [3]*[]metrics.Value

func (c columns) set(i int, vs [3]metrics.Value) {
	for k, col := range c {
		(*col)[i] = vs[k]
	}
}

// against are the results of comparing comment i with r, or why there are none.
// With own, i is left out of r.
func (b *bags) against(i int, r *reference, short *metrics.Text, own bool) [3]metrics.Value {
	vs := b.undefined(i, short)
	tokens, content := r.tokens, r.content
	if own {
		tokens, content = tokens-b.tokens[i], content-b.content[i]
	}
	if b.tokens[i] < MinWords || tokens < MinWords {
		return vs
	}
	c := b.compare(i, r, own)
	vs[1], vs[2] = metrics.Of(c.cosine, b.tokens[i]), metrics.Of(c.jsd, b.tokens[i])
	if b.content[i] >= MinWords && content >= MinWords {
		vs[0] = metrics.Of(1-c.tfidf, b.content[i])
	}
	return vs
}

// undefined are the results for a comment that is compared with nothing: for
// a reason of its own, or else for the given one.
func (b *bags) undefined(i int, why *metrics.Text) (vs [3]metrics.Value) {
	for k, n := range [3]int{b.content[i], b.tokens[i], b.tokens[i]} {
		switch {
		case b.why[i] != nil:
			vs[k] = metrics.Undefined(0, b.why[i])
		case n < MinWords && k == 0:
			vs[k] = metrics.TooFew(n, MinWords, contentWords)
		case n < MinWords:
			vs[k] = metrics.TooFew(n, MinWords, metrics.Words)
		default:
			vs[k] = metrics.Undefined(n, why)
		}
	}
	return vs
}

var contentWords = metrics.Text{EN: "words besides function words", FR: "mots hors mots-outils"}
