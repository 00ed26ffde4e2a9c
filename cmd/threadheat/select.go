package main

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
)

// selectMeasures is what --measure asks for: names, groups and "all", in the
// order of the catalogue. A name may stand for a measure of the thread and one
// of its pairs: both are meant.
func selectMeasures(asked []string) ([]*metrics.Measure, error) {
	if len(asked) == 0 {
		return catalogue.Default, nil
	}
	want := map[string]bool{}
	for _, name := range asked {
		want[strings.TrimSpace(name)] = true
	}
	if want["all"] {
		return catalogue.Measures, nil
	}
	var chosen []*metrics.Measure
	known := []string{"all"}
	for _, m := range catalogue.Measures {
		if want[m.Name] || want[m.Group] {
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
