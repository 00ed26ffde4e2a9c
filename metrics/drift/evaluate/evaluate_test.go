package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadheat/metrics/drift/graft"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// masses turns lengths of stretches into numbers of stretches.
func masses(lengths ...int) (out []int) {
	for k, n := range lengths {
		for range n {
			out = append(out, k)
		}
	}
	return out
}

// TestAgreement checks, with values by hand, a published one: for the masses 2,
// 3, 6 against 2, 2, 7 both are 2/9.
func TestAgreement(t *testing.T) {
	for _, c := range []struct {
		name         string
		truth, guess []int
		pk, wd       float64
	}{
		{"a boundary one off", masses(2, 3, 6), masses(2, 2, 7), 2.0 / 9, 2.0 / 9},
		{"the same", masses(2, 3, 6), masses(2, 3, 6), 0, 0},
		{"none", masses(2, 2), masses(4), 1.0 / 3, 1.0 / 3},
	} {
		if pk, wd := agreement(c.truth, c.guess); math.Abs(pk-c.pk) > 1e-9 || math.Abs(wd-c.wd) > 1e-9 {
			t.Errorf("%s: Pk %v and WindowDiff %v, want %v and %v", c.name, pk, wd, c.pk, c.wd)
		}
	}
}

func TestAUC(t *testing.T) {
	for _, c := range []struct {
		positive, negative []float64
		want               float64
	}{
		{[]float64{2}, []float64{1, 0}, 1},
		{[]float64{1}, []float64{1, 0, 2, 3}, 1.5 / 4},
		{[]float64{0, 3}, []float64{1, 2}, 0.5},
	} {
		if got := auc(c.positive, c.negative); got != c.want {
			t.Errorf("auc(%v, %v) = %v, want %v", c.positive, c.negative, got, c.want)
		}
	}
}

// TestCutters checks that every method finds the border between two subjects
// that share no word.
func TestCutters(t *testing.T) {
	var sentences []string
	for i := range 40 {
		if i < 20 {
			sentences = append(sentences, "turbine blade rotor "+strings.Repeat("carbon ", i%3+1))
		} else {
			sentences = append(sentences, "lentil soup bacon "+strings.Repeat("vinegar ", i%3+1))
		}
	}
	for _, c := range cutters[:3] {
		at := c.cut(sentences)
		if len(at) != 40 || at[19] == at[20] {
			t.Errorf("%s: %v, want a cut before 20", c.name, at)
		}
	}
}

// TestMethods checks that every method finds a branch that shares no word with
// its host, and that all speak of replies only.
func TestMethods(t *testing.T) {
	host := "the turbine blade and the rotor of carbon turn in the wind"
	b := thread.NewBuilder(thread.Meta{Title: "turbine blade"})
	for i, text := range []string{host, host, host + " again", "lentil soup wants bacon and vinegar", host, host} {
		c := thread.Comment{ID: string(rune('a' + i)), Text: text}
		if i > 0 {
			c.Parent = "a"
		}
		b.Add(c)
	}
	in := newInstance(graft.Instance{Thread: b.Build(), Root: 3, Size: 1, Grafted: []bool{3: true, 5: false}}, "s", "en")
	for _, m := range methods {
		score := m.score(in)
		f, ok := measure(in, score)
		if !ok || f.auc != 1 || f.hit != 1 || f.away != 1 || score[0] != 0 {
			t.Errorf("%s: %+v of %.2f, want the graft at 3 first", m.name, f, score)
		}
	}
}

// TestDocument checks that DRIFT.md says what the program measures, as far as
// that takes seconds: its table of flat lists.
func TestDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("the figures of DRIFT.md were not checked: short tests only")
	}
	dir := os.Getenv("THREADHEAT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("THE FIGURES OF DRIFT.md WERE NOT CHECKED: %v", err)
	}
	want, err := flatTable(dir)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../DRIFT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(doc), "<!-- flat -->\n")
	got, _, _ := strings.Cut(rest, "<!-- end of flat -->")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("DRIFT.md says otherwise (-measured +says):\n%s", d)
	}
	table, err := background(dir)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("../background.txt")
	if err != nil {
		t.Fatal(err)
	}
	if table != string(have) {
		t.Error("background.txt is not what is counted")
	}
}
