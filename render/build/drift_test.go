package build_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

// saidOfDrift are the words of the part of a report on drift, with its tables.
func saidOfDrift(t *testing.T, r *render.Report) string {
	t.Helper()
	var b strings.Builder
	for _, s := range r.Sections {
		if s.ID != "drift" {
			continue
		}
		for _, block := range s.Blocks {
			switch x := block.(type) {
			case render.Paragraph:
				b.WriteString(x.Line.String() + "\n")
			case *render.Table:
				fmt.Fprintf(&b, "table %s of %d rows\n", x.ID, len(x.Rows))
			}
		}
	}
	return b.String()
}

// made are n words of the twenty of a subject, such as no language has.
func made(subject string, n, from int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, "%s%cq ", subject, 'a'+(from+k)%20)
	}
	return b.String()
}

// aside is a thread under an article with n answers about each of some other
// subjects, those of a subject to the first about it.
func aside(n int, subjects ...string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{Article: made("turbz", 60, 0)})
	at := 0
	add := func(id, parent, text string) {
		c := thread.Comment{ID: id, Parent: parent, Author: "author of " + id, Text: text}
		if c.Time = thread.Local(time.Date(2023, 5, 1, 9, at, 0, 0, time.UTC), thread.Minute); parent != "" {
			c.Basis = thread.Declared
		}
		at++
		b.Add(c)
	}
	add("top", "", made("turbz", 40, 0))
	for _, s := range subjects {
		add(s, "top", made(s, 30, 0))
		for k := range n - 1 {
			add(fmt.Sprint(s, k), s, made(s, 15, k))
		}
	}
	return b.Build()
}

func TestDriftOver(t *testing.T) {
	for _, c := range []struct {
		name       string
		th         *thread.Thread
		lang       metrics.Lang
		want, omit []string
	}{
		{"two asides", aside(30, "soupz", "bikez"), metrics.English, []string{
			"author of soupz (1 May 2023, 09:01) begins something else than author of top", "from it on “soupz",
			"table drift-points of 2 rows", "With hardly a word of the article: 60 of 61 comments whose words tell (98",
			"Over time there is no drift beyond", "table drift-curves of 10 rows", "table drift-topics of 2 rows", "nobody named them",
		}, nil},
		{"in French", aside(30, "soupz", "bikez"), metrics.French, []string{"entame autre chose que", "à partir de là", "Avec à peine un mot repris à l’article", "personne ne les a nommés"}, []string{"begins", "hardly"}},
		{"one aside", aside(4, "soupz"), metrics.English, []string{"table drift-points of 1 rows"}, []string{"drift-topics", "drift-curves", "rank correlation"}},
		{"no aside", aside(4, "turbz"), metrics.English, []string{"No branch is seen to leave what it answers: of 4 replies", "article: 0 of 5 comments"}, []string{"drift-points of"}},
		{"no reply, no article", threadOf([]remark{{-1, "A", coldWords}, {-1, "B", coldWords}}), metrics.English, []string{
			"Whether a branch leaves its subject cannot be told: no comment answers another.",
			"How many comments are off the article cannot be told: the article’s text is not in the input, and no single comment opens the thread.",
		}, []string{"drift-points of", "drift-curves"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.ReplaceAll(saidOfDrift(t, report(t, c.lang, c.th)), "\u00a0", " ")
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in:\n%s", want, got)
				}
			}
			for _, omit := range c.omit {
				if strings.Contains(got, omit) {
					t.Errorf("%q in:\n%s", omit, got)
				}
			}
		})
	}
}
