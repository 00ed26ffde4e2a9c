package render

import (
	"math"
	"strconv"
	"strings"
	"time"

	"threadheat/metrics"
	"threadheat/thread"
)

// None stands where there is no value.
const None = "–"

const (
	narrow = "\u202f" // narrow no-break space
	nbsp   = "\u00a0"
	minus  = "−"
)

// Typeset puts the spaces into our own prose that its language asks for: in
// French a narrow no-break one before : ; ! ? % and inside « ». It is not for
// the words of strangers, which are shown as they are.
func Typeset(l metrics.Lang, s string) string {
	if l != metrics.French {
		return s
	}
	return frenchSpaces.Replace(s)
}

var frenchSpaces = strings.NewReplacer(
	" :", narrow+":", " ;", narrow+";", " !", narrow+"!", " ?", narrow+"?", " %", narrow+"%",
	"« ", "«"+narrow, " »", narrow+"»",
	nbsp+":", narrow+":", nbsp+";", narrow+";", nbsp+"!", narrow+"!", nbsp+"?", narrow+"?", nbsp+"%", narrow+"%",
	"«"+nbsp, "«"+narrow, nbsp+"»", narrow+"»",
)

// Quote puts words into the quotation marks of the language.
func Quote(l metrics.Lang, s string) string {
	if l == metrics.French {
		return "«" + narrow + s + narrow + "»"
	}
	return "“" + s + "”"
}

// Int writes a whole number with its thousands apart: 12,345 or 12 345.
func Int(l metrics.Lang, n int) string { return Fixed(l, float64(n), 0) }

// Fixed writes x with a number of decimals, its thousands apart: 1,234.50 or
// 1 234,50. What is not finite is None.
func Fixed(l metrics.Lang, x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return None
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	comma, point := ",", "."
	if l == metrics.French {
		comma, point = narrow, ","
	}
	var b strings.Builder
	if x < 0 && strings.Trim(s, "0.") != "" {
		b.WriteString(minus)
	}
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(comma)
		}
		b.WriteRune(d)
	}
	if frac != "" {
		b.WriteString(point + frac)
	}
	return b.String()
}

// Number writes x with about three significant digits: 253, 25.3, 2.54, 0.25,
// 0.076.
func Number(l metrics.Lang, x float64) string {
	switch a := math.Abs(x); {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return None
	case a >= 1e15 || a > 0 && a < 1e-6:
		return exponent(l, x)
	case a >= 100:
		return Fixed(l, x, 0)
	case a >= 10:
		return Fixed(l, x, 1)
	case a >= 0.1 || a == 0:
		return Fixed(l, x, 2)
	}
	return Fixed(l, x, 1-int(math.Floor(math.Log10(math.Abs(x)))))
}

func exponent(l metrics.Lang, x float64) string {
	s := strconv.FormatFloat(x, 'e', 1, 64)
	if l == metrics.French {
		s = strings.Replace(s, ".", ",", 1)
	}
	return strings.Replace(s, "-", minus, 1)
}

// Signed is Fixed with a plus sign where x is above 0.
func Signed(l metrics.Lang, x float64, decimals int) string {
	if x > 0 {
		return "+" + Fixed(l, x, decimals)
	}
	return Fixed(l, x, decimals)
}

// Percent writes a fraction as a percentage: 42% or 42 %.
func Percent(l metrics.Lang, x float64) string {
	s := Fixed(l, 100*x, 0)
	if x > 0 && x < 0.005 {
		s = "<1"
	}
	if l == metrics.French {
		return s + narrow + "%"
	}
	return s + "%"
}

