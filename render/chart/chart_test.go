package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	chart "github.com/wcharczuk/go-chart/v2"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/thread"
)

// A scene is an invented thread of some awkward shape.
type scene struct {
	name   string
	names  []string
	deep   float64 // chance that a comment answers the one before it
	gap    func(r *rand.Rand, i int) time.Duration
	timed  bool
	noHeat bool
}

var plainNames = []string{"Aurore", "Bertrand de la Tour-Landry du Pin", "Nadia_75", "O’Brien", "Élodie", "m", "Hervé", "zz_top"}

var scenes = []scene{
	{name: "plain", names: plainNames, deep: .6, timed: true, gap: func(r *rand.Rand, _ int) time.Duration { return hours(r.ExpFloat64() * 5) }},
	{name: "three years", names: plainNames, deep: .6, timed: true, gap: func(r *rand.Rand, _ int) time.Duration {
		return hours(900 * r.ExpFloat64() * r.ExpFloat64() * r.ExpFloat64())
	}},
	{name: "bursts", names: plainNames[:2], deep: .95, timed: true, gap: func(r *rand.Rand, i int) time.Duration {
		if i%9 == 5 {
			return hours(3000)
		}
		return hours(r.ExpFloat64())
	}},
	{name: "equal times", names: plainNames, deep: .5, timed: true, gap: func(*rand.Rand, int) time.Duration { return 0 }},
	{name: "backwards", names: plainNames, deep: .5, timed: true, gap: func(*rand.Rand, int) time.Duration { return -hours(7) }},
	{name: "no times", names: plainNames, deep: .5, gap: func(*rand.Rand, int) time.Duration { return 0 }},
	{name: "one author", names: plainNames[:1], deep: .3, timed: true, gap: func(*rand.Rand, int) time.Duration { return hours(30) }},
	{name: "chain", names: plainNames, deep: 1, timed: true, gap: func(*rand.Rand, int) time.Duration { return time.Minute }},
	{name: "star", names: plainNames, deep: 0, timed: true, gap: func(*rand.Rand, int) time.Duration { return time.Second }},
	{name: "no heat", names: plainNames, deep: .5, timed: true, noHeat: true, gap: func(*rand.Rand, int) time.Duration { return hours(1) }},
	{name: "unicode", names: []string{"クマのプーさん", "مريم العذراء", "😀👩‍👩‍👧", "Ѳедоръ", "e\u0301\u0301\u0301\u0301"}, deep: .6, timed: true, gap: func(*rand.Rand, int) time.Duration { return hours(2) }},
	{name: "hostile", names: hostile, deep: .6, timed: true, gap: func(*rand.Rand, int) time.Duration { return hours(2) }},
}

var hostile = []string{
	"<script>alert(1)</script>", "]]>", "a\x00b\x1b[31m", "\u202eevil\u2066\u2067", strings.Repeat("long name ", 100), strings.Repeat("W", 1000),
	`" onload="alert(1)`, "&amp;<!--", "\xff\xfe", "\ufffe\uffff", " \n\t ", strings.Repeat("\u0301", 500), "%s%d%!",
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }

func (s scene) remarks(n int) []remark {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	t := time.Date(2019, 3, 4, 9, 12, 0, 0, time.UTC)
	rs := make([]remark, 0, n)
	var open []int
	for i := range n {
		for len(open) > 0 && r.Float64() > s.deep {
			open = open[:len(open)-1]
		}
		t = t.Add(s.gap(r, i))
		a := min(int(float64(3*len(s.names))*r.Float64()*r.Float64()), 3*len(s.names)-1)
		if len(s.names) == 1 {
			a = 0
		}
		name := clean(s.names[a%len(s.names)])
		if name == "" {
			name = "(unknown)"
		}
		m := remark{id: fmt.Sprint("c", i), author: thread.AuthorID(a), name: name, parent: -1, end: i + 1, depth: len(open), spoken: true, words: int(r.ExpFloat64() * 90)}
		if s.timed {
			m.stamp = thread.Local(t, thread.Minute)
		}
		if !s.noHeat && i%13 != 12 {
			m.heat, m.article = some(r.Float64()*r.Float64()), some(r.Float64())
		}
		if len(open) > 0 {
			m.parent = open[len(open)-1]
			m.reply = some(1 - .6*r.Float64())
		}
		rs = append(rs, m)
		open = append(open, i)
	}
	for i := n - 1; i >= 0; i-- {
		if p := rs[i].parent; p >= 0 {
			rs[p].end = max(rs[p].end, rs[i].end)
		}
	}
	return rs
}

