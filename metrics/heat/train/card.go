package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"threadheat/metrics/heat/model"
)

func card(rows []row, feats *index, w *model.Weights, folded []float64) string {
	z := make([]float64, len(rows))
	logOdds(w, rows, func(r *row) bool { return !r.used }, z)
	at := func(set string, hot func(*row) bool) float64 {
		var xs []scored
		for i := range rows {
			if r := &rows[i]; r.set == setOf(set) {
				xs = append(xs, scored{score: z[i], hot: hot(r)})
			}
		}
		return auc(xs)
	}
	isHot := func(r *row) bool { return r.hot }
	attr := func(name string) func(*row) bool { return func(r *row) bool { return r.Attr[name] > 0.5 } }
	fmt.Fprintf(os.Stderr, "ucc %.3f antag %.3f unhealthy %.3f fox %.3f rtplx %.3f jig %.3f %.3f\n",
		at("ucc_val", isHot), at("ucc_val", attr("antagonize")), at("ucc_val", func(r *row) bool { return r.Attr["healthy"] < 0.5 }),
		at("fox_train", isHot), at("rtplx_train", isHot), at("jig_en", isHot), at("jig_fr", isHot))
	for s := range sets {
		var xs []scored
		for i := range rows {
			if r := &rows[i]; r.used && r.set == s {
				xs = append(xs, scored{score: folded[i], hot: r.hot})
			}
		}
		fmt.Fprintf(os.Stderr, "cv %s %.3f\n", sets[s].Name, auc(xs))
	}
	_ = slices.Sort[[]int]
	_ = strings.Join
	return ""
}
