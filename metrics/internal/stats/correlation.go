package stats

import "math"

// SpearmanBand is the 95 % interval of a rank correlation r of n independent
// points,
//
//	tanh(atanh r ± 1.96 √((1 + r²/2)/(n − 3)))
//
// (Bonett & Wright 2000, doi:10.1007/BF02294183). False below 10 points, for which
// it is not made, and where |r| is 1.
func SpearmanBand(r float64, n int) (ci [2]float64, ok bool) {
	if n < 10 || math.Abs(r) >= 1 {
		return ci, false
	}
	half := normal95 * math.Sqrt((1+r*r/2)/float64(n-3))
	z := math.Atanh(r)
	return [2]float64{math.Tanh(z - half), math.Tanh(z + half)}, true
}
