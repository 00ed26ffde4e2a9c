package parquet_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format/parquet"
	"threadheat/thread/internal/threadtest"
)

// write is the table of threads.
func write(t *testing.T, threads ...*thread.Thread) string {
	t.Helper()
	var b bytes.Buffer
	e := parquet.NewEncoder(&b)
	for _, th := range threads {
		if err := e.Encode(th); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readBack reads what write wrote.
func readBack(t *testing.T, table string) []*thread.Thread {
	t.Helper()
	return threadtest.ReadBack(t, parquet.Format, table)
}

func same(t *testing.T, want []*thread.Thread) {
	t.Helper()
	got := readBack(t, write(t, want...))
	for _, w := range want {
		if w.Len() == 0 {
			continue
		}
		if len(got) == 0 {
			t.Fatalf("%q was not read back", w.Meta().ID)
		}
		if diff := cmp.Diff(threadtest.DumpOf(w).Carried(), threadtest.DumpOf(got[0]).Carried(), cmp.AllowUnexported(thread.Stamp{})); diff != "" {
			t.Fatalf("%s of %s (-written +read):\n%s", w.Meta().ID, w.Meta().Source.Name, diff)
		}
		got = got[1:]
	}
}

func TestRoundTripOfFixtures(t *testing.T) {
	same(t, threadtest.Corpus(t, "../../.."))
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 60 {
		var threads []*thread.Thread
		for range 5 {
			threads = append(threads, threadtest.Named(threadtest.Random(r)))
		}
		same(t, threads)
	}
}
