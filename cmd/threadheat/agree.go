package main

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics/agreement"
	"threadheat/metrics/heat"
	"threadheat/render"
	"threadheat/render/table"
	"threadheat/thread/codes"
	"threadheat/thread/scores"
)

func newAgree(a *app) *cobra.Command {
	var out, to, lang, level, positive, hot string
	var o codes.Options
	var with scoresFlags
	study := agreement.Options{}
	c := &cobra.Command{
		Use:   "agree CODES.csv...",
		Short: "Tell how far people who labelled the same comments agree, and a score with them",
		Long: `Tell how far people who labelled the same comments agree, and a score with them:
Krippendorff's alpha at the nominal, ordinal, interval and ratio level with its
interval (2,000 bootstrap samples of the units), each pair of coders by itself, and,
of the score, Spearman's correlation with the mean answer, the area under the ROC curve
and alpha after both are cut in two.

CODES are the sheets of threadheat sample, one a coder, or any table (CSV, JSON lines)
in which a column id, with thread, or unit says what was judged. Who judged it stands in
a column coder (long layout); where there is none, several files are a coder each, and in
one file each column is a coder (wide layout). Other columns are labels, but for those of
the sheet. Empty answers, NA, null and - are none.

The score is that of --scores (key.csv of the sample holds ours), or else our heat of
the text, where the sheets have one. By convention conclusions rest on an alpha of 0.8 or
more, and tentative ones on 0.667.`,
		Example: `  threadheat agree anna.csv ben.csv chloe.csv --scores key.csv
  threadheat agree long.csv --label hostility --level ordinal --to json
  threadheat agree wide.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			if to != "table" && to != "json" {
				return misusef("--to %q is neither table nor json", to)
			}
			levels, err := findLevels(level)
			if err != nil {
				return err
			}
			yes, err := cut("positive", positive)
			if err != nil {
				return err
			}
			given, err := cut("hot", hot)
			if err != nil {
				return err
			}
			t, err := codes.Read(files, o)
			if err != nil {
				return err
			}
			a.tellCodes(t)
			known, from, err := a.scoresOf(t, with)
			if err != nil {
				return err
			}
			if !math.IsNaN(given) {
				from = given
			}
			var studies []agreement.Study
			for k := range t.Labels {
				coding := agreement.Coding{Label: t.Labels[k], Coders: t.Coders, Answers: a.answers(t, k), Scores: known, Hot: from, Positive: yes}
				s := agreement.Of(coding, levels, study)
				if s.Answers == 0 {
					a.say("%s: nobody answered", s.Label)
					continue
				}
				studies = append(studies, s)
			}
			return a.writeTo(out, func(w io.Writer) error {
				if to == "json" {
					return table.AgreementJSON(w, studies, l)
				}
				return table.Agreement(w, studies, table.Options{Lang: l})
			})
		},
	}
	var names []string
	for _, l := range agreement.Levels {
		names = append(names, string(l))
	}
	f := c.Flags()
	f.StringVar(&level, "level", "", "`LEVELS` of measurement, separated by commas: "+strings.Join(names, ", ")+" (default: all that apply)")
	f.StringSliceVar(&o.Labels, "label", nil, "`NAMES` of the columns that hold answers, separated by commas; in the wide layout, what they begin with, as in hostility_anna")
	with.register(c)
	f.StringVar(&positive, "positive", "", "an answer of `X` or more, on average, is a yes (default: the middle of the answers given)")
	f.StringVar(&hot, "hot", "", "a score of `X` or more is a yes (default: 0.4 of our heat, 0.5 of other scores)")
	f.StringVar(&to, "to", "table", "`KIND` of output: table or json")
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&lang, "lang", "en", "`LANG` of headings and reasons: en or fr")
	f.Uint64Var(&study.Seed, "seed", 0, "`SEED` of the intervals")
	f.BoolVar(&a.in.strict, "strict", false, "exit with 3 when a line could not be used")
	return c
}

// cut is the number of a flag from which on something is a yes; NaN where none is
// given.
func cut(flag, text string) (float64, error) {
	if text == "" {
		return math.NaN(), nil
	}
	x, ok := finite(text)
	if !ok {
		return 0, misusef("--%s %q is no number", flag, text)
	}
	return x, nil
}

// finite reads a finite number.
func finite(text string) (float64, bool) {
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// findLevels are the levels named; nil for none.
func findLevels(names string) ([]agreement.Level, error) {
	if names == "" {
		return nil, nil
	}
	var out []agreement.Level
	for name := range strings.SplitSeq(names, ",") {
		l := agreement.Level(strings.TrimSpace(name))
		if !slices.Contains(agreement.Levels, l) {
			return nil, misusef("--level knows no %q; it knows nominal, ordinal, interval and ratio", name)
		}
		out = append(out, l)
	}
	return out, nil
}

// tellCodes says what is odd about the tables.
func (a *app) tellCodes(t *codes.Table) {
	for k, p := range t.Problems {
		if k == linesNamed {
			a.say("%d lines in all are odd", t.Odd)
			break
		}
		a.say("%s, line %d: %s", p.File, p.Line, render.Clip(p.What, maxSaid))
	}
	a.quarantined = a.quarantined || t.Odd > 0
	if len(t.Answers) == 0 {
		a.say("no answers found")
	}
}

// answers are those under one label, by coder and unit. Where most are numbers, the
// others are slips of the keyboard, and are named and left out.
func (a *app) answers(t *codes.Table, label int) [][]string {
	numbers, all := 0, 0
	for _, w := range t.Answers {
		if w.Label == label {
			all++
			if _, ok := finite(w.Value); ok {
				numbers++
			}
		}
	}
	out := make([][]string, len(t.Coders))
	for c := range out {
		out[c] = make([]string, len(t.Units))
	}
	slips := 0
	for _, w := range t.Answers {
		if w.Label != label {
			continue
		}
		if _, ok := finite(w.Value); !ok && 2*numbers > all {
			a.quarantined = true
			if slips++; slips <= linesNamed {
				a.say("%s, line %d: %q is no number, as most answers of %s are; it is left out", w.File, w.Line, w.Value, t.Labels[label])
			}
			continue
		}
		out[w.Coder][w.Unit] = w.Value
	}
	if slips > linesNamed {
		a.say("%s: %d answers in all are left out", t.Labels[label], slips)
	}
	return out
}

// scoresOf are the scores of the units, NaN where there is none, and from which on one
// counts as hot; nil where nothing gives any.
func (a *app) scoresOf(t *codes.Table, with scoresFlags) (known []float64, hot float64, err error) {
	brought, err := with.open(a)
	if err != nil {
		return nil, 0, err
	}
	var scorer heat.Scorer
	find := func(u codes.Unit) (float64, bool) {
		s := scorer.Alone(u.Text, u.Parent, u.Parent != "", "")
		return s.Value, u.HasText && s.Reason == nil
	}
	hot = heat.Own.Hot
	if brought != nil {
		find = func(u codes.Unit) (float64, bool) { return brought.set.Find(u.ID, u.Thread) }
		if !scores.IsOurs(brought.set.Column) {
			hot = heat.Brought.Hot
		}
	}
	n := 0
	for _, u := range t.Units {
		x, ok := find(u)
		if !ok {
			x = math.NaN()
		} else {
			n++
		}
		known = append(known, x)
	}
	if n == 0 && brought == nil {
		return nil, hot, nil
	}
	if n < len(t.Units) {
		a.say("%d of %s have no score", len(t.Units)-n, plural(len(t.Units), "unit"))
	}
	return known, hot, nil
}
