package drift

import (
	"math"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/words"
	"threadheat/metrics/intervals"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

const (
	// OpeningStems is how many stems an article or an opening comment must have for
	// others to be compared with it.
	OpeningStems = 30
	// Decisive is the evidence, in nats, from which a comment's words tell whether
	// it is on its article: 20 to 1 (Kass & Raftery call it strong).
	Decisive = 3
	// fromOpening is the share of the words of a comment on the article that are
	// taken from it.
	fromOpening = 0.2
)

// Openings tells of every comment whether its words come from what opened the
// thread: the article with the title, or, where the input holds no article, the
// only top-level comment with the title. Slices are by thread.Index.
type Openings struct {
	Article bool          // else the top-level comment opened it
	Why     *metrics.Text // why there is nothing to compare with; then all else is empty
	// Evidence is how far the words speak against the opening, in nats: above 0
	// against, below 0 for.
	Evidence []float64
	Stems    []int // of the comment, in the language of the opening
	Verdict  []Verdict
	// Inherited tells that the verdict is that of the comment answered, its own
	// words being too few.
	Inherited []bool
	read      []bool // the comment is in the language of the opening
}

// Verdict is what words tell of a comment.
type Verdict uint8

// The verdicts.
const (
	Undecided  Verdict = iota // its words do not tell
	OnArticle                 // some of its words come from the opening
	OffArticle                // they hardly do
)

// FromOpening are the Openings of a thread. O(words).
var FromOpening = &metrics.Fact[*Openings]{Name: "drift-openings", Compute: func(c *metrics.Context) (*Openings, error) {
	d, err := Drifts.Of(c)
	if err != nil {
		return nil, err
	}
	return openingsOf(c.Thread, d.bags), nil
}}

func openingsOf(t *thread.Thread, b *stemBags) *Openings {
	n := t.Len()
	o := &Openings{Article: t.Meta().Article != ""}
	text, opener := t.Meta().Article, thread.NoIndex
	if !o.Article {
		if n == 0 || t.End(0) != thread.Index(n) {
			o.Why = manyOpenings
			return o
		}
		opener = 0
		if words.Unread(t, opener) == nil {
			text = t.Text(opener)
		}
	}
	tokens := b.reader.Tokens(nil, t.Meta().Title+"\n\n"+text)
	votes := new(stems.Ballot)
	b.reader.Votes(votes, tokens)
	lang := stems.Language(votes, b.usual)
	count := map[int32]float64{}
	total := 0.0
	for _, k := range tokens {
		if k.Part != stems.Own {
			continue
		}
		if w := b.reader.Term(k.Word, lang); w != stems.None {
			count[w]++
			total++
		}
	}
	if total < OpeningStems {
		o.Why = shortOpening
		return o
	}
	o.Evidence, o.Stems = make([]float64, n), make([]int, n)
	o.Verdict, o.Inherited, o.read = make([]Verdict, n), make([]bool, n), make([]bool, n)
	level := levelsOf(b.reader.Terms)
	for i := range t.All() {
		if i == opener || b.lang[i] != lang || words.Unread(t, i) != nil {
			continue
		}
		o.read[i] = true
		terms, counts := b.bag(int(i))
		for k, w := range terms {
			p := rare * float64(int(1)<<level[w])
			o.Evidence[i] -= math.Log2(1+float64(counts[k])) * math.Log(1-fromOpening+fromOpening*count[w]/(total*p))
		}
		o.Stems[i] = int(b.total[i])
		p := t.Parent(i)
		switch {
		case o.Stems[i] >= MinStems && o.Evidence[i] >= Decisive:
			o.Verdict[i] = OffArticle
		case o.Stems[i] >= MinStems && o.Evidence[i] <= -Decisive:
			o.Verdict[i] = OnArticle
		case p != thread.NoIndex && p != opener && o.Verdict[p] != Undecided:
			o.Verdict[i], o.Inherited[i] = o.Verdict[p], true
		}
	}
	return o
}

var (
	manyOpenings = &metrics.Text{
		EN: "the article’s text is not in the input, and no single comment opens the thread",
		FR: "le texte de l’article n’est pas dans l’entrée, et aucun commentaire n’ouvre à lui seul le fil",
	}
	shortOpening = &metrics.Text{
		EN: "the article or the opening comment has too few words in one language",
		FR: "l’article ou le commentaire d’ouverture a trop peu de mots dans une même langue",
	}
	otherLanguage = &metrics.Text{
		EN: "it is not in the language of the article, or is itself the opening",
		FR: "il n’est pas dans la langue de l’article, ou est lui-même l’ouverture",
	}
	noVerdict = &metrics.Text{
		EN: "no comment has words enough for a verdict",
		FR: "aucun commentaire n’a assez de mots pour un verdict",
	}
)

var kass = metrics.Citation{
	Authors: "Kass, Raftery", Title: "Bayes factors", Venue: "Journal of the American Statistical Association 90(430)", Year: 1995,
	DOI: "10.1080/01621459.1995.10476572", Where: "the scale of evidence", WhereFR: "l’échelle des indices",
}

const openingMath = "E = −Σ_w log2(1 + c_w)·ln(0.8 + 0.2·q_w/p_w), c = stems of the comment, q = shares of stems in article and title, p = in the language"

const openingMathFR = "E = −Σ_w log2(1 + c_w)·ln(0.8 + 0.2·q_w/p_w), c = racines du commentaire, q = parts des racines dans l’article et le titre, p = dans la langue"

// OffArticleEvidence is the evidence against the opening of every comment.
var OffArticleEvidence = &metrics.Measure{
	Name: "off-article", Group: "drift",
	Title: metrics.Text{EN: "Evidence of being off the article", FR: "Indices d’écart à l’article"},
	Doc: metrics.Text{
		EN: "How far a comment’s own words speak against coming from the article, or from the comment that opened the thread where the input holds no article, in nats: at 3 it is 20 times likelier that none of its words does than that one in five does, at −3 the reverse. Between, its words do not tell. One can be on the subject in other words.",
		FR: "Combien les mots d’un commentaire parlent contre une origine dans l’article, ou dans le commentaire qui ouvre le fil si l’entrée n’a pas d’article, en nats : à 3, il est 20 fois plus vraisemblable qu’aucun de ses mots n’en vienne qu’un sur cinq, à −3 l’inverse. Entre les deux, ses mots ne tranchent pas. On peut être dans le sujet avec d’autres mots.",
	},
	Math: openingMath, MathFR: openingMathFR, Scope: metrics.PerComment, Unit: metrics.Nats, Range: metrics.AnyNumber, Needs: metrics.NeedText, MinN: MinStems,
	Source: []metrics.Citation{kass, cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		o, err := FromOpening.Of(c)
		if err != nil {
			return nil, err
		}
		vs := make(metrics.List, c.Thread.Len())
		for i := range c.Thread.All() {
			switch why := words.Unread(c.Thread, i); {
			case why != nil:
				vs[i] = metrics.Undefined(0, why)
			case o.Why != nil:
				vs[i] = metrics.Undefined(0, o.Why)
			case !o.read[i]:
				vs[i] = metrics.Undefined(0, otherLanguage)
			case o.Stems[i] < MinStems:
				vs[i] = metrics.TooFew(o.Stems[i], MinStems, contentStems)
			default:
				vs[i] = metrics.Of(o.Evidence[i], o.Stems[i])
			}
		}
		return vs, nil
	},
}

// OffArticleShare is the share of the comments off the article.
var OffArticleShare = &metrics.Measure{
	Name: "off-article-share", Group: "drift",
	Title: metrics.Text{EN: "Share off the article", FR: "Part hors de l’article"},
	Doc: metrics.Text{
		EN: "Of the comments whose words tell, the share that hardly takes any from the article, or from the opening comment where the input holds no article. A comment whose own words do not tell is where the one it answers is; those that are nowhere are left out. Other words are not another subject, and drift is not derailment.",
		FR: "Parmi les commentaires dont les mots tranchent, la part de ceux qui n’en prennent guère à l’article, ou au commentaire d’ouverture si l’entrée n’a pas d’article. Un commentaire dont les mots ne tranchent pas est où est celui auquel il répond ; ceux qui ne sont nulle part sont laissés de côté. D’autres mots ne sont pas un autre sujet, et la dérive n’est pas un déraillement.",
	},
	Math:   "|off| / (|off| + |on|), off: E ≥ 3, on: E ≤ −3, else as the parent; " + openingMath,
	MathFR: "|hors| / (|hors| + |dans|), hors : E ≥ 3, dans : E ≤ −3, sinon comme le parent ; " + openingMathFR,
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction,
	Needs: metrics.NeedText, MinN: 1, Source: []metrics.Citation{kass, cite.Own},
	Interval: intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		o, err := FromOpening.Of(c)
		if err != nil {
			return nil, err
		}
		sums := u.Sums(2)
		for i, v := range o.Verdict {
			if v != Undecided {
				s := sums.Unit(u.Of[i])
				if s[1]++; v == OffArticle {
					s[0]++
				}
			}
		}
		return sums.Statistic(intervals.Ratio), nil
	}),
	Run: metrics.From(FromOpening, func(o *Openings) metrics.Value {
		if o.Why != nil {
			return metrics.Undefined(0, o.Why)
		}
		off, n := o.Count(OffArticle), o.Count(OffArticle)+o.Count(OnArticle)
		if n == 0 {
			return metrics.Undefined(0, noVerdict)
		}
		return metrics.Of(float64(off)/float64(n), n)
	}),
}

