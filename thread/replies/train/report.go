package main

import (
	"fmt"
	"os"
	"strings"

	"threadheat/thread/replies"
	"threadheat/thread/replies/internal/rank"
	"threadheat/thread/replies/internal/talk"
)

// methods are what the table of development logs compares.
var methods = []struct {
	name string
	up   func(*chat) func(int) int
}{
	{"the previous message", previous},
	{"the last of whom it addresses, else the author's own last", mentionOrOwn},
	{"`mentions`", func(c *chat) func(int) int { return inferred(c, replies.Mentions) }},
	{"`all`", func(c *chat) func(int) int { return inferred(c, replies.All) }},
}

// scoreAll is the result of each method on chats.
func scoreAll(chats []chat) []result {
	r := make([]result, len(methods))
	for n, m := range methods {
		for i := range chats {
			r[n].score(&chats[i], m.up(&chats[i]))
		}
	}
	return r
}

const tableHead = "| method | links made | precision | recall | F1 | with starts: precision | recall | F1 |\n|---|--:|--:|--:|--:|--:|--:|--:|\n"

func tableRow(name string, r result) string {
	l, g := r.links, r.graph
	return fmt.Sprintf("| %s | %d | %.3f | %.3f | **%.3f** | %.3f | %.3f | %.3f |\n", name, l.made, l.precision(), l.recall(), l.f1(), g.precision(), g.recall(), g.f1())
}

// devTable shows the results of the methods on chats.
func devTable(chats []chat, results []result) string {
	var b strings.Builder
	messages, gold := 0, 0
	for i := range chats {
		messages += len(chats[i].annotated)
		for _, g := range chats[i].gold {
			gold += len(g)
		}
	}
	fmt.Fprintf(&b, "%d logs, %d annotated messages, %d reply links.\n\n%s", len(chats), messages, gold, tableHead)
	for n, r := range results {
		b.WriteString(tableRow(methods[n].name, r))
	}
	return b.String()
}

// heldTable trains on four fifths of the training logs and reports on the rest.
func heldTable(chats []chat) string {
	var train, held []chat
	for i, c := range chats {
		if i%5 == 4 {
			held = append(held, c)
		} else {
			train = append(train, c)
		}
	}
	sheets := sheetsOf(held)
	p := fitPair(sheetsOf(train))
	var one, two result
	var cal calibration
	for _, s := range sheets {
		one.score(s.c, s.parents(p.First.FirstChoice(s.talk)))
		choices := p.Choose(s.talk)
		two.score(s.c, s.parents(choices))
		for i, c := range choices {
			if gold, ok := s.gold(i); ok && c.Line != rank.None {
				cal.add(float64(c.P), s.right(gold, c.Line))
			}
		}
	}
	return fmt.Sprintf("%d logs to train, %d held out.\n\n%s%s%s\n%s", len(train), len(held), tableHead,
		tableRow("first pass alone", one), tableRow("both passes", two), cal.table())
}

// calibration counts links by the probability they were given.
type calibration [10]struct {
	n, right int
	sum      float64
}

func (c *calibration) add(p float64, right bool) {
	k := &c[min(int(p*10), 9)]
	k.n++
	k.sum += p
	if right {
		k.right++
	}
}

func (c *calibration) table() string {
	var b strings.Builder
	b.WriteString("| certainty | links | mean certainty | share right |\n|---|--:|--:|--:|\n")
	n, gap := 0, 0.0
	for i, k := range c {
		if k.n == 0 {
			continue
		}
		mean, share := k.sum/float64(k.n), ratio(k.right, k.n)
		fmt.Fprintf(&b, "| %.1f to %.1f | %d | %.3f | %.3f |\n", float64(i)/10, float64(i+1)/10, k.n, mean, share)
		n += k.n
		gap += float64(k.n) * max(mean-share, share-mean)
	}
	fmt.Fprintf(&b, "\nMean distance of the two, over all %d links (expected calibration error): %.3f.\n", n, gap/float64(max(n, 1)))
	return b.String()
}

// ruleTable measures the rules on the training logs, which their bounds were
// chosen on.
func ruleTable(chats []chat) string {
	var sole, turn counts
	for i := range chats {
		c := &chats[i]
		up := inferred(c, replies.Mentions)
		k := talk.Read(c.t, talk.NewNames(c.t), talk.Inner)
		turns := map[int]int{}
		for n := range k.Lines {
			if k.Turn(n) {
				turns[int(k.Lines[n].At)] = int(k.Lines[n-1].At)
			}
		}
		for _, m := range c.annotated {
			sole.try(up(m), c.gold[m])
			if p, ok := turns[m]; ok {
				turn.try(p, c.gold[m])
			}
		}
	}
	return "| rule | links | precision |\n|---|--:|--:|\n" +
		fmt.Sprintf("| an opening name that only one line can be meant by (`mentions` in chats) | %d | %.3f |\n", sole.made, sole.precision()) +
		fmt.Sprintf("| third in a run A B A, naming nobody else | %d | %.3f |\n", turn.made, turn.precision())
}

// try counts one link, p < 0 for none.
func (c *counts) try(p int, gold []int) {
	if p < 0 {
		return
	}
	c.made++
	for _, g := range gold {
		if g == p {
			c.right++
		}
	}
}

// block is the text between the marks of the name in a document, with places
// of its start and end; ok is false where it has no such marks.
func block(doc, name string) (lo, hi int, ok bool) {
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	lo = strings.Index(doc, begin)
	if lo < 0 {
		return 0, 0, false
	}
	lo += len(begin)
	n := strings.Index(doc[lo:], end)
	return lo, lo + n, n >= 0
}

// rewrite puts text between the marks of each name in a file.
func rewrite(file string, texts map[string]string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	doc := string(b)
	for _, name := range []string{"development", "held out", "rules"} {
		lo, hi, ok := block(doc, name)
		if !ok {
			return fmt.Errorf("%s has no part %q to fill", file, name)
		}
		doc = doc[:lo] + texts[name] + doc[hi:]
	}
	return os.WriteFile(file, []byte(doc), 0o644)
}
