package main

import (
	"slices"

	"threadheat/thread/replies/internal/rank"
	"threadheat/thread/replies/internal/talk"
)

// sheet is a log as the models see it.
type sheet struct {
	c    *chat
	talk *talk.Talk
	kept []rank.Kept // of the first pass, once it has run
}

func sheetsOf(chats []chat) []*sheet {
	sheets := make([]*sheet, len(chats))
	for i := range chats {
		t := chats[i].t
		sheets[i] = &sheet{c: &chats[i], talk: talk.Read(t, talk.NewNames(t), talk.Content)}
	}
	return sheets
}

// gold is what line i answers by the annotators, as numbers of messages.
func (s *sheet) gold(i int) (gold []int, annotated bool) {
	gold, annotated = s.c.gold[int(s.talk.Lines[i].At)]
	return gold, annotated
}

// right tells that a candidate is among gold.
func (s *sheet) right(gold []int, candidate int32) bool {
	if candidate == rank.None {
		return len(gold) == 0
	}
	return slices.Contains(gold, int(s.talk.Lines[candidate].At))
}

// walker yields the rows of the first pass, or of the second.
type walker interface {
	Next() (i int, cands []int32, rows []float32)
}

func (s *sheet) walker(second bool) walker {
	if second {
		return rank.NewSeconder(s.talk, s.kept)
	}
	return rank.NewWalker(s.talk)
}

// Options of the shipped models, chosen by the held-out fifth of the training
// logs.
var (
	firstOptions  = options{trees: 240, leaves: 24, minRows: 30, rate: 0.08, lambda: 3, share: 0.2, seed: 1}
	secondOptions = options{trees: 200, leaves: 24, minRows: 30, rate: 0.06, lambda: 3, share: 0.5, seed: 2}
)

// fitPair trains both passes. The second learns from what the first says of
// logs that it was not trained on, as it will meet them: two first models see
// a half each and judge the other.
func fitPair(sheets []*sheet) *rank.Pair {
	var half [2][]*sheet
	for i, s := range sheets {
		half[i%2] = append(half[i%2], s)
	}
	o := firstOptions
	o.share *= 2 // of half the logs
	for h := range half {
		m := fit(half[1-h], false, o)
		for _, s := range half[h] {
			s.kept = m.FirstPass(s.talk)
		}
	}
	return &rank.Pair{First: fit(sheets, false, firstOptions), Second: fit(sheets, true, secondOptions)}
}

// fit trains the model of a pass. Lines none of whose candidates is right teach
// nothing.
func fit(sheets []*sheet, second bool, o options) *rank.Model {
	columns := len(rank.Features)
	if second {
		columns += len(rank.SecondFeatures)
	}
	// Edges from every ninth annotated line.
	var sample []float32
	each := func(step int, f func(s *sheet, gold []int, cands []int32, rows []float32)) {
		for n := 0; n < len(sheets); n += step {
			s := sheets[n]
			w := s.walker(second)
			for range s.talk.Lines {
				i, cands, rows := w.Next()
				if gold, ok := s.gold(i); ok && i%step == 0 {
					f(s, gold, cands, rows)
				}
			}
		}
	}
	each(3, func(_ *sheet, _ []int, _ []int32, rows []float32) { sample = append(sample, rows...) })
	m := &rank.Model{Edges: edgesOf(sample, columns, maxBins-1)}
	t := &table{columns: columns}
	var bins []uint8
	each(1, func(s *sheet, gold []int, cands []int32, rows []float32) {
		if !slices.ContainsFunc(cands, func(c int32) bool { return s.right(gold, c) }) {
			return
		}
		t.groups = append(t.groups, int32(len(t.right)))
		for _, c := range cands {
			t.right = append(t.right, s.right(gold, c))
		}
		bins = m.Bins(rows, bins)
		t.bins = append(t.bins, bins...)
	})
	t.groups = append(t.groups, int32(len(t.right)))
	boost(t, m, o)
	return m
}

// parents are choices as numbers of messages, -1 for none.
func (s *sheet) parents(choices []rank.Choice) func(i int) int {
	up := make([]int, s.c.t.Len())
	for i := range up {
		up[i] = -1
	}
	for i, c := range choices {
		if c.Line != rank.None {
			up[s.talk.Lines[i].At] = int(s.talk.Lines[c.Line].At)
		}
	}
	return func(i int) int { return up[i] }
}
