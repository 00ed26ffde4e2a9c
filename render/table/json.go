package table

import (
	"bytes"
	"encoding/json"
	"io"
	"math"

	"threadheat/metrics"
	"threadheat/thread"
)

// Schema names the form of the JSON output.
const Schema = "threadheat/measures/v1"

// JSON writes one object a thread, each on a line of its own.
var JSON = &Output{
	Name: "json",
	Doc:  "one JSON object per thread and line (" + Schema + ")",
	New:  newJSON,
}

type jsonWriter struct {
	w       io.Writer
	lang    metrics.Lang
	details bool
	b       bytes.Buffer  // what is not yet written: one thing and its values, at most
	into    *json.Encoder // b
}

func newJSON(w io.Writer, o Options) Writer {
	j := &jsonWriter{w: w, lang: o.Lang, details: o.Details}
	j.into = json.NewEncoder(&j.b)
	j.into.SetEscapeHTML(false)
	return j
}

func (j *jsonWriter) Close() error { return nil }

// add writes a value, to b.
func (j *jsonWriter) add(v any) error {
	if err := j.into.Encode(v); err != nil {
		return err
	}
	j.b.Truncate(j.b.Len() - 1) // the line feed that Encode adds
	return nil
}

// member writes a member of an object: they keep their order.
func (j *jsonWriter) member(name string, v any) error {
	j.comma()
	if err := j.add(name); err != nil {
		return err
	}
	j.b.WriteByte(':')
	return j.add(v)
}

// comma parts a member from the one before.
func (j *jsonWriter) comma() {
	if all := j.b.Bytes(); all[len(all)-1] != '{' {
		j.b.WriteByte(',')
	}
}

// keys are the names of columns as they stand before each of their values.
func (j *jsonWriter) keys(cols []metrics.Column) ([]string, error) {
	var keys []string
	from := j.b.Len()
	for _, c := range cols {
		if err := j.add(c.Measure.Name); err != nil {
			return nil, err
		}
		keys = append(keys, string(j.b.Bytes()[from:])+":")
		j.b.Truncate(from)
	}
	return keys, nil
}

// flush writes out what b holds.
func (j *jsonWriter) flush() error {
	_, err := j.b.WriteTo(j.w)
	return err
}

// Write writes one object, thing by thing. encoding/json makes U+FFFD of what is
// not UTF-8.
func (j *jsonWriter) Write(t *metrics.Table) error {
	all, err := parts(t)
	if err != nil {
		return err
	}
	m := t.Context.Thread.Meta()
	j.b.WriteByte('{')
	for _, field := range []struct{ name, value string }{
		{"schema", Schema}, {"id", threadID(t.Context.Thread)}, {"title", m.Title}, {"source", m.Source.Name},
	} {
		if err := j.member(field.name, field.value); err != nil {
			return err
		}
	}
	for k, p := range all {
		j.b.WriteString([...]string{`,"thread":`, `,"comments":[`, `,"authors":[`, `,"pairs":[`}[k])
		keys, err := j.keys(p.columns)
		if err != nil {
			return err
		}
		first := true
		for r := range p.rows {
			if !first {
				j.b.WriteByte(',')
			}
			first = false
			if err := j.object(t.Context.Thread, r, p.columns, keys); err != nil {
				return err
			}
			if err := j.flush(); err != nil {
				return err
			}
		}
		if p.scope != metrics.PerThread {
			j.b.WriteByte(']')
		}
	}
	if j.details {
		if err := j.lists(t); err != nil {
			return err
		}
	}
	j.b.WriteString("}\n")
	return j.flush()
}

