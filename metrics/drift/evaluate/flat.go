package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/thread"
)

// A cutter tells for each sentence of a list the number of its stretch.
type cutter struct {
	name string
	cut  func(sentences []string) []int
}

var cutters = []cutter{
	{"threadheat `segment`", func(sentences []string) []int {
		b := thread.NewBuilder(thread.Meta{})
		for i, s := range sentences {
			b.Add(thread.Comment{ID: strconv.Itoa(i), Text: s})
		}
		at, _ := drift.Segments.Of(metrics.NewContext(b.Build(), metrics.Options{}))
		return at
	}},
	{"C99", c99},
	{"TextTiling", textTiling},
	{"no cut", func(sentences []string) []int { return make([]int, len(sentences)) }},
}

// flatTable is the table about texts joined from ten articles.
func flatTable(data string) (string, error) {
	type text struct {
		ID       string
		Segments [][]string
	}
	texts, err := readLines[text](filepath.Join(data, "drift", "segments-dev.jsonl.gz"))
	if err != nil {
		return "", err
	}
	var groups []string
	for _, t := range texts {
		if g := strings.Split(t.ID, "/")[1]; !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	slices.Sort(groups)
	var b strings.Builder
	b.WriteString("| method |")
	for _, g := range groups {
		fmt.Fprintf(&b, " %s sentences: Pk | WindowDiff |", g)
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|--:|", len(groups)) + "\n")
	for _, c := range cutters {
		fmt.Fprintf(&b, "| %s |", c.name)
		for _, g := range groups {
			var pk, wd, n float64
			for _, t := range texts {
				if strings.Split(t.ID, "/")[1] != g {
					continue
				}
				var sentences []string
				var truth []int
				for k, s := range t.Segments {
					for _, sentence := range s {
						sentences, truth = append(sentences, sentence), append(truth, k)
					}
				}
				p, w := agreement(truth, c.cut(sentences))
				pk, wd, n = pk+p, wd+w, n+1
			}
			fmt.Fprintf(&b, " %.3f | %.3f |", pk/n, wd/n)
		}
		b.WriteString("\n")
	}
	return b.String(), nil
}

// agreement is Pk (Beeferman and others 1999) and WindowDiff (Pevzner and Hearst
// 2002) with a window of half the mean true stretch, both over the windows that
// fit.
func agreement(truth, guess []int) (pk, windowDiff float64) {
	stretches := truth[len(truth)-1] + 1
	k := max(1, int(math.Round(float64(len(truth))/float64(stretches)/2)))
	n := 0.0
	for i := 0; i+k < len(truth); i++ {
		a, b := truth[i+k]-truth[i], guess[i+k]-guess[i]
		if (a == 0) != (b == 0) {
			pk++
		}
		if a != b {
			windowDiff++
		}
		n++
	}
	return pk / n, windowDiff / n
}

// number turns places of cuts into stretches: a cut at k stands before k.
func number(n int, cuts []int) []int {
	out := make([]int, n)
	at := 0
	for i := range out {
		if slices.Contains(cuts, i) {
			at++
		}
		out[i] = at
	}
	return out
}

// textTiling cuts where the cosine of the ten sentences before and after is
// lowest (Hearst 1997, with sentences for its sequences of words): deeper than
// the mean depth less half a standard deviation.
func textTiling(sentences []string) []int {
	const block = 10
	bags := bagsOf(sentences)
	n := len(sentences)
	score := make([]float64, n) // of the gap before i
	for i := 1; i < n; i++ {
		left, right := map[string]float64{}, map[string]float64{}
		for j := max(0, i-block); j < i; j++ {
			addTo(left, bags[j], 1)
		}
		for j := i; j < min(n, i+block); j++ {
			addTo(right, bags[j], 1)
		}
		score[i] = rawCosine(left, right)
	}
	depth := make([]float64, n)
	var sum, squares float64
	for i := 1; i < n; i++ {
		l, r := i, i
		for l > 1 && score[l-1] >= score[l] {
			l--
		}
		for r+1 < n && score[r+1] >= score[r] {
			r++
		}
		depth[i] = score[l] + score[r] - 2*score[i]
		sum += depth[i]
		squares += depth[i] * depth[i]
	}
	m := sum / float64(n-1)
	least := m - math.Sqrt(max(squares/float64(n-1)-m*m, 0))/2
	var cuts []int
	for i := 1; i < n; i++ {
		peak := (i == 1 || depth[i] >= depth[i-1]) && (i == n-1 || depth[i] > depth[i+1])
		if peak && depth[i] > least && depth[i] > 0 {
			cuts = append(cuts, i)
		}
	}
	return number(n, cuts)
}

// c99 is Choi's method (2000): similarities of sentences replaced by their rank
// among those around, and the list cut where that makes the stretches densest,
// until the gain falls off.
func c99(sentences []string) []int {
	const mask = 5 // on each side: 11 by 11
	bags := bagsOf(sentences)
	n := len(bags)
	similar := make([][]float64, n)
	for i := range similar {
		similar[i] = make([]float64, n)
		for j := range n {
			similar[i][j] = rawCosine(bags[i], bags[j])
		}
	}
	sums := make([][]float64, n+1) // of ranks, from the corner
	for i := range sums {
		sums[i] = make([]float64, n+1)
	}
	for i := range n {
		for j := range n {
			less, seen := 0.0, 0.0
			for y := max(0, i-mask); y <= min(n-1, i+mask); y++ {
				for x := max(0, j-mask); x <= min(n-1, j+mask); x++ {
					if y == i && x == j {
						continue
					}
					if seen++; similar[y][x] < similar[i][j] {
						less++
					}
				}
			}
			sums[i+1][j+1] = less/seen + sums[i][j+1] + sums[i+1][j] - sums[i][j]
		}
	}
	inside := func(from, to int) float64 {
		return sums[to][to] - sums[from][to] - sums[to][from] + sums[from][from]
	}
	starts := []int{0, n}
	density := func(starts []int) float64 {
		var sum, area float64
		for k := 1; k < len(starts); k++ {
			sum += inside(starts[k-1], starts[k])
			area += float64((starts[k] - starts[k-1]) * (starts[k] - starts[k-1]))
		}
		return sum / area
	}
	var gains []float64
	var order []int
	last := density(starts)
	for len(starts) <= n {
		best, at := math.Inf(-1), 0
		for i := 1; i < n; i++ {
			if !slices.Contains(starts, i) {
				with := slices.Sorted(slices.Values(append(slices.Clone(starts), i)))
				if d := density(with); d > best {
					best, at = d, i
				}
			}
		}
		if at == 0 || len(order) > 40 { // far beyond where it can stop
			break
		}
		starts = slices.Sorted(slices.Values(append(starts, at)))
		order, gains = append(order, at), append(gains, best-last)
		last = best
	}
	// Choi stops where the gain, smoothed, falls below its mean by 1.2 deviations
	// of itself above: mean + 1.2 · √variance.
	smooth := make([]float64, len(gains))
	var m, v float64
	for i := range gains {
		weights := []float64{1, 2, 4, 8, 4, 2, 1}
		var sum, total float64
		for k, w := range weights {
			if j := i + k - 3; j >= 0 && j < len(gains) {
				sum, total = sum+w*gains[j], total+w
			}
		}
		smooth[i] = sum / total
		m += smooth[i]
	}
	m /= float64(len(gains))
	for _, x := range smooth {
		v += (x - m) * (x - m)
	}
	limit := m + 1.2*math.Sqrt(v/float64(len(gains)))
	cuts := 0
	for cuts < len(smooth) && smooth[cuts] > limit {
		cuts++
	}
	return number(n, order[:cuts])
}

func bagsOf(sentences []string) []map[string]float64 {
	out := make([]map[string]float64, len(sentences))
	for i, s := range sentences {
		out[i] = bagOf(s, "en")
	}
	return out
}

func rawCosine(a, b map[string]float64) float64 {
	var dot, aa, bb float64
	for _, w := range words(a) {
		dot += a[w] * b[w]
		aa += a[w] * a[w]
	}
	for _, w := range words(b) {
		bb += b[w] * b[w]
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return dot / math.Sqrt(aa*bb)
}

// chatTable is how well words alone find the shifts of chats: each turn answers
// the one before.
func chatTable(data string) (string, error) {
	type chat struct {
		Turns []struct {
			Text  string
			Shift int
		}
	}
	chats, err := readLines[chat](filepath.Join(data, "drift", "turns-dev.jsonl.gz"))
	if err != nil {
		return "", err
	}
	score := map[string][2][]float64{}
	add := func(name string, x float64, shift int) {
		s := score[name]
		s[shift] = append(s[shift], x)
		score[name] = s
	}
	for _, c := range chats {
		b := thread.NewBuilder(thread.Meta{Lang: "en"})
		for i, turn := range c.Turns {
			in := thread.Comment{ID: strconv.Itoa(i), Text: turn.Text}
			if i > 0 {
				in.Parent = strconv.Itoa(i - 1)
			}
			b.Add(in)
		}
		d, err := drift.Drifts.Of(metrics.NewContext(b.Build(), metrics.Options{}))
		if err != nil {
			return "", err
		}
		for i, turn := range c.Turns {
			if i > 0 && turn.Shift >= 0 {
				add("`drift-own`", d.Own[i], turn.Shift)
				add("`drift`", d.Score[i], turn.Shift)
				add("cosine with the turn before", 1-rawCosine(bagOf(turn.Text, "en"), bagOf(c.Turns[i-1].Text, "en")), turn.Shift)
			}
		}
	}
	var b strings.Builder
	b.WriteString("| words alone | turns | shifts | AUC |\n|---|--:|--:|--:|\n")
	for _, name := range []string{"`drift-own`", "`drift`", "cosine with the turn before"} {
		s := score[name]
		fmt.Fprintf(&b, "| %s | %d | %d | %.3f |\n", name, len(s[0])+len(s[1]), len(s[1]), auc(s[1], s[0]))
	}
	return b.String(), nil
}
