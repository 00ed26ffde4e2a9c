package sampling

import (
	"fmt"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/thread"
)

// Stratifier sorts comments, or threads, into levels.
type Stratifier struct {
	Name   string // as typed after --strata
	Doc    string // of comments, then of threads
	Levels []string
	level  func(d *described, whole bool) int
}

// Stratifiers lists them. Their levels are drawn by hand, and the same for all
// inputs.
var Stratifiers = []*Stratifier{
	{
		Name: "heat", Doc: "our heat of the comment, or of the hottest one of the thread",
		Levels: []string{"unknown", "0", "below 0.15", "0.15 to 0.3", "0.3 to 0.5", "0.5 and more"},
		level: func(d *described, _ bool) int {
			hottest := metrics.Undefined(0, metrics.NotComputed)
			for _, i := range d.of {
				if v := d.heats[i]; v.Defined() && (!hottest.Defined() || v.X > hottest.X) {
					hottest = v
				}
			}
			switch {
			case !hottest.Defined():
				return 0
			case hottest.X <= 0:
				return 1
			}
			return 2 + above(hottest.X, 0.15, 0.3, 0.5)
		},
	},
	{
		Name: "depth", Doc: "how many comments stand above it, or above the deepest of the thread",
		Levels: []string{"0", "1", "2 to 3", "4 to 7", "8 and more"},
		level: func(d *described, _ bool) int {
			deepest := 0
			for _, i := range d.of {
				deepest = max(deepest, d.context.Thread.Depth(i))
			}
			return above(float64(deepest), 1, 2, 4, 8)
		},
	},
	{
		Name: "author", Doc: "how many comments of the thread its author wrote, or how many people wrote in the thread",
		Levels: []string{"1", "2 to 4", "5 to 9", "10 and more"},
		level: func(d *described, whole bool) int {
			n := d.written[d.context.Thread.Author(d.of[0])]
			if whole {
				n = 0
				for _, written := range d.written {
					n += min(written, 1)
				}
			}
			return above(float64(n), 2, 5, 10)
		},
	},
	{
		Name: "length", Doc: "its words, or the comments of the thread",
		Levels: []string{"below 20", "20 to 49", "50 to 149", "150 and more"},
		level: func(d *described, whole bool) int {
			n := int(d.words[d.of[0]])
			if whole {
				n = len(d.of)
			}
			return above(float64(n), 20, 50, 150)
		},
	},
}

// above is how many of the limits, which rise, x reaches.
func above(x float64, limits ...float64) int {
	k, found := slices.BinarySearch(limits, x)
	if found {
		k++
	}
	return k
}

// described is what strata are made of: a thread, and the comments of it that are
// sorted, one or all.
type described struct {
	context *metrics.Context
	of      []thread.Index
	heats   metrics.List
	words   []int32
	written []int // comments that can be drawn, by author
}

// FindStrata are the stratifiers with the given names.
func FindStrata(names []string) ([]*Stratifier, error) {
	var known []string
	for _, s := range Stratifiers {
		known = append(known, s.Name)
	}
	var out []*Stratifier
	for _, name := range names {
		name = strings.TrimSpace(name)
		if name == "none" && len(names) == 1 {
			return nil, nil
		}
		k := slices.Index(known, name)
		if k < 0 {
			return nil, fmt.Errorf("no strata are called %q; there are none, %s", name, strings.Join(known, ", "))
		}
		if slices.Contains(out, Stratifiers[k]) {
			return nil, fmt.Errorf("the strata %s are named twice", name)
		}
		out = append(out, Stratifiers[k])
	}
	return out, nil
}
