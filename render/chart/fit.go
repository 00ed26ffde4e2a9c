package chart

import "math"

// fewest is the number of values below which no interval is drawn: it would
// fill the panel.
const fewest = 4

// fitted is a least-squares line with what is needed for its uncertainty.
type fitted struct {
	slope, level float64 // level is the height at the mean of x
	meanX, sxx   float64
	s            float64 // residual standard deviation
	n            int
}

// leastSquares fits a line; false where there are fewer than two points or all
// have the same x.
func leastSquares(ps []pt) (f fitted, ok bool) {
	f.n = len(ps)
	if f.n < 2 {
		return f, false
	}
	for _, p := range ps {
		f.meanX += p.x / float64(f.n)
		f.level += p.y / float64(f.n)
	}
	sxy := 0.0
	for _, p := range ps {
		f.sxx += (p.x - f.meanX) * (p.x - f.meanX)
		sxy += (p.x - f.meanX) * (p.y - f.level)
	}
	if f.sxx == 0 {
		return f, false
	}
	f.slope = sxy / f.sxx
	sse := 0.0
	for _, p := range ps {
		d := p.y - f.at(p.x)
		sse += d * d
	}
	if f.n > 2 {
		f.s = math.Sqrt(sse / float64(f.n-2))
	}
	return f, true
}

func (f fitted) at(x float64) float64 { return f.level + f.slope*(x-f.meanX) }

// band is the half width of the 95 % confidence band of the line at x. It takes
// the turns for independent, which replies are not: it is a guide for the eye.
func (f fitted) band(x float64) float64 {
	return student95(f.n-2) * f.s * math.Sqrt(1/float64(f.n)+(x-f.meanX)*(x-f.meanX)/f.sxx)
}

// slopeBand is the half width of the 95 % interval of the slope.
func (f fitted) slopeBand() float64 { return student95(f.n-2) * f.s / math.Sqrt(f.sxx) }

// meanBand is the mean and the half width of its 95 % interval; 0 below two values.
func meanBand(xs []float64) (mean, half float64) {
	n := float64(len(xs))
	for _, x := range xs {
		mean += x / n
	}
	if len(xs) < 2 {
		return mean, 0
	}
	ss := 0.0
	for _, x := range xs {
		ss += (x - mean) * (x - mean)
	}
	return mean, student95(len(xs)-1) * math.Sqrt(ss/(n-1)/n)
}

// student95 is the 0.975 quantile of Student's t with df degrees of freedom,
// within 0.001: from the tables up to 10, by the Cornish-Fisher expansion
// (Abramowitz and Stegun 26.7.5) beyond.
func student95(df int) float64 {
	table := []float64{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228}
	if df < 1 {
		return math.MaxFloat64
	}
	if df <= len(table) {
		return table[df-1]
	}
	const z = 1.959964
	v := float64(df)
	const z3, z5, z7 = z * z * z, z * z * z * z * z, z * z * z * z * z * z * z
	return z + (z3+z)/(4*v) + (5*z5+16*z3+3*z)/(96*v*v) + (3*z7+19*z5+17*z3-15*z)/(384*v*v*v)
}
