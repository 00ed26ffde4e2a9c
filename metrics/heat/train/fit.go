package main

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"gonum.org/v1/gonum/optimize"

	"threadheat/metrics/heat/model"
)

// The constants of the fit, chosen on cross-validation, on leaving sets out and
// on the dev sets; see MODEL.md.
const (
	ridge     = 20     // λ of λ/2·|v|²
	total     = 1e4    // what the weights of all rows add up to
	clip      = 2.5    // largest naive Bayes log ratio
	smoothing = 1      // of the naive Bayes counts
	fewest    = 3      // rows that a feature must be seen in
	sources   = 2      // sources that a feature must be seen in
	rounds    = 60     // of L-BFGS at most
	close     = 2e-4   // relative change of the loss that ends it
	keep      = 100000 // features at most
)

// linear is a fitted model before it is rounded.
type linear struct {
	bias    [2]float64   // English, French
	weights [][2]float64 // by feature
}

const shards = 4 // fixed, so that sums do not depend on the processors

// fit learns from the rows that use picks: logistic regression over features that
// are multiplied with their naive Bayes log ratios (Wang, Manning 2012), whose
// coefficients are not negative, so that a weight never has another sign than the
// counts, with a second copy of every feature for French (Daumé 2007), by L-BFGS.
func fit(rows []row, feats *index, use func(*row) bool) *linear {
	var in []*row
	var size [32]float64
	for i := range rows {
		if r := &rows[i]; r.used && use(r) {
			in = append(in, r)
			size[r.set]++
		}
	}
	weight := make([]float64, len(in))
	sum := 0.0
	for i, r := range in {
		weight[i] = sets[r.set].Weight / math.Sqrt(size[r.set])
		sum += weight[i]
	}
	for i := range weight {
		weight[i] *= total / sum
	}

	// Features in use.
	count, from := make([]int32, len(feats.keys)), make([]uint16, len(feats.keys))
	for _, r := range in {
		for _, f := range r.ids {
			count[f]++
			from[f] |= 1 << sets[r.set].Source
		}
	}
	place := make([]int32, len(feats.keys))
	var kinds []model.Kind
	for f := range place {
		place[f] = -1
		if count[f] >= fewest && ones(from[f]) >= sources {
			place[f] = int32(len(kinds))
			kinds = append(kinds, feats.kinds[f])
		}
	}
	n := len(kinds)
	ids := make([][]int32, len(in))
	for i, r := range in {
		for _, f := range r.ids {
			if place[f] >= 0 {
				ids[i] = append(ids[i], place[f])
			}
		}
	}

	ratio := ratios(in, ids, weight, kinds)
	view := make([]model.View, n)
	for f, k := range kinds {
		view[f] = model.ViewOf(k)
	}

	// Parameters: shared, French, bias, French bias.
	var grads [shards][]float32
	for s := range grads {
		grads[s] = make([]float32, 2*n)
	}
	var biases [shards][2]float64
	var losses [shards]float64
	w := make([]float32, 2*n)
	run := func(x []float64) float64 {
		for f := range w {
			w[f] = float32(max(0, x[f])) * ratio[f]
		}
		var wg sync.WaitGroup
		for s := range shards {
			wg.Go(func() {
				g := grads[s]
				clear(g)
				biases[s], losses[s] = [2]float64{}, 0
				for i := s; i < len(in); i += shards {
					r := in[i]
					z := 0.0
					if r.Lang == "fr" {
						z = float64(dot(w[:n], w[n:], ids[i], view, &r.scale)) + x[2*n] + x[2*n+1]
					} else {
						z = float64(dot(w[:n], nil, ids[i], view, &r.scale)) + x[2*n]
					}
					y := 0.0
					if r.hot {
						y = 1
					}
					losses[s] += weight[i] * (math.Log1p(math.Exp(-math.Abs(z))) + max(z, 0) - y*z)
					e := weight[i] * (1/(1+math.Exp(-z)) - y)
					biases[s][0] += e
					var d [model.NumViews]float32
					for v := range d {
						d[v] = float32(e) * r.scale[v]
					}
					for _, f := range ids[i] {
						g[f] += d[view[f]]
					}
					if r.Lang == "fr" {
						biases[s][1] += e
						for _, f := range ids[i] {
							g[n+int(f)] += d[view[f]]
						}
					}
				}
			})
		}
		wg.Wait()
		loss := 0.0
		for s := range shards {
			loss += losses[s]
		}
		for f := range w {
			loss += ridge / 2 * x[f] * x[f]
		}
		return loss
	}
	var at []float64
	loss := 0.0
	ensure := func(x []float64) float64 {
		if !slices.Equal(at, x) {
			loss = run(x)
			at = append(at[:0], x...)
		}
		return loss
	}
	problem := optimize.Problem{
		Func: ensure,
		Grad: func(grad, x []float64) {
			ensure(x)
			for f := range w {
				d := 0.0
				if x[f] >= 0 {
					for s := range shards {
						d += float64(grads[s][f])
					}
				}
				grad[f] = d*float64(ratio[f]) + ridge*x[f]
			}
			for l := range 2 {
				grad[2*n+l] = 0
				for s := range shards {
					grad[2*n+l] += biases[s][l]
				}
			}
		},
	}
	// An error is a line search that finds nothing better any more: the result is
	// the best so far.
	res, _ := optimize.Minimize(problem, make([]float64, 2*n+2), &optimize.Settings{
		MajorIterations: rounds, GradientThreshold: 1,
		Converger: &optimize.FunctionConverge{Relative: close, Iterations: 3},
	}, &optimize.LBFGS{Store: 8})

	out := &linear{weights: make([][2]float64, len(feats.keys))}
	out.bias = [2]float64{res.X[2*n], res.X[2*n] + res.X[2*n+1]}
	for f, p := range place {
		if p >= 0 {
			en := max(0, res.X[p]) * float64(ratio[p])
			out.weights[f] = [2]float64{en, en + max(0, res.X[n+int(p)])*float64(ratio[n+int(p)])}
		}
	}
	return out
}

