package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"threadheat/metrics/drift"
	"threadheat/metrics/drift/graft"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// The seeds of the reported grafts. Those that anything was chosen on were 1 to 3.
var seeds = []uint64{101, 102}

// perSeed is how many grafts of a source are planted with each seed.
const perSeed = 75

func instances(data string) ([]*instance, error) {
	sources, err := readSources(filepath.Join(data, "drift", "threads-dev.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	var out []*instance
	for _, s := range sources {
		for _, seed := range seeds {
			p := graft.NewPlanter(s, seed)
			for range perSeed {
				if g, ok := p.Next(); ok {
					out = append(out, newInstance(g, s.Name, s.Lang))
				}
			}
		}
	}
	return out, nil
}

// figure is what a method gets on one graft.
type figure struct {
	host           string
	auc, hit, away float64 // of the graft's edge, whether it is first, of the graft's comments
}

// measure is the figure of a method on a graft; ok is false where the thread has
// no other edge.
func measure(in *instance, score []float64) (f figure, ok bool) {
	t := in.Thread
	var others, here, there []float64
	far := make([]float64, t.Len())
	for i := range t.All() {
		far[i] = math.Inf(-1)
		if p := t.Parent(i); p != thread.NoIndex {
			x := score[i]
			if math.IsNaN(x) {
				x = 0
			}
			if far[i] = max(far[p], x); i != in.Root {
				others = append(others, x)
			}
		}
		if in.Grafted[i] {
			here = append(here, far[i])
		} else {
			there = append(there, far[i])
		}
	}
	if len(others) == 0 {
		return f, false
	}
	f = figure{host: fmt.Sprint(in.source, in.Host), auc: auc(score[in.Root:in.Root+1], others), away: auc(here, there)}
	if slices.Max(others) < score[in.Root] {
		f.hit = 1
	}
	return f, true
}

// auc is the share of pairs in which a positive lies above a negative, half for
// ties.
func auc(positive, negative []float64) float64 {
	sum := 0.0
	for _, p := range positive {
		for _, n := range negative {
			switch {
			case p > n:
				sum++
			case p == n:
				sum += 0.5
			}
		}
	}
	return sum / float64(len(positive)*len(negative))
}

// mean is the mean of a figure with a bootstrap over hosts.
func mean(fs []figure, of func(figure) float64) string {
	sum := map[string][2]float64{}
	var hosts []string
	all := 0.0
	for _, f := range fs {
		x := sum[f.host]
		if x[1] == 0 {
			hosts = append(hosts, f.host)
		}
		sum[f.host] = [2]float64{x[0] + of(f), x[1] + 1}
		all += of(f)
	}
	draws := stats.Bootstrap{Seed: 1, Draws: 999, Workers: 1}.Draw([]int{len(hosts)}, func(picked [][]int) float64 {
		var x, n float64
		for _, h := range picked[0] {
			x, n = x+sum[hosts[h]][0], n+sum[hosts[h]][1]
		}
		return x / n
	})
	ci, _ := stats.Percentile(draws)
	return fmt.Sprintf("%.3f [%.3f, %.3f]", all/float64(len(fs)), ci[0], ci[1])
}

// table is a table of figures, a row for each group in the order given.
func table(head string, groups []string, by map[string][]figure) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | grafts | edge AUC | first | off-topic AUC |\n|---|--:|--:|--:|--:|\n", head)
	for _, g := range groups {
		if fs := by[g]; len(fs) > 0 {
			hits := 0.0
			for _, f := range fs {
				hits += f.hit
			}
			fmt.Fprintf(&b, "| %s | %d | %s | %.2f | %s |\n", g, len(fs), mean(fs, func(f figure) float64 { return f.auc }),
				hits/float64(len(fs)), mean(fs, func(f figure) float64 { return f.away }))
		}
	}
	return b.String()
}

// trees are the tables about planted drift.
func trees(data string) (methodTable, sourceTable, kindTable, lengthTable string, err error) {
	ins, err := instances(data)
	if err != nil {
		return "", "", "", "", err
	}
	byMethod, bySource, byKind := map[string][]figure{}, map[string][]figure{}, map[string][]figure{}
	var names, sources []string
	for k, m := range methods {
		names = append(names, m.name)
		for _, in := range ins {
			f, ok := measure(in, m.score(in))
			if !ok {
				continue
			}
			byMethod[m.name] = append(byMethod[m.name], f)
			if k > 1 {
				continue
			}
			label := fmt.Sprintf("%s (%s), %s", in.source, in.lang, []string{"`drift`", "plain"}[k])
			if !slices.Contains(sources, label) {
				sources = append(sources, label)
			}
			bySource[label] = append(bySource[label], f)
			if k == 0 {
				for _, kind := range kinds(in) {
					byKind[kind] = append(byKind[kind], f)
				}
			}
		}
	}
	slices.Sort(sources)
	return table("method", names, byMethod), table("source", sources, bySource), table("kind of graft", kindOrder, byKind), lengths(ins), nil
}

var kindOrder = []string{
	"easy: another page", "hard: the same page", "1 comment", "2 to 4 comments", "5 to 30 comments",
	"root of 0 to 2 stems", "root of 3 to 9 stems", "root of 10 to 29 stems", "root of 30 stems or more",
}

// kinds are the groups that a graft counts in.
func kinds(in *instance) []string {
	pick := func(from, x int, bounds ...int) string {
		for _, b := range bounds {
			if x >= b {
				from++
			}
		}
		return kindOrder[from]
	}
	hard := 0
	if in.Hard {
		hard = 1
	}
	return []string{kindOrder[hard], pick(2, in.Size, 2, 5), pick(5, in.branch.OwnStems[in.Root], 3, 10, 30)}
}

// lengths tells, by source, how drift goes with length on edges that nobody
// planted, and how strong the evidence is on the strongest twentieth of them.
func lengths(ins []*instance) string {
	type edges struct{ drift, stems, below, nats []float64 }
	by := map[string]*edges{}
	var order []string
	add := func(name string, in *instance, i thread.Index) {
		e := by[name]
		if e == nil {
			e = &edges{}
			by[name] = e
			order = append(order, name)
		}
		e.drift = append(e.drift, in.branch.Score[i])
		e.stems = append(e.stems, float64(in.branch.OwnStems[i]))
		e.below = append(e.below, float64(in.branch.Stems[i]))
		e.nats = append(e.nats, in.branch.Nats[i])
	}
	for _, in := range ins {
		for i := range in.Thread.All() {
			if in.Thread.Parent(i) != thread.NoIndex && in.branch.Stems[i] >= 3 && !in.Grafted[i] {
				add(in.source, in, i)
				add("all", in, i)
			}
		}
	}
	slices.Sort(order)
	var b strings.Builder
	fmt.Fprintf(&b, "| source | edges | ρ with the comment's stems | ρ with the branch's stems | 95 %% of nats below | nats above %.1f |\n|---|--:|--:|--:|--:|--:|\n", drift.Threshold)
	for _, s := range order {
		e := by[s]
		own, _ := stats.Spearman(e.drift, e.stems)
		below, _ := stats.Spearman(e.drift, e.below)
		above := 0.0
		for _, x := range e.nats {
			if x > drift.Threshold {
				above++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %.2f | %.2f | %.1f | %.0f %% |\n", s, len(e.drift), own, below, stats.Quantile(e.nats, 0.95), 100*above/float64(len(e.nats)))
	}
	return b.String()
}
