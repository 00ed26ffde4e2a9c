package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"threadheat/metrics/heat"
	"threadheat/metrics/internal/stats"
)

const (
	folds = 10
	ahead = 5 // comments after the beginning in which incivility is forecast
)

// row is one forecast: what the score was, and what came.
type row struct {
	signs   heat.Signs
	score   float64
	flagged bool // by the threshold of the other folds
	comes   bool
	horizon int // comments from the warning to the first uncivil one, where it was right
}

// soon are the forecasts, after n comments, of an uncivil one among the next: of
// discussions that go on for so long, with civil beginnings only or with all.
func soon(talks []*talk, n int, civil bool) (rows []row) {
	for _, t := range talks {
		if len(t.scores) < n+ahead || civil && t.turns() < n {
			continue
		}
		signs := heat.SignsOf(t.scores[:n], t.asks[:n])
		rows = append(rows, row{signs: signs, score: signs.Warning(), comes: slices.Contains(t.uncivil[n:n+ahead], true)})
	}
	setFlags(rows)
	return rows
}

// watched are the forecasts of who looks at the score after every comment from
// WarnFrom on, until it reaches the threshold, an uncivil comment comes or the
// discussion ends: of discussions that go on after WarnFrom civil comments.
func watched(talks []*talk) (rows []row) {
	var scores [][]float64
	var turns []int
	for _, t := range talks {
		if len(t.scores) <= heat.WarnFrom || t.turns() < heat.WarnFrom {
			continue
		}
		var along []float64
		for n := heat.WarnFrom; n <= min(t.turns(), len(t.scores)-1); n++ {
			along = append(along, heat.SignsOf(t.scores[:n], t.asks[:n]).Warning())
		}
		scores, turns = append(scores, along), append(turns, t.turns())
		rows = append(rows, row{score: slices.Max(along), comes: t.turns() < len(t.scores)})
	}
	thresholds := setFlags(rows)
	for k := range rows {
		if rows[k].flagged && rows[k].comes {
			at := slices.IndexFunc(scores[k], func(x float64) bool { return x >= thresholds[k%folds] })
			rows[k].horizon = turns[k] + 1 - (at + heat.WarnFrom)
		}
	}
	return rows
}

// setFlags gives each tenth of the rows the threshold with the most right answers in the
// other nine; row k is of the tenth k mod 10.
func setFlags(rows []row) [folds]float64 {
	thresholds := thresholdsOf(rows)
	for k := range rows {
		rows[k].flagged = rows[k].score >= thresholds[k%folds]
	}
	return thresholds
}

// thresholdsOf are, for each tenth, the threshold with the most right answers in the
// others: half way between two of their scores, below all or above all; the lowest of
// equals.
func thresholdsOf(rows []row) (out [folds]float64) {
	for fold := range out {
		var scores []float64
		for k, r := range rows {
			if k%folds != fold {
				scores = append(scores, r.score)
			}
		}
		slices.Sort(scores)
		scores = slices.Compact(scores)
		most := -1
		for c := range len(scores) + 1 {
			x := math.Inf(1)
			switch {
			case c == 0:
				x = math.Inf(-1)
			case c < len(scores):
				x = (scores[c-1] + scores[c]) / 2
			}
			right := 0
			for k, r := range rows {
				if k%folds != fold && (r.score >= x) == r.comes {
					right++
				}
			}
			if right > most {
				out[fold], most = x, right
			}
		}
	}
	return out
}

// counts of a forecast: true and false, positive and negative.
type counts struct{ tp, fp, tn, fn float64 }

func judge(rows []row, picked []int) (c counts) {
	for _, i := range picked {
		switch r := rows[i]; {
		case r.flagged && r.comes:
			c.tp++
		case r.flagged:
			c.fp++
		case r.comes:
			c.fn++
		default:
			c.tn++
		}
	}
	return c
}

func (c counts) accuracy() float64  { return (c.tp + c.tn) / (c.tp + c.fp + c.tn + c.fn) }
func (c counts) precision() float64 { return c.tp / (c.tp + c.fp) }
func (c counts) recall() float64    { return c.tp / (c.tp + c.fn) }
func (c counts) f1() float64        { return 2 * c.tp / (2*c.tp + c.fp + c.fn) }
func (c counts) fpr() float64       { return c.fp / (c.fp + c.tn) }

