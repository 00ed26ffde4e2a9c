package replygraph

import (
	"math"
	"slices"

	"threadheat/metrics"
)

// mostHubs is how many people of each side a random walk may end at.
const mostHubs = 10

// Controversy is the controversy of the two sides by random walks, for each
// number of people of a side at whom walks end.
type Controversy struct {
	Sides *Sides
	ByK   []float64 // for k = 1, 2, … up to 10 and to one less than the smaller side
	K     int       // of these, the one that stands for all
	why   *metrics.Text
}

// RWCurve is the Controversy of a thread. O(links · rounds) for each k.
var RWCurve = &metrics.Fact[*Controversy]{Name: "random-walk controversy", Compute: func(c *metrics.Context) (*Controversy, error) {
	s, err := TwoSides.Of(c)
	if err != nil {
		return nil, err
	}
	return s.controversy(), nil
}}

func (s *Sides) controversy() *Controversy {
	c := &Controversy{Sides: s, why: s.why}
	if c.why != nil {
		return c
	}
	smaller := min(len(s.hubs[0]), len(s.hubs[1]))
	if smaller < 2 {
		c.why = undivided
		return c
	}
	for k := 1; k <= min(mostHubs, smaller-1); k++ {
		x, ok := s.walks(k)
		if !ok {
			c.why = unsettled
			return c
		}
		c.ByK = append(c.ByK, x)
	}
	c.K = max(1, min(mostHubs, smaller/4))
	return c
}

// walks is the random-walk controversy with the k people of each side who have
// the most links as ends, false where the equations do not settle.
func (s *Sides) walks(k int) (float64, bool) {
	n := int32(len(s.People))
	x, fixed := make([]float64, n), make([]bool, n) // the chance to end on the first side
	for side, hubs := range s.hubs {
		for _, v := range hubs[:k] {
			fixed[v], x[v] = true, float64(1-side)
		}
	}
	if !s.spread(x, fixed) {
		return 0, false
	}
	var end [2]float64 // from a start on each side, after a first step
	for side, all := range s.hubs {
		for _, v := range all {
			sum := 0.0
			for _, u := range s.of(v) {
				sum += x[u]
			}
			end[side] += sum / s.degree(v) / float64(len(all))
		}
	}
	toFirst, toSecond := end[0]+end[1], 2-end[0]-end[1]
	if toFirst <= 0 || toSecond <= 0 {
		return 0, false
	}
	return (end[0]*(1-end[1]) - end[1]*(1-end[0])) / (toFirst * toSecond), true
}

var garimella = []metrics.Citation{
	{Authors: "Garimella, De Francisci Morales, Gionis, Mathioudakis", Title: "Quantifying controversy on social media", Venue: "ACM Transactions on Social Computing 1(1)", Year: 2018, DOI: "10.1145/3140565", Where: "random-walk controversy, here exact instead of by simulation", WhereFR: "controverse par marches aléatoires, ici exacte au lieu de simulée"},
	{Authors: "Shi, Malik", Title: "Normalized cuts and image segmentation", Venue: "IEEE Transactions on Pattern Analysis and Machine Intelligence 22(8)", Year: 2000, DOI: "10.1109/34.868688", Where: "for the sides", WhereFR: "pour les côtés"},
}

// What the sides are, and are not.
const (
	sidesEN = " The two sides are found from who answered whom, and people mostly answer those they contradict: sides are two conversations, not two opinions."
	sidesFR = " Les deux côtés viennent de qui a répondu à qui, et l’on répond surtout à ceux que l’on contredit : ce sont deux conversations, non deux opinions."
	walksEN = "How rarely a random walk from answer to answer that starts on one side ends with one of the most linked people of the other: 1 never, 0 as often as on its own side, below 0 more often."
	walksFR = "À quel point une marche au hasard de réponse en réponse, partie d’un côté, finit rarement chez l’une des personnes les plus reliées de l’autre : 1 jamais, 0 aussi souvent que de son côté, sous 0 plus souvent."
)

// oneNumberOfEnds says why there is no least and no most: those of one value would
// look like a value that does not depend on the number of ends.
var oneNumberOfEnds = &metrics.Text{
	EN: "the smaller side has room for one number of ends only",
	FR: "le plus petit côté n’admet qu’un seul nombre de fins",
}

