package render_test

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

// plain shows no-break spaces as marks, so that a wanted string can be read.
var plain = strings.NewReplacer("\u202f", "_", "\u00a0", "~")

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		x      float64
		en, fr string
	}{
		{0, "0.00", "0,00"},
		{2.535714, "2.54", "2,54"},
		{0.41, "0.41", "0,41"},
		{0.0756, "0.076", "0,076"},
		{0.00044, "0.00044", "0,00044"},
		{-0.496741, "−0.50", "−0,50"},
		{25.34, "25.3", "25,3"},
		{253.4, "253", "253"},
		{12345.6, "12,346", "12_346"},
		{-1234567, "−1,234,567", "−1_234_567"},
		{-0.0001, "−0.00010", "−0,00010"},
		{1.5e-9, "1.5e−09", "1,5e−09"},
		{1e300, "1.0e+300", "1,0e+300"},
		{math.NaN(), "–", "–"},
		{math.Inf(-1), "–", "–"},
	} {
		for l, want := range map[metrics.Lang]string{metrics.English: c.en, metrics.French: c.fr} {
			if got := plain.Replace(render.Number(l, c.x)); got != want {
				t.Errorf("Number(%s, %v) = %q, want %q", l, c.x, got, want)
			}
		}
	}
}

func TestFixedHasNoNegativeZero(t *testing.T) {
	if got := render.Fixed(metrics.English, -0.001, 2); got != "0.00" {
		t.Errorf("Fixed(-0.001, 2) = %q, want 0.00", got)
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		x      float64
		en, fr string
	}{{0, "0%", "0_%"}, {0.8, "80%", "80_%"}, {0.004, "<1%", "<1_%"}, {1, "100%", "100_%"}} {
		if got := render.Percent(metrics.English, c.x); got != c.en {
			t.Errorf("Percent(en, %v) = %q, want %q", c.x, got, c.en)
		}
		if got := plain.Replace(render.Percent(metrics.French, c.x)); got != c.fr {
			t.Errorf("Percent(fr, %v) = %q, want %q", c.x, got, c.fr)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		minutes float64
		en, fr  string
	}{
		{0, "0~min", "0~min"},
		{0.5, "30~s", "30~s"},
		{0.001, "1~s", "1~s"},
		{12, "12~min", "12~min"},
		{59.6, "1~h", "1~h"},
		{242, "4~h~2~min", "4~h~02"},
		{1532, "25~h~32~min", "25~h~32"}, // the first answer of the exchange in the golden values
		{11252, "7~d~20~h", "7~j~20~h"},
		{48 * 60, "2~d", "2~j"},
		{47*60 + 59, "47~h~59~min", "47~h~59"},
		{-333, "−5~h~33~min", "−5~h~33"},
		{400 * 24 * 60, "400~d", "400~j"},
		{math.NaN(), "–", "–"},
	} {
		if got := plain.Replace(render.Duration(metrics.English, c.minutes)); got != c.en {
			t.Errorf("Duration(en, %v) = %q, want %q", c.minutes, got, c.en)
		}
		if got := plain.Replace(render.Duration(metrics.French, c.minutes)); got != c.fr {
			t.Errorf("Duration(fr, %v) = %q, want %q", c.minutes, got, c.fr)
		}
	}
}

func TestDate(t *testing.T) {
	when := time.Date(2021, time.December, 26, 9, 4, 5, 0, time.UTC)
	for _, c := range []struct {
		p      thread.Precision
		en, fr string
	}{
		{thread.None, "", ""},
		{thread.Year, "2021", "2021"},
		{thread.Month, "Dec 2021", "décembre 2021"},
		{thread.Day, "26~Dec 2021", "26~décembre 2021"},
		{thread.Hour, "26~Dec 2021, 09~h", "26~décembre 2021, 9~h"},
		{thread.Minute, "26~Dec 2021, 09:04", "26~décembre 2021, 9~h~04"},
		{thread.Second, "26~Dec 2021, 09:04", "26~décembre 2021, 9~h~04"},
	} {
		s := thread.Local(when, c.p)
		if got := plain.Replace(render.Date(metrics.English, s)); got != c.en {
			t.Errorf("Date(en, %s) = %q, want %q", c.p, got, c.en)
		}
		if got := plain.Replace(render.Date(metrics.French, s)); got != c.fr {
			t.Errorf("Date(fr, %s) = %q, want %q", c.p, got, c.fr)
		}
	}
	if got := plain.Replace(render.ShortDate(metrics.French, thread.Local(when, thread.Minute))); got != "26~déc. 2021, 9~h~04" {
		t.Errorf("ShortDate = %q, want a short month", got)
	}
	paris := time.FixedZone("", 3600)
	if got := plain.Replace(render.Date(metrics.French, thread.At(time.Date(2022, time.January, 1, 0, 30, 0, 0, paris), thread.Minute))); got != "1er~janvier 2022, 0~h~30" {
		t.Errorf("Date of the 1st = %q: the clock is that of the source, not UTC", got)
	}
}

func TestDateRange(t *testing.T) {
	at := func(y int, m time.Month, d int, p thread.Precision) thread.Stamp {
		return thread.Local(time.Date(y, m, d, 12, 0, 0, 0, time.UTC), p)
	}
	for _, c := range []struct {
		from, to thread.Stamp
		want     string
	}{
		{at(2021, 12, 23, thread.Minute), at(2021, 12, 31, thread.Minute), "23–31~Dec 2021"},
		{at(2021, 12, 23, thread.Minute), at(2021, 12, 23, thread.Minute), "23~Dec 2021"},
		{at(2021, 12, 30, thread.Day), at(2022, 1, 2, thread.Minute), "30~Dec 2021 – 2~Jan 2022"},
		{at(2021, 7, 31, thread.Day), at(2021, 8, 1, thread.Day), "31~Jul – 1~Aug 2021"},
		{at(2020, 1, 1, thread.Year), at(2021, 5, 2, thread.Day), "2020 – 2~May 2021"},
	} {
		if got := plain.Replace(render.DateRange(metrics.English, c.from, c.to)); got != c.want {
			t.Errorf("DateRange(%s, %s) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{render.Words.Count(metrics.English, 0), "0~words"},
		{render.Words.Count(metrics.English, 1), "1~word"},
		{render.Words.Count(metrics.French, 0), "0~mot"},
		{render.Words.Count(metrics.French, 1), "1~mot"},
		{render.Words.Count(metrics.French, 12345), "12_345~mots"},
		{render.Words.Count("", 2), "2~words"},
		{render.List(metrics.English, nil), ""},
		{render.List(metrics.English, []string{"A"}), "A"},
		{render.List("", []string{"A", "B", "C"}), "A, B and C"},
		{render.List(metrics.French, []string{"A", "B"}), "A et B"},
		{render.Signed(metrics.English, .07, 2), "+0.07"},
		{render.Signed(metrics.French, -.07, 2), "−0,07"},
		{render.Signed(metrics.English, 0, 1), "0.0"},
	} {
		if got := plain.Replace(c.got); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestTypeset(t *testing.T) {
	const in = "Quoi ? « Rien », dit-il : 5 % ; fini !"
	if got, want := plain.Replace(render.Typeset(metrics.French, in)), "Quoi_? «_Rien_», dit-il_: 5_%_; fini_!"; got != want {
		t.Errorf("Typeset(fr) = %q, want %q", got, want)
	}
	if got := render.Typeset(metrics.English, in); got != in {
		t.Errorf("Typeset(en) = %q, want it unchanged", got)
	}
}

func TestQuantity(t *testing.T) {
	for _, c := range []struct {
		u      metrics.Unit
		x      float64
		en, fr string
	}{
		{metrics.Count, 7, "7", "7"},
		{metrics.Count, 1.75, "1.75", "1,75"},
		{metrics.Edges, 10000, "10,000", "10_000"},
		{metrics.Minutes, 1532, "25~h~32~min", "25~h~32"},
		{metrics.Heat, 0.6, "0.60", "0,60"},
		{metrics.Bits, 0.985228, "0.99~bits", "0,99~bits"},
		{metrics.PerTurn, 0.0756, "+0.076~/~turn", "+0,076~/~tour"},
		{metrics.Ratio, 1, "1.00", "1,00"},
	} {
		if got := plain.Replace(render.Quantity(metrics.English, c.u, c.x)); got != c.en {
			t.Errorf("Quantity(en, %s, %v) = %q, want %q", c.u, c.x, got, c.en)
		}
		if got := plain.Replace(render.Quantity(metrics.French, c.u, c.x)); got != c.fr {
			t.Errorf("Quantity(fr, %s, %v) = %q, want %q", c.u, c.x, got, c.fr)
		}
	}
}

func TestBeside(t *testing.T) {
	p := 0.125
	for _, c := range []struct {
		name string
		v    metrics.Value
		want string
	}{
		{"nothing", metrics.Of(1, 2), ""},
		{"reason", metrics.TooFew(6, 20, metrics.TimedComments), "needs at least 20 timed comments, has 6"},
		{"tiny p", metrics.Value{X: 1, N: 4, More: &metrics.More{P: new(float64)}}, "p < 0.001"},
		{"interval and p", metrics.Value{X: 1, N: 4, More: &metrics.More{CI: &[2]float64{0.25, 0.5}, P: &p}}, "0.25 … 0.50, p = 0.125"},
		{"note", metrics.Value{X: 1, N: 4, More: &metrics.More{P: &p, Note: &metrics.Text{EN: "mind the edge"}}}, "p = 0.125, mind the edge"},
		{"range", metrics.Value{X: 1, N: 4, More: &metrics.More{Range: &[2]float64{1, 1.5}}}, "1.00 … 1.50 as read otherwise"},
		{"no interval", metrics.Value{X: 1, N: 4, More: &metrics.More{P: &p, NoCI: &metrics.Text{EN: "one case"}}}, "p = 0.125, no interval: one case"},
		{"one value in every reading", metrics.Value{X: 1, N: 4, More: &metrics.More{Range: &[2]float64{1, 1}}}, ""},
	} {
		if got := render.Beside(metrics.English, metrics.Ratio, c.v); got != c.want {
			t.Errorf("%s: Beside = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"", 5, ""},
		{"short", 5, "short"},
		{"two  words\nhere", 20, "two words here"},
		{"cut between words, please", 17, "cut between words…"},
		{"onelongwordwithoutspace", 8, "onelongw…"},
		{"漢字漢字漢字", 3, "漢字漢…"},
	} {
		if got := render.Clip(c.s, c.n); got != c.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
	long := strings.Repeat(" ", 1<<20) + "end"
	if got := render.Clip(long, 10); utf8.RuneCountInString(got) > 11 {
		t.Errorf("Clip of a megabyte of spaces = %q", got)
	}
}

func TestFigureWords(t *testing.T) {
	f := &render.Figure{Title: "It warms up", Alt: "It warms up. A line that rises."}
	if got := f.Words(); got != "A line that rises." {
		t.Errorf("Words = %q, want it without the title", got)
	}
}