// auc is how often, of two forecasts one of which came true, that one had the higher
// value; ties for one half, NaN unless there are some of each. O(n log n).
func auc(rows []row, picked []int, value func(row) float64) float64 {
	var yes, no []float64
	for _, i := range picked {
		if rows[i].comes {
			yes = append(yes, value(rows[i]))
		} else {
			no = append(no, value(rows[i]))
		}
	}
	slices.Sort(no)
	var wins float64
	for _, x := range yes {
		below, _ := slices.BinarySearch(no, x)
		equal := 0
		for below+equal < len(no) && no[below+equal] == x {
			equal++
		}
		wins += float64(below) + float64(equal)/2
	}
	return wins / float64(len(yes)*len(no))
}

// interval is a statistic of all rows with its 95 % bootstrap interval, discussions
// drawn anew, as text.
func interval(rows []row, statistic func(picked []int) float64) string {
	all := make([]int, len(rows))
	for i := range all {
		all[i] = i
	}
	x := statistic(all)
	if math.IsNaN(x) {
		return "–"
	}
	draws := stats.Bootstrap{Seed: 1}.Draw([]int{len(rows)}, func(picked [][]int) float64 { return statistic(picked[0]) })
	ci, ok := stats.Percentile(draws)
	if !ok || ci[0] == ci[1] {
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", x, ci[0], ci[1])
}

// tells sums up an AUC by its interval.
func tells(rows []row) string {
	draws := stats.Bootstrap{Seed: 1}.Draw([]int{len(rows)}, func(picked [][]int) float64 {
		return auc(rows, picked[0], func(r row) float64 { return r.score })
	})
	ci, ok := stats.Percentile(draws)
	switch {
	case !ok || ci[0] <= .5 && ci[1] >= .5:
		return "does not tell better than chance"
	case ci[1] < .5:
		return "tells the opposite of the truth"
	case ci[0] < .7:
		return "tells a little better than chance"
	}
	return "tells better than chance"
}

const columns = "| after | discussions | of which turn | AUC | accuracy | precision | recall | F1 | false-positive rate |\n|---|---:|---:|---|---|---|---|---|---|\n"

// writeLine writes how good forecasts are, and below it how good it were always to
// say yes.
func writeLine(w io.Writer, name string, rows []row) {
	always := slices.Clone(rows)
	turned := 0
	for k := range always {
		always[k].flagged = true
		if always[k].score = 0; always[k].comes {
			turned++
		}
	}
	for _, line := range []struct {
		name string
		rows []row
	}{{name, rows}, {"always yes", always}} {
		of := func(f func(counts) float64) string {
			return interval(line.rows, func(picked []int) float64 { return f(judge(line.rows, picked)) })
		}
		area := interval(line.rows, func(picked []int) float64 { return auc(line.rows, picked, func(r row) float64 { return r.score }) })
		fmt.Fprintf(w, "| %s | %d | %d | %s | %s | %s | %s | %s | %s |\n", line.name, len(rows), turned, area,
			of(counts.accuracy), of(counts.precision), of(counts.recall), of(counts.f1), of(counts.fpr))
	}
}

var beginnings = []int{3, 5, 8}

func writeReport(w io.Writer, talks []*talk) {
	uncivil := 0
	for _, t := range talks {
		if t.turns() < len(t.scores) {
			uncivil++
		}
	}
	fmt.Fprintf(w, head, heat.Version, heat.WarnAfter, tells(soon(talks, heat.WarnAfter, true)), ahead, tells(soon(talks, heat.WarnAfter, false)), len(talks), uncivil, folds, ahead)
	fmt.Fprintf(w, "## Where all began civil\n\nThe question of the literature on derailing: the first comments are civil; is one of the next %d uncivil?\n\n%s", ahead, columns)
	for _, n := range beginnings {
		writeLine(w, fmt.Sprintf("%d comments", n), soon(talks, n, true))
	}
	fmt.Fprintf(w, "\n## Whatever the beginning\n\nThe same, with discussions whose first comments hold uncivil ones already: does it go on?\n\n%s", columns)
	for _, n := range beginnings {
		writeLine(w, fmt.Sprintf("%d comments", n), soon(talks, n, false))
	}
	fmt.Fprintf(w, "\n## Watching\n\nDiscussions that go on after %d civil comments. The score is looked at after every comment until it reaches the threshold, an uncivil comment comes or the discussion ends; right is a warning where one comes at any time. Long discussions have more occasions for either.\n\n%s", heat.WarnFrom, columns)
	rows := watched(talks)
	writeLine(w, fmt.Sprintf("%d comments or more", heat.WarnFrom), rows)
	var horizons []float64
	for _, r := range rows {
		if r.flagged && r.comes {
			horizons = append(horizons, float64(r.horizon))
		}
	}
	mean, half := stats.MeanBand(horizons)
	fmt.Fprintf(w, "\nHorizon of the %d warnings that came true, from the last comment seen to the first uncivil one: %.1f comments on average (%.1f–%.1f), median %.0f.\n", len(horizons), mean, mean-half, mean+half, stats.Median(horizons))
	fmt.Fprintf(w, "\n## The signs one by one\n\nAUC of each sign alone after %d comments, one of the next %d uncivil. Politeness counts against; 0.50 is chance.\n\n| sign | all civil | whatever the beginning |\n|---|---|---|\n", heat.WarnAfter, ahead)
	civil, all := soon(talks, heat.WarnAfter, true), soon(talks, heat.WarnAfter, false)
	for k, name := range heat.SignNames {
		of := func(rows []row) string {
			return interval(rows, func(picked []int) float64 { return auc(rows, picked, func(r row) float64 { return r.signs[k] }) })
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", name, of(civil), of(all))
	}
	fmt.Fprint(w, notAllowed)
}

const head = `# How good the early warning is

Generated by ` + "`go run ./metrics/heat/forecast -data DIR`" + `; heat %s. Numbers in brackets are 95 %% bootstrap intervals, discussions drawn anew.

**In short**, after %d comments: where all of them were civil, the warning %s whether one of the next %d will be uncivil. Whatever they were, it %s. Do not act on it.

## What is asked, and of what

The warning is a rule with weights chosen by hand (metrics/heat/warning.go): mean, peak and rise of heat and the share of comments with second person, less politeness. Nothing of it was fitted to the discussions here.

It is measured on comments on %d issues of programmers, labelled by kind of incivility, in the order of each issue; %d of the issues hold an uncivil one (they were chosen for that: their share says nothing of others). The threshold with the most right answers is taken from nine tenths of the discussions (%d folds) and used on the last. "Always yes" stands below each line: what does not beat it is of no use; nor is what is right less often than “always no”, which is right where none comes. Only discussions with at least %d more comments are asked about the next ones, so that length does not decide.

What was tried before: a logistic regression of the six signs, cross-validated, of an uncivil comment at any time after civil ones. Its AUC was 0.35 to 0.49, it warned where people were polite, and it was dropped for the rule.

`

const notAllowed = `
## What the data do not allow

- **Reply structure and tempo** are not among the signs: no set at hand with labels by discussion says who wrote, when, or what was answered. Structural heat stands beside the warning for that reason, and is not validated.
- **Other places**: the discussions are about software, in English, of a community of its own. Nothing is known of newspapers, forums or French.
- **A base rate**: issues were picked for incivility, so that neither the score nor its threshold is a probability elsewhere.
- **Order**: comments are taken to stand in the order of time within an issue, as they appear to; the set carries no times.
- **Comparison with published forecasts**: those are made on pairs of discussions, half of which turn (Conversations Gone Awry, CMV), from sets that are not at hand, and with models that learned from thousands of them. Accuracy and F1 do not compare across shares of discussions that turn.
- **Other sets with threads**: one of news comments has seven threads, too few to forecast; the others hold single comments, or a handful per topic without order.
- Where the heat was itself trained on these comments, what it says of them is not what it says of new text, and the numbers for beginnings that were not all civil are too good.
`