// ofCurve completes a measure of the values for at least points numbers of ends.
func ofCurve(m metrics.Measure, points int, value func(*Controversy) float64) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range, m.MinN = group, metrics.PerThread, metrics.Ratio, metrics.Signed, minPeople
	m.Needs, m.Source = metrics.NeedReplies, garimella
	m.Math = "P(XX) P(YY) − P(YX) P(XY), P(AB) = Pr[x₀ ∈ A | x_T ∈ B]"
	m.Run = metrics.From(RWCurve, func(c *Controversy) metrics.Value {
		if c.why != nil {
			return metrics.Undefined(len(c.Sides.People), c.why)
		}
		if len(c.ByK) < points {
			return metrics.Undefined(len(c.Sides.People), oneNumberOfEnds)
		}
		return metrics.Of(min(1, max(-1, value(c))), len(c.Sides.People))
	})
	return &m
}

// RWC is the random-walk controversy
//
//	P(XX) P(YY) − P(YX) P(XY), P(AB) = Pr[start on A given end on B],
//
// of walks along the links of the largest component, whatever their weight. A
// walk starts on either side with the same chance, from each of its people with
// the same chance, makes at least one step, and ends at one of the k people of
// either side with the most links, ties by number. The paper simulates walks;
// here the chances are the solution of linear equations. RWC depends strongly on
// k: it is given for k = a quarter of the smaller side, from 1 to 10, and
// RWCLeast and RWCMost tell how far it goes for other k.
var (
	RWC = ofCurve(metrics.Measure{
		Name:  "rwc",
		Title: metrics.Text{EN: "Random-walk controversy", FR: "Controverse par marches aléatoires"},
		Doc: metrics.Text{
			EN: walksEN + sidesEN + " The ends are a quarter of the smaller side, 1 to 10 people of each; rwc-least and rwc-most tell how much that matters.",
			FR: walksFR + sidesFR + " Les fins sont un quart du plus petit côté, de 1 à 10 personnes de chacun ; rwc-least et rwc-most disent combien cela compte.",
		},
		Interval: metrics.Linked,
	}, 1, func(c *Controversy) float64 { return c.ByK[c.K-1] })

	RWCLeast = ofCurve(metrics.Measure{
		Name:  "rwc-least",
		Title: metrics.Text{EN: "Random-walk controversy, least", FR: "Controverse par marches aléatoires, minimum"},
		Doc: metrics.Text{
			EN: walksEN + " This is the smallest of the values for 1 to 10 such people on each side, beside rwc, which is that for one number of them.",
			FR: walksFR + " C’est la plus petite des valeurs pour 1 à 10 de ces personnes de chaque côté, à côté de rwc, qui est celle pour un seul nombre.",
		},
		Interval: metrics.Linked,
	}, 2, func(c *Controversy) float64 { return slices.Min(c.ByK) })

	RWCMost = ofCurve(metrics.Measure{
		Name:  "rwc-most",
		Title: metrics.Text{EN: "Random-walk controversy, most", FR: "Controverse par marches aléatoires, maximum"},
		Doc: metrics.Text{
			EN: walksEN + " This is the largest of the values for 1 to 10 such people on each side, beside rwc, which is that for one number of them.",
			FR: walksFR + " C’est la plus grande des valeurs pour 1 à 10 de ces personnes de chaque côté, à côté de rwc, qui est celle pour un seul nombre.",
		},
		Interval: metrics.Linked,
	}, 2, func(c *Controversy) float64 { return slices.Max(c.ByK) })
)

// BoundaryConnectivity is
//
//	1/|B| Σ over v in B of dᵢ(v)/(dᵢ(v) + dₑ(v)) − ½
//
// over the boundary B of both sides: people linked to somebody on the other side
// and to somebody of their own who is not. dᵢ counts the links of v to people of
// its side who are linked to nobody on the other, dₑ those to the boundary of the
// other side.
// O(links).
var BoundaryConnectivity = &metrics.Measure{
	Name:  "boundary-connectivity",
	Group: group,
	Title: metrics.Text{EN: "Boundary connectivity", FR: "Connectivité de frontière"},
	Doc: metrics.Text{
		EN: "Whether people who exchange with both sides lean to the inside of their own: above 0 they do, towards 0.5, as where sides avoid each other; below 0 they are tied to the other side." + sidesEN,
		FR: "Ceux qui échangent avec les deux côtés sont-ils plus liés à l’intérieur du leur ? Au-dessus de 0, vers 0,5, oui, comme quand les côtés s’évitent ; au-dessous, ils tiennent à l’autre côté." + sidesFR,
	},
	Math:  "1/|B| Σ_{v ∈ B} dᵢ(v)/(dᵢ(v) + dₑ(v)) − ½",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Range{Min: -0.5, Max: 0.5}, Needs: metrics.NeedReplies, MinN: 1,
	Source: []metrics.Citation{
		{Authors: "Calais Guerra, Meira, Cardie, Kleinberg", Title: "A measure of polarization on social media networks based on community boundaries", Venue: "ICWSM", Year: 2013},
		garimella[1],
	},
	Interval: metrics.Linked,
	Run: metrics.From(TwoSides, func(s *Sides) metrics.Value {
		if s.why != nil {
			return metrics.Undefined(0, s.why)
		}
		return s.boundary()
	}),
}

