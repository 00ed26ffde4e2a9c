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
	New:  func(w io.Writer, o Options) Writer { return &jsonWriter{w, o.Lang} },
}

type jsonWriter struct {
	w    io.Writer
	lang metrics.Lang
}

func (j *jsonWriter) Close() error { return nil }

// object is a JSON object whose members keep their order.
type object struct{ b bytes.Buffer }

func (o *object) add(name string, value any) error {
	if o.b.Len() == 0 {
		o.b.WriteByte('{')
	} else {
		o.b.WriteByte(',')
	}
	if err := encode(&o.b, name); err != nil {
		return err
	}
	o.b.WriteByte(':')
	return encode(&o.b, value)
}

func encode(b *bytes.Buffer, v any) error {
	if raw, ok := v.(json.RawMessage); ok {
		b.Write(raw)
		return nil
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the line feed that Encode adds
	return nil
}

func (o *object) raw() json.RawMessage {
	if o.b.Len() == 0 {
		return json.RawMessage("{}")
	}
	return append(json.RawMessage(nil), append(o.b.Bytes(), '}')...)
}

// Write writes one object. encoding/json makes U+FFFD of what is not UTF-8.
func (j *jsonWriter) Write(t *metrics.Table) error {
	things, err := rows(t)
	if err != nil {
		return err
	}
	m := t.Context.Thread.Meta()
	var out object
	for _, field := range []struct {
		name  string
		value any
	}{
		{"schema", Schema}, {"id", threadID(t.Context.Thread)}, {"title", m.Title}, {"source", m.Source.Name},
	} {
		if err := out.add(field.name, field.value); err != nil {
			return err
		}
	}
	k := 0
	for _, scope := range []struct {
		of   metrics.Scope
		name string
	}{{metrics.PerThread, "thread"}, {metrics.PerComment, "comments"}, {metrics.PerAuthor, "authors"}, {metrics.PerPair, "pairs"}} {
		cols := columns(t, scope.of)
		list := []json.RawMessage{}
		for ; k < len(things) && things[k].scope == scope.of; k++ {
			o, err := j.object(t.Context.Thread, things[k], cols)
			if err != nil {
				return err
			}
			list = append(list, o)
		}
		var value any = list
		if scope.of == metrics.PerThread {
			value = list[0]
		}
		if err := out.add(scope.name, value); err != nil {
			return err
		}
	}
	_, err = j.w.Write(append(out.raw(), '\n'))
	return err
}

// object is one thing with its values.
func (j *jsonWriter) object(t *thread.Thread, r row, cols []metrics.Column) (json.RawMessage, error) {
	var o object
	text := ""
	switch r.scope {
	case metrics.PerComment:
		text = t.Text(thread.Index(r.place))
		if err := o.add("id", r.id); err != nil {
			return nil, err
		}
		if err := o.add("author", orNull(r.author)); err != nil {
			return nil, err
		}
		if r.state != thread.Visible {
			if err := o.add("state", r.state.String()); err != nil {
				return nil, err
			}
		}
	case metrics.PerAuthor:
		if err := o.add("author", orNull(r.author)); err != nil {
			return nil, err
		}
	case metrics.PerPair:
		if err := o.add("a", r.a); err != nil {
			return nil, err
		}
		if err := o.add("b", r.b); err != nil {
			return nil, err
		}
	}
	for _, c := range cols {
		if err := o.add(c.Measure.Name, newValue(r.value(c), j.lang, text)); err != nil {
			return nil, err
		}
	}
	return o.raw(), nil
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
