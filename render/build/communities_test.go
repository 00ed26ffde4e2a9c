package build_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

// circles is a thread in which people answer those of their own circle.
func circles(of, size int) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{Title: "Circles"})
	for c := range of {
		for k := range 3 * size {
			comment := thread.Comment{ID: fmt.Sprint(c, ".", k), Author: fmt.Sprintf("p%d-%d", c, k*k%size), Text: "A word."}
			if k > 0 {
				comment.Parent = fmt.Sprint(c, ".", k-1)
			}
			b.Add(comment)
		}
	}
	return b.Build()
}

// A report on one thread tells the groups at every resolution and compares the reply
// graph with chance; on several, and on large graphs, it does not compare.
func TestCommunities(t *testing.T) {
	one := circles(4, 7)
	r := report(t, metrics.English, one)
	check(t, r)
	var table *render.Table
	for _, s := range r.Sections {
		for _, block := range s.Blocks {
			if tb, ok := block.(*render.Table); ok && tb.ID == "communities" {
				table = tb
			}
		}
	}
	if table == nil || len(table.Rows) != 8 {
		t.Fatalf("the table of communities is %+v, want a row for each of 8 resolutions", table)
	}
	if row := table.Rows[3]; row[0].Text != "1.00" || row[1].Text != "4" {
		t.Errorf("at resolution %s there are %s groups, want 4", row[0].Text, row[1].Text)
	}
	chance := regexp.MustCompile(`by chance \(arcs\) [0-9.−]+, z = [0-9.−]+, p = [0-9.]+`)
	if text := words(r); !chance.MatchString(text) || !strings.Contains(text, "199 graphs rewired by chance") {
		t.Error("the reply graph is not compared with chance")
	}
	if text := words(report(t, metrics.English, one, circles(2, 5))); chance.MatchString(text) || strings.Contains(text, "rewired by chance") {
		t.Error("several threads are compared with chance")
	}
	if text := words(report(t, metrics.English, circles(80, 13))); chance.MatchString(text) || strings.Contains(text, "rewired by chance") {
		t.Error("a large graph is compared with chance")
	}
}

// The order in which people came, of threads written for it.
func TestWhoCameWhen(t *testing.T) {
	if text := words(report(t, metrics.English, inOrder("abbaca"))); !strings.Contains(text, "a letter for each person: ABBACA.") {
		t.Error("the report does not say in what order people came")
	}
	if text := words(report(t, metrics.English, inOrder("a"))); strings.Contains(text, "a letter for each person") {
		t.Error("one comment has an order")
	}
}

// inOrder is a flat thread by the authors given, a minute apart.
func inOrder(authors string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{Title: "Order"})
	for k, who := range authors {
		b.Add(thread.Comment{ID: fmt.Sprint(k), Author: string(who), Text: "A word.", Time: thread.At(time.Date(2024, 1, 1, 10, k, 0, 0, time.UTC), thread.Minute)})
	}
	return b.Build()
}
