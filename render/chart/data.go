package chart

import (
	"math"
	"slices"
	"strings"
	"time"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/metrics/heat"
	"threadheat/metrics/people"
	"threadheat/render"
	"threadheat/thread"
)

// opt is a number that may be undefined.
type opt struct {
	v  float64
	ok bool
}

func some(v float64) opt { return opt{v, !math.IsNaN(v) && !math.IsInf(v, 0)} }

func fromValue(v metrics.Value) opt {
	if !v.Defined() {
		return opt{}
	}
	return some(v.X)
}

// remark is one comment as the figures see it.
type remark struct {
	id      string
	author  thread.AuthorID
	name    string // never empty
	parent  int    // place among the remarks, -1 at top level
	end     int    // one past the last remark below
	depth   int
	stamp   thread.Stamp
	ghost   bool
	spoken  bool // by a person, and in the input
	words   int
	heat    opt
	article opt // distance from the article
	reply   opt // distance from the comment it answers
}

func (r remark) ms() float64 { return float64(r.stamp.UnixMilli()) }

// dated tells that the day at least is known.
func (r remark) dated() bool { return r.stamp.Precision() >= thread.Day }

// source is whose heats are drawn.
func (o Options) source() *heat.Source {
	if o.Given != "" {
		return heat.Brought
	}
	return heat.Own
}

// whose says whose heats a figure shows, "" where they are our own.
func (o Options) whose() string {
	if o.Given == "" {
		return ""
	}
	return o.tongue().say("Heat is here the score brought along, “%s”.", "La chaleur est ici le score fourni, « %s ».", tidy(o.Given, 40))
}

// gather is a thread as remarks, in reading order.
func gather(c *metrics.Context, o Options) ([]remark, error) {
	l := o.tongue()
	heats, err := o.source().Values.Of(c)
	if err != nil {
		return nil, err
	}
	far, err := drift.All.Of(c)
	if err != nil {
		return nil, err
	}
	words, err := people.Words.Of(c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	rs := make([]remark, t.Len())
	for i := range t.All() {
		r := remark{
			id: t.ID(i), author: t.Author(i), name: authorName(t, t.Author(i), l), parent: int(t.Parent(i)), end: int(t.End(i)),
			depth: t.Depth(i), stamp: t.Time(i), ghost: t.State(i) == thread.Missing, spoken: metrics.Spoken(t, i), words: int(words[i]),
			article: fromValue(far.FromArticle[i]), reply: fromValue(far.FromParent[i]), heat: fromValue(heats[i]),
		}
		if r.ghost {
			r.heat, r.article, r.reply = opt{}, opt{}, opt{}
			r.name = l.say("(missing)", "(absent)")
		}
		rs[i] = r
	}
	return rs, nil
}

func authorName(t *thread.Thread, a thread.AuthorID, l tongue) string {
	if a < 0 || int(a) >= t.Authors() {
		return l.say("(unknown)", "(inconnu)")
	}
	if name := clean(t.AuthorName(a)); name != "" {
		return name
	}
	return l.say("(unknown)", "(inconnu)")
}

// zoneOf is the zone in which the days of a page are told: that of the first
// comment whose time is known.
func zoneOf(rs []remark) *time.Location {
	for _, r := range rs {
		if r.dated() {
			return r.stamp.Time().Location()
		}
	}
	return time.UTC
}

// moments are the times of the dated remarks, sorted.
func moments(rs []remark) []float64 {
	var ts []float64
	for _, r := range rs {
		if r.dated() {
			ts = append(ts, r.ms())
		}
	}
	slices.Sort(ts)
	return ts
}

// axisOf lays out the dated remarks in time; false where fewer than two
// different moments are known.
func axisOf(rs []remark, x0, x1 float64) (axis, bool) {
	ts := moments(rs)
	if len(ts) < 2 || ts[0] == ts[len(ts)-1] {
		return axis{}, false
	}
	a := newAxis(ts, x0, x1, zoneOf(rs))
	a.daily = !slices.ContainsFunc(rs, func(r remark) bool { return r.stamp.Timed() })
	return a, true
}

// when is the dates that the remarks span, "" where no time is known.
func (l tongue) when(rs []remark) string {
	var first, last thread.Stamp
	for _, r := range rs {
		if !r.dated() {
			continue
		}
		if first.IsZero() || r.ms() < float64(first.UnixMilli()) {
			first = r.stamp
		}
		if last.IsZero() || r.ms() > float64(last.UnixMilli()) {
			last = r.stamp
		}
	}
	if first.IsZero() {
		return ""
	}
	return render.DateRange(l.lang(), first, last)
}

// hollow explains marks without colour, where some comments have no heat.
func (l tongue) hollow(rs []remark) string {
	with := slices.ContainsFunc(rs, func(r remark) bool { return r.heat.ok })
	if with && slices.ContainsFunc(rs, func(r remark) bool { return !r.heat.ok }) {
		return l.say("Hollow: no heat known.", "Creux : chaleur inconnue.")
	}
	return ""
}

// meanOf is the mean of some numbers.
func meanOf(vs []float64) float64 {
	sum := 0.0
	for _, v := range vs {
		sum += v
	}
	return sum / float64(len(vs))
}

// sentences joins what is not empty.
func sentences(ss ...string) string {
	return strings.Join(slices.DeleteFunc(ss, func(s string) bool { return s == "" }), " ")
}
