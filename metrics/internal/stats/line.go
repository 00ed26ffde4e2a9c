package stats

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Line is a least-squares line with what is needed for its uncertainty.
type Line struct {
	Slope float64
	level float64 // height at the mean of x
	meanX float64
	sxx   float64 // sum of the squared distances from the mean of x
	sd    float64 // of the residuals; 0 below 3 points
	n     int
}

// FitLine fits a line to points; false where there are fewer than two or all
// have the same x. O(n).
func FitLine(xs, ys []float64) (Line, bool) {
	if len(xs) < 2 || constant(xs) {
		return Line{}, false
	}
	l := Line{n: len(xs), meanX: stat.Mean(xs, nil), level: stat.Mean(ys, nil)}
	var sxy, squares float64
	for i, x := range xs {
		l.sxx += (x - l.meanX) * (x - l.meanX)
		sxy += (x - l.meanX) * (ys[i] - l.level)
	}
	l.Slope = sxy / l.sxx
	for i, x := range xs {
		d := ys[i] - l.At(x)
		squares += d * d
	}
	if l.n > 2 {
		l.sd = math.Sqrt(squares / float64(l.n-2))
	}
	return l, true
}

// At is the height of the line at x.
func (l Line) At(x float64) float64 { return l.level + l.Slope*(x-l.meanX) }

// Band is the half width of the 95 % confidence band of the line at x, for
// independent residuals; 0 below 3 points, which tell nothing of it.
func (l Line) Band(x float64) float64 {
	return Student95(l.n-2) * l.sd * math.Sqrt(1/float64(l.n)+(x-l.meanX)*(x-l.meanX)/l.sxx)
}

// SlopeBand is the half width of the 95 % interval of the slope, as for Band.
func (l Line) SlopeBand() float64 { return Student95(l.n-2) * l.sd / math.Sqrt(l.sxx) }

// MeanBand is the mean of xs and the half width of its 95 % interval (Student's
// t), for independent values; 0 below two. The mean of none is NaN. O(n).
func MeanBand(xs []float64) (mean, half float64) {
	if len(xs) < 2 {
		return stat.Mean(xs, nil), 0
	}
	mean, sd := stat.MeanStdDev(xs, nil)
	return mean, Student95(len(xs)-1) * stat.StdErr(sd, float64(len(xs)))
}

// Student95 is the 0.975 quantile of Student's t with df degrees of freedom; 0
// for none.
func Student95(df int) float64 {
	if df < 1 {
		return 0
	}
	return distuv.StudentsT{Sigma: 1, Nu: float64(df)}.Quantile(0.975)
}
