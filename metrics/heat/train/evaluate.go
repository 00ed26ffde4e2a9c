package main

import (
	"cmp"
	"math"
	"slices"

	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/heat/model"
)

// scored is a labelled comment with its score.
type scored struct {
	score  float64
	hot    bool
	group  string
	weight float64
}

// logOdds are the log-odds of the rows that use picks, by their place in rows.
func logOdds(w *model.Weights, rows []row, use func(*row) bool, out []float64) {
	var in evidence.Reader
	s := model.Scorer{Model: model.New(w)}
	for i := range rows {
		if r := &rows[i]; use(r) {
			in.Read(evidence.Input{Text: r.Text, Lang: langOf(r.Lang)})
			out[i] = s.LogOdds(&in)
		}
	}
}

// auc is the area under the ROC curve, ties counting half; NaN where one of the
// classes is empty.
func auc(xs []scored) float64 {
	xs = slices.Clone(xs)
	slices.SortFunc(xs, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	ranks, hot, cool := 0.0, 0.0, 0.0
	for i := 0; i < len(xs); {
		j := i
		for j < len(xs) && xs[j].score == xs[i].score {
			j++
		}
		for _, x := range xs[i:j] {
			if x.hot {
				ranks += float64(i+j+1) / 2
				hot++
			} else {
				cool++
			}
		}
		i = j
	}
	if hot == 0 || cool == 0 {
		return math.NaN()
	}
	return (ranks - hot*(hot+1)/2) / (hot * cool)
}

// averagePrecision is the area under precision against recall, as a sum over the
// hot comments from the hottest on; those with the same score come together.
func averagePrecision(xs []scored) float64 {
	xs = slices.Clone(xs)
	slices.SortFunc(xs, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	hot, sum := 0.0, 0.0
	for i := 0; i < len(xs); {
		j, new := i, 0.0
		for ; j < len(xs) && xs[j].score == xs[i].score; j++ {
			if xs[j].hot {
				new++
			}
		}
		hot += new
		sum += new * hot / float64(j)
		i = j
	}
	if hot == 0 {
		return math.NaN()
	}
	return sum / hot
}

// calibrationError is the expected calibration error over ten equal bins of
// probability (Naeini, Cooper, Hauskrecht 2015): the mean distance of the share
// of hot comments from the mean score, by weight. bins are those two and the
// number of comments.
func calibrationError(xs []scored) (ece float64, bins [10][3]float64) {
	total := 0.0
	var weight [10]float64
	for _, x := range xs {
		b := min(9, int(x.score*10))
		bins[b][0] += x.weight * x.score
		if x.hot {
			bins[b][1] += x.weight
		}
		bins[b][2]++
		weight[b] += x.weight
		total += x.weight
	}
	for b := range bins {
		if weight[b] > 0 {
			bins[b][0] /= weight[b]
			bins[b][1] /= weight[b]
			ece += weight[b] / total * math.Abs(bins[b][0]-bins[b][1])
		}
	}
	return ece, bins
}

// draws is the number of resamples of an interval.
const draws = 300

// interval is the 95 % bootstrap interval of the AUC, groups drawn as a whole.
func interval(xs []scored) (low, high float64) {
	by := map[string][]scored{}
	var names []string
	for i, x := range xs {
		name := x.group
		if name == "" {
			name = string(rune(i + 1))
		}
		if by[name] == nil {
			names = append(names, name)
		}
		by[name] = append(by[name], x)
	}
	r := splitMix(11)
	var as []float64
	var sample []scored
	for range draws {
		sample = sample[:0]
		for range names {
			sample = append(sample, by[names[r.n(len(names))]]...)
		}
		if a := auc(sample); !math.IsNaN(a) {
			as = append(as, a)
		}
	}
	if len(as) == 0 {
		return math.NaN(), math.NaN()
	}
	slices.Sort(as)
	return as[len(as)*25/1000], as[min(len(as)-1, len(as)*975/1000)]
}

// platt fits P = 1/(1+exp(-(a + b·z))) to labels by Newton's method (Platt 1999).
func platt(xs []scored) (a, b float64) {
	b = 1
	for range 50 {
		var ga, gb, haa, hab, hbb float64
		for _, x := range xs {
			p := 1 / (1 + math.Exp(-(a + b*x.score)))
			e := p
			if x.hot {
				e--
			}
			ga += x.weight * e
			gb += x.weight * e * x.score
			h := x.weight * p * (1 - p)
			haa += h
			hab += h * x.score
			hbb += h * x.score * x.score
		}
		det := haa*hbb - hab*hab
		if det < 1e-12 {
			break
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		a, b = a-da, b-db
		if math.Abs(da)+math.Abs(db) < 1e-10 {
			break
		}
	}
	return a, b
}
