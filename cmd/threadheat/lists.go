package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/render"
	"threadheat/thread/format/all"
)

// wrappings is what inputs may come in. It is no format: nobody has to name it.
const wrappings = `
Each of them may come in a folder or an archive of several (zip, tar),
compressed (gzip, zstd, bzip2, xz), or in a web archive (WARC, WET, WACZ, ARC,
MHTML, HAR, Safari). A page that SingleFile saved is a page.`

func newFormats(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List the input formats",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.writeTo("-", func(w io.Writer) error {
				t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, f := range all.Formats {
					fmt.Fprintf(t, "%s\t%s\n", f.Name, strings.ReplaceAll(f.Doc, "`", ""))
				}
				if err := t.Flush(); err != nil {
					return err
				}
				_, err := fmt.Fprintln(w, wrappings)
				return err
			})
		},
	}
}

func newMeasures(a *app) *cobra.Command {
	var lang string
	c := &cobra.Command{
		Use:   "measures",
		Short: "List the measures, by what they are measured of",
		Long: `List the measures, by what they are measured of, with their units and the smallest
n from which on each is given: comments, replies, gaps, turns, as it counts.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			return a.writeTo("-", func(w io.Writer) error {
				t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				fmt.Fprintln(t, metrics.Text{
					EN: "OF\tGROUP\tNAME\tUNIT\tSMALLEST N\tWHAT IT IS",
					FR: "SUR\tGROUPE\tNOM\tUNITÉ\tN MINIMAL\tCE QUE C’EST",
				}.In(l))
				for _, m := range catalogue.Measures {
					of, unit := inWords(m, l)
					fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%s\n", of, m.Group, m.Name, unit, m.MinN, m.Title.In(l))
				}
				return t.Flush()
			})
		},
	}
	c.Flags().StringVar(&lang, "lang", "en", "`LANG` of the list: en or fr")
	return c
}

func newExplain(a *app) *cobra.Command {
	var lang string
	var e explaining
	c := &cobra.Command{
		Use:   "explain NAME | INPUT --comment ID | --text TEXT",
		Short: "Explain a measure, or the heat of a comment word by word",
		Long: `Explain a measure: what it tells and does not, its formula and its source.

With --comment, explain the heat of a comment of an input: its text with the words
that made it hot in numbered brackets, the share of each of them, what the trained
model and the listed cues say, at whom it is aimed, and how far to trust it.
--text does the same for a text; it is a reply where --parent is given.`,
		Example: `  threadheat explain structural-virality
  threadheat explain page.html --comment 12 --comment 14
  threadheat explain --text "You OMIT half of it!" --parent "It costs nothing."`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return measureNames(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if e.lang, err = parseLang(lang); err != nil {
				return err
			}
			ofText := c.Flags().Changed("text")
			switch {
			case ofText && (len(args) > 0 || e.comments != nil):
				return misusef("--text stands alone: no NAME, INPUT or --comment beside it")
			case ofText:
				return a.explainText(e)
			case e.parent != "":
				return misusef("--parent goes with --text")
			case len(args) == 0:
				return misusef("explain needs the name of a measure, INPUT --comment ID, or --text TEXT")
			case e.comments != nil:
				return a.explainComments(args[0], e)
			}
			return a.explainMeasure(args[0], e.lang)
		},
	}
	a.in.register(c)
	f := c.Flags()
	f.StringVar(&lang, "lang", "en", "`LANG` of the explanation: en or fr")
	f.StringArrayVar(&e.comments, "comment", nil, "`ID` of a comment whose heat to explain; may be given several times")
	f.StringVar(&e.thread, "thread", "", "`ID` of the thread of the comments (default: any)")
	f.StringVar(&e.text, "text", "", "`TEXT` whose heat to explain, - for standard input")
	f.StringVar(&e.parent, "parent", "", "`TEXT` that the one of --text answers")
	return c
}

func (a *app) explainMeasure(name string, l metrics.Lang) error {
	var found []*metrics.Measure
	for _, m := range catalogue.Measures {
		if m.Name == name {
			found = append(found, m)
		}
	}
	if found == nil {
		if _, err := os.Stat(name); err == nil {
			return misusef("%s is a file: say which of its comments to explain with --comment ID", name)
		}
		return misusef("no measure is named %q%s; `threadheat measures` lists them", name, didYouMean(name, measureNames()))
	}
	return a.writeTo("-", func(w io.Writer) error {
		for i, m := range found {
			if i > 0 {
				fmt.Fprintln(w)
			}
			explain(w, m, l)
		}
		return nil
	})
}

var explainWords = struct{ of, formula, unit, span, needs, least, interval, none, source metrics.Text }{
	of:       metrics.Text{EN: "measured of", FR: "mesurée sur"},
	formula:  metrics.Text{EN: "formula", FR: "formule"},
	unit:     metrics.Text{EN: "unit", FR: "unité"},
	span:     metrics.Text{EN: "range", FR: "étendue"},
	needs:    metrics.Text{EN: "needs", FR: "demande"},
	least:    metrics.Text{EN: "smallest n", FR: "n minimal"},
	interval: metrics.Text{EN: "interval", FR: "intervalle"},
	none:     metrics.Text{EN: "none: ", FR: "aucun : "},
	source:   metrics.Text{EN: "source", FR: "source"},
}

// frenchScopes and frenchUnits translate what files and tables call by its
// English name.
var (
	frenchScopes = map[metrics.Scope]string{
		metrics.PerThread: "le fil", metrics.PerComment: "chaque commentaire", metrics.PerAuthor: "chaque auteur", metrics.PerPair: "chaque couple d’auteurs",
	}
	frenchUnits = map[metrics.Unit]string{
		metrics.Count: "nombre", metrics.Ratio: "rapport", metrics.Edges: "arêtes", metrics.Heat: "chaleur",
		metrics.PerTurn: "chaleur / tour", metrics.PerHour: "par heure",
	}
)

// inWords is what m is measured of, and its unit.
func inWords(m *metrics.Measure, l metrics.Lang) (of, unit string) {
	if l == metrics.French {
		return frenchScopes[m.Scope], cmp.Or(frenchUnits[m.Unit], string(m.Unit))
	}
	return m.Scope.String(), string(m.Unit)
}

// span says which values a measure can take.
func span(r metrics.Range, l metrics.Lang) string {
	switch {
	case r == metrics.AnyNumber:
		return metrics.Text{EN: "any number", FR: "tout nombre"}.In(l)
	case r.Max == math.MaxFloat64:
		return fmt.Sprintf(metrics.Text{EN: "%v or more", FR: "%v ou plus"}.In(l), number(r.Min))
	}
	return fmt.Sprintf(metrics.Text{EN: "%v to %v", FR: "de %v à %v"}.In(l), number(r.Min), number(r.Max))
}

// number is a limit of a range, with a true minus sign.
func number(x float64) string { return strings.Replace(fmt.Sprint(x), "-", "−", 1) }

func explain(w io.Writer, m *metrics.Measure, l metrics.Lang) {
	of, unit := inWords(m, l)
	prose := func(t metrics.Text) string { return wrap(render.Typeset(l, t.In(l)), 80) }
	fmt.Fprintf(w, "%s%s%s\n\n%s\n\n%s\n\n", m.Name, metrics.Text{EN: ": ", FR: " : "}.In(l), m.Title.In(l), prose(m.Doc), prose(catalogue.Limits(m.Group)))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s\t%s\n", explainWords.of.In(l), of)
	for i, line := range strings.Split(m.Formula(l), "\n") {
		label := ""
		if i == 0 {
			label = explainWords.formula.In(l)
		}
		fmt.Fprintf(t, "%s\t%s\n", label, line)
	}
	fmt.Fprintf(t, "%s\t%s\n", explainWords.unit.In(l), unit)
	fmt.Fprintf(t, "%s\t%s\n", explainWords.span.In(l), span(m.Range, l))
	if needs := m.Needs.In(l); needs != nil {
		fmt.Fprintf(t, "%s\t%s\n", explainWords.needs.In(l), strings.Join(needs, ", "))
	}
	fmt.Fprintf(t, "%s\t%d\n", explainWords.least.In(l), m.MinN)
	if i := m.Interval; i != nil {
		how := i.How.In(l)
		if how == "" {
			how = explainWords.none.In(l) + i.None.In(l)
		}
		fmt.Fprintf(t, "%s\t%s\n", explainWords.interval.In(l), render.Typeset(l, how))
	}
	for _, s := range m.Source {
		fmt.Fprintf(t, "%s\t%s\n", explainWords.source.In(l), s.In(l))
	}
	t.Flush()
}

// wrap breaks s at spaces into lines of at most width characters, keeping its
// own line breaks.
func wrap(s string, width int) string {
	var out strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		used := 0
		for _, word := range strings.Split(line, " ") {
			n := len([]rune(word))
			if used > 0 && used+1+n > width {
				out.WriteByte('\n')
				used = 0
			} else if used > 0 {
				out.WriteByte(' ')
				used++
			}
			out.WriteString(word)
			used += n
		}
	}
	return out.String()
}

func measureNames() []string {
	var names []string
	for _, m := range catalogue.Measures {
		names = append(names, m.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// didYouMean suggests the known names nearest to a mistyped one.
func didYouMean(typed string, known []string) string {
	type near struct {
		name string
		far  int
	}
	var ns []near
	for _, k := range known {
		far := editDistance(typed, k)
		if strings.Contains(k, typed) || strings.Contains(typed, k) {
			far = min(far, 1)
		}
		if far <= 2 {
			ns = append(ns, near{k, far})
		}
	}
	slices.SortStableFunc(ns, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	if len(ns) == 0 {
		return ""
	}
	names := make([]string, 0, 3)
	for _, n := range ns[:min(3, len(ns))] {
		names = append(names, n.name)
	}
	return ": did you mean " + strings.Join(names, " or ") + "?"
}

// editDistance is the number of letters to insert, delete or change.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diag, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diag+cost)
		}
	}
	return row[len(b)]
}

func parseLang(s string) (metrics.Lang, error) {
	if l := metrics.Lang(s); slices.Contains(metrics.Langs, l) {
		return l, nil
	}
	return "", misusef("--lang %q is neither en nor fr", s)
}

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.stdout, "threadheat %s\n", version)
			return err
		},
	}
}
