package replygraph

import (
	"strings"

	"threadheat/metrics"
	"threadheat/thread"
)

// census is the triads of a graph, and who closes how many.
type census struct {
	triads    [16]float64 // by kind, in the order of triadKinds; exact up to 2^53
	triangles []int32     // by AuthorID: closed triads, whoever answered whom
	closed    float64     // triangles of all, each once
	wedges    float64     // pairs of neighbours of all authors
	friends   *friends
}

// The kinds of triads, by their mutual, asymmetric and null pairs, and D for
// down, U for up, C for cyclic, T for transitive.
var triadKinds = [16]struct{ name, en, fr string }{
	{"003", "nobody answers another", "personne ne répond à un autre"},
	{"012", "one answers another, the third is apart", "l’un répond à l’autre, le troisième est à part"},
	{"102", "two answer each other, the third is apart", "deux se répondent, le troisième est à part"},
	{"021d", "one answers both others", "l’un répond aux deux autres"},
	{"021u", "two answer the third", "deux répondent au troisième"},
	{"021c", "one answers the second, who answers the third", "l’un répond au deuxième, qui répond au troisième"},
	{"111d", "two answer each other, and the third answers one of them", "deux se répondent, et le troisième répond à l’un d’eux"},
	{"111u", "two answer each other, and one of them answers the third", "deux se répondent, et l’un d’eux répond au troisième"},
	{"030t", "one answers both others, of whom one answers the other", "l’un répond aux deux autres, dont l’un répond à l’autre"},
	{"030c", "each answers the next, round and round", "chacun répond au suivant, en rond"},
	{"201", "one exchanges answers with both others", "l’un échange des réponses avec les deux autres"},
	{"120d", "two answer each other, and the third answers both", "deux se répondent, et le troisième répond aux deux"},
	{"120u", "two answer each other, and both answer the third", "deux se répondent, et les deux répondent au troisième"},
	{"120c", "two answer each other; one answers the third, who answers the other", "deux se répondent ; l’un répond au troisième, qui répond à l’autre"},
	{"210", "two pairs answer each other, the third only one way", "deux paires se répondent, la troisième dans un seul sens"},
	{"300", "all answer each other", "tous se répondent"},
}

// Places in triadKinds.
const (
	t003 = iota
	t012
	t102
	t021D
	t021U
	t021C
	t111D
	t111U
	t030T
	t030C
	t201
	t120D
	t120U
	t120C
	t210
	t300
)

// Triads are the 16 counts of the triad census as measures of the thread:
// triad-003 … triad-300, over all groups of three people. O(arcs^1.5).
var Triads = triads()

func triads() []*metrics.Measure {
	var ms []*metrics.Measure
	for k, kind := range triadKinds {
		m := &metrics.Measure{
			Name: "triad-" + kind.name, Group: group,
			Title: metrics.Text{EN: "Triads " + kind.name, FR: "Triades " + kind.name},
			Doc:   metrics.Text{EN: "In how many groups of three people " + kind.en + ". Large threads have more of every kind, most of them of people apart: compare threads by shares, or with chance.", FR: "Dans combien de groupes de trois personnes " + kind.fr + ". Les grands fils en ont davantage de chaque sorte, surtout de gens à part : comparer les fils par les parts, ou au hasard."},
			Math:  "|{ {u, v, w} : " + strings.ToUpper(kind.name) + " }|",
			Scope: metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, MinN: 3,
			Source: []metrics.Citation{
				{Authors: "Davis, Leinhardt", Title: "The structure of positive interpersonal relations in small groups", Venue: "Sociological Theories in Progress 2", Year: 1972},
				{Authors: "Batagelj, Mrvar", Title: "A subquadratic triad census algorithm for large sparse networks with small maximum degree", Venue: "Social Networks 23(3)", Year: 2001},
			},
		}
		m.Interval = metrics.Counted
		m.Run = func(c *metrics.Context) (metrics.Values, error) {
			g, err := Replies.Of(c)
			if err != nil {
				return nil, err
			}
			if len(g.authors) < 3 {
				return metrics.One(metrics.TooFew(len(g.authors), 3, metrics.Authors)), nil
			}
			s, err := Census.Of(c)
			if err != nil {
				return nil, err
			}
			return metrics.One(metrics.Of(s.triads[k], len(g.authors))), nil
		}
		ms = append(ms, m)
	}
	return ms
}

