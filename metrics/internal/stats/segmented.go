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
// slope b₃, per unit of x; xs must ascend. Residuals may resemble their neighbours:
// an error is the larger of that of Newey and West (1987), over ⌊4 (n/100)^(2/9)⌋
// places and with each residual over 1 − its leverage, as they tell too little for
// few points, and the ordinary one times √((1+ρ)/(1−ρ)), ρ the correlation of
// neighbours plus the 4/n by which four terms make it too small. Intervals and p are
// Student's with n−4 degrees of freedom. False where a side has not two different
// xs, there are fewer than six points, or the ys lie on the two lines exactly.
// O(n · places).
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
	residuals, size, next, last := 0.0, 0.0, 0.0, 0.0
	for i := range n {
		e := ys[i] - fitted.AtVec(i)
		residuals += e * e
		next += e * last
		last = e
		size += ys[i] * ys[i]
		row := design.RowView(i)
		lean := mat.Inner(row, &bread, row)
		for k := range terms {
			scores.Set(i, k, e/(1-lean)*design.At(i, k))
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
	// Near 1 the correlation says that there is next to no information.
	rho := min(next/residuals+terms/float64(n), 0.9)
	alike := max(1, (1+rho)/(1-rho))
	change := func(k int, unit float64) Change {
		se := math.Sqrt(max(cov.At(k, k), alike*residuals/float64(n-terms)*bread.At(k, k)))
		x := b.AtVec(k)
		half := Student95(n-terms) * se
		t := distuv.StudentsT{Sigma: 1, Nu: float64(n - terms)}
		p := 1.0
		if se > 0 {
			p = max(2*t.Survival(math.Abs(x)/se), math.SmallestNonzeroFloat64)
		}
		return Change{X: x / unit, CI: [2]float64{(x - half) / unit, (x + half) / unit}, P: p}
	}
	return change(2, 1), change(3, scale), true
}
