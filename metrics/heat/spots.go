package heat

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// field is the heats of linked comments as deviations from their mean.
type field struct {
	l       *Linked
	z       []float64
	squares float64 // Σ z²
	fourth  float64 // Σ z⁴
}

func newField(l *Linked) *field {
	f := &field{l: l, z: make([]float64, len(l.Heat))}
	mean := 0.0
	for _, x := range l.Heat {
		mean += x / float64(len(l.Heat))
	}
	for k, x := range l.Heat {
		f.z[k] = x - mean
		f.squares += f.z[k] * f.z[k]
		f.fourth += f.z[k] * f.z[k] * f.z[k] * f.z[k]
	}
	return f
}

// products is Σ zᵢ zⱼ over the links, where comment k has the heat of comment at(k).
func (f *field) products(at func(k int) int) float64 {
	var s float64
	for k, up := range f.l.Up {
		if up >= 0 {
			s += f.z[at(k)] * f.z[at(int(up))]
		}
	}
	return s
}

// Autocorrelation is Moran's I of heat over the links of the reply tree.
type Autocorrelation struct {
	I        float64
	Variance float64 // of I where the heats come in any order
	Z        float64 // (I + 1/(n − 1))/√Variance, for comparison with other programs: P does not rest on it; 0 where Variance is 0
	P        float64 // of an I as large, one-sided
	Comments int
	Why      *metrics.Value // the value where there is none; nil where there is
}

// fewestForMoran is the number of comments from which the variance of I is there.
const fewestForMoran = 4

// Autocorrelations is Moran's I of a thread, with weight 1 between a comment and
// what it answers, both ways. P counts all orders of up to 8 heats, and draws 999 of
// more, fewer in large threads. O(n), and O(n) an order.
var Autocorrelations = FactOf("autocorrelation", func(s *Source, c *metrics.Context) (*Autocorrelation, error) {
	l, err := AllLinked.Of(s, c)
	if err != nil {
		return nil, err
	}
	n := len(l.Comments)
	out := &Autocorrelation{Comments: n}
	undefined := func(v metrics.Value) (*Autocorrelation, error) {
		out.Why = &v
		return out, nil
	}
	switch {
	case n < fewestForMoran:
		return undefined(l.few(n, fewestForMoran, heated))
	case l.Links == 0:
		return undefined(l.few(0, 1, heatedReplies))
	case constant(l.Heat):
		return undefined(metrics.Undefined(n, allEqual))
	}
	f := newField(l)
	same := func(k int) int { return k }
	observed := f.products(same)
	out.I = float64(n) / float64(l.Links) * observed / f.squares
	out.Variance = l.moranVariance(f.fourth / (f.squares * f.squares))
	if out.Variance > 0 {
		out.Z = (out.I + 1/float64(n-1)) / math.Sqrt(out.Variance)
	}
	atLeast := observed - 1e-12*f.squares // equal sums differ in their last bits
	if n <= stats.ExactUpTo {
		out.P = stats.Permuted(n, c.Seed, func(order []int) bool {
			return f.products(func(k int) int { return order[k] }) >= atLeast
		})
		return out, nil
	}
	// No normal law here: one much-answered comment makes that of I far from it,
	// however many comments there are.
	r := rand.New(rand.NewPCG(c.Seed, 34))
	dealt, tries, hits := field{l: l, z: slices.Clone(f.z)}, draws(n), 1.0
	for range tries {
		r.Shuffle(n, func(i, j int) { dealt.z[i], dealt.z[j] = dealt.z[j], dealt.z[i] })
		if dealt.products(same) >= atLeast {
			hits++
		}
	}
	out.P = hits / float64(tries+1)
	return out, nil
})

// moranVariance is that of I where heats with Σ z⁴/(Σ z²)² = kurtosis come in any
// order (Cliff and Ord's randomisation), for weights of 1 both ways along each link.
func (l *Linked) moranVariance(kurtosis float64) float64 {
	n, s0 := float64(len(l.Comments)), 2*float64(l.Links)
	s1, s2 := 2*s0, 0.0
	for _, d := range l.Degree {
		s2 += 4 * float64(d) * float64(d)
	}
	a := n * ((n*n-3*n+3)*s1 - n*s2 + 3*s0*s0)
	b := kurtosis * ((n*n-n)*s1 - 2*n*s2 + 6*s0*s0)
	e := -1 / (n - 1)
	return max(0, (a-b)/((n-1)*(n-2)*(n-3)*s0*s0)-e*e)
}

