package metrics

import "threadheat/metrics/internal/stats"

// Corrected is a table like the given one, each of whose p-values has a q beside it:
// the false discovery rate of Benjamini and Hochberg (1995) over all tests of the
// table, those of the thread, its comments, authors and pairs, and those against a
// model of chance. Where all with q ≤ 0.05 are taken for findings, at most one in
// twenty of them is expected to be none.
func Corrected(table *Table) *Table {
	out := &Table{Context: table.Context}
	var ps []float64
	var qs []*float64 // where they belong
	for _, c := range table.Columns {
		tested := corrected{c.Values, map[int]Value{}}
		for k, v := range All(c.Values) {
			if v.More == nil || v.More.P == nil && v.More.Null == nil {
				continue
			}
			tested.q[k] = v.With(func(more *More) {
				if more.P != nil {
					more.Q = new(float64)
					ps, qs = append(ps, *more.P), append(qs, more.Q)
				}
				if more.Null != nil && more.Null.Reason == nil {
					test := *more.Null
					more.Null = &test
					ps, qs = append(ps, test.P), append(qs, &test.Q)
				}
			})
		}
		if len(tested.q) > 0 {
			c.Values = tested
		}
		out.Columns = append(out.Columns, c)
	}
	for k, q := range stats.FalseDiscovery(ps) {
		*qs[k] = q
	}
	return out
}

// corrected are values of which those that were tested have a q. Most were not.
type corrected struct {
	Values
	q map[int]Value
}

// At is the value of place i.
func (c corrected) At(i int) Value {
	if v, ok := c.q[i]; ok {
		return v
	}
	return c.Values.At(i)
}
