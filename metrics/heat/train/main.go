// Command train learns the weights of the model of heat from labelled comments,
// which are not part of the repository, and writes them where they are embedded.
// The same comments give the same bytes.
//
//	go run ./metrics/heat/train -data DIR           weights only
//	go run ./metrics/heat/train -data DIR -report   and MODEL.md, the model card
//
// DIR holds train/*.jsonl.gz and dev/*.jsonl.gz. Only those of train, and the
// sentences of grammar.en.txt and grammar.fr.txt, leave a trace in the weights.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"threadheat/metrics/heat/model"
)

func main() {
	data := flag.String("data", "", "folder of the labelled comments")
	out := flag.String("o", "metrics/heat", "folder of the package heat")
	report := flag.Bool("report", false, "evaluate, and write MODEL.md")
	flag.Parse()
	if *data == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: train -data DIR [-o DIR] [-report]")
		os.Exit(2)
	}
	if err := run(*data, *out, *report); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(data, out string, report bool) error {
	rows, err := load(data)
	if err != nil {
		return err
	}
	feats := extract(rows, fewest)
	w, folded := train(rows, feats)
	if err := os.WriteFile(filepath.Join(out, "model", "weights.bin"), w.Append(nil), 0o644); err != nil {
		return err
	}
	fmt.Printf("%d features, %d bytes\n", len(w.Keys), len(w.Append(nil)))
	if !report {
		return nil
	}
	return os.WriteFile(filepath.Join(out, "MODEL.md"), []byte(card(rows, feats, w, folded)), 0o644)
}

// prior is the share of hot comments that a probability takes for granted. In the
// sets nearly half are, as they were made to have many; where people talk, fewer.
const prior = 0.3

// train fits the model to all rows, and calibrates it on folds that are held out.
// folded are the log-odds of the rows that it is learned from, each by a model
// that has not seen its fold.
func train(rows []row, feats *index) (w *model.Weights, folded []float64) {
	folded = make([]float64, len(rows))
	for f := range folds {
		m := round(fit(rows, feats, func(r *row) bool { return r.fold != f }), feats)
		logOdds(m, rows, func(r *row) bool { return r.used && r.fold == f }, folded)
	}
	w = round(fit(rows, feats, func(*row) bool { return true }), feats)
	for l, lang := range []string{"en", "fr"} {
		var xs []scored
		for i := range rows {
			if r := &rows[i]; r.used && r.Lang == lang && !sets[r.set].Made {
				xs = append(xs, scored{score: folded[i], hot: r.hot, weight: setWeight(rows, r.set)})
			}
		}
		w.Fit[l][0], w.Fit[l][1] = platt(xs)
		hot, all := 0.0, 0.0
		for _, x := range xs {
			if all += x.weight; x.hot {
				hot += x.weight
			}
		}
		w.Fit[l][0] += math.Log(prior/(1-prior)) - math.Log(hot/(all-hot))
	}
	return w, folded
}

// setWeight is the weight of each row of a set.
func setWeight(rows []row, set int) float64 {
	if sizes == nil {
		sizes = make([]float64, len(sets))
		for i := range rows {
			if rows[i].used {
				sizes[rows[i].set]++
			}
		}
	}
	return sets[set].Weight / math.Sqrt(sizes[set])
}

var sizes []float64 // rows of each set