// Transitivity is how often two neighbours of somebody are neighbours of each
// other, over all; Clustering the same for each author.
var (
	Transitivity = &metrics.Measure{
		Name: "transitivity", Group: group,
		Title: metrics.Text{EN: "Transitivity", FR: "Transitivité"},
		Doc: metrics.Text{
			EN: "How often two people who both exchanged with a third exchanged with each other too, in either direction: 0 in a star around one person, 1 where everybody talks with everybody. In a small or busy thread chance alone closes many.",
			FR: "À quelle fréquence deux personnes qui ont échangé avec une même troisième ont aussi échangé entre elles, dans un sens ou l’autre : 0 autour d’un seul, 1 quand tous se parlent. Dans un fil petit ou animé, le hasard seul en relie beaucoup.",
		},
		Math:  "3 t / Σᵥ kᵥ(kᵥ−1)/2",
		Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 1,
		Source:   []metrics.Citation{{Authors: "Newman, Strogatz, Watts", Title: "Random graphs with arbitrary degree distributions and their applications", Venue: "Physical Review E 64, 026118", Year: 2001}},
		Interval: metrics.Linked,
		Run: metrics.From(Census, func(s *census) metrics.Value {
			if s.wedges == 0 {
				return metrics.Undefined(0, noWedge)
			}
			return metrics.Of(3*s.closed/s.wedges, int(s.wedges))
		}),
	}

	Clustering = ofAuthors(metrics.Measure{
		Name:  "clustering",
		Title: metrics.Text{EN: "Clustering", FR: "Coefficient de regroupement"},
		Doc: metrics.Text{
			EN: "Which share of the pairs of people with whom the author exchanged did exchange with each other; 0 for those with fewer than two. It says little of people with few partners.",
			FR: "Quelle part des couples de personnes avec qui l’auteur a échangé ont aussi échangé entre elles ; 0 pour qui en a moins de deux. Il dit peu de qui a peu de partenaires.",
		},
		Math: "t(v) / (k(k−1)/2)",
		Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
		Source: []metrics.Citation{{Authors: "Watts, Strogatz", Title: "Collective dynamics of ‘small-world’ networks", Venue: "Nature 393", Year: 1998, DOI: "10.1038/30918"}},
	}, &metrics.Fact[*score]{Name: "clustering", Compute: func(c *metrics.Context) (*score, error) {
		s, err := Census.Of(c)
		if err != nil {
			return nil, err
		}
		return &score{x: s.clustering()}, nil
	}})
)

// clustering is that of each author, 0 for those with fewer than two neighbours.
func (s *census) clustering() []float64 {
	x := make([]float64, len(s.triangles))
	for a, t := range s.triangles {
		if k := float64(s.friends.degree(thread.AuthorID(a))); k > 1 {
			x[a] = float64(t) / (k * (k - 1) / 2)
		}
	}
	return x
}

// Clustering is which share of the pairs of neighbours of each author are
// neighbours, by AuthorID; 0 for those with fewer than two. O(arcs^1.5).
func (g *Graph) Clustering() []float64 { return g.census().clustering() }

var noWedge = &metrics.Text{EN: "nobody exchanged with two others", FR: "personne n’a échangé avec deux autres"}

// Census is the triads of the graph of a thread.
var Census = &metrics.Fact[*census]{Name: "triad census", Compute: func(c *metrics.Context) (*census, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	return g.census(), nil
}}

// Kinds of pairs, seen from the first.
const (
	answers  = 1 // a → b
	answered = 2 // a ← b
	both     = 3
)

// wedge is the kind of an open triad by the pairs of its middle, triangle that of
// a closed one by its pairs (a,b), (b,c), (c,a).
var wedge = [4][4]int{
	answers:  {answers: t021D, answered: t021C, both: t111U},
	answered: {answers: t021C, answered: t021U, both: t111D},
	both:     {answers: t111U, answered: t111D, both: t201},
}

func triangle(ab, bc, ca int) int {
	mutual := 0
	for _, k := range [3]int{ab, bc, ca} {
		if k == both {
			mutual++
		}
	}
	switch mutual {
	case 3:
		return t300
	case 2:
		return t210
	case 0:
		if ab == bc && bc == ca {
			return t030C
		}
		return t030T
	}
	// Turn it until the mutual pair is (b,c): then a stands opposite.
	for bc != both {
		ab, bc, ca = bc, ca, ab
	}
	switch {
	case ab == answers && ca == answered:
		return t120D
	case ab == answered && ca == answers:
		return t120U
	}
	return t120C
}