func dot(w, more []float32, ids []int32, view []model.View, scale *[model.NumViews]float32) float32 {
	z := float32(0)
	if more == nil {
		for _, f := range ids {
			z += w[f] * scale[view[f]]
		}
		return z
	}
	for _, f := range ids {
		z += (w[f] + more[f]) * scale[view[f]]
	}
	return z
}

// ratios are the naive Bayes log ratios, of all rows and of the French ones,
// clipped, and without the sign that words of anger and politeness cannot have.
func ratios(in []*row, ids [][]int32, weight []float64, kinds []model.Kind) []float32 {
	n := len(kinds)
	var by [2][]float64 // cool, hot
	for y := range by {
		by[y] = make([]float64, 2*n)
	}
	var sum [2][2]float64 // all and French, cool and hot
	for i, r := range in {
		y := 0
		if r.hot {
			y = 1
		}
		sum[0][y] += weight[i]
		for _, f := range ids[i] {
			by[y][f] += weight[i]
		}
		if r.Lang == "fr" {
			sum[1][y] += weight[i]
			for _, f := range ids[i] {
				by[y][n+int(f)] += weight[i]
			}
		}
	}
	out := make([]float32, 2*n)
	for f := range out {
		s := sum[f/n]
		if by[0][f]+by[1][f] == 0 {
			continue
		}
		hot := (by[1][f] + smoothing*s[1]/(s[0]+s[1])) / s[1]
		cool := (by[0][f] + smoothing*s[0]/(s[0]+s[1])) / s[0]
		x := max(-clip, min(clip, math.Log(hot/cool)))
		switch kinds[f%n] {
		case model.Angry:
			x = max(0, x)
		case model.Polite:
			x = min(0, x)
		}
		out[f] = float32(x)
	}
	return out
}

func ones(x uint16) (n int) {
	for ; x > 0; x &= x - 1 {
		n++
	}
	return n
}

// round makes what is stored of a fitted model: the features that weigh most,
// their weights rounded.
func round(l *linear, feats *index) *model.Weights {
	out := &model.Weights{Bias: l.bias, Mark: model.Fingerprint()}
	for i := range out.Fit {
		out.Fit[i] = [2]float64{0, 1}
	}
	var order []int
	var sizes []float64
	for f, w := range l.weights {
		if size := max(math.Abs(w[0]), math.Abs(w[1])); size > 0 {
			order = append(order, f)
			sizes = append(sizes, size)
		}
	}
	if len(order) == 0 {
		out.Max = 1
		return out
	}
	slices.Sort(sizes)
	out.Max = sizes[len(sizes)*9995/10000] // the few above are capped
	big := func(f int) float64 { return max(math.Abs(l.weights[f][0]), math.Abs(l.weights[f][1])) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(big(b), big(a)) })
	order = order[:min(len(order), keep)]
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(feats.keys[a], feats.keys[b]) })
	for _, f := range order {
		w := l.weights[f]
		v := [2]int8{model.Quantise(w[0], out.Max), model.Quantise(w[1], out.Max)}
		if v != [2]int8{} {
			out.Keys, out.Vals = append(out.Keys, feats.keys[f]), append(out.Vals, v)
		}
	}
	return out
}
