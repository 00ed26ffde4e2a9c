package heat

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/metrics/pace"
)

// Sign is something that the first comments of a thread show, from which the warning
// is made.
type Sign int

// The signs, each a mean or a share over the first comments.
const (
	SignMean         Sign = iota // mean heat
	SignPeak                     // heat of the hottest
	SignRise                     // mean heat of the later half less that of the earlier
	SignSecondPerson             // share, but for the first, with second person
	SignPoliteness               // share with a mark of politeness
	SignQuestions                // share that ask something
	NumSigns         = iota
)

// SignNames are what the signs are called, in the order of Sign.
var SignNames = [NumSigns]string{"mean heat", "peak heat", "rise of heat", "second person", "politeness", "questions"}

// Signs are the signs after some comments.
type Signs [NumSigns]float64

// SignsOf are the signs of comments in the order of time, by their heats and whether
// each asks something. What has no heat is left out of the first three. O(n).
func SignsOf(ss []Score, asks []bool) Signs {
	var s Signs
	n := float64(len(ss))
	var heats []float64
	for k, x := range ss {
		if x.Reason == nil {
			heats = append(heats, x.Value)
		}
		if k > 0 && x.Counts[SecondPerson] > 0 {
			s[SignSecondPerson] += 1 / (n - 1)
		}
		if asks[k] {
			s[SignQuestions] += 1 / n
		}
		if x.Counts[Politeness] > 0 {
			s[SignPoliteness] += 1 / n
		}
	}
	for k, x := range heats {
		s[SignMean] += x / float64(len(heats))
		s[SignPeak] = max(s[SignPeak], x)
		early := len(heats) / 2
		switch {
		case early == 0:
		case k < early:
			s[SignRise] -= x / float64(early)
		case k >= len(heats)-early: // the middle one of an odd number is neither
			s[SignRise] += x / float64(early)
		}
	}
	return s
}

// Asks tells that a text has a question mark that ends something, and not one amid
// an address.
func Asks(text string) bool {
	for {
		at := strings.IndexAny(text, "?？؟")
		if at < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		text = text[at+size:]
		if r, _ := utf8.DecodeRuneInString(text); text == "" || !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return true
		}
	}
}

// Warning is the score of the signs, from 0 to 1: each over what it counts in full at,
// at most 1, times its weight; 0 where politeness outweighs the rest. Signs and
// directions are those of the literature, the weights are chosen by hand.
func (s Signs) Warning() float64 {
	var sum float64
	for k, x := range s {
		sum += signRule[k].weight * min(1, max(0, x)/signRule[k].full)
	}
	return max(0, sum)
}

// signRule is what each sign counts for, and where in full.
var signRule = [NumSigns]struct{ weight, full float64 }{
	SignMean:         {0.4, Hot},
	SignPeak:         {0.2, 1},
	SignRise:         {0.2, Hot},
	SignSecondPerson: {0.2, 1},
	SignPoliteness:   {-0.1, 1},
	SignQuestions:    {0, 1}, // with later attacks in one study, without in others: shown, not counted
}

// WarnAfter is the number of comments after which early-warning is given, and
// WarnFrom the fewest after which there is one.
const (
	WarnAfter = 5
	WarnFrom  = 3
	warnUpTo  = 50 // later it is no early warning
)

// Warned is the warning after the first comments of a thread.
type Warned struct {
	Comments int // that are looked at
	Heats    int // of those with a heat
	Score    float64
	Signs    Signs
}

// Warnings are the warnings after the first WarnFrom, WarnFrom + 1, … comments that
// people wrote, in the order of time (pace.ByTime), up to warnUpTo; none in shorter
// threads. O(n log n).
var Warnings = &metrics.Fact[[]Warned]{Name: "early warnings", Compute: func(c *metrics.Context) ([]Warned, error) {
	ss, err := Scores.Of(c)
	if err != nil {
		return nil, err
	}
	var first []Score
	var asks []bool
	for _, i := range pace.ByTime(c.Thread) {
		if metrics.Spoken(c.Thread, i) && len(first) < warnUpTo {
			first, asks = append(first, ss[i]), append(asks, Asks(c.Thread.Text(i)))
		}
	}
	var out []Warned
	heats := 0
	for k, x := range first {
		if x.Reason == nil {
			heats++
		}
		if n := k + 1; n >= WarnFrom {
			signs := SignsOf(first[:n], asks[:n])
			out = append(out, Warned{n, heats, signs.Warning(), signs})
		}
	}
	return out, nil
}}

// EarlyWarning is the warning after the first WarnAfter comments. N is WarnAfter.
var EarlyWarning = &metrics.Measure{
	Name: "early-warning", Group: "heat",
	Title: metrics.Text{EN: "Early warning after 5 comments", FR: "Alerte précoce après 5 commentaires"},
	Doc: metrics.Text{
		EN: "How much the first five comments show what often comes before incivility, from 0 to 1: heat, its rise, second person, less politeness, with weights chosen by hand. On the one labelled set of discussions at hand it hardly tells more than chance what the next comments will be like, and no more where all begin civil; metrics/heat/FORECAST.md has the numbers with their intervals. It is no probability, knows neither who writes nor how fast, and no languages but French and English. Never act on it alone.",
		FR: "À quel point les cinq premiers commentaires montrent ce qui précède souvent l’incivilité, de 0 à 1 : chaleur, sa montée, deuxième personne, moins la politesse, avec des poids choisis à la main. Sur le seul ensemble étiqueté de discussions disponible, elle ne dit guère plus que le hasard de ce que seront les commentaires suivants, et rien de plus quand tous commencent civils ; metrics/heat/FORECAST.md donne les chiffres et leurs intervalles. Ce n’est pas une probabilité ; l’alerte ignore qui écrit et à quelle vitesse, et ne connaît que le français et l’anglais. Ne décidez jamais sur elle seule.",
	},
	Math:   "max(0, 0.4 mean/hot + 0.2 peak + 0.2 rise/hot + 0.2 share with second person − 0.1 share with politeness), each part at most its weight, rise = mean heat of the later half − that of the earlier, at least 0, hot the heat from which a comment counts as hot",
	MathFR: "max(0, 0,4 moyenne/seuil + 0,2 maximum + 0,2 montée/seuil + 0,2 part avec deuxième personne − 0,1 part avec politesse), chaque part au plus égale à son poids, montée = chaleur moyenne de la seconde moitié − celle de la première, au moins 0, seuil la chaleur à partir de laquelle un commentaire compte pour vif",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedText, MinN: WarnAfter,
	Interval: &metrics.Interval{None: metrics.Text{
		EN: "a rule that follows from the comments; how far it can be trusted is told in metrics/heat/FORECAST.md",
		FR: "une règle qui découle des commentaires ; ce qu’elle vaut est dit dans metrics/heat/FORECAST.md",
	}},
	Source: sources,
	Run: metrics.From(Warnings, func(ws []Warned) metrics.Value {
		for _, w := range ws {
			switch {
			case w.Comments != WarnAfter:
			case w.Heats < WarnFrom:
				return metrics.TooFew(w.Heats, WarnFrom, heated)
			default:
				return metrics.Of(w.Score, WarnAfter)
			}
		}
		n := 0
		if len(ws) > 0 {
			n = ws[len(ws)-1].Comments
		}
		return metrics.TooFew(n, WarnAfter, metrics.Comments)
	}),
}
