package main

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
)

// selectMeasures is what --measure asks for: names, groups and "all", in the
// order of the catalogue. A name may stand for a measure of the thread and one
// of its pairs: both are meant. Those of scores and of labels brought along are there
// where given, or where they are asked for by name.
func selectMeasures(asked []string, given, labelled bool) ([]*metrics.Measure, error) {
	if len(asked) == 0 {
		ms := defaultMeasures(given)
		if labelled {
			ms = inOrder(slices.Concat(ms, catalogue.OfLabels))
		}
		return ms, nil
	}
	want := map[string]bool{}
	for _, name := range asked {
		want[strings.TrimSpace(name)] = true
	}
	var chosen []*metrics.Measure
	known := []string{"all"}
	for _, m := range catalogue.Measures {
		there := (given || !slices.Contains(catalogue.OfGiven, m)) && (labelled || !slices.Contains(catalogue.OfLabels, m))
		if want[m.Name] || (want[m.Group] || want["all"]) && there {
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

// inOrder are measures in the order of the catalogue.
func inOrder(ms []*metrics.Measure) []*metrics.Measure {
	return slices.DeleteFunc(slices.Clone(catalogue.Measures), func(m *metrics.Measure) bool { return !slices.Contains(ms, m) })
}

// defaultMeasures are those that are computed where nobody asks for some by name.
func defaultMeasures(given bool) []*metrics.Measure {
	if given {
		return catalogue.DefaultWithGiven
	}
	return catalogue.Default
}
