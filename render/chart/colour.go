package chart

import (
	"fmt"
	"math"

	"github.com/wcharczuk/go-chart/v2/drawing"
)

type colour = drawing.Color

// theme is the inks of a drawing. All are opaque, because go-chart writes an
// SVG's opacity with one decimal only; mix makes the lighter ones.
type theme struct {
	dark  bool
	paper colour
	ink   colour // words and lines
	muted colour // what is said in passing
	grid  colour
	ramp  [rampSteps]colour // heat, 0 to 1
}

const rampSteps = 65

var light, dark = newTheme(false), newTheme(true)

func (o Options) theme() *theme {
	if o.Dark {
		return dark
	}
	return light
}

func newTheme(isDark bool) *theme {
	t := &theme{
		paper: oklch{1, 0, 0}.rgb(), ink: oklch{.25, .01, 260}.rgb(),
		muted: oklch{.50, .01, 260}.rgb(), grid: oklch{.91, .005, 260}.rgb(),
		ramp: ramp([]oklch{{.91, .05, 98}, {.81, .13, 78}, {.68, .17, 50}, {.53, .18, 28}, {.38, .14, 8}, {.26, .08, 350}}),
	}
	if isDark {
		t = &theme{
			dark:  true,
			paper: colour{R: 0x14, G: 0x16, B: 0x1a, A: 255}, ink: oklch{.93, .005, 260}.rgb(),
			muted: oklch{.72, .01, 260}.rgb(), grid: oklch{.285, .01, 260}.rgb(),
			ramp: ramp([]oklch{{.36, .05, 350}, {.47, .14, 10}, {.61, .18, 32}, {.75, .16, 58}, {.87, .13, 88}, {.97, .06, 102}}),
		}
	}
	return t
}

// heat is the colour of a heat. Its lightness runs one way, from the paper's
// side to the far side, so that it reads without hue too.
func (t *theme) heat(x float64) colour {
	return t.ramp[int(math.Round(clamp(x, 0, 1)*(rampSteps-1)))]
}

// HeatColour is the colour of a heat in the figures, as CSS writes it, for pages
// that show the same heat beside them.
func HeatColour(heat float64, dark bool) string {
	c := Options{Dark: dark}.theme().heat(heat)
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// edge is a thin line round an area of colour c, so that a cool disc still
// stands out from the paper.
func (t *theme) edge(c colour) colour { return mix(c, t.ink, .45) }

// on is the ink that reads best on an area of colour c.
func (t *theme) on(c colour) colour {
	if y := luminance(c); 1.05/(y+.05) > (y+.05)/.05 {
		return colour{R: 255, G: 255, B: 255, A: 255}
	}
	return colour{A: 255}
}

// luminance is that of WCAG 2, by which contrast is told.
func luminance(c colour) float64 {
	return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
}

// linear takes the gamma of sRGB off a channel.
func linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= .04045 {
		return x / 12.92
	}
	return math.Pow((x+.055)/1.055, 2.4)
}

// oklch is a colour in the polar form of OKLab: lightness 0 to 1, chroma, hue in
// degrees (Ottosson 2020, https://bottosson.github.io/posts/oklab/).
type oklch struct{ l, c, h float64 }

func (p oklch) lab() lab {
	sin, cos := math.Sincos(p.h * math.Pi / 180)
	return lab{p.l, p.c * cos, p.c * sin}
}

func (p oklch) rgb() colour { return p.lab().rgb() }

// lab is a colour in OKLab. Equal distances look about equally different.
type lab struct{ l, a, b float64 }

func (p lab) to(q lab, f float64) lab {
	return lab{p.l + f*(q.l-p.l), p.a + f*(q.a-p.a), p.b + f*(q.b-p.b)}
}

func (p lab) distance(q lab) float64 { return math.Hypot(p.l-q.l, math.Hypot(p.a-q.a, p.b-q.b)) }

// rgb is the nearest sRGB colour, channel by channel.
func (p lab) rgb() colour {
	cube := func(x float64) float64 { return x * x * x }
	l := cube(p.l + .3963377774*p.a + .2158037573*p.b)
	m := cube(p.l - .1055613458*p.a - .0638541728*p.b)
	s := cube(p.l - .0894841775*p.a - 1.2914855480*p.b)
	channel := func(x float64) uint8 {
		if x <= .0031308 {
			x *= 12.92
		} else {
			x = 1.055*math.Pow(x, 1/2.4) - .055
		}
		return uint8(math.Round(255 * clamp(x, 0, 1)))
	}
	return colour{
		R: channel(4.0767416621*l - 3.3077115913*m + .2309699292*s),
		G: channel(-1.2684380046*l + 2.6097574011*m - .3413193965*s),
		B: channel(-.0041960863*l - .7034186147*m + 1.7076147010*s),
		A: 255,
	}
}

func toLab(c colour) lab {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	m := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	return lab{
		.2104542553*l + .7936177850*m - .0040720468*s,
		1.9779984951*l - 2.4285922050*m + .4505937099*s,
		.0259040371*l + .7827717662*m - .8086757660*s,
	}
}

// mix is a colour on the way from a to b, 0 being a.
func mix(a, b colour, f float64) colour { return toLab(a).to(toLab(b), f).rgb() }

// ramp lays colours along the broken line through the stops at equal distances
// in OKLab, so that equal steps of heat look equally large.
func ramp(stops []oklch) (out [rampSteps]colour) {
	at := []float64{0}
	for i := 1; i < len(stops); i++ {
		at = append(at, at[i-1]+stops[i-1].lab().distance(stops[i].lab()))
	}
	k := 1
	for i := range out {
		want := at[len(at)-1] * float64(i) / (rampSteps - 1)
		for k < len(at)-1 && at[k] < want {
			k++
		}
		out[i] = stops[k-1].lab().to(stops[k].lab(), (want-at[k-1])/(at[k]-at[k-1])).rgb()
	}
	return out
}

func clamp(x, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, x)) }
