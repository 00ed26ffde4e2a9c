package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"threadheat/metrics"
	"threadheat/thread"
)

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// The times of the seed: 25 h 32, 5 h 33 and 4 h 02 apart, in true proportion.
func TestAxisIsTrueToTime(t *testing.T) {
	h := 3600_000.
	ts := []float64{0, 25.5333 * h, 31.0833 * h, 35.1167 * h}
	a := newAxis(ts, 100, 700, time.UTC)
	if len(a.spans) != 1 {
		t.Fatalf("%d spans, want 1: nothing needs a cut", len(a.spans))
	}
	width := a.at(ts[3]) - a.at(ts[0])
	for i, want := range []float64{0, 25.5333 / 35.1167, 31.0833 / 35.1167, 1} {
		if got := (a.at(ts[i]) - a.at(ts[0])) / width; !near(got, want, 1e-9) {
			t.Errorf("turn %d stands at %.3f of the way, want %.3f", i, got, want)
		}
	}
}

func TestAxisCutsLongSilences(t *testing.T) {
	minute, year := 60_000., 365.25*86_400_000
	ts := []float64{0, 5 * minute, 12 * minute, year, year + 9*minute, year + 15*minute}
	a := newAxis(ts, 0, 600, time.UTC)
	if len(a.spans) != 2 || a.spans[0].t1 != ts[2] || a.spans[1].t0 != ts[3] {
		t.Fatalf("spans are %v, want a cut after the third moment", a.spans)
	}
	if got := a.spans[1].lo - a.spans[0].hi; !near(got, cutWidth, 1e-9) {
		t.Errorf("the cut is %v wide, want %v", got, cutWidth)
	}
	// One minute is the same width on both sides.
	left, right := (a.at(ts[2])-a.at(ts[0]))/12, (a.at(ts[5])-a.at(ts[3]))/15
	if !near(left, right, 1e-6) {
		t.Errorf("a minute is %v wide before the cut and %v after", left, right)
	}
}

func TestAxisKeepsOrderAndPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 300 {
		n := 1 + r.IntN(40)
		ts := make([]float64, n)
		at := 0.
		for i := range ts {
			at += math.Floor(math.Exp(r.Float64()*30)) * float64(r.IntN(3))
			ts[i] = at
		}
		a := newAxis(ts, 50, 700, time.UTC)
		last := 50.
		for i, ms := range ts {
			x := a.at(ms)
			if math.IsNaN(x) || x < last-1e-6 || x > 700 {
				t.Fatalf("round %d: moment %d of %v stands at %v, after %v", round, i, ts, x, last)
			}
			last = x
		}
		if ks := a.ticks("", 64); len(ks) == 0 || len(ks) > 40 {
			t.Fatalf("round %d: %d ticks", round, len(ks))
		}
	}
}

func TestTicksFallOnRoundTimes(t *testing.T) {
	at := func(s string) float64 {
		v, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return float64(v.UnixMilli())
	}
	for _, c := range []struct {
		name     string
		from, to string
		lang     tongue
		want     string
	}{
		{"hours", "2021-12-25 08:12", "2021-12-26 19:19", "en", "12:00/25 Dec 2021 18:00 00:00/26 Dec 2021 06:00 12:00 18:00"},
		{"hours in French", "2021-12-25 08:12", "2021-12-26 19:19", "fr", "12 h/25 déc. 2021 18 h 0 h/26 déc. 2021 6 h 12 h 18 h"},
		{"minutes", "2021-12-25 08:12", "2021-12-25 08:51", "en", "08:15/25 Dec 2021 08:20 08:25 08:30 08:35 08:40 08:45 08:50"},
		{"weeks", "2021-11-20 00:00", "2022-01-05 00:00", "en", "22 Nov/2021 29 Nov 6 Dec 13 Dec 20 Dec 27 Dec 3 Jan/2022"},
		{"quarters", "2019-01-15 00:00", "2021-02-15 00:00", "fr", "avr./2019 juill. oct. janv./2020 avr. juill. oct. janv./2021"},
		{"years", "2003-05-01 00:00", "2011-02-15 00:00", "en", "2004 2005 2006 2007 2008 2009 2010 2011"},
	} {
		a := newAxis([]float64{at(c.from), at(c.to)}, 0, 640, time.UTC)
		var got []string
		for _, k := range a.ticks(c.lang, 64) {
			s := k.upper
			if k.lower != "" {
				s += "/" + k.lower
			}
			got = append(got, strings.ReplaceAll(s, "\u00a0", " "))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: ticks are %s, want %s", c.name, s, c.want)
		}
	}
}