// census counts the closed triads one by one, and the others by what is left:
// the open ones from the pairs of neighbours of each author, those with one pair
// from the pairs, and the empty ones from all.
func (g *Graph) census() *census {
	f := g.undirected()
	s := &census{triangles: make([]int32, len(g.node)), friends: f}
	n := float64(len(g.authors))
	mutual, asymmetric := 0.0, 0.0 // pairs of people
	for _, a := range g.authors {
		var with [4]float64 // neighbours by kind of pair
		kinds := f.kinds(a)
		for j, b := range f.of(a) {
			k := kinds[j]
			with[k]++
			if a < b && k == both {
				mutual++
			} else if a < b {
				asymmetric++
			}
		}
		for x := answers; x <= both; x++ {
			s.triads[wedge[x][x]] += with[x] * (with[x] - 1) / 2
			for y := x + 1; y <= both; y++ {
				s.triads[wedge[x][y]] += with[x] * with[y]
			}
		}
		k := float64(f.degree(a))
		s.wedges += k * (k - 1) / 2
	}
	s.close(g)
	// A triad with two or three pairs was none of those with one.
	ofMutual, ofAsymmetric, linked := 0.0, 0.0, 0.0
	for k := t021D; k <= t300; k++ {
		m, a := float64(triadKinds[k].name[0]-'0'), float64(triadKinds[k].name[1]-'0')
		ofMutual += m * s.triads[k]
		ofAsymmetric += a * s.triads[k]
		linked += s.triads[k]
	}
	s.triads[t012] = asymmetric*max(0, n-2) - ofAsymmetric
	s.triads[t102] = mutual*max(0, n-2) - ofMutual
	s.triads[t003] = n*(n-1)*(n-2)/6 - linked - s.triads[t012] - s.triads[t102]
	return s
}

// later is a neighbour that comes after somebody in the order in which triangles
// are looked for, and the kind of their pair.
type later struct {
	author thread.AuthorID
	kind   int32
}

// close finds the triangles: each from the first of its authors, in the order of
// their numbers of neighbours, so that no hub is walked once for each of its
// neighbours. O(arcs^1.5).
func (s *census) close(g *Graph) {
	f := s.friends
	// To each their neighbours that come later.
	at, list := make([]int32, len(g.node)+1), make([]later, 0, len(f.list)/2)
	for a := range g.node {
		from := thread.AuthorID(a)
		kinds := f.kinds(from)
		for j, b := range f.of(from) {
			if x, y := f.degree(from), f.degree(b); x < y || x == y && from < b {
				list = append(list, later{b, int32(kinds[j])})
			}
		}
		at[a+1] = int32(len(list))
	}
	var found [64]int // triangles by the kinds of (a,b), (a,c) and (b,c), 2 bits each
	kind, triangles := make([]int32, len(g.node)), s.triangles
	for _, a := range g.authors {
		mine := list[at[a]:at[a+1]]
		for _, c := range mine {
			kind[c.author] = c.kind
		}
		for _, b := range mine {
			all := int32(0)
			for _, c := range list[at[b.author]:at[b.author+1]] {
				ac := kind[c.author]
				found[b.kind<<4|ac<<2|c.kind]++
				is := min(ac, 1) // whether a and c are a pair
				triangles[c.author] += is
				all += is
			}
			triangles[a] += all
			triangles[b.author] += all
		}
		for _, c := range mine {
			kind[c.author] = 0
		}
	}
	for code, n := range found {
		ab, ac, bc := code>>4, code>>2&3, code&3
		if n == 0 || ac == 0 {
			continue
		}
		ca, many := reverse(ac), float64(n)
		s.triads[triangle(ab, bc, ca)] += many
		s.closed += many
		// Its three wedges were counted as open.
		s.triads[wedge[ab][reverse(ca)]] -= many
		s.triads[wedge[bc][reverse(ab)]] -= many
		s.triads[wedge[ca][reverse(bc)]] -= many
	}
}

// reverse is a kind of pair seen from the other side.
func reverse(k int) int { return k>>1&1 | k&1<<1 }
