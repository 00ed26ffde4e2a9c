package table_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/replygraph"
	"threadheat/thread"
)

// person is one of those that --details puts on a side.
type person struct {
	side, place int
	boundary    bool
	friends     []string
}

// Controversy, boundary connectivity and dipole moment follow from the sides that are
// written and from who answered whom: each is worked out anew from these alone.
func TestSidesTellTheMeasures(t *testing.T) {
	ms := []*metrics.Measure{replygraph.RWC, replygraph.BoundaryConnectivity, replygraph.DipoleMoment}
	for seed := range uint64(5) {
		th := twoCamps(seed)
		people := map[string]*person{}
		for _, p := range detailed(t, th, ms...)["sides"].([]any) {
			of := p.(map[string]any)
			people[of["author"].(string)] = &person{side: int(of["side"].(float64)), place: int(of["place"].(float64)), boundary: of["boundary"].(bool)}
		}
		if len(people) != 24 {
			t.Fatalf("seed %d: %d people on sides, want 24", seed, len(people))
		}
		linked := map[[2]string]bool{}
		for i := range th.All() {
			p := th.Parent(i)
			if p == thread.NoIndex || th.Author(i) == th.Author(p) {
				continue
			}
			a, b := th.AuthorName(th.Author(i)), th.AuthorName(th.Author(p))
			if !linked[[2]string{a, b}] {
				linked[[2]string{a, b}], linked[[2]string{b, a}] = true, true
				people[a].friends, people[b].friends = append(people[a].friends, b), append(people[b].friends, a)
			}
		}
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), ms)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]float64{"rwc": walks(people), "boundary-connectivity": boundary(t, people), "dipole-moment": dipole(people)} {
			if v := table.Value(name); !v.Defined() || math.Abs(v.X-want) > 1e-6 {
				t.Errorf("seed %d: %s = %v, from the sides %v", seed, name, v.X, want)
			}
		}
	}
	if alone := detailed(t, twoCamps(1), replygraph.DipoleMoment)["sides"]; alone == nil {
		t.Error("no sides beside the dipole moment alone")
	}
}

// twoCamps are two dozen people of whom most answer those of their camp.
func twoCamps(seed uint64) *thread.Thread {
	r := rand.New(rand.NewPCG(seed, 5))
	b := thread.NewBuilder(thread.Meta{})
	for k := range 24 {
		b.Add(thread.Comment{ID: fmt.Sprint("c", k), Author: fmt.Sprint("author ", k)})
	}
	answer := func(a, b2 int) {
		if a != b2 {
			b.Add(thread.Comment{Author: fmt.Sprint("author ", a), Parent: fmt.Sprint("c", b2), Basis: thread.Declared})
		}
	}
	for k := range 24 {
		answer(k, k/12*12)
		for range 2 {
			answer(k, k/12*12+r.IntN(12))
		}
	}
	for range 7 {
		answer(r.IntN(12), 12+r.IntN(12))
	}
	return b.Build()
}

// settle lets everybody who is not fixed take the mean of their friends, over and over.
func settle(people map[string]*person, x map[string]float64, fixed func(*person) bool) {
	for range 5000 {
		for name, p := range people {
			if fixed(p) {
				continue
			}
			sum := 0.0
			for _, f := range p.friends {
				sum += x[f]
			}
			x[name] = sum / float64(len(p.friends))
		}
	}
}

func size(people map[string]*person, side int) (n float64) {
	for _, p := range people {
		if p.side == side {
			n++
		}
	}
	return n
}

func walks(people map[string]*person) float64 {
	k := max(1, min(10, int(min(size(people, 1), size(people, 2)))/4))
	x := map[string]float64{} // the chance to end on side 1
	for name, p := range people {
		if p.place <= k && p.side == 1 {
			x[name] = 1
		}
	}
	settle(people, x, func(p *person) bool { return p.place <= k })
	end := map[int]float64{}
	for _, p := range people {
		for _, f := range p.friends {
			end[p.side] += x[f] / float64(len(p.friends)) / size(people, p.side)
		}
	}
	// P(start on A | end on B), of starts on either side with the same chance.
	from := func(start, with float64) float64 { return start / with }
	one, two := end[1]+end[2], 2-end[1]-end[2]
	return from(end[1], one)*from(1-end[2], two) - from(1-end[1], two)*from(end[2], one)
}

func boundary(t *testing.T, people map[string]*person) float64 {
	crosses := map[string]bool{}
	for name, p := range people {
		for _, f := range p.friends {
			crosses[name] = crosses[name] || people[f].side != p.side
		}
	}
	sum, n := 0.0, 0.0
	for name, p := range people {
		in, out := 0.0, 0.0
		for _, f := range p.friends {
			if q := people[f]; q.side == p.side && !crosses[f] {
				in++
			} else if q.side != p.side && q.boundary {
				out++
			}
		}
		if p.boundary != (crosses[name] && in > 0) {
			t.Errorf("%s on the boundary: %t, by their links %t", name, p.boundary, !p.boundary)
		}
		if p.boundary {
			sum += in/(in+out) - .5
			n++
		}
	}
	return sum / n
}

func dipole(people map[string]*person) float64 {
	elite := func(p *person) bool { return float64(p.place) <= math.Ceil(size(people, p.side)/20) }
	x := map[string]float64{}
	for name, p := range people {
		if elite(p) {
			x[name] = float64(3 - 2*p.side)
		}
	}
	settle(people, x, elite)
	var above, below, over, under float64
	for _, o := range x {
		if o > 1e-9 {
			above++
			over += o
		} else if o < -1e-9 {
			below++
			under += o
		}
	}
	return (1 - math.Abs(above-below)/24) * (over/above - under/below) / 2
}
