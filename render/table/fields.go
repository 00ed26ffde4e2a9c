package table

import (
	"threadheat/metrics"
)

// cell is one value, with what it is of.
type cell struct {
	thread string
	row    row
	of     *metrics.Measure
	value
}

// field is a column of CSV and of Parquet. One of text, count and number is set.
type field struct {
	name   string
	text   func(*cell) string   // "" for nothing
	count  func(*cell) *int     // nil for nothing
	number func(*cell) *float64 // nil for nothing
	always bool                 // never nothing
}

// fields are the columns in the order in which they stand.
var fields = []field{
	{name: "thread", text: func(c *cell) string { return c.thread }, always: true},
	{name: "scope", text: func(c *cell) string { return c.row.scope.String() }, always: true},
	{name: "id", text: func(c *cell) string { return c.row.id }},
	{name: "author", text: func(c *cell) string { return c.row.author }},
	{name: "a", text: func(c *cell) string { return c.row.a }},
	{name: "b", text: func(c *cell) string { return c.row.b }},
	{name: "measure", text: func(c *cell) string { return c.of.Name }, always: true},
	{name: "value", number: func(c *cell) *float64 { return c.Value }},
	{name: "n", count: func(c *cell) *int { return &c.N }, always: true},
	{name: "ci_low", number: func(c *cell) *float64 { return end(c.CI, 0) }},
	{name: "ci_high", number: func(c *cell) *float64 { return end(c.CI, 1) }},
	{name: "p", number: func(c *cell) *float64 { return c.P }},
	{name: "reason", text: func(c *cell) string { return c.Reason }},
	{name: "q", number: func(c *cell) *float64 { return c.Q }},
	{name: "interval", text: func(c *cell) string { return c.Interval }},
	{name: "note", text: func(c *cell) string { return c.Note }},
	{name: "range_low", number: func(c *cell) *float64 { return end(c.Range, 0) }},
	{name: "range_high", number: func(c *cell) *float64 { return end(c.Range, 1) }},
	{name: "null", text: func(c *cell) string { return c.chance().Model }},
	{name: "null_mean", number: func(c *cell) *float64 { return c.chance().Mean }},
	{name: "null_sd", number: func(c *cell) *float64 { return c.chance().SD }},
	{name: "null_z", number: func(c *cell) *float64 { return c.chance().Z }},
	{name: "null_p", number: func(c *cell) *float64 { return c.chance().P }},
	{name: "null_q", number: func(c *cell) *float64 { return c.chance().Q }},
	{name: "null_draws", count: func(c *cell) *int {
		if c.Null == nil {
			return nil
		}
		return &c.Null.Draws
	}},
	{name: "null_reason", text: func(c *cell) string { return c.chance().Reason }},
}

// end is one of the ends of an interval, nil where there is none.
func end(of *[2]float64, which int) *float64 {
	if of == nil {
		return nil
	}
	return &of[which]
}

// chance is what a model of chance gives, nothing where none was asked.
func (c *cell) chance() *null {
	if c.Null == nil {
		return &null{}
	}
	return c.Null
}

// cells calls f with each value of a table: those of the thread, of its comments, of
// its authors, of its pairs. The cell is the same each time.
func cells(t *metrics.Table, l metrics.Lang, f func(*cell) error) error {
	all, err := parts(t)
	if err != nil {
		return err
	}
	x := cell{thread: threadID(t.Context.Thread)}
	for _, p := range all {
		for x.row = range p.rows {
			for _, col := range p.columns {
				x.of, x.value = col.Measure, newValue(x.row.value(col), l, "")
				if err := f(&x); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
