package replygraph

import (
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/thread"
)

// Delab are what delab-trees computes of a conversation and of its authors, under
// its names, as far as it rests on structure.
//
// Its conversation has one root: here the top-level comment where there is only
// one, else the article, by an author of its own who has no value. Its author
// graph has an arc from whoever is answered to whoever answers, however often:
// the reverse of Graph. Authors who only answer themselves are no part of it.
var Delab = delabMeasures()

// maxDelab is up to how many authors all shortest paths are walked: the values
// are to be those of delab-trees, so that they are not estimated.
const maxDelab = 5000

var (
	tooManyAuthors = &metrics.Text{EN: "more than 5,000 authors: too many to walk all shortest paths", FR: "plus de 5 000 auteurs : trop pour parcourir tous les plus courts chemins"}
	oneAuthor      = &metrics.Text{EN: "nobody answers another, so that the author graph is empty", FR: "personne ne répond à un autre, le graphe des auteurs est vide"}
	notInGraph     = &metrics.Text{EN: "the author is not in the author graph", FR: "l’auteur n’est pas dans le graphe des auteurs"}
	noPost         = metrics.TooFew(0, 1, metrics.Comments).Reason
)

// conversation is a thread as delab-trees sees it.
type conversation struct {
	posts   int // with the root
	longest int // posts on the longest path from the root
	ofRoot  int // posts by the author of the root
	graph   *Graph
	vision  []float64 // by AuthorID, summed over posts
	by      []int     // posts by AuthorID
}

var delabTree = &metrics.Fact[*conversation]{Name: "delab-trees conversation", Compute: func(c *metrics.Context) (*conversation, error) {
	return converse(c.Thread), nil
}}

func converse(t *thread.Thread) *conversation {
	root := thread.AuthorID(t.Authors()) // who wrote the article
	top := func(i thread.Index) bool {
		p := t.Parent(i)
		return p == thread.NoIndex || !metrics.Spoken(t, p)
	}
	tops := 0
	for i := range t.All() {
		if metrics.Spoken(t, i) && top(i) {
			tops++
		}
	}
	v := &conversation{vision: make([]float64, root), by: make([]int, root)}
	g := &Graph{node: make([]bool, root+1), self: make([]int32, root+1)}
	v.graph = g
	if tops == 0 {
		return v
	}
	above := int32(0) // posts on the path above a top-level comment
	if tops > 1 {
		v.posts, v.longest, above = 1, 1, 1
	}
	var pairs []uint64
	nodes := make([]int32, t.Len())  // on the path to each, as it is
	merged := make([]int32, t.Len()) // with those who answer themselves counted once
	for i := range t.All() {
		if !metrics.Spoken(t, i) {
			continue
		}
		a, up, below, upMerged := t.Author(i), root, above, above
		if !top(i) {
			p := t.Parent(i)
			up, below, upMerged = t.Author(p), nodes[p], merged[p]
		} else if tops == 1 {
			up = -1
		}
		v.posts++
		v.by[a]++
		nodes[i], merged[i] = below+1, upMerged
		v.longest = max(v.longest, int(nodes[i]))
		if up == a {
			continue
		}
		merged[i]++
		d := float64(merged[i])
		v.vision[a] += (0.5 - math.Exp2(-d)) / d
		if up >= 0 {
			pairs = append(pairs, uint64(a)<<32|uint64(up))
			g.node[a], g.node[up] = true, true
		}
	}
	v.ofRoot = 1
	if tops == 1 {
		for i := range t.All() {
			if metrics.Spoken(t, i) {
				v.ofRoot = v.by[t.Author(i)]
				break
			}
		}
	}
	g.connect(pairs)
	return v
}

// katz iterates as networkx does, with α = 0.1 and β = 1, up to its precision: 1e-6
// times the authors. It is false where that does not settle.
func (g *Graph) katz() ([]float64, bool) {
	const alpha, beta, tolerance = 0.1, 1, 1e-6
	x, next := make([]float64, len(g.node)), make([]float64, len(g.node))
	for range maxRounds {
		change := 0.0
		for _, a := range g.authors {
			next[a] = 0
			for _, answered := range g.out.of(a) {
				next[a] += x[answered.Author]
			}
			next[a] = alpha*next[a] + beta
			change += math.Abs(next[a] - x[a])
		}
		x, next = next, x
		if change < tolerance*float64(len(g.authors)) {
			squares := 0.0
			for _, y := range x {
				squares += y * y
			}
			for a := range x {
				x[a] /= math.Sqrt(squares)
			}
			return x, true
		}
	}
	return nil, false
}

// delabScores are the centralities of all authors by AuthorID.
type delabScores struct{ closeness, betweenness, katz *score }

var delabAuthors = &metrics.Fact[*delabScores]{Name: "delab-trees centralities", Compute: func(c *metrics.Context) (*delabScores, error) {
	v, err := delabTree.Of(c)
	if err != nil {
		return nil, err
	}
	g := v.graph
	if len(g.authors) == 0 {
		none := &score{why: oneAuthor}
		return &delabScores{none, none, none}, nil
	}
	s := &delabScores{katz: &score{why: unsettled}}
	if x, ok := g.katz(); ok {
		s.katz = &score{x: x}
	}
	s.closeness, s.betweenness = g.delabPaths()
	return s, nil
}}

