package nmf

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// drawn is a random sparse matrix and the same as a dense one.
func drawn(rng *rand.Rand, rows, words int) (*Matrix, *mat.Dense) {
	m := &Matrix{Start: []int{0}, Words: words}
	dense := mat.NewDense(rows, words, nil)
	for d := range rows {
		for w := range words {
			if rng.IntN(3) == 0 {
				x := rng.Float64()
				dense.Set(d, w, x)
				m.Word, m.Weight = append(m.Word, int32(w)), append(m.Weight, x)
			}
		}
		m.Start = append(m.Start, len(m.Word))
	}
	return m, dense
}

// TestSVD checks the values against gonum's, and that vectors are such:
// ‖M·v‖ is the value and M·v points along u.
func TestSVD(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rows, words := 1+rng.IntN(30), 1+rng.IntN(30)
		m, dense := drawn(rng, rows, words)
		var svd mat.SVD
		if !svd.Factorize(dense, mat.SVDThin) {
			t.Fatal("gonum does not factorise")
		}
		want := svd.Values(nil)
		values, left, right := SVD(m, 3)
		k := len(values)
		if k != min(3, rows, words) {
			t.Fatalf("%d values of %d × %d", k, rows, words)
		}
		for c, x := range values {
			if math.Abs(x-want[c]) > 0.02*want[0] {
				t.Errorf("%d × %d: value %d = %.4f, want %.4f", rows, words, c, x, want[c])
			}
			mv := make([]float64, rows*k)
			m.times(mv, right, k)
			for d := range rows {
				if math.Abs(mv[d*k+c]-x*left[d*k+c]) > 1e-9 {
					t.Fatalf("M·v is not σ·u: %v, want %v", mv[d*k+c], x*left[d*k+c])
				}
			}
		}
	}
}

// rest is ‖M − W·H‖ / ‖M‖, entry by entry.
func rest(dense *mat.Dense, t *Topics) float64 {
	rows, words := dense.Dims()
	var lost, all float64
	for d := range rows {
		for w := range words {
			x := dense.At(d, w)
			all += x * x
			for c := range t.K {
				x -= t.W[d*t.K+c] * t.H[w*t.K+c]
			}
			lost += x * x
		}
	}
	return math.Sqrt(lost / all)
}

// TestFactor checks that no entry is negative, that Lost is what the entries say, and
// that topics lose no less than singular vectors, which are the best of that number,
// and little more than the multiplicative updates of Lee and Seung from many starts.
func TestFactor(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 10 {
		rows, words := 4+rng.IntN(12), 4+rng.IntN(12)
		m, dense := drawn(rng, rows, words)
		got := Factor(m, 3)
		if slices.Min(got.W) < 0 || slices.Min(got.H) < 0 {
			t.Fatal("negative entries")
		}
		if want := rest(dense, got); math.Abs(got.Lost-want) > 1e-9 {
			t.Errorf("lost %.9f, want %.9f", got.Lost, want)
		}
		var svd mat.SVD
		svd.Factorize(dense, mat.SVDThin)
		var kept, all float64
		for c, x := range svd.Values(nil) {
			if all += x * x; c < 3 {
				kept += x * x
			}
		}
		if least := math.Sqrt(1 - kept/all); got.Lost < least-1e-9 {
			t.Errorf("lost %.6f, less than can be: %.6f", got.Lost, least)
		}
		if best := leeSeung(rng, dense, 3); got.Lost > best+0.06 {
			t.Errorf("lost %.4f, the slow twin %.4f", got.Lost, best)
		}
	}
}

// leeSeung is what the multiplicative updates lose at best, from ten starts.
func leeSeung(rng *rand.Rand, dense *mat.Dense, k int) float64 {
	rows, words := dense.Dims()
	best := math.Inf(1)
	for range 10 {
		w, h := mat.NewDense(rows, k, nil), mat.NewDense(k, words, nil)
		for _, a := range []*mat.Dense{w, h} {
			a.Apply(func(_, _ int, _ float64) float64 { return 0.1 + rng.Float64() }, a)
		}
		scaled := func(a, up, down *mat.Dense) {
			a.Apply(func(i, j int, x float64) float64 { return x * up.At(i, j) / (down.At(i, j) + 1e-12) }, a)
		}
		for range 300 {
			var up, wh, down mat.Dense
			up.Mul(w.T(), dense)
			wh.Mul(w, h)
			down.Mul(w.T(), &wh)
			scaled(h, &up, &down)
			var up2, wh2, down2 mat.Dense
			up2.Mul(dense, h.T())
			wh2.Mul(w, h)
			down2.Mul(&wh2, h.T())
			scaled(w, &up2, &down2)
		}
		t := &Topics{K: k, W: w.RawMatrix().Data, H: mat.DenseCopyOf(h.T()).RawMatrix().Data}
		best = min(best, rest(dense, t))
	}
	return best
}

// TestTwoBlocks has documents of two subjects without a word in common: the topics
// are these, and nothing is lost.
func TestTwoBlocks(t *testing.T) {
	m := &Matrix{Start: []int{0}, Words: 4}
	for d := range 6 {
		first := int32(d % 2 * 2)
		m.Word, m.Weight = append(m.Word, first, first+1), append(m.Weight, 1+float64(d%2), 2)
		m.Start = append(m.Start, len(m.Word))
	}
	got := Factor(m, 2)
	if got.Lost > 1e-6 {
		t.Errorf("lost %v of two topics, want nothing", got.Lost)
	}
	for d := range 6 {
		if a, b := got.W[2*d], got.W[2*d+1]; (a > 0) == (b > 0) {
			t.Errorf("document %d is of both topics or none: %v, %v", d, a, b)
		}
	}
}

func TestNothing(t *testing.T) {
	for name, m := range map[string]*Matrix{
		"nothing":      {Start: []int{0}},
		"no word":      {Start: []int{0, 0, 0}},
		"empty rows":   {Start: []int{0, 0, 0}, Words: 3},
		"one word":     {Start: []int{0, 1}, Word: []int32{0}, Weight: []float64{2}, Words: 1},
		"all the same": {Start: []int{0, 1, 2, 3}, Word: []int32{0, 0, 0}, Weight: []float64{1, 1, 1}, Words: 2},
	} {
		got := Factor(m, 3)
		for _, x := range append(slices.Clone(got.W), got.H...) {
			if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
				t.Errorf("%s: %v", name, x)
			}
		}
	}
}

func BenchmarkFactor(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	m := &Matrix{Start: []int{0}, Words: 1000}
	for range 2000 {
		for w := range 20 {
			m.Word, m.Weight = append(m.Word, int32(w*50+rng.IntN(50))), append(m.Weight, rng.Float64())
		}
		m.Start = append(m.Start, len(m.Word))
	}
	for b.Loop() {
		Factor(m, 8)
	}
}
