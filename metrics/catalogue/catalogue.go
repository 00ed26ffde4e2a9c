// Package catalogue lists every measure.
package catalogue

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/accommodation"
	"threadheat/metrics/drift"
	"threadheat/metrics/exchange"
	"threadheat/metrics/growth"
	"threadheat/metrics/heat"
	"threadheat/metrics/hyperconvo"
	"threadheat/metrics/pace"
	"threadheat/metrics/people"
	"threadheat/metrics/replygraph"
	"threadheat/metrics/shape"
	"threadheat/metrics/shift"
)

// Measures are all measures, in the order in which they are shown.
var Measures = byScope(slices.Concat(perThread, growth.Measures, replygraph.Triads, hyperconvo.Measures, perComment, perAuthor, perPair, accommodation.Measures, heat.Measures, drift.Measures, shift.Measures, replygraph.Delab, OfGiven, OfLabels))

// OfGiven are those of scores that were brought along. Without Context.Given they
// have no value.
var OfGiven = slices.Concat(heat.OfGiven, exchange.OfGiven)

// OfLabels are those of labels of authors that were brought along. Without
// Context.Labels they have no value.
var OfLabels = []*metrics.Measure{replygraph.LabelMixing}

// Default are those that are computed where nobody asks for some by name: our
// own. The others stand beside them to be compared with what other programs say.
// The fit of growth takes some 0.2 s for 1,000 comments, more than all the rest,
// and is made where it is asked for.
var Default = slices.DeleteFunc(slices.Clone(Measures), func(m *metrics.Measure) bool {
	return m.NamedBy != "" || m.Group == "growth" || slices.Contains(OfGiven, m) || slices.Contains(OfLabels, m)
})

// DefaultWithGiven is Default where scores were brought along.
var DefaultWithGiven = byScope(slices.Concat(Default, OfGiven))

// byScope brings measures of one scope together, else in the order given.
func byScope(ms []*metrics.Measure) []*metrics.Measure {
	slices.SortStableFunc(ms, func(a, b *metrics.Measure) int { return cmp.Compare(a.Scope, b.Scope) })
	return ms
}

var perThread = []*metrics.Measure{
	// shape
	shape.Comments,
	shape.Roots,
	shape.Replies,
	shape.RepliedRootFraction,
	shape.MaxDepth, shape.ForestMaxDepth,
	shape.MeanDepth, shape.ForestMeanDepth,
	shape.LongestChain,
	shape.MaxWidth, shape.ForestMaxWidth,
	shape.MeanWidth, shape.ForestMeanWidth,
	shape.DepthOverWidth, shape.ForestDepthOverWidth,
	shape.LevelEntropy, shape.ForestLevelEntropy,
	shape.HIndex, shape.ForestHIndex,
	shape.LeafRatio, shape.ForestLeafRatio,
	shape.MeanChildren, shape.ForestMeanChildren,
	shape.Branching, shape.ForestBranching,
	shape.ChildGini, shape.ForestChildGini,
	shape.WienerIndex, shape.ForestWienerIndex,
	shape.StructuralVirality, shape.ForestStructuralVirality,
	shape.CascadeVirality, shape.ForestCascadeVirality,
	shape.Randic, shape.ForestRandic,
	shape.Sackin, shape.ForestSackin,
	shape.AverageLeafDepth, shape.ForestAverageLeafDepth,
	shape.CollessLike, shape.ForestCollessLike,
	shape.Cophenetic, shape.ForestCophenetic,
	shape.B2, shape.ForestB2,
	shape.Strahler, shape.ForestStrahler,
	shape.SubtreeEntropy,
	shape.SubtreeGini,
	pace.Lifetime,
	pace.HalfLife,
	pace.PeakHour,

	// pace
	pace.TimedShare,
	pace.ActiveHours,
	pace.LatencyMedian,
	pace.LatencyIQR,
	pace.LatencyExcludedShare,
	pace.LatencyNegativeShare,
	pace.LatencyZeroShare,
	pace.LogNormalMu,
	pace.LogNormalSigma,
	pace.LogNormalKS,
	pace.MeanGap,
	pace.Burstiness,
	pace.BurstinessKimJo,
	pace.Memory,
	pace.HawkesBranching,
	pace.HawkesBackground,
	pace.HawkesMemory,
	pace.HawkesKS,
	pace.ReEntryRate,
	pace.DistinctAuthorShare,
	pace.LateNewcomers,
	pace.OpeningOfTwo,

	// people
	people.Authors,
	people.UnknownAuthors,
	people.WordTotal,
	people.AuthorGini, people.AuthorGiniWords,
	people.AuthorEntropy, people.AuthorEntropyWords,
	people.AuthorHHI, people.AuthorHHIWords,
	people.AuthorTopShare, people.AuthorTopShareWords,
	people.AuthorTop3Share, people.AuthorTop3ShareWords,
	people.Density,
	people.MeanStrength,
	people.SelfReplies,
	people.Reciprocity,
	people.WeightedReciprocity,
	people.CorrectedReciprocity,

	// replygraph
	replygraph.ComponentCount,
	replygraph.Modularity,
	replygraph.CommunityCount,
	replygraph.StrongComponents,
	replygraph.MutualShare,
	replygraph.Degeneracy,
	replygraph.InnerCore,
	replygraph.Transitivity,
	replygraph.DegreeAssortativity,
	replygraph.RWC, replygraph.RWCLeast, replygraph.RWCMost,
	replygraph.BoundaryConnectivity,
	replygraph.DipoleMoment,

	// exchange
	exchange.LongestOfThree, exchange.GroupsOfThree,
	exchange.LongestOfFour, exchange.GroupsOfFour,
	exchange.PileOnCount,
	exchange.PileOnLargest,
	exchange.PileOnSpan,
	exchange.PileOnHeat(heat.Own), exchange.PileOnHeatAbove(heat.Own),
	exchange.WelcomedShare,
	exchange.WelcomeDelay,
	exchange.WelcomeHeat,
}

var perComment = []*metrics.Measure{
	shape.Depth,
	shape.RepliesTo,
	shape.Descendants,
	pace.Latency,
	people.CommentWords,
	exchange.InPileOn,
}

var perAuthor = []*metrics.Measure{
	people.AuthorComments,
	people.AuthorWords,
	people.RepliesGiven,
	people.RepliesReceived,
	people.AuthorSelfReplies,
	people.PeopleAnswered,
	people.AnsweredBy,
	people.FirstComment,
	people.LastComment,
	replygraph.PageRank,
	replygraph.Hub,
	replygraph.Authority,
	replygraph.Betweenness,
	replygraph.HarmonicCloseness,
	replygraph.Core,
	replygraph.Clustering,
	exchange.AnsweredAtOnce,
	exchange.WelcomeDelayOf,
	exchange.WelcomeHeatOf,
}

var perPair = []*metrics.Measure{
	exchange.TurnCount,
	exchange.TurnsA,
	exchange.RepliesA,
	exchange.RepliesB,
	exchange.Initiations,
	exchange.InitiationsA,
	exchange.WordsA,
	exchange.WordsB,
	exchange.Alternation,
	exchange.TurnBalance,
	exchange.WordBalance,
	exchange.WordShareA,
	exchange.LastWordA,
	exchange.LatencyMedian,
	exchange.LatencyMean,
	exchange.LatencyMedianA,
	exchange.LatencyMedianB,
	exchange.Escalation,
	exchange.TheilSen,
	exchange.PeakHeat,
	exchange.PeakByA,
	exchange.Acceleration,
	exchange.AccelerationA,
	exchange.AccelerationB,
}
