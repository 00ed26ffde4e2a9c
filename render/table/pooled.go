package table

import (
	"encoding/json"
	"fmt"
	"io"

	"threadheat/metrics"
	"threadheat/metrics/growth"
)

// PooledSchema names the form of what Pooled writes.
const PooledSchema = "threadheat/pooled/v1"

// Pooled writes what growth is in all threads of a pool together: one object, values
// as in JSON.
func Pooled(w io.Writer, p *growth.Pool, ms []*metrics.Measure, l metrics.Lang) error {
	f := p.Fit()
	if _, err := fmt.Fprintf(w, `{"schema":"%s","threads":%d,"choices":%d`, PooledSchema, p.Threads, f.N); err != nil {
		return err
	}
	for _, m := range ms {
		x := f.Value(m)
		if x.Defined() {
			x = x.With(func(more *metrics.More) {
				if more.CI == nil {
					more.NoCI = &m.Interval.None
				}
			})
		}
		v, err := json.Marshal(newValue(x, l, ""))
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, `,"%s":%s`, m.Name, v); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "}\n")
	return err
}
