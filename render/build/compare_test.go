package build_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"threadheat/metrics"
	"threadheat/metrics/compare"
	"threadheat/metrics/shape"
	"threadheat/render"
	"threadheat/render/build"
	"threadheat/render/internal/sample"
	"threadheat/thread"
)

var sizes = []compare.Quantity{{Measure: shape.Comments}, {Measure: shape.Depth, OfComments: true}}

// side is threads of the given sizes, a day apart from a day on.
func side(name string, from int, xs ...float64) compare.Side {
	s := compare.Side{Name: name}
	for k, x := range xs {
		at := time.Date(2024, 1, from+k, 12, 0, 0, 0, time.UTC)
		s.Add(compare.Observation{
			Values: []float64{x, math.NaN()}, Whys: []*metrics.Text{nil, {EN: "there is no comment", FR: "il n’y a pas de commentaire"}},
			Start: thread.At(at, thread.Minute), Size: int(x),
		})
	}
	return s
}

func TestComparisonSentences(t *testing.T) {
	small, large := side("a", 1, 1, 2, 3, 4, 5, 6), side("b", 7, 11, 12, 13, 14, 15, 16)
	for _, tt := range []struct {
		name   string
		a, b   compare.Side
		lang   metrics.Lang
		says   []string
		silent string
	}{
		{"higher", small, large, metrics.English, []string{"Comments: values tend to be higher in B; mean 3.50 in A (n = 6), 13.5 in B (n = 6), difference +10", "95% interval +", "delta +1.00, large; q = 0.002. Few observations."}, "no difference"},
		{"lower", large, small, metrics.English, []string{"values tend to be lower in B", "delta −1.00"}, "higher"},
		{"French", small, large, metrics.French, []string{"Commentaires\u202f: valeurs en général plus élevées en B\u202f; moyenne 3,50 en A (n = 6)", "intervalle à 95\u202f% de +", "Peu de données"}, "higher"},
		{"alike", small, small, metrics.English, []string{"no difference shown; mean 3.50 in A (n = 6), 3.50 in B (n = 6), difference 0", "negligible; q = 1.000"}, "tend"},
		{"one", small, side("b", 1, 9), metrics.English, []string{"not tested, a test needs at least 2 on each side, one has 1; mean 3.50 in A (n = 6), 9 in B (n = 1)"}, "q ="},
		{"none", small, side("b", 1), metrics.English, []string{"cannot be compared; there is nothing on this side"}, "mean"},
	} {
		r := compare.Sides(sizes, tt.a, tt.b, compare.Options{})
		got := build.Sentences(r, tt.lang)[0]
		for _, want := range tt.says {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q does not say %q", tt.name, got, want)
			}
		}
		if strings.Contains(got, tt.silent) {
			t.Errorf("%s: %q says %q", tt.name, got, tt.silent)
		}
		if d := build.Sentences(r, tt.lang)[1]; !strings.Contains(d, "cannot be compared") && !strings.Contains(d, "incomparable") {
			t.Errorf("%s: depth: %q", tt.name, d)
		}
	}
}

// Reports of every kind hold together, in both languages and all renderers, with
// hostile names too.
func TestComparisonReports(t *testing.T) {
	whole := compare.Observation{Values: []float64{21, math.NaN()}, Whys: []*metrics.Text{nil, {EN: "there is no comment", FR: "il n’y a pas de commentaire"}}}
	branchesA, branchesB := side(sample.Hostile, 1, 1, 20), side("b", 1, 4, 5, 6)
	branchesA.Whole, branchesB.Whole = &whole, &whole
	var before, after []float64
	for k := range 12 {
		before, after = append(before, float64(k*k%7)), append(after, float64(20+k*k%5))
	}
	split := time.Date(2024, 1, 13, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		a, b  compare.Side
		split time.Time
		has   string // a section
	}{
		"threads":       {side("a", 1, 1, 2, 3), side("b", 1, 2, 3), time.Time{}, "table"},
		"branches":      {branchesA, branchesB, time.Time{}, "table"},
		"nothing":       {side("a", 1), side("b", 1), time.Time{}, "table"},
		"an empty side": {side("a", 1), side("b", 1, 2, 3), time.Time{}, "table"},
		"series":        {side("before", 1, before...), side("after", 13, after...), split, "series"},
		"short series":  {side("before", 1, 1, 2), side("after", 13, 2, 3), split, "series"},
	} {
		r := compare.Sides(sizes, tt.a, tt.b, compare.Options{Split: tt.split})
		for _, l := range metrics.Langs {
			report := build.Comparison(r, l, "v0-test")
			check(t, report)
			found := false
			for _, s := range report.Sections {
				if words := notes(s); s.ID == "sides" && strings.Contains(words, "only 0") || strings.Contains(words, "que 0") {
					t.Errorf("%s: of an empty side it says %q", name, words)
				}
				found = found || s.ID == tt.has
				if s.ID == "series" && name == "series" && !strings.Contains(prose(s), "+") {
					t.Errorf("%s: the series tells no jump: %s", name, prose(s))
				}
			}
			if !found {
				t.Errorf("%s: there is no section %q", name, tt.has)
			}
		}
	}
}

// notes are the notes of a section.
func notes(s render.Section) string {
	var out []string
	for _, b := range s.Blocks {
		if p, ok := b.(render.Paragraph); ok && p.Note {
			out = append(out, p.Line.String())
		}
	}
	return strings.Join(out, "\n")
}

// prose is the paragraphs of a section.
func prose(s render.Section) string {
	var out []string
	for _, b := range s.Blocks {
		if p, ok := b.(render.Paragraph); ok {
			out = append(out, p.Line.String())
		}
	}
	return strings.Join(out, "\n")
}
