package table

import (
	"encoding/json"
	"fmt"
	"io"

	"threadheat/metrics"
	"threadheat/metrics/agreement"
	"threadheat/render"
	"threadheat/render/text"
)

// AgreementSchema names the form of AgreementJSON.
const AgreementSchema = "threadheat/agreement/v1"

// study is an agreement.Study in JSON.
type study struct {
	Schema  string      `json:"schema"`
	Label   string      `json:"label"`
	Units   int         `json:"units"`
	Coders  int         `json:"coders"`
	Answers int         `json:"answers"`
	Values  []given     `json:"values"` // in order
	Alpha   alphas      `json:"alpha"`
	Pairs   []pair      `json:"pairs"`
	Score   *scoreAgree `json:"score,omitempty"`
}

type given struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

type alphas struct {
	Nominal  *value `json:"nominal,omitempty"`
	Ordinal  *value `json:"ordinal,omitempty"`
	Interval *value `json:"interval,omitempty"`
	Ratio    *value `json:"ratio,omitempty"`
}

type pair struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Same  value  `json:"same"`
	Alpha value  `json:"alpha"`
}

type scoreAgree struct {
	Positive float64 `json:"positive"` // from which a mean answer is a yes
	Hot      float64 `json:"hot"`      // from which a score is
	Spearman value   `json:"spearman"`
	AUC      value   `json:"auc"`
	Alpha    value   `json:"alpha"`
}

// AgreementJSON writes how far coders agree, one object a label and line. Values are
// as in JSON.
func AgreementJSON(w io.Writer, studies []agreement.Study, l metrics.Lang) error {
	to := json.NewEncoder(w)
	to.SetEscapeHTML(false)
	val := func(v metrics.Value) value { return newValue(v, l, "") }
	for _, s := range studies {
		out := study{Schema: AgreementSchema, Label: s.Label, Units: s.Units, Coders: s.Coders, Answers: s.Answers, Values: []given{}, Pairs: []pair{}}
		for _, c := range s.Values {
			out.Values = append(out.Values, given(c))
		}
		for _, a := range s.Alphas {
			v := val(a.Alpha)
			switch a.Level {
			case agreement.Nominal:
				out.Alpha.Nominal = &v
			case agreement.Ordinal:
				out.Alpha.Ordinal = &v
			case agreement.Interval:
				out.Alpha.Interval = &v
			case agreement.Ratio:
				out.Alpha.Ratio = &v
			}
		}
		for _, p := range s.Pairs {
			out.Pairs = append(out.Pairs, pair{p.A, p.B, val(p.Same), val(p.Alpha)})
		}
		if s.Score != nil {
			out.Score = &scoreAgree{s.Score.Positive, s.Score.Hot, val(s.Score.Spearman), val(s.Score.AUC), val(s.Score.Alpha)}
		}
		if err := to.Encode(out); err != nil {
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
		out = append(out, t.agreement(s))
		if len(s.Pairs) > 1 {
			out = append(out, t.pairs(s))
		}
	}
	return text.Tables(w, out, text.Options{Width: o.Width, Colour: o.Colour, Lang: o.Lang})
}

// agreement is the table of one label: alphas, then the score.
func (t *terminalWriter) agreement(s agreement.Study) *render.Table {
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
