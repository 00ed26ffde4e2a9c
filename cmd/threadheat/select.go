package main

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
)

// selectMeasures is what --measure asks for: names, groups and "all", in the
// order of the catalogue. A name may stand for a measure of the thread and one
// of its pairs: both are meant. Those of scores brought along are there where given,
// or where they are asked for by name.
func selectMeasures(asked []string, given bool) ([]*metrics.Measure, error) {
	if len(asked) == 0 {
		return defaultMeasures(given), nil
	}
	want := map[string]bool{}
	for _, name := range asked {
		want[strings.TrimSpace(name)] = true
	}
	var chosen []*metrics.Measure
	known := []string{"all"}
	for _, m := range catalogue.Measures {
		if want[m.Name] || (want[m.Group] || want["all"]) && (given || !slices.Contains(catalogue.OfGiven, m)) {
			chosen = append(chosen, m)
		}
		known = append(known, m.Name, m.Group)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, name := range asked {
		if name = strings.TrimSpace(name); !slices.Contains(known, name) {
			return nil, misusef("no measure or group is named %q%s; `threadheat measures` lists them", name, didYouMean(name, known))
		}
	}
	return chosen, nil
}

// defaultMeasures are those that are computed where nobody asks for some by name.
func defaultMeasures(given bool) []*metrics.Measure {
	if given {
		return catalogue.DefaultWithGiven
	}
	return catalogue.Default
}
