package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/render"
)

// tongue writes numbers, times and words in one language.
type tongue metrics.Lang

func (o Options) tongue() tongue { return tongue(o.Lang) }

func (l tongue) french() bool { return metrics.Lang(l) == metrics.French }

// say chooses the sentence and fills it in.
func (l tongue) say(en, fr string, args ...any) string {
	return fmt.Sprintf(metrics.Text{EN: en, FR: fr}.In(metrics.Lang(l)), args...)
}

func (l tongue) lang() metrics.Lang { return metrics.Lang(l) }

// thin is the no-break space before a percent sign in French.
const thin = "\u202f"

// dec is a number with the given decimals: 0.42, in French 0,42.
func (l tongue) dec(x float64, decimals int) string { return render.Fixed(l.lang(), x, decimals) }

func (l tongue) count(n int) string { return render.Int(l.lang(), n) }

func (l tongue) words(n int) string    { return render.Words.Count(l.lang(), n) }
func (l tongue) comments(n int) string { return render.Comments.Count(l.lang(), n) }
func (l tongue) turns(n int) string    { return render.Turns.Count(l.lang(), n) }

// lapse is a length of time as in the report, but to about one part in fifty
// where it is long: "25 h 32 min", "3 d 4 h", "8 months", "2.5 years".
func (l tongue) lapse(ms float64) string {
	const nb = "\u00a0"
	days := ms / (24 * 60 * minute)
	long := math.Abs(days)
	switch {
	case long < 14:
		return render.Duration(l.lang(), ms/minute)
	case long < 90:
		return l.dec(days, 0) + nb + l.say("days", "jours")
	case long < 700:
		return l.dec(days/30.44, 0) + nb + l.say("months", "mois")
	}
	years := math.Round(days/36.525) / 10
	if years == math.Trunc(years) {
		return l.dec(years, 0) + nb + l.say("years", "ans")
	}
	return l.dec(years, 1) + nb + l.say("years", "ans")
}

// day is "26 Dec", for an axis.
func (l tongue) day(t time.Time) string {
	if l.french() && t.Day() == 1 {
		return "1er\u00a0" + render.ShortMonth(l.lang(), t.Month())
	}
	return strconv.Itoa(t.Day()) + "\u00a0" + render.ShortMonth(l.lang(), t.Month())
}

// plain is a number for the table behind a drawing, "" where there is none.
func plain(x opt) string {
	if !x.ok {
		return ""
	}
	return strconv.FormatFloat(x.v, 'f', -1, 64)
}

// by names a writer: "by Aurore", in French "d’Aurore" but "de Bruno".
func (l tongue) by(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	if strings.ContainsRune("aeiouyàâäéèêëîïôöùûü", unicode.ToLower(r)) {
		return l.say("by %s", "d’%s", name)
	}
	return l.say("by %s", "de %s", name)
}
