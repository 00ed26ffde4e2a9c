package exchange

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

// A pile-on is PileOnPeople different people, or more, who answer the same person
// within PileOnMinutes, the end excluded.
const (
	PileOnPeople  = 5
	PileOnMinutes = 60
)

// PileOn is many who answer one.
type PileOn struct {
	Target  thread.AuthorID
	Replies []thread.Index    // those of all overlapping windows with enough people, by time
	People  []thread.AuthorID // who wrote them, ascending
	Minutes float64           // from the first of the replies to the last
	AtOnce  int               // the largest number of people within one window
}

// PileOns are those of a thread.
type PileOns struct {
	All    []PileOn // the most people within a window first, then the longest, then by the first reply
	AtOnce []int32  // by AuthorID: the most people who answered them within a window
	Timed  []int32  // by AuthorID: timed replies to them
	Most   int      // the largest of AtOnce
	// P is how often as many answer one person within a window where the same
	// replies come at shuffled times, (b + 1)/(B + 1). Nil where there is no pile-on
	// or too many replies to try.
	P       *float64
	Replies int // timed replies between people with names
}

const (
	pileOnShuffles = 99
	pileOnTested   = 20_000 // replies
)

// ManyToOne are the PileOns of a thread. Replies of unknown authors and to
// oneself do not count. O(n log n), and O(n) a shuffle.
var ManyToOne = &metrics.Fact[*PileOns]{Name: "pile-ons", Compute: func(c *metrics.Context) (*PileOns, error) {
	t := c.Thread
	a, err := pace.InTime.Of(c)
	if err != nil {
		return nil, err
	}
	w := newWindows(t.Authors())
	var replies []thread.Index
	for k, i := range a.Order {
		p := t.Parent(i)
		if p == thread.NoIndex || !named(t, i) || !named(t, p) || t.Author(p) == t.Author(i) {
			continue
		}
		replies = append(replies, i)
		w.add(a.Millis[k], t.Author(i), t.Author(p))
	}
	w.sort()
	out := &PileOns{AtOnce: make([]int32, t.Authors()), Timed: make([]int32, t.Authors()), Replies: len(replies)}
	for target := range out.AtOnce {
		who := thread.AuthorID(target)
		list := w.of(who)
		out.Timed[target] = int32(len(list))
		end := -1 // of the pile-on at hand
		w.walk(list, func(first, last int, people int32) {
			out.AtOnce[target] = max(out.AtOnce[target], people)
			if people < PileOnPeople {
				return
			}
			if first > end {
				out.All = append(out.All, PileOn{Target: who})
				end = first - 1
			}
			now := &out.All[len(out.All)-1]
			for ; end < last; end++ {
				now.Replies = append(now.Replies, replies[list[end+1]])
			}
			now.AtOnce = max(now.AtOnce, int(people))
		})
		out.Most = max(out.Most, int(out.AtOnce[target]))
	}
	for k := range out.All {
		p := &out.All[k]
		for _, i := range p.Replies {
			p.People = append(p.People, t.Author(i))
		}
		slices.Sort(p.People)
		p.People = slices.Compact(p.People)
		from, to := p.Replies[0], p.Replies[len(p.Replies)-1]
		p.Minutes = float64(t.Time(to).UnixMilli()-t.Time(from).UnixMilli()) / 60_000
	}
	slices.SortStableFunc(out.All, func(x, y PileOn) int {
		return cmp.Or(cmp.Compare(y.AtOnce, x.AtOnce), cmp.Compare(y.Minutes, x.Minutes), cmp.Compare(x.Replies[0], y.Replies[0]))
	})
	if len(out.All) > 0 && len(replies) <= pileOnTested {
		p := w.shuffledP(int32(out.Most), c.Seed)
		out.P = &p
	}
	return out, nil
}}

