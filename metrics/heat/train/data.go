package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"

	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/heat/model"
	"threadheat/metrics/internal/words"
)

// set is a set of labelled comments.
type set struct {
	Name   string
	Weight float64 // beside the square root of its rows; 0 for sets that are not learned from
	Source int     // sets of one source count as one where a feature must be seen in two
	Terms  string  // of the licence
	Made   bool    // by the grammars of this package
}

// sets are the sets, those that the weights are learned from first. Sets that
// were sampled by keywords weigh less: in them the keywords are innocent.
var sets = []set{
	{Name: "davidson", Weight: 0.4, Source: 0, Terms: "MIT"},
	{Name: "spans", Weight: 1, Source: 1, Terms: "CC0 1.0"},
	{Name: "ctx_gn", Weight: 1, Source: 2, Terms: "Apache-2.0"},
	{Name: "wsu_train", Weight: 1, Source: 3, Terms: "MIT"},
	{Name: "mlma_en", Weight: 0.3, Source: 4, Terms: "MIT"},
	{Name: "mlma_fr", Weight: 0.5, Source: 4, Terms: "MIT"},
	{Name: "ftr", Weight: 1, Source: 5, Terms: "MIT"},
	{Name: "tf_tune", Weight: 1, Source: 6, Terms: "MIT"},
	{Name: "tf_agree", Weight: 1, Source: 6, Terms: "MIT"},
	{Name: "tydip_en_train", Weight: 0.3, Source: 7, Terms: "CC BY 4.0"},
	{Name: "civil", Weight: 0.8, Source: 8, Terms: "ours", Made: true},
	{Name: "hostile", Weight: 0.6, Source: 9, Terms: "ours", Made: true},
	{Name: "ucc_val"}, {Name: "fox_train"}, {Name: "rtplx_train"}, {Name: "jig_en"}, {Name: "jig_fr"}, {Name: "hatecheck_en"},
}

// setOf is the place of a set in sets.
func setOf(name string) int {
	return slices.IndexFunc(sets, func(s set) bool { return s.Name == name })
}

// row is a labelled comment.
type row struct {
	Text  string             `json:"text"`
	Label float64            `json:"label"`
	Lang  string             `json:"lang"`
	Group string             `json:"group"` // thread, issue or functional case; "" where none is known
	Attr  map[string]float64 `json:"attributes"`

	set   int
	fold  int // of folds
	hot   bool
	used  bool // learned from
	ids   []int32
	scale [model.NumViews]float32
}

// impolite is how far from 0 a politeness has to be to count: those between tell
// nothing about heat.
const impolite = 0.5

// folds is the number of parts for cross-validation; a group stays together.
const folds = 3

func load(dir string) ([]row, error) {
	var rows []row
	for i, s := range sets {
		var of []row
		switch {
		case s.Made:
			of = sentences(s.Name == "hostile")
		default:
			sub := "dev"
			if s.Weight > 0 {
				sub = "train"
			}
			var err error
			if of, err = read(filepath.Join(dir, sub, s.Name+".jsonl.gz")); err != nil {
				return nil, err
			}
		}
		for _, r := range of {
			r.set, r.hot, r.used = i, r.Label > 0.5, s.Weight > 0
			if s.Name == "tydip_en_train" {
				r.hot, r.used = r.Label < 0, r.Label <= -impolite || r.Label >= impolite
			}
			h := fnv.New64a()
			if io.WriteString(h, r.Group); r.Group == "" {
				io.WriteString(h, r.Text)
			}
			r.fold = int(h.Sum64() % folds)
			rows = append(rows, r)
		}
	}
	return rows, nil
}

func read(name string) (rows []row, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		rows = append(rows, r)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows, nil
}

// index is the features of all rows.
type index struct {
	keys  []uint32
	kinds []model.Kind
}

// langOf is the language that a row is said to be in.
func langOf(lang string) words.Lang {
	if lang == "fr" {
		return words.FR
	}
	return words.EN
}

// extract makes the features of the rows that are learned from. Those that are
// seen in less than fewest of them are left out. A feature of several words of
// anger stands in ids once for each.
func extract(rows []row, fewest int) *index {
	var (
		in    evidence.Reader
		r     model.Reader
		ids   = map[uint32]int32{}
		all   index
		count []int
	)
	for i := range rows {
		x := &rows[i]
		if !x.used {
			continue
		}
		in.Read(evidence.Input{Text: x.Text, Lang: langOf(x.Lang)})
		r.Read(&in)
		scale := model.Scale(r.CountWords, r.CountChars)
		for v := range scale {
			x.scale[v] = float32(scale[v])
		}
		id := func(f *model.Feature) int32 {
			n, ok := ids[f.Hash]
			if !ok {
				n = int32(len(count))
				ids[f.Hash] = n
				all.keys, all.kinds, count = append(all.keys, f.Hash), append(all.kinds, f.Kind), append(count, 0)
			}
			return n
		}
		r.Sets(func(fs []int32) {
			start := len(x.ids)
			for _, k := range fs {
				x.ids = append(x.ids, id(&r.Features[k]))
			}
			slices.Sort(x.ids[start:])
			x.ids = x.ids[:start+len(slices.Compact(x.ids[start:]))]
		})
		for _, n := range slices.Compact(slices.Sorted(slices.Values(x.ids))) {
			count[n]++
		}
	}
	// Renumber what is seen often enough.
	kept := index{}
	number := make([]int32, len(count))
	for n, c := range count {
		number[n] = -1
		if c >= fewest {
			number[n] = int32(len(kept.keys))
			kept.keys, kept.kinds = append(kept.keys, all.keys[n]), append(kept.kinds, all.kinds[n])
		}
	}
	for i := range rows {
		x := &rows[i]
		of := make([]int32, 0, len(x.ids))
		for _, n := range x.ids {
			if number[n] >= 0 {
				of = append(of, number[n])
			}
		}
		x.ids = of
	}
	return &kept
}
