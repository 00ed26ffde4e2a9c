package heat_test

import (
	"iter"
	"testing"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/thread"
)

// BenchmarkContext is all that is made of the heats of 100,000 comments, and of 30,
// once the heats are there.
func BenchmarkContext(b *testing.B) {
	for _, shape := range []struct {
		name     string
		comments iter.Seq[thread.Comment]
	}{
		{"bushy", fixtures.Bushy(100_000, 1)},
		{"chain", fixtures.Chain(100_000)},
		{"star", fixtures.Star(100_000)},
		{"small", fixtures.Bushy(30, 1)},
	} {
		th := fixtures.Build(shape.comments)
		given := giveAll(th, 1)
		b.Run(shape.name, func(b *testing.B) {
			for b.Loop() {
				c := metrics.NewContext(th, metrics.Options{Given: given})
				if _, err := heat.Brought.Values.Of(c); err != nil {
					b.Fatal(err)
				}
				if _, err := metrics.Run(c, givenMeasures()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
