package replygraph

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

// Communities are the groups of authors who answer each other more than chance
// would have it, and their modularity.
type Communities struct {
	Groups [][]thread.AuthorID // the largest first, ties by the first author; authors ascending
	Q      float64
}

// Louvain are the Communities of a thread, nil where its graph has no arcs. They
// are found by the Louvain method on the directed, weighted graph, and depend on
// the seed of the Context and on nothing else. O(arcs) a round, of which there are
// few.
var Louvain = &metrics.Fact[*Communities]{Name: "communities", Compute: func(c *metrics.Context) (*Communities, error) {
	g, err := Replies.Of(c)
	if err != nil || g.Arcs() == 0 {
		return nil, err
	}
	of := g.louvain(1, c.Seed)
	return &Communities{g.groups(of), g.modularity(of, 1)}, nil
}}

// Resolved are the communities at one resolution γ, which multiplies what chance
// is held to explain: few and large ones below 1, many and small ones above.
type Resolved struct {
	Resolution float64
	Groups     int     // of at least two people
	Largest    int     // people in the largest
	Q          float64 // at that resolution
}

// Resolutions are those of the Profile.
var Resolutions = []float64{0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4}

// Profile tells how the communities depend on the Resolutions: those that stay the
// same over several are there whatever the eye looks for. Nil where the graph has
// no arcs.
var Profile = &metrics.Fact[[]Resolved]{Name: "modularity profile", Compute: func(c *metrics.Context) ([]Resolved, error) {
	g, err := Replies.Of(c)
	if err != nil || g.Arcs() == 0 {
		return nil, err
	}
	var out []Resolved
	for _, gamma := range Resolutions {
		of := g.louvain(gamma, c.Seed)
		groups := g.groups(of)
		out = append(out, Resolved{gamma, together(groups), len(groups[0]), g.modularity(of, gamma)})
	}
	return out, nil
}}

// together is the number of groups of two and more.
func together(groups [][]thread.AuthorID) int {
	n := 0
	for _, g := range groups {
		if len(g) > 1 {
			n++
		}
	}
	return n
}

// Modularity is the modularity of the Communities,
//
//	Q = 1/m Σᵢⱼ (wᵢⱼ − sᵢ(out) sⱼ(in)/m) [i and j in one community],
//
// undefined without replies between authors.
var Modularity = ofCommunities(metrics.Measure{
	Name:  "modularity",
	Title: metrics.Text{EN: "Modularity", FR: "Modularité"},
	Doc: metrics.Text{
		EN: "How far the people fall into camps that answer within: 0 where replies cross between groups as chance would have it, above about 0.3 where groups keep to themselves. A group here is who talks with whom, not who agrees with whom. Found by the Louvain method, whose result depends on the seed.",
		FR: "Les gens se répartissent-ils en cercles qui se répondent entre eux ? 0 quand les réponses vont d’un groupe à l’autre comme au hasard, plus de 0,3 environ quand les groupes restent entre eux. Un groupe dit ici qui parle avec qui, non qui est d’accord avec qui. Trouvée par la méthode de Louvain, dont le résultat dépend de la graine.",
	},
	Math: "1/m Σᵢⱼ (wᵢⱼ − sᵢ(out) sⱼ(in)/m) [cᵢ = cⱼ]",
	Unit: metrics.Ratio, Range: metrics.Signed,
	Source:   louvainSource,
	Interval: metrics.Linked,
}, func(g *Graph, c *Communities) metrics.Value { return metrics.Of(c.Q, g.Replies()) })

// CommunityCount is the number of Communities of at least two people.
var CommunityCount = ofCommunities(metrics.Measure{
	Name:  "communities",
	Title: metrics.Text{EN: "Circles who answer each other", FR: "Cercles qui se répondent"},
	Doc: metrics.Text{
		EN: "How many groups of at least two people there are who answer each other more than chance would have it. It says who talks with whom, not who agrees; read it beside modularity: near 0, the circles mean little.",
		FR: "Nombre de groupes d’au moins deux personnes qui se répondent plus que le hasard ne le voudrait. Cela dit qui parle avec qui, non qui est d’accord ; à lire avec la modularité : près de 0, ces cercles ne disent pas grand-chose.",
	},
	Math:   "|{cᵢ}|, c that of modularity",
	MathFR: "|{cᵢ}|, c celui de modularity",
	Unit:   metrics.Count, Range: metrics.NonNegative,
	Source:   append([]metrics.Citation{cite.Own}, louvainSource...),
	Interval: metrics.Counted,
}, func(g *Graph, c *Communities) metrics.Value {
	return metrics.Of(float64(together(c.Groups)), g.Replies())
})