var noBoundary = &metrics.Text{
	EN: "nobody has links both to the other side and to the inside of their own",
	FR: "personne n’a de liens à la fois avec l’autre côté et avec l’intérieur du sien",
}

// inside counts, for each person on the boundary, the links to people of their side
// who are linked to nobody on the other; 0 for all others.
func (s *Sides) inside() []int {
	n := int32(len(s.People))
	crosses := make([]bool, n)
	for v := range n {
		crosses[v] = slices.ContainsFunc(s.of(v), func(u int32) bool { return s.Second[u] != s.Second[v] })
	}
	in := make([]int, n)
	for v := range n {
		if !crosses[v] {
			continue
		}
		for _, u := range s.of(v) {
			if s.Second[u] == s.Second[v] && !crosses[u] {
				in[v]++
			}
		}
	}
	return in
}

func (s *Sides) boundary() metrics.Value {
	in := s.inside()
	sum, size := 0.0, 0
	for v := range int32(len(in)) {
		if in[v] == 0 {
			continue
		}
		out := 0
		for _, u := range s.of(v) {
			if s.Second[u] != s.Second[v] && in[u] > 0 {
				out++
			}
		}
		sum += float64(in[v])/float64(in[v]+out) - 0.5
		size++
	}
	if size == 0 {
		return metrics.Undefined(0, noBoundary)
	}
	return metrics.Of(sum/float64(size), size)
}

// eliteShare is the share of each side that keeps its opinion.
const eliteShare = 0.05

// DipoleMoment is
//
//	(1 − |n₊ − n₋|/n) · |m₊ − m₋|/2
//
// where the twentieth of each side with the most links (rounded up, ties by
// number) has the opinion 1 or −1, everybody else ends at the mean opinion of
// those they are linked to, n₊ and n₋ people end above and below 0, and m₊ and m₋
// are the means of their opinions. Where label propagation would arrive is the
// solution of linear equations. O(links · rounds).
var DipoleMoment = &metrics.Measure{
	Name:  "dipole-moment",
	Group: group,
	Title: metrics.Text{EN: "Dipole moment", FR: "Moment dipolaire"},
	Doc: metrics.Text{
		EN: "How far apart the sides end if the most linked of each hold opposite opinions and everybody else takes the mean of those they exchange with: 1 for two equal sides wholly apart, 0 where all end in the middle or on one side." + sidesEN,
		FR: "À quelle distance les côtés finissent-ils si les plus reliés de chacun ont des opinions opposées et que tous les autres prennent la moyenne de ceux avec qui ils échangent : 1 pour deux côtés égaux tout à fait séparés, 0 quand tous finissent au milieu ou d’un seul côté." + sidesFR,
	},
	Math:  "(1 − |n₊ − n₋|/n) · |m₊ − m₋|/2",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: minPeople,
	Source: []metrics.Citation{
		{Authors: "Morales, Borondo, Losada, Benito", Title: "Measuring political polarization: Twitter shows the two sides of Venezuela", Venue: "Chaos 25, 033114", Year: 2015, DOI: "10.1063/1.4913758"},
		garimella[1],
	},
	Interval: metrics.Linked,
	Run: metrics.From(TwoSides, func(s *Sides) metrics.Value {
		if s.why != nil {
			return metrics.Undefined(len(s.People), s.why)
		}
		return s.dipole()
	}),
}

func (s *Sides) dipole() metrics.Value {
	n := len(s.People)
	x, fixed := make([]float64, n), make([]bool, n)
	for side, hubs := range s.hubs {
		elite := int(math.Ceil(eliteShare * float64(len(hubs))))
		for _, v := range hubs[:elite] {
			fixed[v], x[v] = true, float64(1-2*side)
		}
	}
	if !s.spread(x, fixed) {
		return metrics.Undefined(n, unsettled)
	}
	const middle = 1e-9 // what rounding leaves of 0
	var sum, people [2]float64
	for _, o := range x {
		switch {
		case o > middle:
			sum[0] += o
			people[0]++
		case o < -middle:
			sum[1] += o
			people[1]++
		}
	}
	// Both are there: those who keep their opinion.
	apart := (sum[0]/people[0] - sum[1]/people[1]) / 2
	return metrics.Of(min(1, (1-math.Abs(people[0]-people[1])/float64(n))*apart), n)
}
