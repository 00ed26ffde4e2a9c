// Package agreement tells how far people who judge the same things agree.
package agreement

import (
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
)

// Level says which differences between two judgements count, and how much.
type Level string

// The levels of measurement.
const (
	Nominal  Level = "nominal"  // alike or not
	Ordinal  Level = "ordinal"  // by how many judgements lie between
	Interval Level = "interval" // by the difference squared
	Ratio    Level = "ratio"    // by the difference over the sum, squared; for values from 0 up
)

// Levels lists the levels.
var Levels = []Level{Nominal, Ordinal, Interval, Ratio}

// Options are how agreement is worked out. The zero Options will do.
type Options struct {
	Seed    uint64
	Draws   int // of the interval; 0 is stats.Resamples
	Workers int // 0 is as many as there are processors; the result does not depend on it
}

// Alpha is Krippendorff's alpha of what several judges said of the same units,
//
//	α = 1 − Dₒ/Dₑ,
//
// the disagreement observed within units over the one expected of all values put
// together at random: 1 where all agree, 0 where they agree as by chance, below
// where worse (Krippendorff 2011, Computing Krippendorff's alpha-reliability). judges
// has a row for each judge with a value for each unit; NaN is no answer, and so is
// what a short row lacks. Units with one answer say nothing and are left out.
//
// Its 95 % interval is that of the percentile bootstrap by unit, from 10 units on:
// fewer drawn anew are too much alike, and three on which two judges agree would
// have the interval from 1 to 1. N is the number of
// answers that can be compared. It is undefined without two of a unit, or where all
// are the same. O(answers + values²), times the draws for the interval.
func Alpha(judges [][]float64, level Level, o Options) metrics.Value {
	values, units, n := tabulate(judges)
	if n == 0 {
		return metrics.Undefined(0, &metrics.Text{
			EN: "no unit was judged by two", FR: "aucune unité n’a été jugée par deux personnes",
		})
	}
	all := make([]int, len(units))
	for u := range all {
		all[u] = u
	}
	a := alpha(values, units, all, level)
	if math.IsNaN(a) {
		return metrics.Undefined(n, &metrics.Text{
			EN: "all judgements are the same: there is nothing to disagree about", FR: "tous les jugements sont les mêmes : rien ne permet d’être en désaccord",
		})
	}
	v := metrics.Of(a, n)
	if len(units) < fewestUnits {
		v.More = &metrics.More{NoCI: fewUnits}
		return v
	}
	draws := stats.Bootstrap{Seed: o.Seed, Draws: o.Draws, Workers: o.Workers}.Draw([]int{len(units)}, func(picked [][]int) float64 {
		return alpha(values, units, picked[0], level)
	})
	if ci, ok := stats.Percentile(draws); ok {
		v.More = &metrics.More{CI: &ci}
	}
	return v
}

// fewestUnits is the number of units, judged by two or more, for an interval.
const fewestUnits = 10

var fewUnits = &metrics.Text{
	EN: "fewer than 10 units were judged by two", FR: "moins de 10 unités ont été jugées par deux personnes",
}

// unit is how many judges gave each value, by its place among the values.
type unit []answer

type answer struct{ value, judges int }

// tabulate lists the different values, ascending, and the units with at least two
// answers; n is how many answers these have.
func tabulate(judges [][]float64) (values []float64, units []unit, n int) {
	length := 0
	for _, row := range judges {
		length = max(length, len(row))
	}
	byUnit := make([][]float64, length)
	for _, row := range judges {
		for u, x := range row {
			if !math.IsNaN(x) && !math.IsInf(x, 0) {
				byUnit[u] = append(byUnit[u], x)
			}
		}
	}
	for _, xs := range byUnit {
		if len(xs) > 1 {
			values = append(values, xs...)
		}
	}
	n = len(values)
	slices.Sort(values)
	values = slices.Compact(values)
	for _, xs := range byUnit {
		if len(xs) < 2 {
			continue
		}
		slices.Sort(xs)
		var of unit
		for _, x := range xs {
			k, _ := slices.BinarySearch(values, x)
			if last := len(of) - 1; last >= 0 && of[last].value == k {
				of[last].judges++
			} else {
				of = append(of, answer{k, 1})
			}
		}
		units = append(units, of)
	}
	return values, units, n
}

// alpha is that of the units picked; NaN where all values are the same.
func alpha(values []float64, units []unit, picked []int, level Level) float64 {
	counts := make([]float64, len(values))
	n := 0.0
	for _, u := range picked {
		for _, a := range units[u] {
			counts[a.value] += float64(a.judges)
			n += float64(a.judges)
		}
	}
	below := make([]float64, len(values)+1) // counts of all values before
	for k, c := range counts {
		below[k+1] = below[k] + c
	}
	// How far two different values are apart, i before j.
	apart := func(i, j int) float64 {
		switch level {
		case Ordinal:
			d := below[j+1] - below[i] - (counts[i]+counts[j])/2
			return d * d
		case Interval:
			d := values[j] - values[i]
			return d * d
		case Ratio:
			d := (values[j] - values[i]) / (values[j] + values[i])
			return d * d
		}
		return 1
	}
	var observed, expected float64
	for _, u := range picked {
		of := units[u]
		m, within := 0, 0.0
		for k, a := range of {
			m += a.judges
			for _, b := range of[:k] {
				within += 2 * float64(a.judges*b.judges) * apart(b.value, a.value)
			}
		}
		observed += within / float64(m-1)
	}
	for j := range values {
		for i := range j {
			if c := counts[i] * counts[j]; c > 0 {
				expected += 2 * c * apart(i, j)
			}
		}
	}
	if expected == 0 {
		return math.NaN()
	}
	return 1 - (n-1)*observed/expected
}
