package drift

import (
	"math"
	"slices"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/thread"
)

// TestWhy checks that ties and size make up the evidence, and which words are
// named: "people" ties less than "okapi", for it is common.
func TestWhy(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Lang: "en"})
	b.Add(thread.Comment{ID: "1", Text: "okapi people zebra"})
	b.Add(thread.Comment{ID: "2", Parent: "1", Text: "okapi people lentil vinegar lentil"})
	b.Add(thread.Comment{ID: "3", Parent: "2", Text: "soup"})
	c := metrics.NewContext(b.Build(), metrics.Options{})
	why, err := Why(c, 1, 10)
	if err != nil {
		t.Fatal(err)
	}
	d, _ := Drifts.Of(c)
	nats := factor(6, 3, 0)
	for _, w := range why.Tie {
		nats -= w.Nats
	}
	if math.Abs(nats-d.Nats[1]) > 1e-9 {
		t.Errorf("ties and size make %v nats, want %v", nats, d.Nats[1])
	}
	if len(why.Tie) != 2 || why.Tie[0].Text != "okapi" || why.Tie[1].Text != "people" {
		t.Errorf("ties %v, want okapi before people", why.Tie)
	}
	if len(why.Cut) != 3 || why.Cut[0] != (Counted{"lentil", 2}) {
		t.Errorf("cuts %v, want three, lentil twice first", why.Cut)
	}
	for _, i := range []thread.Index{0, 2} { // top level, and a single stem
		if why, err := Why(c, i, 10); err != nil || len(why.Tie)+len(why.Cut) > 0 {
			t.Errorf("reasons of comment %d: %+v, %v, want none", i, why, err)
		}
	}
}

// TestRealExchange checks that the exchange about turbines leaves the subject of
// the comment that it answers, and its last reply that of the exchange.
func TestRealExchange(t *testing.T) {
	th := seedtest.Load(t, "004")
	turns, err := Points.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var at []string
	for _, p := range turns.Points {
		at = append(at, th.ID(p.At))
	}
	if len(at) != 2 || at[0] != "2.1" || at[1] != "2.1.1.1" {
		t.Errorf("drift points at %v, want 2.1 and 2.1.1.1", at)
	}
}

// TestQuotationTies checks that quoted words count where they are quoted from the
// comment that is answered, and nowhere else.
func TestQuotationTies(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Lang: "en"})
	b.Add(thread.Comment{ID: "1", Text: "okapi zebra quagga"})
	b.Add(thread.Comment{ID: "2", Parent: "1", Text: "> okapi zebra unicorn\nlentil vinegar bacon"})
	b.Add(thread.Comment{ID: "3", Parent: "1", Text: "lentil vinegar bacon"})
	b.Add(thread.Comment{ID: "4", Text: "> okapi zebra"})
	d := branchesOf(b.Build())
	if got, want := d.bags.total, []int32{3, 5, 3, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("stems %v, want %v", got, want)
	}
	if d.Nats[1] >= 0 || d.Nats[2] <= 0 {
		t.Errorf("%v nats with the quotation and %v without, want a tie and a cut", d.Nats[1], d.Nats[2])
	}
}