// exchange makes a pair of the first two names of the scene.
func (s scene) exchange(n int) exchangeData {
	other := clean(s.names[len(s.names)-1])
	e := exchangeData{names: [2]string{clean(s.names[0]), other}}
	for i, r := range s.remarks(n) {
		t := turn{remark: r, side: i % 2, answers: i - 1, hot: []string{"n’importe quoi", clean(s.names[0]), "MENSONGES"}}
		if i%7 == 6 {
			t.side, t.answers = t.side^1, i-2 // to an earlier turn
		}
		if i%11 == 10 || t.answers >= 0 && e.turns[t.answers].side == t.side {
			t.answers = -1
		}
		if t.answers >= 0 && r.stamp.Timed() {
			t.delay = some(r.ms() - e.turns[t.answers].ms())
		}
		t.name = e.names[t.side]
		e.turns = append(e.turns, t)
	}
	return e
}

// figures are all five drawings of a scene.
func (s scene) figures(n int, o Options) []*Drawing {
	rs := s.remarks(n)
	return []*Drawing{drawExchange(withTrend(s.exchange(n)), o), drawHeat(rs, meanHeat(rs), o), drawDrift(rs, o), drawTimeline(rs, o), drawTree(rs, o)}
}

// everyFigure runs f over all figures of all scenes, of the given sizes.
func everyFigure(t *testing.T, sizes []int, f func(t *testing.T, d *Drawing)) {
	for _, s := range scenes {
		for _, n := range sizes {
			for _, o := range []Options{{}, {Lang: metrics.French, Dark: true}, {Turns: true, Bare: true}} {
				for _, d := range s.figures(n, o) {
					t.Run(fmt.Sprintf("%s/%s/%d/%v", d.kind, s.name, n, o), func(t *testing.T) { f(t, d) })
				}
			}
		}
	}
}

// painted is the canvas after painting, with the places of all texts.
func painted(t *testing.T, d *Drawing) *canvas {
	t.Helper()
	r, err := chart.SVG(d.Width*svgUnits, d.Height*svgUnits)
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.on(r, svgUnits, false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTextsNeitherOverlapNorClip(t *testing.T) {
	everyFigure(t, []int{0, 1, 2, 3, 7, 30, 300}, func(t *testing.T, d *Drawing) {
		c := painted(t, d)
		for i, a := range c.texts {
			if a.x0 < 0 || a.y0 < 0 || a.x1 > c.w || a.y1 > c.h {
				t.Errorf("the text %q at %.0f leaves the canvas of %v × %v", c.said[i], a, c.w, c.h)
			}
			for j, b := range c.texts[:i] {
				if a.hits(b) {
					t.Errorf("%q at %.0f and %q at %.0f overlap", c.said[i], a, c.said[j], b)
				}
			}
		}
	})
}

// The widths by which labels are placed must not be less than what the one font
// we have really takes.
func TestTextWidthCoversTheFont(t *testing.T) {
	r, err := chart.SVG(10, 10)
	if err != nil {
		t.Fatal(err)
	}
	f, err := font()
	if err != nil {
		t.Fatal(err)
	}
	r.SetDPI(72)
	r.SetFont(f)
	r.SetFontSize(100)
	for _, s := range []string{"Sansillusions", "WWWWW", "25 h 32", "ÉÀÇŒ", "iiii"} {
		real := float64(r.MeasureText(s).Width())
		if got := textWidth(s, 100); got < 1.05*real || got > 1.2*real {
			t.Errorf("textWidth(%q) = %.0f, the font takes %.0f", s, got, real)
		}
	}
}

func svg(t *testing.T, d *Drawing) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.SVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSVGIsSafe(t *testing.T) {
	everyFigure(t, []int{0, 1, 30}, func(t *testing.T, d *Drawing) {
		b := svg(t, d)
		if err := safe(b); err != nil {
			t.Error(err)
		}
		if again := svg(t, d); !bytes.Equal(b, again) {
			t.Error("two writings of one drawing differ")
		}
	})
}

// safe tells what in an SVG could run, call out, or break the page around it.
func safe(b []byte) error {
	elements := []string{"svg", "title", "desc", "path", "circle", "text", "tspan"}
	attributes := []string{"xmlns", "viewBox", "width", "height", "role", "aria-labelledby", "font-family", "id", "d", "style", "x", "y", "cx", "cy", "r", "text-anchor", "font-weight", "stroke-dasharray"}
	dec := xml.NewDecoder(bytes.NewReader(b))
	depth, roots := 0, 0
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("not XML: %w", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
			if !slices.Contains(elements, tok.Name.Local) {
				return fmt.Errorf("element <%s>", tok.Name.Local)
			}
			for _, a := range tok.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					return fmt.Errorf("attribute %s of <%s>", a.Name.Local, tok.Name.Local)
				}
				if a.Name.Local != "xmlns" && strings.ContainsAny(a.Value, "/(<>&") && a.Name.Local != "style" {
					return fmt.Errorf("attribute %s=%q", a.Name.Local, a.Value)
				}
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.Contains(a.Value, "url") {
					return fmt.Errorf("attribute %s=%q", a.Name.Local, a.Value)
				}
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if strings.ContainsAny(string(tok), "\u202a\u202b\u202d\u202e\u2066\u2067\x00") {
				return fmt.Errorf("text %q turns the writing direction", tok)
			}
		default:
			return fmt.Errorf("a %T", tok)
		}
	}
	if roots != 1 {
		return fmt.Errorf("%d root elements", roots)
	}
	return nil
}

