package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"threadheat/metrics/drift"
	"threadheat/metrics/internal/stems"
)

// counted are the sets that the background is counted in, by language; those of
// one group are counted together. Their licences (MIT, CC0, Apache-2.0, CC BY,
// text CC BY-SA) allow numbers derived from them to be given away.
var counted = []struct {
	lang   string
	groups [][]string
}{
	{"en", [][]string{{"ctx_gn", "tydip_en_train"}, {"spans"}, {"wsu_train"}}},
	{"fr", [][]string{{"ftr", "mlma_fr"}, {"tf_tune", "tf_agree"}}},
}

// leastCount is how often a stem must have been met to be listed.
const leastCount = 8

// background is the text of background.txt: the stems that were met in every
// group of sets, or in all but one of three. A stem is as common as in the groups
// together and in the one that has it least, by their geometric mean: what a
// single group speaks of is not common everywhere.
func background(dir string) (string, error) {
	var out strings.Builder
	for _, c := range counted {
		r := stems.NewReader()
		lang := stems.ByCode(c.lang)
		by := make([]map[string]int, len(c.groups))
		totals := make([]int, len(c.groups))
		for g, files := range c.groups {
			by[g] = map[string]int{}
			for _, name := range files {
				rows, err := readLines[struct{ Text string }](filepath.Join(dir, "heat", "train", name+".jsonl.gz"))
				if err != nil {
					return "", err
				}
				for _, row := range rows {
					for _, k := range r.Tokens(nil, row.Text) {
						if t := r.Term(k.Word, lang); k.Part == stems.Own && t != stems.None {
							by[g][r.Terms[t].Text]++
							totals[g]++
						}
					}
				}
			}
		}
		levels := map[int][]string{}
		for _, t := range r.Terms {
			n, total, groups, least := 0, 0, 0, 1.0
			for g := range by {
				if here := by[g][t.Text]; here > 1 {
					n, total, groups = n+here, total+totals[g], groups+1
					least = min(least, float64(here)/float64(totals[g]))
				}
			}
			if n < leastCount || groups < max(2, len(by)-1) {
				continue
			}
			if l := drift.Level(math.Sqrt(least * float64(n) / float64(total))); l > 0 {
				levels[l] = append(levels[l], t.Text)
			}
		}
		for l := range 32 {
			if words := levels[l]; len(words) > 0 {
				slices.Sort(words)
				fmt.Fprintln(&out, c.lang, l, strings.Join(words, " "))
			}
		}
	}
	return out.String(), nil
}