// Count is how many comments have a verdict.
func (o *Openings) Count(v Verdict) (n int) {
	for i, x := range o.Verdict {
		if x == v && (v != Undecided || o.read[i]) {
			n++
		}
	}
	return n
}

// distance is how far a comment is from the opening, for curves: its evidence over
// its stems and some more, so that few words draw it to 0; false where there is
// none.
func (o *Openings) distance(i thread.Index) (float64, bool) {
	if o.Why != nil || o.Stems[i] < MinStems {
		return 0, false
	}
	return o.Evidence[i] / float64(o.Stems[i]+padding), true
}

// Step is a part of a drift curve.
type Step struct {
	From, To thread.Index // its first and its last comment
	N        int          // comments
	Mean     float64      // distance from the opening: nats a stem, above 0 off it
	// Low and High hold 95 % of the means that as many of the same comments have in
	// random order.
	Low, High float64
}

// Curve is how far the comments are from the opening, one stretch after the other.
type Curve struct {
	Steps []Step
	N     int // comments on it
}

// Curves are the drift curves of a thread.
type Curves struct {
	Why      *metrics.Text // why there are none
	Time     Curve         // in up to tenths of the timed comments
	Branches []Curve       // down the longest branches, from top to bottom, in up to tenths
}

const (
	tenths       = 10
	fewestOnPath = 10 // comments of a branch that has a curve
	mostBranches = 3  // that have a curve
	curveOrders  = 999
	mostOrdered  = 2000 // comments, beyond which the band is normal
)

