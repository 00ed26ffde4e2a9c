//go:build unix

package catalogue

import (
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"threadheat/fixtures"
	"threadheat/metrics"
)

// structural are the measures of shape, pace, people and the reply graph.
func structural() []*metrics.Measure {
	return slices.DeleteFunc(slices.Clone(Default), func(m *metrics.Measure) bool {
		return !slices.Contains([]string{"shape", "pace", "people", "replygraph"}, m.Group)
	})
}

// BenchmarkStructural is all structural measures of a thread of a million
// comments by a thousand people, in one call. cpu-ms/op is the time on the
// processor, which other programs disturb less than the time on the clock.
// peak-MB is the most memory in use at any time, with the thread and what the
// collector has not yet freed; thread-MB is the thread alone. Run it with -cpu 1
// for the time of one core.
func BenchmarkStructural(b *testing.B) {
	th := fixtures.Build(fixtures.Million(1))
	ms := structural()
	runtime.GC()
	before := inUse()
	var peak uint64
	var cpu time.Duration
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
		from := cpuTime()
		if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), ms); err != nil {
			b.Fatal(err)
		}
		cpu += cpuTime() - from
		close(done)
		peak = max(peak, <-most)
	}
	b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
	b.ReportMetric(float64(before)/1e6, "thread-MB")
	b.ReportMetric(float64(len(ms)), "measures")
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// cpuTime is what the process has used so far.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
