package table

import (
	"encoding/csv"
	"io"
	"strconv"

	"threadheat/metrics"
	"threadheat/render"
)

// CSV writes one line a value, with a header:
//
//	thread,scope,id,author,a,b,measure,value,n,ci_low,ci_high,p,reason
//
// scope is thread, comment, author or pair; id is the comment's; author that of
// the comment or the author itself; a and b are the two of a pair. What does
// not apply is empty, and so is the value where there is a reason instead.
//
// Names and IDs come from strangers, and spreadsheets run what begins with = +
// - or @ as a formula. Such a text, or one that begins with a tab or a carriage
// return, gets an apostrophe in front. Numbers do not.
var CSV = &Output{
	Name: "csv",
	Doc:  "one value a line, for a spreadsheet or a data frame; texts that begin like a formula get an apostrophe in front",
	New: func(w io.Writer, o Options) Writer {
		return &csvWriter{csv.NewWriter(w), o.Lang, false}
	},
}

type csvWriter struct {
	w      *csv.Writer
	lang   metrics.Lang
	headed bool
}

var csvHeader = []string{"thread", "scope", "id", "author", "a", "b", "measure", "value", "n", "ci_low", "ci_high", "p", "reason"}

// Write writes the values of one thread.
func (c *csvWriter) Write(t *metrics.Table) error {
	if err := c.header(); err != nil {
		return err
	}
	all, err := parts(t)
	if err != nil {
		return err
	}
	id := render.CSVText(threadID(t.Context.Thread))
	rec := make([]string, len(csvHeader))
	for _, p := range all {
		for r := range p.rows {
			rec = append(rec[:0], id, r.scope.String(), render.CSVText(r.id), render.CSVText(r.author), render.CSVText(r.a), render.CSVText(r.b))
			for _, col := range p.columns {
				v := newValue(r.value(col), c.lang, "")
				rec = append(rec[:6], col.Measure.Name, number(v.Value), strconv.Itoa(v.N), "", "", number(v.P), render.CSVText(v.Reason))
				if v.CI != nil {
					rec[9], rec[10] = number(&v.CI[0]), number(&v.CI[1])
				}
				if err := c.w.Write(rec); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (c *csvWriter) header() error {
	if c.headed {
		return nil
	}
	c.headed = true
	return c.w.Write(csvHeader)
}

// Close writes the header if no thread did, and what is still to come.
func (c *csvWriter) Close() error {
	if err := c.header(); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

func number(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'g', -1, 64)
}