// object writes one thing with its values.
func (j *jsonWriter) object(t *thread.Thread, r row, cols []metrics.Column, keys []string) error {
	type member struct {
		name  string
		value any
	}
	var who []member
	text := ""
	switch r.scope {
	case metrics.PerComment:
		text = t.Text(thread.Index(r.place))
		if who = []member{{"id", r.id}, {"author", orNull(r.author)}}; r.state != thread.Visible {
			who = append(who, member{"state", r.state.String()})
		}
	case metrics.PerAuthor:
		who = []member{{"author", orNull(r.author)}}
	case metrics.PerPair:
		who = []member{{"a", r.a}, {"b", r.b}}
	}
	j.b.WriteByte('{')
	for _, m := range who {
		if err := j.member(m.name, m.value); err != nil {
			return err
		}
	}
	for k, c := range cols {
		j.comma()
		j.b.WriteString(keys[k])
		if err := j.add(newValue(r.value(c), j.lang, text)); err != nil {
			return err
		}
	}
	j.b.WriteByte('}')
	return nil
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// value is a metrics.Value in JSON.
type value struct {
	Value    *float64    `json:"value"` // null where undefined
	N        int         `json:"n"`
	CI       *[2]float64 `json:"ci,omitempty"`
	Interval string      `json:"interval,omitempty"` // why there is no ci
	P        *float64    `json:"p,omitempty"`
	Q        *float64    `json:"q,omitempty"`     // p corrected for the other tests of the thread
	Range    *[2]float64 `json:"range,omitempty"` // under other readings of the thread
	Null     *null       `json:"null,omitempty"`
	Reason   string      `json:"reason,omitempty"`
	Note     string      `json:"note,omitempty"` // what a defined value is not to be taken for
	Evidence []evidence  `json:"evidence,omitempty"`
}

// null is where a value lies among those of threads made by chance.
type null struct {
	Model  string   `json:"model"`
	Mean   *float64 `json:"mean,omitempty"`
	SD     *float64 `json:"sd,omitempty"`
	Z      *float64 `json:"z,omitempty"` // left out where all drawn are the same
	P      *float64 `json:"p,omitempty"`
	Q      *float64 `json:"q,omitempty"` // p corrected for the other tests of the thread
	Draws  int      `json:"draws"`
	Reason string   `json:"reason,omitempty"` // why there is no test
}

func newNull(n *metrics.NullTest, l metrics.Lang) *null {
	out := &null{Model: n.Model, Draws: n.Draws}
	if n.Reason != nil {
		out.Reason = n.Reason.In(l)
		return out
	}
	out.Mean, out.SD, out.Z, out.P = &n.Mean, &n.SD, n.Z, &n.P
	if n.Q > 0 {
		out.Q = &n.Q
	}
	return out
}

// evidence is a span of the comment's text, in bytes of UTF-8.
type evidence struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Text  string  `json:"text"`
	Cue   string  `json:"cue"`
	Share float64 `json:"share"`
}

func newValue(v metrics.Value, l metrics.Lang, text string) value {
	out := value{N: v.N}
	if !v.Defined() {
		out.Reason = v.Reason.In(l)
		return out
	}
	if !finite(v.X) {
		out.Reason = "the computation did not give a finite number"
		return out
	}
	out.Value = &v.X
	if v.More == nil {
		return out
	}
	if ci := v.More.CI; ci != nil && finite(ci[0]) && finite(ci[1]) {
		out.CI = ci
	}
	if why := v.More.NoCI; why != nil {
		out.Interval = why.In(l)
	}
	if p := v.More.P; p != nil && finite(*p) {
		out.P, out.Q = p, v.More.Q
	}
	if n := v.More.Null; n != nil {
		out.Null = newNull(n, l)
	}
	if v.More.Note != nil {
		out.Note = v.More.Note.In(l)
	}
	if span := v.More.Range; span != nil && finite(span[0]) && finite(span[1]) {
		out.Range = span
	}
	for _, e := range v.More.Evidence {
		if 0 <= e.Start && e.Start <= e.End && e.End <= len(text) && finite(e.Share) {
			out.Evidence = append(out.Evidence, evidence{e.Start, e.End, text[e.Start:e.End], e.Cue, e.Share})
		}
	}
	return out
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
