package table

import (
	"encoding/csv"
	"io"
	"strconv"

	"threadheat/metrics"
	"threadheat/metrics/compare"
	"threadheat/render"
)

var compareHeader = []string{
	"measure", "of", "unit", "n_a", "n_b", "thread_a", "thread_b", "mean_a", "mean_b", "median_a", "median_b",
	"difference", "difference_low", "difference_high", "delta", "delta_low", "delta_high", "p", "q",
	"jump", "jump_low", "jump_high", "jump_p", "jump_q", "slope", "slope_low", "slope_high", "slope_p", "slope_q",
	"reason", "sentence",
}

// Compared writes how two sides differ as CSV, one line a measure, with a header.
// of is thread, or comments for a mean over the comments; thread_a and thread_b are
// the values of the two threads whose branches were compared. What does not apply is
// empty; reason says why there is no test. sentences are those of the rows. Texts
// are made safe as CSV does.
func Compared(w io.Writer, r *compare.Result, sentences []string, l metrics.Lang) error {
	out := csv.NewWriter(w)
	if err := out.Write(compareHeader); err != nil {
		return err
	}
	for k, row := range r.Rows {
		of := "thread"
		if row.OfComments {
			of = "comments"
		}
		rec := []string{row.Name, of, string(row.Unit), strconv.Itoa(row.Sides[0].N), strconv.Itoa(row.Sides[1].N)}
		for _, s := range row.Sides {
			whole := ""
			if r.Branches {
				whole = number(newValue(s.Whole, l, "").Value)
			}
			rec = append(rec, whole)
		}
		for _, of := range []func(*compare.Summary) *float64{
			func(s *compare.Summary) *float64 { return &s.Mean }, func(s *compare.Summary) *float64 { return &s.Median },
		} {
			for s := range row.Sides {
				if row.Sides[s].N == 0 {
					rec = append(rec, "")
				} else {
					rec = append(rec, number(of(&row.Sides[s])))
				}
			}
		}
		rec = append(rec, withInterval(row.Difference, l)...)
		rec = append(rec, withInterval(row.Dominance, l)...)
		rec = append(rec, tested(row.Test)...)
		for _, c := range []struct {
			v metrics.Value
			t *compare.Test
		}{{row.Level, row.LevelTest}, {row.Slope, row.SlopeTest}} {
			if c.t == nil {
				rec = append(rec, "", "", "", "", "")
				continue
			}
			rec = append(append(rec, withInterval(c.v, l)...), tested(c.t)...)
		}
		reason := ""
		if row.NoTest != nil {
			reason = row.NoTest.In(l)
		}
		if err := out.Write(append(rec, render.CSVText(reason), render.CSVText(sentences[k]))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// withInterval is a value and the ends of its interval.
func withInterval(v metrics.Value, l metrics.Lang) []string {
	x := newValue(v, l, "")
	return []string{number(x.Value), number(end(x.CI, 0)), number(end(x.CI, 1))}
}

func tested(t *compare.Test) []string {
	if t == nil {
		return []string{"", ""}
	}
	return []string{number(&t.P), number(&t.Q)}
}