// moran is Moran's I of heat. N is the number of comments.
func moran(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "moran",
		Title: metrics.Text{EN: "Clustering of heat in the tree", FR: "Regroupement de la chaleur dans l’arbre"},
		Doc: metrics.Text{
			EN: "Whether hot comments stand beside hot ones in the reply tree: Moran’s I, above 0 where they do, near 0 (exactly −1/(n − 1)) by chance, below where hot and cool take turns. p is the chance of one as large if the same heats stood in any order in the same tree. It does not know who wrote what: one hot person who talks to oneself is a cluster; see the contagion for that.",
			FR: "Les commentaires chauds sont-ils voisins dans l’arbre des réponses ? I de Moran : au-dessus de 0 s’ils le sont, près de 0 (exactement −1/(n − 1)) par hasard, en dessous quand chaud et froid alternent. p est la probabilité d’un I aussi grand si les mêmes chaleurs étaient réparties au hasard dans le même arbre. Il ignore qui a écrit quoi : une personne chaude qui se parle à elle-même forme un groupe ; pour cela, voyez la contagion.",
		},
		Math:   "I = n/W · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σᵢ zᵢ², z = h − mean, wᵢⱼ = 1 where one answers the other, W = Σ wᵢⱼ",
		MathFR: "I = n/W · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σᵢ zᵢ², z = h − moyenne, wᵢⱼ = 1 si l’un répond à l’autre, W = Σ wᵢⱼ",
		Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.AnyNumber, Needs: metrics.NeedReplies, MinN: fewestForMoran, Interval: byChance,
		Source: []metrics.Citation{
			{Authors: "Moran", Title: "Notes on continuous stochastic phenomena", Venue: "Biometrika 37", Year: 1950, DOI: "10.1093/biomet/37.1-2.17"},
			{Authors: "Cliff, Ord", Title: "Spatial autocorrelation", Venue: "London: Pion", Year: 1973, Where: "randomisation"},
		},
		Run: fromFact(s, Autocorrelations, func(a *Autocorrelation) metrics.Value {
			if a.Why != nil {
				return *a.Why
			}
			return metrics.Of(a.I, a.Comments).With(func(more *metrics.More) { more.P = &a.P })
		}),
	})
}

// Spot is a piece of the reply tree that is hotter than chance would have it.
type Spot struct {
	Top      thread.Index   // the comment with the largest G*, the first of equals
	Comments []thread.Index // linked comments whose G* chance hardly reaches, in reading order
	Mean     float64        // heat of these
	Z        float64        // G* of Top
	P        float64        // of Top, for the whole thread
}

// Hotness is the heat of each comment's neighbourhood.
type Hotness struct {
	G      metrics.List // by thread.Index: Getis and Ord's G*
	Spots  []Spot       // the largest G* first
	Linked int          // comments with a heat and a neighbour that has one
	Draws  int
	P      *float64       // of the largest G* in the thread; nil where nothing was tested
	Why    *metrics.Value // the value where there are no spots to look for; nil where there are
}

const (
	fewestForSpot = 3
	spotAlpha     = 0.05
)

var (
	wholeThread = &metrics.Text{
		EN: "its neighbourhood is the whole thread",
		FR: "son voisinage est le fil entier",
	}
)

