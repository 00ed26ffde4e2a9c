package table

import (
	"io"

	"threadheat/metrics"
	"threadheat/thread/parquet"
)

// Parquet writes one row a value, with the columns of CSV. Texts stand as they are:
// what reads Parquet runs no formula.
var Parquet = &Output{
	Name: "parquet",
	Doc:  "one value a row in Parquet, for large corpora",
	New: func(w io.Writer, o Options) Writer {
		var columns []parquet.Column
		for _, f := range fields {
			kind := parquet.Text
			switch {
			case f.count != nil:
				kind = parquet.Int
			case f.number != nil:
				kind = parquet.Double
			}
			columns = append(columns, parquet.Column{Name: f.name, Type: kind, Always: f.always})
		}
		return &parquetWriter{parquet.NewWriter(w, columns, [][2]string{{"schema", Schema}}), o.Lang}
	},
}

type parquetWriter struct {
	w    *parquet.Writer
	lang metrics.Lang
}

// Write writes the values of one thread.
func (p *parquetWriter) Write(t *metrics.Table) error {
	return cells(t, p.lang, func(c *cell) error {
		for k, f := range fields {
			switch {
			case f.text != nil:
				if s := f.text(c); s != "" || f.always {
					p.w.Text(k, s)
				}
			case f.count != nil:
				if n := f.count(c); n != nil {
					p.w.Int(k, int64(*n))
				}
			default:
				if x := f.number(c); x != nil {
					p.w.Double(k, *x)
				}
			}
		}
		return p.w.EndRow()
	})
}

// Close writes what is still to come.
func (p *parquetWriter) Close() error { return p.w.Close() }