func TestSVGSaysWhatItIs(t *testing.T) {
	d := drawExchange(withTrend(seed()), Options{})
	s := string(svg(t, d))
	for _, want := range []string{`width="880"`, fmt.Sprintf(`height="%d"`, d.Height), `viewBox="0 0 8800 `, `role="img"`, "<title id=\"exchange-", "<desc id=\"exchange-", "25\u00a0h\u00a032", "5\u00a0h\u00a033", "4\u00a0h\u00a02\u00a0min", "577\u00a0words"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %s in the SVG", want)
		}
	}
}

func TestIDsOfOnePageDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, o := range []Options{{}, {Dark: true}, {Lang: metrics.French}, {Turns: true}} {
		for _, d := range append(scenes[0].figures(7, o), scenes[1].figures(7, o)...) {
			at := fmt.Sprint(d.kind, o, d.Title)
			if other, ok := seen[d.id()]; ok && other != at {
				t.Errorf("%s and %s share the id %s", at, other, d.id())
			}
			seen[d.id()] = at
		}
	}
}

func TestPNG(t *testing.T) {
	for _, s := range []scene{scenes[0], scenes[10], scenes[11]} {
		for _, d := range s.figures(7, Options{}) {
			var b, again bytes.Buffer
			if err := d.PNG(&b, .3); err != nil {
				t.Fatalf("%s of %s: %v", d.kind, s.name, err)
			}
			if err := d.PNG(&again, .3); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("two PNGs of one %s differ (%v)", d.kind, err)
			}
		}
	}
}

func TestPNGScale(t *testing.T) {
	d := empty("tree", Options{}, "t", "e")
	for _, c := range []struct{ scale, want float64 }{{.5, .5}, {1, 1}, {1.5, 1.5}, {0, 1}, {-3, 1}, {math.NaN(), 1}} {
		var b bytes.Buffer
		if err := d.PNG(&b, c.scale); err != nil {
			t.Fatal(err)
		}
		img, err := png.DecodeConfig(&b)
		if err != nil {
			t.Fatal(err)
		}
		if w, h := int(float64(d.Width)*c.want), int(float64(d.Height)*c.want); img.Width != w || img.Height != h {
			t.Errorf("scale %v gives %d × %d, want %d × %d", c.scale, img.Width, img.Height, w, h)
		}
	}
}

func TestPNGScaleIsBounded(t *testing.T) {
	d := empty("tree", Options{}, "t", "e")
	for _, scale := range []float64{1e9, math.Inf(1)} {
		w, h := d.pixels(scale)
		if w*h*oversample*oversample > maxPixels {
			t.Errorf("scale %v gives %d × %d pixels", scale, w, h)
		}
	}
}