// Hotnesses is the Hotness of a thread. A comment's neighbourhood is itself, what it
// answers and its answers, as far as they have a heat, all with weight 1.
//
// The p of a spot is for the thread as a whole: how often the largest G* anywhere is
// as large where the same heats stand in any order (Westfall & Young's single step),
// so that looking at many comments does not make spots. Comments without a neighbour
// are no spots. O(n) an order.
var Hotnesses = FactOf("hot spots", func(s *Source, c *metrics.Context) (*Hotness, error) {
	l, err := AllLinked.Of(s, c)
	if err != nil {
		return nil, err
	}
	n := len(l.Comments)
	out := &Hotness{G: make(metrics.List, c.Thread.Len())}
	vs, err := s.Values.Of(c)
	if err != nil {
		return nil, err
	}
	for i, v := range vs {
		switch {
		case !metrics.Spoken(c.Thread, thread.Index(i)):
			out.G[i] = metrics.Undefined(0, notSpoken)
		case !v.Defined():
			out.G[i] = metrics.Undefined(0, v.Reason)
		}
	}
	why := func(v metrics.Value) (*Hotness, error) {
		out.Why = &v
		for _, i := range l.Comments {
			out.G[i] = v
		}
		return out, nil
	}
	switch {
	case n < fewestForSpot:
		return why(l.few(n, fewestForSpot, heated))
	case constant(l.Heat):
		return why(metrics.Undefined(n, allEqual))
	}
	f := newField(l)
	scale := f.scales()
	g := make([]float64, n)
	f.sums(f.z, g)
	var hottest []int32 // places with a neighbour
	for k, i := range l.Comments {
		if scale[k] == 0 {
			out.G[i] = metrics.Undefined(n, wholeThread)
			continue
		}
		g[k] *= scale[k]
		out.G[i] = metrics.Of(g[k], n)
		if l.Degree[k] > 0 {
			hottest = append(hottest, int32(k))
		}
	}
	if out.Linked = len(hottest); len(hottest) == 0 {
		v := l.few(0, 1, heatedReplies)
		out.Why = &v
		return out, nil
	}
	largest := f.largest(scale, c.Seed)
	out.Draws = len(largest)
	p := func(k int32) float64 {
		below, _ := slices.BinarySearch(largest, g[k]-1e-9)
		return float64(len(largest)-below+1) / float64(len(largest)+1)
	}
	top := hottest[0]
	for _, k := range hottest {
		if g[k] > g[top] {
			top = k
		}
	}
	first := p(top)
	out.P = &first
	in := make([]int32, n) // 1 + number of its spot
	for _, k := range hottest {
		at := p(k)
		if at > spotAlpha {
			continue
		}
		spot := int32(0)
		if up := l.Up[k]; up >= 0 {
			spot = in[up]
		}
		if spot == 0 {
			out.Spots = append(out.Spots, Spot{Top: l.Comments[k], Z: g[k], P: at})
			spot = int32(len(out.Spots))
		}
		in[k] = spot
		x := &out.Spots[spot-1]
		x.Comments = append(x.Comments, l.Comments[k])
		x.Mean += l.Heat[k]
		if g[k] > x.Z {
			x.Top, x.Z, x.P = l.Comments[k], g[k], at
		}
	}
	for k := range out.Spots {
		out.Spots[k].Mean /= float64(len(out.Spots[k].Comments))
	}
	slices.SortStableFunc(out.Spots, func(a, b Spot) int { return cmp.Or(cmp.Compare(b.Z, a.Z), cmp.Compare(a.Top, b.Top)) })
	return out, nil
})

// scales turn the sum of z over each neighbourhood into G*; 0 where it is the whole
// thread.
func (f *field) scales() []float64 {
	n := float64(len(f.z))
	sd := math.Sqrt(f.squares / n)
	out := make([]float64, len(f.z))
	for k, d := range f.l.Degree {
		m := float64(d) + 1
		if spread := (n*m - m*m) / (n - 1); spread > 0 {
			out[k] = 1 / (sd * math.Sqrt(spread))
		}
	}
	return out
}

// sums writes the sum of z over each neighbourhood. O(n).
func (f *field) sums(z, out []float64) {
	copy(out, z)
	for k, up := range f.l.Up {
		if up >= 0 {
			out[k] += z[up]
			out[up] += z[k]
		}
	}
}

// largest are the largest G* of comments with a neighbour, in ascending order, of
// threads with the heats in any order.
func (f *field) largest(scale []float64, seed uint64) []float64 {
	r := rand.New(rand.NewPCG(seed, 32))
	z, g := slices.Clone(f.z), make([]float64, len(f.z))
	out := make([]float64, draws(len(z)))
	for b := range out {
		r.Shuffle(len(z), func(i, j int) { z[i], z[j] = z[j], z[i] })
		f.sums(z, g)
		most := math.Inf(-1)
		for k, d := range f.l.Degree {
			if d > 0 && scale[k] > 0 {
				most = max(most, g[k]*scale[k])
			}
		}
		out[b] = most
	}
	slices.Sort(out)
	return out
}

