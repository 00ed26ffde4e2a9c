package stats

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Change is an estimate with its 95 % interval and the two-sided p-value of the
// test that it is 0.
type Change struct {
	X  float64
	CI [2]float64
	P  float64
}

// Interrupted fits a line that may jump and bend at 0,
//
//	y = b₀ + b₁x + b₂ [x ≥ 0] + b₃ x [x ≥ 0] + e,
//
// by least squares: an interrupted time series (Wagner et al. 2002). level is b₂,
// slope b₃, per unit of x. Their errors bear with residuals that resemble those of
// their neighbours, up to ⌊4 (n/100)^(2/9)⌋ places away (Newey & West 1987), and are
// widened by n/(n−4); intervals and p are Student's with n−4 degrees of freedom. xs
// must ascend. False where a side has not two different xs, there are fewer than six
// points, or the ys lie on the two lines exactly. O(n · places).
func Interrupted(xs, ys []float64) (level, slope Change, ok bool) {
	n := len(xs)
	after := 0
	for after < n && xs[after] < 0 {
		after++
	}
	if n < 6 || after < 2 || after > n-2 || xs[0] == xs[after-1] || xs[after] == xs[n-1] {
		return level, slope, false
	}
	const terms = 4
	scale := max(-xs[0], xs[n-1]) // so that all terms are of a size
	design := mat.NewDense(n, terms, nil)
	for i, x := range xs {
		x /= scale
		design.SetRow(i, []float64{1, x, 0, 0})
		if i >= after {
			design.SetRow(i, []float64{1, x, 1, x})
		}
	}
	var square, bread mat.Dense
	square.Mul(design.T(), design)
	if bread.Inverse(&square) != nil {
		return level, slope, false
	}
	var toY, b, fitted mat.VecDense
	y := mat.NewVecDense(n, ys)
	toY.MulVec(design.T(), y)
	b.MulVec(&bread, &toY)
	fitted.MulVec(design, &b)
	// Row i of the scores is that of the design times the residual.
	scores := mat.NewDense(n, terms, nil)
	residuals, size := 0.0, 0.0
	for i := range n {
		e := ys[i] - fitted.AtVec(i)
		residuals += e * e
		size += ys[i] * ys[i]
		for k := range terms {
			scores.Set(i, k, e*design.At(i, k))
		}
	}
	if residuals <= 1e-24*size {
		return level, slope, false
	}
	lags := int(4 * math.Pow(float64(n)/100, 2./9))
	filling := mat.NewDense(terms, terms, nil)
	for lag := range min(lags, n-1) + 1 {
		var with mat.Dense
		with.Mul(scores.Slice(lag, n, 0, terms).T(), scores.Slice(0, n-lag, 0, terms))
		if lag == 0 {
			filling.Add(filling, &with)
			continue
		}
		with.Scale(1-float64(lag)/float64(lags+1), &with)
		filling.Add(filling, &with)
		filling.Add(filling, with.T())
	}
	var left, cov mat.Dense
	left.Mul(&bread, filling)
	cov.Mul(&left, &bread)
	widen := float64(n) / float64(n-terms)
	change := func(k int, unit float64) Change {
		se := math.Sqrt(max(0, widen*cov.At(k, k)))
		x := b.AtVec(k)
		half := student95(n-terms) * se
		t := distuv.StudentsT{Sigma: 1, Nu: float64(n - terms)}
		p := 1.0
		if se > 0 {
			p = max(2*t.Survival(math.Abs(x)/se), math.SmallestNonzeroFloat64)
		}
		return Change{X: x / unit, CI: [2]float64{(x - half) / unit, (x + half) / unit}, P: p}
	}
	return change(2, 1), change(3, scale), true
}
