package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"threadheat/thread/replies"
	"threadheat/thread/replies/internal/rank"
	"threadheat/thread/replies/internal/talk"
)

// sheet is a log as the model sees it.
type sheet struct {
	c    *chat
	k    *talk.Talk
	kept []rank.Kept
}

func (s *sheet) gold(i int) ([]int, bool) {
	g, ok := s.c.gold[int(s.k.Lines[i].At)]
	return g, ok
}

func (s *sheet) isRight(gold []int, c int32) bool {
	if c == rank.None {
		return len(gold) == 0
	}
	for _, x := range gold {
		if x == int(s.k.Lines[c].At) {
			return true
		}
	}
	return false
}

type nexter interface {
	Next() (int, []int32, []float32)
}

func (s *sheet) walker(second bool) nexter {
	if second {
		return rank.NewSeconder(s.k, s.kept)
	}
	return rank.NewWalker(s.k)
}

type tally struct{ gold, made, right, starts, startsMade, startsRight int }

func prf(right, made, gold int) string {
	p, r := float64(right)/float64(max(made, 1)), float64(right)/float64(max(gold, 1))
	return fmt.Sprintf("P %.4f R %.4f F %.4f", p, r, 2*p*r/max(p+r, 1e-9))
}
func (t tally) String() string {
	return "links " + prf(t.right, t.made, t.gold) + "  with starts " + prf(t.right+t.startsRight, t.made+t.startsMade, t.gold+t.starts)
}

func fit(sheets []*sheet, second bool, o options) *rank.Model {
	nf := len(rank.Features)
	if second {
		nf += len(rank.SecondFeatures)
	}
	var sample []float32
	for n, s := range sheets {
		if n%3 != 0 {
			continue
		}
		w := s.walker(second)
		for range s.k.Lines {
			i, _, rows := w.Next()
			if _, ok := s.gold(i); ok && i%3 == 0 {
				sample = append(sample, rows...)
			}
		}
	}
	edges := edgesOf(sample, nf, maxBins-1)
	bm := &rank.Model{Edges: edges}
	tab := &table{columns: nf}
	var bins []uint8
	for _, s := range sheets {
		w := s.walker(second)
		for range s.k.Lines {
			i, cands, rows := w.Next()
			gold, ok := s.gold(i)
			if !ok {
				continue
			}
			any := false
			for _, c := range cands {
				any = any || s.isRight(gold, c)
			}
			if !any {
				continue
			}
			tab.groups = append(tab.groups, int32(len(tab.right)))
			for _, c := range cands {
				tab.right = append(tab.right, s.isRight(gold, c))
			}
			bins = bm.Bins(rows, bins)
			tab.bins = append(tab.bins, bins...)
		}
	}
	tab.groups = append(tab.groups, int32(len(tab.right)))
	return boost(tab, edges, o, nil)
}

// apply runs the model over a sheet.
func apply(s *sheet, m *rank.Model, second bool, each func(i int, cands []int32, p []float32)) {
	w := s.walker(second)
	var bins []uint8
	nf := len(m.Edges)
	var p []float32
	for range s.k.Lines {
		i, cands, rows := w.Next()
		bins = m.Bins(rows, bins)
		p = p[:0]
		for c := range cands {
			p = append(p, m.Score(bins[c*nf:(c+1)*nf]))
		}
		rank.Softmax(p)
		each(i, cands, p)
	}
}

func keep(sheets []*sheet, m *rank.Model) {
	for _, s := range sheets {
		s.kept = s.kept[:0]
		apply(s, m, false, func(i int, cands []int32, p []float32) { s.kept = append(s.kept, rank.Keep(cands, p)) })
	}
}

func eval(sheets []*sheet, m *rank.Model, second bool) tally {
	var ta tally
	for _, s := range sheets {
		apply(s, m, second, func(i int, cands []int32, p []float32) {
			gold, ok := s.gold(i)
			if !ok {
				return
			}
			at := 0
			for r := range p {
				if p[r] > p[at] {
					at = r
				}
			}
			ta.gold += len(gold)
			if len(gold) == 0 {
				ta.starts++
			}
			if cands[at] == rank.None {
				ta.startsMade++
				if s.isRight(gold, rank.None) {
					ta.startsRight++
				}
			} else {
				ta.made++
				if s.isRight(gold, cands[at]) {
					ta.right++
				}
			}
		})
	}
	return ta
}

func main() {
	data := flag.String("data", "", "")
	trees := flag.Int("trees", 200, "")
	trees2 := flag.Int("trees2", 200, "")
	leaves := flag.Int("leaves", 24, "")
	share := flag.Float64("share", .25, "")
	rate := flag.Float64("rate", .08, "")
	sub := flag.Int("sub", 1, "")
	report := flag.Bool("report", false, "")
	flag.Parse()
	t0 := time.Now()
	chats, err := readChats(filepath.Join(*data, "chat-train.jsonl.gz"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if *report {
		var prev, own, men result
		chat := 0
		for i := range chats {
			c := &chats[i]
			prev.score(c, previous(c))
			own.score(c, mentionOrOwn(c))
			men.score(c, inferred(c, replies.Mentions))
			if talk.Chat(c.t) {
				chat++
			}
		}
		fmt.Println(prev.links, prev.graph)
		fmt.Println(own.links, own.graph)
		fmt.Println(men.links, men.graph, time.Since(t0), chat, len(chats))
		return
	}
	var train, held []*sheet
	for i := range chats {
		if i%*sub != 0 {
			continue
		}
		s := &sheet{c: &chats[i], k: talk.Read(chats[i].t, talk.NewNames(chats[i].t))}
		if (i / *sub)%5 == 4 {
			held = append(held, s)
		} else {
			train = append(train, s)
		}
	}
	o := options{trees: *trees, leaves: *leaves, minRows: 30, rate: *rate, lambda: 3, share: *share, seed: 1}
	o2 := o
	o2.trees, o2.share = *trees2, .5
	// out of fold
	var half [2][]*sheet
	for i, s := range train {
		half[i%2] = append(half[i%2], s)
	}
	m1 := fit(train, false, o)
	fmt.Println("first", eval(held, m1, false), time.Since(t0))
	keep(held, m1)
	for h := range half {
		oh := o
		oh.share = min(1, o.share*2)
		m := fit(half[1-h], false, oh)
		keep(half[h], m)
	}
	fmt.Println("folds", time.Since(t0))
	m2 := fit(train, true, o2)
	fmt.Println("second", eval(held, m2, true), time.Since(t0))
	use := make([]int, len(m2.Edges))
	for _, t := range m2.Trees {
		for _, n := range t.Nodes {
			use[n.Column]++
		}
	}
	for c, u := range use {
		if c < len(rank.Features) {
			fmt.Print(rank.Features[c], " ", u, "  ")
		} else {
			fmt.Print(rank.SecondFeatures[c-len(rank.Features)], " ", u, "  ")
		}
	}
	fmt.Println(len(m1.Encode()), len(m2.Encode()))
}