// windows are replies by time, and those to each author.
type windows struct {
	millis   []int64
	from, to []thread.AuthorID
	at       []int32 // replies to author a are list[at[a]:at[a+1]], by time
	list     []int32
	said     []int32 // by author: replies within the window at hand
}

func newWindows(authors int) *windows {
	return &windows{at: make([]int32, authors+1), said: make([]int32, authors)}
}

// add is a reply that comes after those before.
func (w *windows) add(millis int64, from, to thread.AuthorID) {
	w.millis, w.from, w.to = append(w.millis, millis), append(w.from, from), append(w.to, to)
	w.at[to+1]++
}

// sort brings the replies to each author together.
func (w *windows) sort() {
	for a := 1; a < len(w.at); a++ {
		w.at[a] += w.at[a-1]
	}
	w.list = make([]int32, len(w.millis))
	w.fill(slices.Clone(w.at))
}

func (w *windows) fill(next []int32) {
	for k, to := range w.to {
		w.list[next[to]] = int32(k)
		next[to]++
	}
}

func (w *windows) of(a thread.AuthorID) []int32 { return w.list[w.at[a]:w.at[a+1]] }

// walk tells for each of the replies, how many people wrote those of the window
// that ends with it, list[first] to list[last].
func (w *windows) walk(list []int32, f func(first, last int, people int32)) {
	first, people := 0, int32(0)
	leave := func() {
		who := w.from[list[first]]
		if w.said[who]--; w.said[who] == 0 {
			people--
		}
		first++
	}
	for last, k := range list {
		for w.millis[k]-w.millis[list[first]] >= PileOnMinutes*60_000 {
			leave()
		}
		if w.said[w.from[k]]++; w.said[w.from[k]] == 1 {
			people++
		}
		f(first, last, people)
	}
	for first < len(list) {
		leave()
	}
}

// shuffledP shuffles who answers whom over the times. It spoils the order of w.
func (w *windows) shuffledP(most int32, seed uint64) float64 {
	r := rand.New(rand.NewPCG(seed, 2))
	hits := 1.0
	next := make([]int32, len(w.at))
	for range pileOnShuffles {
		r.Shuffle(len(w.to), func(i, j int) {
			w.from[i], w.from[j] = w.from[j], w.from[i]
			w.to[i], w.to[j] = w.to[j], w.to[i]
		})
		copy(next, w.at)
		w.fill(next)
		as := int32(0)
		for a := range w.said {
			if w.at[a+1]-w.at[a] >= most { // else too few answer them at all
				w.walk(w.of(thread.AuthorID(a)), func(_, _ int, people int32) { as = max(as, people) })
			}
		}
		if as >= most {
			hits++
		}
	}
	return hits / (pileOnShuffles + 1)
}