var getisOrd = metrics.Citation{
	Authors: "Ord, Getis", Title: "Local spatial autocorrelation statistics: Distributional issues and an application", Venue: "Geographical Analysis 27", Year: 1995,
	DOI: "10.1111/j.1538-4632.1995.tb00912.x",
}

// hotSpot is G* of each comment. N is the number of comments with a heat.
func hotSpot(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "around",
		Title: metrics.Text{EN: "Heat of the neighbourhood (G*)", FR: "Chaleur du voisinage (G*)"},
		Doc: metrics.Text{
			EN: "How much hotter than the thread a comment is together with what it answers and its answers, in standard deviations: Getis and Ord’s G*. In a large thread above 2 is rare for one comment picked beforehand, but among many some reach it by chance: the hot spots are tested for that. In a small one the scale is rough.",
			FR: "De combien un commentaire, avec ce à quoi il répond et ses réponses, est plus chaud que le fil, en écarts types : G* de Getis et Ord. Dans un grand fil, dépasser 2 est rare pour un commentaire choisi d’avance, mais parmi beaucoup, certains y parviennent par hasard : les points chauds sont testés pour cela. Dans un petit fil, l’échelle est approximative.",
		},
		Math:   "G*ᵢ = (Σⱼ wᵢⱼ hⱼ − m h̄)/(s √((n m − m²)/(n − 1))), wᵢⱼ = 1 for i itself and its neighbours, m their number",
		MathFR: "G*ᵢ = (Σⱼ wᵢⱼ hⱼ − m h̄)/(s √((n m − m²)/(n − 1))), wᵢⱼ = 1 pour i et ses voisins, m leur nombre",
		Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.AnyNumber, Needs: metrics.NeedReplies, MinN: fewestForSpot,
		Source: []metrics.Citation{getisOrd},
		Run:    eachFromFact(s, Hotnesses, func(h *Hotness) metrics.Values { return h.G }),
	})
}

// hotSpots is the number of Spots. N is the number of comments that could be in one.
func hotSpots(s *Source) *metrics.Measure {
	return s.MeasureNamed(metrics.Measure{
		Name:  "hot-spots",
		Title: metrics.Text{EN: "Hot spots", FR: "Points chauds"},
		Doc: metrics.Text{
			EN: "How many pieces of the reply tree are hotter than chance would have it: neighbouring comments whose neighbourhoods (G*) are as hot as the hottest one of the thread would be in at most 5 of 100 threads with the same heats in any order. p is that of the hottest. In threads of a few comments there can hardly be any.",
			FR: "Nombre de morceaux de l’arbre des réponses plus chauds que ne le voudrait le hasard : commentaires voisins dont le voisinage (G*) est aussi chaud que ne le serait le plus chaud du fil dans au plus 5 fils sur 100 avec les mêmes chaleurs réparties au hasard. p est celui du plus chaud. Dans un fil de quelques commentaires, il ne peut guère y en avoir.",
		},
		Math:   "pieces of {i : P(max G* ≥ G*ᵢ) ≤ 0.05}, joined by links",
		MathFR: "morceaux de {i : P(max G* ≥ G*ᵢ) ≤ 0,05}, joints par des liens",
		Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedReplies, MinN: 1, Interval: byChance,
		Source: []metrics.Citation{getisOrd, {
			Authors: "Westfall, Young", Title: "Resampling-based multiple testing", Venue: "New York: Wiley", Year: 1993, Where: "single-step maxT", WhereFR: "maxT en une étape",
		}},
		Run: fromFact(s, Hotnesses, func(h *Hotness) metrics.Value {
			if h.Why != nil {
				return *h.Why
			}
			return metrics.Of(float64(len(h.Spots)), h.Linked).With(func(more *metrics.More) { more.P = h.P })
		}),
	})
}
