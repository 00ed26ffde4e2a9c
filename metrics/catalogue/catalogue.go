// Package catalogue lists every measure.
package catalogue

import "threadheat/metrics"

// Measures are all measures, in the order in which they are shown.
var Measures = []*metrics.Measure{}
