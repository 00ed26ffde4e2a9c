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

// said are the words of the part of a report on heat over the thread.
func said(t *testing.T, r *render.Report) string {
	t.Helper()
	for _, s := range r.Sections {
		if s.ID != "heat" {
			continue
		}
		var b strings.Builder
		in := false
		for _, block := range s.Blocks {
			switch x := block.(type) {
			case render.Heading:
				in = x.ID == "heat-over"
			case render.Paragraph:
				if in {
					b.WriteString(x.Line.String() + "\n")
				}
			case *render.Table:
				if in {
					fmt.Fprintf(&b, "table %s of %d rows\n", x.ID, len(x.Rows))
				}
			}
		}
		return b.String()
	}
	return ""
}

const (
	coldWords = "The plan shows a station and a bridge over the canal."
	hotWords  = "You are WRONG, you know nothing, stop it!!! Nonsense!!"
)

// remark is a comment of a thread to build; up is -1 at top level.
type remark struct {
	up     int
	author string
	text   string
}

func threadOf(remarks []remark) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for k, r := range remarks {
		c := thread.Comment{ID: fmt.Sprint(k), Author: r.author, Text: r.text}
		if c.Time = thread.Local(time.Date(2023, 5, 1, 9, k, 0, 0, time.UTC), thread.Minute); r.up >= 0 {
			c.Parent, c.Basis = fmt.Sprint(r.up), thread.Declared
		}
		b.Add(c)
	}
	return b.Build()
}

// What is there is said, and what is not is not: in a thread with a hot corner, one of
// hot and cool branches, and one of two comments.
func TestHeatOverTheThread(t *testing.T) {
	var corner []remark
	for k := range 120 {
		r := remark{(37*k+11)%(k+1) - 1, fmt.Sprint("person ", k%7), coldWords}
		if k >= 108 {
			r.up = k - 1
		}
		if k >= 112 {
			r.text = hotWords
		}
		corner = append(corner, r)
	}
	var branches []remark // of two answers each, all hot or all cool
	for k := range 60 {
		text := coldWords
		if k%2 == 0 {
			text = hotWords
		}
		for n := range 3 {
			up := -1
			if n > 0 {
				up = len(branches) - 1
			}
			branches = append(branches, remark{up, fmt.Sprint("person ", (k*k+3*n)%11), text})
		}
	}
	for _, c := range []struct {
		name    string
		rows    []remark
		en, fr  []string
		nor, ni string
	}{
		{"a hot corner", corner, []string{"table hot-spots of 1 rows", "One branch", "Early warning after 5", "table heat-over-parts of 22 rows"}, []string{"table hot-spots of 1 rows", "Une branche", "Alerte précoce après 5"}, "No place in the reply tree", "Aucun endroit"},
		{"hot and cool branches", branches, []string{"Heat answers heat", "on average"}, []string{"La chaleur répond à la chaleur", "en moyenne"}, "There is no sign", "Rien n’indique"},
		{"two comments", corner[:2], []string{"too few comments", "table heat-over-measures"}, []string{"trop peu de commentaires"}, "Heat answers", "La chaleur répond"},
	} {
		th := threadOf(c.rows)
		for _, l := range []struct {
			lang metrics.Lang
			want []string
			not  string
		}{{metrics.English, c.en, c.nor}, {metrics.French, c.fr, c.ni}} {
			r := report(t, l.lang, th)
			check(t, r)
			text := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(said(t, r))
			for _, want := range l.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s, %s: %q is not said in\n%s", c.name, l.lang, want, text)
				}
			}
			if strings.Contains(text, l.not) {
				t.Errorf("%s, %s: %q is said in\n%s", c.name, l.lang, l.not, text)
			}
		}
	}
}

// What a few comments cannot show is not said to be there, nor to be absent: 8 replies
// give no interval for the agreement of words and structure, 40 one with room for some and
// for none, and a branch whose slope has the smallest p that there is (1 in 24) and no
// more may get hotter by chance.
func TestLittleIsNotShown(t *testing.T) {
	mild, cool := "You are wrong about the bridge, I think, and about the canal as well.", coldWords
	replies := func(n int) []remark {
		rows := []remark{{-1, "a", cool}}
		for k := range n {
			rows = append(rows, remark{k / 2, fmt.Sprint("p", k%3), []string{cool, mild, hotWords}[(k*k+k/5)%3]})
		}
		return rows
	}
	steep := []remark{
		{-1, "a", cool}, {0, "b", mild}, {1, "a", hotWords}, {2, "b", "You idiot, you moron. " + hotWords},
		{-1, "c", cool}, {-1, "d", cool}, {-1, "e", cool},
	}
	for _, c := range []struct {
		name       string
		rows       []remark
		en, fr     string
		never, pas string
	}{
		{"eight replies", replies(8), "agree cannot be told here", "Impossible de dire ici", "tell different things", "disent des choses différentes"},
		{"forty replies", replies(40), "neither agreement nor its absence can be claimed", "ni leur accord ni son absence", "tell different things", "disent des choses différentes"},
		{"a steep branch of four", steep, "One branch may get hotter step by step", "Une branche s’échauffe peut-être pas à pas", "does not get hotter", "ne s’échauffe"},
	} {
		for _, l := range []struct {
			lang      metrics.Lang
			want, not string
		}{{metrics.English, c.en, c.never}, {metrics.French, c.fr, c.pas}} {
			r := report(t, l.lang, threadOf(c.rows))
			text := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(said(t, r))
			if !strings.Contains(text, l.want) {
				t.Errorf("%s, %s: %q is not said in\n%s", c.name, l.lang, l.want, text)
			}
			if strings.Contains(text, l.not) {
				t.Errorf("%s, %s: %q is said in\n%s", c.name, l.lang, l.not, text)
			}
		}
	}
}
