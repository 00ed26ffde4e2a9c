package table

import (
	"fmt"
	"io"

	"threadheat/metrics"
	"threadheat/metrics/agreement"
	"threadheat/render"
	"threadheat/render/text"
)

// AgreementSchema names the form of AgreementJSON.
const AgreementSchema = "threadheat/agreement/v1"

// AgreementJSON writes how far coders agree, one object a label and line. Values are
// as in JSON.
func AgreementJSON(w io.Writer, studies []agreement.Study, l metrics.Lang) error {
	val := func(v metrics.Value) value { return newValue(v, l, "") }
	for _, s := range studies {
		var alphas, counts object
		for _, a := range s.Alphas {
			if err := alphas.add(string(a.Level), val(a.Alpha)); err != nil {
				return err
			}
		}
		for _, c := range s.Values {
			if err := counts.add(c.Value, c.N); err != nil {
				return err
			}
		}
		type pair struct {
			A     string `json:"a"`
			B     string `json:"b"`
			Same  value  `json:"same"`
			Alpha value  `json:"alpha"`
		}
		list := []pair{}
		for _, p := range s.Pairs {
			list = append(list, pair{p.A, p.B, val(p.Same), val(p.Alpha)})
		}
		var out object
		fields := []struct {
			name  string
			value any
		}{
			{"schema", AgreementSchema}, {"label", s.Label}, {"units", s.Units}, {"coders", s.Coders}, {"answers", s.Answers},
			{"values", counts.raw()}, {"alpha", alphas.raw()}, {"pairs", list},
		}
		if s.Score != nil {
			fields = append(fields, struct {
				name  string
				value any
			}{"score", struct {
				Positive float64 `json:"positive"`
				Hot      float64 `json:"hot"`
				Spearman value   `json:"spearman"`
				AUC      value   `json:"auc"`
				Alpha    value   `json:"alpha"`
			}{s.Score.Positive, s.Score.Hot, val(s.Score.Spearman), val(s.Score.AUC), val(s.Score.Alpha)}})
		}
		for _, f := range fields {
			if err := out.add(f.name, f.value); err != nil {
				return err
			}
		}
		if _, err := w.Write(append(out.raw(), '\n')); err != nil {
			return err
		}
	}
	return nil
}

// maxPairs is how many pairs of coders a table for reading shows.
const maxPairs = 50

// Agreement writes how far coders agree as tables to be read.
func Agreement(w io.Writer, studies []agreement.Study, o Options) error {
	t := &terminalWriter{w, o}
	var out []*render.Table
	for _, s := range studies {
		out = append(out, t.study(s))
		if len(s.Pairs) > 1 {
			out = append(out, t.pairs(s))
		}
	}
	return text.Tables(w, out, text.Options{Width: o.Width, Colour: o.Colour, Lang: o.Lang})
}

// study is the table of one label: alphas, then the score.
func (t *terminalWriter) study(s agreement.Study) *render.Table {
	out := &render.Table{
		Caption: s.Label + t.say(": ", " : ") + fmt.Sprintf(t.say("%s units, %s coders, %s answers", "%s unités, %s codeurs, %s réponses"),
			render.Int(t.Lang, s.Units), render.Int(t.Lang, s.Coders), render.Int(t.Lang, s.Answers)),
		Columns: []render.ColumnHead{
			{Title: t.say("agreement", "accord")}, {Title: t.say("value", "valeur"), Numeric: true}, {Title: "n", Numeric: true},
			{Title: t.say("95% interval, or reason", "intervalle à 95 %, ou raison")},
		},
	}
	add := func(name string, v metrics.Value) {
		out.Rows = append(out.Rows, []render.Cell{
			{Text: name}, {Text: render.Value(t.Lang, metrics.Ratio, v)}, {Text: render.Int(t.Lang, v.N)}, {Text: render.Beside(t.Lang, metrics.Ratio, v)},
		})
	}
	for _, a := range s.Alphas {
		add(t.say("Krippendorff’s alpha, ", "alpha de Krippendorff, ")+t.level(a.Level), a.Alpha)
	}
	if len(s.Pairs) == 1 {
		add(t.say("same answer", "même réponse"), s.Pairs[0].Same)
	}
	if s.Score != nil {
		add(t.say("score and coders: Spearman", "score et codeurs : Spearman"), s.Score.Spearman)
		add(fmt.Sprintf(t.say("score and coders: AUC, yes from %s", "score et codeurs : AUC, oui dès %s"), render.Number(t.Lang, s.Score.Positive)), s.Score.AUC)
		add(fmt.Sprintf(t.say("score and coders: alpha, hot from %s", "score et codeurs : alpha, vif dès %s"), render.Number(t.Lang, s.Score.Hot)), s.Score.Alpha)
	}
	return out
}

func (t *terminalWriter) level(l agreement.Level) string {
	return t.say(string(l), map[agreement.Level]string{
		agreement.Nominal: "nominal", agreement.Ordinal: "ordinal", agreement.Interval: "d’intervalle", agreement.Ratio: "de rapport",
	}[l])
}

// pairs is the table of the pairs of coders.
func (t *terminalWriter) pairs(s agreement.Study) *render.Table {
	shown := s.Pairs[:min(len(s.Pairs), maxPairs)]
	caption := s.Label + t.say(", pair by pair", ", paire par paire")
	if len(shown) < len(s.Pairs) {
		caption += fmt.Sprintf(t.say(" (%d of %d; all of them with --to json)", " (%d sur %d ; toutes avec --to json)"), len(shown), len(s.Pairs))
	}
	out := &render.Table{Caption: caption, Columns: []render.ColumnHead{
		{Title: t.say("coders", "codeurs")}, {Title: t.say("same answer", "même réponse"), Numeric: true}, {Title: "alpha", Numeric: true}, {Title: "n", Numeric: true},
	}}
	for _, p := range shown {
		out.Rows = append(out.Rows, []render.Cell{
			{Text: p.A + t.say(" and ", " et ") + p.B}, {Text: render.Value(t.Lang, metrics.Ratio, p.Same)}, {Text: render.Value(t.Lang, metrics.Ratio, p.Alpha)}, {Text: render.Int(t.Lang, p.Same.N)},
		})
	}
	return out
}