func TestLapse(t *testing.T) {
	const minute, hour, day = 60_000., 3600_000., 86_400_000.
	for _, c := range []struct {
		ms     float64
		en, fr string
	}{
		{0, "0 min", "0 min"},
		{20_000, "20 s", "20 s"},
		{12 * minute, "12 min", "12 min"},
		{59.6 * minute, "1 h", "1 h"},
		{25*hour + 32*minute, "25 h 32 min", "25 h 32"},
		{4*hour + 2*minute, "4 h 2 min", "4 h 02"},
		{76 * hour, "3 d 4 h", "3 j 4 h"},
		{4 * day, "4 d", "4 j"},
		{49 * day, "49 days", "49 jours"},
		{240 * day, "8 months", "8 mois"},
		{1461 * day, "4 years", "4 ans"},
		{913 * day, "2.5 years", "2,5 ans"},
		{-90 * minute, "−1 h 30 min", "−1 h 30"},
	} {
		for l, want := range map[tongue]string{"en": c.en, "fr": c.fr} {
			if got := strings.ReplaceAll(l.lapse(c.ms), "\u00a0", " "); got != want {
				t.Errorf("lapse(%v) in %s = %q, want %q", c.ms, l, got, want)
			}
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{tongue("en").dec(.425, 1), "0.4"},
		{tongue("fr").dec(.42, 2), "0,42"},
		{tongue("fr").dec(-.001, 2), "0,00"},
		{tongue("en").count(1234567), "1,234,567"},
		{tongue("fr").count(12345), "12\u202f345"},
		{tongue("en").words(1), "1\u00a0word"},
		{tongue("en").words(0), "0\u00a0words"},
		{tongue("fr").words(0), "0\u00a0mot"},
		{tongue("en").by("Aurore"), "by Aurore"},
		{tongue("fr").by("Aurore"), "d’Aurore"},
		{tongue("fr").by("Élodie"), "d’Élodie"},
		{tongue("fr").by("Bruno"), "de Bruno"},
		{tongue("fr").by(""), "de "},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"  two \n\t words ", "two words"},
		{"a\x00b\x07c", "abc"},
		{"\u202eevil\u202c", "evil"},
		{"\xff\xfe\ufffe\uffff", ""},
		{"<b>", "<b>"}, // escaping is the canvas's
		{"e\u0301", "e\u0301"},
		{"می\u200cخواهم", "می\u200cخواهم"},
		{strings.Repeat("x", 1000), strings.Repeat("x", 300) + "…"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("clean(%.20q) = %.40q, want %.40q", c.in, got, c.want)
		}
	}
}

func TestFitAndWrap(t *testing.T) {
	for _, s := range []string{"Sansillusions", strings.Repeat("W", 200), "e\u0301\u0301\u0301\u0301 and more of the same", "クマのプーさん"} {
		for _, w := range []float64{20, 60, 200} {
			got := fit(s, 13, w)
			if got != s && !strings.HasSuffix(got, "…") {
				t.Errorf("fit(%.10q, %v) = %q: shortened without a sign", s, w, got)
			}
			if textWidth(got, 13) > w {
				t.Errorf("fit(%.10q, %v) is %v wide", s, w, textWidth(got, 13))
			}
		}
	}
	got := wrap("Bertrand de la Tour-Landry du Pin", 13, 110, 2)
	if want := "Bertrand de la|Tour-Landry du…"; strings.Join(got, "|") != want {
		t.Errorf("wrap = %q, want %s", got, want)
	}
}