// A coordinate that is not finite spoils the drawing, and nothing is written.
func TestBadCoordinates(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
		for name, paint := range map[string]func(*canvas){
			"line":  func(c *canvas) { c.line(pt{0, 0}, pt{x, 1}, stroke{colour: c.ink, width: 1}) },
			"rect":  func(c *canvas) { c.rect(box{0, 0, 1, x}, c.ink) },
			"disc":  func(c *canvas) { c.disc(pt{1, 1}, x, c.ink, stroke{}) },
			"area":  func(c *canvas) { c.area([]pt{{0, 0}, {1, 1}, {x, 0}}, c.ink) },
			"curve": func(c *canvas) { c.curve(pt{0, 0}, pt{x, x}, pt{1, 1}, stroke{}) },
			"write": func(c *canvas) { c.write(text{body: "a", at: pt{x, 1}, size: 9}) },
		} {
			d := newDrawing("tree", Options{}, "t", "s", false)
			d.Height, d.paint = 100, paint
			var b bytes.Buffer
			if err := d.SVG(&b); err == nil || b.Len() > 0 {
				t.Errorf("%s at %v: SVG gave %v and %d bytes, want an error and none", name, x, err, b.Len())
			}
			if err := d.PNG(&b, 1); err == nil || b.Len() > 0 {
				t.Errorf("%s at %v: PNG gave %v and %d bytes, want an error and none", name, x, err, b.Len())
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteErrors(t *testing.T) {
	d := drawExchange(withTrend(seed()), Options{})
	if err := d.SVG(full{}); err == nil {
		t.Error("SVG to a full disk: no error")
	}
	if err := d.PNG(full{}, .3); err == nil {
		t.Error("PNG to a full disk: no error")
	}
}

// One drawing may be written by several goroutines; go-chart's font would race.
func TestConcurrentWriting(t *testing.T) {
	d := drawExchange(withTrend(seed()), Options{})
	want := svg(t, d)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			var b bytes.Buffer
			if err := d.SVG(&b); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("SVG in a goroutine differs (%v)", err)
			}
		})
	}
	wg.Wait()
}

// Too little to draw is a sentence in the right language, not an error.
func TestEmpty(t *testing.T) {
	for _, d := range scenes[0].figures(0, Options{}) {
		if d.Empty == "" || !strings.HasSuffix(d.Empty, ".") {
			t.Errorf("%s of no comments: Empty = %q", d.kind, d.Empty)
		}
		if d.Alt == "" || !bytes.Contains(svg(t, d), []byte("</svg>")) {
			t.Errorf("%s of no comments has no words or no panel", d.kind)
		}
	}
	fr := scenes[0].figures(1, Options{Lang: metrics.French})[0]
	if want := "Un échange demande au moins 2 tours ; il y en a 1."; fr.Empty != want {
		t.Errorf("Empty = %q, want %q", fr.Empty, want)
	}
}

// Every number row is as long as the header.
func TestNumbers(t *testing.T) {
	everyFigure(t, []int{0, 1, 7}, func(t *testing.T, d *Drawing) {
		for _, row := range d.Numbers {
			if len(row) != len(d.Header) {
				t.Fatalf("a row of %d under %d headings", len(row), len(d.Header))
			}
		}
		if d.Empty == "" && (d.Title == "" || d.Subtitle == "" || d.Alt == "" || len(d.Numbers) == 0) {
			t.Errorf("words or numbers are missing: %q %q %q, %d rows", d.Title, d.Subtitle, d.Alt, len(d.Numbers))
		}
	})
}

// withTrend fits the line to the heats of an exchange, as its fact does.
func withTrend(e exchangeData) exchangeData {
	var turns, heats []float64
	for i, t := range e.turns {
		if t.heat.ok {
			turns, heats = append(turns, float64(i)), append(heats, t.heat.v)
		}
	}
	if e.trend = nil; len(turns) >= 3 {
		e.trend = exchange.TrendOf(turns, heats)
	}
	return e
}

// meanHeat is the mean heat of remarks with some interval.
func meanHeat(rs []remark) metrics.Value {
	var vs []float64
	for _, r := range rs {
		if r.heat.ok {
			vs = append(vs, r.heat.v)
		}
	}
	if len(vs) == 0 {
		return metrics.TooFew(0, 1, metrics.Comments)
	}
	v := metrics.Of(meanOf(vs), len(vs))
	if len(vs) >= 4 {
		v.More = &metrics.More{CI: &[2]float64{max(v.X-.1, 0), min(v.X+.1, 1)}}
	}
	return v
}

// seed has the layout of a real exchange, with invented heats.
func seed() exchangeData {
	e := exchangeData{names: [2]string{"Sansillusions", "quinctius cincinnatus"}}
	words := []int{577, 140, 323, 85}
	heats := []float64{.42, .53, .59, .65}
	times := []string{"2021-12-25T08:12:00", "2021-12-26T09:44:00", "2021-12-26T15:17:00", "2021-12-26T19:19:00"}
	for i := range 4 {
		s, err := thread.ParseStamp(times[i], thread.Minute)
		if err != nil {
			panic(err)
		}
		delay := opt{}
		if i > 0 {
			delay = some(float64(s.UnixMilli()) - e.turns[i-1].ms())
		}
		e.turns = append(e.turns, turn{
			remark: remark{id: fmt.Sprint(i + 2), spoken: true, name: e.names[i%2], stamp: s, words: words[i], heat: some(heats[i]), article: some(.7 + .05*float64(i)), reply: opt{.8, i > 0}},
			side:   i % 2, answers: i - 1, delay: delay, hot: []string{"ridicule", "vous mentez", "honte"},
		})
	}
	return e
}