// Whether many turn on one. N is the number of timed replies between people with
// names.
var (
	PileOnCount = ofPileOns(metrics.Measure{
		Name:  "pile-ons",
		Title: metrics.Text{EN: "Pile-ons", FR: "Assauts groupés"},
		Doc: metrics.Text{
			EN: "How often at least 5 different people answered the same person within an hour; overlapping hours count once. It counts people, not hostility: an answer may be thanks.",
			FR: "Nombre de fois où au moins 5 personnes différentes ont répondu à la même en une heure ; les heures qui se recouvrent comptent une fois. On compte des gens, non de l’hostilité : une réponse peut être un merci.",
		},
		Math:   "|{unions of overlapping [t, t + 60 min) in which ≥ 5 people answer one}|",
		MathFR: "|{réunions de [t, t + 60 min) qui se recouvrent et où ≥ 5 personnes répondent à une}|",
		Unit:   metrics.Count, Range: metrics.NonNegative,
		Interval: metrics.Counted,
	}, func(p *PileOns) metrics.Value { return metrics.Of(float64(len(p.All)), p.Replies) })

	PileOnLargest = ofPileOns(metrics.Measure{
		Name:  "pile-on-people",
		Title: metrics.Text{EN: "Most people on one within an hour", FR: "Le plus de gens contre un en une heure"},
		Doc: metrics.Text{
			EN: "The largest number of different people who answered the same person within an hour. Where it is 5 or more, p is the chance of as many if the same replies had come at shuffled times: a busy hour for everybody is no pile-on.",
			FR: "Plus grand nombre de personnes différentes qui ont répondu à la même en une heure. À partir de 5, p est la probabilité d’en trouver autant si les mêmes réponses étaient venues à des heures mélangées : une heure animée pour tous n’est pas un assaut.",
		},
		Math:   "max_{a, t} |{b : b answers a within [t, t + 60 min)}|",
		MathFR: "max_{a, t} |{b : b répond à a dans [t, t + 60 min)}|",
		Unit:   metrics.Count, Range: metrics.NonNegative,
		Interval: metrics.Extreme,
	}, func(p *PileOns) metrics.Value {
		v := metrics.Of(float64(p.Most), p.Replies)
		if p.P != nil {
			v.More = &metrics.More{P: p.P}
		}
		return v
	})

	PileOnSpan = ofPileOns(metrics.Measure{
		Name:  "pile-on-span",
		Title: metrics.Text{EN: "Length of the largest pile-on", FR: "Durée du plus grand assaut"},
		Doc: metrics.Text{
			EN: "How long the pile-on with the most people within an hour lasted, from its first reply to its last.",
			FR: "Durée de l’assaut qui a réuni le plus de gens en une heure, de sa première réponse à la dernière.",
		},
		Math:   "t(last reply) − t(first reply)",
		MathFR: "t(dernière réponse) − t(première réponse)",
		Unit:   metrics.Minutes, Range: metrics.NonNegative,
		Interval: metrics.Extreme,
	}, func(p *PileOns) metrics.Value {
		if len(p.All) == 0 {
			return metrics.Undefined(p.Replies, noPileOn)
		}
		return metrics.Of(p.All[0].Minutes, p.Replies)
	})

	// AnsweredAtOnce is undefined for whom nobody answered at a known time. N is the
	// number of timed replies to them.
	AnsweredAtOnce = &metrics.Measure{
		Name:  "answered-at-once",
		Group: group,
		Title: metrics.Text{EN: "Most people answering within an hour", FR: "Le plus de gens répondant en une heure"},
		Doc: metrics.Text{
			EN: "The largest number of different people who answered the author within an hour.",
			FR: "Plus grand nombre de personnes différentes qui ont répondu à l’auteur en une heure.",
		},
		Math:   "max_t |{b : b answers a within [t, t + 60 min)}|",
		MathFR: "max_t |{b : b répond à a dans [t, t + 60 min)}|",
		Scope:  metrics.PerAuthor, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedTimes | metrics.NeedReplies, MinN: 1,
		Source: []metrics.Citation{cite.Own},
		Run: metrics.EachFrom(ManyToOne, func(p *PileOns) metrics.Values {
			return metrics.Each(len(p.AtOnce), func(a int) metrics.Value {
				if p.Timed[a] == 0 {
					return noTimedReply
				}
				return metrics.Of(float64(p.AtOnce[a]), int(p.Timed[a]))
			})
		}),
	}
)

var (
	noPileOn     = &metrics.Text{EN: "there is no pile-on", FR: "il n’y a pas d’assaut groupé"}
	noTimedReply = metrics.TooFew(0, 1, metrics.TimedReplies)
)

func ofPileOns(m metrics.Measure, value func(*PileOns) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Needs, m.MinN = group, metrics.PerThread, metrics.NeedTimes|metrics.NeedReplies, 1
	m.Source = []metrics.Citation{cite.Own}
	m.Run = metrics.From(ManyToOne, func(p *PileOns) metrics.Value {
		if p.Replies == 0 {
			return noTimedReply
		}
		return value(p)
	})
	return &m
}