// DriftCurves are the Curves of a thread, the bands drawn from its seed. A branch has
// one where half of its comments are in no branch before it. O(n log n + 999·n) up to
// 2,000 comments a curve, O(n log n) beyond.
var DriftCurves = &metrics.Fact[*Curves]{Name: "drift-curves", Compute: func(c *metrics.Context) (*Curves, error) {
	o, err := FromOpening.Of(c)
	if err != nil {
		return nil, err
	}
	if o.Why != nil {
		return &Curves{Why: o.Why}, nil
	}
	a, err := pace.InTime.Of(c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	rng := rand.New(rand.NewPCG(c.Seed, 61))
	out := &Curves{Time: o.curve(a.Order, rng)}
	var leaves []thread.Index
	for i := range t.All() {
		if t.End(i) == i+1 && t.Depth(i)+1 >= fewestOnPath {
			leaves = append(leaves, i)
		}
	}
	slices.SortStableFunc(leaves, func(i, j thread.Index) int { return t.Depth(j) - t.Depth(i) })
	taken := make([]bool, t.Len())
	for _, leaf := range leaves {
		if len(out.Branches) == mostBranches {
			break
		}
		// Climbing stops at what an earlier branch has: all above it has it too.
		var path []thread.Index
		p := leaf
		for ; p != thread.NoIndex && !taken[p]; p = t.Parent(p) {
			path = append(path, p)
		}
		if 2*len(path) < t.Depth(leaf)+1 {
			for _, i := range path { // nor will their other replies have half of it
				taken[i] = true
			}
			continue
		}
		for ; p != thread.NoIndex; p = t.Parent(p) {
			path = append(path, p)
		}
		for _, i := range path {
			taken[i] = true
		}
		slices.Reverse(path)
		if curve := o.curve(path, rng); curve.N >= fewestOnPath {
			out.Branches = append(out.Branches, curve)
		}
	}
	return out, nil
}}

// curve is the curve of some comments in the given order.
func (o *Openings) curve(order []thread.Index, rng *rand.Rand) Curve {
	var at []thread.Index
	var xs []float64
	for _, i := range order {
		if x, ok := o.distance(i); ok {
			at, xs = append(at, i), append(xs, x)
		}
	}
	n := len(xs)
	c := Curve{N: n}
	steps := min(tenths, n/3)
	for k := range steps {
		from, to := k*n/steps, (k+1)*n/steps
		c.Steps = append(c.Steps, Step{From: at[from], To: at[to-1], N: to - from, Mean: mean(xs[from:to])})
	}
	o.band(&c, xs, rng)
	return c
}

// band draws the means of the steps of a curve in random order.
func (o *Openings) band(c *Curve, xs []float64, rng *rand.Rand) {
	n, steps := len(xs), len(c.Steps)
	if n > mostOrdered {
		m, square := mean(xs), 0.0
		for _, x := range xs {
			square += (x - m) * (x - m)
		}
		for k := range c.Steps {
			s := &c.Steps[k]
			// Without replacement: the variance is that of a part of a finite whole.
			half := 1.959964 * math.Sqrt(square/float64(n-1)/float64(s.N)*(1-float64(s.N)/float64(n)))
			s.Low, s.High = m-half, m+half
		}
		return
	}
	drawn := make([][]float64, steps)
	xs = slices.Clone(xs)
	for range curveOrders {
		rng.Shuffle(n, func(i, j int) { xs[i], xs[j] = xs[j], xs[i] })
		for k := range steps {
			drawn[k] = append(drawn[k], mean(xs[k*n/steps:(k+1)*n/steps]))
		}
	}
	for k := range drawn {
		slices.Sort(drawn[k])
		c.Steps[k].Low, c.Steps[k].High = stats.SortedQuantile(drawn[k], 0.025), stats.SortedQuantile(drawn[k], 0.975)
	}
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// fewestForTrend is how many comments a trend needs.
const fewestForTrend = 10

var spearman = metrics.Citation{
	Authors: "Spearman", Title: "The proof and measurement of association between two things",
	Venue: "American Journal of Psychology 15(1)", Year: 1904, DOI: "10.2307/1412159",
}

// Trend is whether the thread goes from its article as time goes by.
var Trend = &metrics.Measure{
	Name: "drift-trend", Group: "drift",
	Title: metrics.Text{EN: "Drift by time", FR: "Dérive selon le temps"},
	Doc: metrics.Text{
		EN: "Whether comments are further from the article, or from the comment that opened the thread, as time goes by: the rank correlation of their distance in words and their place in time, from −1 to 1. Its p is that of the same comments in random order; comments of one branch speak alike, so that it is too small where branches follow one another.",
		FR: "Les commentaires s’éloignent-ils de l’article, ou du commentaire qui ouvre le fil, avec le temps ? Corrélation des rangs de leur distance en mots et de leur place dans le temps, de −1 à 1. Son p est celui des mêmes commentaires dans un ordre aléatoire ; les commentaires d’une branche parlent de même, si bien qu’il est trop petit là où les branches se suivent.",
	},
	Math: "Spearman’s ρ of E/(stems + 5) and time; " + openingMath, MathFR: "ρ de Spearman de E/(racines + 5) et du temps ; " + openingMathFR,
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedText | metrics.NeedTimes, MinN: fewestForTrend,
	Source: []metrics.Citation{spearman, cite.Own}, Interval: metrics.OneSequence,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		o, err := FromOpening.Of(c)
		if err != nil {
			return nil, err
		}
		if o.Why != nil {
			return metrics.One(metrics.Undefined(0, o.Why)), nil
		}
		a, err := pace.InTime.Of(c)
		if err != nil {
			return nil, err
		}
		var xs, ts []float64
		for k, i := range a.Order {
			if x, ok := o.distance(i); ok {
				xs, ts = append(xs, x), append(ts, float64(a.Millis[k]-a.Millis[0]))
			}
		}
		n := len(xs)
		if n < fewestForTrend {
			return metrics.One(metrics.TooFew(n, fewestForTrend, metrics.Text{EN: "timed comments with words enough", FR: "commentaires datés ayant assez de mots"})), nil
		}
		rho, ok := stats.Spearman(xs, ts)
		if !ok {
			return metrics.One(metrics.Undefined(n, allAlike)), nil
		}
		// The variance of a rank correlation in random order is 1/(n − 1).
		p := math.Erfc(math.Abs(rho) * math.Sqrt(float64(n-1)/2))
		return metrics.One(metrics.Of(rho, n).With(func(m *metrics.More) { m.P = &p })), nil
	},
}

var allAlike = &metrics.Text{EN: "all are as far, or were written at once", FR: "tous sont à la même distance, ou ont été écrits en même temps"}