var louvainSource = []metrics.Citation{
	{Authors: "Blondel, Guillaume, Lambiotte, Lefebvre", Title: "Fast unfolding of communities in large networks", Venue: "Journal of Statistical Mechanics P10008", Year: 2008},
	{Authors: "Leicht, Newman", Title: "Community structure in directed networks", Venue: "Physical Review Letters 100, 118703", Year: 2008},
}

// ofCommunities completes a measure of the Communities. N is the number of
// replies between authors.
func ofCommunities(m metrics.Measure, value func(*Graph, *Communities) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Needs, m.MinN = group, metrics.PerThread, metrics.NeedReplies, 1
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		g, err := Replies.Of(c)
		if err != nil {
			return nil, err
		}
		found, err := Louvain.Of(c)
		if err != nil {
			return nil, err
		}
		if found == nil {
			return metrics.One(metrics.TooFew(0, 1, metrics.Replies)), nil
		}
		return metrics.One(value(g, found)), nil
	}
	return &m
}

// groups are the authors of each community. of is by the place in g.authors.
func (g *Graph) groups(of []int32) [][]thread.AuthorID {
	out := make([][]thread.AuthorID, slices.Max(of)+1)
	for k, c := range of {
		out[c] = append(out[c], g.authors[k])
	}
	slices.SortFunc(out, func(a, b []thread.AuthorID) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0]))
	})
	return out
}

// modularity is that of communities at a resolution. It sums whole numbers, in
// the order of the communities.
func (g *Graph) modularity(of []int32, gamma float64) float64 {
	place := make([]int32, len(g.node)) // community by AuthorID
	for k, a := range g.authors {
		place[a] = of[k]
	}
	n := slices.Max(of) + 1
	within, out, in := make([]int, n), make([]int, n), make([]int, n)
	for _, a := range g.authors {
		for _, x := range g.out.of(a) {
			from, to, w := place[a], place[x.Author], int(x.Replies)
			out[from] += w
			in[to] += w
			if from == to {
				within[from] += w
			}
		}
	}
	inside, chance := 0.0, 0.0
	for c := range n {
		inside += float64(within[c])
		chance += float64(out[c]) * float64(in[c])
	}
	m := float64(g.replies)
	return inside/m - gamma*chance/(m*m)
}

// level is a graph whose nodes are authors or, later, communities. Weights are
// whole numbers, so that sums are exact.
type level struct {
	at      []int32 // links of node i: list[at[i]:at[i+1]]
	list    []link
	out, in []float64 // weight of arcs from and to each node, those within it too
	within  []float64 // weight of arcs within each node
	of      []int32   // community of each node
	sumOut  []float64 // by community
	sumIn   []float64
}

// link is the weight of the arcs of both directions between two nodes. That of
// all is less than the number of comments.
type link struct{ to, weight int32 }

// level makes nodes of the authors, in their order.
func (g *Graph) level() *level {
	n := len(g.authors)
	node := make([]int32, len(g.node))
	for k, a := range g.authors {
		node[a] = int32(k)
	}
	l := &level{at: make([]int32, n+1), out: make([]float64, n), in: make([]float64, n), within: make([]float64, n)}
	l.list = make([]link, 0, g.links())
	for k, a := range g.authors {
		for x := range g.linksOf(a) {
			l.out[k] += float64(x.given)
			l.in[k] += float64(x.got)
			l.list = append(l.list, link{node[x.with], x.given + x.got})
		}
		l.at[k+1] = int32(len(l.list))
	}
	l.alone()
	return l
}

// alone puts each node into a community of its own.
func (l *level) alone() {
	l.of = make([]int32, len(l.out))
	for i := range l.of {
		l.of[i] = int32(i)
	}
	l.sumOut, l.sumIn = slices.Clone(l.out), slices.Clone(l.in)
}

// place puts the nodes into given communities, numbered below the number of nodes.
func (l *level) place(of []int32) {
	l.of = slices.Clone(of)
	clear(l.sumOut)
	clear(l.sumIn)
	for i, c := range of {
		l.sumOut[c] += l.out[i]
		l.sumIn[c] += l.in[i]
	}
}