func TestDrawable(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Ѳедоръ é 0,42 “«", "Ѳедоръ é 0,42 “«"},
		{"A → B", "A … B"},
		{"クマ the bear", "… the bear"},
		{"😀", "…"},
	} {
		if got := drawable(c.in); got != c.want {
			t.Errorf("drawable(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// Heat reads without hue: lightness runs one way, in equal steps to the eye,
// and both ends stand out from the paper.
func TestHeatScale(t *testing.T) {
	for _, th := range []*theme{light, dark} {
		sign := 1.
		if th.dark {
			sign = -1
		}
		var steps []float64
		for i := 1; i < rampSteps; i++ {
			a, b := toLab(th.ramp[i-1]), toLab(th.ramp[i])
			if sign*(a.l-b.l) <= 0 {
				t.Errorf("dark=%v: lightness turns back at step %d (%.3f, %.3f)", th.dark, i, a.l, b.l)
			}
			steps = append(steps, a.distance(b))
		}
		mean := meanOf(steps)
		for i, s := range steps {
			// Eight bits a channel and colours outside sRGB cost some evenness.
			if !near(s, mean, .6*mean) {
				t.Errorf("dark=%v: step %d is %.4f where the mean is %.4f", th.dark, i+1, s, mean)
			}
		}
		for _, x := range []float64{0, 1} {
			if d := toLab(th.heat(x)).distance(toLab(th.paper)); d < .1 {
				t.Errorf("dark=%v: heat %v is %.3f from the paper", th.dark, x, d)
			}
		}
	}
	// White has luminance 1 and red .2126 by definition.
	if y := luminance(colour{R: 255, A: 255}); !near(y, .2126, 1e-9) {
		t.Errorf("luminance of red = %v", y)
	}
	// White, blue and red, by the reference tables of OKLab.
	for _, c := range []struct {
		c    colour
		want lab
	}{{colour{R: 255, G: 255, B: 255, A: 255}, lab{1, 0, 0}}, {colour{R: 0, G: 0, B: 255, A: 255}, lab{.452, -.032, -.312}}, {colour{R: 255, G: 0, B: 0, A: 255}, lab{.628, .225, .126}}} {
		if got := toLab(c.c); got.distance(c.want) > .002 {
			t.Errorf("toLab(%v) = %.3f, want %.3f", c.c, got, c.want)
		}
		if back := toLab(c.c).rgb(); back != c.c {
			t.Errorf("toLab(%v).rgb() = %v", c.c, back)
		}
	}
}

// Words on coloured blocks must be readable (WCAG asks for 4.5 to 1).
func TestTextOnHeat(t *testing.T) {
	contrast := func(a, b colour) float64 {
		x, y := luminance(a), luminance(b)
		return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
	}
	for _, th := range []*theme{light, dark} {
		for _, c := range th.ramp {
			if got := contrast(th.on(c), c); got < 4.5 {
				t.Errorf("dark=%v: contrast on %v is %.1f", th.dark, c, got)
			}
		}
		for name, c := range map[string]colour{"ink": th.ink, "muted": th.muted} {
			if got := contrast(c, th.paper); got < 4.5 {
				t.Errorf("dark=%v: contrast of %s is %.1f", th.dark, name, got)
			}
		}
	}
}

// The area of a disc is its words: 577 and 140 words make areas of 4.12 to 1.
func TestDiscAreasAreWords(t *testing.T) {
	e := seed()
	p := planExchange(withTrend(e), Options{})
	p.layout(newDrawing("exchange", Options{}, "t", "s", true))
	for i, u := range e.turns {
		got := p.r[i] * p.r[i] / (p.r[0] * p.r[0])
		if want := float64(u.words) / 577; !near(got, want, 1e-9) {
			t.Errorf("disc %d has %.3f of the first one's area, want %.3f", i, got, want)
		}
	}
}

// Heats .40 .53 .59 .65 have mean .5425 and slope .081: the line runs from .421 to
// .664.
func TestExchangeFinding(t *testing.T) {
	e := seed()
	e.turns[0].heat = some(.40)
	flat := seed()
	for i, h := range []float64{.5, .3, .6, .4} {
		flat.turns[i].heat = some(h)
	}
	down := seed()
	for i := range down.turns {
		down.turns[i].heat = some(.8 - .1*float64(i))
	}
	cool := seed()
	for i := range cool.turns {
		cool.turns[i].heat = opt{}
	}
	for _, c := range []struct {
		name string
		e    exchangeData
		lang metrics.Lang
		want string
	}{
		{"rising", e, "en", "Sansillusions and quinctius cincinnatus: heat rises from about 0.42 to 0.66 in 4 turns"},
		{"rising", e, "fr", "Sansillusions et quinctius cincinnatus : la chaleur monte d’environ 0,42 à 0,66 en 4 tours"},
		{"falling", down, "en", "Sansillusions and quinctius cincinnatus: heat falls from about 0.80 to 0.50 in 4 turns"},
		{"no trend", flat, "en", "Sansillusions and quinctius cincinnatus: 4 turns, the hottest is no. 3 (0.60)"},
		{"no heat", cool, "en", "Sansillusions and quinctius cincinnatus answer each other in 4 turns"},
	} {
		d := drawExchange(withTrend(c.e), Options{Lang: c.lang})
		if got := strings.ReplaceAll(d.Title, "\u00a0", " "); got != c.want {
			t.Errorf("%s: title %q, want %q", c.name, got, c.want)
		}
	}
}

func TestExchangeNumbers(t *testing.T) {
	d := drawExchange(withTrend(seed()), Options{})
	row := strings.Join(d.Numbers[1], " | ")
	if want := "2 | 3 | quinctius cincinnatus | 2021-12-26T09:44:00 | 140 | 0.53 | 0.51 | 1 | 1532 | 0.8 | 0.75"; row != want {
		t.Errorf("second row is %s, want %s", row, want)
	}
}

// Unknown heat is never drawn as zero.
func TestUndefinedIsLeftOut(t *testing.T) {
	if v := fromValue(metrics.Undefined(0, &metrics.Text{EN: "why"})); v.ok {
		t.Error("an undefined value became a number")
	}
	if some(math.NaN()).ok || some(math.Inf(1)).ok {
		t.Error("a number that is not finite was taken")
	}
	rs := scenes[0].remarks(7)
	for i := range rs {
		rs[i].heat = opt{}
	}
	if d := drawHeat(rs, meanHeat(rs), Options{}); d.Empty == "" {
		t.Error("heat was drawn where none is known")
	}
	rs[3].heat = some(.5)
	if d := drawHeat(rs, meanHeat(rs), Options{}); d.Empty != "" || !strings.Contains(d.Subtitle, "No heat is known of 6\u00a0comments") {
		t.Errorf("one heat of 7: %q %q", d.Empty, d.Subtitle)
	}
}

func TestScales(t *testing.T) {
	for _, c := range []struct{ low, want float64 }{{.97, .9}, {.91, .8}, {.85, .8}, {.6, .5}, {.51, 0}, {.1, 0}, {1, .9}} {
		if got := floorFor([]float64{.99, c.low, 1}); got != c.want {
			t.Errorf("floorFor distances from %v = %v, want %v", c.low, got, c.want)
		}
	}
	for _, c := range []struct{ top, want float64 }{{0, .2}, {.2, .2}, {.21, .4}, {.65, .8}, {1, 1}, {1.12, 1}} {
		if got := roomFor(.01, c.top); got != c.want {
			t.Errorf("roomFor(%v) = %v, want %v", c.top, got, c.want)
		}
	}
	p := panel{0, 1, 100, 200, .8, 1}
	for v, want := range map[float64]float64{.8: 200, .9: 150, 1: 100, .2: 200, 3: 100} {
		if got := p.y(v); !near(got, want, 1e-9) {
			t.Errorf("y(%v) = %v, want %v", v, got, want)
		}
	}
}

func TestTimelineRows(t *testing.T) {
	var rs []remark
	for i := range 40 { // author a writes once for each divisor of the pattern
		a := min(i, 19)
		rs = append(rs, remark{id: fmt.Sprint(i), author: thread.AuthorID(a), name: fmt.Sprint("author ", a), parent: -1, end: i + 1, spoken: true})
	}
	p := &timelinePlan{rs: rs, l: "en", row: make([]int, 40), x: make([]float64, 40)}
	p.place()
	if len(p.rows) != maxRows+1 {
		t.Fatalf("%d rows, want %d", len(p.rows), maxRows+1)
	}
	if p.rows[0].name != "author 19" || p.rows[0].n != 21 {
		t.Errorf("first row is %v, want author 19 with 21", p.rows[0])
	}
	if last := p.rows[maxRows]; last.name != "8 others" || last.n != 8 {
		t.Errorf("last row is %v, want 8 others with 8", last)
	}
	if p.people() != 20 || p.written() != 40 {
		t.Errorf("%d comments by %d people, want 40 by 20", p.written(), p.people())
	}
}

// cells against the plain sum over each cell.
func TestCells(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const rows, across = 4, 30
	for range 50 {
		s := newCells(rows, across)
		var sum, heats, count [rows][across]float64
		for range r.IntN(40) {
			row, from := r.IntN(rows), r.IntN(across)
			to := from + 1 + r.IntN(across-from)
			v := opt{r.Float64(), r.IntN(3) > 0}
			s.add(row, from, to, v)
			for k := from; k < to; k++ {
				count[row][k]++
				if v.ok {
					sum[row][k] += v.v
					heats[row][k]++
				}
			}
		}
		covered := 0
		s.each(func(row, from, to int, mean opt) {
			for k := from; k < to; k++ {
				covered++
				want := sum[row][k] / heats[row][k]
				if count[row][k] == 0 || mean.ok != (heats[row][k] > 0) || mean.ok && !near(mean.v, want, .5/23+1e-9) {
					t.Fatalf("cell %d of row %d is %v, want %v of %v", k, row, mean, want, count[row][k])
				}
			}
		})
		for row := range count {
			for k := range count[row] {
				if count[row][k] > 0 {
					covered--
				}
			}
		}
		if covered != 0 {
			t.Fatalf("cells drawn twice or left out: %d", covered)
		}
	}
}

func TestHighest(t *testing.T) {
	var ps []point
	for i, v := range []float64{.2, .9, .1, .9, .5, .7} {
		ps = append(ps, point{i: i, v: v})
	}
	for n, want := range map[int]string{0: "[]", 1: "[1]", 3: "[1 3 5]", 9: "[1 3 5 4 0 2]"} {
		got := []int{}
		for _, p := range highest(ps, n) {
			got = append(got, p.i)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("highest %d are %v, want %s", n, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	ps := []point{{x: 1, v: .2}, {x: 2, v: .4}, {x: 11, v: .9}, {x: 20, v: .1}}
	got := columns(ps, 0, 20, 10)
	if len(got) != 2 || got[0].n != 2 || got[0].low != .2 || got[0].top != .4 || !near(got[0].mean, .3, 1e-12) || got[1].n != 2 || got[1].low != .1 {
		t.Errorf("columns = %+v", got)
	}
}