// Duration writes minutes as people say them: 40 s, 12 min, 25 h 32 min (25 h
// 32 in French), 7 d 20 h (7 j 20 h). Days begin at 48 hours. The parts are
// joined by no-break spaces.
func Duration(l metrics.Lang, minutes float64) string {
	if math.IsNaN(minutes) || math.IsInf(minutes, 0) {
		return None
	}
	sign := ""
	if minutes < 0 {
		sign, minutes = minus, -minutes
	}
	whole := int64(min(math.Round(minutes), 1e15))
	switch {
	case minutes < 1 && minutes > 0:
		return sign + Fixed(l, max(1, math.Floor(minutes*60)), 0) + nbsp + "s"
	case whole < 60:
		return sign + Fixed(l, float64(whole), 0) + nbsp + "min"
	case whole < 48*60:
		h, m := whole/60, whole%60
		s := sign + Fixed(l, float64(h), 0) + nbsp + "h"
		switch {
		case m == 0:
			return s
		case l == metrics.French:
			return s + nbsp + twoDigits(int(m))
		}
		return s + nbsp + Fixed(l, float64(m), 0) + nbsp + "min"
	}
	hours := (whole + 30) / 60
	day := "d"
	if l == metrics.French {
		day = "j"
	}
	s := sign + Fixed(l, float64(hours/24), 0) + nbsp + day
	if h := hours % 24; h != 0 && hours < 100*24 {
		s += nbsp + Fixed(l, float64(h), 0) + nbsp + "h"
	}
	return s
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

var (
	frenchMonths      = [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	shortFrenchMonths = [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."}
)

// ShortMonth is Dec or déc.
func ShortMonth(l metrics.Lang, m time.Month) string {
	if l == metrics.French {
		return shortFrenchMonths[m-1]
	}
	return m.String()[:3]
}

// Date writes a stamp as precisely as it was given and no more: 26 Dec 2021,
// 09:44 or 26 décembre 2021, 9 h 44. It is "" for the zero stamp. The clock is
// that of the source; zones are told elsewhere.
func Date(l metrics.Lang, s thread.Stamp) string {
	if l == metrics.French {
		return date(l, s, frenchMonths[s.Time().Month()-1])
	}
	return ShortDate(l, s)
}

// ShortDate is Date with a short name for the month, for where room is scarce:
// 26 déc. 2021, 9 h 44.
func ShortDate(l metrics.Lang, s thread.Stamp) string {
	return date(l, s, ShortMonth(l, s.Time().Month()))
}

func date(l metrics.Lang, s thread.Stamp, month string) string {
	t := s.Time()
	year := strconv.Itoa(t.Year())
	day := strconv.Itoa(t.Day())
	if l == metrics.French && t.Day() == 1 {
		day = "1er"
	}
	date := day + nbsp + month + " " + year
	switch p := s.Precision(); {
	case p == thread.None:
		return ""
	case p == thread.Year:
		return year
	case p == thread.Month:
		return month + " " + year
	case p == thread.Day:
		return date
	case l == metrics.French && p == thread.Hour:
		return date + ", " + strconv.Itoa(t.Hour()) + nbsp + "h"
	case l == metrics.French:
		return date + ", " + strconv.Itoa(t.Hour()) + nbsp + "h" + nbsp + twoDigits(t.Minute())
	case p == thread.Hour:
		return date + ", " + twoDigits(t.Hour()) + nbsp + "h"
	}
	return date + ", " + twoDigits(t.Hour()) + ":" + twoDigits(t.Minute())
}

// DateRange writes the days from one stamp to another and says nothing twice:
// 23–31 Dec 2021, 31 Jul – 1 Aug 2021, 30 Dec 2021 – 2 Jan 2022.
func DateRange(l metrics.Lang, from, to thread.Stamp) string {
	a, b := dayOf(from), dayOf(to)
	da, db := Date(l, a), Date(l, b)
	ta, tb := a.Time(), b.Time()
	switch {
	case da == db:
		return da
	case a.Precision() != thread.Day || b.Precision() != thread.Day || ta.Year() != tb.Year():
		return da + " – " + db
	case ta.Month() == tb.Month():
		day, _, _ := strings.Cut(da, nbsp)
		return day + "–" + db
	}
	return strings.TrimSuffix(da, " "+strconv.Itoa(ta.Year())) + " – " + db
}

// dayOf is s without its clock.
func dayOf(s thread.Stamp) thread.Stamp {
	return thread.Local(s.Time(), min(s.Precision(), thread.Day))
}

// Value writes a value in its unit, None where it is undefined.
func Value(l metrics.Lang, u metrics.Unit, v metrics.Value) string {
	if !v.Defined() {
		return None
	}
	return Quantity(l, u, v.X)
}

// Quantity writes a number in its unit.
func Quantity(l metrics.Lang, u metrics.Unit, x float64) string {
	switch u {
	case metrics.Count, metrics.Edges:
		if x == math.Trunc(x) {
			return Fixed(l, x, 0)
		}
	case metrics.Minutes:
		return Duration(l, x)
	case metrics.Heat:
		return Fixed(l, x, 2)
	case metrics.Bits:
		return Number(l, x) + nbsp + "bits"
	case metrics.Nats:
		return Number(l, x) + nbsp + "nats"
	case metrics.PerHour:
		return Number(l, x) + nbsp + "/" + nbsp + "h"
	case metrics.PerTurn:
		s := Number(l, x)
		if x > 0 {
			s = "+" + s
		}
		if l == metrics.French {
			return s + nbsp + "/" + nbsp + "tour"
		}
		return s + nbsp + "/" + nbsp + "turn"
	}
	return Number(l, x)
}

// Beside is what stands next to a value: its interval or why there is none, p, note and range under
// other readings, or the reason why there is none.
func Beside(l metrics.Lang, u metrics.Unit, v metrics.Value) string {
	if !v.Defined() {
		return Typeset(l, v.Reason.In(l))
	}
	if v.More == nil {
		return ""
	}
	var parts []string
	if ci := v.More.CI; ci != nil {
		parts = append(parts, Quantity(l, u, ci[0])+" … "+Quantity(l, u, ci[1]))
	}
	if p := v.More.P; p != nil {
		parts = append(parts, tested(l, *p, v.More.Q))
	}
	if note := v.More.Note; note != nil {
		parts = append(parts, Typeset(l, note.In(l)))
	}
	if span := v.More.Range; span != nil && span[0] != span[1] {
		parts = append(parts, Quantity(l, u, span[0])+" … "+Quantity(l, u, span[1])+metrics.Text{EN: " as read otherwise", FR: " selon la lecture"}.In(l))
	}
	if n := v.More.Null; n != nil {
		parts = append(parts, byChance(l, u, n))
	}
	if why := v.More.NoCI; why != nil {
		parts = append(parts, Typeset(l, metrics.Text{EN: "no interval: " + why.EN, FR: "sans intervalle : " + why.FR}.In(l)))
	}
	return strings.Join(parts, ", ")
}

// byChance says what a model of chance gives.
func byChance(l metrics.Lang, u metrics.Unit, n *metrics.NullTest) string {
	name := metrics.Text{EN: "by chance (", FR: "au hasard ("}.In(l) + n.Model + ") "
	if n.Reason != nil {
		return name + Typeset(l, n.Reason.In(l))
	}
	s := name + Quantity(l, u, n.Mean)
	if n.Z != nil {
		s += ", z = " + Fixed(l, *n.Z, 2)
	}
	if n.Q == 0 {
		return s + ", " + tested(l, n.P, nil)
	}
	return s + ", " + tested(l, n.P, &n.Q)
}

// tested is a p-value, with its correction where there is one and it makes a
// difference.
func tested(l metrics.Lang, p float64, q *float64) string {
	s := pValue(l, "p", p)
	if q != nil && *q != p {
		s += ", " + pValue(l, "q", *q)
	}
	return s
}

func pValue(l metrics.Lang, name string, p float64) string {
	if p < 0.001 {
		return name + " < " + Fixed(l, 0.001, 3)
	}
	return name + " = " + Fixed(l, p, 3)
}

// Clip is the start of a text on one line, at most n characters, cut between
// words where that is possible and with an ellipsis where it was cut.
func Clip(s string, n int) string {
	// Only so much of a long text can matter: 4 bytes a character, and room for
	// runs of white space.
	head := s
	if limit := 16*n + 64; len(head) > limit {
		head = strings.ToValidUTF8(head[:limit], "")
	}
	words := strings.Join(strings.Fields(head), " ")
	runes := []rune(words)
	if len(runes) <= n && len(head) == len(s) {
		return words
	}
	cut := min(n, len(runes))
	for k := cut; k > cut*2/3; k-- {
		if k < len(runes) && runes[k] == ' ' {
			cut = k
			break
		}
	}
	return strings.TrimRight(string(runes[:cut]), " ,;:–-") + "…"
}

// CSVText is a stranger's text for a cell of a spreadsheet: these run what begins
// with = + - or @ as a formula, so that such a text, or one that begins with a tab
// or a carriage return, gets an apostrophe in front.
func CSVText(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
