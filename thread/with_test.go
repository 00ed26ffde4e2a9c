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

func TestWithLinks(t *testing.T) {
	flat := build(
		thread.Comment{ID: "a", Author: "Ann", Text: "one"},
		thread.Comment{ID: "b", Author: "Bo", Text: "two"},
		thread.Comment{ID: "c", Parent: "a", Basis: thread.Declared},
		thread.Comment{ID: "d", Author: "Ann", Parent: "gone"},
		thread.Comment{ID: "a", Author: "Ann", Text: "one"}, // set aside
	)
	find := func(id string) thread.Index {
		i, ok := flat.Find(id)
		if !ok {
			t.Fatalf("no comment %q", id)
		}
		return i
	}
	linked := flat.WithLinks([]thread.Link{{Child: find("b"), Parent: find("c"), Basis: thread.Mentioned, Certainty: 0.75}})
	checkThread(t, linked)
	if got, want := outline(linked), "a(c(b)) gone(d)"; got != want {
		t.Errorf("tree = %s, want %s", got, want)
	}
	if got, want := document(linked), document(flat); got != want {
		t.Errorf("document order = %s, want that of before, %s", got, want)
	}
	if b, _ := linked.Find("b"); linked.Basis(b) != thread.Mentioned || linked.Certainty(b) != 0.75 {
		t.Errorf("basis, certainty of b = %v, %v, want mentioned, 0.75", linked.Basis(b), linked.Certainty(b))
	}
	if c, _ := linked.Find("c"); linked.Basis(c) != thread.Declared {
		t.Errorf("basis of c = %v, want declared as before", linked.Basis(c))
	}
	if q := linked.Quarantined(); len(q) != 1 || q[0].ID != "a" {
		t.Errorf("quarantined = %v, want the second a as before", q)
	}
	if got, want := codes(linked), codes(flat); got != want {
		t.Errorf("diagnostics = %s, want %s", got, want)
	}
	if flat.WithLinks(nil) != flat {
		t.Error("no links make another thread")
	}
	defer func() {
		if recover() == nil {
			t.Error("a second parent for c is accepted")
		}
	}()
	flat.WithLinks([]thread.Link{{Child: find("c"), Parent: find("b")}})
}
