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
	"threadheat/thread"
)

// tongue writes numbers, times and words in one language.
type tongue metrics.Lang

func (o Options) tongue() tongue { return tongue(o.Lang) }

func (l tongue) french() bool { return metrics.Lang(l) == metrics.French }

// say chooses the sentence and fills it in.
func (l tongue) say(en, fr string, args ...any) string {
	return fmt.Sprintf(metrics.Text{EN: en, FR: fr}.In(metrics.Lang(l)), args...)
}

// A space inside a number, or between a number and its unit, never breaks a line.
const thin = "\u202f"

// dec is a number with the given decimals: 0.42, in French 0,42. -0 is 0.
func (l tongue) dec(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	s = strings.Replace(s, "-", "−", 1)
	if l.french() {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// signed is dec with a sign.
func (l tongue) signed(x float64, decimals int) string {
	s := l.dec(x, decimals)
	if x > 0 {
		return "+" + s
	}
	return s
}

// count is a whole number with its thousands set apart.
func (l tongue) count(n int) string {
	sep := ","
	if l.french() {
		sep = thin
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

// many is a count with its noun. English has the singular for 1 alone, French
// for 0 too.
func (l tongue) many(n int, en, ens, fr, frs string) string {
	one := n == 1 || l.french() && n == 0
	if one {
		return l.count(n) + "\u00a0" + l.say(en, fr)
	}
	return l.count(n) + "\u00a0" + l.say(ens, frs)
}

func (l tongue) words(n int) string { return l.many(n, "word", "words", "mot", "mots") }
func (l tongue) comments(n int) string {
	return l.many(n, "comment", "comments", "commentaire", "commentaires")
}
func (l tongue) turns(n int) string { return l.many(n, "turn", "turns", "tour", "tours") }

// lapse is a length of time to about one part in fifty: "12 min", "25 h 32",
// "3 d 4 h", "8 months", "2.5 years".
func (l tongue) lapse(ms float64) string {
	if ms < 0 {
		return "−" + l.lapse(-ms)
	}
	min := int64(math.Round(math.Min(ms, 1e15) / 60_000))
	hours := int64(math.Round(float64(min) / 60))
	days := float64(min) / (24 * 60)
	nb := "\u00a0"
	switch {
	case min == 0 && ms > 0:
		return "<" + nb + "1" + nb + "min"
	case min < 60:
		return fmt.Sprint(min) + nb + "min"
	case min < 48*60:
		return fmt.Sprintf("%d%sh%s%02d", min/60, nb, nb, min%60)
	case hours < 14*24:
		day := l.say("d", "j")
		if hours%24 == 0 {
			return fmt.Sprint(hours/24) + nb + day
		}
		return fmt.Sprintf("%d%s%s%s%d%sh", hours/24, nb, day, nb, hours%24, nb)
	case days < 90:
		return fmt.Sprintf("%.0f%s%s", days, nb, l.say("days", "jours"))
	case days < 700:
		return fmt.Sprintf("%.0f%s%s", days/30.44, nb, l.say("months", "mois"))
	}
	years := math.Round(days/36.525) / 10
	if years == math.Trunc(years) {
		return l.dec(years, 0) + nb + l.say("years", "ans")
	}
	return l.dec(years, 1) + nb + l.say("years", "ans")
}

var (
	monthsEN = strings.Fields("January February March April May June July August September October November December")
	monthsFR = strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
	shortEN  = strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
	shortFR  = strings.Fields("janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.")
)

func (l tongue) month(t time.Time) string {
	if l.french() {
		return monthsFR[t.Month()-1]
	}
	return monthsEN[t.Month()-1]
}

func (l tongue) shortMonth(t time.Time) string {
	if l.french() {
		return shortFR[t.Month()-1]
	}
	return shortEN[t.Month()-1]
}

func (l tongue) dayOfMonth(t time.Time) string {
	if l.french() && t.Day() == 1 {
		return "1er"
	}
	return strconv.Itoa(t.Day())
}

// day is "26 Dec".
func (l tongue) day(t time.Time) string { return l.dayOfMonth(t) + "\u00a0" + l.shortMonth(t) }

// date is "26 December 2021".
func (l tongue) date(t time.Time) string {
	return fmt.Sprintf("%s\u00a0%s\u00a0%d", l.dayOfMonth(t), l.month(t), t.Year())
}

// dates is a range of dates, saying nothing twice: "25–26 December 2021".
func (l tongue) dates(a, b time.Time) string {
	ya, ma, da := a.Date()
	yb, mb, db := b.Date()
	switch {
	case ya == yb && ma == mb && da == db:
		return l.date(a)
	case ya == yb && ma == mb:
		return l.dayOfMonth(a) + "–" + l.date(b)
	case ya == yb:
		return fmt.Sprintf("%s\u00a0%s – %s", l.dayOfMonth(a), l.month(a), l.date(b))
	}
	return l.date(a) + " – " + l.date(b)
}

// moment is a stamp as far as it is known: "26 Dec 2021 09:44", "" for none.
func (l tongue) moment(s thread.Stamp) string {
	t := s.Time()
	year := strconv.Itoa(t.Year())
	switch {
	case s.IsZero():
		return ""
	case s.Precision() == thread.Year:
		return year
	case s.Precision() == thread.Month:
		return l.shortMonth(t) + "\u00a0" + year
	case !s.Timed():
		return l.day(t) + "\u00a0" + year
	case l.french():
		return fmt.Sprintf("%s\u00a0%s %d\u00a0h\u00a0%02d", l.day(t), year, t.Hour(), t.Minute())
	}
	return l.day(t) + "\u00a0" + year + t.Format(" 15:04")
}

// plain is a number for the table behind a drawing, "" where there is none.
func plain(x opt) string {
	if !x.ok {
		return ""
	}
	return strconv.FormatFloat(x.v, 'f', -1, 64)
}

// list joins names: "A, B and C".
func (l tongue) list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + l.say(" and ", " et ") + names[last]
}

// by names a writer: "by Aurore", in French "d’Aurore" but "de Bruno".
func (l tongue) by(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	if strings.ContainsRune("aeiouyàâäéèêëîïôöùûü", unicode.ToLower(r)) {
		return l.say("by %s", "d’%s", name)
	}
	return l.say("by %s", "de %s", name)
}

// quote puts quotation marks round the words of a comment.
func (l tongue) quote(s string) string { return l.say("“%s”", "«\u202f%s\u202f»", s) }
