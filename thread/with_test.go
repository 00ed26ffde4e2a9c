package thread_test

import (
	"testing"

	"threadheat/thread"
)

func TestExplicit(t *testing.T) {
	th := build(
		thread.Comment{ID: "a", Author: "Ann", Text: "one"},
		thread.Comment{ID: "a", Author: "Ann", Text: "one"}, // set aside
		thread.Comment{ID: "b", Parent: "a", Basis: thread.Nested},
		thread.Comment{ID: "c", Parent: "b", Basis: thread.Mentioned, Certainty: 0.9},
		thread.Comment{ID: "d", Parent: "c", Basis: thread.Declared},
		thread.Comment{ID: "e", Parent: "x", Basis: thread.Inferred, Certainty: 0.4},
	)
	if got, want := outline(th), "a(b(c(d))) x(e)"; got != want {
		t.Fatalf("the thread is %q, want %q", got, want)
	}
	if got, want := th.Inferred(), 2; got != want {
		t.Errorf("Inferred = %d, want %d", got, want)
	}
	facts := th.Explicit()
	if got, want := outline(facts), "a(b) c(d) x e"; got != want {
		t.Errorf("Explicit is %q, want %q", got, want)
	}
	if got, want := document(facts), document(th); got != want {
		t.Errorf("its document order is %q, want %q", got, want)
	}
	if got, want := len(facts.Quarantined()), 1; got != want {
		t.Errorf("it has %d quarantined comments, want %d", got, want)
	}
	if got, want := codes(facts), codes(th); got != want {
		t.Errorf("its diagnostics are %q, want %q", got, want)
	}
	if facts.Inferred() != 0 || facts.Explicit() != facts {
		t.Error("Explicit of a thread of facts is another thread")
	}
	if got, want := outline(th), "a(b(c(d))) x(e)"; got != want {
		t.Errorf("Explicit changed its thread into %q", got)
	}
}
