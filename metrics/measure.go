package metrics

import (
	"errors"
	"fmt"
	"math"
	"regexp"
)

// Measure is something that can be computed of a thread, with all that a
// person or a test needs to know about it.
type Measure struct {
	Name string // stable for ever, as typed by a user; unique within its Scope
	// NamedBy is the program whose name for it that is, "" for our own: lower-case
	// words joined by hyphens.
	NamedBy string
	Group   string // shape, pace, people, replygraph, exchange, heat or drift; or a peer's
	Title   Text   // a few words, for tables and axes
	Doc     Text   // what it tells and what it does not, in two or three sentences
	Math    string // the definition as a formula in plain Unicode
	MathFR  string // the same where it has words, in French; "" where it has none
	Scope   Scope
	Unit    Unit
	Range   Range // a value outside is a bug
	Needs   Needs // what a thread must have, else every value is undefined with a reason
	MinN    int   // the smallest N at which it is defined; 0 means that any will do
	Source  []Citation
	// Interval is how the interval of a PerThread measure is made, or why there is
	// none; nil for other scopes.
	Interval *Interval
	Run      func(*Context) (Values, error)
}

// Formula is the definition in the given language.
func (m *Measure) Formula(l Lang) string {
	if l == French && m.MathFR != "" {
		return m.MathFR
	}
	return m.Math
}

// Scope tells what a measure gives a value to.
type Scope uint8

// The scopes.
const (
	PerThread Scope = iota
	PerComment
	PerAuthor
	PerPair
)

var scopeNames = [...]string{"thread", "comment", "author", "pair"}

// String is the name used in files: "thread", "comment", "author", "pair".
func (s Scope) String() string { return scopeNames[s] }

// Unit is what a value counts. Values are in the unit itself; scaling ("2 d
// 3 h" for minutes) belongs to printing.
type Unit string

// The units.
const (
	Count   Unit = "count"
	Ratio   Unit = "ratio" // no unit
	Edges   Unit = "edges" // steps in the reply tree
	Minutes Unit = "minutes"
	Bits    Unit = "bits"
	Nats    Unit = "nats"
	Heat    Unit = "heat"        // 0 cool to 1 hot
	PerTurn Unit = "heat / turn" // change of heat from one turn to the next
	LogTime Unit = "ln minutes"  // natural logarithm of minutes
	PerHour Unit = "per hour"
)

// Range is the set of values a measure can take, ends included.
type Range struct{ Min, Max float64 }

// Ranges that many measures share.
var (
	Fraction    = Range{0, 1}
	Signed      = Range{-1, 1}
	NonNegative = Range{0, math.MaxFloat64}
	AnyNumber   = Range{-math.MaxFloat64, math.MaxFloat64}
)

// Needs is a set of things without which a measure does not apply.
type Needs uint8

// The needs.
const (
	NeedTimes   Needs = 1 << iota // at least one comment with a time of minute precision
	NeedText                      // at least one comment with text
	NeedReplies                   // at least one reply
	NeedAuthors                   // at least one known author
	NeedArticle                   // the text of the article
)

// In names what is needed, in a few words each; nothing where nothing is.
func (n Needs) In(l Lang) []string {
	var out []string
	for k, what := range []Text{
		{"times to the minute", "des heures à la minute près"},
		{"texts", "des textes"},
		{"replies", "des réponses"},
		{"known authors", "des auteurs connus"},
		{"the article’s text", "le texte de l’article"},
	} {
		if n&(1<<k) != 0 {
			out = append(out, what.In(l))
		}
	}
	return out
}

// Citation says where a measure comes from.
type Citation struct {
	Authors string // "Goel, Anderson, Hofman, Watts"
	Title   string
	Venue   string // journal or conference, volume
	Year    int
	DOI     string // without "https://doi.org/", "" where none
	Where   string // equation, section or page, "" where the whole
	WhereFR string // the same in French, "" where it reads alike
}

// Own is the source of what this program counts or defines itself.
var Own = Citation{Authors: "threadheat", Title: "The definition given here", Venue: "this program", Year: 2026}

// In is String in the given language: Where is translated, and Own a few words.
func (c Citation) In(l Lang) string {
	if c == Own {
		return Text{"threadheat’s own definition, given here", "définition propre à threadheat, donnée ici"}.In(l)
	}
	if l == French && c.WhereFR != "" {
		c.Where = c.WhereFR
	}
	return c.String()
}

// String writes the citation on one line.
func (c Citation) String() string {
	s := fmt.Sprintf("%s (%d). %s. %s", c.Authors, c.Year, c.Title, c.Venue)
	if c.Where != "" {
		s += ", " + c.Where
	}
	if c.DOI != "" {
		s += ". doi:" + c.DOI
	}
	return s
}

var nameRE = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Validate tells what is missing from the description of a list of measures;
// nil where nothing is.
func Validate(ms []*Measure) error {
	var errs []error
	bad := func(m *Measure, what string) {
		errs = append(errs, fmt.Errorf("measure %s/%s: %s", m.Scope, m.Name, what))
	}
	seen := map[string]bool{}
	for _, m := range ms {
		key := m.Scope.String() + "/" + m.Name
		switch {
		case m.NamedBy == "" && !nameRE.MatchString(m.Name):
			bad(m, "the name is not lower-case words joined by hyphens")
		case seen[key]:
			bad(m, "the name is used twice")
		}
		seen[key] = true
		if m.Group == "" {
			bad(m, "no group")
		}
		if m.Title.EN == "" || m.Title.FR == "" {
			bad(m, "no title in English or in French")
		}
		if m.Doc.EN == "" || m.Doc.FR == "" {
			bad(m, "no doc in English or in French")
		}
		if m.Unit == "" {
			bad(m, "no unit")
		}
		if !(m.Range.Min < m.Range.Max) {
			bad(m, "no range")
		}
		if m.Math == "" {
			bad(m, "no formula")
		}
		if len(m.Source) == 0 {
			bad(m, "no source")
		}
		if m.Scope == PerThread && !m.Interval.complete() {
			bad(m, "does not say in English and in French how its interval is made, or why there is none")
		}
		if m.Run == nil {
			bad(m, "cannot run")
		}
	}
	return errors.Join(errs...)
}

// From is the Run of a PerThread measure whose value follows from one fact.
func From[T any](f *Fact[T], value func(T) Value) func(*Context) (Values, error) {
	return EachFrom(f, func(have T) Values { return One(value(have)) })
}

// EachFrom is the Run of a measure whose values follow from one fact.
func EachFrom[T any](f *Fact[T], values func(T) Values) func(*Context) (Values, error) {
	return func(c *Context) (Values, error) {
		have, err := f.Of(c)
		if err != nil {
			return nil, err
		}
		return values(have), nil
	}
}