// settle moves nodes, in the given order, to the community of a neighbour as long
// as that raises the modularity, and tells whether any moved. What a move gains,
// times m², is
//
//	m w(i, c) − γ (out(i) in(c) + in(i) out(c)),
//
// w both ways. Of equal gains a node takes where it is, then the lowest number.
func (l *level) settle(order []int, m, gamma float64) bool {
	weight := make([]float64, len(l.of)) // of links of the node at hand, by community
	var near []int32                     // communities with such
	// After the first round, only nodes are looked at whose neighbours went away.
	rested := make([]bool, len(l.of))
	any := false
	for moved := true; moved; {
		moved = false
		for _, i := range order {
			if rested[i] {
				continue
			}
			rested[i] = true
			links := l.list[l.at[i]:l.at[i+1]]
			for _, x := range links {
				c := l.of[x.to]
				if weight[c] == 0 {
					near = append(near, c)
				}
				weight[c] += float64(x.weight)
			}
			was := l.of[i]
			l.sumOut[was] -= l.out[i]
			l.sumIn[was] -= l.in[i]
			gain := func(c int32) float64 {
				return m*weight[c] - gamma*(l.out[i]*l.sumIn[c]+l.in[i]*l.sumOut[c])
			}
			best, most := was, gain(was)
			// What rounding may add is no gain: nodes would go round for ever.
			most += 1e-12 * m * (l.out[i] + l.in[i])
			for _, c := range near {
				if x := gain(c); x > most || x == most && c < best && best != was {
					best, most = c, x
				}
			}
			for _, c := range near {
				weight[c] = 0
			}
			near = near[:0]
			l.of[i] = best
			l.sumOut[best] += l.out[i]
			l.sumIn[best] += l.in[i]
			if best != was {
				moved, any = true, true
				for _, x := range links {
					rested[x.to] = rested[x.to] && l.of[x.to] == best
				}
			}
		}
	}
	return any
}

// number gives the communities numbers without gaps, by their first node.
func number(of []int32) (communities int) {
	to := make([]int32, len(of)) // 1 + number
	for i, c := range of {
		if to[c] == 0 {
			communities++
			to[c] = int32(communities)
		}
		of[i] = to[c] - 1
	}
	return communities
}

// join makes nodes of communities, numbered without gaps.
func (l *level) join(of []int32) {
	n := int(slices.Max(of)) + 1
	up := &level{at: make([]int32, n+1), out: make([]float64, n), in: make([]float64, n), within: make([]float64, n)}
	first, next := make([]int32, n), make([]int32, len(of)) // members, 1 + node
	for i := len(of) - 1; i >= 0; i-- {
		next[i] = first[of[i]]
		first[of[i]] = int32(i) + 1
	}
	weight := make([]int32, n)
	for c := range n {
		from := len(up.list)
		for i := first[c]; i > 0; i = next[i-1] {
			up.out[c] += l.out[i-1]
			up.in[c] += l.in[i-1]
			up.within[c] += l.within[i-1]
			for _, x := range l.list[l.at[i-1]:l.at[i]] {
				d := of[x.to]
				switch {
				case d == int32(c):
					up.within[c] += float64(x.weight) / 2 // it is met from both ends
				case weight[d] == 0:
					up.list = append(up.list, link{to: d})
					fallthrough
				default:
					weight[d] += x.weight
				}
			}
		}
		for k := from; k < len(up.list); k++ {
			d := up.list[k].to
			up.list[k].weight, weight[d] = weight[d], 0
		}
		up.at[c+1] = int32(len(up.list))
	}
	up.alone()
	*l = *up
}

// refinements bounds how often single authors are moved once more between the
// communities found, and these joined anew. Nearly always two find nothing more.
const refinements = 20

// Small graphs are cheap to try several times, and there luck counts most: up to
// tries times, as long as there are triedArcs arcs at most altogether.
const (
	tries     = 10
	triedArcs = 50_000
)

// louvain is the community of each author, by the place in g.authors, numbered
// without gaps: of several tries the first with the best modularity. The graph must
// have arcs.
func (g *Graph) louvain(gamma float64, seed uint64) []int32 {
	r := rand.New(rand.NewPCG(seed, 1))
	authors := g.level()
	best := g.tryLouvain(authors, gamma, r)
	q := g.modularity(best, gamma)
	for range min(tries, triedArcs/g.Arcs()) - 1 {
		of := g.tryLouvain(authors, gamma, r)
		if x := g.modularity(of, gamma); x > q {
			best, q = of, x
		}
	}
	return best
}

func (g *Graph) tryLouvain(authors *level, gamma float64, r *rand.Rand) []int32 {
	m := float64(g.replies)
	of := slices.Clone(authors.of)
	for range refinements {
		l := *authors
		l.place(of)
		moved := l.settle(r.Perm(len(of)), m, gamma)
		now := slices.Clone(l.of)
		number(now)
		for up := now; ; {
			l.join(up)
			if !l.settle(r.Perm(len(l.out)), m, gamma) {
				break
			}
			moved = true
			up = l.of
			number(up)
			for i, c := range now {
				now[i] = up[c]
			}
		}
		of = now
		if !moved {
			break
		}
	}
	number(of)
	return of
}
