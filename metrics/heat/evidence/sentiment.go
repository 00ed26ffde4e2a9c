package evidence

import (
	"math"

	"threadheat/metrics/internal/words"
)

// The constants of VADER (Hutto & Gilbert 2014), as its code has them (MIT).
const (
	boost    = 0.293
	capitals = 0.733
	negate   = -0.74
	marks    = 0.292
	maxMarks = 4
	alpha    = 15
)

// Sentiment is how pleasant the writer's own words are, from -1 to 1, by the
// rules of VADER: capitals among small letters, words such as "very" and "not"
// up to three words before, exclamation marks, and what comes after a "but"
// counting more than what comes before. The values of the words are our own, in
// French and English. 0 where no word has one.
func (r *Reader) Sentiment() float64 {
	but := -1
	small, large := false, false
	for k := range r.Words {
		if r.own(k) {
			if r.Trait(k)&words.But != 0 && but < 0 {
				but = k
			}
			upper := r.shouting(k)
			small, large = small || !upper, large || upper
		}
	}
	sum := 0.0
	for k := range r.Words {
		if !r.own(k) {
			continue
		}
		v := r.Valence(k)
		if v == 0 {
			continue
		}
		v = r.inContext(k, v, small && large)
		switch {
		case but < 0:
		case k < but:
			v *= 0.5
		case k > but:
			v *= 1.5
		}
		sum += v
	}
	if sum == 0 {
		return 0
	}
	loud := 0
	for _, m := range r.Marks {
		if m.Loud && m.Zone == words.Own {
			loud += int(m.Count)
		}
	}
	sum += math.Copysign(marks*float64(min(loud, maxMarks)), sum)
	return sum / math.Sqrt(sum*sum+alpha)
}

func (r *Reader) shouting(k int) bool {
	w := &r.Words[k]
	return w.Shape&words.Capitals != 0 && w.End-w.Start > 1
}

// inContext is the value of word k after what stands before it.
func (r *Reader) inContext(k int, v float64, mixed bool) float64 {
	if mixed && r.shouting(k) {
		v += math.Copysign(capitals, v)
	}
	negated := false
	for d, damp := range [3]float64{1, 0.95, 0.9} {
		j := k - 1 - d
		if j < 0 || !r.own(j) {
			break
		}
		t := r.Trait(j)
		negated = negated || t&words.Negator != 0
		if r.Valence(j) != 0 || t&(words.Booster|words.Damper) == 0 {
			continue
		}
		s := boost
		if mixed && r.shouting(j) {
			s += capitals
		}
		if t&words.Damper != 0 {
			s = -s
		}
		v += math.Copysign(s, v) * math.Copysign(damp, s)
	}
	if negated {
		v *= negate
	}
	return v
}
