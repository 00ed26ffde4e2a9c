// Package nmf factors a sparse matrix of documents by words into few topics.
package nmf

import (
	"math"
	"math/rand/v2"
)

// Matrix is a sparse matrix of documents by words, without negative entries. Row d
// has the words and weights at Start[d] … Start[d+1]-1, no word twice.
type Matrix struct {
	Start  []int
	Word   []int32
	Weight []float64
	Words  int // columns
}

// Rows is the number of documents.
func (m *Matrix) Rows() int { return len(m.Start) - 1 }

// times sets out, documents by k, to M·v, v being words by k.
func (m *Matrix) times(out, v []float64, k int) {
	clear(out)
	for d := range m.Rows() {
		row := out[d*k : (d+1)*k]
		for e := m.Start[d]; e < m.Start[d+1]; e++ {
			x, from := m.Weight[e], v[int(m.Word[e])*k:][:k]
			for c := range row {
				row[c] += x * from[c]
			}
		}
	}
}

// transposed sets out, words by k, to Mᵀ·u, u being documents by k.
func (m *Matrix) transposed(out, u []float64, k int) {
	clear(out)
	for d := range m.Rows() {
		from := u[d*k : (d+1)*k]
		for e := m.Start[d]; e < m.Start[d+1]; e++ {
			x, row := m.Weight[e], out[int(m.Word[e])*k:][:k]
			for c := range row {
				row[c] += x * from[c]
			}
		}
	}
}

// iterations of the subspace, and more vectors than asked for: what is left of a
// vector beyond them shrinks by (σ_{k+5}/σ_k)² with each.
const (
	iterations = 15
	spare      = 4
)

// SVD are the k greatest singular values of m with their vectors, documents by k and
// words by k, by orthogonal iteration from a fixed start: fewer where m has fewer
// rows or columns. Values that lie close are told apart roughly. O(15·k·entries).
func SVD(m *Matrix, k int) (values, left, right []float64) {
	p := min(k+spare, m.Rows(), m.Words)
	if p <= 0 {
		return nil, nil, nil
	}
	k = min(k, p)
	rng := rand.New(rand.NewPCG(1, 71))
	u, v := make([]float64, m.Rows()*p), make([]float64, m.Words*p)
	for i := range v {
		v[i] = rng.NormFloat64()
	}
	orthogonal(v, p)
	lengths := make([]float64, p)
	for range iterations {
		m.times(u, v, p)
		orthogonal(u, p)
		m.transposed(v, u, p)
		copy(lengths, orthogonal(v, p))
	}
	// What is orthogonal is not yet diagonal: that of MV is, by rotation.
	m.times(u, v, p)
	rotate(u, v, p)
	for c := range p {
		sum := 0.0
		for d := range m.Rows() {
			sum += u[d*p+c] * u[d*p+c]
		}
		lengths[c] = math.Sqrt(sum)
	}
	order := make([]int, p)
	for c := range order {
		order[c] = c
		for at := c; at > 0 && lengths[order[at]] > lengths[order[at-1]]; at-- {
			order[at], order[at-1] = order[at-1], order[at]
		}
	}
	left, right = make([]float64, m.Rows()*k), make([]float64, m.Words*k)
	for to, from := range order[:k] {
		values = append(values, lengths[from])
		for d := range m.Rows() {
			if lengths[from] > 0 {
				left[d*k+to] = u[d*p+from] / lengths[from]
			}
		}
		for w := range m.Words {
			right[w*k+to] = v[w*p+from]
		}
	}
	return values, left, right
}

// orthogonal makes the p columns of a orthonormal, twice for the sake of rounding
// (Gram-Schmidt), and returns how long they were beside those before; columns
// that depend on those before become 0.
func orthogonal(a []float64, p int) []float64 {
	n := len(a) / p
	lengths := make([]float64, p)
	for c := range p {
		whole := 0.0
		for i := range n {
			whole += a[i*p+c] * a[i*p+c]
		}
		for range 2 {
			for b := range c {
				dot := 0.0
				for i := range n {
					dot += a[i*p+b] * a[i*p+c]
				}
				for i := range n {
					a[i*p+c] -= dot * a[i*p+b]
				}
			}
		}
		sum := 0.0
		for i := range n {
			sum += a[i*p+c] * a[i*p+c]
		}
		scale := 0.0
		if sum > 1e-20*whole {
			lengths[c] = math.Sqrt(sum)
			scale = 1 / lengths[c]
		}
		for i := range n {
			a[i*p+c] *= scale
		}
	}
	return lengths
}

