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
//	thread,scope,id,author,a,b,measure,value,n,ci_low,ci_high,p,reason,q,interval,note,
//	range_low,range_high,null,null_mean,null_sd,null_z,null_p,null_q,null_draws,null_reason
//
// scope is thread, comment, author or pair; id is the comment's; author that of
// the comment or the author itself; a and b are the two of a pair. What does
// not apply is empty, and so is the value where there is a reason instead. interval
// is why there is none; q is p corrected for the other tests of the thread; null is the model of chance that null_… tell of.
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

// Write writes the values of one thread.
func (c *csvWriter) Write(t *metrics.Table) error {
	if err := c.header(); err != nil {
		return err
	}
	record := make([]string, len(fields))
	return cells(t, c.lang, func(x *cell) error {
		for k, f := range fields {
			switch {
			case f.text != nil:
				record[k] = render.CSVText(f.text(x))
			case f.count != nil:
				record[k] = ""
				if n := f.count(x); n != nil {
					record[k] = strconv.Itoa(*n)
				}
			default:
				record[k] = number(f.number(x))
			}
		}
		return c.w.Write(record)
	})
}

func (c *csvWriter) header() error {
	if c.headed {
		return nil
	}
	c.headed = true
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	return c.w.Write(names)
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