// The kinds as the command calls them, on threads of real Builders.
func TestKinds(t *testing.T) {
	for _, n := range []int{0, 1, 2, 30} {
		b := thread.NewBuilder(thread.Meta{Title: "A thread"})
		for i := range n {
			c := thread.Comment{ID: fmt.Sprint(i), Author: hostile[i%len(hostile)], Text: "some words of <b>mine</b>", Time: thread.Local(time.Date(2020, 1, 1+i, 8, 0, 0, 0, time.UTC), thread.Minute)}
			switch {
			case i%3 == 1:
				c.Parent = fmt.Sprint(i - 1)
			case i%7 == 5:
				c.Parent = "gone" // a ghost
			}
			b.Add(c)
		}
		for _, l := range []metrics.Lang{"", metrics.English, metrics.French} {
			for _, o := range []Options{{Lang: l}, {Lang: l, Named: true, A: 0, B: 1}, {Lang: l, Named: true, A: -5, B: 99}} {
				ctx := metrics.NewContext(b.Build(), metrics.Options{})
				b = rebuild(ctx.Thread)
				for _, k := range Kinds {
					d, err := k.Draw(ctx, o)
					if err != nil {
						t.Fatalf("%s of %d comments: %v", k.Name, n, err)
					}
					if err := safe(svg(t, d)); err != nil {
						t.Errorf("%s of %d comments: %v", k.Name, n, err)
					}
				}
			}
		}
	}
}

func rebuild(t *thread.Thread) *thread.Builder {
	b := thread.NewBuilder(t.Meta())
	for i := range t.Document() {
		b.Add(t.Comment(i))
	}
	return b
}

func TestKindsAreDescribed(t *testing.T) {
	want := []string{"exchange", "heat", "drift", "timeline", "tree"}
	var got []string
	for _, k := range Kinds {
		got = append(got, k.Name)
		if k.Doc == "" || k.Draw == nil {
			t.Errorf("%s has no doc or cannot draw", k.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("Kinds are %v, want %v", got, want)
	}
}

// A hundred thousand comments make a drawing a browser can hold.
func TestLargeThreads(t *testing.T) {
	rs, chain := scenes[0].remarks(100_000), scenes[7].remarks(100_000)
	for _, d := range []*Drawing{drawHeat(rs, meanHeat(rs), Options{}), drawDrift(rs, Options{}), drawTimeline(rs, Options{}), drawTree(rs, Options{}), drawTree(chain, Options{})} {
		if b := svg(t, d); len(b) > 1_000_000 {
			t.Errorf("%s of 100,000 comments is %d bytes", d.kind, len(b))
		}
	}
}

func FuzzSVG(f *testing.F) {
	for _, h := range hostile {
		f.Add(h, h, .5, 10, int64(60), 4)
	}
	f.Add("a", "b", math.Inf(1), -5, int64(math.MinInt64), 30)
	f.Add("a", "b", math.NaN(), math.MaxInt, int64(math.MaxInt64), 3)
	f.Fuzz(func(t *testing.T, a, b string, heat float64, words int, minutes int64, n int) {
		n = min(max(n, 0), 40)
		e := exchangeData{names: [2]string{clean(a), clean(b)}}
		var rs []remark
		for i := range n {
			at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i*i) * time.Duration(minutes%1e7) * time.Minute)
			r := remark{id: b, name: clean(a), author: thread.AuthorID(i % 5), parent: i - 1, end: n, depth: i, spoken: true, words: words, heat: some(heat * float64(i)), article: some(heat), reply: some(-heat), stamp: thread.Local(at, thread.Second)}
			if minutes%3 == 0 {
				r.name = clean(b)
			}
			rs = append(rs, r)
			e.turns = append(e.turns, turn{remark: r, side: i % 2, answers: i - 1, delay: opt{float64(minutes) * 1e4, minutes%2 == 0}, hot: []string{a, b}})
		}
		for _, o := range []Options{{}, {Lang: metrics.French, Dark: true, Turns: true}} {
			for _, d := range []*Drawing{drawExchange(withTrend(e), o), drawHeat(rs, meanHeat(rs), o), drawDrift(rs, o), drawTimeline(rs, o), drawTree(rs, o)} {
				var out bytes.Buffer
				if err := d.SVG(&out); err != nil {
					t.Fatalf("%s: %v", d.kind, err)
				}
				if err := safe(out.Bytes()); err != nil {
					t.Fatalf("%s: %v", d.kind, err)
				}
			}
		}
	})
}
