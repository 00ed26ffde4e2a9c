// Package cite holds the citations that measures of several packages share.
package cite

import "threadheat/metrics"

// Where what several measures use was published.
var (
	Gini      = metrics.Citation{Authors: "Gini", Title: "Variabilità e mutabilità", Venue: "Bologna: Cuppini", Year: 1912}
	Shannon   = metrics.Citation{Authors: "Shannon", Title: "A mathematical theory of communication", Venue: "Bell System Technical Journal 27", Year: 1948}
	Quantile7 = metrics.Citation{Authors: "Hyndman, Fan", Title: "Sample quantiles in statistical packages", Venue: "The American Statistician 50(4)", Year: 1996, Where: "definition 7", WhereFR: "définition 7"}
	// Own stands for what is counted or defined by this program.
	Own = metrics.Own
)