// delabPaths walks from each author along the answers, which leads against the
// arcs of delab-trees.
func (g *Graph) delabPaths() (closeness, betweenness *score) {
	n, size := len(g.authors), len(g.node)
	if n > maxDelab {
		none := &score{why: tooManyAuthors}
		return none, none
	}
	near, between := make([]float64, size), make([]float64, size)
	w := walk{dist: make([]int32, size), paths: make([]float64, size), through: make([]float64, size)}
	for _, a := range g.authors {
		w.from(g, a)
		sum := 0
		for _, u := range w.order[1:] {
			sum += int(w.dist[u] - 1)
			if n > 2 {
				between[u] += w.through[u] / float64((n-1)*(n-2))
			}
		}
		if reached := float64(len(w.order) - 1); sum > 0 {
			near[a] = reached / float64(sum) * reached / float64(n-1)
		}
	}
	for a := range between {
		between[a] = min(1, between[a])
	}
	return &score{x: near}, &score{x: between}
}

func delabMeasures() []*metrics.Measure {
	source := []metrics.Citation{{
		Authors: "Dehne", Title: "delab-trees: A Python library for analysing conversation reply trees in social media research", Venue: "with the library", Year: 2026,
		Where: "class DelabTree", WhereFR: "classe DelabTree",
	}}
	var ms []*metrics.Measure
	add := func(m metrics.Measure) {
		m.NamedBy, m.Group, m.Source = "delab-trees", "delab", source
		ms = append(ms, &m)
	}
	ofThread := func(m metrics.Measure, value func(*conversation) float64) {
		m.Scope, m.MinN, m.Interval = metrics.PerThread, 1, metrics.AsThePeer
		m.Run = metrics.From(delabTree, func(v *conversation) metrics.Value {
			if v.posts == 0 {
				return metrics.Undefined(0, noPost)
			}
			return metrics.Of(value(v), v.posts)
		})
		add(m)
	}
	ofThread(metrics.Measure{
		Name:  "total_number_of_posts",
		Title: metrics.Text{EN: "Posts", FR: "Messages"},
		Doc: metrics.Text{
			EN: "How many posts the conversation has. With several top-level comments the article counts as one, which they answer.",
			FR: "Nombre de messages de la conversation. S’il y a plusieurs commentaires de premier niveau, l’article compte pour un message, auquel ils répondent.",
		},
		Math: "n",
		Unit: metrics.Count, Range: metrics.NonNegative,
	}, func(v *conversation) float64 { return float64(v.posts) })
	ofThread(metrics.Measure{
		Name:  "average_branching_factor",
		Title: metrics.Text{EN: "Average branching factor", FR: "Facteur de branchement moyen"},
		Doc: metrics.Text{
			EN: "Twice the replies over the posts: the mean number of neighbours in the tree. It follows from the number of posts alone and tells nothing of how they branch.",
			FR: "Deux fois les réponses, rapportées aux messages : le nombre moyen de voisins dans l’arbre. Il découle du seul nombre de messages et ne dit rien des ramifications.",
		},
		Math: "2(n−1)/n", Unit: metrics.Ratio, Range: metrics.Range{Min: 0, Max: 2},
	}, func(v *conversation) float64 { return 2 * float64(v.posts-1) / float64(v.posts) })
	ofThread(metrics.Measure{
		Name:  "branching_weight",
		Title: metrics.Text{EN: "Branching weight", FR: "Poids de branchement"},
		Doc: metrics.Text{
			EN: "The number of replies in the tree, one less than the posts. It tells nothing more.",
			FR: "Le nombre de réponses dans l’arbre, un de moins que de messages. Il ne dit rien de plus.",
		},
		Math: "n−1", Unit: metrics.Count, Range: metrics.NonNegative,
	}, func(v *conversation) float64 { return float64(v.posts - 1) })
	ofThread(metrics.Measure{
		Name:  "tree_depth",
		Title: metrics.Text{EN: "Depth in posts", FR: "Profondeur en messages"},
		Doc: metrics.Text{
			EN: "Posts on the longest path from the root, which delab-trees calls depth; max-depth counts the steps between them.",
			FR: "Messages sur le plus long chemin depuis la racine, que delab-trees appelle depth ; max-depth compte les pas entre eux.",
		},
		Math:   "1 + max depth(v)",
		MathFR: "1 + max profondeur(v)",
		Unit:   metrics.Count, Range: metrics.NonNegative,
	}, func(v *conversation) float64 { return float64(v.longest) })
	ofThread(metrics.Measure{
		Name:  "root_dominance",
		Title: metrics.Text{EN: "Root dominance", FR: "Dominance de la racine"},
		Doc: metrics.Text{
			EN: "Which share of the posts is by the author of the root. Where the root is the article, nothing else is by its author.",
			FR: "Part des messages qui sont de l’auteur de la racine. Quand la racine est l’article, rien d’autre n’est de son auteur.",
		},
		Math:   "|{v : author(v) = author(root)}| / n",
		MathFR: "|{v : auteur(v) = auteur(racine)}| / n",
		Unit:   metrics.Ratio, Range: metrics.Fraction,
	}, func(v *conversation) float64 { return float64(v.ofRoot) / float64(v.posts) })

	ofAuthor := func(m metrics.Measure, of func(*delabScores) *score) {
		m.Scope, m.Unit, m.Range, m.MinN = metrics.PerAuthor, metrics.Ratio, metrics.Fraction, 2
		m.Run = func(c *metrics.Context) (metrics.Values, error) {
			v, err := delabTree.Of(c)
			if err != nil {
				return nil, err
			}
			all, err := delabAuthors.Of(c)
			if err != nil {
				return nil, err
			}
			s, n := of(all), len(v.graph.authors)
			vs := make(metrics.List, len(v.by))
			for a := range vs {
				switch {
				case s.why != nil:
					vs[a] = metrics.Undefined(n, s.why)
				case !v.graph.node[a]:
					vs[a] = metrics.Undefined(n, notInGraph)
				default:
					vs[a] = metrics.Of(s.x[a], n)
				}
			}
			return vs, nil
		}
		add(m)
	}
	ofAuthor(metrics.Measure{
		Name:  "closeness_centrality",
		Title: metrics.Text{EN: "Closeness (delab-trees)", FR: "Proximité (delab-trees)"},
		Doc: metrics.Text{
			EN: "How few steps lead from the others to the author, from whoever is answered to whoever answers, scaled by the share of people who have such a way. It is high for those who answer, not for those who are answered.",
			FR: "À quel point peu de pas mènent des autres à l’auteur, de qui reçoit une réponse à qui la donne, à proportion des gens qui ont un tel chemin. Élevée chez ceux qui répondent, non chez ceux à qui l’on répond.",
		},
		Math: "r/Σ_{u → … → v} d(u,v) · r/(n−1), r = |{u : u → … → v}|",
	}, func(s *delabScores) *score { return s.closeness })
	ofAuthor(metrics.Measure{
		Name:  "betweenness_centrality",
		Title: metrics.Text{EN: "Betweenness (delab-trees)", FR: "Intermédiarité (delab-trees)"},
		Doc: metrics.Text{
			EN: "Which share of the shortest paths between two others goes through the author. The direction of the arcs does not matter to it.",
			FR: "Quelle part des plus courts chemins entre deux autres passe par l’auteur. Le sens des arcs n’y change rien.",
		},
		Math: "1/((n−1)(n−2)) Σ_{s ≠ v ≠ t} σ(s,t|v)/σ(s,t)",
	}, func(s *delabScores) *score { return s.betweenness })
	ofAuthor(metrics.Measure{
		Name:  "katz_centrality",
		Title: metrics.Text{EN: "Katz centrality (delab-trees)", FR: "Centralité de Katz (delab-trees)"},
		Doc: metrics.Text{
			EN: "How many chains lead to the author from whoever is answered to whoever answers, each step worth a tenth. It is high for those who answer many. It does not settle where people answer each other more densely than that.",
			FR: "Combien de chaînes mènent à l’auteur, de qui reçoit une réponse à qui la donne, chaque pas comptant un dixième. Élevée chez ceux qui répondent à beaucoup. Elle ne se stabilise pas quand les échanges sont plus denses.",
		},
		Math: "x = 0.1 Aᵀx + 1, x / ‖x‖",
	}, func(s *delabScores) *score { return s.katz })

	add(metrics.Measure{
		Name:  "baseline_author_vision",
		Title: metrics.Text{EN: "Baseline author vision", FR: "Vision d’auteur de base"},
		Doc: metrics.Text{
			EN: "How much of the conversation the author is assumed to have read: near posts above an own one count more, over the length of the path, as a mean over the author’s posts. It rests on no observation of reading. Answers to oneself count as posts, but add nothing.",
			FR: "Ce que l’auteur est supposé avoir lu de la conversation : les messages proches au-dessus d’un des siens comptent davantage, rapportés à la longueur du chemin, en moyenne sur ses messages. Aucune lecture n’est observée. Les réponses à soi-même comptent parmi les messages, mais n’ajoutent rien.",
		},
		Math:  "1/nₐ Σ (½ − ½ᵈ)/d",
		Scope: metrics.PerAuthor, Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
		Run: metrics.EachFrom(delabTree, func(v *conversation) metrics.Values {
			vs := make(metrics.List, len(v.by))
			for a, n := range v.by {
				if n == 0 {
					vs[a] = metrics.Undefined(0, saidNothing)
					continue
				}
				vs[a] = metrics.Of(v.vision[a]/float64(n), n)
			}
			return vs
		}),
	})
	return slices.Clip(ms)
}
