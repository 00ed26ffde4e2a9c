package catalogue

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"threadheat/fixtures"
	"threadheat/metrics"
)

// structural are the measures of shape, pace, people and the reply graph, but
// for those that walk all shortest paths.
func structural() []*metrics.Measure {
	return slices.DeleteFunc(slices.Clone(Default), func(m *metrics.Measure) bool {
		return !slices.Contains([]string{"shape", "pace", "people", "replygraph"}, m.Group)
	})
}

// BenchmarkStructural is all structural measures of a thread of a million
// comments by a thousand people, in one call. peak-MB is the most memory in use
// at any time, with the thread and what the collector has not yet freed;
// thread-MB is the thread alone. Run it with -cpu 1 for the time of one core.
func BenchmarkStructural(b *testing.B) {
	th := fixtures.Build(fixtures.Million(1))
	ms := structural()
	runtime.GC()
	before := inUse()
	var peak uint64
	for b.Loop() {
		b.StopTimer()
		runtime.GC() // what the run before left
		b.StartTimer()
		done, most := make(chan struct{}), make(chan uint64)
		go func() {
			top := inUse()
			for {
				select {
				case <-done:
					most <- max(top, inUse())
					return
				case <-time.After(5 * time.Millisecond):
					top = max(top, inUse())
				}
			}
		}()
		if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), ms); err != nil {
			b.Fatal(err)
		}
		close(done)
		peak = max(peak, <-most)
	}
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
	b.ReportMetric(float64(before)/1e6, "thread-MB")
	b.ReportMetric(float64(len(ms)), "measures")
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