// rotate turns pairs of columns of u, and of v with them, until those of u are
// orthogonal (one-sided Jacobi).
func rotate(u, v []float64, p int) {
	for range 30 {
		still := true
		for a := range p {
			for b := a + 1; b < p; b++ {
				var aa, bb, ab float64
				for i := a; i < len(u); i += p {
					x, y := u[i], u[i+b-a]
					aa, bb, ab = aa+x*x, bb+y*y, ab+x*y
				}
				if math.Abs(ab) <= 1e-13*math.Sqrt(aa*bb) {
					continue
				}
				still = false
				tau := (bb - aa) / (2 * ab)
				tan := 1 / (math.Abs(tau) + math.Sqrt(1+tau*tau))
				if tau < 0 {
					tan = -tan
				}
				cos := 1 / math.Sqrt(1+tan*tan)
				sin := cos * tan
				for _, m := range [2][]float64{u, v} {
					for i := a; i < len(m); i += p {
						x, y := m[i], m[i+b-a]
						m[i], m[i+b-a] = cos*x-sin*y, sin*x+cos*y
					}
				}
			}
		}
		if still {
			return
		}
	}
}

// Topics are a factorisation M ≈ W·H with k topics and without negative entries.
type Topics struct {
	K    int
	W    []float64 // documents by topics
	H    []float64 // words by topics: H transposed
	Lost float64   // ‖M − W·H‖ / ‖M‖
}

// rounds of improvement; they end where none brings more than one in 10,000.
const rounds = 200

// Factor makes k topics of m. It begins with the non-negative parts of the singular
// vectors (NNDSVD; Boutsidis & Gallopoulos 2008) and improves one column after the
// other (HALS; Cichocki & Phan 2009), so that no round makes it worse. Nothing is
// random. O(rounds·k·(entries + k·(documents + words))).
func Factor(m *Matrix, k int) *Topics {
	values, left, right := SVD(m, k)
	k = len(values)
	t := &Topics{K: k, W: make([]float64, m.Rows()*k), H: make([]float64, m.Words*k)}
	for c, value := range values {
		start(t.W, t.H, left, right, k, c, value)
	}
	norm := 0.0
	for _, x := range m.Weight {
		norm += x * x
	}
	if k == 0 || norm == 0 {
		return t
	}
	mh, mw := make([]float64, len(t.W)), make([]float64, len(t.H))
	last := math.Inf(1)
	for range rounds {
		m.times(mh, t.H, k)
		improve(t.W, mh, gram(t.H, k), k)
		m.transposed(mw, t.W, k)
		g := gram(t.W, k)
		improve(t.H, mw, g, k)
		// ‖M − WH‖² = ‖M‖² − 2·tr(HᵀMᵀW) + tr(WᵀW·HHᵀ)
		lost := norm
		for i, x := range t.H {
			lost -= 2 * x * mw[i]
		}
		for i, x := range gram(t.H, k) {
			lost += x * g[i]
		}
		t.Lost = math.Sqrt(max(lost, 0) / norm)
		if last-t.Lost < 1e-4*t.Lost {
			break
		}
		last = t.Lost
	}
	return t
}

// start sets topic c to the part of a singular pair, positive or negative, that
// weighs more.
func start(w, h, left, right []float64, k, c int, value float64) {
	var norms [2][2]float64 // of left and right; positive, negative
	for side, a := range [2][]float64{left, right} {
		for i := c; i < len(a); i += k {
			if a[i] > 0 {
				norms[side][0] += a[i] * a[i]
			} else {
				norms[side][1] += a[i] * a[i]
			}
		}
	}
	part, sign := 0, 1.0
	if norms[0][1]*norms[1][1] > norms[0][0]*norms[1][0] {
		part, sign = 1, -1
	}
	u, v := math.Sqrt(norms[0][part]), math.Sqrt(norms[1][part])
	if u == 0 || v == 0 {
		return
	}
	scale := math.Sqrt(value * u * v)
	for i := c; i < len(left); i += k {
		w[i] = scale * max(0, sign*left[i]) / u
	}
	for i := c; i < len(right); i += k {
		h[i] = scale * max(0, sign*right[i]) / v
	}
}

// gram is aᵀa, a having k columns.
func gram(a []float64, k int) []float64 {
	g := make([]float64, k*k)
	for i := 0; i < len(a); i += k {
		for b := range k {
			if x := a[i+b]; x != 0 {
				for c := range k {
					g[b*k+c] += x * a[i+c]
				}
			}
		}
	}
	return g
}

// improve sets the columns of a, one after the other, to the best without negative
// entries, where target is M times the other factor and g that factor's gram.
func improve(a, target, g []float64, k int) {
	for c := range k {
		if g[c*k+c] == 0 {
			continue
		}
		for i := 0; i < len(a); i += k {
			x := target[i+c]
			for b := range k {
				if b != c {
					x -= a[i+b] * g[b*k+c]
				}
			}
			a[i+c] = max(0, x/g[c*k+c])
		}
	}
}
